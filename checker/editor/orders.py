"""From what a client sent to an `Order`: sizes and offsets are checked here, so that the check can rely on them."""

from __future__ import annotations

from collections.abc import Sequence

from checker.document import (
    AlignedSource,
    Document,
    Part,
    PartKind,
    Sentence,
    SourceUnit,
    Span,
    has_half_character,
    identify_language,
    make_document,
)
from checker.editor.desk import Order
from checker.editor.shapes import CheckRequest, DecisionRequest, FactShape, PartShape, UnitShape
from checker.errors import UsageError
from checker.evidence import Fact, facts_from_strings
from checker.findings import Finding
from checker.report import Report, Signature
from checker.report.json import finding_from_dict
from checker.version import __version__


def refuse_impossible(request: CheckRequest, longest_text: int) -> None:
    """Raise UsageError for a text that is empty, too long or broken: what can be told before any work."""
    for name, text in (("text", request.text), ("source", request.source or "")):
        if len(text) > longest_text:
            raise UsageError(f"the {name} is longer than {longest_text:,} characters; check it in parts")
        if has_half_character(text):
            raise UsageError(f"the {name} holds half a character (a broken \\u escape); send whole ones")
    if not request.text.strip():
        raise UsageError("the text is empty; there is nothing to check")


def order_of(request: CheckRequest, language: str | None = None) -> Order:
    """The order; `language` is that of the settings. Raises UsageError where places or facts are amiss."""
    document = make_document(
        request.text,
        title=request.title,
        language=request.language or language,
        parts=_parts(request.parts, request.text, "parts"),
    )
    return Order(
        document=document,
        facts=facts_from_strings(_fact(fact, number) for number, fact in enumerate(request.facts, start=1)),
        source=_source(request),
        as_of=request.as_of,
        max_alerts=request.max_alerts,
    )


def _parts(shapes: Sequence[PartShape], text: str, name: str) -> list[Part]:
    """The parts; nothing but white space may lie between them, for it would be checked by nobody."""
    spans = _spans(shapes, name, len(text))
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True) if spans else ():
        if text[start:end].strip():
            raise UsageError(f"the text at {start}:{end} is in none of the {name}; give some that hold all of it")
    return [Part(PartKind(shape.kind), span) for shape, span in zip(shapes, spans, strict=True)]


def _spans(shapes: Sequence[PartShape | UnitShape], name: str, end: int) -> list[Span]:
    """Where the shapes lie: ascending within the text, without overlaps."""
    reached = 0
    for number, shape in enumerate(shapes):
        if not reached <= shape.start <= shape.end <= end:
            raise UsageError(f"{name}[{number}] is {shape.start}:{shape.end}; give ascending places within the text")
        reached = shape.end
    return [Span(shape.start, shape.end) for shape in shapes]


def _fact(fact: FactShape | str, number: int) -> Fact:
    given = FactShape(text=fact) if isinstance(fact, str) else fact
    if given.valid_from and given.valid_until and given.valid_until < given.valid_from:
        raise UsageError(f"fact {number}: valid_until {given.valid_until} is before valid_from {given.valid_from}")
    return Fact(
        id=given.id or f"fact:{number}",
        text=given.text,
        language=given.language or "en",
        origin=given.origin,
        valid_from=given.valid_from,
        valid_until=given.valid_until,
    )


def _source(request: CheckRequest) -> Document | AlignedSource | None:
    """The original: unit by unit where it is given so, else as an article of its own."""
    if request.units:
        spans = _spans(request.units, "units", len(request.text))
        spoken = request.source_language or identify_language("\n".join(unit.text for unit in request.units))
        units = (SourceUnit(unit.id, span, unit.text) for unit, span in zip(request.units, spans, strict=True))
        return AlignedSource(tuple(units), spoken)
    if request.source is None or not request.source.strip():
        return None
    parts = _parts(request.source_parts, request.source, "source_parts")
    return make_document(request.source, language=request.source_language, parts=parts)


def subject_of(asked: DecisionRequest, calibration: str | None = None) -> tuple[Report, Finding]:
    """What a decision is about, as the decision store takes it: a report on the one sentence, and its finding.

    `calibration` is the id of the newsroom's own that confidences are shown under.
    """
    place = Span(0, len(asked.sentence))
    sentences = (Sentence(0, place, asked.sentence),)
    document = Document(asked.article or "pasted text", asked.sentence, sentences, title=asked.article)
    signature = Signature(__version__, "", asked.model_hash, "", "", calibration=calibration)
    try:
        finding = finding_from_dict(asked.finding.model_dump() | {"sentence": 0})
    except (ValueError, TypeError) as error:
        raise UsageError(f"finding: {error}; send it as the report had it") from error
    return Report(document, (finding,), (), (), signature), finding
