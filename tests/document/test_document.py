import errno
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Document, identify_language, language, make_document
from checker.errors import CheckerError


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The council voted on Tuesday to keep the old bridge open for another year."),
        ("es", "El consejo votó el martes a favor de mantener abierto el viejo puente otro año."),
        ("fr", "Le conseil a voté mardi pour garder le vieux pont ouvert une année de plus."),
        ("de", "Der Rat stimmte am Dienstag dafür, die alte Brücke ein weiteres Jahr offen zu halten."),
        ("pt", "O conselho votou na terça-feira para manter a velha ponte aberta por mais um ano."),
        ("it", "Martedì il consiglio ha votato per tenere aperto il vecchio ponte per un altro anno."),
        ("ru", "Во вторник совет проголосовал за то, чтобы старый мост оставался открытым ещё год."),
        ("zh", "市议会星期二投票决定旧桥再开放一年。"),
    ],
)
def test_language_of_a_sentence(language, text):
    assert identify_language(text) == language


@pytest.mark.parametrize("text", ["", " ", "Ja", "12.5 %", "?!", "Gol Gol Gol"])
def test_short_or_unclear_counts_as_english(text):
    assert identify_language(text) == "en"


def test_no_room_to_tell_the_language_is_said(monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.EFBIG, "File too large")

    monkeypatch.setattr(language, "_identifier", language._identifier.__wrapped__)  # without what is remembered
    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    with pytest.raises(CheckerError, match=r"languages are told \(File too large\); make room"):
        identify_language("The council voted on Tuesday to keep the old bridge open.")


def test_document_keeps_the_text_and_numbers_sentences():
    text = "  One thing.\r\nAnother thing. "
    document = make_document(text, path="a.txt", title="T", notes=["n"])
    assert document.text == text
    assert [(s.index, s.text) for s in document.sentences] == [(0, "One thing."), (1, "Another thing.")]
    assert all(s.span.of(text) == s.text for s in document.sentences)
    assert (document.path, document.title, document.notes, document.language) == ("a.txt", "T", ("n",), "en")


def test_id_depends_on_the_text_alone():
    assert make_document("A text.").id == make_document("A text.", path="b", language="de").id
    assert make_document("A text.").id != make_document("B text.").id
    assert len(make_document("A text.").id) == 12
    assert make_document("A text.", id="given").id == "given"


def test_language_given_is_not_questioned():
    assert make_document("The council voted on Tuesday to keep the bridge.", language="de").language == "de"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=100))
def test_any_text_makes_a_document(text):
    document = make_document(text)
    assert isinstance(document, Document)
    assert document == make_document(text)


def test_import_is_light():
    modules = ("torch", "py3langid", "charset_normalizer")
    code = f"import sys, checker.document, checker.readers; print([m for m in {modules} if m in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert result.stdout.strip() == "[]"
