"""The text under check, and places in it. Everything later refers to `Document.text` by code-point offsets."""

from checker.document.spans import Document, Sentence, Span

__all__ = ["Document", "Sentence", "Span"]
