"""chrF is sacrebleu's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.findings.overlap import chrf

TEXT = "The harbour office doubled the toll for ferries."


def test_the_same_text_has_all_in_common_and_another_script_nothing() -> None:
    assert chrf(TEXT, TEXT) == pytest.approx(1.0)
    assert chrf(TEXT, "港口") == 0.0
    assert chrf("", TEXT) == chrf(TEXT, "") == chrf(" ", " ") == 0.0


def test_a_lost_word_costs_something() -> None:
    assert chrf("The office doubled the toll for ferries.", TEXT) < chrf(TEXT, TEXT)


@given(st.text("ab cé.\t7", max_size=24), st.text("ab cé.\t7", max_size=24))
def test_it_is_what_the_library_of_the_field_gives(text: str, reference: str) -> None:
    library = pytest.importorskip("sacrebleu.metrics.chrf", reason="sacrebleu is in the extra `evaluate`")
    assert chrf(text, reference) == pytest.approx(library.CHRF().sentence_score(text, [reference]).score / 100)
