"""Who takes part: names drawn from the word lists or made up, with the other names that news gives them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from checker.training.corruption.lexicon import Lexicon

_TRADES = (
    "Steel", "Foods", "Bank", "Airlines", "Motors", "Shipping", "Energy", "Media", "Insurance", "Pharma", "Software",
    "Telecom", "Mining", "Textiles", "Brewery", "Chemicals", "Logistics", "Paper", "Electric", "Group", "Holding",
)  # fmt: skip
_TEAM_NAMES = (
    "Lions", "Hawks", "Bears", "Wolves", "Rovers", "Rangers", "Tigers", "Eagles", "Sharks", "Falcons", "Bulls",
    "Knights", "Giants", "Panthers", "Dragons", "Pirates",
)  # fmt: skip
_CLUBS = ("United", "City", "Athletic", "Sporting", "Dynamo")
# Bodies, each with what else it may be called; the first is the usual name.
_BODIES = (
    ("the parliament", "lawmakers", "deputies"), ("the Supreme Court", "the country's highest court"),
    ("the government",),
    ("the city council", "councillors"), ("the central bank",), ("the health ministry", "the ministry of health"),
    ("the foreign ministry", "the ministry of foreign affairs"), ("the court", "judges"), ("the police", "officers"),
    ("the regional court",), ("the European Commission",), ("the senate", "senators"),
    ("the prosecutor's office", "prosecutors"),
    ("the university",), ("the railway company",), ("the transport ministry", "the ministry of transport"),
    ("the food safety agency",), ("the army", "the military"), ("the electoral commission",),
    ("the trade union", "the union"),
    ("the opposition", "opposition parties"), ("the appeals court",), ("the port authority",), ("the tax office",),
    ("the football association",), ("the medical board",), ("the interior ministry", "the ministry of the interior"),
    ("the constitutional court",), ("the environment agency",), ("the museum",), ("the regulator",), ("the church",),
)  # fmt: skip
_OFFICES = (
    "the mayor", "the governor", "the prime minister", "the president", "the finance minister", "the foreign minister",
    "the company", "the ministry", "the police", "the coach", "the judge", "the lawyer", "the prosecutor", "the union",
    "the army", "the bishop", "the ambassador", "the director", "the chairman", "the rector", "the chief executive",
    "the opposition leader", "the spokeswoman", "the central bank", "the health minister", "the hospital",
    "the airline", "a witness", "a doctor", "an engineer", "a neighbour", "a local newspaper", "state television",
    "the news agency",
)  # fmt: skip
_ONSETS = ("b", "br", "c", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "z")
_VOWELS = ("a", "e", "i", "o", "u", "ia", "ei", "ou")
_CODAS = ("", "", "n", "r", "l", "s", "k", "th", "m", "nd")
_INVENTED = 0.3


@dataclass(frozen=True, slots=True)
class Participant:
    """`names`: the full name first, then what else it may be called."""

    names: tuple[str, ...]

    @property
    def is_plural(self) -> bool:
        """Whether the verb after it is in the plural."""
        return self.names[0] == "the police" or sounds_plural(self.names[0])


class Cast:
    """Draws participants by type: country, firm, person, team, body, place."""

    def __init__(self, lexicon: Lexicon, rng: random.Random) -> None:
        self._rng = rng
        pools = lexicon.pools
        self._people = {country: nation for nation, country in lexicon.country_of.items()}
        with_article = {name.removeprefix("the "): name for name in self._people if name.startswith("the ")}
        self._countries = [with_article.get(name, name) for name in pools["country"]]
        self._places = pools["place"]
        self._given = [name for names in lexicon.common_given.values() for name in names]
        self._surnames = lexicon.common_surnames

    def draw(self, kind: str, taken: tuple[Participant, ...] = ()) -> Participant:
        """One that is not among `taken`."""
        while True:
            found = Participant(getattr(self, f"_{kind}")())
            if all(found.names[-1] != other.names[-1] for other in taken):
                return found

    def speaker(self) -> str:
        """Somebody who says something."""
        return self._rng.choice(_OFFICES) if self._rng.random() < 0.7 else self._person()[0]

    def place(self) -> str:
        """A town."""
        return self._word() if self._rng.random() < _INVENTED else self._rng.choice(self._places)

    def _country(self) -> tuple[str, ...]:
        if self._rng.random() < _INVENTED / 2:
            return (self._word() + self._rng.choice(("ia", "land", "stan", "")),)
        name = self._rng.choice(self._countries)
        people = self._people.get(name)
        return (name, f"the {people} government") if people else (name,)

    def _firm(self) -> tuple[str, ...]:
        base = self._word() if self._rng.random() < 0.6 else self._rng.choice(self._surnames)
        if self._rng.random() < 0.25:
            return (base,)
        return (f"{base} {self._rng.choice(_TRADES)}",)

    def _person(self) -> tuple[str, ...]:
        invented = self._rng.random() < _INVENTED
        surname = self._word() if invented else self._rng.choice(self._surnames)
        return (f"{self._rng.choice(self._given)} {surname}", surname)

    def _team(self) -> tuple[str, ...]:
        if self._rng.random() < 0.5:
            return (f"the {self._rng.choice(_TEAM_NAMES)}",)
        if self._rng.random() < 0.3:
            return (self._rng.choice(self._countries),)
        return (f"{self.place()} {self._rng.choice(_CLUBS)}",)

    def _body(self) -> tuple[str, ...]:
        return self._rng.choice(_BODIES)

    def _place(self) -> tuple[str, ...]:
        return (self.place(),)

    def _word(self) -> str:
        syllables = self._rng.choice((1, 2, 2, 2, 3))
        parts = [self._rng.choice(_ONSETS) + self._rng.choice(_VOWELS) for _ in range(syllables)]
        made = "".join(parts) + self._rng.choice(_CODAS)
        return made.capitalize() if len(made) > 3 else (made + "ra").capitalize()


def sounds_plural(phrase: str) -> bool:
    """Whether the head of a phrase looks like a plural: `the talks`, `sales of wine`, not `the press`."""
    words = phrase.split()
    for place, word in enumerate(words):
        if place and word in ("of", "from", "to", "in", "for", "on", "'s"):
            words = words[:place]
            break
    head = words[-1]
    if head[:1].isupper() and words[0].lower() != "the":
        return False
    return "and" in words or (head.endswith("s") and not head.endswith(("ss", "is", "us", "series", "news")))
