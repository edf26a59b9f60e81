"""What was written for this project, see `checker.training.written`."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from checker.evidence import Relation
from checker.training.corruption import Corruptor
from checker.training.examples import Example, Group, gold_spans
from checker.training.recipe import Source
from checker.training.sources.twins import twins
from checker.training.written import Form, Marked, Part, Written, apart, both_ways, read_written, undone

BESIDE_OTHERS = 0.25  # of facts, how many stand beside a text about something else in one premise
COUNTERED = 0.5  # of facts that have a counter, how many stand beside it as well
TWINS_AS_CONTEXT = 0.15  # of twins, beside a premise that merely speaks of the same matters
CONTRASTS_AS_CONTEXT = 0.35
BESIDE_THE_NEAR = 0.15  # of translations, how many stand beside the one that the bad one is like
CATEGORIES = {
    "polarity": "accuracy/mistranslation/polarity",
    "roles": "accuracy/mistranslation/role",
    "role": "accuracy/mistranslation/role",
    "number": "accuracy/mistranslation/number",
    "date": "accuracy/mistranslation/date",
    "name": "accuracy/mistranslation/entity",
    "place": "accuracy/mistranslation/entity",
    "entity": "accuracy/mistranslation/entity",
    "modality": "accuracy/mistranslation/modality",
    "quantity": "accuracy/mistranslation/quantifier",
    "quantifier": "accuracy/mistranslation/quantifier",
    "unit": "accuracy/mistranslation/unit",
    "sense": "accuracy/mistranslation/word-sense",
    "values": "accuracy/mistranslation/number",
    "amounts": "accuracy/mistranslation/unit",
    "dative": "accuracy/mistranslation/role",
    "cause": "accuracy/mistranslation/role",
    "comparison": "accuracy/mistranslation/role",
    "replace": "accuracy/mistranslation/role",
    "belongs": "accuracy/mistranslation/role",
    "denial": "accuracy/mistranslation/polarity",
    "technical": "accuracy/mistranslation/word-sense",
    "synonyms": "accuracy/mistranslation/word-sense",
}
MISTRANSLATION = "accuracy/mistranslation"
WORD_SENSE = "accuracy/mistranslation/word-sense"
_Made = Callable[[Written, Sequence[Written], random.Random, Source], Group]


def written_records(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Groups of the records of one form, all of them again and again, each time in one of several arrangements.

    Option: `form` ("fact", "trap", "reference", "twins", "contrast", "language").
    """
    del data
    form = Form(source.options["form"])
    records = read_written(form, Part.TRAINING)
    while True:
        for record in rng.sample(records, len(records)):
            yield _MADE[form](record, records, rng, source)


