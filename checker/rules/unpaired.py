"""Sentences that stand in one of the two texts only, where that is a slip and no decision of the newsroom.

The aligner says what is left over and how sure that is. Kept silent is what else than a slip explains: a sentence that
was moved, a text that was shortened or cut at its end, a heading, a line that the newsroom puts under its copy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from checker.document import Document, Sentence, Span
from checker.evidence.translation import Comparison, Leftover
from checker.evidence.types import sentence_range, source_evidence
from checker.rules.types import Unpaired

MARGIN = 0.6  # nats by which leaving a sentence over has to be cheaper than any counterpart
SURE = 1.5  # from here on hardly an alarm is wrong
FEWEST_WORDS = 4
MOST_LEFT_OVER = 0.1  # share of a text's sentences that may be left over as slips, two in any text
MOVED_LENGTH = 2.0  # two left-over sentences whose lengths differ by less are taken for one that was moved
MOVED_KEYS = 2  # names, figures and long words that a sentence found elsewhere has there, and half of its own
_SENTENCE_END = re.compile(r"[.!?…]['\"”»“’)\]]*$")
Keys = frozenset[str]
_LAST_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*\W*$")
_FIRST_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class OneSided(NamedTuple):
    """Sentences that the document lacks, and those that the source lacks; in order."""

    left_out: tuple[Unpaired, ...]
    added: tuple[Unpaired, ...]


def one_sided(
    document: Document, source: Document, compared: Comparison, names: Sequence[str] | None = None
) -> OneSided:
    """What is left over by a slip, as far as can be told from the two texts; `names` are ids of the source's sentences,
    their numbers where it is None."""
    if not compared.left_out and not compared.added:
        return OneSided((), ())
    ours, theirs = document.sentences, source.sentences
    keys, others = ([each.all for each in side] for side in (compared.anchors, compared.source_anchors))
    left_out = _slips(compared.left_out, theirs, others, keys)
    added = _slips(compared.added, ours, keys, others)
    pairs = [(one, other) for one in compared.left_out for other in compared.added]
    moved = [pair for pair in pairs if _is_one(theirs[pair[0].sentence].text, ours[pair[1].sentence].text)]
    lost = [each for each in left_out if all(each is not one for one, _ in moved)]
    new = [each for each in added if all(each is not other for _, other in moved)]
    return OneSided(
        tuple(_of_source(document, source, each, names) for each in lost),
        tuple(_of_document(document, source, each) for each in new if each.sentence < len(ours) - 1),
    )


def _slips(
    left: Sequence[Leftover], sentences: Sequence[Sentence], own: Sequence[Keys], others: Sequence[Keys]
) -> list[Leftover]:
    """Those that are sure, whole sentences, and said nowhere in the other text; none where a text was edited."""
    if len(left) > max(2, MOST_LEFT_OVER * len(sentences)):
        return []
    at_the_end = {len(sentences) - 1, len(sentences) - 2} <= {each.sentence for each in left}
    return [
        each
        for each in left
        if each.margin >= MARGIN
        and _is_sentence(sentences[each.sentence].text)
        and not _is_elsewhere(own[each.sentence], others)
        and not (at_the_end and each.sentence >= len(sentences) - 2)
    ]


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS and bool(_SENTENCE_END.search(text))


def _is_elsewhere(keys: Keys, others: Sequence[Keys]) -> bool:
    """True where one sentence of the other text has at least half of what this one can be told by."""
    return any(len(shared) >= MOVED_KEYS and 2 * len(shared) >= len(keys) for shared in map(keys.intersection, others))


def _is_one(one: str, other: str) -> bool:
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    return longer <= MOVED_LENGTH * shorter


def _of_source(document: Document, source: Document, left: Leftover, names: Sequence[str] | None) -> Unpaired:
    text = source.sentences[left.sentence].text
    name = names[left.sentence] if names else sentence_range(left.sentence, left.sentence)
    evidence = source_evidence(name, text, 1.0, source.path)
    before = document.sentences[left.other - 1] if left.other else None
    beside = before or document.sentences[0]
    word = (_LAST_WORD if before else _FIRST_WORD).search(beside.text)
    start, end = word.span() if word else (0, len(beside.text))
    return Unpaired(Span(start, end).shift(beside.span.start), text, evidence, left.margin >= SURE)


def _of_document(document: Document, source: Document, left: Leftover) -> Unpaired:
    sentence = document.sentences[left.sentence]
    first, last = max(0, left.other - 1), min(len(source.sentences) - 1, left.other)
    around = source.text[source.sentences[first].span.start : source.sentences[last].span.end]
    evidence = source_evidence(sentence_range(first, last), around, 1.0, source.path)
    return Unpaired(sentence.span, sentence.text, evidence, left.margin >= SURE)
