"""Articles beside a fact sheet, see `checker.training.written.desk`: every sentence meets lines of the sheet."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from checker.evidence import Relation
from checker.findings.words import words_of
from checker.training.examples import Example, Group
from checker.training.recipe import Source
from checker.training.sources.written import MISTRANSLATION, Maker, among_others
from checker.training.written import Marked, Part
from checker.training.written.desk import DeskArticle, Slip, read_desk

NEAREST = 2  # lines of the sheet that a right sentence stands beside because they are like it
ANY = 2  # and others
TURNED = 0.15  # of the slips, in how many the line is judged by the sentence


def desk_articles(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Groups of all articles for training, again and again.

    Each slip beside the line that denies it, between the right sentence and a line that leaves it open; each right
    sentence beside the lines most like it, beside others, and beside another sentence of the article.
    """
    del data
    articles = read_desk(Part.TRAINING)
    made = Maker(Relation.CONTEXT, MISTRANSLATION, source)
    while articles:
        for article in rng.sample(articles, len(articles)):
            for slip in article.slips:
                yield _slipped(article, slip, made, rng)
            for place in range(len(article.sentences)):
                yield _in_order(article, place, made, rng)


def _slipped(article: DeskArticle, slip: Slip, made: Maker, rng: random.Random) -> Group:
    fact, right = article.facts[slip.by].text, Marked(article.sentences[slip.at])
    others = [each.text for each in article.facts if slip.at not in each.about]
    if rng.random() < TURNED:
        return (made.clean(right.text, Marked(fact), "not_contradiction"), made.denied(slip.text.text, Marked(fact)))
    premise = among_others(fact, rng.choice(others), rng) if others else fact
    group = (made.clean(premise, right, "not_contradiction"), made.wrong(premise, slip.text, "contradiction"))
    if not others:
        return group
    return (*group, made.clean(rng.choice(others), Marked(slip.text.text), "not_contradiction"))


def _in_order(article: DeskArticle, place: int, made: Maker, rng: random.Random) -> Group:
    sentence = article.sentences[place]
    stems = {word.stem for word in words_of(sentence) if word.counts}
    sheet = rng.sample(article.facts, len(article.facts))
    sheet.sort(key=lambda fact: -sum(word.stem in stems for word in words_of(fact.text) if word.counts))
    beside = [fact.text for fact in (*sheet[:NEAREST], *rng.sample(sheet[NEAREST:], min(ANY, len(sheet) - NEAREST)))]
    beside += rng.sample([*article.sentences[:place], *article.sentences[place + 1 :]], 1)
    return tuple(_silent(made, text, sentence) for text in beside)


def _silent(made: Maker, premise: str, sentence: str) -> Example:
    return made.clean(premise, Marked(sentence), "not_contradiction")
