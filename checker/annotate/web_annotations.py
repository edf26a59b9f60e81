"""W3C Web Annotations (JSON-LD) beside a file that stays as it is: wire messages, subtitles, tables, plain text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from checker.annotate.comments import comment_on
from checker.findings import Finding
from checker.readers import Reading
from checker.report import Report

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_JSON_POINTER = "http://tools.ietf.org/rfc/rfc6901"
_AROUND = 32  # characters of context before and behind


def write(checked: Sequence[tuple[Reading, Report]], source: str) -> bytes:
    """An AnnotationPage on the file named `source`, with a finding an annotation, in order of the documents and texts.

    Each target is told by the words and those around them, by its XPath or JSON pointer where the format has such,
    and by its bytes in the file where it is not compressed.
    """
    page = {
        "@context": _CONTEXT,
        "type": "AnnotationPage",
        "items": [
            _annotation(finding, reading, source)
            for reading, report in checked
            for finding in sorted(report.findings, key=lambda finding: (finding.span, finding.id))
        ],
    }
    return (json.dumps(page, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _annotation(finding: Finding, reading: Reading, source: str) -> dict[str, Any]:
    comment = {
        "type": "TextualBody",
        "purpose": "commenting",
        "format": "text/plain",
        "language": "en",
        "value": comment_on(finding),
    }
    suggestions = [
        {"type": "TextualBody", "purpose": "editing", "format": "text/plain", "value": suggestion}
        for suggestion in finding.suggestions
    ]
    return {
        "id": f"urn:checker:{finding.fingerprint}",
        "type": "Annotation",
        "motivation": "commenting",
        "body": [comment, *suggestions],
        "target": {"source": source, "selector": _selectors(finding, reading)},
    }


def _selectors(finding: Finding, reading: Reading) -> list[dict[str, Any]]:
    text, span = reading.document.text, finding.span
    quote = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(span.start - _AROUND, 0) : span.start],
        "suffix": text[span.end : span.end + _AROUND],
    }
    place = reading.place(span)
    named = _named(place.locator, quote) if place else None
    return [*([named] if named else []), quote, *_bytes(finding, reading)]


def _named(locator: str, quote: dict[str, Any]) -> dict[str, Any] | None:
    """A selector for an XPath or a JSON pointer; None for places that only people can find."""
    if not locator.startswith("/"):
        return None
    pointer, _, inner = locator.partition(" ")
    # In NITF within ninjs an XPath goes on from the pointer.
    within = {"type": "XPathSelector", "value": inner, "refinedBy": quote} if inner else quote
    if "[" in pointer:
        return {"type": "XPathSelector", "value": locator, "refinedBy": quote}
    return {"type": "FragmentSelector", "conformsTo": _JSON_POINTER, "value": pointer, "refinedBy": within}


def _bytes(finding: Finding, reading: Reading) -> list[dict[str, Any]]:
    place = None if reading.packed else reading.file_span(finding.span)
    if place is None:
        return []
    before = len(reading.decoded[: place.start].encode(reading.encoding, "replace")) + reading.mark_length
    inside = len(place.of(reading.decoded).encode(reading.encoding, "replace"))
    return [{"type": "DataPositionSelector", "start": before, "end": before + inside}]
