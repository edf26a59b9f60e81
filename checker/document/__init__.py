"""The text under check, and places in it. Everything later refers to `Document.text` by code-point offsets."""

from checker.document.build import make_document
from checker.document.half_characters import has_half_character, holds_half_character, without_halves
from checker.document.language import (
    confirm_language,
    foreign_language,
    identify_language,
    language_code,
    language_probability,
    other_languages,
)
from checker.document.segmentation import split_sentences
from checker.document.spans import AlignedSource, Document, Part, PartKind, Sentence, SourceUnit, Span

__all__ = [
    "AlignedSource",
    "Document",
    "Part",
    "PartKind",
    "Sentence",
    "SourceUnit",
    "Span",
    "confirm_language",
    "foreign_language",
    "has_half_character",
    "holds_half_character",
    "identify_language",
    "language_code",
    "language_probability",
    "make_document",
    "other_languages",
    "split_sentences",
    "without_halves",
]
