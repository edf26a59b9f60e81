"""Cases with known truth: what raters agree on becomes the errors of a whole translated article."""

import gzip
import json
from pathlib import Path
from typing import Any

from checker.document import Span
from checker.evaluation.cases import LONGEST_MARK, RATED, rated_copies
from checker.training.sources.reading import is_for_calibration, is_held_out

TEXT = "The door authority said the harbour was shut on Monday."


def mark(words: str, severity: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "severity": severity, "category": "Accuracy/Mistranslation"}


def write(data: Path, rows: list[dict[str, Any]]) -> Path:
    (data / RATED).parent.mkdir(parents=True)
    with gzip.open(data / RATED, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    return data


def rating(
    segment: int, rater: str, *errors: dict[str, Any], system: str = "S.1", document: str = ""
) -> dict[str, Any]:
    for_calibration = next(str(n) for n in range(9999) if is_held_out(str(n)) and is_for_calibration(str(n)))
    return {
        "document_id": document or for_calibration,
        "segment_id": segment,
        "system": system,
        "rater": rater,
        "translation": TEXT,
        "errors": list(errors),
    }


def test_two_raters_have_to_agree_and_one_to_call_it_major(tmp_path: Path) -> None:
    data = write(
        tmp_path,
        [
            rating(2, "a", mark("door", "major"), mark("harbour", "minor"), mark("shut", "major")),
            rating(2, "b", mark("door authority", "minor"), mark("harbour", "minor"), mark("Monday", "neutral")),
            rating(1, "a"),
        ],
    )
    [copy] = rated_copies(data)
    second = len(TEXT) + 2
    assert copy.rated
    assert copy.document.text == f"{TEXT}\n\n{TEXT}"
    assert sorted(error.span.of(copy.document.text) for error in copy.errors) == ["door", "door authority"]
    assert all(error.span.start >= second for error in copy.errors)
    assert copy.is_wrong(Span(second + 4, second + 8))
    assert not copy.is_wrong(Span(4, 8))


def test_a_mark_on_half_a_sentence_points_to_nothing(tmp_path: Path) -> None:
    assert len(TEXT.split()) <= LONGEST_MARK
    whole = [{**mark(TEXT, "major"), "end": len(TEXT)}, mark(TEXT, "major")]
    rows = [rating(1, "a", whole[0]), rating(1, "b", whole[1])]
    for row in rows:
        row["translation"] = f"{TEXT} {TEXT}"
        row["errors"][0]["end"] = 2 * len(TEXT) + 1
    [copy] = rated_copies(write(tmp_path, rows))
    assert copy.errors == ()


def test_people_and_other_documents_are_left_out(tmp_path: Path) -> None:
    trained_on = next(str(n) for n in range(999) if not is_held_out(str(n)))
    rows = [rating(1, "a", system="Human-A.0"), rating(1, "a", document=trained_on)]
    assert list(rated_copies(write(tmp_path, rows))) == []
