"""Sentences that stand in one of the two texts only, where that is a slip and no decision of the newsroom.

The aligner says what is left over and how sure that is. Kept silent is what else than a slip explains: a sentence that
was moved, a text that was shortened or cut at its end, a heading, a line that the newsroom puts under its copy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from checker.document import Document, Sentence, Span
from checker.evidence.translation import Bead, Comparison, Leftover
from checker.evidence.types import sentence_range, source_evidence
from checker.rules.sameness import Said, is_said, may_be_one, said_in, without
from checker.rules.types import Unpaired

MARGIN = 0.6  # nats by which leaving a sentence over has to be cheaper than any counterpart
SURE = 1.5  # from here on hardly an alarm is wrong
FEWEST_WORDS = 4
LONGEST_HEADING = 16  # words of a line without a full stop that may be a heading
MOST_LEFT_OVER = 0.1  # share of a text's sentences that may be left over as slips, two in any text
MOVED_LENGTH = 2.5  # two left-over sentences whose lengths differ by less may be one that was moved
NEAR = 6  # sentences, counted in both texts, that a rewritten or swapped one is away from its place at most
BESIDE = 1  # sentences of the other text on either side of the gap
MOVED_SHARE = 0.1  # of what one that was moved further can be told by, what both have at least
UNLIKE_SHARE = 0.5  # the same of one that was shortened too
_SENTENCE_END = re.compile(r"[.!?…][\s'\"”»“’)\]]*$")
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
    language, other = document.language[:2], source.language[:2]
    said, said_there = said_in(ours, language, other), said_in(theirs, other, language)
    new, new_there = _unexplained(compared.beads, said, said_there)
    left_out = _slips(compared.left_out, theirs, said_there, new)
    added = _slips(compared.added, ours, said, new_there)
    here_moved, lost = _moved(compared, ours, theirs, said, said_there)
    return OneSided(
        tuple(_of_source(document, source, each, names) for each in left_out if each not in lost),
        tuple(
            _of_document(document, source, each)
            for each in added
            if each not in here_moved and each.sentence < len(ours) - 1
        ),
    )


def _unexplained(
    beads: Sequence[Bead], said: Sequence[Said], said_there: Sequence[Said]
) -> tuple[list[Said], list[Said]]:
    """What each sentence speaks of that its counterpart does not."""
    here, there = list(said), list(said_there)
    for bead in beads:
        ours, theirs = range(bead.first, bead.last + 1), range(bead.source_first, bead.source_last + 1)
        for one in ours:
            here[one] = without(said[one], [said_there[other] for other in theirs])
        for other in theirs:
            there[other] = without(said_there[other], [said[one] for one in ours])
    return here, there


def _slips(
    left: Sequence[Leftover], sentences: Sequence[Sentence], said: Sequence[Said], others: Sequence[Said]
) -> list[Leftover]:
    """Those that are sure, whole sentences, and said nowhere in the other text; none where a text was edited."""
    if len(left) > max(2, MOST_LEFT_OVER * len(sentences)):
        return []
    at_the_end = {len(sentences) - 1, len(sentences) - 2} <= {each.sentence for each in left}
    return [
        each
        for each in left
        if each.margin >= MARGIN
        and is_sentence(sentences[each.sentence].text)
        and not _is_rest(sentences, each.sentence)
        and not is_said(said[each.sentence], others, range(each.other - BESIDE, each.other + BESIDE))
        and not (at_the_end and each.sentence >= len(sentences) - 2)
    ]


def is_sentence(text: str) -> bool:
    """True for what ends like a sentence, or is longer than a heading; a cry of few words is none."""
    words = len(text.split())
    return words > LONGEST_HEADING or (words >= FEWEST_WORDS and bool(_SENTENCE_END.search(text)))


def _is_rest(sentences: Sequence[Sentence], place: int) -> bool:
    """True for the rest of a sentence that a line break cut in two: a small letter, and no end before it."""
    small = next((char.islower() for char in sentences[place].text if char.isalpha()), False)
    return small and place > 0 and not _SENTENCE_END.search(sentences[place - 1].text)


def _moved(
    compared: Comparison, ours: Sequence[Sentence], theirs: Sequence[Sentence], said: Sequence[Said],
    said_there: Sequence[Said],
) -> tuple[set[Leftover], set[Leftover]]:  # fmt: skip
    """What is left over in both texts as one sentence, rewritten at its place or moved: of ours, and of theirs.

    Each is in one pair at most, those nearest to each other first.
    """
    pairs = []
    for here, other in product(compared.added, compared.left_out):
        distance = abs(here.sentence - other.other) + abs(here.other - other.sentence)
        alike = _alike_in_length(ours[here.sentence].text, theirs[other.sentence].text)
        if (alike and distance <= NEAR) or may_be_one(
            said[here.sentence], said_there[other.sentence], MOVED_SHARE if alike else UNLIKE_SHARE
        ):
            pairs.append((distance, here, other))
    here_moved: set[Leftover] = set()
    there_moved: set[Leftover] = set()
    for _, here, other in sorted(pairs):
        if here not in here_moved and other not in there_moved:
            here_moved.add(here)
            there_moved.add(other)
    return here_moved, there_moved


def _alike_in_length(one: str, other: str) -> bool:
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
