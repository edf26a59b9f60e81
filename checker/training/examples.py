"""The training example, and how examples travel: gzip JSON lines, one group a line.

A group holds examples that must meet in one batch: a corrupted sentence beside its clean twin, with the same premise.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from checker.document import Span
from checker.document.language import DEFAULT_LANGUAGE
from checker.evidence import Relation

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """Words in error: half-open offsets into the hypothesis, weight in (0, 1] (rater agreement), category path."""

    start: int
    end: int
    category: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled pair.

    `label`: "entailment", "neutral", "contradiction", "not_entailment", "not_contradiction" or None where unknown.
    `error`: probability that there is an error, None where unknown. `spans`: None where words were not judged.
    `language` is the premise's, ISO 639-1.
    """

    premise: str
    hypothesis: str
    relation: Relation
    label: str | None
    error: float | None
    spans: tuple[GoldSpan, ...] | None
    source: str
    weight: float = 1.0
    language: str = DEFAULT_LANGUAGE


Group = tuple[Example, ...]


def gold_spans(spans: Iterable[Span], category: str, weight: float = 1.0) -> tuple[GoldSpan, ...]:
    """All of one category and weight."""
    return tuple(GoldSpan(span.start, span.end, category, weight) for span in spans)


def write_groups(path: Path, groups: Iterable[Group]) -> int:
    """Write groups to a gzip file, whole or not at all; returns how many."""
    partial = path.with_suffix(".partial")
    count = 0
    with gzip.open(partial, "wt", encoding="utf-8", compresslevel=4) as stream:
        for group in groups:
            stream.write(json.dumps([_plain(example) for example in group], ensure_ascii=False) + "\n")
            count += 1
    partial.replace(path)
    return count


def read_groups(path: Path) -> Iterator[Group]:
    """Groups of a file written by `write_groups`."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield tuple(read_example(row) for row in json.loads(line))


def texts_of(groups: Iterable[Group]) -> list[str]:
    """The distinct texts of both sides, in order."""
    sides = (side for group in groups for one in group for side in (one.premise, one.hypothesis))
    return list(dict.fromkeys(sides))


def _plain(example: Example) -> list[object]:
    spans = None
    if example.spans is not None:
        spans = [[span.start, span.end, span.category, span.weight] for span in example.spans]
    row: list[object] = [
        example.premise,
        example.hypothesis,
        example.relation.value,
        example.label,
        example.error,
        spans,
        example.source,
        example.weight,
    ]
    return row if example.language == DEFAULT_LANGUAGE else [*row, example.language]


def read_example(row: list[object]) -> Example:
    """An example from the plain list that `write_groups` makes of it."""
    premise, hypothesis, relation, label, error, spans, source, weight, *language = row
    gold = None if spans is None else tuple(GoldSpan(*span) for span in spans)  # type: ignore[attr-defined]
    return Example(premise, hypothesis, Relation(relation), label, error, gold, source, weight, *language)  # type: ignore[arg-type]
