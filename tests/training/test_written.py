"""What was written for this project is whole, kept apart by purpose, and its examples say what its marks say."""

from __future__ import annotations

import random
from itertools import islice
from pathlib import Path

import pytest

from checker.document import Span
from checker.evaluation.handwritten import SETS, read_handwritten
from checker.evaluation.written_cases import (
    SENTENCES,
    written_contrasts,
    written_copies,
    written_sentences,
    written_translations,
    written_twins,
)
from checker.evidence import Relation
from checker.training.batching import _twins
from checker.training.recipe import Source
from checker.training.sources.written import _MADE, written_pairs, written_records
from checker.training.written import Form, Part, Written, marked, read_written, undone

WRONG = {
    Form.FACT: ("wrong",),
    Form.TRAP: ("wrong",),
    Form.REFERENCE: ("bad",),
    Form.TWINS: ("bad", "bad2"),
    Form.CONTRAST: ("wrong", "near_wrong"),
    Form.LANGUAGE: ("machine",),
}


def test_marks_are_taken_out_and_kept_as_places() -> None:
    found = marked("[[He]] said [[no]].")
    assert found.text == "He said no."
    assert found.errors == (Span(0, 2), Span(8, 10))
    assert marked("Nothing here.").errors == ()


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("part", Part)
def test_only_the_wrong_text_has_errors_and_they_are_words(form: Form, part: Part) -> None:
    for record in read_written(form, part):
        for name, text in record.texts.items():
            assert bool(text.errors) == (name in WRONG[form])
            assert text.text.strip() == text.text != ""
            assert "[[" not in text.text
            assert "]]" not in text.text
            assert all(span.of(text.text).strip() == span.of(text.text) != "" for span in text.errors)


@pytest.mark.parametrize("form", Form)
def test_every_record_has_one_purpose_and_training_has_most(form: Form) -> None:
    keys = {part: [next(iter(one.texts.values())).text for one in read_written(form, part)] for part in Part}
    everything = [key for some in keys.values() for key in some]
    assert len(set(everything)) == len(everything)
    assert len(keys[Part.TRAINING]) > len(keys[Part.CALIBRATION]) > len(keys[Part.FIGURES]) > 0


def test_nothing_measured_elsewhere_was_written_twice() -> None:
    known = {text for name in SETS for one in read_handwritten(name) for text in (one.fact, one.right, one.wrong)}
    for form in Form:
        for part in Part:
            assert not known & {text.text for one in read_written(form, part) for text in one.texts.values()}


@pytest.mark.parametrize("form", Form)
def test_groups_hold_twins_and_errors_where_the_marks_are(form: Form) -> None:
    source = Source("written_records", 60, options={"form": form.value})
    groups = list(islice(written_records(Path(), source, random.Random(2)), 60))
    wrong = [record[name] for record in read_written(form, Part.TRAINING) for name in WRONG[form]]
    marks = {text.text: text.errors for text in wrong}
    if form is Form.FACT:  # beside its counter the right sentence is the wrong one
        counters = [record for record in read_written(form, Part.TRAINING) if "counter" in record.texts]
        marks |= {record["right"].text: undone(record["wrong"], record["right"]) for record in counters}
    with_twins = 0
    for group in groups:
        with_twins += bool(_twins(group))
        for one in group:
            if one.spans:
                assert tuple(Span(span.start, span.end) for span in one.spans) == marks[one.hypothesis]
                assert one.error == 1.0
            assert (one.premise == "") == (one.relation is Relation.LANGUAGE)
    assert with_twins > 30


