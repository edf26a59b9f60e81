"""Words of a text, and that no rule loses anything by asking for them first."""

# ruff: noqa: E501 - word lists read better in full lines
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.rules.calendar import CalendarKind, calendar_words
from checker.rules.countries import country_names
from checker.rules.quantities import LANGUAGES, read_quantities, strong_quantities
from checker.rules.relative_times import relative_times
from checker.rules.words import different_words, fold, folded_words, words_of, words_of_all

# Of all languages, so that words of one stand in texts of another too; "zwei-" and "two-year" begin a number.
PIECES = (
    "one two twenty-five two-thirds half hundred 3 4.5 12:30 5pm 1/2 ½ third second dozen million XIX a "
    "uno dos mil millones tercio media décimo primero demi deux quatre-vingts vingt et un milliard "
    "zweihundert dreijährige zwei- eine anderthalb Milliarden dois terceiro meio bilhões due trecento quarantenne mezzo "
    "два пятидневный третий полтора миллиона с половиной of and years per cent km € ."
)


@given(st.text())
def test_words_are_folded_each_as_it_stands(text):
    assert folded_words(text) == {fold(word) for word in words_of(text)}
    assert different_words(text) == set(words_of(text))
    assert "".join(words_of(text)) == "".join(letter for letter in text if letter.isalnum() and _is_letter(letter))


def _is_letter(letter):
    return words_of(letter) == (letter,)


def test_a_text_with_a_name_has_a_word_of_it():
    words = words_of_all(["segunda-feira", "Côte d'Ivoire", "1990"])
    assert words == {"segunda", "feira", "Côte", "d", "Ivoire"}


@given(st.lists(st.sampled_from(PIECES.split()), max_size=8), st.sampled_from(LANGUAGES))
def test_texts_that_are_not_read_have_no_strong_quantity(pieces, language):
    text = " ".join(pieces)
    strong = tuple(quantity for quantity in read_quantities(text, language) if not quantity.weak)
    assert strong_quantities(text, language) == strong
    assert all(not quantity.weak for quantity in read_quantities(text, language) if quantity.clock)


@pytest.mark.parametrize(
    ("language", "times"),
    [
        ("en", "the day before yesterday|Tomorrow|the previous day|last week|one month ago|next Monday|the coming year"),
        ("es", "anteayer|antes de ayer|pasado mañana|día anterior|el mes pasado|la próxima semana|hace un año|el lunes que viene"),
        ("fr", "avant-hier|après-demain|la veille|la semaine dernière|il y a un an|l'année prochaine|lundi prochain"),
        ("de", "vorgestern|übermorgen|gestern|letzten Montag|im vergangenen Jahr|nächste Woche|vor einem Monat|vorgestern"),
        ("pt", "anteontem|depois de amanhã|ontem|dia anterior|semana passada|segunda-feira passada|próximo mês|há um ano"),
        ("it", "l'altro ieri|dopodomani|ieri|giorno prima|scorsa settimana|il mese scorso|prossimo anno|lunedì prossimo"),
        ("ru", "позавчера|послезавтра|вчера|на прошлой неделе|в следующем году|месяц назад"),
    ],
)  # fmt: skip
def test_each_time_that_is_counted_is_found(language, times):
    for time in times.split("|"):
        assert len(relative_times(f"({time}).", language)) == 1, time


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "in mid-May 2024", 5),
        ("es", "el 3 de Agosto de 2010", 8),
        ("fr", "mi-octobre", 10),
        ("de", "die Oktobertagung", 10),
        ("de", "am 3. März", 3),
        ("pt", "na segunda-feira", 0),
        ("ru", "июньский", 6),
        ("fr", "Saturday", 5),
        ("en", "am 12.05.2010", 5),
    ],
)
def test_each_month_and_weekday_is_found(language, text, value):
    assert value in [word.value for word in calendar_words(text, language)]


def test_a_figure_alone_is_no_month():
    assert calendar_words("3,500 in 12 halls", "en") == ()
    assert [word.kind for word in calendar_words("12.05.2010", "en")] == [CalendarKind.MONTH, CalendarKind.MONTH]


@pytest.mark.parametrize(
    ("language", "text", "code"),
    [
        ("en", "St. Lucia", "LC"),
        ("en", "the U.S. Virgin Islands", "VI"),
        ("en", "in China's north", "CN"),
        ("de", "Chinas Staatsrat", "CN"),
        ("fr", "l'Inde", "IN"),
        ("it", "dell'India", "IN"),
        ("es", "Guinea-Bisáu", "GW"),
        ("ru", "в Германии", "DE"),
        ("ru", "в Новой Зеландии и Китае", "CN"),
    ],
)
def test_each_country_is_found(language, text, code):
    assert code in [name.code for name in country_names(text, language)]
