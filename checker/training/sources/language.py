"""Sentences without any premise: what is wrong in the words themselves, and the same sentences unharmed."""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from pathlib import Path

from checker.errors import UnreadableFileError
from checker.evidence import Relation
from checker.training.corruption import Corruptor
from checker.training.examples import Example, GoldSpan, Group, gold_spans
from checker.training.recipe import Source
from checker.training.sources.reading import is_held_out, read_rows
from checker.training.sources.twins import SLIGHT

# A reader without evidence cannot know that a number, a name or a negation is wrong.
SEEN_IN_WORDS = ("fluency", "accuracy/untranslated", "accuracy/mistranslation/word-sense", "accuracy/omission")
NOT_SURE = 0.5  # a wrong word often reads well, and a dropped word often is not missed


def broken_sentences(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Clean news sentences beside broken ones.

    Options: `lexicon` (folder); `origins` (a file with a letter a sentence) and `leave_out` (letters not to use).
    """
    corruptor = Corruptor(data / source.options["lexicon"], rng.randrange(2**31))
    for sentence in news_sentences(data, source, rng):
        clean = Example("", sentence, Relation.LANGUAGE, None, 0.0, (), source.loader, source.weight)
        for _ in range(8):
            corruption = corruptor.corrupt(sentence, rng)
            if corruption is None or corruption.category.startswith(SEEN_IN_WORDS):
                break
        if corruption is None or not corruption.category.startswith(SEEN_IN_WORDS):
            continue
        sure = _sureness(corruption.category)
        gold = gold_spans(corruption.spans, corruption.category, sure)
        broken = Example("", corruption.text, Relation.LANGUAGE, None, sure, gold, source.loader, source.weight)
        yield (clean, broken)


def confused_senses(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Sentences beside the same with one word translated in another sense of the source word (MuCoW).

    Senses were clustered by machine, so that some "errors" are near-synonyms: the broken one is not sure to be wrong.
    Option `leave_out`: collections (the beginning of `document_id`) not to use.
    """
    barred = tuple(source.options.get("leave_out", ()))
    rows = [row for row in read_rows(data / source.file) if not (barred and row["document_id"].startswith(barred))]
    rng.shuffle(rows)
    for row in rows:
        right, wrong, error = row["reference"], row["translation"], row["errors"][0]
        if not 40 <= len(right) <= 220 or is_held_out(right):
            continue
        category = "accuracy/mistranslation/word-sense"
        gold = (GoldSpan(error["start"], error["end"], category, NOT_SURE),)
        clean = Example("", right, Relation.LANGUAGE, None, 0.0, (), source.loader, source.weight)
        broken = Example("", wrong, Relation.LANGUAGE, None, NOT_SURE, gold, source.loader, source.weight)
        yield (clean, broken)


def _sureness(category: str) -> float:
    if category.startswith(("accuracy/mistranslation", "accuracy/omission")):
        return NOT_SURE
    return SLIGHT if category == "fluency/typography" else 1.0


def news_sentences(data: Path, source: Source, rng: random.Random) -> Iterator[str]:
    """Those of `source.file` that training may see, in any order; options `origins` and `leave_out` as above."""
    lines = _lines(data / source.file)
    if "origins" in source.options:
        barred = set(source.options["leave_out"])
        letters = _lines(data / source.options["origins"])
        lines = [line for line, letter in zip(lines, letters, strict=True) if letter not in barred]
    rng.shuffle(lines)
    for line in lines:
        if 40 <= len(line) <= 220 and not is_held_out(line):
            yield line


def _lines(path: Path) -> list[str]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            return [line.strip() for line in stream]
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(f"{path}: training data cannot be read ({error}); see the recipe's `file`") from error
