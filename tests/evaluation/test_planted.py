"""Planted errors: known places, everything else as it was."""

import random

import pytest

from checker.document import Span, make_document
from checker.evaluation.planted import plant, plant_repeated, with_its_copy

TEXT = """The Supreme Court of Madrid rejected the report on Monday.

The president said the Supreme Court of Madrid had answered the question of the village.

The invasion of Ukraine was answered by protesters in Kyiv. The minister said the invasion was a question of law.

The market opened again in the month of the summit."""


@pytest.fixture
def clean():
    return make_document(TEXT, id="a", title="", language="en")


@pytest.mark.parametrize("seed", range(12))
def test_errors_anywhere_are_where_they_are_said_to_be(clean, corruptor, seed) -> None:
    article = plant(clean, corruptor, random.Random(seed), 2)
    assert article.clean.text == TEXT
    assert (article.document.text != TEXT) == bool(article.errors)
    for error in article.errors:
        assert 0 <= error.span.start <= error.span.end <= len(article.document.text)


def test_no_errors_asked_for_is_the_clean_text(clean, corruptor) -> None:
    article = plant(clean, corruptor, random.Random(1), 0)
    assert article.document.text == TEXT
    assert article.errors == ()


def test_what_is_said_twice_goes_wrong_in_one_place(clean, corruptor) -> None:
    """Over many seeds names and modifiers both occur; another sentence always has the right words beside them."""
    kinds = set()
    for seed in range(40):
        article = plant_repeated(clean, corruptor, random.Random(seed), 1)
        for error in article.errors:
            kinds.add(error.category)
            sentence = next(s for s in article.document.sentences if s.span.overlaps(error.span))
            others = [s.text for s in article.document.sentences if s.index != sentence.index]
            before = article.document.text[sentence.span.start : error.span.start].split()[-1:]
            after = article.document.text[error.span.end : sentence.span.end].split()[:1]
            assert any(word.strip(".,") in other for word in before + after for other in others)
            assert len(article.clean.sentences) == len(article.document.sentences)
    assert len(kinds) == 2


@pytest.mark.parametrize(
    ("marked", "both"),
    [
        ("It [ruled] ruled on Monday.", "ruled ruled"),
        ("It ruled [ruled] on Monday.", "ruled ruled"),
        ("[Out] out of the way.", "Out out"),
        ("in the Hague. [the Hague] opened", "the Hague. the Hague"),
        ("It [ruled] again and ruled.", "ruled"),
        ("The art [artist] left.", "artist"),
    ],
)
def test_of_words_that_stand_twice_either_copy_is_the_wrong_one(marked, both) -> None:
    text = marked.replace("[", "").replace("]", "")
    span = Span(marked.index("["), marked.index("]") - 1)
    assert with_its_copy(text, span).of(text) == both
