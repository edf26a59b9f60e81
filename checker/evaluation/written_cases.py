"""Cases of what was written for this project (`checker.training.written`) and is kept from training.

One part is for calibration, another for the card's figures. `count` is always of records of each form, at most.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from checker.document import make_document
from checker.evaluation.cases import OTHER_LINES, PARAGRAPH, Case, Copy
from checker.evaluation.planted import Planted
from checker.evidence import Relation
from checker.nli import Pair
from checker.training.written import Form, Marked, Part, Written, apart, both_ways, read_written
from checker.training.written.desk import read_desk

SEED = 41
SLIPS = 4  # sentences of an article that are spoilt, at most
SENTENCES = {Form.FACT: ("right", "wrong", "silent"), Form.TRAP: ("compatible", "wrong")}
SPOKEN = ("right", "machine")


def written_copies(form: Form, part: Part, count: int) -> tuple[list[Copy], list[Copy]]:
    """Sentences, each beside a sheet that has its fact among others, in two halves of records.

    Of a fact one that says it, one that denies it and one that it does not settle; of a trap one that only seems to
    deny it and one that does.
    """
    rng = random.Random(SEED)
    facts = [record["fact"].text for record in read_written(form, part)]
    halves: tuple[list[Copy], list[Copy]] = [], []
    for number, record in enumerate(_records(form, part, count)):
        sheet = (record["fact"].text, *rng.sample(facts, min(OTHER_LINES, len(facts))))
        halves[number % 2].extend(_copy(record[name], record.kind, sheet) for name in SENTENCES[form])
    return halves


def written_claims(part: Part, count: int) -> Iterator[Case]:
    """The sentences of `written_copies`, each beside its fact alone, as context."""
    for form, names in SENTENCES.items():
        for record in _records(form, part, count):
            for name in names:
                yield _case(record["fact"].text, record[name], Relation.CONTEXT)


def written_translations(part: Part, count: int) -> Iterator[Case]:
    """A right translation, then a bad one, each beside another right one that is worded otherwise than both."""
    for record in _records(Form.REFERENCE, part, count):
        premise, other = apart(record)
        for text in (other, record["bad"]):
            yield _case(premise.text, text, Relation.REFERENCE)


def written_twins(part: Part, count: int) -> Iterator[Case]:
    """A right translation, then the same gone wrong, beside another right one; both ways round."""
    for record in _records(Form.TWINS, part, count):
        for premise, right, wrong, _ in both_ways(record):
            for text in (right, wrong):
                yield _case(premise.text, text, Relation.REFERENCE)


def written_contrasts(part: Part, count: int) -> Iterator[tuple[str, Case, Case]]:
    """Kind of confusion, what is right and the same confused: freely worded, then in nearly the premise's words."""
    for record in _records(Form.CONTRAST, part, count):
        for names in (("right", "wrong"), ("near", "near_wrong")):
            right, wrong = (_case(record["premise"].text, record[name], Relation.REFERENCE) for name in names)
            yield record.kind, right, wrong


def desk_copies(part: Part, count: int) -> Iterator[Copy]:
    """Whole articles beside their fact sheet: each as it should be, then with some sentences gone wrong."""
    rng = random.Random(SEED)
    for article in read_desk(part)[:count]:
        sheet = tuple(fact.text for fact in article.facts)
        yield _spoilt(article.sentences, {}, sheet)
        slips = {slip.at: slip.text for slip in rng.sample(article.slips, len(article.slips))}
        drawn = rng.sample(sorted(slips), min(SLIPS, len(slips)))
        yield _spoilt(article.sentences, {place: slips[place] for place in drawn}, sheet)


def _spoilt(sentences: Sequence[str], slips: Mapping[int, Marked], sheet: tuple[str, ...]) -> Copy:
    text, errors = "", []
    for place, sentence in enumerate(sentences):
        said = slips.get(place, Marked(sentence))
        text += PARAGRAPH if text else ""
        errors += [Planted(span.shift(len(text)), "written") for span in said.errors]
        text += said.text
    return Copy(make_document(text, language="en"), tuple(errors), sheet)


def written_sentences(part: Part, count: int) -> Iterator[Case]:
    """A right sentence, then what a machine made of it, without a premise."""
    for record in _records(Form.LANGUAGE, part, count):
        for name in SPOKEN:
            yield _case("", record[name], Relation.LANGUAGE)


def written_texts(part: Part, count: int) -> Iterator[Copy]:
    """The sentences of `written_sentences`, each as a text without any facts."""
    for record in _records(Form.LANGUAGE, part, count):
        for name in SPOKEN:
            yield _copy(record[name], record.kind, ())


def _records(form: Form, part: Part, count: int) -> list[Written]:
    """Drawn at random, the same every time; in the order in which they were written."""
    known = read_written(form, part)
    places = random.Random(SEED).sample(range(len(known)), min(count, len(known)))
    return [known[place] for place in sorted(places)]


def _copy(sentence: Marked, kind: str, sheet: tuple[str, ...]) -> Copy:
    errors = tuple(Planted(span, kind) for span in sentence.errors)
    return Copy(make_document(sentence.text, language="en"), errors, sheet)


def _case(premise: str, text: Marked, relation: Relation) -> Case:
    return Case(Pair(premise, text.text, relation), bool(text.errors), text.errors)
