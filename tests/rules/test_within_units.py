"""A source unit by unit: sentences that one side of a unit lacks, and what else than a slip explains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.document import AlignedSource, SourceUnit, Span, make_document
from checker.rules import RULES, gather_material

from .test_one_sided import PAIRS, STRANGE

# Four units of two sentences.
UNITS = [PAIRS[start : start + 2] for start in range(0, 8, 2)]


def material(units):
    """`units` are pairs of an original and its translation; between them stands a line that is in none."""
    text, placed = "", []
    for number, (source, copy) in enumerate(units):
        placed.append(SourceUnit(f"u{number}", Span(len(text), len(text) + len(copy)), source))
        text += f"{copy}\n\nPhoto by the newsroom\n\n"
    return gather_material(make_document(text, language="en"), AlignedSource(tuple(placed), "es", "a.xlf"))


def joined(units):
    return [(" ".join(one for one, _ in unit), " ".join(other for _, other in unit)) for unit in units]


def found(units):
    read = material(units)
    return [each for rule in ("left-out", "added") for each in RULES[rule].find(read)], read.document.text


def test_a_sentence_that_a_unit_lacks_is_left_out():
    units = joined(UNITS)
    units[1] = (units[1][0], UNITS[1][1][1])
    (candidate,), text = found(units)
    assert candidate.rule == "left-out"
    assert candidate.evidence.text == UNITS[1][0][0]
    assert (candidate.evidence.id, candidate.evidence.origin) == ("source:u1", "a.xlf")
    assert candidate.span.of(text) == "newsroom"  # the last word before the unit


def test_a_unit_without_a_translation_has_lost_all_of_it():
    units = [([(PAIRS[4][0], "")] if pair is PAIRS[4] else [pair]) for pair in PAIRS]
    (candidate,), _ = found(joined(units))
    assert (candidate.rule, candidate.evidence.text, candidate.evidence.id) == ("left-out", PAIRS[4][0], "source:u4")


def test_a_sentence_that_a_unit_has_too_many_was_added():
    units = joined(UNITS)
    units[2] = (units[2][0], f"{UNITS[2][0][1]} {STRANGE} {UNITS[2][1][1]}")
    (candidate,), text = found(units)
    assert (candidate.rule, candidate.span.of(text)) == ("added", STRANGE)
    assert (candidate.evidence.id, candidate.evidence.text) == ("source:u2", units[2][0])


MOVED = joined(UNITS)
MOVED[0] = (MOVED[0][0], UNITS[0][0][1])
MOVED[3] = (MOVED[3][0], f"{MOVED[3][1]} {UNITS[0][1][1]}")
ONE_SENTENCE = (joined(UNITS)[3][0], joined(UNITS)[3][1].replace(". The", ", and the"))
SHORTENED = [(source, "" if place < 3 else copy) for place, (source, copy) in enumerate(joined(UNITS))]
SILENT = {
    "a faithful translation": joined(UNITS),
    "two sentences made one": [*joined(UNITS[:3]), ONE_SENTENCE],
    "a sentence in another unit": MOVED,
    "copy that was shortened": SHORTENED,
    "copy whose original is not known": [("", STRANGE), *joined(UNITS)],
    "a heading": [("Una inversión discutida desde 1987", ""), *joined(UNITS)],
}


@pytest.mark.parametrize("units", SILENT.values(), ids=SILENT)
def test_what_is_no_slip_is_kept_silent(units):
    assert found(units)[0] == []


def test_a_sentence_that_goes_on_beyond_its_unit_is_not_judged():
    text = f"{UNITS[1][0][1]} {UNITS[1][1][1]}"
    source = AlignedSource((SourceUnit("a", Span(0, 60), " ".join(one for one, _ in PAIRS)),), "es")
    read = gather_material(make_document(text, language="en"), source)
    assert read.left_out == read.added == ()


def test_a_text_without_a_sentence_has_no_place_for_what_it_lacks():
    source = AlignedSource((SourceUnit("a", Span(0, 0), PAIRS[0][0]),), "es")
    assert gather_material(make_document("", language="en"), source).left_out == ()


@given(st.lists(st.tuples(st.sampled_from(["", *(one for one, _ in PAIRS)]), st.sampled_from(["", STRANGE]))))
def test_any_units_give_places_within_the_document(units):
    candidates, text = found(units)
    assert all(0 <= each.span.start <= each.span.end <= len(text) for each in candidates)
