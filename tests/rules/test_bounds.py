"""What the right bound is in English: whether the figure itself is meant too."""

from __future__ import annotations

import pytest

from .material import run


@pytest.mark.parametrize(
    ("language", "copy", "original", "expected"),
    [
        ("es", "It has more than 60 rooms.", "Tiene hasta 60 salas.", "up to"),
        ("es", "It has more than 60 rooms.", "Tiene menos de 60 salas.", "less than"),
        ("es", "It has less than 60 rooms.", "Tiene al menos 60 salas.", "at least"),
        ("es", "It has less than 60 rooms.", "Tiene más de 60 salas.", "more than"),
        ("fr", "Less than 60 people came.", "Au moins 60 personnes sont venues.", "at least"),
        ("fr", "More than 60 people came.", "Moins de 60 personnes sont venues.", "less than"),
        ("de", "More than 60 people came.", "Bis zu 60 Menschen kamen.", "up to"),
        ("de", "Up to 60 people came.", "Mindestens 60 Menschen kamen.", "at least"),
        ("pt", "More than 60 people came.", "Vieram até 60 pessoas.", "up to"),
        ("it", "More than 60 people came.", "Sono venute fino a 60 persone.", "up to"),
    ],
)
def test_the_bound_that_is_meant_is_suggested(language: str, copy: str, original: str, expected: str) -> None:
    (candidate,) = run("bounds", copy, original, language)
    assert candidate.suggestions == (expected,)
