"""Figures that differ: numbers, dates and units."""

from __future__ import annotations

import random
import re
from itertools import pairwise

from checker.training.corruption.inflection import match_case
from checker.training.corruption.scene import MONTHS, NOUNS, WEEKDAYS, Scene, first_that_fits, one_of, swap
from checker.training.corruption.tokens import word_set
from checker.training.corruption.types import Edit

SMALL = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_MAGNITUDES = (("thousand", "million", "billion", "trillion"), ("thousands", "millions", "billions"))
_SHORT_MAGNITUDES = {"m": "bn", "bn": "m", "k": "m"}
_FACTORS = (
    ("double", "triple", "quadruple"),
    ("doubled", "tripled", "quadrupled"),
    ("twice", "three times"),
    ("dozens", "hundreds", "thousands"),
    ("halved", "doubled"),
    ("pair", "trio"),
)
_PLAIN = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?$")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_BEFORE_YEAR = word_set("in since of by from until to and through during between before after ,")
_TIME_UNITS = ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century")
_TIMES = (
    ("morning", "evening", "night", "afternoon"),
    ("spring", "summer", "autumn", "winter"),
    ("early", "late"),
    ("yesterday", "today", "tomorrow"),
    ("tonight", "tomorrow"),
    ("weekly", "monthly", "annual", "daily"),
    ("noon", "midnight"),
    ("a.m.", "p.m."),
    ("am", "pm"),
)
_UNITS = (
    ("miles", "kilometers", "meters"),
    ("mile", "kilometer"),
    ("kilometres", "miles", "metres"),
    ("kilometers", "miles", "meters"),
    ("feet", "meters", "inches", "yards"),
    ("metres", "feet", "kilometres", "centimetres"),
    ("meters", "feet", "kilometers", "centimeters"),
    ("inches", "centimeters", "feet"),
    ("kg", "lb"),
    ("km", "miles", "m"),
    ("pounds", "dollars", "euros", "kilograms"),
    ("tons", "kilograms", "pounds"),
    ("tonnes", "kilograms", "pounds"),
    ("gallons", "liters", "barrels"),
    ("liters", "gallons"),
    ("litres", "gallons"),
    ("barrels", "gallons", "liters"),
    ("acres", "hectares", "square miles"),
    ("hectares", "acres", "square kilometers"),
    ("dollars", "euros", "pounds", "pesos"),
    ("euros", "dollars", "pounds"),
    ("yen", "yuan", "dollars"),
    ("yuan", "yen", "dollars"),
    ("rupees", "dollars"),
    ("pesos", "dollars", "euros"),
    ("cents", "dollars"),
    ("pence", "pounds"),
    ("fahrenheit", "Celsius"),
    ("celsius", "Fahrenheit"),
    ("mph", "km/h"),
    ("km/h", "mph"),
    ("ounces", "grams"),
    ("grams", "ounces", "kilograms"),
    ("megawatts", "gigawatts"),
)
_UNIT_SWAPS = {group[0]: group[1:] for group in _UNITS}
_SIGNS = {"$": "€£", "€": "$£", "£": "$€"}


def number(scene: Scene, rng: random.Random) -> Edit | None:
    """A changed figure, magnitude, separator, ordinal or factor."""
    slots = [
        i for i, w in enumerate(scene.words) if (w.tag == "CD" or w.lower in _ORDINALS or _group(w.lower, _FACTORS))
    ]
    slots = [i for i in slots if not is_date_part(scene, i)]
    slots += [i for i in slots if scene.words[i].text[0].isdigit()]
    return first_that_fits(
        rng, list(dict.fromkeys(rng.sample(slots, len(slots)))), lambda at: _other_number(scene, rng, at)
    )


