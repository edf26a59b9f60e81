"""One saying of a statement, with all that decides its words, and the sentence that these make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checker.document import Span
from checker.training.telling.clauses import Piece, clause, sentence_of
from checker.training.telling.events import Way
from checker.training.telling.figures import Time
from checker.training.telling.manners import DONE

LONG_MANNERS = {  # manners that may stand before the whole clause
    "possible": ("it is possible that", "will base"), "alleged": ("it is alleged that", "past"),
    "not done": ("it is not true that", "past"), "expected": ("it is likely that", "will base"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement, with all that decides its words."""

    way: Way
    values: dict[str, str]
    plural: bool | None = None
    manner: str = DONE
    group: str = "past"
    whole: bool = False
    quantifier: str = ""
    time: Time | None = None
    time_form: int = 0
    place: str = ""
    cause: str = ""
    joined: str = ""
    speaker: str = ""
    said: str = ""
    opening: str = ""
    tail: str = ""
    first: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence; of one with an error `spans` are its wrong words, `category` and `contrary` say what is wrong."""

    text: str
    spans: tuple[Span, ...] = ()
    category: str = ""
    contrary: bool = False


def told(saying: Saying, marked: str = "", category: str = "", *, contrary: bool = False) -> Told:
    """The sentence that a saying makes; `marked` are the roles of the pieces that are in error."""
    text, spans = sentence_of(_pieces(saying), frozenset(marked))
    return Told(text, spans, category, contrary)


def _pieces(saying: Saying) -> list[Piece]:
    long = LONG_MANNERS[saying.manner] if saying.whole else None
    values = saying.values
    singular = saying.quantifier.startswith(("every one", "each", "not one", "not a single"))
    plural = False if singular else saying.plural
    core = clause(saying.way, values, long[1] if long else saying.group, plural)
    if saying.quantifier:
        core = [Piece(saying.quantifier, "K"), *core]
    if long:
        core = [Piece(long[0], "M"), *core]
    beside = dict(_beside(saying))
    leading = beside.pop(saying.first, [])
    if leading:
        leading = [*leading, Piece(",")]
    trailing = [piece for pieces in beside.values() for piece in pieces]
    tail = [Piece(saying.tail)] if saying.tail else []
    body = [*core, *trailing, *tail]
    opening = [Piece(saying.opening)] if saying.opening else []
    if not saying.speaker:
        return [*opening, *leading, *body]
    if "{}" in saying.said:
        before, _, after = saying.said.partition("{}")
        return [
            *opening,
            *leading,
            *body,
            Piece(before.strip(), "D"),
            Piece(saying.speaker, "S"),
            Piece(after.strip(), "D"),
        ]
    return [*opening, Piece(saying.speaker, "S"), Piece(saying.said, "D"), *leading, *body]


def _beside(saying: Saying) -> Iterator[tuple[str, list[Piece]]]:
    if saying.place:
        yield "place", [Piece("in"), Piece(saying.place, "P")]
    if saying.time:
        yield "time", [Piece(saying.time.joined_by), Piece(saying.time.forms[saying.time_form], "T")]
    if saying.cause:
        yield "cause", [Piece(saying.joined, "J"), Piece(saying.cause, "C")]
