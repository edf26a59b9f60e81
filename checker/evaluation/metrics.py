"""Figures of merit, each from plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from checker.document import Span


def character_f1(found: Sequence[Iterable[Span]], gold: Sequence[Iterable[Span]]) -> dict[str, float]:
    """Precision, recall and F1 over the characters that spans cover, pooled over texts (micro average)."""
    hit = marked = wanted = 0
    for ours, theirs in zip(found, gold, strict=True):
        a, b = covered(ours), covered(theirs)
        hit, marked, wanted = hit + len(a & b), marked + len(a), wanted + len(b)
    precision, recall = hit / max(1, marked), hit / max(1, wanted)
    return {"precision": precision, "recall": recall, "f1": 2 * hit / max(1, marked + wanted)}


def preference(worse: float, better: float) -> float:
    """1 where the worse text has the strictly higher figure, a half for a tie, else 0."""
    return float(worse > better) + 0.5 * float(worse == better)


def area_under_roc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Probability that a positive has a higher score than a negative (ties half); nan without both kinds."""
    values, wanted = np.asarray(scores, dtype=np.float64), np.asarray(positive, dtype=bool)
    if wanted.all() or not wanted.any():
        return float("nan")
    order = np.unique(values, return_inverse=True)[1]
    counts = np.bincount(order)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[order]  # mean rank of equal values, from 1
    positives = int(wanted.sum())
    return float((ranks[wanted].sum() - positives * (positives + 1) / 2) / (positives * (len(values) - positives)))


def covered(spans: Iterable[Span]) -> set[int]:
    """The places that `spans` cover."""
    return {place for span in spans for place in range(span.start, span.end)}
