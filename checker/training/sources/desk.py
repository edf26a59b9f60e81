"""Articles beside a fact sheet, see `checker.training.written.desk`: every sentence meets lines of the sheet."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.evidence import Relation
from checker.findings.words import words_of
from checker.nli import Pair, Predictor
from checker.training.examples import Example, Group
from checker.training.recipe import Source
from checker.training.sources.written import MISTRANSLATION, Maker, among_others
from checker.training.written import Marked, Part
from checker.training.written.desk import DeskArticle, Slip, read_desk

NEAREST = 2  # lines of the sheet that a right sentence stands beside because they are like it
ANY = 2  # and others
HARDEST = 3  # and those that a model takes for denying it, where one is asked
OPEN = 4  # lines that leave a slip open, the worst of which is taken then
TURNED = 0.15  # of the slips, in how many the line is judged by the sentence


def desk_articles(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Groups of all articles for training, again and again.

    Each slip beside the line that denies it, between the right sentence and a line that leaves it open; each right
    sentence beside the lines most like it, beside others, and beside another sentence of the article. With option
    `model` (a folder) also beside the lines that this model most takes for denials; with `first` (a number, from 0)
    only of the article at that place among those for training and those after it, which no earlier stage has read.
    """
    del data
    articles = read_desk(Part.TRAINING)[int(source.options.get("first", 0)) :]
    made = Maker(Relation.CONTEXT, MISTRANSLATION, source)
    suspect = _Suspect(str(source.options["model"])) if "model" in source.options else None
    while articles:
        for article in rng.sample(articles, len(articles)):
            if suspect:
                suspect.ask(article)
            for slip in article.slips:
                yield _slipped(article, slip, made, rng, suspect)
            for place in range(len(article.sentences)):
                yield _in_order(article, place, made, rng, suspect)


class _Suspect:
    """What a model takes for denied, the worst first; it is asked once for an article."""

    def __init__(self, folder: str) -> None:
        from checker.nli.registry import load_staying

        self._predictor: Predictor = load_staying(folder)
        self._said: dict[tuple[str, str], float] = {}

    def ask(self, article: DeskArticle) -> None:
        pairs = [
            Pair(fact.text, sentence, Relation.CONTEXT)
            for sentence in article.sentences
            for fact in article.facts
            if (fact.text, sentence) not in self._said
        ]
        for pair, said in zip(pairs, self._predictor.predict(pairs), strict=True):
            self._said[pair.premise, pair.hypothesis] = said.contradiction

    def worst(self, premises: Sequence[str], sentence: str, count: int) -> list[str]:
        return sorted(premises, key=lambda premise: -self._said[premise, sentence])[:count]


def _slipped(article: DeskArticle, slip: Slip, made: Maker, rng: random.Random, suspect: _Suspect | None) -> Group:
    fact, right = article.facts[slip.by].text, Marked(article.sentences[slip.at])
    others = [each.text for each in article.facts if slip.at not in each.about]
    if rng.random() < TURNED:
        return (made.clean(right.text, Marked(fact), "not_contradiction"), made.denied(slip.text.text, Marked(fact)))
    premise = among_others(fact, rng.choice(others), rng) if others else fact
    group = (made.clean(premise, right, "not_contradiction"), made.wrong(premise, slip.text, "contradiction"))
    if not others:
        return group
    drawn = rng.sample(others, min(OPEN if suspect else 1, len(others)))
    left_open = suspect.worst(drawn, right.text, 1)[0] if suspect else drawn[0]
    return (*group, made.clean(left_open, Marked(slip.text.text), "not_contradiction"))


def _in_order(article: DeskArticle, place: int, made: Maker, rng: random.Random, suspect: _Suspect | None) -> Group:
    sentence = article.sentences[place]
    stems = {word.stem for word in words_of(sentence) if word.counts}
    sheet = rng.sample(article.facts, len(article.facts))
    sheet.sort(key=lambda fact: -sum(word.stem in stems for word in words_of(fact.text) if word.counts))
    lines = [fact.text for fact in sheet]
    beside = [*lines[:NEAREST], *rng.sample(lines[NEAREST:], min(ANY, len(lines) - NEAREST))]
    if suspect:
        beside = list(dict.fromkeys([*suspect.worst(lines, sentence, HARDEST), *beside]))[: NEAREST + ANY]
    beside += rng.sample([*article.sentences[:place], *article.sentences[place + 1 :]], 1)
    return tuple(_silent(made, text, sentence) for text in beside)


def _silent(made: Maker, premise: str, sentence: str) -> Example:
    return made.clean(premise, Marked(sentence), "not_contradiction")
