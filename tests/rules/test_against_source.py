"""Rules that hold a sentence against its source: each finds its slip, and passes the faithful translation."""

from pathlib import Path

import pytest

from .material import run, unmark, words


def read_cases():
    """(rule, language, source, copy with its marks) for each translation of `against_source.txt`."""
    lines = (Path(__file__).parent / "against_source.txt").read_text(encoding="utf-8").splitlines()
    cases, head, source = [], "", ""
    for line in lines:
        if line.startswith("    "):
            cases.append((*head.split(), source, line.strip()))
        elif line and not line.startswith("#"):
            head, _, source = line.partition(": ")
    return cases


CASES = read_cases()


@pytest.mark.parametrize(("rule", "language", "source", "marked"), CASES, ids=lambda value: str(value)[:28])
def test_slips_are_found_and_faithful_copy_is_not(rule, language, source, marked):
    text, wrong = unmark(marked)
    found = run(rule, text, source, language)
    assert len(found) == len(wrong)
    for candidate, expected in zip(found, wrong, strict=True):
        assert candidate.span.of(text) in expected
        assert candidate.rule == rule
        assert candidate.category


def test_a_candidate_points_at_both_sides():
    source = "El ministro habló. Murieron 999 millones de peces."
    (candidate,) = run("numbers", "The minister spoke. 99 million fish died.", source)
    assert candidate.sentence == 1
    assert candidate.evidence.kind == "source"
    assert candidate.evidence.origin == "original.txt"
    assert candidate.conflict.of(candidate.evidence.text) == "999 millones"
    assert candidate.suggestions == ("999 million",)
    assert "“999 millones”" in candidate.message


def test_what_was_moved_to_the_next_sentence_is_not_lost():
    source = "El plan cuesta 40 millones. Empieza en mayo con 300 obreros."
    text = "The plan starts in May. With 300 workers, it costs 40 million."
    assert run("numbers", text, source) == run("dates", text, source) == []


@pytest.mark.parametrize("rule", ["numbers", "units", "dates", "countries", "names", "untranslated"])
def test_a_text_that_is_its_own_source_is_fine(rule):
    text = "On Monday, 12 May, Angela Merkel paid $3.5 million for 100 miles of road in Germany."
    assert run(rule, text, text, "en") == []


def test_a_source_that_no_rule_reads_gives_nothing():
    assert words("", run("numbers", "There are 99 people.", "Jest 98 osób.", "pl")) == []
