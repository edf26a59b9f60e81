"""Sentences with one error in them: a saying in which one thing is changed, the rest kept to the letter."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from checker.training.telling.cast import Cast
from checker.training.telling.events import Frame, Way
from checker.training.telling.figures import (
    BECAUSE,
    CAUSES,
    DESPITE,
    QUANTIFIERS,
    excluded_by,
    in_words,
    other_number,
    other_time,
    quantifier_of,
    written,
)
from checker.training.telling.manners import DONE, IMPERSONAL, MANNERS, contrary, differing
from checker.training.telling.saying import Saying, Told, told

MOST = 2  # sentences with an error beside a right one
_FROM_WORDS = {in_words(number): float(number) for number in range(1, 100)}
_UNITS = ("kilometres", "miles", "days", "weeks", "months", "years")
_DENIED = ("denied that", "disputed that", "rejected reports that")


def slips(frame: Frame, right: Saying, cast: Cast, rng: random.Random, *, loose: bool) -> list[Told]:
    """At most MOST sentences with one error each, of different kinds.

    Where `loose`, the sentence is one of an article beside a fact: another name may then well be true as well, and is
    no error.
    """
    made = list(_possible_errors(frame, right, cast, rng, loose=loose))
    text = told(right).text
    chosen: list[Told] = []
    while made and len(chosen) < MOST:
        weights = [weight for weight, _ in made]
        _, slip = made.pop(rng.choices(range(len(made)), weights)[0])
        if slip.spans and slip.text != text:
            chosen.append(slip)
    return chosen


def _possible_errors(
    frame: Frame, right: Saying, cast: Cast, rng: random.Random, *, loose: bool
) -> Iterator[tuple[float, Told]]:
    values, words = right.values, {*right.way.before, *right.way.after}
    if frame.directed and {"A", "B"} <= words:
        turned = values | {"A": values["B"], "B": values["A"]}
        yield _slip(4.0, replace(right, values=turned, plural=None), "AB", "role")
    if right.way.verb and _is_decided(right) and (turned_way := _opposite(frame, right, rng)):
        yield _slip(2.5, replace(right, way=turned_way), "VW", "polarity")
    if right.way.verb and "G" not in values and "N" not in values:
        yield from _other_manners(right, rng)
    if right.quantifier:
        other = rng.choice(excluded_by(quantifier_of(right.quantifier)))
        yield _slip(3.0, replace(right, quantifier=rng.choice(QUANTIFIERS[other])), "K", "quantifier")
    if "Q" in values:
        yield _slip(2.5, replace(right, values=values | {"Q": _other_figure(values["Q"], rng)}), "Q", "number")
    if values.get("N", "") in _UNITS or " " in values.get("N", ""):
        other = rng.choice([one for one in frame.slots["N"] if one != values["N"]])
        yield _slip(1.0, replace(right, values=values | {"N": other}), "N", "unit")
    if right.time:
        time = other_time(right.time, rng)
        yield _slip(1.2, replace(right, time=time, time_form=rng.randrange(len(time.forms))), "T", "date")
    if right.place:
        yield _slip(0.7, replace(right, place=cast.place()), "P", "entity")
    if right.cause:
        yield _slip(1.0, replace(right, cause=rng.choice(CAUSES)), "C", "", contrary=False)
        yield _slip(1.5, replace(right, joined=rng.choice(DESPITE if right.joined in BECAUSE else BECAUSE)), "J", "")
    if right.speaker:
        yield _slip(2.0, replace(right, speaker=cast.speaker()), "S", "entity", contrary=False)
        if "{}" not in right.said:
            yield _slip(1.0, replace(right, said=rng.choice(_DENIED)), "D", "polarity")
    if not loose and "A" in frame.slots:
        slot = rng.choice([slot for slot in ("A", "B") if slot in words])
        another = cast.draw(frame.slots[slot][0]).names[0]
        yield _slip(0.7, replace(right, values=values | {slot: another}, plural=None), slot, "entity", contrary=False)


def _is_decided(saying: Saying) -> bool:
    """Whether the opposite cannot hold as well: a third may live and a third die, but not most of them both."""
    return not saying.quantifier or quantifier_of(saying.quantifier) in ("all", "none", "most", "few")


def _opposite(frame: Frame, right: Saying, rng: random.Random) -> Way | None:
    fit = [way for way in frame.opposite if way.first == right.way.first]
    return rng.choice(fit) if fit else None


def _other_manners(right: Saying, rng: random.Random) -> Iterator[tuple[float, Told]]:
    """Another manner that this way can take; the rest of the sentence stays."""
    allowed = tuple(MANNERS) if right.way.acts and right.way.first == "A" else IMPERSONAL
    others = differing(right.manner, allowed)
    if right.manner != DONE and rng.random() < 0.6:
        others = [DONE]
    if not others:
        return
    manner = rng.choice(others)
    changed = replace(right, manner=manner, group=rng.choice(MANNERS[manner]), whole=False)
    against = contrary(right.manner, manner)
    category = "polarity" if manner in ("not done", "refused", "failed", "barred") or against else "modality"
    yield _slip(4.0, changed, "MV", category, contrary=against)


def _other_figure(figure: str, rng: random.Random) -> str:
    """Another figure, written as this one is."""
    if figure in _FROM_WORDS:
        return written(min(99.0, other_number(_FROM_WORDS[figure], rng)), words=True)
    return written(other_number(float(figure.replace(",", "")), rng))


def _slip(weight: float, saying: Saying, marked: str, kind: str, *, contrary: bool = True) -> tuple[float, Told]:
    """A mistranslation of a kind (of none in particular where that is empty), with the weight by which it is drawn."""
    return weight, told(saying, marked, f"accuracy/mistranslation/{kind}".rstrip("/"), contrary=contrary)
