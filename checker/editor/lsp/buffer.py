"""What an editor holds as a Document: Markdown by its language id, everything else as the file that it would be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checker.document import Document, Span, make_document
from checker.editor.markdown import markdown_pieces
from checker.editor.marked_text import MarkedText
from checker.errors import UnreadableFileError
from checker.readers import read_with_positions

_MARKDOWN = ("markdown", "mdx", "quarto", "rmd")


@dataclass(frozen=True, slots=True)
class Buffer:
    """A document, and where its spans stand in the editor's text (None: nowhere)."""

    text: str
    document: Document
    outward: Callable[[Span], Span | None]


def read_buffer(text: str, *, path: str, language_id: str, language: str | None = None) -> Buffer | None:
    """The buffer's document, None where there is nothing to check. Raises UnreadableFileError for a broken file."""
    if not text.strip():
        return None
    if language_id.lower() in _MARKDOWN:
        marked = MarkedText.of(markdown_pieces(text))
        if not marked.text.strip():
            return None
        return Buffer(text, make_document(marked.text, path=path, language=language), marked.outward)
    try:
        content = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableFileError(f"{path}: holds half a character; save it as UTF-8") from error
    reading = read_with_positions(content, path=path, language=language)
    if reading.decoded != text.removeprefix("\ufeff"):
        raise UnreadableFileError(f"{path}: declares another encoding than UTF-8; check the saved file instead")
    mark = len(text) - len(reading.decoded)
    return Buffer(text, reading.document, lambda span: _moved(reading.file_span(span), mark))


def _moved(span: Span | None, by: int) -> Span | None:
    return None if span is None else span.shift(by)
