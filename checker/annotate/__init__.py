"""Findings written back into a copy of the file they are about, in the notes that its format has."""

from checker.annotate.registry import Annotated, annotate, annotate_several

__all__ = ["Annotated", "annotate", "annotate_several"]
