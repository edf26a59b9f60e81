"""What is surely not English: so strict that an English text is never taken for another."""

import pytest

from checker.document import foreign_language, make_document
from checker.document.language import UNKNOWN


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Hafen wurde am Montag geöffnet. Am Dienstag wurde er wieder geschlossen."),
        ("fr", "Le port a été fermé lundi, a dit le maire. Il sera ouvert la semaine prochaine."),
        ("es", "El puerto fue cerrado el lunes, dijo el alcalde. Abrirá la próxima semana."),
        ("pt", "O porto foi fechado na segunda-feira, disse o prefeito. Ele abre na próxima semana."),
        ("it", "Il porto è stato chiuso lunedì, ha detto il sindaco. Riaprirà la settimana prossima."),
        ("ru", "Порт был закрыт в понедельник. Он откроется на следующей неделе."),
        ("zh", "港口于周一开放。港口于周一关闭。工人们离开了。"),
        ("ar", "أغلق الميناء يوم الاثنين. سيفتح الأسبوع المقبل."),
        ("ru", "Порт был закрыт"),
        (UNKNOWN, "ท่าเรือถูกปิดเมื่อวันจันทร์และจะเปิดอีกครั้งในสัปดาห์หน้า"),
    ],
)
def test_another_language_is_told(language: str, text: str) -> None:
    assert foreign_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ja.",
        "Der Rat",
        "12.5 %",
        "α, β",
        "Kylian Mbappé, Antoine Griezmann, Ousmane Dembélé, Aurélien Tchouaméni (Real Madrid)",
        "Real Madrid 2, FC Barcelona 1. Atlético de Madrid 0, Athletic de Bilbao 3.",
        "Luiz Inácio Lula da Silva beats Jair Bolsonaro",
        "Angela Merkel, Olaf Scholz und Frank-Walter Steinmeier",
        "María José Rodríguez de la Cruz, Juan Carlos Fernández del Río",
        "Xi Jinping meets Vladimir Putin, Recep Tayyip Erdoğan",
        "Gare de Lyon, Gare du Nord, Gare de l'Est, Saint-Lazare",
        "Bundesverfassungsgericht rejects Rundfunkbeitrag appeal",
        "Der Spiegel, Die Zeit and the Süddeutsche Zeitung reported that it was closed.",
        "The port (порт) of Odesa (Одеса) was shut, the mayor said.",
        "The mayor said it: “Der Hafen wurde am Montag geöffnet, und das ist gut so.”",
        "MINISTER QUITS OVER HARBOUR SCANDAL",
    ],
)
def test_english_short_text_and_names_are_not(text: str) -> None:
    assert foreign_language(text) is None


def test_a_text_that_goes_on_in_english_is_not_foreign() -> None:
    german = "Der Hafen wurde am Montag geöffnet. Am Dienstag wurde er wieder geschlossen.\n\n" * 60
    english = "The harbour was opened on Monday. It was shut again on Tuesday, the mayor said.\n\n" * 60
    assert foreign_language(german) == "de"
    assert foreign_language(german + english) is None


def test_the_language_that_a_document_is_said_to_be_in_changes_nothing() -> None:
    document = make_document("Der Hafen wurde am Montag von der Stadt geöffnet.", language="en")
    assert foreign_language(document.text) == "de"
