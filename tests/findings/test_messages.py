"""Messages: one sentence for the editor."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Span
from checker.evidence import EvidenceKind
from checker.findings.categories import CATEGORIES, POLARITY
from checker.findings.messages import quote, write_message


def test_what_the_sentence_says_and_what_speaks_against_it():
    premise = "The raid is not lawful, she said."
    assert write_message(POLARITY, "lawful", EvidenceKind.ARTICLE, premise, Span(12, 22)) == (
        "“lawful” contradicts another sentence of this article, which says “The raid is not lawful, she said.”"
    )


def test_of_a_long_sentence_the_part_around_the_conflict_is_quoted():
    before, after = (
        "It was long before anybody came to the harbour, ",
        ", and after that nobody saw the ships again. " * 3,
    )
    premise = f"{before}the raid was not lawful{after}"
    place = Span(premise.index("not lawful"), premise.index("not lawful") + 10)
    message = write_message(POLARITY, "lawful", EvidenceKind.FACT, premise, place)
    said = message.partition("which says ")[2].removesuffix(".")
    assert "the raid was not lawful" in said
    assert said.startswith("“… ")
    assert said.endswith(" …”")
    assert len(said) <= 122
    assert said.strip("“… ”") in premise


def test_another_name_is_quoted_alone():
    premise = "Officials at the Ministry of Trade said so."
    message = write_message("terminology/inconsistent", "Trade Office", EvidenceKind.FACT, premise, Span(17, 34))
    assert message == "“Trade Office” is called “Ministry of Trade” in a reference fact."


def test_without_a_conflict_the_evidence_is_quoted():
    message = write_message(POLARITY, "lawful", EvidenceKind.FACT, "The court banned it.", agreeing=2)
    assert message == (
        "“lawful” contradicts a reference fact, which says “The court banned it.” (2 more pieces of evidence agree)."
    )


def test_language_needs_no_evidence():
    assert write_message("fluency/grammar", "of immediate", EvidenceKind.LANGUAGE).startswith(
        "“of immediate” does not read"
    )
    assert "repeated" in write_message("fluency/duplication", "the the", EvidenceKind.LANGUAGE)


def test_long_quotes_are_cut_at_a_word():
    assert quote("word " * 60) == "“" + "word " * 23 + "word …”"


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("kind", list(EvidenceKind))
def test_every_category_has_a_sentence(category, kind):
    message = write_message(category, "two words", kind, "The evidence says so", Span(4, 12), agreeing=1)
    assert message.startswith("“two words” ")
    assert message.endswith((".", ".”"))
    assert not re.search(r"hypothesis|premise|entail|[{}]|\s\s", message)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200), st.text(max_size=300))
def test_any_text_makes_one_line(words, premise):
    message = write_message(POLARITY, words, EvidenceKind.SOURCE, premise)
    assert "\n" not in message
    assert len(message) < 400
