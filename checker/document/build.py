"""From a text to a Document: the one place where sentences are cut, so that every path numbers them alike."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from checker.document.language import identify_language
from checker.document.segmentation import split_sentences
from checker.document.spans import Document, Sentence

_ID_LENGTH = 12


def make_document(
    text: str,
    *,
    id: str | None = None,
    path: str | None = None,
    title: str | None = None,
    language: str | None = None,
    notes: Sequence[str] = (),
) -> Document:
    """A Document over `text`, which is kept exactly as it is.

    `id` defaults to twelve hexadecimal digits of the text's SHA-256, so the same text always has the same id;
    `language` (ISO 639-1) is identified where it is None. A blank text gives a document without sentences.
    """
    spoken = language or identify_language(text)
    sentences = tuple(Sentence(index, span, span.of(text)) for index, span in enumerate(split_sentences(text, spoken)))
    return Document(
        id=id if id is not None else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH],
        text=text,
        sentences=sentences,
        language=spoken,
        path=path,
        title=title,
        notes=tuple(notes),
    )
