"""Sentences that people of this project wrote, right and wrong, each beside a fact that says it in other words.

`handwritten.tsv`: set, kind of error, fact, the sentence right and wrong, with the words in error in ⟦ ⟧. Made errors
and rated translations stand near to their reference; an editor's fact sheet says things in its own way, and no set of
the field has that. The set `shaping` was looked at while the checker was made; `held back` and `held back 2` were not,
the latter being written by somebody who did not see what the model learns from.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from checker.document import Span

OPENED, CLOSED = "⟦", "⟧"
SHAPING = "shaping"
SETS = ("held back 2", "held back", SHAPING)
_FILE = Path(__file__).with_name("handwritten.tsv")
_FAR = (17, 31)  # places in the set: which other sentences stand before and after a sentence


@dataclass(frozen=True, slots=True)
class Handwritten:
    """One sentence, right and wrong; `error` is the place of the words in error in `wrong`."""

    set: str
    kind: str
    fact: str
    right: str
    wrong: str
    error: Span


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence in a text of three; `error` is the place in the text of the words in error, None in a right one."""

    kind: str
    text: str
    sentence: Span
    error: Span | None


def read_handwritten(name: str) -> list[Handwritten]:
    """The sentences of one set, in the order of the file; none for a set that it does not have."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_read(row) for row in rows if row["set"] == name]


def told_among_others(known: list[Handwritten]) -> list[Told]:
    """Each sentence, wrong and right, between right sentences about other matters."""
    told = []
    for place, one in enumerate(known):
        before, after = (known[(place + far) % len(known)].right for far in _FAR)
        for said, error in ((one.wrong, one.error), (one.right, None)):
            start = len(before) + 1
            where = error.shift(start) if error else None
            told.append(Told(one.kind, f"{before} {said} {after}", Span(start, start + len(said)), where))
    return told


def _read(row: dict[str, str]) -> Handwritten:
    start = row["wrong"].index(OPENED)
    end = row["wrong"].index(CLOSED) - len(OPENED)
    wrong = row["wrong"].replace(OPENED, "").replace(CLOSED, "")
    return Handwritten(row["set"], row["kind"], row["fact"], row["right"], wrong, Span(start, end))
