"""Sentences that were translated, changed in the foreign language, and translated back by machine (ContraTICO).

Beside the English original, which says the same in other words, they are what an editor meets: whole sentences in a
machine's words, some of which still say what was said and some of which do not.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from checker.document import Span
from checker.evidence import Relation
from checker.findings.categories import ADDITION, OMISSION
from checker.findings.words import Kind, Word, words_of
from checker.training.examples import Example, Group, gold_spans
from checker.training.recipe import Source
from checker.training.sources.reading import is_held_out, read_rows
from checker.training.sources.reviewed import MISTRANSLATION

FILE = "mt_errors/askqe_contratico_backtranslated_en.jsonl.gz"
HARMLESS = ("spelling", "word_order", "synonym")
HARMFUL = {"alteration": MISTRANSLATION, "expansion_impact": ADDITION, "omission": OMISSION}
ALIKE = 0.6  # of the words two translations of one sentence must have in common to tell what was changed
MOST = 8  # changed words; where more differ the translation was another one


@dataclass(frozen=True, slots=True)
class Changed:
    """A translation that says something else: new words that are wrong, or, for an omission, those beside the gap.

    `missing`: the words of the original that it lacks.
    """

    text: str
    category: str
    marks: tuple[Span, ...]
    missing: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Backtranslated:
    """An English sentence and its translations from one foreign language: sound ones, and changed ones."""

    document: str
    original: str
    sound: tuple[str, ...]
    changed: tuple[Changed, ...]


@cache
def read_backtranslations(path: Path) -> tuple[Backtranslated, ...]:
    """All sentences with a change that shows in English, in the order of the file.

    It shows where there are new words that the original has not, or words of the original that are missing.
    """
    sentences: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for row in read_rows(path):
        if "\n" not in row["translation"]:  # some hold what a program said about them
            key = (row["source_lang"], row["document_id"], row["reference"])
            sentences[key][row["category"]] = row["translation"]
    read = (_read(document, original, versions) for (_, document, original), versions in sentences.items())
    return tuple(one for one in read if one.sound and one.changed)


def backtranslations(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Of each sentence sound and changed translations in turn beside the original, again and again.

    Where something is missing the original stands beside both translations too, with what they lack. Documents held
    out for evaluation are left out. Option: `longest`, characters of both sides (default 640).
    """
    longest = int(source.options.get("longest", 640))
    known = [one for one in read_backtranslations(data / source.file) if not is_held_out(one.document)]
    groups = [group for one in known for group in _groups(one, source) if _length(group) <= longest]
    while groups:
        yield from rng.sample(groups, len(groups))


def _read(document: str, original: str, versions: Mapping[str, str]) -> Backtranslated:
    sound = tuple(dict.fromkeys(versions[kind] for kind in HARMLESS if kind in versions))
    changed = (
        _changed(original, versions[kind], sound, category)
        for kind, category in HARMFUL.items()
        if sound and kind in versions and versions[kind] not in sound
    )
    return Backtranslated(document, original, sound, tuple(one for one in changed if one is not None))


def _groups(one: Backtranslated, source: Source) -> Iterator[Group]:
    """Sound and changed in turn, so that each change meets what is sound; then each gap, seen from the original."""
    forward = Relation.REFERENCE
    turns: list[Example] = []
    for place, changed in enumerate(one.changed):
        sound = one.sound[place % len(one.sound)]
        spans = gold_spans(changed.marks, changed.category)
        label = None if changed.missing else "not_entailment"  # what is left may well follow from the original
        turns += [
            Example(one.original, sound, forward, "entailment", 0.0, (), source.loader, source.weight),
            Example(one.original, changed.text, forward, label, 1.0, spans, source.loader, source.weight),
        ]
        if changed.missing:
            lost = gold_spans(changed.missing, ADDITION)
            yield (
                Example(sound, one.original, forward, "entailment", 0.0, (), source.loader, source.weight),
                Example(changed.text, one.original, forward, "not_entailment", 1.0, lost, source.loader, source.weight),
            )
    yield tuple(turns)


def _length(group: Group) -> int:
    return max(len(one.premise) + len(one.hypothesis) for one in group)


def _changed(original: str, text: str, sound: Sequence[str], category: str) -> Changed | None:
    """What was changed, seen from the nearest sound translation; None where the original cannot tell that it is wrong.

    A word is new that stands there more often than in the original, and whatever stands in the place of a negation.
    What is missing is missed where the original has it.
    """
    added, lost, gaps = min((_difference(each, text) for each in sound), key=lambda one: len(one[0]) + len(one[1]))
    if len(added) + len(lost) > MOST:
        return None
    theirs = words_of(original)
    if category == OMISSION:
        stems = {word.stem for word in lost if word.counts}
        missing = tuple(word.span for word in theirs if word.stem in stems)
        return Changed(text, category, tuple(word.span for word in gaps), missing) if missing and not added else None
    there, here = Counter(word.stem for word in theirs), Counter(word.stem for word in words_of(text))
    affirmed = any(word.kind is Kind.NEGATOR and there[word.stem] > here[word.stem] for word in lost)
    new = tuple(word.span for word in added if affirmed or here[word.stem] > there[word.stem])
    return Changed(text, category, new, ()) if new else None


def _difference(sound: str, text: str) -> tuple[list[Word], list[Word], list[Word]]:
    """Words that only `text` has, words that only `sound` has, and words of `text` beside what it simply lacks."""
    theirs, ours = words_of(sound), words_of(text)
    matcher = SequenceMatcher(None, [word.norm for word in theirs], [word.norm for word in ours], autojunk=False)
    if matcher.ratio() < ALIKE:
        return list(ours), list(theirs), []
    added: list[Word] = []
    lost: list[Word] = []
    gaps: list[Word] = []
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag != "equal":
            added += ours[start:end]
            lost += theirs[first:last]
            gaps += ours[max(0, start - 1) : start + 1] if start == end else ()
    return added, lost, gaps
