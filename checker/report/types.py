"""Report and Signature: everything a renderer needs, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from checker.document import Document
from checker.findings import Finding, SentenceVerdict


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that could not be checked, and why: `what` names it (a fact line, a source file)."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Signature:
    """What made this report; equal signatures and equal input give byte-identical output.

    `as_of` is the day on which facts had to be valid, None where every day has the same.
    """

    checker: str
    model: str
    model_hash: str
    settings_hash: str
    backend: str
    facts_hash: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Result of checking one document; findings are ordered by confidence, highest first."""

    document: Document
    findings: tuple[Finding, ...]
    sentences: tuple[SentenceVerdict, ...]
    skipped: tuple[Skipped, ...]
    signature: Signature

    def _repr_html_(self) -> str:
        """Notebook display: the article with highlights, escaped."""
        from checker.report.html import render_fragment  # renderers import this module

        return render_fragment(self)
