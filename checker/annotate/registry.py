"""Which writer a format has; a file in any other format stays as it is and gets Web Annotations beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from checker.annotate import docx, html, odt, po, tmx, web_annotations, xliff
from checker.readers import Reading
from checker.report import Report

Write = Callable[[bytes, Reading, Report], bytes]
WRITERS: dict[str, Write] = {
    "html": html.write,
    "xliff": xliff.write,
    "tmx": tmx.write,
    "po": po.write,
    "docx": docx.write,
    "odt": odt.write,
}


@dataclass(frozen=True, slots=True)
class Annotated:
    """A copy of the file, with notes in it, or unchanged with `sidecar` (JSON-LD) to be kept beside it."""

    content: bytes
    sidecar: bytes | None = None


def annotate_several(data: bytes, checked: Sequence[tuple[Reading, Report]], *, name: str) -> Annotated:
    """A file that holds several documents, unchanged, with one sidecar for the findings of all of them."""
    return Annotated(data, web_annotations.write(checked, name))


def annotate(data: bytes, reading: Reading, report: Report, *, name: str) -> Annotated:
    """The file `data`, read as `reading`, with the findings of `report`; `name` is what the copy will be called."""
    writer = WRITERS.get(reading.format)
    if writer is not None:
        return Annotated(writer(data, reading, report))
    return Annotated(data, web_annotations.write([(reading, report)], name))
