"""A whole statement, said twice in different words, and the second saying with one error in it."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from checker.training.telling.cast import Cast, Participant
from checker.training.telling.details import Details
from checker.training.telling.events import Frame, Way, frames
from checker.training.telling.figures import (
    BECAUSE,
    CAUSES,
    DESPITE,
    QUANTIFIERS,
    draw_number,
    draw_time,
    written,
)
from checker.training.telling.manners import DONE, IMPERSONAL, MANNERS
from checker.training.telling.saying import LONG_MANNERS, Saying, Told, told
from checker.training.telling.slips import slips

_TAILS = (  # after a noun phrase, true of whatever it names
    "made headlines", "came as a surprise", "drew wide attention", "caught observers off guard", "led the evening news",
    "did not surprise observers", "went almost unnoticed abroad", "had been expected for weeks",
)  # fmt: skip
_OPENINGS = ("Meanwhile,", "In a separate development,", "As expected,", "To the surprise of many,", "Once again,")
_EXTRAS = (
    ", after weeks of rumours", ", in a move that few had expected", ", although details remained unclear",
    ", which surprised observers", ", to the relief of residents", ", while crowds gathered outside",
    ", local media noted", ", and reactions were mixed", ", a decision long in the making", ", amid growing tension",
    ", for the second time in a decade", ", and experts had seen it coming", ", without giving further details",
)  # fmt: skip
_SAID_BEFORE = ("said that", "said", "stated that", "announced that", "told reporters that", "made clear that")
_SAID_AFTER = (", {} said", ", according to {}", ", said {}")
SENTENCE_HAS_DETAILS = 0.7  # where both have details of their own
FACT_HAS_DETAILS = 0.5
SAME_DETAILS = 0.5  # of strict stories, how many have the same details in both


@dataclass(frozen=True, slots=True)
class Story:
    """`fact` and `sentence` say the same, though the sentence may say less, or with `more` add what matters not.

    `wrong` are sentences with an error; `elsewhere` is a fact about another event, `sentence` of which nothing follows.
    """

    fact: str
    sentence: Told
    more: bool
    wrong: tuple[Told, ...]
    elsewhere: str


def draw(cast: Cast, rng: random.Random, *, loose: bool, details: Details | None = None) -> Story:
    """A story; `loose` lets the sentence leave out or add what the fact does not turn on, as news does.

    With `details`, both say more than the event, each what it likes where `loose`, else the same.
    """
    while True:
        frame = rng.choice(frames())
        drawn = _sayings(frame, cast, rng, loose=loose)
        if drawn is None:
            continue
        fact, sentence, more = drawn
        if details and loose:
            adds = rng.random() < SENTENCE_HAS_DETAILS
            fact = _detailed(fact, details, rng) if rng.random() < FACT_HAS_DETAILS else fact
            sentence = _detailed(sentence, details, rng) if adds else sentence
            more = more or adds
        elif details and rng.random() < SAME_DETAILS:
            same = _draw_details(fact, details, rng)
            fact, sentence = _with_details(fact, *same), _with_details(sentence, *same)
        wrong = slips(frame, sentence, cast, rng, loose=loose)
        if wrong:
            other = _another(frame, fact, cast, rng)
            if details and loose and rng.random() < FACT_HAS_DETAILS:
                other = _detailed(other, details, rng)
            return Story(told(fact).text, told(sentence), more, tuple(wrong), told(other).text)


def _detailed(saying: Saying, details: Details, rng: random.Random) -> Saying:
    return _with_details(saying, *_draw_details(saying, details, rng))


def _draw_details(saying: Saying, details: Details, rng: random.Random) -> tuple[str, str]:
    """An opening or a tail or both; of time and place only where the saying has none itself."""
    where = rng.choice(("opening", "tail", "tail", "both"))
    opening = details.opening(dated=not saying.time) if where != "tail" and not saying.place else ""
    tail = details.tail(dated=not saying.time) if where != "opening" else ""
    return opening, tail


def _with_details(saying: Saying, opening: str, tail: str) -> Saying:
    """A noun phrase keeps the verb that follows it."""
    kept = "" if saying.way.verb else saying.tail
    return replace(saying, opening=opening or saying.opening, tail=kept + tail if tail else saying.tail)


def _sayings(frame: Frame, cast: Cast, rng: random.Random, *, loose: bool) -> tuple[Saying, Saying, bool] | None:
    """The fact, the sentence, and whether that says more; None where the frame has too few ways for the manner."""
    people = _participants(frame, cast)
    values = {slot: person.names[0] for slot, person in people.items()}
    values |= {slot: rng.choice(frame.slots[slot]) for slot in ("O", "N", "G") if slot in frame.slots}
    if "N" in values:
        values["Q"] = written(draw_number(rng, values["N"]))
    manner = _manner(frame, rng)
    ways = _fit_ways(frame, manner)
    if len(ways) < 2 and not (ways and manner != DONE):
        return None
    one, other = rng.sample(ways, 2) if len(ways) > 1 else (ways[0], ways[0])
    quantifier = rng.choice(list(QUANTIFIERS)) if "G" in values else ""
    time = draw_time(
        rng, "" if manner in (DONE, "alleged", "not done", "almost") else rng.choice(("weekday", "month", "day"))
    )
    fact = Saying(
        one, values, manner=manner, quantifier=quantifier,
        time=time if rng.random() < 0.45 else None,
        place=cast.place() if rng.random() < 0.15 and "G" not in values else "",
        cause=rng.choice(CAUSES) if manner == DONE and rng.random() < 0.15 else "",
        speaker=cast.speaker() if rng.random() < 0.25 else "",
    )  # fmt: skip
    if fact.cause:
        fact = replace(fact, joined=rng.choice((*BECAUSE, *DESPITE)))
    sentence = _said_again(replace(fact, way=other), people, rng, loose=loose)
    if quantifier in ("all", "none") and frame.opposite and rng.random() < 0.3:
        turned = {"all": "none", "none": "all"}[quantifier]
        sentence = replace(sentence, way=rng.choice(frame.opposite), quantifier=turned)
    fact = _dressed(fact, people, rng, plain=True)
    dressed = _dressed(sentence, people, rng, plain=False)
    more = loose and rng.random() < 0.5
    if more:
        dressed = replace(
            dressed,
            opening=rng.choice(("", *_OPENINGS)),
            tail=rng.choice(_EXTRAS) if dressed.way.verb else dressed.tail,
        )
    return fact, dressed, more and bool(dressed.opening or dressed.tail)


def _participants(frame: Frame, cast: Cast) -> dict[str, Participant]:
    people: dict[str, Participant] = {}
    for slot in ("A", "B"):
        if slot in frame.slots:
            people[slot] = cast.draw(frame.slots[slot][0], tuple(people.values()))
    return people


def _manner(frame: Frame, rng: random.Random) -> str:
    if "N" in frame.slots or "G" in frame.slots:
        return DONE
    drawn = rng.random()
    if drawn < 0.45:
        return DONE
    return rng.choice(IMPERSONAL[1:]) if drawn < 0.75 else rng.choice([one for one in MANNERS if one not in IMPERSONAL])


def _fit_ways(frame: Frame, manner: str) -> list[Way]:
    if manner == DONE:
        return list(frame.same)
    if manner in IMPERSONAL:
        return [way for way in frame.same if way.verb]
    return [way for way in frame.same if way.acts and way.first == "A"]


def _said_again(saying: Saying, people: dict[str, Participant], rng: random.Random, *, loose: bool) -> Saying:
    """The same with other names for the participants and, where `loose`, without some of what is beside the event."""
    values = dict(saying.values)
    for slot, person in people.items():
        if len(person.names) > 1 and rng.random() < 0.35:
            values[slot] = rng.choice(person.names[1:])
    kept = replace(saying, values=values)
    if not loose:
        return kept
    return replace(
        kept,
        time=kept.time if rng.random() < 0.7 else None,
        place=kept.place if rng.random() < 0.7 else "",
        cause=kept.cause if rng.random() < 0.8 else "",
    )


def _dressed(saying: Saying, people: dict[str, Participant], rng: random.Random, *, plain: bool) -> Saying:
    """Which words of several that mean the same are taken; `plain` as on a fact sheet, without inversions."""
    group = rng.choice(MANNERS[saying.manner])
    whole = saying.manner in LONG_MANNERS and rng.random() < 0.2
    if saying.time and group == "HAVE part":
        group = "past"
    values = dict(saying.values)
    if "Q" in values and not plain and rng.random() < 0.3 and values["Q"].isdigit():
        values["Q"] = written(float(values["Q"]), words=True)
    joined = saying.joined
    if joined:
        joined = rng.choice(BECAUSE if joined in BECAUSE else DESPITE)
    quantifier = saying.quantifier
    first = "" if plain or rng.random() < 0.6 else rng.choice(("time", "cause", "place"))
    said = rng.choice(_SAID_BEFORE) if plain or rng.random() < 0.5 else rng.choice(_SAID_AFTER)
    return replace(
        saying,
        values=values,
        group=group,
        whole=whole,
        joined=joined,
        first=first,
        said=said,
        tail=rng.choice(_TAILS) if not saying.way.verb else "",
        time_form=rng.randrange(len(saying.time.forms)) if saying.time else 0,
        quantifier=rng.choice(QUANTIFIERS[quantifier]) if quantifier else "",
        plural=_number_of_subject(saying.way, people),
    )


def _number_of_subject(way: Way, people: dict[str, Participant]) -> bool | None:
    if len(way.before) == 1 and way.first in people:
        return people[way.first].is_plural
    return True if way.first == "G" else None


def _another(frame: Frame, fact: Saying, cast: Cast, rng: random.Random) -> Saying:
    """A fact about another event: of the same kind with other participants, or of one participant and another kind."""
    kinds = frame.slots.get("A")
    near = [one for one in frames() if kinds and one.slots.get("A") == kinds and one is not frame]
    other = frame if not near or rng.random() < 0.5 else rng.choice(near)
    while True:
        drawn = _sayings(other, cast, rng, loose=False)
        if drawn is None:
            continue
        saying = drawn[0]
        if other is not frame and "A" in fact.values:
            return replace(saying, values=saying.values | {"A": fact.values["A"]}, plural=None)
        if all(
            saying.values.get(slot) != fact.values.get(slot) for slot in ("A", "B", "O", "G") if slot in fact.values
        ):
            return saying
