"""JUnit XML, which every continuous integration shows: one test case a document, named by its path.

There is no standard; elements and attributes are those of Ant's and Surefire's reports, which Jenkins, GitLab, GitHub
actions and Azure read. A document fails by a finding at or above `fail_on`. One that could not be checked is an error,
one that was checked in part, or is a copy of another, is skipped: neither is ever shown as passed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from xml.sax.saxutils import escape, quoteattr

from checker.audit.dataset import AuditReader
from checker.audit.joined import Story, read_stories
from checker.audit.ranks import severity_rank
from checker.audit.schema import DocumentRow, FindingRow, Status
from checker.findings import Severity
from checker.report.visible import show_invisible
from checker.report.wording import category_name, count

_NO_CHARACTERS = str.maketrans(dict.fromkeys("\ufffe\uffff", "\ufffd"))  # not allowed in XML 1.0


def export(reader: AuditReader, fail_on: Severity) -> Iterator[str]:
    """The file in pieces, documents in order."""
    outcomes = Counter(_outcome(row, fail_on) for row in reader.documents())
    counts = f'tests="{outcomes.total()}" failures="{outcomes["failure"]}" errors="{outcomes["error"]}"'
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="checker audit" {counts}>\n'
    yield f'<testsuite name="checker audit" {counts} skipped="{outcomes["skipped"]}">\n'
    for story in read_stories(reader):
        yield _case(story, fail_on)
    yield "</testsuite>\n</testsuites>\n"


def _outcome(row: DocumentRow, fail_on: Severity) -> str:
    if row.status is Status.SKIPPED:
        return "error"
    if row.worst is not None and severity_rank(row.worst) >= fail_on.rank:
        return "failure"
    return "skipped" if row.status is Status.DUPLICATE or row.incomplete else "passed"


def _case(story: Story, fail_on: Severity) -> str:
    row = story.document
    outcome = _outcome(row, fail_on)
    folder = PurePath(row.path).parent.as_posix()
    name = f"classname={_attribute(folder if folder != '.' else 'audit')} name={_attribute(row.path or row.id)}"
    if outcome == "passed" and not story.findings:
        return f"<testcase {name}/>\n"
    inner = ""
    if outcome == "failure":
        grave = [finding for finding in story.findings if severity_rank(finding.severity) >= fail_on.rank]
        named = f"type={_attribute(row.worst or '')} message={_attribute(_summary(grave))}"
        inner = f"<failure {named}>{_told(grave)}</failure>"
    elif outcome != "passed":
        inner = f"<{outcome} message={_attribute(_why(row))}/>"
    slight = [finding for finding in story.findings if severity_rank(finding.severity) < fail_on.rank]
    if slight:
        inner += f"<system-out>{_told(slight)}</system-out>"
    return f"<testcase {name}>{inner}</testcase>\n"


def _why(row: DocumentRow) -> str:
    if row.status is Status.SKIPPED:
        return f"not checked: {row.reason or 'no reason given'}"
    if row.status is Status.DUPLICATE:
        return f"same content as document {row.duplicate_of}, whose result holds here"
    unchecked = [f"{row.not_checked} of {count(row.sentences, 'sentence')} not checked"] if row.not_checked else []
    return "checked in part: " + "; ".join([*unchecked, *row.notes])


def _summary(findings: Sequence[FindingRow]) -> str:
    first = findings[0]
    more = f", and {len(findings) - 1} more" if len(findings) > 1 else ""
    return f"{category_name(first.category)}: “{first.text}”{more}"


def _told(findings: Sequence[FindingRow]) -> str:
    """One finding a line, with its place, as compilers write it."""
    return _text(
        "\n".join(
            f"{finding.path}:{finding.start_line}:{finding.start_column}: {finding.severity}: {finding.message} "
            f"[{finding.category}, {finding.confidence:.2f}] {' '.join(finding.context.split())}"
            for finding in findings
        )
    )


def _attribute(value: str) -> str:
    return quoteattr(show_invisible(value).translate(_NO_CHARACTERS))


def _text(value: str) -> str:
    return escape(show_invisible(value).translate(_NO_CHARACTERS))
