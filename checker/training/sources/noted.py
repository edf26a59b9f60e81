"""Real machine translations beside a line of a fact sheet that denies what is wrong in them.

See `Note` of `checker.training.reviewed`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from checker.evidence import Relation
from checker.training.examples import Group
from checker.training.recipe import Source
from checker.training.reviewed import MAJOR, Note, key_of, read_notes
from checker.training.sources.reading import is_held_out
from checker.training.sources.reviewed import MISTRANSLATION, Reviewed, read_reviewed
from checker.training.sources.written import Maker, among_others
from checker.training.written import Marked

TURNED = 0.2  # of the groups, in how many the fact is judged by the sentence


@dataclass(frozen=True, slots=True)
class Noted:
    """A machine translation of `source` with its major errors, the same mended, and what a newsroom knows."""

    source: str
    wrong: Marked
    right: Marked
    note: Note


@cache
def read_noted(path: Path) -> tuple[Noted, ...]:
    """All of them, in the order of the file `path` of translations."""
    notes = read_notes()
    translations = [one for some in read_reviewed(path) for one in some]
    return tuple(
        mended(one, note) for one in translations for note in notes.get(key_of(one.reference, one.translation), ())
    )


def mended(one: Reviewed, note: Note) -> Noted:
    """`one` and its mended state. Raises ValueError where the note has not as many words as there are major errors."""
    errors = sorted(mark.span for mark in one.marks if mark.severity == MAJOR)
    right = one.translation
    for span, words in reversed(list(zip(errors, note.mended, strict=True))):
        right = right[: span.start] + words + right[span.end :]
    return Noted(one.source, Marked(one.translation, tuple(errors)), Marked(right), note)


def noted_translations(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Groups of a wrong sentence and the mended one beside the fact, and one of them beside the line that is silent.

    All of them again and again, but for sentences held out for evaluation. Option: `longest`, characters of sentence
    and line (default 640).
    """
    longest = int(source.options.get("longest", 640))
    noted = read_noted(data / source.file)
    known = [one for one in noted if not is_held_out(one.source) and _length(one) <= longest]
    while known:
        for one in rng.sample(known, len(known)):
            yield _group(one, known, rng, Maker(Relation.CONTEXT, MISTRANSLATION, source))


def _length(one: Noted) -> int:
    return max(len(one.wrong.text), len(one.right.text)) + max(len(one.note.fact), len(one.note.aside))


def _group(one: Noted, known: Sequence[Noted], rng: random.Random, made: Maker) -> Group:
    fact, aside = one.note.fact, one.note.aside
    if rng.random() < TURNED:
        return (
            made.clean(one.right.text, Marked(fact), "not_contradiction"),
            made.denied(one.wrong.text, Marked(fact)),
            made.clean(one.wrong.text, Marked(aside), "not_contradiction"),
        )
    premise, silent = (among_others(line, rng.choice(known).note.fact, rng) for line in (fact, aside))
    unknown = one.wrong if rng.random() < 0.5 else one.right
    return (
        made.clean(premise, one.right, "not_contradiction"),
        made.wrong(premise, one.wrong, "contradiction"),
        made.clean(silent, Marked(unknown.text), "not_contradiction"),
    )
