"""What an engine is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from checker.audit.checking import Ready
from checker.audit.dataset import Part
from checker.audit.grouping import Group

DIED = "the program died while it was checked (too little memory?)"


class Checked(NamedTuple):
    """A group, and the rows of each of its jobs."""

    group: Group
    parts: list[Part]


class Engine(Protocol):
    """Three implementations: this process, several processes, Ray."""

    def ready(self) -> Ready:
        """Waits until the model is loaded. Raises ModelError."""

    def check(self, groups: Iterator[Group]) -> Iterator[Checked]:
        """The groups in the order in which they come, checked. Takes few of them ahead."""

    def close(self) -> None:
        """Ends what the engine started, whatever it is doing."""
