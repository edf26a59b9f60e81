"""What every form says of a comparison."""

from __future__ import annotations

from checker.audit.changes.comparison import Comparison, Documents
from checker.audit.page.entries import name_of
from checker.report.wording import count


def headline(comparison: Comparison) -> str:
    """The result in one line: "3 findings are new, 2 are gone, 40 are unchanged"."""
    new, gone, same = (tally.findings for tally in (comparison.new, comparison.gone, comparison.unchanged))
    return f"{count(new, 'finding')} new, {gone:,} gone, {same:,} unchanged"


def remarks(comparison: Comparison) -> list[str]:
    """What has to be known besides the findings: other settings, other documents, what could not be checked."""
    said = [
        f"The audits differ in {name}: {before} before, {after} now." for name, before, after in comparison.differences
    ]
    if comparison.lost:
        said.append(f"{count(comparison.lost, 'document')} could be checked before and not now.")
    if comparison.regained:
        said.append(f"{count(comparison.regained, 'document')} could not be checked before and now can.")
    if not comparison.shared:
        said.append("The audits have no document in common: nothing can be compared.")
    for which, documents in (("added", comparison.added), ("no longer there", comparison.removed)):
        if documents.number:
            said.append(f"{count(documents.number, 'document')} {which}: {_names(documents)}")
    return said


def _names(documents: Documents) -> str:
    names = ", ".join(row.path or name_of(row) for row in documents.first[:5])
    return f"{names} …" if documents.number > 5 else names
