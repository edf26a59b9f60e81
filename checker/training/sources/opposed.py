"""Modifiers that contradict each other across an article, and modifiers that merely differ.

Two sentences of one article speak of the same thing; each calls it something. Only opposites contradict: "unprovoked
war" against "provoked war" does, "long war" against "provoked war" does not.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from checker.training.corruption import Corruption, Corruptor
from checker.training.corruption.kinds.content import modifier_slots
from checker.training.corruption.realise import realise
from checker.training.corruption.scene import insert_before
from checker.training.examples import Example, Group
from checker.training.recipe import Source
from checker.training.sources.articles import (
    Line,
    articles,
    clean_example,
    corruptor_of,
    is_content,
    wrong_example,
)

POLARITY = "accuracy/mistranslation/polarity"
STATED = (
    "{text}, adding that the {noun} {be} {word}.",
    "{text}, and critics say the {noun} {be} {word}.",
    "{text}, although the {noun} {be} {word}.",
)


def opposed_modifiers(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """The same noun with a modifier in both sentences: the same one, its opposite, and an unrelated one."""
    corruptor = corruptor_of(data, source, rng)
    adjectives = list(corruptor.lexicon.opposed_adjectives)
    for lines in articles(data, source, rng):
        chosen = rng.sample(lines, min(8, len(lines)))
        made = 0
        for hypothesis, premise in pairwise(chosen):
            noun = shared_noun(hypothesis, premise, corruptor, rng)
            if noun is None or made == 2:
                continue
            group = modified_twins(hypothesis, premise, noun, adjectives, corruptor, rng, source)
            if group:
                made += 1
                yield group


def differing_modifiers(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Clean pairs in which one word stands after different words: different is not contradicted."""
    for lines in articles(data, source, rng):
        before: dict[str, list[tuple[str, Line]]] = {}
        for line in lines:
            for first, second in pairwise(line.words):
                if is_content(first) and is_content(second):
                    before.setdefault(second.stem, []).append((first.stem, line))
        pairs = [
            (one, other)
            for found in before.values()
            for (modifier, one), (another, other) in pairwise(found)
            if modifier != another and one is not other
        ]
        for one, other in rng.sample(pairs, min(3, len(pairs))):
            premise, hypothesis = rng.sample([one, other], 2)
            yield (clean_example(premise.text, hypothesis.text, "not_contradiction", source),)


def shared_noun(hypothesis: Line, premise: Line, corruptor: Corruptor, rng: random.Random) -> tuple[int, int] | None:
    """Places (word indices) of a noun in both sentences that can take a modifier; any two nouns where none is shared.

    For two different nouns the pair would prove nothing, so those are left out.
    """
    ours, theirs = corruptor.scene(hypothesis.text), corruptor.scene(premise.text)
    places = {theirs.lower(place): place for place in modifier_slots(theirs)}
    shared = [(place, places[ours.lower(place)]) for place in modifier_slots(ours) if ours.lower(place) in places]
    return rng.choice(shared) if shared else None


def modified_twins(
    hypothesis: Line,
    premise: Line,
    noun: tuple[int, int],
    adjectives: list[str],
    corruptor: Corruptor,
    rng: random.Random,
    source: Source,
) -> Group:
    """A group: the same modifier in both, its opposite in the hypothesis, sometimes an unrelated one; or nothing."""
    right = rng.choice(adjectives)
    opposites = corruptor.lexicon.prefixed.get(right, ())
    if not opposites:
        return ()
    opposite, other = rng.choice(opposites), rng.choice(adjectives)
    said = _premise(premise, noun[1], right, opposite, corruptor, rng)
    wrong = _with(hypothesis, noun[0], opposite, corruptor)
    same = _with(hypothesis, noun[0], right, corruptor)
    if said is None or wrong is None or same is None:
        return ()
    group: list[Example] = [
        clean_example(said, same.text, "not_contradiction", source),
        wrong_example(said, wrong, source),
    ]
    unrelated = _with(hypothesis, noun[0], other, corruptor)
    if unrelated is not None and other not in (right, opposite) and rng.random() < 0.5:
        group.append(clean_example(said, unrelated.text, "not_contradiction", source))
    return tuple(group)


def _premise(line: Line, place: int, right: str, opposite: str, corruptor: Corruptor, rng: random.Random) -> str | None:
    """The other sentence with the modifier before the noun, or with a clause that says it, or denies the opposite."""
    if rng.random() < 0.5:
        modified = _with(line, place, right, corruptor)
        return modified.text if modified is not None else None
    scene = corruptor.scene(line.text)
    be = "were" if scene.tag(place) == "NNS" else rng.choice(("is", "was"))
    word = right if rng.random() < 0.4 else f"not {opposite}"
    return rng.choice(STATED).format(text=line.text.rstrip(".!?\"'"), noun=scene.words[place].text, be=be, word=word)


def _with(line: Line, place: int, adjective: str, corruptor: Corruptor) -> Corruption | None:
    edit = insert_before(corruptor.scene(line.text), place, adjective)
    return realise(line.text, edit, category=POLARITY, kind="opposed_modifier")
