"""What revisers marked in real machine translations: where their meaning is wrong.

Made errors are made by people who know what an error is; those of real systems are stranger, and beside a reference
real translations differ in a hundred ways that are no errors. So real translations were read one by one, with their
source and a human translation beside them. The readers are large language models that were asked for it, so these are
no professional ratings; a part was read twice, see `models/LOG.md`. Here stand their marks alone, places and no text:
one JSON object a line, `pair` being `key_of` human and machine translation, `errors` lists of start, end and severity
("major", "minor"; "omission" and "minor-omission" for the word beside what is missing), `differs` where the machine
translation is right by its source and the human one says something else. Some were read once more by themselves, as an
editor would who has nothing beside them: `seen` are the places that such a reader found wrong and that are.

Beside many with major errors such models noted what a newsroom might know (`notes.jsonl`): `mended`, for each major
error in text order the words that should stand there; a `fact` that these errors deny and the mended sentence does not,
in other words than either; and an `aside`, a line about the same matters that has nothing against either.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from checker.document import Span

MAJOR = "major"
MINOR = "minor"
OMISSION = "omission"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words in error; `severity` is "major" or "minor", `missing` where something is left out beside them."""

    span: Span
    severity: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """What is wrong in a translation; `differs`: nothing, but the human translation beside it says something else.

    `seen` is what a reader without source and reference saw of it, None where there was none.
    """

    marks: tuple[Mark, ...] = ()
    differs: bool = False
    seen: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What a newsroom knows where a translation has major errors, and what should stand in their place, one by one."""

    mended: tuple[str, ...]
    fact: str
    aside: str


def key_of(reference: str, translation: str) -> str:
    """16 hex digits for a human translation and the machine's."""
    return hashlib.sha256(f"{reference}\n{translation}".encode()).hexdigest()[:16]


@cache
def read_reviews() -> dict[str, Review]:
    """The review of every pair by `key_of` it."""
    lines = Path(__file__).with_name("reviews.jsonl").read_text(encoding="utf-8").splitlines()
    plain = [json.loads(line) for line in lines]
    return {one["pair"]: _review(one) for one in plain}


@cache
def read_notes() -> dict[str, tuple[Note, ...]]:
    """What was noted beside a pair by `key_of` it, once or twice."""
    lines = Path(__file__).with_name("notes.jsonl").read_text(encoding="utf-8").splitlines()
    notes = defaultdict(list)
    for one in map(json.loads, lines):
        notes[one["pair"]].append(Note(tuple(one["mended"]), one["fact"], one["aside"]))
    return {pair: tuple(some) for pair, some in notes.items()}


def _review(plain: Mapping[str, Any]) -> Review:
    seen = tuple(Span(*place) for place in plain["seen"]) if "seen" in plain else None
    return Review(tuple(_mark(*error) for error in plain["errors"]), plain.get("differs", False), seen)


def _mark(start: int, end: int, kind: str) -> Mark:
    return Mark(Span(start, end), MINOR if MINOR in kind else MAJOR, OMISSION in kind)
