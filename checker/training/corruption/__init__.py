"""Clean sentence -> typed, span-labelled errors as machine translation makes them, and harmless edits beside them."""

from __future__ import annotations

from checker.training.corruption.corruptor import Corruptor
from checker.training.corruption.types import Corruption, Edit, Paraphrase

__all__ = ["Corruption", "Corruptor", "Edit", "Paraphrase"]
