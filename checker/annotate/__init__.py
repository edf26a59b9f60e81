"""Findings written back into a copy of the file they are about, in the notes that its format has."""

from checker.annotate.registry import Annotated, annotate

__all__ = ["Annotated", "annotate"]
