"""Loaders on small files written here: labels, errors and spans follow from the data, held-out documents stay out."""

import gzip
import json
import random
from pathlib import Path

import pytest

from checker.errors import UnreadableFileError, UsageError
from checker.evidence import Relation
from checker.training.batching import _twins
from checker.training.examples import Example, GoldSpan, read_groups
from checker.training.recipe import LossWeights, Recipe, Schedule, Source
from checker.training.sources import prepare
from checker.training.sources.articles import Line
from checker.training.sources.context import _among_others
from checker.training.sources.labelled import labelled_pairs
from checker.training.sources.language import confused_senses
from checker.training.sources.paraphrased import says_the_same
from checker.training.sources.rated import rated_translations
from checker.training.sources.reading import bucket, is_for_calibration, is_held_out
from checker.training.sources.registry import _part_name
from checker.training.sources.twins import turned_twins


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def source(loader: str, file: str) -> Source:
    return Source(loader, 100, file)


def test_contradictions_are_errors_and_silence_is_not(tmp_path: Path) -> None:
    rows = [
        {"premise": "The port is open.", "hypothesis": f"Text {n}.", "label": label}
        for n in range(20)
        for label in ("entailment", "neutral", "contradiction")
    ]
    write(tmp_path / "nli.gz", rows)
    for (one,) in labelled_pairs(tmp_path, source("labelled_pairs", "nli.gz"), random.Random(1)):
        if one.label == "contradiction":
            assert (one.error, one.spans) == (1.0, None)
        elif one.relation is Relation.CONTEXT:
            assert (one.error, one.spans) == (0.0, ())
        else:
            assert one.error is None


def rating(document: str, rater: str, errors: list[dict[str, object]]) -> dict[str, object]:
    return {
        "document_id": document,
        "segment_id": "1",
        "reference": "The port is open.",
        "translation": "The door is open.",
        "rater": rater,
        "errors": errors,
    }


def test_raters_are_averaged(tmp_path: Path) -> None:
    document = next(str(n) for n in range(99) if not is_held_out(str(n)))
    marked = {"start": 4, "end": 8, "category": "Accuracy/Mistranslation", "severity": "major"}
    write(tmp_path / "mqm.gz", [rating(document, "a", [marked]), rating(document, "b", [])])
    [(one,)] = rated_translations(tmp_path, source("rated_translations", "mqm.gz"), random.Random(1))
    assert one.error == 0.5
    assert one.label is None
    assert one.spans is not None
    assert [(span.start, span.end, span.weight) for span in one.spans] == [(4, 8, 0.5)]


def test_rated_translations_alone_have_no_premise_and_no_label(tmp_path: Path) -> None:
    document = next(str(n) for n in range(99) if not is_held_out(str(n)))
    marked = {"start": 4, "end": 8, "category": "Accuracy/Mistranslation", "severity": "major"}
    write(tmp_path / "mqm.gz", [rating(document, "a", [marked])])
    wanted = Source("rated_translations", 100, "mqm.gz", options={"alone": True})
    [(one,)] = rated_translations(tmp_path, wanted, random.Random(1))
    assert (one.premise, one.relation, one.label, one.error) == ("", Relation.LANGUAGE, None, 1.0)
    assert one.spans is not None
    assert [(span.start, span.end) for span in one.spans] == [(4, 8)]


def twin(hypothesis: str, label: str | None, *spans: GoldSpan) -> Example:
    error = 1.0 if spans else 0.0
    return Example("Both old bridges were closed.", hypothesis, Relation.REFERENCE, label, error, spans, "made")


def test_a_turned_omission_is_an_addition_and_slips_of_form_are_left_out() -> None:
    clean = twin("The two old bridges were shut.", "entailment")
    left_out = twin("The two bridges were shut.", None, GoldSpan(8, 15, "accuracy/omission"))
    slip = twin("The two old bridges was shut.", None, GoldSpan(20, 23, "fluency/grammar"))
    changed = twin("The two old bridges were opened.", "contradiction", GoldSpan(25, 31, "accuracy/mistranslation"))
    group = turned_twins((left_out, clean, slip, changed))
    assert {one.hypothesis for one in group} == {clean.premise}
    assert [one.premise for one in group] == [left_out.hypothesis, clean.hypothesis, changed.hypothesis]
    assert [one.label for one in group] == ["not_entailment", "entailment", "contradiction"]
    assert [one.spans for one in group] == [None, (), None]
    assert _twins(group) == [(0, 1), (2, 1)]


def test_held_out_documents_stay_out(tmp_path: Path) -> None:
    document = next(str(n) for n in range(999) if is_held_out(str(n)))
    write(tmp_path / "mqm.gz", [rating(document, "a", [])])
    assert not list(rated_translations(tmp_path, source("rated_translations", "mqm.gz"), random.Random(1)))


