"""Corrupted sentences whose premise says the same in other words: real machine translations beside a human reference.

Each group holds the clean translation and one or two corrupted twins with the same premise.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from checker.evidence import Relation
from checker.nli.wording import split_words
from checker.training.corruption import Corruptor
from checker.training.examples import Group
from checker.training.recipe import Source
from checker.training.sources.articles import articles, corruptor_of
from checker.training.sources.reading import is_held_out, normalised, read_rows
from checker.training.sources.reviewed import is_faulted
from checker.training.sources.twins import turned_twins, twins

DIGITS = re.compile(r"\d+")
NEGATION = re.compile(r"\b(?:not|no|never|without|nor|neither|cannot)\b|n't\b", re.IGNORECASE)
WEAK_SYSTEM = "bergamot-tiny"
LONGEST = 440
OVERLAP = 0.45


def translated_pairs(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Groups from several translations of one source sentence, but those in which a reviser found a fault.

    Options: `lexicon` (folder); `exclude` (JSON-lines files whose `reference` texts are kept out of training);
    `data_sets` (beginnings of the `dataset` of rows to use, default all); `overlap` (share of word stems that the two
    sides have in common at least, default 0.45: lower lets looser translations in); `longest` (characters of both
    sides, default 440); `errors`, `kinds` and `only` as in `twins`.
    """
    corruptor = Corruptor(data / source.options["lexicon"], rng.randrange(2**31))
    files = source.options["exclude"]
    excluded = {normalised(row["reference"]) for file in files for row in read_rows(data / file) if row["reference"]}
    wanted = tuple(source.options.get("data_sets", ("",)))
    overlap = float(source.options.get("overlap", OVERLAP))
    longest = int(source.options.get("longest", LONGEST))
    by_source: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in read_rows(data / source.file):
        usable = row["dataset"].startswith(wanted) and not is_held_out(row["source"])
        if usable and normalised(row["reference"]) not in excluded and not is_faulted(row):
            by_source[row["source"]].append(row)
    keys = sorted(by_source)
    rng.shuffle(keys)
    for key in keys:
        texts = _texts(by_source[key])
        if len(texts) < 2:
            continue
        premise, hypothesis = rng.sample(texts, 2)
        if len(premise) + len(hypothesis) <= longest and says_the_same(premise, hypothesis, overlap):
            group = twins(premise, hypothesis, Relation.REFERENCE, corruptor, rng, source, clean_weight=0.8)
            if group:
                yield group


def turned_pairs(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Groups of `translated_pairs` turned round, for the second look that `checker score` takes from the premise."""
    for group in translated_pairs(data, source, rng):
        turned = turned_twins(group)
        if len(turned) > 1:
            yield turned


def edited_pairs(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Groups from news sentences and their light rewordings (numbers written otherwise, synonyms, word order).

    Options: those of `articles`; `errors`, `kinds` and `only` as in `twins`.
    """
    corruptor = corruptor_of(data, source, rng)
    for lines in articles(data, source, rng):
        for line in rng.sample(lines, min(2, len(lines))):
            sentence = line.text
            reworded = corruptor.paraphrase(sentence, rng)
            if reworded is None:
                continue
            premise, hypothesis = rng.sample([sentence, reworded.text], 2)
            group = twins(premise, hypothesis, Relation.REFERENCE, corruptor, rng, source, clean_weight=1.0)
            if group:
                yield group


def says_the_same(one: str, other: str, overlap: float = OVERLAP) -> bool:
    """A cheap test that two translations agree: same numbers, same negation, like length, enough common words."""
    if sorted(DIGITS.findall(one)) != sorted(DIGITS.findall(other)):
        return False
    if bool(NEGATION.search(one)) != bool(NEGATION.search(other)):
        return False
    if not 0.7 < len(one) / len(other) < 1.4 or normalised(one) == normalised(other):
        return False
    first, second = ({word.stem for word in split_words(text)} for text in (one, other))
    return len(first & second) >= overlap * min(len(first), len(second))


def _texts(rows: list[dict[str, str]]) -> list[str]:
    """The reference and the translations of all but the weakest system, without repetition."""
    texts = [rows[0]["reference"], *(row["translation"] for row in rows if row["system"] != WEAK_SYSTEM)]
    return list(dict.fromkeys(texts))
