"""Articles as the context sources see them: sentences with their words, and the two kinds of example."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from checker.evidence import Relation
from checker.nli.wording import Word, split_words
from checker.training.corruption import Corruption, Corruptor
from checker.training.examples import Example, gold_spans
from checker.training.recipe import Source
from checker.training.sources.reading import is_held_out, read_rows

SHORTEST, LONGEST = 35, 230  # characters of a sentence
_FUNCTION_WORDS = """
    a an the of in on at to for from by with and or but as is are was were be been being has have had do does did
    will would could should can may might must that which who whom whose this these those it its he she his her him
    they them their we our us you your i my me not no n't said says say also more most than then there here when
    where how what why if so up out over after before about into new one two first last other some all any
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
TITLES = frozenset(["mr", "mrs", "ms", "dr", "sen", "rep", "gov", "gen", "col", "sgt", "st", "jr", "sr"])


@dataclass(frozen=True)
class Line:
    """A sentence of an article with its words."""

    text: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Words with stems and offsets."""
        return split_words(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the content words."""
        return frozenset(word.stem for word in self.words if is_content(word))


def corruptor_of(data: Path, source: Source, rng: random.Random) -> Corruptor:
    """The corruptor that a source's `lexicon` option names."""
    return Corruptor(data / source.options["lexicon"], rng.randrange(2**31))


def is_content(word: Word) -> bool:
    """True for a word that carries meaning: no function word, title or punctuation."""
    return word.folded not in FUNCTION_WORDS and word.folded not in TITLES and not word.is_punctuation


def articles(data: Path, source: Source, rng: random.Random) -> Iterator[list[Line]]:
    """Sentences of each article in a random order of articles; held-out articles are left out."""
    for row in training_articles(data, source, rng):
        sentences = re.split(
            r"(?<=[.!?][\"'])\s+|(?<=[.!?])(?<!\b[A-Z]\.)(?<!Mr\.)(?<!Dr\.)(?<!Mrs\.)(?<!Sen\.)\s+|\n", row["text"]
        )
        lines = [Line(s) for s in dict.fromkeys(sentences) if SHORTEST <= len(s) <= LONGEST and s[-1] in ".!?\"'"]
        if len(lines) >= 3:
            yield lines


def training_articles(data: Path, source: Source, rng: random.Random) -> list[dict[str, str]]:
    """Rows of the articles that may be trained on, shuffled. Option `leave_out`: beginnings of ids not to use."""
    barred = tuple(source.options.get("leave_out", ()))
    rows = [row for row in read_rows(data / source.file) if not is_held_out(row["id"])]
    rows = [row for row in rows if not row["id"].startswith(barred)]
    rng.shuffle(rows)
    return rows


def clean_example(premise: str, hypothesis: str, label: str, source: Source) -> Example:
    """No error given the premise."""
    return Example(premise, hypothesis, Relation.CONTEXT, label, 0.0, (), source.loader, source.weight)


def wrong_example(premise: str, corruption: Corruption, source: Source, label: str = "contradiction") -> Example:
    """The corruption, contradicted by the premise."""
    gold = gold_spans(corruption.spans, corruption.category)
    return Example(premise, corruption.text, Relation.CONTEXT, label, 1.0, gold, source.loader, source.weight)
