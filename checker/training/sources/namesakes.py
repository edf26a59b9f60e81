"""Facts about a person, and sentences that say them of another person of the same surname.

What is written about facts seldom exchanges a first name alone, and a model that never saw it done reads past it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from checker.document import Span
from checker.evidence import Relation
from checker.findings.given_names import full_names, may_be_one
from checker.findings.words import words_of
from checker.training.examples import Group
from checker.training.recipe import Source
from checker.training.sources.written import Maker, among_others
from checker.training.written import Form, Marked, Part, Written, read_written

ENTITY = "accuracy/mistranslation/entity"
ANOTHER_ELSE = 0.3  # of the sentences that are silent, how many are about a namesake too, which denies nothing


def namesakes(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """A sentence beside its fact, the same with another first name in it, and one that is silent; again and again.

    They are the written facts with a full name that their right sentence has as well; first names come from all facts.
    """
    del data
    records = read_written(Form.FACT, Part.TRAINING)
    names = sorted({given for record in records for given in _given(record["fact"].text)})
    about_people = [(record, given) for record in records if (given := _shared(record)) is not None]
    while True:
        for record, given in rng.sample(about_people, len(about_people)):
            yield _group(record, given, _another(given, record, names, rng), rng, source)


def _group(record: Written, given: str, other: str, rng: random.Random, source: Source) -> Group:
    made = Maker(Relation.CONTEXT, ENTITY, source)
    premise = among_others(record["fact"].text, record["silent"].text, rng)
    renamed = rename(record["right"].text, given, other)
    silent = record["silent"].text
    if rng.random() < ANOTHER_ELSE:
        silent = rename(silent, given, other).text
    return (
        made.clean(premise, record["right"], "not_contradiction"),
        made.wrong(premise, renamed, "contradiction"),
        made.clean(record["fact"].text, Marked(silent), "not_contradiction"),
    )


def rename(text: str, given: str, other: str) -> Marked:
    """`text` with the first name `other` for `given`, wherever it stands as a word; those places are in error."""
    changed, errors, read = "", [], 0
    for match in re.finditer(rf"\b{re.escape(given)}\b", text):
        changed += text[read : match.start()]
        errors.append(Span(len(changed), len(changed) + len(other)))
        changed += other
        read = match.end()
    return Marked(changed + text[read:], tuple(errors))


def _given(text: str) -> set[str]:
    """First names of the persons whom a text names in full, but for the word that it begins with."""
    return {given.text for given, _ in full_names(text) if given.span.start}


def _shared(record: Written) -> str | None:
    """A first name that the fact and the right sentence both have before the same surname, None for none."""
    there = {(given.text, surname.norm) for given, surname in full_names(record["right"].text)}
    told = ((given.text, surname.norm) for given, surname in full_names(record["fact"].text))
    return next((each[0] for each in told if each in there), None)


def _another(given: str, record: Written, names: list[str], rng: random.Random) -> str:
    """A first name that neither text has, and that is no other form of `given`."""
    said = {word.norm for name in ("fact", "right") for word in words_of(record[name].text)}
    while True:
        other = rng.choice(names)
        if other.casefold() not in said and not may_be_one(other.casefold(), given.casefold()):
            return other
