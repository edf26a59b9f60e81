"""What the page, the terminal and the notebook say of an audit, so that they say the same."""

from __future__ import annotations

from checker.audit.schema import Status
from checker.audit.survey import Survey, Tally
from checker.evidence import EvidenceKind
from checker.report.wording import category_name, count, kind_name

FACET_TITLES = {
    "category": "Category",
    "severity": "Severity",
    "engine": "MT engine",
    "pair": "Languages",
    "desk": "Desk",
    "agency": "Agency",
    "evidence": "Evidence",
}


def facet_name(facet: str, value: str) -> str:
    """A value of a facet for a reader: "accuracy/mistranslation/entity" is "wrong name"."""
    if facet == "category":
        return category_name(value)
    return kind_name(EvidenceKind(value)) if facet == "evidence" and value in list(EvidenceKind) else value


def expected_words(tally: Tally) -> str:
    """How many findings are real by their confidence: "about 41"; "0" of none."""
    return f"about {tally.expected:,.0f}" if tally.findings else "0"


def headline(counted: Survey) -> str:
    """The result in one line. An audit in which nothing could be checked is never called clean."""
    total = counted.total
    if not total.documents:
        return "Not checked: no document could be checked"
    if not total.findings:
        unchecked = counted.statuses[Status.SKIPPED]
        but = f"; {count(unchecked, 'document')} could not be checked" if unchecked else ""
        return f"No finding in {count(total.documents, 'document')}{but}"
    real = f"{expected_words(total)} of {'these' if total.findings > 1 else 'this'} {total.findings:,}"
    return (
        f"{count(total.findings, 'finding')} in {total.flagged:,} of {count(total.documents, 'document')}: "
        f"{real} {'are' if total.expected >= 1.5 else 'is'} real"
    )
