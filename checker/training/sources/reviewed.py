"""Real machine translations in which revisers marked what is wrong, see `checker.training.reviewed`."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from checker.document import Span
from checker.evidence import Relation
from checker.training.examples import Example, GoldSpan, Group, gold_spans
from checker.training.recipe import Source
from checker.training.reviewed import MINOR, Mark, Review, key_of, read_reviews
from checker.training.sources.reading import is_held_out, read_rows

FILE = "text/mt_vs_reference.en.jsonl.gz"
# All files with translations that were reviewed; the figures and calibration are of the first alone.
FILES = (
    FILE,
    *(
        f"mt_errors/{name}.jsonl.gz"
        for name in (
            "da_wmt15-17_x-en",
            "hallucinations_wmt18_de-en",
            "mlqe_et-en_multiref",
            "mlqe_pe_et-en",
            "mlqe_pe_ro-en",
            "mlqe_pe_ru-en",
            "mqm_wmt22_zh-en_feedback",
            "mqm_wmt22_zh-en_partial",
            "negation_mt_x-en",
        )
    ),
)
MISTRANSLATION = "accuracy/mistranslation"
OMISSION = "accuracy/omission"
LITTLE = 0.4  # how much a minor error counts
BESIDE_A_MACHINE = 0.3  # of the groups, how many stand beside another system's translation that is right
AS_CONTEXT = 0.25  # of the groups, how many stand beside a text that merely speaks of the same matters


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A machine translation of `source` and what is wrong in it, beside a human translation.

    `language` is the source's, ISO 639-1.
    """

    source: str
    reference: str
    translation: str
    review: Review
    language: str = ""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is wrong in it."""
        return self.review.marks

    @property
    def error(self) -> float:
        """1 with a major error, `LITTLE` with minor ones alone, else 0."""
        return max((LITTLE if mark.severity == MINOR else 1.0 for mark in self.marks), default=0.0)


@cache
def read_reviewed(path: Path) -> tuple[tuple[Reviewed, ...], ...]:
    """All reviewed translations of one source sentence at a time, in the order of the file `path`."""
    found = defaultdict(list)
    for row in read_rows(path):
        text, reference, translation = row["source"], row["reference"], row["translation"]
        review = review_of(row)
        if review is not None:
            found[text, reference].append(Reviewed(text, reference, translation, review, row.get("source_lang", "")))
    return tuple(tuple(some) for some in found.values())


def review_of(row: Mapping[str, Any]) -> Review | None:
    """What was said of the translation in a row of the data, None where nobody read it."""
    return read_reviews().get(key_of(row["reference"], row["translation"]))


def is_faulted(row: Mapping[str, Any]) -> bool:
    """True where a reviser found that the translation in a row of the data does not say what its reference says."""
    review = review_of(row)
    return review is not None and bool(review.marks or review.differs)


def reviewed_translations(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Groups of all reviewed translations of one source sentence beside one premise, again and again.

    The premise is the human translation, or a machine's that is right; or either with the translation of another
    sentence, then as context. Sentences held out for evaluation are left out. Options: `longest`, characters of premise
    and hypothesis (default 640); `alone` (true: without any premise, those that were read so, with what was seen).
    """
    longest = int(source.options.get("longest", 640))
    alone = bool(source.options.get("alone"))
    found = [some for some in read_reviewed(data / source.file) if not is_held_out(some[0].source)]
    made = True
    while made:
        made = False
        for some in rng.sample(found, len(found)):
            group = _alone(some, source) if alone else _group(some, rng.choice(found), rng, source)
            group = tuple(one for one in group if len(one.premise) + len(one.hypothesis) <= longest)
            if group:
                made = True
                yield group


def _group(some: Sequence[Reviewed], other: Sequence[Reviewed], rng: random.Random, source: Source) -> Group:
    """Right and wrong in turn where there are both, so that each error meets what is right."""
    right = [one for one in some if not one.marks]
    premise, judged = some[0].reference, [one for one in some if not one.review.differs]
    if right and len(some) > 1 and (not judged or rng.random() < BESIDE_A_MACHINE):
        beside = rng.choice(right)
        premise, judged = beside.translation, [one for one in some if one is not beside]
    relation = Relation.REFERENCE
    if rng.random() < AS_CONTEXT:
        premise, relation = " ".join(rng.sample((premise, other[0].reference), 2)), Relation.CONTEXT
    ordered = sorted(judged, key=lambda one: one.error)
    turns = [ordered[place // 2] if place % 2 else ordered[-1 - place // 2] for place in range(len(ordered))]
    return tuple(example_of(one, premise, relation, source) for one in turns)


def _alone(some: Sequence[Reviewed], source: Source) -> Group:
    """Each translation that was read by itself, beside one of the same sentence in which nothing is wrong."""
    right = [one for one in some if not one.marks][:1]
    group = []
    for one in some:
        if one.review.seen is not None:
            group.append(_by_itself(one, one.review.seen, source))
            if one.review.seen:
                group += [_by_itself(each, (), source) for each in right]
    return tuple(group)


def _by_itself(one: Reviewed, seen: Sequence[Span], source: Source) -> Example:
    made = example_of(one, "", Relation.LANGUAGE, source)
    return replace(made, label=None, error=float(bool(seen)), spans=gold_spans(seen, MISTRANSLATION))


def example_of(one: Reviewed, premise: str, relation: Relation, source: Source) -> Example:
    """A reviewed translation beside a premise, with what was marked."""
    label = "not_entailment" if one.error == 1.0 else None
    if one.error == 0.0:
        label = "entailment" if relation is Relation.REFERENCE else "not_contradiction"
    spans = tuple(
        GoldSpan(
            mark.span.start,
            mark.span.end,
            OMISSION if mark.missing else MISTRANSLATION,
            LITTLE if mark.severity == MINOR else 1.0,
        )
        for mark in one.marks
    )
    return Example(premise, one.translation, relation, label, one.error, spans, source.loader, source.weight)
