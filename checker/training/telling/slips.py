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
    other_number,
    other_time,
    written,
)
from checker.training.telling.manners import DONE, IMPERSONAL, MANNERS, contrary, differing
from checker.training.telling.saying import Saying, Told, told

_UNITS = ("kilometres", "miles", "days", "weeks", "months", "years")
_DENIED = ("denied that", "disputed that", "rejected reports that")


def slips(frame: Frame, right: Saying, cast: Cast, rng: random.Random, *, loose: bool, most: int) -> list[Told]:
    """At most so many sentences with one error each, of different kinds.

    Where `loose`, the sentence is one of an article beside a fact: another name may then well be true as well, and is
    no error.
    """
    made = list(_possible_errors(frame, right, cast, rng, loose=loose))
    text = told(right).text
    chosen: list[Told] = []
    while made and len(chosen) < most:
        weights = [weight for weight, _ in made]
        _, slip = made.pop(rng.choices(range(len(made)), weights)[0])
        if slip.spans and slip.text != text:
            chosen.append(slip)
    return chosen


def _possible_errors(
    frame: Frame, right: Saying, cast: Cast, rng: random.Random, *, loose: bool
) -> Iterator[tuple[float, Told]]:
    values = right.values
    both = {"A", "B"} <= {*right.way.before, *right.way.after}
    if frame.directed and both:
        turned = values | {"A": values["B"], "B": values["A"]}
        yield 4.0, told(replace(right, values=turned, plural=None), "AB", _path("role"), contrary=True)
    if right.way.verb and _is_decided(right) and (turned_way := _opposite(frame, right, rng)):
        yield 2.5, told(replace(right, way=turned_way), "VW", _path("polarity"), contrary=True)
    if right.way.verb and "G" not in values and "N" not in values:
        yield from _other_manners(right, rng)
    if right.quantifier:
        name = next(one for one, forms in QUANTIFIERS.items() if right.quantifier in forms)
        other = rng.choice(QUANTIFIERS[rng.choice(excluded_by(name))]) if excluded_by(name) else ""
        if other:
            yield 3.0, told(replace(right, quantifier=other), "K", _path("quantifier"), contrary=True)
    if "Q" in values:
        yield (
            2.5,
            told(
                replace(right, values=values | {"Q": _other_figure(values["Q"], rng)}),
                "Q",
                _path("number"),
                contrary=True,
            ),
        )
    if values.get("N", "") in _UNITS or " " in values.get("N", ""):
        other = rng.choice([one for one in frame.slots["N"] if one != values["N"]])
        yield 1.0, told(replace(right, values=values | {"N": other}), "N", _path("unit"), contrary=True)
    if right.time:
        time = other_time(right.time, rng)
        yield (
            1.2,
            told(
                replace(right, time=time, time_form=rng.randrange(len(time.forms))), "T", _path("date"), contrary=True
            ),
        )
    if right.place:
        yield 0.7, told(replace(right, place=cast.place()), "P", _path("entity"), contrary=True)
    if right.cause:
        yield 1.0, told(replace(right, cause=rng.choice(CAUSES)), "C", "accuracy/mistranslation")
        other = rng.choice(DESPITE if right.joined in BECAUSE else BECAUSE)
        yield 1.5, told(replace(right, joined=other), "J", "accuracy/mistranslation", contrary=True)
    if right.speaker:
        yield 2.0, told(replace(right, speaker=cast.speaker()), "S", _path("entity"))
        if "{}" not in right.said:
            yield 1.0, told(replace(right, said=rng.choice(_DENIED)), "D", _path("polarity"), contrary=True)
    if not loose and "A" in frame.slots:
        slot = rng.choice(
            [slot for slot in ("A", "B") if slot in frame.slots and slot in (*right.way.before, *right.way.after)]
            or [""]
        )
        if slot:
            other_name = cast.draw(frame.slots[slot][0]).names[0]
            yield 0.7, told(replace(right, values=values | {slot: other_name}, plural=None), slot, _path("entity"))


def _is_decided(saying: Saying) -> bool:
    """Whether the opposite cannot hold as well: a third may live and a third die, but not most of them both."""
    return not saying.quantifier or any(
        saying.quantifier in QUANTIFIERS[name] for name in ("all", "none", "most", "few")
    )


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
    yield 4.0, told(changed, "MV", _path(category), contrary=against)


def _other_figure(figure: str, rng: random.Random) -> str:
    """Another figure, written as this one is."""
    in_figures = {written(float(n), words=True): n for n in range(100)}
    if figure in in_figures:
        return written(min(99.0, other_number(float(in_figures[figure]), rng)), words=True)
    return written(other_number(float(figure.replace(",", "")), rng))


def _path(kind: str) -> str:
    return f"accuracy/mistranslation/{kind}"
