"""What may happen between participants, and the ways to say it, read from `events.tsv`.

A way is a clause with slots: A and B are participants, O a thing, G a group that quantifiers count, Q a figure, N what
it counts. The verb is marked by `*` and stands in its base form; a way that begins with `=` is a noun phrase, one that
begins with `!` says the opposite of the others. A frame marked `~` means the same with A and B exchanged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("events.tsv")
_SLOT = re.compile(r"(\w)=(.*?)(?= \w=|$)")
SLOTS = ("A", "B", "O", "G", "N", "Q")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say it: words before the verb, the verb's base form (empty in a noun phrase), words after it."""

    before: tuple[str, ...]
    verb: str
    after: tuple[str, ...]

    @property
    def first(self) -> str:
        """The slot that the clause begins with, or the empty string."""
        return self.before[0] if self.before and self.before[0] in SLOTS else ""

    @property
    def acts(self) -> bool:
        """Whether its subject does something: only who acts can refuse or plan to."""
        return self.first in ("A", "B") and "and" not in self.before and self.verb not in ("be", "have", "")


@dataclass(frozen=True, slots=True)
class Frame:
    """One kind of event: what each slot may hold, the ways that say the same, and those that say the opposite."""

    slots: dict[str, tuple[str, ...]]
    mutual: bool
    same: tuple[Way, ...]
    opposite: tuple[Way, ...]

    @property
    def directed(self) -> bool:
        """Whether A and B are of one type and cannot be exchanged without saying something else."""
        return not self.mutual and "B" in self.slots and self.slots["A"] == self.slots["B"]


@cache
def frames() -> tuple[Frame, ...]:
    """All frames, in the order of the file."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()[1:]
    return tuple(_frame(*line.split("\t")) for line in lines)


def _frame(slots: str, ways: str) -> Frame:
    mutual = slots.endswith(" ~")
    known = {name: tuple(held.split(":")[-1].split(",")) for name, held in _SLOT.findall(slots.removesuffix(" ~"))}
    split = [way.strip() for way in ways.split("|")]
    same = tuple(_way(way) for way in split if not way.startswith("!"))
    return Frame(known, mutual, same, tuple(_way(way[1:]) for way in split if way.startswith("!")))


def _way(text: str) -> Way:
    words = text.removeprefix("=").replace("'s", " 's").replace("Q%", "Q %").split()
    at = next((place for place, word in enumerate(words) if word.startswith("*")), None)
    if at is None:
        return Way(tuple(words), "", ())
    return Way(tuple(words[:at]), words[at][1:], tuple(words[at + 1 :]))
