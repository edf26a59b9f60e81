"""The main job on twenty articles with names and modifiers of their own: found, explained, corrected."""

from __future__ import annotations

import pytest

from checker import Checker, Finding
from checker.document import Span
from tests.end_to_end.variants import Variant, variants

VARIANTS = variants()
FEWEST_FOUND = 17
FEWEST_CORRECTED = 15


def _hit(checker: Checker, variant: Variant) -> Finding | None:
    """The finding on the wrong word among the five surest ones."""
    report = checker.check(variant.text)
    assert len(report.findings) <= 8
    wrong = Span(variant.start, variant.end)
    return next((found for found in report.findings[:5] if found.span.overlaps(wrong)), None)


@pytest.fixture(scope="module")
def hits(embedded: Checker) -> list[Finding | None]:
    """For each variant the finding on its wrong word, None where it was missed."""
    return [_hit(embedded, variant) for variant in VARIANTS]


def test_marks_are_exact() -> None:
    """The variants themselves are well formed."""
    assert len(VARIANTS) == 20
    assert all(variant.text[variant.start : variant.end] == variant.wrong for variant in VARIANTS)


def test_wrong_words_are_found(hits: list[Finding | None]) -> None:
    """Almost all are among the five surest findings."""
    missed = [variant.wrong for variant, hit in zip(VARIANTS, hits, strict=True) if hit is None]
    assert len(VARIANTS) - len(missed) >= FEWEST_FOUND, missed


def test_findings_show_evidence_of_the_article(hits: list[Finding | None]) -> None:
    """Each finding quotes another sentence of the article, and shows the conflicting words in it."""
    for hit in hits:
        if hit is not None:
            assert any(item.evidence.kind == "article" and item.conflict is not None for item in hit.evidence), hit


def test_right_words_are_suggested(hits: list[Finding | None]) -> None:
    """Most findings suggest the word that stood there."""
    corrected = [
        variant.right
        for variant, hit in zip(VARIANTS, hits, strict=True)
        if hit is not None and any(variant.right.lower() in suggestion.lower() for suggestion in hit.suggestions)
    ]
    assert len(corrected) >= FEWEST_CORRECTED, corrected
