"""Amounts in seven languages, and when two of them are the same."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.rules.quantities import LANGUAGES, read_quantities, same_quantity
from checker.rules.quantities.english import amount_in_english
from checker.rules.quantities.figures import figure_values


def strong(text, language):
    return [quantity for quantity in read_quantities(text, language) if not quantity.weak]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "two hundred and five ships", 205),
        ("en", "one hundred twenty-five thousand three hundred and two votes", 125_302),
        ("en", "two and a half million", 2_500_000),
        ("en", "$3bn", 3e9),
        ("en", "£11million", 11e6),
        ("en", "1,287,000 homes", 1_287_000),
        ("en", "3 lakh voters", 300_000),
        ("en", "two thirds of them", 2 / 3),
        ("es", "mil trescientos millones de personas", 1.3e9),
        ("es", "1.300 millones", 1.3e9),
        ("es", "un millón y medio", 1.5e6),
        ("es", "treinta y uno", 31),
        ("es", "2 billones", 2e12),
        ("es", "dos tercios", 2 / 3),
        ("fr", "quatre-vingt-dix-sept personnes", 97),
        ("fr", "1 300 000 euros", 1.3e6),
        ("fr", "deux cent mille", 200_000),
        ("fr", "vingt et un", 21),
        ("de", "zweihundertfünfzigtausend Menschen", 250_000),
        ("de", "anderthalb Milliarden", 1.5e9),
        ("de", "3,5 Mrd. Euro", 3.5e9),
        ("de", "einundzwanzig", 21),
        ("pt", "dois mil e trezentos", 2_300),
        ("pt", "mil milhões", 1e9),
        ("it", "trecentocinquantamila persone", 350_000),
        ("it", "un milione e duecentomila firme", 1.2e6),
        ("ru", "двадцать пять тысяч человек", 25_000),
        ("ru", "1,3 млрд рублей", 1.3e9),
        ("ru", "двух миллионов", 2e6),
        ("ru", "два с половиной миллиона рублей", 2.5e6),
        ("ru", "3 с половиной тысячи человек", 3_500),
        ("ru", "миллион с половиной", 1.5e6),
        ("ru", "пять с половиной лет", 5.5),
    ],
)
def test_amounts_have_their_value(language, text, value):
    assert strong(text, language)[0].values[0] == pytest.approx(value)


@pytest.mark.parametrize(
    ("figure", "language", "values"),
    [
        ("1.300,5", "es", (1300.5,)),
        ("1,300.5", "en", (1300.5,)),
        ("1.300", "de", (1300.0,)),
        ("1.300", "en", (1.3,)),
        ("1,300", "es", (1.3, 1300.0)),
        ("1,00,000", "en", (100_000.0,)),
        ("1.2.3", "en", ()),
    ],
)
def test_marks_of_the_language(figure, language, values):
    assert figure_values(figure, language) == values


@pytest.mark.parametrize(
    ("ours", "theirs", "language", "same"),
    [
        ("1.3 billion people", "1.300 millones de personas", "es", True),
        ("1.3 trillion people", "1.300 millones de personas", "es", False),
        ("99 million", "999 millones", "es", False),
        ("nearly 1.3 million", "1.287.000", "es", True),
        ("62 miles", "100 km", "de", True),
        ("100 miles", "120 km", "de", False),
        ("80 degrees", "27 Grad", "de", True),
        ("80 degrees", "50 Grad", "de", False),
        ("the 1990s", "los años 90", "es", True),
        ("3 p.m.", "15 Uhr", "de", True),
        ("3:30 p.m.", "15.30 Uhr", "de", True),
        ("3:40 p.m.", "15.30 Uhr", "de", False),
        ("50 percent", "la mitad", "es", True),
        ("1,900", "1.287", "es", False),
        ("in 2009", "en 2019", "es", False),
    ],
)
def test_same_amount(ours, theirs, language, same):
    one = read_quantities(ours, "en")[0]
    others = read_quantities(theirs, language)
    assert any(same_quantity(one, other) for other in others) is same


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_quantities_lie_in_the_text_and_never_overlap(text, language):
    found = read_quantities(text, language)
    assert all(0 <= one.span.start <= one.core.start < one.core.end <= one.span.end <= len(text) for one in found)
    assert all(one.core.end <= two.core.start for one, two in pairwise(found))


@given(st.integers(min_value=0, max_value=10**12))
def test_a_figure_equals_itself_with_thousands_marks(number):
    plain, marked = read_quantities(f" {number} ", "en")[0], read_quantities(f" {number:,} ", "en")[0]
    assert same_quantity(plain, marked)


@given(st.integers(min_value=10, max_value=10**9))
def test_an_amount_written_in_english_reads_as_itself(number):
    written = amount_in_english(float(number))
    assert written is not None
    assert read_quantities(f"{written} people", "en")[0].values[0] == pytest.approx(number)
