"""The file that an article was opened from, given back: with what was changed on the page, or the findings too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from checker.annotate import WRITERS, annotate, correct
from checker.document import AlignedSource
from checker.editor.desk import Order
from checker.editor.exports import Export, ExportFormat
from checker.editor.shapes import FileShape
from checker.editor.uploads import plain_name
from checker.errors import UsageError
from checker.readers import read_with_positions
from checker.report import Report

OF_THE_FILE = frozenset({ExportFormat.MARKED, ExportFormat.CORRECTED})
_BYTES = "application/octet-stream"  # a browser must never show somebody's HTML as a page of this server


def export_file(
    file: FileShape | None, order: Order, format_: ExportFormat, language: str | None, check: Callable[[Order], Report]
) -> Export:
    """The file, reading as the text of `order`; for MARKED it is checked as it then reads.

    `language` is the one that it was read with. Raises UsageError where there is no file, its format has no notes, or a
    change cannot be written into it, and UnreadableFileError.
    """
    if file is None:
        raise UsageError(f"{format_} is made of the file that was opened; send it as `file`, or export docx")
    name = plain_name(file.name)
    reading = read_with_positions(file.content, path=name, language=language)
    if format_ is ExportFormat.MARKED and reading.format not in WRITERS:
        raise UsageError(f"a file of the format {reading.format} has no place for alerts; export docx or html")
    made = correct(file.content, reading, order.document.text, path=name, language=language)
    content = made.content
    if format_ is ExportFormat.MARKED:
        # Units come from the file again, with their places in it.
        source = None if isinstance(order.source, AlignedSource) else order.source
        report = check(replace(order, document=made.reading.document, source=source))
        content = annotate(content, made.reading, report, name=name).content
    path = PurePath(name)
    return Export(content, _BYTES, f"{path.stem}-{format_}{path.suffix}")
