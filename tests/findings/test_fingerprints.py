"""Fingerprints: the same after edits elsewhere, different for different findings."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Span
from checker.findings import fingerprint

from .marked import unmark

TEXT, SPAN = unmark("Envoys praised the ⟦lawful⟧ seizure of the ship in March.")
OTHER = st.text(st.sampled_from("abcd XY.,“”\n\t3é我😀"), max_size=80)


@settings(max_examples=80, deadline=None)
@given(OTHER, OTHER)
def test_edits_elsewhere_change_nothing(before, after):
    text = f"{before}\n{TEXT} {after}" if after else f"{before}\n{TEXT}"
    moved = SPAN.shift(len(before) + 1)
    assert fingerprint(text, moved, "x") == fingerprint(TEXT, SPAN, "x")


def test_form():
    assert re.fullmatch("[0-9a-f]{16}", fingerprint(TEXT, SPAN, "x"))
    assert re.fullmatch("[0-9a-f]{16}", fingerprint("", Span(0, 0), "x"))


def test_quotation_marks_and_case_of_neighbours_change_nothing():
    assert fingerprint("He said “no deal” today.", Span(9, 11), "x") == fingerprint(
        'he said "no deal" today.', Span(9, 11), "x"
    )


def test_another_category_word_or_sentence_is_another_finding():
    own = fingerprint(TEXT, SPAN, "x")
    assert own != fingerprint(TEXT, SPAN, "y")
    assert own != fingerprint(TEXT, Span(SPAN.start - 4, SPAN.end), "x")
    assert own != fingerprint(TEXT.replace("ship", "tanker"), SPAN, "x")


def test_the_second_of_two_equal_sentences_is_another_finding():
    twice = f"{TEXT} {TEXT}"
    assert fingerprint(twice, SPAN, "x") == fingerprint(TEXT, SPAN, "x")
    assert fingerprint(twice, SPAN.shift(len(TEXT) + 1), "x") != fingerprint(TEXT, SPAN, "x")
