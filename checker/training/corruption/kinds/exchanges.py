"""Figures and dates that change places: every one is in the original, and none where it belongs."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from itertools import combinations

from checker.training.corruption.kinds.values import SMALL, TENS, YEAR, is_date_part, is_year
from checker.training.corruption.scene import MONTHS, NOUNS, VERBS, WEEKDAYS, Scene, exchange
from checker.training.corruption.types import Edit

FARTHEST = 25  # words between two that change places
MOST_TIMES = 30  # how many times the smaller of two figures the larger is
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?$")
_SCORE = re.compile(r"(?<![\w.,–-])(\d{1,3})([-–])(\d{1,3})(?![\w–-])")
_COUNTS = frozenset((*SMALL, *TENS)) - {"one"}


def exchange_figures(scene: Scene, rng: random.Random) -> Edit | None:
    """`54 years and 36 months` -> `36 years and 54 months`; `beat them 3-1` -> `beat them 1-3`."""
    places = range(len(scene.words))
    scores = [score for score in _SCORE.finditer(scene.text) if score[1] != score[3]]
    if scores and rng.random() < 0.5:
        score = rng.choice(scores)
        return Edit(*score.span(), score[3] + score[2] + score[1])
    figures = [at for at in places if _is_figure(scene, at)]
    counts = [at for at in places if scene.lower(at) in _COUNTS]
    return _one_pair(scene, rng, (figures, counts), _alike)


def exchange_dates(scene: Scene, rng: random.Random) -> Edit | None:
    """`arrested on Monday and released on Friday` -> `arrested on Friday and released on Monday`."""
    places = range(len(scene.words))
    weekdays = [at for at in places if scene.words[at].text in WEEKDAYS]
    months = [at for at in places if scene.words[at].text in MONTHS]
    years = [at for at in places if is_year(scene, at)]
    return _one_pair(scene, rng, (weekdays, months, years), lambda one, other: one != other)


def _one_pair(
    scene: Scene, rng: random.Random, sorts: Sequence[Sequence[int]], fits: Callable[[str, str], bool]
) -> Edit | None:
    pairs = [
        (one, other)
        for places in sorts
        for one, other in combinations(places, 2)
        if fits(scene.lower(one), scene.lower(other)) and other - one <= FARTHEST and _apart(scene, one, other)
    ]
    if not pairs:
        return None
    one, other = rng.choice(pairs)
    return exchange(scene, (one, one), (other, other))


def _is_figure(scene: Scene, at: int) -> bool:
    """True for digits that count or measure: no year, no day, no part of a name ("G550")."""
    word = scene.words[at]
    alone = not scene.text[: word.start][-1:].isalnum() and not scene.text[word.end :][:1].isalpha()
    return bool(alone and _FIGURE.match(word.text)) and not is_date_part(scene, at) and not YEAR.match(word.text)


def _alike(one: str, other: str) -> bool:
    """True for figures that differ, of which each might be the other: both with decimals or neither, of one size."""
    if one in _COUNTS or other in _COUNTS:
        return one != other
    if ("." in one) != ("." in other):
        return False
    small, large = sorted(float(figure.replace(",", "")) for figure in (one, other))
    return 0 < small < large <= MOST_TIMES * small


def _apart(scene: Scene, one: int, other: int) -> bool:
    """True where the two belong to different matters, or are the ends of a change: not so in "on 3 and 4 May"."""
    if scene.lower(one - 1) == "from" and scene.lower(other - 1) == "to":
        return True
    if scene.lower(one - 1) == "between":
        return False
    return any(scene.tag(at) in (*NOUNS, *VERBS) for at in range(one + 1, other))
