"""Facts in other words: made events told in two ways, right and wrong, see `checker.training.telling`."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from checker.evidence import Relation
from checker.training.corruption.lexicon import Lexicon
from checker.training.examples import Example, Group, gold_spans
from checker.training.recipe import Source
from checker.training.sources.language import news_sentences
from checker.training.telling import Story, Told, draw
from checker.training.telling.cast import Cast
from checker.training.telling.details import Details

BESIDE_OTHERS = 0.15  # of facts, how many stand beside a fact about another event in one premise
BESIDE_NEWS = 0.25  # of facts with details, how many stand beside a sentence of real news


def told_events(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """The sentence beside a fact that says the same, the same with errors, and a wrong one beside a fact about others.

    Options: `lexicon` (folder of the word lists, for names); `context` (share of groups in which the fact is context
    and the sentence may say more or less, default 0.6). With a `file` of news sentences (and its options `origins` and
    `leave_out`, see `broken_sentences`) facts and sentences say beside the event what such sentences do.
    """
    details = Details(news_sentences(data, source, rng), rng) if source.file else None
    cast = Cast(Lexicon(data / source.options["lexicon"]), rng)
    share = float(source.options.get("context", 0.6))
    while True:
        relation = Relation.CONTEXT if rng.random() < share else Relation.REFERENCE
        story = draw(cast, rng, loose=relation is Relation.CONTEXT, details=details)
        if details and relation is Relation.CONTEXT:
            fact, elsewhere = (_beside(details, text, rng) for text in (story.fact, story.elsewhere))
            story = replace(story, fact=fact, elsewhere=elsewhere)
        if relation is Relation.CONTEXT and rng.random() < BESIDE_OTHERS:
            story = replace(story, fact=" ".join(rng.sample((story.fact, story.elsewhere), 2)))
        yield _group(story, relation, source)


def _beside(details: Details, fact: str, rng: random.Random) -> str:
    """The fact, or the fact before or behind a sentence about something else."""
    if rng.random() >= BESIDE_NEWS or not (sentence := details.sentence()):
        return fact
    return " ".join(rng.sample((fact, sentence), 2))


def _group(story: Story, relation: Relation, source: Source) -> Group:
    """Each neighbour of a wrong sentence is a clean twin: the right sentence, or the wrong one beside another fact."""
    label = "not_contradiction" if story.more else "entailment"
    examples = [_example(story.fact, story.sentence, relation, label, source)]
    if len(story.wrong) > 1:
        examples.insert(0, _example(story.fact, story.wrong[1], relation, _label(story.wrong[1]), source))
    first = story.wrong[0]
    examples.append(_example(story.fact, first, relation, _label(first), source))
    if relation is Relation.CONTEXT:
        examples.append(_example(story.elsewhere, Told(first.text), relation, "not_contradiction", source))
    return tuple(examples)


def _label(told: Told) -> str:
    return "contradiction" if told.contrary else "not_entailment"


def _example(fact: str, told: Told, relation: Relation, label: str, source: Source) -> Example:
    spans = gold_spans(told.spans, told.category)
    return Example(fact, told.text, relation, label, 1.0 if spans else 0.0, spans, source.loader, source.weight)
