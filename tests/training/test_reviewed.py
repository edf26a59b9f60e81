"""What revisers marked in real translations: groups in which right and wrong meet, and figures of what is kept."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest
from tiny_lexicon import write_lexicon

from checker.document import Span
from checker.evaluation.benchmarks import BENCHMARKS, PairBenchmark
from checker.evaluation.cases import reviewed_cases, reviewed_copies, reviewed_translations, seen_cases, seen_texts
from checker.evidence import Relation
from checker.findings import Scored
from checker.findings.scoring import ScoredSpan
from checker.nli import Pair
from checker.training import reviewed
from checker.training.batching import _twins
from checker.training.recipe import Source
from checker.training.reviewed import Mark, Review, key_of, read_reviews
from checker.training.sources import reviewed as loader
from checker.training.sources.paraphrased import translated_pairs
from checker.training.sources.reading import is_for_calibration, is_held_out

REFERENCE = "The ministers opened the harbour on Monday."
RIGHT = "On Monday the ministers inaugurated the port."
WRONG = "On Monday the ministers closed the port."
SLIGHT = "On Monday the ministers opened a port."
OTHER = "On Tuesday the ministers opened the port."
MARKS = {
    RIGHT: (),
    WRONG: (Mark(Span(24, 30), "major"),),
    SLIGHT: (Mark(Span(31, 32), "minor", missing=True),),
    OTHER: (),
}

SEEN = {WRONG: (Span(24, 30),), SLIGHT: ()}


def data_with(folder: Path, sources: list[str]) -> Path:
    (folder / "text").mkdir()
    with gzip.open(folder / loader.FILE, "wt", encoding="utf-8") as stream:
        for text in sources:
            for translation in (RIGHT, WRONG, SLIGHT, OTHER, "Nobody has read this one."):
                row = {
                    "source": text,
                    "reference": REFERENCE,
                    "translation": translation,
                    "system": "some",
                    "dataset": "ours",
                }
                stream.write(json.dumps(row) + "\n")
    return folder


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    reviews = {
        key_of(REFERENCE, text): Review(some, differs=text == OTHER, seen=SEEN.get(text))
        for text, some in MARKS.items()
    }
    monkeypatch.setattr(loader, "read_reviews", lambda: reviews)


def learnt() -> str:
    return next(text for text in (f"Satz {number}" for number in range(100)) if not is_held_out(text))


def kept(*, calibration: bool) -> str:
    texts = (f"Satz {number}" for number in range(10_000))
    return next(text for text in texts if is_held_out(text) and is_for_calibration(text) == calibration)


def test_marks_in_the_package_are_places_of_a_known_kind() -> None:
    reviews = read_reviews()
    errors = [mark for review in reviews.values() for mark in review.marks]
    assert errors
    assert any(not review.marks and not review.differs for review in reviews.values())
    assert not any(review.marks and review.differs for review in reviews.values())
    assert all(len(key) == 16 for key in reviews)
    for review in reviews.values():
        for seen in review.seen or ():
            assert any(mark.span.overlaps(seen) for mark in review.marks)
    assert {mark.severity for mark in errors} == {"major", "minor"}
    assert any(mark.missing for mark in errors)
    assert all(0 <= mark.span.start < mark.span.end for mark in errors)


def test_marks_hold_places_and_no_text() -> None:
    path = Path(reviewed.__file__).with_name("reviews.jsonl")
    for line in path.read_text(encoding="utf-8").splitlines():
        plain = json.loads(line)
        assert {"pair", "errors"} <= set(plain) <= {"pair", "errors", "differs", "seen"}
        assert set(plain["pair"]) <= set("0123456789abcdef")
        assert {kind for _, _, kind in plain["errors"]} <= {"major", "minor", "omission", "minor-omission"}


def test_the_marks_belong_to_translations_of_the_data() -> None:
    data = Path(__file__).parents[3] / "shared" / "data"
    if not (data / loader.FILE).is_file():
        pytest.skip("the shared data folder is not here")
    found = [one for file in loader.FILES for some in loader.read_reviewed(data / file) for one in some]
    assert {key_of(one.reference, one.translation) for one in found} == set(read_reviews())
    for one in found:
        for mark in one.marks:
            assert mark.span.end <= len(one.translation)
            assert mark.span.of(one.translation).strip()


@pytest.mark.usefixtures("marked")
def test_right_and_wrong_meet_beside_one_premise_and_nothing_unread_is_learnt(tmp_path: Path) -> None:
    data = data_with(tmp_path, [learnt()])
    source = Source("reviewed_translations", 200, loader.FILE)
    groups = list(islice(loader.reviewed_translations(data, source, random.Random(3)), 200))
    assert sum(bool(_twins(group)) for group in groups) > 190
    relations = {one.relation for group in groups for one in group}
    assert relations == {Relation.REFERENCE, Relation.CONTEXT}
    assert {REFERENCE, RIGHT, OTHER} <= {one.premise for group in groups for one in group}
    assert OTHER not in {one.hypothesis for group in groups for one in group if one.premise == REFERENCE}
    for one in (one for group in groups for one in group):
        assert one.hypothesis in MARKS
        assert one.hypothesis != one.premise
        assert one.spans is not None
        assert [(span.start, span.end) for span in one.spans] == [
            (mark.span.start, mark.span.end) for mark in MARKS[one.hypothesis]
        ]
        if one.hypothesis == WRONG:
            assert (one.label, one.error) == ("not_entailment", 1.0)
            assert one.spans[0].weight == 1.0
        elif one.hypothesis == SLIGHT:
            assert (one.label, one.error) == (None, loader.LITTLE)
            assert (one.spans[0].category, one.spans[0].weight) == ("accuracy/omission", loader.LITTLE)
        else:
            assert one.error == 0.0
            assert one.label in ("entailment", "not_contradiction")


@pytest.mark.usefixtures("marked")
def test_alone_only_what_was_seen_alone_is_wrong(tmp_path: Path) -> None:
    source = Source("reviewed_translations", 1, loader.FILE, options={"alone": True})
    group = next(loader.reviewed_translations(data_with(tmp_path, [learnt()]), source, random.Random(3)))
    said = [(one.hypothesis, one.error, [(span.start, span.end) for span in one.spans or ()]) for one in group]
    assert said == [(WRONG, 1.0, [(24, 30)]), (RIGHT, 0.0, []), (SLIGHT, 0.0, [])]
    assert {(one.premise, one.relation, one.label) for one in group} == {("", Relation.LANGUAGE, None)}
    assert _twins(group)


@pytest.mark.usefixtures("marked")
def test_what_is_held_out_is_never_learnt(tmp_path: Path) -> None:
    data = data_with(tmp_path, [kept(calibration=True), kept(calibration=False)])
    source = Source("reviewed_translations", 5, loader.FILE)
    assert list(loader.reviewed_translations(data, source, random.Random(3))) == []
    for half in (True, False):
        (found,) = reviewed_translations(data, calibration=half)
        assert {one.source for one in found} == {kept(calibration=half)}
        assert [one.translation for one in found] == [RIGHT, SLIGHT, WRONG]


@pytest.mark.usefixtures("marked")
def test_cases_are_what_is_right_or_surely_wrong(tmp_path: Path) -> None:
    data = data_with(tmp_path, [kept(calibration=True)])
    cases = list(reviewed_cases(data))
    assert [(case.pair.hypothesis, case.wrong, case.spans) for case in cases] == [
        (RIGHT, False, ()),
        (WRONG, True, (Span(24, 30),)),
    ]
    copies = {copy.document.text: copy for copy in reviewed_copies(data, 10)}
    assert set(copies) == {RIGHT, WRONG}
    assert [error.span for error in copies[WRONG].errors] == [Span(24, 30)]
    assert REFERENCE in copies[WRONG].facts


@pytest.mark.usefixtures("marked")
def test_alone_cases_are_errors_that_were_seen_and_what_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = {RIGHT: (), WRONG: SEEN[WRONG], SLIGHT: (), OTHER: ()}
    reviews = {
        key_of(REFERENCE, text): Review(some, differs=text == OTHER, seen=seen[text]) for text, some in MARKS.items()
    }
    monkeypatch.setattr(loader, "read_reviews", lambda: reviews)
    data = data_with(tmp_path, [kept(calibration=True)])
    assert [(case.pair, case.wrong, case.spans) for case in seen_cases(data)] == [
        (Pair("", RIGHT, Relation.LANGUAGE), False, ()),
        (Pair("", WRONG, Relation.LANGUAGE), True, (Span(24, 30),)),
    ]
    texts = [(copy.document.text, [error.span for error in copy.errors], copy.facts) for copy in seen_texts(data)]
    assert texts == [(RIGHT, [], ()), (WRONG, [Span(24, 30)], ())]
    assert not list(seen_cases(data, calibration=False))


@pytest.mark.usefixtures("marked")
def test_what_was_faulted_is_never_taken_for_clean(tmp_path: Path) -> None:
    data = data_with(tmp_path, [learnt()])
    (data / "lexicon").mkdir()
    write_lexicon(data / "lexicon")
    options = {"lexicon": "lexicon", "exclude": [], "overlap": 0.1}
    source = Source("translated_pairs", 10, loader.FILE, options=options)
    groups = [group for seed in range(20) for group in translated_pairs(data, source, random.Random(seed))]
    clean = {one.hypothesis for group in groups for one in group if one.error == 0.0}
    assert clean
    assert not clean & {WRONG, SLIGHT, OTHER}


class _Judge:
    """Knows the wrong word and nothing else."""

    name = "knows one word"

    def score(self, pairs: Sequence[Pair]) -> list[Scored]:
        return [self._say(pair) for pair in pairs]

    def _say(self, pair: Pair) -> Scored:
        place = pair.hypothesis.find("closed")
        spans = (ScoredSpan(Span(place, place + 6), "closed", 0.9, "accuracy/mistranslation"),) if place >= 0 else ()
        return Scored(0.2, 0.2, 0.6, 0.9 if spans else 0.1, spans, truncated=False)


@pytest.mark.usefixtures("marked")
def test_the_benchmark_counts_what_was_marked(tmp_path: Path) -> None:
    benchmark = BENCHMARKS["reviewed"]
    assert isinstance(benchmark, PairBenchmark)
    data = data_with(tmp_path, [kept(calibration=False)])
    said = {one.name: one.value() for one in benchmark.run(_Judge(), data, 0)}
    assert (said["error_area"], said["wrong_flagged"], said["right_flagged"]) == (1.0, 1.0, 0.0)
    assert (said["major_f1"], said["major_recall"]) == (1.0, 1.0)
    assert said["any_recall"] == pytest.approx(6 / 7)
