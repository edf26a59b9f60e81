"""Side by side: each passage of a document with the passage of the source that it translates."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from checker.document import AlignedSource, Document, SourceUnit, Span
from checker.evidence.translation import Bead
from checker.evidence.types import Evidence, Relation, sentence_range, source_evidence
from checker.rules.types import Counterpart, Material, Passage


def counterparts_of(document: Document, source: AlignedSource) -> Iterator[Counterpart]:
    """The counterparts in order, as the source's file aligned them."""
    for place in range(len(source.units)):
        yield from _of_unit(document, source, place)


def aligned_counterparts(document: Document, source: Document, beads: Iterable[Bead]) -> Iterator[Counterpart]:
    """The counterparts in order, as `compare_translation` pairs them."""
    for bead in beads:
        yield _of_bead(document, source, bead)


def originals_of(material: Material) -> tuple[str | None, ...]:
    """What each sentence of the document translates, None where it is in no counterpart; empty where there are none.

    Where several passages of the source lie in one sentence, it is all of them.
    """
    if not material.counterparts:
        return ()
    found: dict[int, list[str]] = {}
    for pair in material.counterparts:
        for sentence in pair.sentences:
            found.setdefault(sentence.index, []).append(pair.there.text)
    sentences = material.document.sentences
    return tuple(" ".join(found[each.index]) if each.index in found else None for each in sentences)


def references_of(document: Document, pairs: Iterable[Counterpart], language: str) -> list[Evidence | None]:
    """For each sentence of the document what it translates, as evidence in `language`; None where that is not known.

    A sentence that shares its counterpart with others has it as mere context: it says more than that sentence.
    """
    passages: dict[int, list[Counterpart]] = {}
    for pair in pairs:
        for sentence in pair.sentences:
            passages.setdefault(sentence.index, []).append(pair)
    return [_reference(passages.get(each.index, ()), language) for each in document.sentences]


def _reference(passages: Sequence[Counterpart], language: str) -> Evidence | None:
    if not passages:
        return None
    first = passages[0].evidence
    alone = all(len(pair.sentences) == 1 for pair in passages)
    return replace(
        first,
        text=" ".join(pair.there.text for pair in passages),
        relevance=min(pair.evidence.relevance for pair in passages),
        relation=Relation.REFERENCE if alone else Relation.CONTEXT,
        language=language,
    )


def _of_bead(document: Document, source: Document, bead: Bead) -> Counterpart:
    here = _passage(document, bead.first, bead.last)
    there = _passage(source, bead.source_first, bead.source_last)
    place = sentence_range(bead.source_first, bead.source_last)
    around = _passage(source, bead.source_first - 1, bead.source_last + 1)
    here_around = _passage(document, bead.first - 1, bead.last + 1)
    return Counterpart(
        sentences=document.sentences[bead.first : bead.last + 1],
        here=here,
        there=there,
        evidence=source_evidence(place, there.text, bead.relevance, source.path),
        around=around.text,
        here_around=here_around.text,
    )


def _of_unit(document: Document, source: AlignedSource, place: int) -> Iterator[Counterpart]:
    """One unit of a bitext file, where a sentence of the document lies in it."""
    unit = source.units[place]
    first = bisect_right(document.sentences, unit.span.start, key=lambda one: one.span.end)
    sentences = document.sentences[
        first : bisect_left(document.sentences, unit.span.end, key=lambda one: one.span.start)
    ]
    if not sentences or not unit.text.strip():
        return
    near: tuple[SourceUnit, ...] = source.units[max(0, place - 1) : place + 2]
    yield Counterpart(
        sentences=sentences,
        here=Passage(unit.span.of(document.text), unit.span.start, document.language[:2]),
        there=Passage(unit.text, 0, source.language[:2]),
        evidence=source_evidence(unit.id, unit.text, 1.0, source.path or document.path),
        around=" ".join(one.text for one in near),
        here_around=Span(near[0].span.start, near[-1].span.end).of(document.text),
    )


def _passage(document: Document, first: int, last: int) -> Passage:
    """The text from one sentence to another, both inclusive and kept within the document."""
    start = document.sentences[max(0, first)].span.start
    end = document.sentences[min(len(document.sentences) - 1, last)].span.end
    return Passage(document.text[start:end], start, document.language[:2])
