"""NLI pairs, labelled by people or put together anew, by nobody.

Labels count under either relation; errors follow from them where they do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checker.evidence import Relation
from checker.training.examples import Example, Group
from checker.training.recipe import Source
from checker.training.sources.reading import read_rows

LONGEST = 420  # characters of premise and hypothesis together; longer pairs cost more than they teach


def labelled_pairs(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Pairs of one NLI file.

    As context, a contradiction is an error and nothing else is. As reference, a contradiction is an error; whether
    neutral and entailed pairs hold one is unknown, for a hypothesis may leave things out or add to them.
    Words stay unjudged, except that what is entailed holds no word in error. Option `longest`: characters of premise
    and hypothesis together (default 420).
    """
    longest = int(source.options.get("longest", LONGEST))
    for row in _shuffled(read_rows(data / source.file), rng):
        premise, hypothesis, label = row["premise"], row["hypothesis"], row["label"]
        if len(premise) + len(hypothesis) > longest or not hypothesis.strip():
            continue
        relation = Relation.CONTEXT if rng.random() < 0.5 else Relation.REFERENCE
        error: float | None = 1.0 if label == "contradiction" else None
        if label != "contradiction" and relation is Relation.CONTEXT:
            error = 0.0
        clean = label == "entailment" or (label == "neutral" and relation is Relation.CONTEXT)
        spans = () if clean else None
        yield (Example(premise, hypothesis, relation, label, error, spans, source.loader, source.weight),)


def _shuffled(rows: Iterator[dict[str, Any]], rng: random.Random) -> list[dict[str, Any]]:
    found = list(rows)
    rng.shuffle(found)
    return found


def identical_pairs(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """A sentence as its own evidence, alone or inside a longer premise: never an error."""
    rows = [row["hypothesis"] for row in read_rows(data / source.file)]
    for sentence in rows:
        premise = sentence
        if rng.random() < 0.5:
            premise = f"{rng.choice(rows)} {sentence} {rng.choice(rows)}"
        relation = rng.choice((Relation.CONTEXT, Relation.REFERENCE))
        yield (Example(premise, sentence, relation, "entailment", 0.0, (), source.loader, source.weight),)


def unlabelled_pairs(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Pairs that nobody labelled, made of those of one NLI file; a teacher says what they are (`training.opinions`).

    Each pair turned round, and two hypotheses of one premise. Option `longest` as for `labelled_pairs`.
    """
    longest = int(source.options.get("longest", LONGEST))
    siblings: dict[str, str] = {}
    for row in _shuffled(read_rows(data / source.file), rng):
        premise, hypothesis = row["premise"], row["hypothesis"]
        pairs = [(hypothesis, premise)]
        if premise in siblings:
            pairs.append((siblings[premise], hypothesis))
        siblings[premise] = hypothesis
        for first, second in pairs:
            if first.strip() and second.strip() and first != second and len(first) + len(second) <= longest:
                relation = rng.choice((Relation.CONTEXT, Relation.REFERENCE))
                yield (Example(first, second, relation, None, None, None, source.loader, source.weight),)
