"""Copy of any length to measure on, written by a small grammar: timing needs lengths and variety, not sense."""

from __future__ import annotations

import random

from checker.training.corruption.scene import WEEKDAYS

_ROLES = ("minister", "mayor", "spokeswoman", "harbour master", "union leader", "judge", "engineer", "professor")
_NAMES = ("Tormanen", "Saloranta", "Whitlock", "Okafor", "Lindqvist", "Moreau", "Castellanos", "Petrenko", "Adeyemi")
_PLACES = ("Valmera", "Oresund", "Port Anselm", "Karvia", "Lake Torrin", "Monteverro", "Skelling", "Bas Harbour")
_THINGS = ("blockade", "agreement", "budget", "railway", "election", "strike", "court ruling", "ferry line", "inquiry")
_MODIFIERS = ("unjustified", "temporary", "expensive", "disputed", "unexpected", "regional", "lawful", "partial")
_VERBS = ("rejected", "welcomed", "postponed", "announced", "criticised", "defended", "questioned", "confirmed")
_ENDS = (
    "and promised that talks would go on until an agreement was reached",
    "because the costs had risen by {number} percent within a year",
    "although {number} people had signed a petition against it",
    "after a meeting with delegates from {number} countries in {place}",
    "while the opposition asked for a report on the {modifier} {thing}",
)
_SENTENCES = (
    "The {role} of {place} {verb} the {modifier} {thing} on {day} {end}.",
    "{name} told reporters on {day} that the {thing} in {place} was {modifier}, {end}.",
    "According to {name}, the {role} {verb} the {thing} {end}.",
    "In {place} the {modifier} {thing} was {verb} by the {role} {name} {end}.",
)


def write_sentences(count: int, seed: int = 0) -> list[str]:
    """`count` sentences of 15 to 30 words; the same for the same seed."""
    rng = random.Random(seed)
    return [_sentence(rng) for _ in range(count)]


def write_article(sentences: int, seed: int = 0) -> str:
    """An article of that many sentences, four a paragraph."""
    written = write_sentences(sentences, seed)
    paragraphs = [" ".join(written[start : start + 4]) for start in range(0, len(written), 4)]
    return "\n\n".join(paragraphs) + "\n"


def _sentence(rng: random.Random) -> str:
    words = {
        "role": rng.choice(_ROLES),
        "name": rng.choice(_NAMES),
        "place": rng.choice(_PLACES),
        "day": rng.choice(WEEKDAYS),
        "thing": rng.choice(_THINGS),
        "modifier": rng.choice(_MODIFIERS),
        "verb": rng.choice(_VERBS),
        "number": str(rng.randrange(2, 900)),
    }
    end = rng.choice(_ENDS).format(**words | {"thing": rng.choice(_THINGS), "place": rng.choice(_PLACES)})
    return rng.choice(_SENTENCES).format(**words, end=end)
