"""A corrupted sentence beside its clean twin, with the same premise: this teaches silence on clean copy."""

from __future__ import annotations

import random
from dataclasses import replace

from checker.evidence import Relation
from checker.training.corruption import Corruption, Corruptor
from checker.training.examples import Example, Group, gold_spans
from checker.training.recipe import Source

CONTRADICTING = ("polarity", "number", "entity", "date", "unit", "role", "quantifier")
SMALL_ERRORS = (
    "omission", "grammar", "typography", "tense", "pronoun", "question", "scramble", "duplication", "addition",
    "confused_sense", "random_word", "function_word",
)  # fmt: skip
SLIGHT = 0.6  # probability that an editor calls a slip of spelling or punctuation an error


def twins(
    premise: str,
    hypothesis: str,
    relation: Relation,
    corruptor: Corruptor,
    rng: random.Random,
    source: Source,
    *,
    clean_weight: float,
) -> Group:
    """The clean pair between hypotheses with one error each; alone where no error can be made.

    Option `errors`: how many of these there are at most, 1 or 2; both stand beside the clean pair, which ranks them.
    The first is of any kind or, where that can be made, of one of option `kinds` (with option `only` there is nothing
    where it cannot), the second of one that only a reference shows and that other sources seldom make.
    """
    only = bool(source.options.get("only"))
    clean = Example(premise, hypothesis, relation, "entailment", 0.0, (), source.loader, source.weight * clean_weight)
    group = [clean]
    for number in range(min(2, int(source.options.get("errors", 1)))):
        kinds = (rng.choice(SMALL_ERRORS),) if number else source.options.get("kinds")
        corruption = corruptor.corrupt(hypothesis, rng, kinds)
        if corruption is None and only and not number:
            return ()
        corruption = corruption or corruptor.corrupt(hypothesis, rng)
        if corruption is not None:
            group.insert(0 if number else 1, corrupted(premise, corruption, relation, source))
    return tuple(group)


def corrupted(premise: str, corruption: Corruption, relation: Relation, source: Source) -> Example:
    """The example for a corrupted hypothesis. Slips of form are errors that contradict nothing."""
    category = corruption.category
    surface = category.startswith("fluency")
    label = None if surface or category.startswith(("accuracy/omission", "accuracy/untranslated")) else "not_entailment"
    if category.rpartition("/")[2] in CONTRADICTING:
        label = "contradiction"
    error = SLIGHT if category == "fluency/typography" else 1.0
    gold = gold_spans(corruption.spans, category)
    return Example(premise, corruption.text, relation, label, error, gold, source.loader, source.weight)


def turned_twins(group: Group) -> Group:
    """The group with premise and hypothesis exchanged: the error is in the premise now, and the pair still differs.

    What the translation left out is there an addition of the hypothesis. Which words these are is not said. Slips of
    form are left out: an ugly premise makes no error of the hypothesis.
    """
    return tuple(
        replace(
            example,
            premise=example.hypothesis,
            hypothesis=example.premise,
            label="not_entailment" if _is_omission(example) else _turned_label(example),
            spans=None if example.error else (),
        )
        for example in group
        if not any(span.category.startswith("fluency") for span in example.spans or ())
    )


def _is_omission(example: Example) -> bool:
    return any(span.category == "accuracy/omission" for span in example.spans or ())


def _turned_label(example: Example) -> str | None:
    """Sameness and contradiction hold both ways; whether more follows from less is not known."""
    return example.label if example.label in ("entailment", "contradiction") else None
