"""What real sentences say beside their main clause, to be said beside an event: neither right nor wrong by its fact."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

from checker.training.corruption.scene import MONTHS, WEEKDAYS

_PLAIN = r'[^,.;:!?"“”()\[\]]'  # one clause, nothing quoted
_OPENING = re.compile(
    r"(?:In|On|At|After|During|Following|While|As|Speaking|Under|Amid|Earlier|Last|For|Before|Among|Across|By|With|"
    r"Although|When|Over|Days|Weeks|Months|Hours|Shortly|Late|Early) "
    rf"{_PLAIN}{{8,70}}, (?=[\w“\"])"
)
_TAIL = re.compile(
    r", (?:which|as|after|while|when|where|with|following|amid|before|although|in|at|during|"
    rf"and (?:the|a|an|it|they|he|she|there|some|many|officials|[A-Z]\w+)) {_PLAIN}{{15,90}}(?=\.$)"
)
_DATED = re.compile(
    rf"\b(?:{'|'.join(WEEKDAYS + MONTHS)}|(?:19|20)\d\d|today|yesterday|tomorrow|(?:last|next|this) \w+)\b",
    re.IGNORECASE,
)
FEWEST_WORDS = 3
LONGEST_SENTENCE = 140  # characters of a whole sentence that stands beside a fact


class Details:
    """Openings ("After two days of talks,"), tails (", which surprised observers") and whole sentences."""

    def __init__(self, sentences: Iterable[str], rng: random.Random) -> None:
        self._rng = rng
        self._openings: dict[bool, list[str]] = {False: [], True: []}  # by whether a time is in them
        self._tails: dict[bool, list[str]] = {False: [], True: []}
        self._sentences: list[str] = []
        for sentence in sentences:
            if len(sentence) <= LONGEST_SENTENCE:
                self._sentences.append(sentence)
            if opening := _OPENING.match(sentence):
                _keep(self._openings, opening.group().strip())
            if tail := _TAIL.search(sentence):
                _keep(self._tails, tail.group())

    def opening(self, *, dated: bool) -> str:
        """With its comma; without any time in it unless `dated`. Empty where no sentence had one."""
        return self._one_of(self._openings, dated)

    def tail(self, *, dated: bool) -> str:
        """From its comma on, without the full stop; as `opening`."""
        return self._one_of(self._tails, dated)

    def sentence(self) -> str:
        """A whole sentence about something else; empty where there is none."""
        return self._rng.choice(self._sentences) if self._sentences else ""

    def _one_of(self, kept: dict[bool, list[str]], dated: bool) -> str:
        choice = kept[dated and self._rng.random() < 0.5] or kept[False]
        return self._rng.choice(choice) if choice else ""


def _keep(kept: dict[bool, list[str]], words: str) -> None:
    if len(words.split()) >= FEWEST_WORDS:
        kept[bool(_DATED.search(words))].append(words)
