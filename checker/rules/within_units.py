"""Whole sentences left out or added where the source came unit by unit, as of a bitext file or from a page.

Who aligned the units has said what belongs together, so sentences are only compared within a unit. Text outside of all
units has no original that is known of, and is nobody's slip; a unit without a translation has lost all of its own.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import accumulate, chain

from checker.document import AlignedSource, Document, Part, PartKind, Sentence, SourceUnit, Span, make_document
from checker.evidence.translation import Bead, Comparison, Leftover, compare_translation
from checker.evidence.types import source_evidence
from checker.rules.types import Unpaired
from checker.rules.unpaired import OneSided, one_sided

_JOINT = "\n\n"  # no sentence goes across it


def one_sided_in_units(document: Document, source: AlignedSource) -> OneSided:
    """As `one_sided`, of all units together; evidence is named by its unit, and is all of it for what was added."""
    original = _joined(source)
    names: list[str] = []
    parts: list[Comparison] = []
    for unit, part in zip(source.units, original.parts, strict=True):
        theirs = _sentences_in(original, part.span)
        names += [unit.id] * len(theirs)
        parts.append(_compared(document, unit, theirs, source.language[:2]))
    beads, added, left_out = (
        (tuple(chain.from_iterable(some)) for some in zip(*parts, strict=True)) if parts else ((),) * 3
    )
    compared = Comparison(beads, added, left_out)
    if not document.sentences:
        return OneSided((), ())
    alone = one_sided(document, original, compared, names)
    return OneSided(alone.left_out, tuple(_against_unit(each, source) for each in alone.added))


def _joined(source: AlignedSource) -> Document:
    """The originals as one document, each a part of it."""
    texts = [unit.text for unit in source.units]
    ends = list(accumulate(len(text) + len(_JOINT) for text in texts))
    parts = [
        Part(PartKind.UNIT, Span(end - len(_JOINT) - len(text), end - len(_JOINT)))
        for text, end in zip(texts, ends, strict=True)
    ]
    return make_document(_JOINT.join(texts), id="", path=source.path, language=source.language, parts=parts)


def _sentences_in(document: Document, span: Span) -> tuple[Sentence, ...]:
    """The sentences that lie in the span, in part at least."""
    first = bisect_right(document.sentences, span.start, key=lambda one: one.span.end)
    return document.sentences[first : bisect_left(document.sentences, span.end, key=lambda one: one.span.start)]


def _compared(document: Document, unit: SourceUnit, theirs: tuple[Sentence, ...], language: str) -> Comparison:
    """What of the unit and its translation belongs together, and what either has alone; all of both where they have as
    many sentences.

    Of a unit with a sentence that goes on beyond it nothing is known.
    """
    if not unit.span.of(document.text).strip():
        before = bisect_left(document.sentences, unit.span.start, key=lambda one: one.span.start)
        return Comparison((), (), tuple(Leftover(each.index, before, math.inf) for each in theirs))
    ours = _sentences_in(document, unit.span)
    whole = all(unit.span.start <= each.span.start and each.span.end <= unit.span.end for each in ours)
    if not ours or not theirs or not whole:
        return Comparison((), (), ())
    here, there = ours[0].index, theirs[0].index
    if len(ours) == len(theirs):
        return Comparison((Bead(here, ours[-1].index, there, theirs[-1].index, 1.0),), (), ())
    compared = compare_translation(ours, theirs, language, document.language[:2])
    return Comparison(
        tuple(
            Bead(
                each.first + here, each.last + here, each.source_first + there, each.source_last + there, each.relevance
            )
            for each in compared.beads
        ),
        tuple(Leftover(each.sentence + here, each.other + there, each.margin) for each in compared.added),
        tuple(Leftover(each.sentence + there, each.other + here, each.margin) for each in compared.left_out),
    )


def _against_unit(added: Unpaired, source: AlignedSource) -> Unpaired:
    unit = source.unit_at(added.span)
    if unit is None:
        return added
    return replace(added, evidence=source_evidence(unit.id, unit.text, 1.0, source.path))