def _other_number(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    word = scene.words[at]
    if word.text[0].isdigit():
        after = scene.text[word.end : word.end + 1]
        if scene.text[word.start - 1 : word.start].isalnum() or (
            scene.text[word.start - 1 : word.start] in ("-", ".") and word.start
        ):
            return None
        return (
            None
            if after == "." and scene.text[word.end + 1 : word.end + 2].isdigit()
            else _other_digits(scene, rng, at)
        )
    for group in _MAGNITUDES:
        if word.lower in group:
            near = [m for m in group if m != word.lower and abs(group.index(m) - group.index(word.lower)) == 1]
            return swap(scene, at, rng.choice(near))
    if word.lower in _ORDINALS:
        return _other_ordinal(scene, rng, at)
    for scale in (SMALL, TENS):
        if word.lower in scale and _counts_something(scene, at):
            return _other_count(scene, rng, at, scale)
    factors = _group(word.lower, _FACTORS)
    return swap(scene, at, rng.choice([f for f in factors if f != word.lower])) if factors else None


def _counts_something(scene: Scene, at: int) -> bool:
    """False for `one` as a pronoun (`one of`, `no one`, `that one`)."""
    if scene.lower(at) != "one":
        return True
    return scene.tag(at + 1) in NOUNS and scene.lower(at - 1) not in ("no", "any", "every", "this", "that", "number")


def _other_count(scene: Scene, rng: random.Random, at: int, scale: tuple[str, ...]) -> Edit | None:
    word = scene.words[at]
    plural_only = scale[1:] if scale is SMALL and word.lower != "one" else scale
    if word.lower == "one":
        return None
    here = plural_only.index(word.lower)
    far = [w for i, w in enumerate(plural_only) if w != word.lower and abs(i - here) <= 5]
    return swap(scene, at, rng.choice(far))


def _other_ordinal(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    word = scene.words[at]
    attributive = scene.tag(at + 1) in ("NN", "NNP", "CD") and scene.tag(at - 1) in ("DT", "PRP$", "POS", "IN", "NNP")
    if not attributive or scene.lower(at - 1) in ("at", "a") or scene.lower(at + 1) in ("lady", "hand", "place"):
        return None
    here = _ORDINALS.index(word.lower)
    return swap(scene, at, rng.choice([o for i, o in enumerate(_ORDINALS) if o != word.lower and abs(i - here) <= 3]))


def _other_digits(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    word = scene.words[at]
    body = word.text.rstrip("stndrhbmk")
    suffix = word.text[len(body) :]
    if suffix in _SHORT_MAGNITUDES and rng.random() < 0.3:
        return swap(scene, at, body + _SHORT_MAGNITUDES[suffix])
    if not _PLAIN.match(body) or suffix in ("st", "nd", "rd", "th", "s"):
        return None
    new = other_figure(body, rng)
    return None if new is None else swap(scene, at, new + suffix)


def other_figure(figure: str, rng: random.Random) -> str | None:
    """A different value in the same form: `1,200` -> `1,500`, `12,000`, `1.200`; None where none is found."""
    value = float(figure.replace(",", ""))
    for _ in range(8):
        new = rng.choices((_one_digit, _tenfold, _near, _swapped, _separator), (5, 2, 3, 1.5, 0.8))[0](figure, rng)
        changed = float(new.replace(",", "")) != value if new and _PLAIN.match(new) else bool(new)
        if new and changed and new != figure and not re.match(r"0\d", new) and new not in ("0", "1"):
            return new
    return None


def _one_digit(figure: str, rng: random.Random) -> str:
    places = [i for i, c in enumerate(figure) if c.isdigit()]
    weights = [3.0 if n == 0 else 1.0 for n in range(len(places))]
    at = rng.choices(places, weights)[0]
    return figure[:at] + rng.choice([d for d in "123456789" if d != figure[at]]) + figure[at + 1 :]


def _tenfold(figure: str, rng: random.Random) -> str:
    if "." in figure:
        return figure.replace(".", "").lstrip("0")
    value = int(figure.replace(",", ""))
    new = value * 10 if value % 10 or rng.random() < 0.5 else value // 10
    return f"{new:,}" if "," in figure or new >= 10_000 else str(new)


def _near(figure: str, rng: random.Random) -> str:
    if "." in figure:
        decimals = len(figure.rsplit(".", 1)[1])
        return f"{float(figure.replace(',', '')) * rng.choice((0.5, 0.7, 1.4, 1.8, 2.5)):,.{decimals}f}"
    value = int(figure.replace(",", ""))
    new = max(
        2, value + rng.choice((-3, -2, -1, 1, 2, 3, 5)) if value < 40 else round(value * rng.choice((0.5, 0.8, 1.3, 2)))
    )
    return f"{new:,}" if "," in figure else str(new)


def _swapped(figure: str, rng: random.Random) -> str:
    digits = [i for i, c in enumerate(figure) if c.isdigit()]
    pairs = [(a, b) for a, b in pairwise(digits) if figure[a] != figure[b]]
    if not pairs:
        return ""
    a, b = rng.choice(pairs)
    letters = list(figure)
    letters[a], letters[b] = letters[b], letters[a]
    return "".join(letters)


def _separator(figure: str, _: random.Random) -> str:
    """Spanish separators kept: `1,200` -> `1.200`, `2.5` -> `2,5`."""
    if figure.count(",") == 1 and "." not in figure:
        return figure.replace(",", ".")
    return figure.replace(".", ",") if figure.count(".") == 1 and "," not in figure else ""


def _group(word: str, groups: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return next((group for group in groups if word in group), ())


def is_date_part(scene: Scene, at: int) -> bool:
    """True for a year, or for a day beside a month."""
    return is_year(scene, at) or is_day(scene, at)


def is_year(scene: Scene, at: int) -> bool:
    """True for four digits that read as a year."""
    if not 0 <= at < len(scene.words) or not YEAR.match(scene.words[at].text) or scene.lower(at - 1) in ("$", "€", "£"):
        return False
    if scene.tag(at + 1) == "NNS" or scene.lower(at + 1) in ("percent", "million", "%"):
        return False
    return (
        scene.lower(at - 1) in _BEFORE_YEAR or is_month(scene, at - 1) or scene.tag(at + 1) in ("NN", "NNP", "JJ", "")
    )


def is_month(scene: Scene, at: int) -> bool:
    """True for a month's name; `May` and `March` only where written so."""
    return 0 <= at < len(scene.words) and scene.words[at].text in MONTHS and scene.words[at].tag == "NNP"


def is_day(scene: Scene, at: int) -> bool:
    """True for 1 to 31 beside a month."""
    text = scene.words[at].text if 0 <= at < len(scene.words) else ""
    if not re.match(r"[0-3]?\d(?:st|nd|rd|th)?$", text):
        return False
    return (
        is_month(scene, at - 1) or is_month(scene, at + 1) or (scene.lower(at + 1) == "of" and is_month(scene, at + 2))
    )


def date(scene: Scene, rng: random.Random) -> Edit | None:
    """Another weekday, month, day, year, time of day, or length of time."""
    slots = [i for i in range(len(scene.words)) if _has_date(scene, i)]
    return first_that_fits(rng, slots, lambda at: _other_date(scene, rng, at))


def _has_date(scene: Scene, at: int) -> bool:
    word = scene.words[at]
    if word.text in WEEKDAYS or is_month(scene, at) or is_date_part(scene, at):
        return True
    return word.lower in _DATE_WORDS


def _other_date(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    word = scene.words[at]
    if word.text in WEEKDAYS:
        return swap(scene, at, rng.choice([d for d in WEEKDAYS if d != word.text]))
    if is_year(scene, at):
        return swap(scene, at, str(int(word.text) + rng.choice((-10, -4, -3, -2, -1, 1, 2, 3, 5, 10))))
    if is_month(scene, at):
        return swap(scene, at, rng.choice([m for m in MONTHS if m != word.text]))
    if is_day(scene, at):
        return _other_day(scene, rng, at)
    lengths = _TIME_UNITS if word.lower in _TIME_UNITS else tuple(_plural(u) for u in _TIME_UNITS)
    if word.lower in lengths:
        counted = scene.tag(at - 1) == "CD"
        if word.lower in ("second", "day", "century", "centuries") or scene.tag(at - 1) not in ("CD", "JJ", "DT"):
            return None
        here = lengths.index(word.lower)
        near = [
            u
            for i, u in enumerate(lengths)
            if 0 < abs(i - here) <= 2 and (1 if counted else 4) <= i <= (6 if counted else 7)
        ]
        return swap(scene, at, rng.choice(near)) if near else None
    group = _group(word.lower, _TIMES)
    if word.lower in ("am", "spring", "early", "late") and not _is_time_word(scene, at):
        return None
    return swap(scene, at, rng.choice([t for t in group if t != word.lower])) if group else None


def _is_time_word(scene: Scene, at: int) -> bool:
    if scene.lower(at) == "am":
        return scene.tag(at - 1) == "CD"
    if scene.lower(at) in ("early", "late"):
        return scene.lower(at - 1) in ("in", "since", "on") or scene.lower(at + 1) in ("on", "in", "this", "last")
    return scene.lower(at - 1) in ("in", "last", "the", "next", "this")


def _plural(unit: str) -> str:
    return "centuries" if unit == "century" else unit + "s"


_DATE_WORDS = frozenset([*_TIME_UNITS, *map(_plural, _TIME_UNITS), *(word for group in _TIMES for word in group)]) - {
    "second",
    "seconds",
}


def _other_day(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    digits = int(re.match(r"\d+", scene.words[at].text).group())  # type: ignore[union-attr]
    new = rng.choice([d for d in range(1, 31) if d != digits])
    suffix = scene.words[at].text[len(str(digits)) :]
    if suffix:
        suffix = "th" if 10 < new < 20 else {1: "st", 2: "nd", 3: "rd"}.get(new % 10, "th")
    return swap(scene, at, f"{new}{suffix}")


def unit(scene: Scene, rng: random.Random) -> Edit | None:
    """Miles for kilometres, dollars for euros, Celsius for Fahrenheit."""
    slots = [i for i, w in enumerate(scene.words) if w.lower in _UNIT_SWAPS or w.text in _SIGNS]
    return first_that_fits(rng, slots, lambda at: _other_unit(scene, rng, at))


def _other_unit(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    word = scene.words[at]
    if word.text in _SIGNS:
        return swap(scene, at, rng.choice(_SIGNS[word.text])) if scene.tag(at + 1) == "CD" else None
    near = [scene.tag(at - n) for n in (1, 2, 3)]
    if "CD" not in near and word.lower not in ("celsius", "fahrenheit") and scene.lower(at - 1) != "of":
        return None
    return swap(scene, at, match_case(rng.choice(_UNIT_SWAPS[word.lower]), word.text))


def quantity_direction(scene: Scene, rng: random.Random) -> Edit | None:
    """`rose by 5%` -> `rose to 5%`, `from 3 to 5` -> `from 5 to 3`."""
    return one_of(rng, ((1.0, _by_to), (1.0, _from_to)), scene)


def _by_to(scene: Scene, rng: random.Random) -> Edit | None:
    verbs = (
        "rose",
        "fell",
        "increased",
        "decreased",
        "grew",
        "dropped",
        "rise",
        "fall",
        "increase",
        "reduced",
        "climbed",
        "cut",
    )
    slots = [
        i
        for i, w in enumerate(scene.words)
        if w.lower in ("by", "to") and scene.lower(i - 1) in verbs and ("CD" in (scene.tag(i + 1), scene.tag(i + 2)))
    ]
    return first_that_fits(rng, slots, lambda at: swap(scene, at, "to" if scene.lower(at) == "by" else "by"))


def _from_to(scene: Scene, rng: random.Random) -> Edit | None:
    def exchanged(at: int) -> Edit | None:
        limit = min(len(scene.words) - 1, at + 5)
        to = next((i for i in range(at + 2, limit) if scene.lower(i) == "to" and scene.tag(i + 1) == "CD"), None)
        if to is None or scene.words[at + 1].text == scene.words[to + 1].text:
            return None
        first, last = scene.words[at + 1], scene.words[to + 1]
        between = scene.text[first.end : last.start]
        new = last.text + between + first.text
        return Edit(first.start, last.end, new, ((0, len(last.text)), (len(new) - len(first.text), len(new))))

    slots = [i for i, w in enumerate(scene.words[:-3]) if w.lower == "from" and scene.tag(i + 1) == "CD"]
    return first_that_fits(rng, slots, exchanged)
