"""Examples of English beside its original: what is right, what is marked, and what is kept apart."""

from __future__ import annotations

import gzip
import json
import random
from itertools import islice
from pathlib import Path

import pytest
from tiny_lexicon import write_lexicon

from checker.document import Span
from checker.errors import UnreadableFileError
from checker.evaluation.sourced_cases import LANGUAGES, NTREX, made_originals, reviewed_originals, sourced_articles
from checker.evidence import Relation
from checker.training.recipe import Source
from checker.training.reviewed import Mark, Review
from checker.training.sources import reviewed as reviewed_loader
from checker.training.sources import sourced
from checker.training.sources.reading import is_held_out

PARALLEL = "text/parallel.es-en.ours.tsv.gz"
RIGHT, WRONG = "On Monday the minister opened the port.", "On Monday the minister closed the port."
REVIEWS = {RIGHT: Review(), WRONG: Review((Mark(Span(23, 29), "major"),))}


def lines(count: int) -> list[tuple[str, str]]:
    return [
        (
            f"El ministro {number} abrió el puerto de la ciudad.",
            f"The minister {number} rejected the invasion on Friday.",
        )
        for number in range(count)
    ]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "text" / "lexicon").mkdir(parents=True)
    write_lexicon(tmp_path / "text" / "lexicon")
    write_parallel(tmp_path / PARALLEL, 120)
    return tmp_path


def write_parallel(path: Path, count: int) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(f"{left}\t{right}\n" for left, right in lines(count))


def source(loader: str, file: str = PARALLEL, **options: object) -> Source:
    return Source(loader, 100, file, options={"lexicon": "text/lexicon", **options})


def test_pairs_stand_beside_their_source_and_held_out_blocks_are_left_out(data: Path) -> None:
    groups = list(sourced.sourced_pairs(data, source("sourced_pairs", errors=1), random.Random(1)))
    known = dict(lines(120))
    keys = {line.source: line.key for line in sourced.read_lines(data / PARALLEL)}
    assert groups
    for group in groups:
        clean = [one for one in group if one.error == 0.0 and one.label == "entailment"]
        assert clean
        for one in clean:
            own = next(text for text in known if known[text] == one.hypothesis)
            assert own in one.premise
            assert not is_held_out(keys[own])
            assert (one.relation is Relation.CONTEXT) == (one.premise != own)
        for one in group:
            if one.error == 1.0:
                assert one.spans
                assert one.hypothesis != clean[0].hypothesis


def test_now_and_then_the_source_is_another_ones(data: Path) -> None:
    groups = sourced.sourced_pairs(data, source("sourced_pairs"), random.Random(2))
    astray = [one for group in groups for one in group if one.label == "neutral"]
    assert astray
    known = dict(lines(120))
    for one in astray:
        assert known[one.premise] != one.hypothesis
        assert (one.error, one.spans) == ((0.0, ()) if one.relation is Relation.CONTEXT else (None, None))


def test_of_spliced_lines_the_neighbours_words_are_marked(data: Path) -> None:
    groups = list(sourced.sourced_splices(data, source("sourced_splices"), random.Random(3)))
    known = dict(lines(120))
    wholes = 0
    for group in groups:
        right, wrong = group[:2]
        assert known[right.premise] == right.hypothesis
        assert wrong.premise == right.premise
        (mark,) = wrong.spans or ()
        marked = wrong.hypothesis[mark.start : mark.end]
        rest = (wrong.hypothesis[: mark.start] + wrong.hypothesis[mark.end :]).strip()
        assert right.hypothesis.startswith(rest)
        assert any(text.endswith(marked) for text in known.values() if text != right.hypothesis)
        if len(group) == 3:
            wholes += 1
            assert group[2].hypothesis == wrong.hypothesis
            assert group[2].label == "entailment"
            assert all(text in group[2].premise for text in known if known[text] in group[2].hypothesis)
    assert 0 < wholes < len(groups)