def test_beside_its_counter_right_is_wrong_and_wrong_is_right() -> None:
    texts = {
        "fact": marked("The bridge was opened in 1998."),
        "right": marked("Traffic has crossed the bridge since the late nineties."),
        "wrong": marked("Traffic has crossed the bridge since the late [[sixties]]."),
        "silent": marked("The bridge has two lanes."),
        "counter": marked("The bridge was opened in 1968."),
    }
    record, said = Written(texts, "date"), set()
    for seed in range(20):
        source = Source("written_records", 1, options={"form": "fact"})
        group = _MADE[Form.FACT](record, [record], random.Random(seed), source)
        assert _twins(group)
        said |= {(one.premise, one.hypothesis, one.error) for one in group}
        for one in group:
            if one.premise == texts["counter"].text and one.error:
                assert [span.start for span in one.spans] == [texts["right"].text.index("nineties")]
    premises = texts["fact"].text, texts["counter"].text
    for first, second in (premises, premises[::-1]):
        right, wrong = (
            texts[name].text for name in (("right", "wrong") if first == premises[0] else ("wrong", "right"))
        )
        assert (first, right, 0.0) in said
        assert (second, right, 1.0) in said
        assert (first, wrong, 1.0) in said


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("It is open.", "It is [[not]] open.", None),
        ("Ann saw Bo.", "[[Bo]] saw [[Ann]].", ["Ann", "Bo"]),
        ("He left.", "He left [[early]].", None),
        ("Nobody came.", "[[Everybody]] came.", ["Nobody"]),
        ("Nobody came.", "[[Everybody]] went.", None),
    ],
)
def test_what_the_wrong_words_stand_for(right: str, wrong: str, expected: list[str] | None) -> None:
    found = undone(marked(wrong), marked(right))
    assert (None if found is None else [span.of(right) for span in found]) == expected


def test_the_same_seed_draws_the_same() -> None:
    source = Source("written_records", 9, options={"form": "fact"})
    drawn = [list(islice(written_records(Path(), source, random.Random(seed)), 9)) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]


@pytest.mark.parametrize("form", SENTENCES)
def test_each_copy_has_its_fact_first_in_its_sheet(form: Form) -> None:
    halves = written_copies(form, Part.FIGURES, 6)
    facts = {record["fact"].text for record in read_written(form, Part.FIGURES)}
    assert len(halves[0]) == len(halves[1]) == 3 * len(SENTENCES[form])
    assert not {copy.facts[0] for copy in halves[0]} & {copy.facts[0] for copy in halves[1]}
    for copy in (*halves[0], *halves[1]):
        assert copy.facts[0] in facts
        assert [error.span.of(copy.document.text) for error in copy.errors] == [
            error.span.of(copy.document.sentences[0].text) for error in copy.errors
        ]


def test_translations_and_sentences_come_right_first() -> None:
    for cases in (written_translations(Part.FIGURES, 5), written_sentences(Part.FIGURES, 5)):
        assert [case.wrong for case in cases] == [False, True] * 5


def test_twins_stand_beside_the_other_translation_whichever_that_is() -> None:
    cases = list(written_twins(Part.FIGURES, 5))
    assert [case.wrong for case in cases] == [False, True] * 10
    for right, wrong in zip(cases[::2], cases[1::2], strict=True):
        assert right.pair.premise == wrong.pair.premise
        shared = set(right.pair.hypothesis.split()) & set(wrong.pair.hypothesis.split())
        assert len(shared) > len(set(wrong.pair.hypothesis.split()) & set(wrong.pair.premise.split()))
    assert {case.pair.premise for case in cases} == {case.pair.hypothesis for case in cases[::2]}


def test_contrasts_come_freely_worded_and_nearly_as_their_premise() -> None:
    drawn = list(written_contrasts(Part.FIGURES, 5))
    assert [(right.wrong, wrong.wrong) for _, right, wrong in drawn] == [(False, True)] * 10
    for (_, free, _), (_, near, _) in zip(drawn[::2], drawn[1::2], strict=True):
        assert free.pair.premise == near.pair.premise
        theirs = set(near.pair.premise.split())
        assert len(theirs & set(near.pair.hypothesis.split())) > len(theirs & set(free.pair.hypothesis.split()))


def test_right_translations_get_made_errors_beside_the_other_hand(corruptor, monkeypatch) -> None:
    monkeypatch.setattr("checker.training.sources.written.Corruptor", lambda folder, seed: corruptor)
    source = Source("written_pairs", 40, options={"lexicon": "lexicon", "errors": 2})
    groups = list(islice(written_pairs(Path(), source, random.Random(4)), 40))
    right = {
        frozenset((record["reference"].text, record["good"].text))
        for form in (Form.REFERENCE, Form.TWINS)
        for record in read_written(form, Part.TRAINING)
    }
    with_errors = 0
    for group in groups:
        (clean,) = (one for one in group if one.error == 0.0)
        assert frozenset((clean.premise, clean.hypothesis)) in right
        assert {one.relation for one in group} == {Relation.REFERENCE}
        with_errors += len(group) > 1
        assert all(one.premise == clean.premise != one.hypothesis for one in group)
    assert with_errors > 30
