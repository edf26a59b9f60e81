"""What newsrooms might know beside real translations: groups that meet the error, and what is kept for figures."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from checker.document import Span
from checker.evaluation.cases import noted_copies
from checker.evidence import Relation
from checker.training import reviewed
from checker.training.recipe import Source
from checker.training.reviewed import Mark, Note, Review, key_of, read_notes, read_reviews
from checker.training.sources import noted as loader
from checker.training.sources import reviewed as reading
from checker.training.sources.reading import is_for_calibration, is_held_out
from checker.training.sources.reviewed import Reviewed

REFERENCE = "The ministers opened the harbour with the mayor on Monday."
WRONG = "On Monday the ministers closed a port with the elder."
RIGHT = "On Monday the ministers opened a port with the mayor."
MARKS = (Mark(Span(24, 30), "major"), Mark(Span(31, 32), "minor"), Mark(Span(47, 52), "major"))
NOTE = Note(
    ("opened", "mayor"), "An inauguration by members of government marked the week.", "Ships call at two ports."
)
DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> None:
    key = key_of(REFERENCE, WRONG)
    monkeypatch.setattr(reading, "read_reviews", lambda: {key: Review(MARKS)})
    monkeypatch.setattr(loader, "read_notes", lambda: {key: (NOTE,)})


def data_with(folder: Path, source: str, file: str = reading.FILE) -> Path:
    (folder / file).parent.mkdir(parents=True)
    row = {"source": source, "reference": REFERENCE, "translation": WRONG, "system": "some", "dataset": "ours"}
    with gzip.open(folder / file, "wt", encoding="utf-8") as stream:
        stream.write(json.dumps(row) + "\n")
    return folder


def test_major_errors_are_mended_and_minor_ones_stay() -> None:
    made = loader.mended(Reviewed("Satz", REFERENCE, WRONG, Review(MARKS)), NOTE)
    assert made.right.text == RIGHT
    assert [span.of(made.wrong.text) for span in made.wrong.errors] == ["closed", "elder"]
    with pytest.raises(ValueError, match="shorter"):
        loader.mended(Reviewed("Satz", REFERENCE, WRONG, Review(MARKS)), Note(("opened",), NOTE.fact, NOTE.aside))


@pytest.mark.usefixtures("noted")
def test_the_error_is_denied_by_the_fact_alone(tmp_path: Path) -> None:
    data = data_with(tmp_path, next(text for text in map(str, range(99)) if not is_held_out(text)))
    source = Source("noted_translations", 60, reading.FILE)
    groups = list(islice(loader.noted_translations(data, source, random.Random(1)), 60))
    examples = [one for group in groups for one in group]
    assert {one.relation for one in examples} == {Relation.CONTEXT}
    denied = [one for one in examples if one.label == "contradiction"]
    assert len(denied) == len(groups)
    for one in denied:
        beside = {one.premise, one.hypothesis}
        assert WRONG in beside
        assert any(NOTE.fact in text for text in beside)
        if one.hypothesis == WRONG:
            assert one.spans is not None
            assert [WRONG[span.start : span.end] for span in one.spans] == ["closed", "elder"]
    for one in examples:
        if NOTE.fact not in one.premise and NOTE.fact not in one.hypothesis:
            assert (one.label, one.error) == ("not_contradiction", 0.0)
    assert any(one.hypothesis == NOTE.fact for one in denied)
    other = data_with(tmp_path / "other", "Satz", "errors/theirs.jsonl.gz")
    assert next(loader.noted_translations(other, replace(source, file="errors/theirs.jsonl.gz"), random.Random(1)))
    short = Source("noted_translations", 1, reading.FILE, options={"longest": len(WRONG)})
    assert list(loader.noted_translations(data, short, random.Random(1))) == []


@pytest.mark.usefixtures("noted")
@pytest.mark.parametrize("calibration", [True, False])
def test_what_is_held_out_is_never_learnt(tmp_path: Path, calibration: bool) -> None:
    texts = (f"Satz {number}" for number in range(10_000))
    kept = next(text for text in texts if is_held_out(text) and is_for_calibration(text) == calibration)
    data = data_with(tmp_path, kept)
    source = Source("noted_translations", 5, reading.FILE)
    assert list(loader.noted_translations(data, source, random.Random(1))) == []
    right, wrong = noted_copies(data, 10, calibration=calibration)
    assert (right.document.text, right.errors) == (RIGHT, ())
    assert (wrong.document.text, [error.span for error in wrong.errors]) == (WRONG, [Span(24, 30), Span(47, 52)])
    assert {NOTE.fact, NOTE.aside} <= set(right.facts)
    assert right.facts == wrong.facts
    assert list(noted_copies(data, 10, calibration=not calibration)) == []


def test_every_note_belongs_to_a_review_with_as_many_major_errors() -> None:
    path = Path(reviewed.__file__).with_name("notes.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines()
    notes, reviews = read_notes(), read_reviews()
    assert sum(map(len, notes.values())) == len(lines) > 0
    for key, some in notes.items():
        majors = [mark for mark in reviews[key].marks if mark.severity == "major"]
        assert not any(mark.missing for mark in majors)
        assert len({note.fact for note in some}) == len(some)
        for note in some:
            assert len(note.mended) == len(majors)
            assert all(text.strip() for text in (*note.mended, note.fact, note.aside))


def test_notes_say_in_other_words_what_the_translation_says() -> None:
    if not (DATA / reading.FILE).is_file():
        pytest.skip("the shared data folder is not here")
    known = [one for file in reading.FILES for one in loader.read_noted(DATA / file)]
    assert {one.note for one in known} == {note for some in read_notes().values() for note in some}
    for one in known:
        assert one.right.text != one.wrong.text
        assert one.note.fact not in (one.right.text, one.wrong.text)
