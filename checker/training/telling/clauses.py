"""Words in order: a way of saying an event, with its participants and its manner, as pieces that know what they are.

The pieces' roles tell where an error is: A, B, O, G, N, Q for slots, M for words of manner, V for the verb, W for other
words of the way, K for a quantifier, T for a time, C for a cause, J for what joins it, S for who says it, D for the
verb of saying, and nothing for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from checker.document import Span
from checker.training.corruption.inflection import inflect
from checker.training.telling.cast import sounds_plural
from checker.training.telling.events import SLOTS, Way

_PRESENT = {"BE": ("is", "are"), "HAVE": ("has", "have")}
_PAST_OF_BE = ("was", "were")


class Piece(NamedTuple):
    """Words and their role."""

    text: str
    role: str = ""


def clause(way: Way, values: Mapping[str, str], group: str, plural: bool | None = None) -> list[Piece]:
    """The clause of a way; `values` fill its slots, `group` is a verb group of `manners`.

    `plural` is the number of the subject where it is known; by default its words tell.
    """
    before = [piece for word in way.before for piece in _piece(word, values)]
    after = [piece for word in way.after for piece in _piece(word, values)]
    if not way.verb:
        return before
    if plural is None:
        plural = "and" in way.before or "Q" in way.before or sounds_plural(" ".join(piece.text for piece in before))
    return [*before, *_verb(way.verb, group, plural), *after]


def _piece(word: str, values: Mapping[str, str]) -> list[Piece]:
    if word in SLOTS:
        return [Piece(values[word], word)]
    return [Piece(word, "W" if word not in ("'s", "by", "to", "the", "of", "and", "a") else "")]


def _verb(verb: str, group: str, plural: bool) -> list[Piece]:
    pieces = []
    for word in group.split():
        if word in ("past", "part", "ing", "base"):
            pieces.append(Piece(_form(verb, word, plural), "V"))
        elif word.isupper():
            pair = _PRESENT.get(word) or (inflect(word.lower(), "VBZ") or word.lower(), word.lower())
            pieces.append(Piece(pair[plural], "M"))
        else:
            pieces.append(Piece(_PAST_OF_BE[plural] if word == "was" else word, "M"))
    return pieces


def _form(verb: str, wanted: str, plural: bool) -> str:
    if verb == "be":
        return {"past": _PAST_OF_BE[plural], "part": "been", "ing": "being", "base": "be"}[wanted]
    tag = {"past": "VBD", "part": "VBN", "ing": "VBG", "base": "VB"}[wanted]
    return inflect(verb, tag) or verb


def sentence_of(pieces: Sequence[Piece], marked: frozenset[str] = frozenset()) -> tuple[str, tuple[Span, ...]]:
    """The sentence, and the places of the pieces whose role is in `marked`; neighbours are one place."""
    text, spans = "", list[Span]()
    for piece in pieces:
        if not piece.text:
            continue
        word = "'" if piece.text == "'s" and text.endswith("s") else piece.text
        text += word if not text or word[0] in ",%'" else f" {word}"
        if piece.role in marked:
            start = len(text) - len(word)
            if spans and spans[-1].end + 1 >= start:
                spans[-1] = Span(spans[-1].start, len(text))
            else:
                spans.append(Span(start, len(text)))
    return text[:1].upper() + text[1:] + ".", tuple(spans)
