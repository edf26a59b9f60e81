"""Articles as agencies write them in other languages, with their English translation, written for this project.

`wire.jsonl`, one JSON object a line: `language` (ISO 639-1); `sentences`, each the original's and its English as a
good machine would have it, rather literal, and right; `wrong` states of some of them, each `at` a sentence, words in
error in `[[ ]]`, with what is `right` in their place and the `kind` of error. Their authors are large language models,
as those of the package's other records. Half of the articles are for calibration and half for figures; none is trained
on. For training there are single sentences, each gone wrong in two ways, in `wire_sentences.jsonl`: the same with one
sentence a line.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from checker.training.sources.reading import bucket
from checker.training.written import Marked, Part, marked


@dataclass(frozen=True, slots=True)
class WireSentence:
    """A sentence of the original, and its translation, in which all is right."""

    source: str
    english: str


@dataclass(frozen=True, slots=True)
class WireSlip:
    """The translation `at` a place gone wrong; `right` is what should stand for the words in error."""

    at: int
    text: Marked
    right: str
    kind: str


@dataclass(frozen=True, slots=True)
class WireArticle:
    """An article in two languages, and what a machine might get wrong in it."""

    language: str
    sentences: tuple[WireSentence, ...]
    slips: tuple[WireSlip, ...]


@cache
def read_wire(part: Part) -> tuple[WireArticle, ...]:
    """What is for one purpose, in the order in which it was written; single sentences for training."""
    if part is Part.TRAINING:
        return _read("wire_sentences.jsonl")
    return tuple(article for article in _read("wire.jsonl") if part_of(article) is part)


def part_of(article: WireArticle) -> Part:
    """What an article is for, by its first sentence."""
    return Part.CALIBRATION if bucket(article.sentences[0].source, 2) else Part.FIGURES


def _read(name: str) -> tuple[WireArticle, ...]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return tuple(_article(json.loads(line)) for line in lines)


def _article(plain: Mapping[str, Any]) -> WireArticle:
    return WireArticle(
        plain["language"],
        tuple(WireSentence(source, english) for source, english in plain["sentences"]),
        tuple(WireSlip(slip["at"], marked(slip["text"]), slip["right"], slip["kind"]) for slip in plain["wrong"]),
    )
