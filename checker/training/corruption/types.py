"""What a corruption is: an exact edit of a clean sentence, with the words that are now wrong."""

from __future__ import annotations

from dataclasses import dataclass

from checker.document import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `start:end` of a sentence by `replacement`.

    `marks` are the wrong words as ranges inside `replacement`; None marks all of it. An edit that leaves no word behind
    (a dropped word) has empty `marks`: its two neighbours carry the error.
    """

    start: int
    end: int
    replacement: str
    marks: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Corruption:
    """A sentence with one error.

    `text == clean[:o.start] + replacement_text + clean[o.end:]` with `o = original_span`; `spans` are the wrong words
    in `text`, sorted, never empty. `category` is the contract's path, `kind` the fine name of the rule that made it.
    """

    text: str
    spans: tuple[Span, ...]
    category: str
    kind: str
    original_span: Span
    original_text: str
    replacement_text: str


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A sentence that says the same in other words; `changes` names the rules that were used, in order."""

    text: str
    changes: tuple[str, ...]
