"""Pairs to token rows: `[CLS] relation premise [SEP] hypothesis [SEP]`, with the word features of `wording`.

The relation marker is one of BERT's unused vocabulary entries, so that the network is told whether the premise is a
reference, mere context, or absent. Offsets into the hypothesis are kept; nothing is ever searched for again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from checker.document import Span, without_halves
from checker.evidence import Relation
from checker.nli.dictionary import UNSPACED, Dictionary, Link, english_key, key_of
from checker.nli.types import Pair
from checker.nli.wording import Lookup, Shape, Word, compare_settings, compare_words, lookup_of, split_words

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

MARKERS = {
    Relation.REFERENCE: "[unused1]",
    Relation.CONTEXT: "[unused2]",
    Relation.LANGUAGE: "[unused3]",
}
LONGEST_HYPOTHESIS = 160
LONGEST_ROW = 256
LONGEST_WORD = 100  # letters: what is longer is one unknown piece in BERT's word pieces, whatever it says
SPECIAL_TOKENS = 4  # [CLS] marker … [SEP] … [SEP]


@dataclass(frozen=True, slots=True)
class Row:
    """One pair as the network reads it. All arrays are int64 of shape (tokens,).

    `spans` belong to the hypothesis tokens, which stand at `first_hypothesis … first_hypothesis + len(spans)`.
    `is_context`: the premise merely speaks of the same matters, and such a row may leave the network early. `links` are
    what a dictionary says of the words (`checker.nli.dictionary.Link`), None without one.
    """

    ids: NDArray[np.int64]
    segments: NDArray[np.int64]
    matches: NDArray[np.int64]
    neighbours: NDArray[np.int64]
    shapes: NDArray[np.int64]
    settings: NDArray[np.int64]
    first_hypothesis: int
    spans: tuple[Span, ...]
    truncated: bool
    is_context: bool = False
    links: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class _Side:
    """A text, with all that does not depend on what it is compared with. `word_of` is the word that a piece is of."""

    text: str
    ids: list[int]
    spans: tuple[Span, ...]
    words: tuple[Word, ...]
    word_of: list[int]
    shapes: list[Shape]
    lookup: Lookup


class PairEncoder:
    """Turns pairs into rows with one tokenizer, and for a model of originals with its dictionaries by language."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        dictionaries: Mapping[str, Dictionary] | None = None,
        *,
        longest_row: int = LONGEST_ROW,
    ) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._dictionaries = dictionaries or {}
        self._longest_row = longest_row
        self._cls = self._id("[CLS]")
        self._sep = self._id("[SEP]")
        self._unknown = tokenizer.token_to_id("[UNK]")
        self._is_spaced = type(tokenizer.model).__name__ == "Unigram"  # its pieces begin with the space before a word
        self._markers = {relation: self._id(marker) for relation, marker in MARKERS.items()}

    @property
    def padding(self) -> int:
        """Id of the padding token."""
        return self._id("[PAD]")

    def encode(self, pairs: Sequence[Pair]) -> list[Row]:
        """One row a pair. A premise that does not fit is cut: window it first (`premise_budget` tells how long)."""
        sides = self._sides([text for pair in pairs for text in (pair.premise, pair.hypothesis)])
        return [self._row(pair, sides[pair.premise], sides[pair.hypothesis]) for pair in pairs]

    def encode_single(self, texts: Sequence[str]) -> list[Row]:
        """Rows of single texts for sentence vectors: `[CLS] text [SEP]`, no marker, no features."""
        sides = self._sides(texts)
        return [self._single(sides[text]) for text in texts]

    def foreign_keys(self, text: str) -> set[str]:
        """The keys of the words of a text in another language, as dictionaries have them."""
        return set(_foreign_keys(self._sides([text])[text]))

    def token_offsets(self, texts: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
        """Offsets of the word pieces of each text; their number is the length that counts against the budget."""
        distinct = list(dict.fromkeys(texts))
        return {text: self._offsets(each, text) for text, each in zip(distinct, self._encodings(distinct), strict=True)}

    def premise_budget(self, pieces: int) -> int:
        """How many word pieces of premise fit beside a hypothesis of so many."""
        return self._longest_row - SPECIAL_TOKENS - min(pieces, LONGEST_HYPOTHESIS)

    def _id(self, token: str) -> int:
        found = self._tokenizer.token_to_id(token)
        if found is None:
            raise ValueError(f"the tokenizer has no {token}; a BERT word-piece vocabulary is needed")
        return int(found)

    def _sides(self, texts: Sequence[str]) -> dict[str, _Side]:
        """Each distinct text, read once."""
        distinct = list(dict.fromkeys(texts))
        return {
            text: _read_side(text, encoding.ids, self._offsets(encoding, text), split_words(text))
            for text, encoding in zip(distinct, self._encodings(distinct), strict=True)
        }

    def _encodings(self, texts: Sequence[str]) -> list[Encoding]:
        """Of each text; the tokenizer takes no half characters, which a broken escape in a JSON file leaves."""
        return self._tokenizer.encode_batch([without_halves(text) for text in texts], add_special_tokens=False)

    def _offsets(self, encoding: Encoding, text: str) -> list[tuple[int, int]]:
        """Where the pieces stand in `text`, spaces before them left out; a piece of space alone is of what follows."""
        if not self._is_spaced:
            return encoding.offsets
        return [_without_space(text, *place) for place in encoding.offsets]

    def _row(self, pair: Pair, premise: _Side, hypothesis: _Side) -> Row:
        pieces = min(len(hypothesis.ids), LONGEST_HYPOTHESIS)
        room = self.premise_budget(pieces)
        relation = pair.relation if pair.premise.strip() else Relation.LANGUAGE
        premise_ids = premise.ids[:room]
        ids = [self._cls, self._markers[relation], *premise_ids, self._sep, *hypothesis.ids[:pieces], self._sep]
        first = 3 + len(premise_ids)
        segments = np.zeros(len(ids), dtype=np.int64)
        segments[first:] = 1
        features = np.zeros((4, len(ids)), dtype=np.int64)  # match, neighbours, shape, setting
        features[:, 2 : 2 + len(premise_ids)] = _features(premise, hypothesis.lookup, len(premise_ids))
        features[:, first : first + pieces] = _features(hypothesis, premise.lookup, pieces)
        links = None
        dictionary = None if relation is Relation.LANGUAGE else self._dictionaries.get(pair.language[:2])
        if dictionary is not None:
            links = np.zeros(len(ids), dtype=np.int64)
            theirs, ours = _links(premise, hypothesis, dictionary)
            links[2 : 2 + len(premise_ids)] = theirs[: len(premise_ids)]
            links[first : first + pieces] = ours[:pieces]
        spans = hypothesis.spans[:pieces]
        truncated = pieces < len(hypothesis.ids) or self._has_unread_word(hypothesis)
        matches, neighbours, shapes, settings = features
        row_ids = np.array(ids, dtype=np.int64)
        is_context = relation is Relation.CONTEXT
        planes = (row_ids, segments, matches, neighbours, shapes, settings)
        return Row(*planes, first, spans, truncated, is_context, links)

    def _has_unread_word(self, side: _Side) -> bool:
        """True where a word is too long for the tokenizer; a sign that it merely does not know is read as such."""
        if self._unknown not in side.ids:
            return False
        pieces = zip(side.ids, side.spans, strict=True)
        return any(piece == self._unknown and len(span) > LONGEST_WORD for piece, span in pieces)

    def _single(self, side: _Side) -> Row:
        pieces = side.ids[: self._longest_row - 2]
        ids = np.array([self._cls, *pieces, self._sep], dtype=np.int64)
        zeros = np.zeros(len(ids), dtype=np.int64)
        return Row(ids, zeros, zeros, zeros, zeros, zeros, 1, (), len(pieces) < len(side.ids))


def _without_space(text: str, start: int, end: int) -> tuple[int, int]:
    while start < len(text) and text[start].isspace():
        start += 1
    return min(start, max(0, len(text) - 1)), min(max(end, start + 1), len(text))


def _read_side(text: str, ids: list[int], offsets: list[tuple[int, int]], words: tuple[Word, ...]) -> _Side:
    word_of: list[int] = []
    position = 0
    for start, _end in offsets:
        while position + 1 < len(words) and words[position + 1].start <= start:
            position += 1
        word_of.append(position)
    spans = tuple(Span(start, end) for start, end in offsets)
    return _Side(text, ids, spans, words, word_of, [word.shape for word in words], lookup_of(words))


def _features(side: _Side, others: Lookup, pieces: int) -> NDArray[np.int64]:
    """Match, neighbours, shape and setting of the word that each piece belongs to, shape (4, pieces)."""
    if not side.words:
        return np.zeros((4, pieces), dtype=np.int64)
    matches, neighbours = zip(*compare_words(side.words, others), strict=True)
    table = np.array([matches, neighbours, side.shapes, compare_settings(side.words, others)], dtype=np.int64)
    return table[:, side.word_of[:pieces]]


def _links(premise: _Side, hypothesis: _Side, dictionary: Dictionary) -> tuple[list[Link], list[Link]]:
    """What the dictionary says of the word that each piece of either side belongs to."""
    theirs, ours = dictionary.links(_foreign_keys(premise), [english_key(word.stem) for word in hypothesis.words])
    return theirs, [ours[place] if ours else Link.UNKNOWN for place in hypothesis.word_of]


def _foreign_keys(side: _Side) -> list[str]:
    """The key of the word that each piece belongs to; what is written without spaces has its pieces for words."""
    if not side.words:
        return [""] * len(side.ids)
    found = []
    for place, span in zip(side.word_of, side.spans, strict=True):
        piece, word = side.text[span.start : span.end], side.words[place]
        found.append(key_of(piece if UNSPACED.search(piece) else side.text[word.start : word.end]))
    return found
