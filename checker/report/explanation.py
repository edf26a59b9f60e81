"""Why a sentence has the alert that it has, or none: what `Checker.explain` gives, to look at and to compute with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checker.document import Sentence
from checker.findings import EvidenceTrace, Finding, SentenceVerdict, Suspect, Thresholds
from checker.nli import TokenProbability
from checker.report.visible import show_invisible
from checker.report.wording import category_name, evidence_name, verdict_name

if TYPE_CHECKING:
    import altair
    import pandas

MOST_FIGURES = 8  # of one weighing are told in words; the object holds all


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that was known of one sentence, and what became of it.

    `finding` is the alert that was asked about, None where the sentence was. `evidence` holds one trace for each piece
    that the model was asked about, what counts most first, the words themselves (`language`) last. `thresholds` are the
    model's, `min_confidence` and `max_alerts` the user's.
    """

    sentence: Sentence
    verdict: SentenceVerdict
    finding: Finding | None
    evidence: tuple[EvidenceTrace, ...]
    thresholds: Thresholds
    min_confidence: float
    max_alerts: int

    @property
    def lead(self) -> EvidenceTrace | None:
        """The surest evidence that the finding rests on; without a finding what counts most. None without any view."""
        named = [item.evidence for item in self.finding.evidence] if self.finding else []
        resting = [
            trace
            for trace in self.evidence
            if any(one == trace.evidence or one in trace.evidence.joined for one in named)
        ]
        return max(resting, key=self._sureness, default=next(iter(self.evidence), None))

    def _sureness(self, trace: EvidenceTrace) -> float:
        """How sure a piece of evidence is of words of the finding; below 0 where it makes none suspect by itself."""
        return max((suspect.confidence for suspect in self._on_finding(trace)), default=-1.0)

    def _on_finding(self, trace: EvidenceTrace) -> list[Suspect]:
        """The suspect words by a piece of evidence that overlap the finding; without a finding all."""
        if self.finding is None:
            return list(trace.suspects)
        place, start = self.finding.span, self.sentence.span.start
        return [suspect for suspect in trace.suspects if suspect.span.shift(start).overlaps(place)]

    @property
    def tokens(self) -> tuple[TokenProbability, ...]:
        """The sentence's word pieces by the leading evidence; spans are within the sentence."""
        return self.lead.prediction.tokens if self.lead else ()

    @property
    def suspect(self) -> Suspect | None:
        """The words by the leading evidence that overlap the finding; without a finding the surest."""
        suspects = self._on_finding(self.lead) if self.lead else []
        return max(suspects, key=lambda suspect: suspect.confidence, default=None)

    def to_frame(self) -> pandas.DataFrame:
        """One row for each piece of evidence, in order. Raises CheckerError where pandas is not installed."""
        from checker.frames import as_pandas

        return as_pandas([_row(trace) for trace in self.evidence], FRAME_COLUMNS)

    def plot(self) -> altair.LayerChart:
        """Probability of each word piece by each piece of evidence. Raises CheckerError without altair."""
        from checker.report.plots import plot_explanation

        return plot_explanation(self)

    def __str__(self) -> str:
        return "\n".join(show_invisible(line) for line in _lines(self))

    def _repr_html_(self) -> str:
        from checker.report.pieces import render_explanation  # renderers import this module

        return render_explanation(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ANN401, ARG002 - IPython's protocol
        printer.text(str(self))


FRAME_COLUMNS: dict[str, type] = {
    **dict.fromkeys(("kind", "id", "origin", "text"), str),
    **dict.fromkeys(("relevance", "entailment", "neutral", "contradiction", "error"), float),
    **dict.fromkeys(("suspect", "conflict"), str),
    "confidence": float,
    **dict.fromkeys(("outcome", "reason"), str),
}


def _row(trace: EvidenceTrace) -> tuple[object, ...]:
    evidence, said = trace.evidence, trace.prediction
    first = max(trace.suspects, key=lambda suspect: suspect.confidence, default=None)
    conflict = first.conflict.of(evidence.text) if first and first.conflict else None
    return (
        *(evidence.kind.value, evidence.id, evidence.origin, evidence.text, evidence.relevance),
        *(said.entailment, said.neutral, said.contradiction, said.error),
        *(first.text if first else None, conflict, first.confidence if first else None),
        *(trace.outcome.value, trace.reason),
    )


def _lines(explanation: Explanation) -> Iterator[str]:
    sentence, finding = explanation.sentence, explanation.finding
    yield f"Sentence {sentence.index}: {' '.join(sentence.text.split())}"
    yield f"Verdict: {verdict_name(explanation.verdict.verdict)}" + (
        f" ({explanation.verdict.reason})" if explanation.verdict.reason else ""
    )
    if finding:
        yield (
            f"Alert: “{finding.text}”, {category_name(finding.category)}, {finding.severity.value}, "
            f"confidence {finding.confidence:.2f}, by {finding.detector}"
        )
    if explanation.tokens:
        hottest = sorted(explanation.tokens, key=lambda token: -token.probability)[:6]
        yield "Most suspect pieces: " + " · ".join(
            f"{token.span.of(sentence.text)} {token.probability:.2f}" for token in hottest
        )
    for trace in explanation.evidence:
        yield from _evidence_lines(trace)
    yield from _figure_lines(explanation.suspect)
    yield f"Thresholds: {thresholds_line(explanation)}"


def _evidence_lines(trace: EvidenceTrace) -> Iterator[str]:
    said, evidence = trace.prediction, trace.evidence
    yield f"[{trace.outcome.value}] {evidence_name(evidence)} ({evidence.id}): {' '.join(evidence.text.split())}"
    yield (
        f"    entailment {said.entailment:.2f}, neutral {said.neutral:.2f}, contradiction {said.contradiction:.2f}, "
        f"error {said.error:.2f}: {trace.reason}"
    )
    for suspect in trace.suspects:
        against = f" against “{suspect.conflict.of(evidence.text)}”" if suspect.conflict else ""
        yield f"    “{suspect.text}”{against}, {suspect.confidence:.2f}: {suspect.reason}"


def _figure_lines(suspect: Suspect | None) -> Iterator[str]:
    if suspect is None or all(figure.weight is None for figure in suspect.figures):
        return
    yield f"Figures weighed for “{suspect.text}” (value × weight, in log-odds), together {suspect.raw:.2f}:"
    for figure in suspect.figures[:MOST_FIGURES]:
        yield f"    {figure.name}: {figure.share:+.2f} ({figure.value:.2f} × {figure.weight or 0.0:.2f})"


def thresholds_line(explanation: Explanation) -> str:
    """Every threshold that decided, in one line."""
    limits = explanation.thresholds
    return (
        f"word {limits.word:.2f}, suspicion {limits.suspicion:.2f}, contradiction {limits.contradiction:.2f}, "
        f"entailment {limits.entailment:.2f}, language {limits.language:.2f}; asked for: confidence of at least "
        f"{explanation.min_confidence:.2f}, at most {explanation.max_alerts} alerts"
    )
