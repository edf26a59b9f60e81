"""From a text to a Document: the one place where sentences are cut, so that every path numbers them alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from checker.document.datelines import dateline_of
from checker.document.language import identify_language
from checker.document.segmentation import split_sentences
from checker.document.spans import Document, Part, Sentence, Span

_ID_LENGTH = 12
_OPENING = 4  # sentences in which a dateline may stand: headlines come before it


def make_document(
    text: str,
    *,
    id: str | None = None,
    path: str | None = None,
    title: str | None = None,
    language: str | None = None,
    notes: Sequence[str] = (),
    parts: Sequence[Part] = (),
) -> Document:
    """A Document over `text`, which is kept exactly as it is.

    `id` defaults to twelve hexadecimal digits of the text's SHA-256, so the same text always has the same id;
    `language` (ISO 639-1) is identified where it is None. A blank text gives a document without sentences.
    Each of `parts` is cut into sentences by itself; text outside of them belongs to no sentence. Where one of the first
    sentences begins with a dateline, its place and day are the document's.
    """
    spoken = language or identify_language(text)
    spans = _sentence_spans(text, spoken, [part.span for part in parts] or [Span(0, len(text))])
    sentences = tuple(Sentence(index, span, span.of(text)) for index, span in enumerate(spans))
    datelines = (dateline_of(sentence.text) for sentence in sentences[:_OPENING])
    dateline = next((found for found in datelines if found is not None), None)
    return Document(
        id=id if id is not None else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH],
        text=text,
        sentences=sentences,
        language=spoken,
        path=path,
        title=title,
        notes=tuple(notes),
        parts=tuple(parts),
        dateline=dateline.place if dateline else None,
        published=dateline.day if dateline else None,
    )


def _sentence_spans(text: str, language: str, stretches: Sequence[Span]) -> Iterator[Span]:
    for stretch in stretches:
        for span in split_sentences(stretch.of(text), language):
            yield span.shift(stretch.start)