def test_a_reference_that_is_excluded_is_never_used(data: Path) -> None:
    texts = [right for _, right in lines(120)]
    with gzip.open(data / "held.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps({"reference": text.upper()}) + "\n" for text in texts)
    made = sourced.sourced_pairs(data, source("sourced_pairs", exclude=("held.jsonl.gz",)), random.Random(4))
    assert list(made) == []


def test_a_missing_file_is_named(data: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"parallel\.es-en\.none"):
        next(sourced.sourced_pairs(data, source("sourced_pairs", "text/parallel.es-en.none.tsv.gz"), random.Random(5)))


def test_senses_and_verdicts_say_what_their_files_say(data: Path) -> None:
    rows = [
        {
            "source": f"La cumbre {number}.", "reference": "The summit.", "translation": "The peak.", "label": "error",
            "source_lang": "es", "errors": [{"start": 4, "end": 8}], "document_id": "news",
        }
        for number in range(20)
    ]  # fmt: skip
    with gzip.open(data / "senses.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    wrong, right = next(sourced.sourced_senses(data, source("sourced_senses", "senses.jsonl.gz"), random.Random(6)))
    assert (wrong.hypothesis, wrong.error, [(one.start, one.end) for one in wrong.spans or ()]) == (
        "The peak.", 1.0, [(4, 8)],
    )  # fmt: skip
    assert (right.hypothesis, right.error, right.spans) == ("The summit.", 0.0, ())
    labelled = [{**row, "label": "BAD" if number % 2 else "OK"} for number, row in enumerate(rows)]
    with gzip.open(data / "verdicts.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in labelled)
    found = [one for (one,) in sourced.sourced_verdicts(data, source("", "verdicts.jsonl.gz"), random.Random(7))]
    assert {(one.error, one.spans) for one in found} == {(1.0, None), (0.0, ())}


@pytest.fixture
def reviews(data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with gzip.open(data / reviewed_loader.FILE, "wt", encoding="utf-8") as stream:
        for number in range(400):
            for text in (RIGHT, WRONG):
                row = {"source": f"El lunes {number} el ministro abrió el puerto.", "source_lang": "es"}
                stream.write(json.dumps(row | {"reference": f"{RIGHT} {number}", "translation": text}) + "\n")
    monkeypatch.setattr(reviewed_loader, "review_of", lambda row: REVIEWS[row["translation"]])
    for module in (sourced, reviewed_loader):
        monkeypatch.setattr(module, "read_reviewed", reviewed_loader.read_reviewed.__wrapped__)
    return data


def test_reviewed_translations_stand_beside_what_they_translate(reviews: Path) -> None:
    groups = islice(sourced.sourced_reviews(reviews, source("", reviewed_loader.FILE), random.Random(8)), 200)
    wrongs = 0
    for group in groups:
        for one in group:
            assert "El lunes" in one.premise
            if one.hypothesis == WRONG and one.label != "neutral":
                wrongs += 1
                assert (one.error, [(mark.start, mark.end) for mark in one.spans or ()]) == (1.0, [(23, 29)])
            assert not is_held_out(one.premise) or one.relation is Relation.CONTEXT or one.label == "neutral"
    assert wrongs >= 190


def test_cases_for_figures_and_calibration_share_no_text(reviews: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for language in LANGUAGES:
        write_parallel(reviews / NTREX.format(language), 200)
    monkeypatch.setattr("checker.evaluation.sourced_cases.FILES", (reviewed_loader.FILE,))
    monkeypatch.setattr("checker.evaluation.sourced_cases.read_reviewed", reviewed_loader.read_reviewed)
    for cases in (reviewed_originals, made_originals):
        halves = [list(cases(reviews, calibration=half)) for half in (True, False)]
        one, other = ({case.pair.premise for case in half} for half in halves)
        assert one
        assert other
        assert not one & other
        for case in (*halves[0], *halves[1]):
            assert case.pair.language in LANGUAGES
            assert case.wrong == bool(case.spans)
    clean = list(sourced_articles(reviews, errors=0))
    spoilt = list(sourced_articles(reviews, errors=4))
    assert len(clean) == len(spoilt) > 0
    assert all(not article.errors for article in clean)
    assert any(article.errors for article in spoilt)
    for article in spoilt:
        assert all(0 <= span.start < span.end <= len(article.document.text) for span in article.errors)
