"""Terms and BM25: what counts as the same word, and that the score is a share."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.evidence.lexical import COMMON_TEXTS, LexicalIndex, MemoryPostings, terms_of, weighted_terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("provoked", "provoking"),
        ("harbours", "harbour"),
        ("stopped", "stops"),
        ("cities", "city"),
        ("Muñoz’s", "munoz"),
        ("1,000", "1000"),
        ("14th", "14"),
    ],
)
def test_inflections_meet(one: str, other: str) -> None:
    assert terms_of(one).words == terms_of(other).words


def test_function_words_and_reporting_verbs_do_not_count() -> None:
    assert terms_of("He said that it would not be so.").words == ()


def test_a_name_inside_a_sentence_is_sure_and_at_its_start_only_possible() -> None:
    terms = terms_of("Harbour masters met Alda Brunner.")
    assert terms.names == {"alda", "brunner"}
    assert terms.maybe_names == {"harbour"}


def test_a_negating_prefix_still_meets_its_word() -> None:
    assert {"fair", "unfair"} <= set(weighted_terms(terms_of("unfair"))) | {"fair"}
    index = LexicalIndex(MemoryPostings([weighted_terms(terms_of("The fine is lawful."))]))
    found, scores = index.scores(weighted_terms(terms_of("An unlawful act")))
    assert list(found) == [0]
    assert 0 < scores[0] < 1


def test_more_of_the_query_scores_higher_and_itself_highest() -> None:
    texts = ["Ferries cross the strait at night.", "Ferries were painted.", "Bread costs more."]
    index = LexicalIndex(MemoryPostings([weighted_terms(terms_of(text)) for text in texts]))
    found, scores = index.scores(weighted_terms(terms_of(texts[0])))
    assert list(found) == [0, 1]
    assert scores[0] > scores[1]
    assert scores[0] == pytest.approx(1.0)


def test_a_term_that_nearly_all_texts_have_is_left_out() -> None:
    bags = [{"port": 1.0}] * (COMMON_TEXTS + 1) + [{"port": 1.0, "wreck": 1.0}]
    index = LexicalIndex(MemoryPostings(bags))
    assert list(index.scores({"port": 1.0, "wreck": 1.0})[0]) == [COMMON_TEXTS + 1]
    assert len(index.scores({"port": 1.0})[0]) == COMMON_TEXTS + 2  # all there is


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(alphabet="abc XY1", max_size=20), max_size=8), st.text(alphabet="abc XY1", max_size=20))
def test_scores_are_shares_of_texts_in_order(texts: list[str], query: str) -> None:
    found, scores = LexicalIndex(MemoryPostings([weighted_terms(terms_of(text)) for text in texts])).scores(
        weighted_terms(terms_of(query))
    )
    assert list(found) == sorted(set(found.tolist()))
    assert ((scores > 0) & (scores <= 1)).all()