def test_calibration_is_one_half_of_what_is_held_out() -> None:
    keys = [f"document {n}" for n in range(4000)]
    held_out = [key for key in keys if is_held_out(key)]
    calibration = [key for key in keys if is_for_calibration(key)]
    assert set(calibration) < set(held_out)
    assert 0.08 < len(held_out) / len(keys) < 0.12
    assert 0.4 < len(calibration) / len(held_out) < 0.6
    assert {bucket(key) for key in keys} == set(range(10))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The port of Salm opened on Monday.", "Salm's port was opened on Monday.", True),
        ("The port has 12 ships today.", "The port has 13 ships today.", False),
        ("The port was not open on Monday.", "The port was open on Monday.", False),
        ("The port was open on Monday.", "A cat sleeps under the red table.", False),
    ],
)
def test_says_the_same(one: str, other: str, same: bool) -> None:
    assert says_the_same(one, other) is same


def test_looser_translations_say_the_same_where_less_overlap_is_asked() -> None:
    pair = "The strike closed the port of Salm on Monday.", "On Monday Salm's harbour was shut by workers."
    assert not says_the_same(*pair)
    assert says_the_same(*pair, 0.2)


def test_confused_senses_stand_beside_the_right_ones_and_are_not_sure(tmp_path: Path) -> None:
    rows = [
        {
            "document_id": collection,
            "reference": f"The custody of prisoner number {number} is not legal here.",
            "translation": f"The bond of prisoner number {number} is not legal here.",
            "errors": [{"start": 4, "end": 8}],
        }
        for number in range(30)
        for collection in ("speech", "subtitles-1")
    ]
    write(tmp_path / "senses.gz", rows)
    wanted = Source("confused_senses", 100, "senses.gz", options={"leave_out": ["subtitles"]})
    groups = list(confused_senses(tmp_path, wanted, random.Random(1)))
    assert 20 <= len(groups) <= 30
    for clean, broken in groups:
        assert (clean.premise, clean.error, clean.spans) == ("", 0.0, ())
        assert clean.relation is broken.relation is Relation.LANGUAGE
        assert broken.error == 0.5
        assert [broken.hypothesis[span.start : span.end] for span in broken.spans or ()] == ["bond"]
        assert not is_held_out(clean.hypothesis)


def recipe(*sources: Source) -> Recipe:
    return Recipe("tiny", "", 1, Schedule(1), LossWeights(), sources)


def test_prepare_is_repeatable_and_counts(tmp_path: Path) -> None:
    rows = [{"premise": "p", "hypothesis": f"h {n}", "label": "neutral"} for n in range(9)]
    write(tmp_path / "nli.gz", rows)
    made = []
    for name in ("one.gz", "two.gz"):
        counts = prepare(recipe(source("labelled_pairs", "nli.gz")), tmp_path, tmp_path / name)
        made.append(list(read_groups(tmp_path / name)))
        assert counts["labelled_pairs neutral clean"] == 9
    assert made[0] == made[1]


def test_unknown_loader_and_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="known loaders"):
        prepare(recipe(source("labeled", "x.gz")), tmp_path, tmp_path / "out.gz")
    with pytest.raises(UnreadableFileError, match=r"x\.gz"):
        prepare(recipe(source("labelled_pairs", "x.gz")), tmp_path, tmp_path / "out.gz")


def test_parts_are_the_same_whoever_makes_them_and_are_not_made_twice(tmp_path: Path) -> None:
    rows = [{"premise": f"Port {n} is open.", "hypothesis": f"Text {n}.", "label": "neutral"} for n in range(30)]
    write(tmp_path / "nli.gz", rows)
    sources = (source("labelled_pairs", "nli.gz"), source("identical_pairs", "nli.gz"))
    recipe = Recipe("m", "", 3, Schedule(1), LossWeights(), sources)
    alone, together = tmp_path / "alone.gz", tmp_path / "together.gz"
    assert prepare(recipe, tmp_path, alone) == prepare(recipe, tmp_path, together, workers=2)
    assert list(read_groups(alone)) == list(read_groups(together))
    assert not list(tmp_path.glob("*.parts"))

    # An interrupted run left the first part: it is taken as it is, although its source is gone.
    interrupted = tmp_path / "interrupted.gz"
    kept = tmp_path / "interrupted.gz.parts" / _part_name(recipe, 0)
    kept.parent.mkdir()
    kept.write_bytes(alone.read_bytes())
    write(tmp_path / "nli.gz", rows[:3])
    prepare(recipe, tmp_path, interrupted)
    assert len(list(read_groups(interrupted))) == len(list(read_groups(alone))) + 3


def test_a_paragraph_hides_what_a_sentence_says_among_its_neighbours() -> None:
    lines = [Line(f"Sentence number {n} stands here.") for n in range(6)]
    for seed in range(40):
        for place in range(6):
            premise = _among_others("It is said otherwise.", lines, place, random.Random(seed))
            assert "It is said otherwise." in premise
            assert lines[place].text not in premise
            assert premise.count(".") <= 4
