"""Translations back from a changed foreign sentence: which changes are learnt from, and beside what."""

from __future__ import annotations

import gzip
import json
import random
from itertools import islice
from pathlib import Path

import pytest

from checker.evidence import Relation
from checker.training.batching import _twins
from checker.training.recipe import Source
from checker.training.sources import backtranslated as loader
from checker.training.sources.backtranslated import Changed, backtranslations, read_backtranslations
from checker.training.sources.reading import is_held_out

ORIGINAL = "Two early tests did not show that the young patients had caught the fever."
SOUND = "Two early trials did not show that the young patients had caught the fever."
DOCUMENT = next(name for number in range(99) if not is_held_out(name := f"leaflet-{number}"))
HELD_OUT = next(name for number in range(99) if is_held_out(name := f"leaflet-{number}"))


def data_with(folder: Path, document: str = DOCUMENT, **versions: str) -> Path:
    (folder / loader.FILE).parent.mkdir()
    with gzip.open(folder / loader.FILE, "wt", encoding="utf-8") as stream:
        for category, translation in versions.items():
            row = {
                "source_lang": "es",
                "document_id": document,
                "reference": ORIGINAL,
                "category": category,
                "translation": translation,
            }
            stream.write(json.dumps(row) + "\n")
    return folder


def changed(data: Path) -> list[Changed]:
    return [each for one in read_backtranslations(data / loader.FILE) for each in one.changed]


def marked(one: Changed) -> list[str]:
    return [span.of(one.text) for span in one.marks]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("alteration", SOUND.replace("did not show", "showed"), ["showed"]),
        ("alteration", SOUND.replace("had caught", "had not caught"), ["not"]),  # the original has another "not"
        ("expansion_impact", SOUND.replace("fever", "deadly fever"), ["deadly"]),
        ("omission", SOUND.replace("young ", ""), ["the", "patients"]),
    ],
)
def test_what_was_changed_is_marked(tmp_path: Path, kind: str, text: str, words: list[str]) -> None:
    (one,) = changed(data_with(tmp_path, spelling=SOUND, **{kind: text}))
    assert marked(one) == words
    assert [span.of(ORIGINAL) for span in one.missing] == (["young"] if kind == "omission" else [])


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("alteration", SOUND),  # lost on the way back
        ("alteration", SOUND.replace("trials", "tests")),  # nothing but the original's own word
        ("alteration", "Nothing in the first results tells us who among them might have been taken ill."),
        ("omission", SOUND.replace("Two early trials", "Two trials at that time")),  # other words instead
        ("intensifier", SOUND.replace("young", "very young")),  # neither harmless nor harmful
    ],
)
def test_a_change_that_the_original_cannot_tell_is_left_out(tmp_path: Path, kind: str, text: str) -> None:
    assert changed(data_with(tmp_path, spelling=SOUND, **{kind: text})) == []


def test_a_change_without_a_sound_translation_beside_it_is_left_out(tmp_path: Path) -> None:
    assert changed(data_with(tmp_path, alteration=SOUND.replace("young", "old"))) == []


def test_each_change_meets_a_sound_translation_and_what_is_missing_is_asked_from_both_sides(tmp_path: Path) -> None:
    altered, shorter = SOUND.replace("young", "old"), SOUND.replace("young ", "")
    data = data_with(tmp_path, spelling=SOUND, alteration=altered, omission=shorter)
    groups = list(islice(backtranslations(data, Source("backtranslations", 2, loader.FILE), random.Random(1)), 2))
    turned, forward = sorted(groups, key=len)
    assert [(one.premise, one.hypothesis, one.error) for one in forward] == [
        (ORIGINAL, SOUND, 0.0),
        (ORIGINAL, altered, 1.0),
        (ORIGINAL, SOUND, 0.0),
        (ORIGINAL, shorter, 1.0),
    ]
    assert [(one.premise, one.hypothesis, one.error) for one in turned] == [
        (SOUND, ORIGINAL, 0.0),
        (shorter, ORIGINAL, 1.0),
    ]
    assert {one.relation for group in groups for one in group} == {Relation.REFERENCE}
    assert _twins(forward) == [(1, 0), (1, 2), (3, 2)]
    assert _twins(turned) == [(1, 0)]


def test_held_out_documents_are_never_learnt_from(tmp_path: Path) -> None:
    data = data_with(tmp_path, HELD_OUT, spelling=SOUND, alteration=SOUND.replace("young", "old"))
    assert changed(data)
    assert list(backtranslations(data, Source("backtranslations", 1, loader.FILE), random.Random(1))) == []
