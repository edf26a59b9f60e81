"""Findings written back into a copy of the file they are about, in the notes that its format has."""

from checker.annotate.corrections import Corrected, correct
from checker.annotate.registry import WRITERS, Annotated, annotate, annotate_several

__all__ = ["WRITERS", "Annotated", "Corrected", "annotate", "annotate_several", "correct"]
