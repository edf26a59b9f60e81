"""The text under check, and places in it. Everything later refers to `Document.text` by code-point offsets."""

from checker.document.build import make_document
from checker.document.language import identify_language
from checker.document.segmentation import split_sentences
from checker.document.spans import Document, Sentence, Span

__all__ = ["Document", "Sentence", "Span", "identify_language", "make_document", "split_sentences"]
