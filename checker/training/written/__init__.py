"""Material written for this project record by record: facts and translations, right and wrong, errors marked.

Made errors all look alike, and the events of `checker.training.telling` are told in a few hundred ways; what is written
here is said as a newsroom, or a machine, might say it. Its authors are large language models that were asked for each
form and domain in turn; no program made the records. Those for calibration and figures were read again, blind, by other
such models, and left out where these disagreed; nobody has read all the others. One JSON object a line, words in error
in `[[ ]]`:

- `fact`: a `fact`, a sentence that says it in other words (`right`), the same gone `wrong`, and one that is `silent`
  about it; `kind` of error; in many a `counter`, a fact with which `wrong` would be right and `right` wrong.
- `trap`: a `fact`, a sentence that only looks as if it denied it (`compatible`), and a `wrong` one; `kind` of
  temptation.
- `reference`: one translation (`reference`), another that says the same in other words (`good`), and a `bad` one.
- `twins`: two translations of one sentence, worded as two people would (`reference`, `good`), and what a machine got
  wrong in the words of the first (`bad`) and of the second (`bad2`): beside the other one, right and wrong are
  equally loose.
- `contrast`: a `premise`, the same in other words (`right`) and nearly word for word (`near`), and in each something
  exchanged or mistaken that all its words do not show (`wrong`, `near_wrong`); `kind` of confusion.
- `language`: a `right` sentence, what a `machine` makes of it, and another sentence of the same article (`elsewhere`);
  `language` is that of the source.

Whole articles with a fact sheet are in `desk.jsonl`, see `checker.training.written.desk`; articles in other languages
with their translation in `wire.jsonl`, see `checker.training.written.wire`.

A fixed tenth of the records is for figures and two tenths for calibration; training sees the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from checker.document import Span
from checker.training.sources.reading import bucket

_MARK = re.compile(r"\[\[(.+?)\]\]")
_FIGURES, _CALIBRATION = 0, (1, 2)  # of ten buckets


class Form(StrEnum):
    """What a record holds."""

    FACT = "fact"
    TRAP = "trap"
    REFERENCE = "reference"
    TWINS = "twins"
    CONTRAST = "contrast"
    LANGUAGE = "language"


class Part(StrEnum):
    """What a record is for."""

    TRAINING = "training"
    CALIBRATION = "calibration"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and its words in error, none in a right one."""

    text: str
    errors: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A record; `texts` by the names of its fields, `kind` its `kind` or `language`, else empty."""

    texts: Mapping[str, Marked]
    kind: str

    def __getitem__(self, name: str) -> Marked:
        """The text of one field."""
        return self.texts[name]


@cache
def read_written(form: Form, part: Part) -> tuple[Written, ...]:
    """The records of one form that are for one purpose, in the order in which they were written."""
    lines = Path(__file__).with_name(f"{form}.jsonl").read_text(encoding="utf-8").splitlines()
    records = [_record(json.loads(line)) for line in lines]
    return tuple(record for record in records if part_of(next(iter(record.texts.values())).text) is part)


def apart(record: Written) -> tuple[Marked, Marked]:
    """Of the two right translations of a record the one that is worded otherwise than the bad one, then the other.

    Beside the one that the bad one was made from, what is near would be wrong and what is loose right.
    """
    bad = _words(record["bad"])
    one, other = sorted((record["reference"], record["good"]), key=lambda text: len(bad & _words(text)))
    return one, other


def both_ways(record: Written) -> tuple[tuple[Marked, Marked, Marked, Marked], ...]:
    """Of twins, each translation in turn as what the other is judged by: (premise, right, wrong, near).

    `wrong` is the right one with a slip, `near` the premise's own words with another.
    """
    reference, good, bad, bad2 = (record[name] for name in ("reference", "good", "bad", "bad2"))
    return (reference, good, bad2, bad), (good, reference, bad, bad2)


def undone(wrong: Marked, right: Marked) -> tuple[Span, ...] | None:
    """The words of `right` in whose place the errors of `wrong` stand; None where some stand in the place of nothing.

    >>> right, wrong = marked("The court did not uphold it."), marked("The court [[upheld]] it.")
    >>> [span.of(right.text) for span in undone(wrong, right)]
    ['did not uphold']
    """
    edges = [0, *(edge for span in wrong.errors for edge in (span.start, span.end)), len(wrong.text)]
    kept = [wrong.text[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True)]
    found = re.fullmatch(r"\s*(.*?)\s*".join(map(re.escape, kept)), right.text, re.DOTALL)
    if found is None or not all(found.groups()):
        return None
    return tuple(Span(*found.span(number)) for number in range(1, len(kept)))


def _words(text: Marked) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.text.casefold()))


def _record(plain: Mapping[str, str]) -> Written:
    texts = {name: marked(text) for name, text in plain.items() if name not in ("kind", "language")}
    return Written(texts, plain.get("kind", plain.get("language", "")))


def marked(text: str) -> Marked:
    """`text` without its marks, and where they were.

    >>> marked("The court [[upheld]] it.")
    Marked(text='The court upheld it.', errors=(Span(start=10, end=16),))
    """
    errors = []
    for number, found in enumerate(_MARK.finditer(text)):
        start = found.start() - 4 * number
        errors.append(Span(start, start + len(found[1])))
    return Marked(_MARK.sub(r"\1", text), tuple(errors))


def part_of(key: str) -> Part:
    """What a record is for, by its first text."""
    place = bucket(key)
    if place == _FIGURES:
        return Part.FIGURES
    return Part.CALIBRATION if place in _CALIBRATION else Part.TRAINING
