"""Findings as diagnostics: what an editor underlines, says, and leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lsprotocol.types import (
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    Location,
    Position,
    PositionEncodingKind,
    Range,
)

from checker.document import Span
from checker.editor.lsp.buffer import Buffer
from checker.editor.lsp.positions import Lines
from checker.evidence import Evidence, EvidenceKind
from checker.findings import Finding, FindingEvidence, Severity, Verdict
from checker.report import Report
from checker.report.visible import show_invisible
from checker.report.wording import category_name, confidence_words, evidence_name

SOURCE = "checker"
NOT_CHECKED = "not-checked"
_SEVERITIES = {
    Severity.CRITICAL: DiagnosticSeverity.Error,
    Severity.MAJOR: DiagnosticSeverity.Warning,
    Severity.MINOR: DiagnosticSeverity.Information,
    Severity.NEUTRAL: DiagnosticSeverity.Hint,
}
_LINE_OF = re.compile(r"(?P<name>.+):(?P<line>\d{1,9})\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How one editor sees one text: its units, whether it shows related places, and where fact files lie.

    `fact_files` leads from names, as origins of facts begin with them, to URIs.
    """

    uri: str
    buffer: Buffer
    encoding: PositionEncodingKind | str = PositionEncodingKind.Utf16
    related: bool = True
    fact_files: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding and its place in the editor's text, `diagnostic` is how it is shown there."""

    finding: Finding
    place: Span
    diagnostic: Diagnostic


def shown_findings(findings: Iterable[Finding], view: View) -> list[Shown]:
    """Findings in the order of the text; those whose words the editor's text does not have itself are left out."""
    lines = Lines(view.buffer.text, view.encoding)
    shown = []
    for finding in sorted(findings, key=lambda each: (each.span, each.id)):
        place = view.buffer.outward(finding.span)
        if place is not None:
            shown.append(Shown(finding, place, _diagnostic(finding, lines.range(place), view, lines)))
    return shown


def unchecked_sentences(report: Report, view: View) -> Iterator[Diagnostic]:
    """A hint at each sentence that could not be read whole; that nothing speaks of one is usual, and no hint."""
    from checker.report.completeness import NOTHING_TO_JUDGE

    lines = Lines(view.buffer.text, view.encoding)
    for each in report.sentences:
        place = view.buffer.outward(each.span)
        if each.verdict is Verdict.NOT_CHECKED and each.reason != NOTHING_TO_JUDGE and place is not None:
            message = f"Not checked: {each.reason}"
            yield Diagnostic(lines.range(place), message, DiagnosticSeverity.Hint, code=NOT_CHECKED, source=SOURCE)


def _diagnostic(finding: Finding, place: Range, view: View, lines: Lines) -> Diagnostic:
    sure = f"{confidence_words(finding.confidence)}, {finding.confidence:.0%}"
    message = f"{finding.message} ({category_name(finding.category)}; {sure})"
    told = [piece for piece in finding.evidence if piece.evidence.kind is not EvidenceKind.LANGUAGE]
    if told and not view.related:
        message += "".join(f"\n{_said(piece.evidence)}" for piece in told[:1])
    return Diagnostic(
        range=place,
        message=show_invisible(message),
        severity=_SEVERITIES[finding.severity],
        code=finding.category,
        source=SOURCE,
        related_information=[_related(piece, place, view, lines) for piece in told] if view.related else None,
        data={"fingerprint": finding.fingerprint},
    )


def _related(piece: FindingEvidence, place: Range, view: View, lines: Lines) -> DiagnosticRelatedInformation:
    """The evidence where it stands: in this text, in its fact file, else beside the finding itself."""
    evidence = piece.evidence
    location = Location(view.uri, place)
    if evidence.kind is EvidenceKind.ARTICLE and evidence.span is not None:
        there = view.buffer.outward(_conflict(piece, evidence.span))
        location = Location(view.uri, lines.range(there)) if there is not None else location
    elif evidence.kind is EvidenceKind.FACT and (found := _LINE_OF.match(evidence.origin or "")):
        uri = view.fact_files.get(found["name"])
        start = Position(max(0, int(found["line"]) - 1), 0)
        location = Location(uri, Range(start, start)) if uri else location
    return DiagnosticRelatedInformation(location, _said(evidence))


def _conflict(piece: FindingEvidence, sentence: Span) -> Span:
    """The words of the sentence that say otherwise, in the document; the whole sentence where they are not known."""
    return sentence if piece.conflict is None else piece.conflict.shift(sentence.start)


def _said(evidence: Evidence) -> str:
    name = evidence_name(evidence)
    return show_invisible(f"{name[0].upper()}{name[1:]}: “{' '.join(evidence.text.split())}”")
