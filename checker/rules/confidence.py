"""How sure a rule's alarms are: measured, one figure a rule.

A rule decides yes or no, so its confidence is one number: the share of its alarms that are right on copy with one slip
of the rule's kind in a hundred sentences. From the recall on injected slips r and the alarms on clean copy f, both for
a sentence, it is r / (r + 99 f), with f at the upper end of its 95 % interval, and at most 0.99.

Made of what `checker evaluate rules rules-articles --data DIR` counts: alarms over whole files of translations (18,597
sentences, no `--limit`), slips of every fourth sentence of whole files (of lost names in every one). `left-out` and
`added`: of `checker evaluate rules-sentences --data DIR`, alarms over 36,500 sentences in documents as they are, with
sentences swapped, and with sentences joined, for translators join them; the two rules have a figure of their own where
the aligner is less sure. Copy that an editor works on adds and drops more than these files do.
"""

from __future__ import annotations

SLIP_RATE = 0.01  # slips in a sentence
HIGHEST = 0.99
# A rule that somebody adds stands at the bottom until it is measured.
UNMEASURED = 0.5

MEASURED: dict[str, float] = {
    "numbers": 0.78,
    "units": 0.95,
    "bounds": 0.95,
    "dates": 0.92,
    "relative-dates": 0.98,
    "attribution": 0.98,
    "lost-names": 0.92,
    "left-out": 0.88,
    "added": 0.91,
    "countries": 0.97,
    "names": 0.86,
    "weekday": 0.98,
    "repetition": 0.91,
    "untranslated": 0.97,
}

# No slips can be made for these yet. What is known: alarms in 12,727 sentences of clean articles (spelling 2, both
# right; quotes 1, since mended), and that a glossary is somebody's own decision. Alarms of `calques` have confidences
# of their own (`checker.rules.calques`); here stands what its rows have that are shown alone.
ESTIMATED: dict[str, float] = {
    "spelling": 0.8,
    "quotes": 0.7,
    "terminology": 0.8,
    "typography": 0.6,
    "loaded-terms": 0.8,
    "calques": 0.8,
    "time-zones": 0.8,
}


def confidence_of(rule: str) -> float:
    """Confidence of the rule's alarms, in [0, 1]."""
    return MEASURED.get(rule, ESTIMATED.get(rule, UNMEASURED))


def measured_confidence(recall: float, false_alarms: float) -> float:
    """The figure for the table, from the share of slips found and the false alarms in a sentence.

    >>> round(measured_confidence(0.96, 0.001), 2)
    0.91
    """
    right, wrong = recall * SLIP_RATE, false_alarms * (1.0 - SLIP_RATE)
    return min(HIGHEST, right / (right + wrong)) if right else 0.0