def written_pairs(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Groups of two right translations of a record, one beside the other, clean and with made errors.

    Options: `lexicon` (folder); `errors` and `kinds` as in `twins`. It does not end.
    """
    corruptor = Corruptor(data / source.options["lexicon"], rng.randrange(2**31))
    records = [record for form in (Form.REFERENCE, Form.TWINS) for record in read_written(form, Part.TRAINING)]
    while True:
        for record in rng.sample(records, len(records)):
            premise, hypothesis = rng.sample((record["reference"].text, record["good"].text), 2)
            yield twins(premise, hypothesis, Relation.REFERENCE, corruptor, rng, source, clean_weight=1.0)


def _of_fact(record: Written, records: Sequence[Written], rng: random.Random, source: Source) -> Group:
    """The wrong sentence beside its fact, between two clean neighbours; or all of them turned round.

    Or right and wrong beside the fact and beside its counter, so that neither can be told by itself.
    """
    fact, right, wrong, silent = (record[name] for name in ("fact", "right", "wrong", "silent"))
    category = CATEGORIES.get(record.kind, MISTRANSLATION)
    made = Maker(Relation.CONTEXT, category, source)
    if "counter" in record.texts and rng.random() < COUNTERED:
        return _countered(record, records, rng, made)
    drawn = rng.random()
    if drawn < 0.25:
        return (
            made.clean(right.text, fact, "entailment"),
            made.denied(wrong.text, fact),
            made.clean(silent.text, fact, "not_contradiction"),
        )
    if drawn < 0.35:  # a fact is short: asked as a reference, what a sentence says beyond it is not judged
        made = Maker(Relation.REFERENCE, category, source)
        return (made.unjudged(fact.text, right, "not_contradiction"), made.denied(fact.text, Marked(wrong.text)))
    other = rng.choice(records)
    premise = among_others(fact.text, other["right"].text, rng)
    elsewhere = made.clean(
        among_others(other["fact"].text, other["silent"].text, rng), Marked(wrong.text), "not_contradiction"
    )
    about = made.clean(premise, silent, "not_contradiction")
    return (
        made.clean(premise, right, "not_contradiction"),
        made.wrong(premise, wrong, "contradiction"),
        *((about,) if rng.random() < 0.5 or other is record else (elsewhere,)),
    )


def _countered(record: Written, records: Sequence[Written], rng: random.Random, made: Maker) -> Group:
    """Right and wrong beside the fact, then beside the counter, which turns one into the other."""
    right, wrong = record["right"], record["wrong"]
    other = rng.choice(records)["right"].text
    premise, counter = (among_others(record[name].text, other, rng) for name in ("fact", "counter"))
    places = undone(wrong, right)
    now_wrong = (
        made.denied(counter, right)
        if places is None
        else made.wrong(counter, Marked(right.text, places), "contradiction")
    )
    return (
        made.clean(premise, right, "not_contradiction"),
        made.wrong(premise, wrong, "contradiction"),
        made.clean(counter, Marked(wrong.text), "not_contradiction"),
        now_wrong,
    )


def _of_trap(record: Written, records: Sequence[Written], rng: random.Random, source: Source) -> Group:
    """The wrong sentence and the one that only looks so, beside the fact; or turned round."""
    fact, compatible, wrong = (record[name] for name in ("fact", "compatible", "wrong"))
    made = Maker(Relation.CONTEXT, MISTRANSLATION, source)
    if rng.random() < 0.25:
        return (made.clean(compatible.text, fact, "not_contradiction"), made.denied(wrong.text, fact))
    premise = among_others(fact.text, rng.choice(records)["compatible"].text, rng)
    return (made.clean(premise, compatible, "not_contradiction"), made.wrong(premise, wrong, "contradiction"))


def _of_reference(record: Written, records: Sequence[Written], rng: random.Random, source: Source) -> Group:
    """A right translation and the bad one beside the other right one, mostly that which is like neither."""
    del records
    one, other = apart(record) if rng.random() >= BESIDE_THE_NEAR else apart(record)[::-1]
    made = Maker(Relation.REFERENCE, MISTRANSLATION, source)
    return (made.clean(one.text, other, "entailment"), made.wrong(one.text, record["bad"], "not_entailment"))


def _of_twins(record: Written, records: Sequence[Written], rng: random.Random, source: Source) -> Group:
    """Right and wrong in the same words beside the other translation; as a reference also wrong in its own words."""
    premise, right, wrong, near = rng.choice(both_ways(record))
    if rng.random() < TWINS_AS_CONTEXT:
        made = Maker(Relation.CONTEXT, MISTRANSLATION, source)
        beside = among_others(premise.text, rng.choice(records)["good"].text, rng)
        return (made.clean(beside, right, "not_contradiction"), made.wrong(beside, wrong, "not_entailment"))
    made = Maker(Relation.REFERENCE, MISTRANSLATION, source)
    loose = (made.clean(premise.text, right, "entailment"), made.wrong(premise.text, wrong, "not_entailment"))
    if rng.random() >= BESIDE_THE_NEAR:
        return loose
    return (made.wrong(premise.text, near, "not_entailment"), *loose)


def _of_contrast(record: Written, records: Sequence[Written], rng: random.Random, source: Source) -> Group:
    """Right and wrong beside the premise, each in free words and in nearly its own; or each wording beside another."""
    premise, right, wrong, near, near_wrong = (
        record[name] for name in ("premise", "right", "wrong", "near", "near_wrong")
    )
    as_context = rng.random() < CONTRASTS_AS_CONTEXT
    label = "not_contradiction" if as_context else "entailment"
    category = CATEGORIES.get(record.kind, MISTRANSLATION)
    made = Maker(Relation.CONTEXT if as_context else Relation.REFERENCE, category, source)
    drawn = rng.random()
    if drawn < 0.2:
        return (
            made.clean(right.text, premise, label),
            made.denied(wrong.text, premise),
            made.clean(near.text, premise, label),
            made.denied(near_wrong.text, premise),
        )
    if drawn < 0.4:
        return (made.clean(right.text, near, label), made.wrong(right.text, near_wrong, "contradiction"))
    beside = among_others(premise.text, rng.choice(records)["right"].text, rng) if as_context else premise.text
    return (
        made.clean(beside, right, label),
        made.wrong(beside, wrong, "contradiction"),
        made.clean(beside, near, label),
        made.wrong(beside, near_wrong, "contradiction"),
    )


def _of_language(record: Written, records: Sequence[Written], rng: random.Random, source: Source) -> Group:
    """What the machine made and the right sentence: by their words alone, or beside what stands elsewhere."""
    right, machine, elsewhere = (record[name] for name in ("right", "machine", "elsewhere"))
    drawn = rng.random()
    if drawn < 0.2:
        made = Maker(Relation.REFERENCE, WORD_SENSE, source)
        return (made.wrong(right.text, machine, "not_entailment"),)
    if drawn < 0.55:
        made = Maker(Relation.CONTEXT, WORD_SENSE, source)
        premise = among_others(elsewhere.text, rng.choice(records)["right"].text, rng)
        return (made.clean(premise, right, "not_contradiction"), made.wrong(premise, machine, "not_entailment"))
    made = Maker(Relation.LANGUAGE, WORD_SENSE, source)
    return (made.clean("", right, None), made.wrong("", machine, None))


class Maker:
    """Examples of one record that are asked one question."""

    def __init__(self, relation: Relation, category: str, source: Source) -> None:
        self._relation, self._category, self._source = relation, category, source

    def clean(self, premise: str, text: Marked, label: str | None) -> Example:
        return self._example(premise, text, label, 0.0)

    def wrong(self, premise: str, text: Marked, label: str | None) -> Example:
        return self._example(premise, text, label, 1.0)

    def denied(self, premise: str, text: Marked) -> Example:
        """Contradicted, by which words is not known."""
        return replace(self._example(premise, text, "contradiction", 1.0), spans=None)

    def unjudged(self, premise: str, text: Marked, label: str) -> Example:
        """With a label, and nothing said of errors."""
        return replace(self._example(premise, text, label, 0.0), error=None, spans=None)

    def _example(self, premise: str, text: Marked, label: str | None, error: float) -> Example:
        spans = gold_spans(text.errors, self._category)
        return Example(
            premise, text.text, self._relation, label, error, spans, self._source.loader, self._source.weight
        )


def among_others(fact: str, other: str, rng: random.Random) -> str:
    """The fact, or the fact before or behind a text about something else."""
    return fact if rng.random() >= BESIDE_OTHERS else " ".join(rng.sample((fact, other), 2))


_MADE: dict[Form, _Made] = {
    Form.FACT: _of_fact,
    Form.TRAP: _of_trap,
    Form.REFERENCE: _of_reference,
    Form.TWINS: _of_twins,
    Form.CONTRAST: _of_contrast,
    Form.LANGUAGE: _of_language,
}
