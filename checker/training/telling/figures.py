"""Figures, quantifiers, times and causes: parts of a statement that are said in several ways and easily go wrong."""

from __future__ import annotations

import random
from dataclasses import dataclass

from checker.training.corruption.kinds.values import SMALL, TENS
from checker.training.corruption.scene import MONTHS, WEEKDAYS

QUANTIFIERS: dict[str, tuple[str, ...]] = {
    "all": ("all of the", "every one of the", "each of the", "all"),
    "none": ("none of the", "no", "not one of the", "not a single one of the"),
    "most": ("most of the", "the majority of the", "more than half of the"),
    "few": ("few of the", "hardly any of the", "only a handful of the"),
    "half": ("half of the", "one in two of the"),
    "third": ("a third of the", "one in three of the"),
    "some": ("some of the", "several of the"),
}
_EXCLUDED = (  # pairs of quantifiers that do not hold together
    {"all", "none"}, {"all", "most"}, {"all", "few"}, {"all", "half"}, {"all", "third"}, {"none", "most"},
    {"none", "few"}, {"none", "half"}, {"none", "third"}, {"none", "some"}, {"most", "few"}, {"most", "third"},
    {"most", "half"}, {"few", "half"}, {"half", "third"},
)  # fmt: skip
CAUSES = (
    "heavy rain", "a lack of money", "the strike", "bad weather", "technical problems", "public protests", "the war",
    "rising prices", "poor health", "a power failure", "fog", "the drought", "a shortage of staff", "legal doubts",
    "pressure from abroad", "a software error", "the pandemic", "high costs", "family reasons", "weak demand",
    "a leaked letter", "security concerns", "the heat", "an injury", "a mistake in the accounts", "strong exports",
    "good harvests", "a scandal", "low water", "a bomb threat", "new evidence", "political differences", "old age",
    "a cyber attack", "the elections", "a family quarrel", "heavy losses", "record profits", "warnings from experts",
)  # fmt: skip
BECAUSE = ("because of", "due to", "owing to", "as a result of", "on account of")
DESPITE = ("despite", "in spite of", "regardless of")


@dataclass(frozen=True, slots=True)
class Time:
    """A point in time: the word before it, and the ways to write it."""

    joined_by: str
    forms: tuple[str, ...]


def draw_time(rng: random.Random, kind: str = "") -> Time:
    """A weekday, a month, a day of the year, a year, or how long ago; `kind` is one of these names."""
    kind = kind or rng.choice(("weekday", "weekday", "month", "day", "year", "ago"))
    if kind == "weekday":
        return Time("on", (rng.choice(WEEKDAYS),))
    if kind == "month":
        return Time("in", (rng.choice(MONTHS),))
    if kind == "day":
        month, day = rng.choice(MONTHS), rng.randint(1, 28)
        return Time("on", (f"{day} {month}", f"{month} {day}"))
    if kind == "year":
        return Time("in", (str(rng.randint(1950, 2024)),))
    number, unit = rng.randint(2, 15), rng.choice(("days", "weeks", "months", "years"))
    return Time("", (f"{number} {unit} ago", f"{in_words(number)} {unit} ago"))


def other_time(time: Time, rng: random.Random) -> Time:
    """Another of the same kind."""
    kinds = {"on": ("weekday", "day"), "in": ("month", "year"), "": ("ago",)}[time.joined_by]
    while True:
        found = draw_time(rng, rng.choice(kinds))
        same_kind = len(found.forms) == len(time.forms) and found.forms[0].isdigit() == time.forms[0].isdigit()
        if same_kind and found.forms[0] != time.forms[0]:
            return found


def draw_number(rng: random.Random, counted: str) -> float:
    """A likely figure for what is counted."""
    if "percent" in counted or counted in ("inflation", "unemployment", "growth", "turnout", "poverty"):
        return round(rng.uniform(2, 95), 1) if rng.random() < 0.4 else rng.randint(2, 95)
    if counted in ("days", "weeks", "months", "years"):
        return rng.randint(2, 30)
    if counted in ("inhabitants", "residents", "votes"):
        return rng.randint(3, 900) * rng.choice((100, 1000))
    if " " in counted:  # an amount of money
        return round(rng.uniform(1, 30), 1) if rng.random() < 0.4 else rng.randint(2, 950)
    return rng.choice((rng.randint(2, 20), rng.randint(12, 99), rng.randint(101, 999), rng.randint(11, 99) * 100))


def other_number(number: float, rng: random.Random) -> float:
    """A figure as a slip would make it: digits exchanged, a digit replaced, ten times as much, or simply another."""
    whole = float(number).is_integer()
    for _ in range(20):
        digits = str(int(number)) if whole else str(number)
        kind = rng.choice(("exchange", "replace", "times", "other"))
        if kind == "exchange" and len(digits.replace(".", "")) > 1:
            plain = [sign for sign in digits if sign != "."]
            at = rng.randrange(len(plain) - 1)
            plain[at], plain[at + 1] = plain[at + 1], plain[at]
            if "." in digits:
                plain.insert(digits.index("."), ".")
            made = float("".join(plain))
        elif kind == "replace":
            at = rng.choice([place for place, sign in enumerate(digits) if sign.isdigit()])
            made = float(digits[:at] + rng.choice("123456789") + digits[at + 1 :])
        elif kind == "times":
            made = float(round(number * rng.choice((10, 0.1)), 1))
        else:
            made = float(round(number * rng.choice((0.25, 0.5, 2, 3, 4)), 0 if whole else 1))
        if made > 1 and abs(made - number) > 0.05 and (not whole or made.is_integer()):
            return made
    return number + 7


def written(number: float, *, words: bool = False) -> str:
    """In figures with thousands apart, or in words where that is usual."""
    if not float(number).is_integer():
        return f"{number:,.1f}"
    return in_words(int(number)) if words and number < 100 else f"{int(number):,}"


def in_words(number: int) -> str:
    """A whole number from one to ninety-nine in words."""
    tens, rest = divmod(number, 10)
    if number < 20:
        return SMALL[number - 1]
    return TENS[tens - 2] + (f"-{SMALL[rest - 1]}" if rest else "")


def quantifier_of(form: str) -> str:
    """The name of the quantifier that one of QUANTIFIERS' forms says."""
    return next(name for name, forms in QUANTIFIERS.items() if form in forms)


def excluded_by(quantifier: str) -> list[str]:
    """Quantifiers that do not hold where this one does."""
    return [other for other in QUANTIFIERS if {quantifier, other} in _EXCLUDED]
