"""Whole articles with a newsroom's fact sheet, written for this project as the records of the package are.

`desk.jsonl`, one JSON object a line: `sentences` of an article in which all is right; `facts`, each with its `text` and
which sentences it is `about` (none for a line about something that the article does not say); and `wrong` states of
sentences, each `at` a sentence, denied `by` a fact, words in error in `[[ ]]`. No line of a sheet denies a right
sentence. So every sentence meets every line, as at a desk, and it is known which pairs deny each other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from checker.training.written import Marked, Part, marked, part_of


@dataclass(frozen=True, slots=True)
class DeskFact:
    """A line of the sheet, and the places of the sentences that it confirms, or would deny."""

    text: str
    about: frozenset[int]


@dataclass(frozen=True, slots=True)
class Slip:
    """The sentence `at` gone wrong, denied by the fact `by`."""

    at: int
    by: int
    text: Marked


@dataclass(frozen=True, slots=True)
class DeskArticle:
    """An article, its fact sheet, and what a machine might get wrong in it."""

    sentences: tuple[str, ...]
    facts: tuple[DeskFact, ...]
    slips: tuple[Slip, ...]


@cache
def read_desk(part: Part) -> tuple[DeskArticle, ...]:
    """The articles that are for one purpose, in the order in which they were written."""
    lines = Path(__file__).with_name("desk.jsonl").read_text(encoding="utf-8").splitlines()
    articles = [_article(json.loads(line)) for line in lines]
    return tuple(article for article in articles if part_of(article.sentences[0]) is part)


def _article(plain: Mapping[str, Any]) -> DeskArticle:
    return DeskArticle(
        tuple(plain["sentences"]),
        tuple(DeskFact(fact["text"], frozenset(fact["about"])) for fact in plain["facts"]),
        tuple(Slip(slip["at"], slip["by"], marked(slip["text"])) for slip in plain["wrong"]),
    )
