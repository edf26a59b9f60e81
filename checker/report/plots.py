"""Pictures of a report and of an explanation. Each function returns the figure (altair), so that it can be changed.

Nothing is fetched and nothing is shown here: how a figure is displayed is altair's setting (`altair.renderers`).
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from checker.errors import CheckerError
from checker.evidence import Evidence
from checker.findings import Severity, Verdict
from checker.report.explanation import Explanation
from checker.report.types import Report
from checker.report.wording import category_name, verdict_name

if TYPE_CHECKING:
    import altair

WIDTH = 640  # pixels
# The page's colours, of middling brightness: they are read on light and dark ground.
SEVERITY_COLOURS = {"critical": "#c1121f", "major": "#e5533d", "minor": "#d69e2e", "neutral": "#718096"}
VERDICT_COLOURS = {
    Verdict.CONTRADICTED: "#e53e3e",
    Verdict.SUPPORTED: "#38a169",
    Verdict.UNSUPPORTED: "#a0aec0",
    Verdict.NOT_CHECKED: "#4a5568",
}
HEAT = ("#e2e8f0", "#f6ad55", "#c1121f")  # at 0, 0.5 and 1
LONGEST_LABEL = 48  # characters of evidence on an axis


def need_altair() -> None:
    """Raises CheckerError, which says how to install it, where altair is missing."""
    if find_spec("altair") is None:
        raise CheckerError("pictures need altair; install it with: pip install 'checker[notebook]'")


def heat_scale() -> altair.Scale:
    """Probabilities as colours, from pale to red."""
    import altair as alt

    return alt.Scale(domain=[0, 0.5, 1], range=[*HEAT], interpolate="rgb")


def plot_report(report: Report) -> altair.VConcatChart:
    """Findings over the article, by place and confidence, above a strip of its sentences coloured by verdict."""
    need_altair()
    import altair as alt

    length = alt.Scale(domain=[0, max(1, len(report.document.text))], nice=False)
    severity = alt.Color(
        "severity:N",
        scale=alt.Scale(domain=[*SEVERITY_COLOURS], range=[*SEVERITY_COLOURS.values()]),
        sort=[level.value for level in reversed(Severity)],
    )
    findings = (
        alt.Chart(alt.InlineData(values=_finding_values(report)))
        .mark_circle(size=140, opacity=0.9)
        .encode(
            x=alt.X("place:Q", scale=length, axis=None),
            y=alt.Y("confidence:Q", scale=alt.Scale(domain=[0, 1])),
            color=severity,
            tooltip=["text:N", "category:N", "confidence:Q", "suggestions:N", "message:N"],
        )
        .properties(width=WIDTH, height=160)
    )
    names = [verdict_name(verdict) for verdict in Verdict]
    verdicts = alt.Scale(domain=names, range=[VERDICT_COLOURS[verdict] for verdict in Verdict])
    sentences = (
        alt.Chart(alt.InlineData(values=_sentence_values(report)))
        .mark_rect(stroke="white", strokeWidth=1)
        .encode(
            x=alt.X("start:Q", scale=length, title="place in the article (characters)"),
            x2="end:Q",
            color=alt.Color("verdict:N", scale=verdicts),
            tooltip=["sentence:Q", "verdict:N", "text:N"],
        )
        .properties(width=WIDTH, height=24)
    )
    chart: altair.VConcatChart = alt.vconcat(findings, sentences, spacing=4).resolve_scale(color="independent")
    return chart


def plot_explanation(explanation: Explanation) -> altair.LayerChart:
    """Word pieces from left to right, evidence from top to bottom: how suspect which makes which."""
    need_altair()
    import altair as alt

    base = alt.Chart(alt.InlineData(values=_token_values(explanation))).encode(
        x=alt.X("place:O", axis=None),
        y=alt.Y("evidence:N", sort=None, title=None, axis=alt.Axis(labelLimit=320)),
    )
    boxes = base.mark_rect().encode(
        color=alt.Color("probability:Q", scale=heat_scale(), title="in error"),
        tooltip=["text:N", "probability:Q", "evidence:N", "outcome:N"],
    )
    # Readers of the screen are told the words once, by the boxes.
    words = base.mark_text(angle=270, fontSize=11, color="#1a202c", aria=False).encode(text="text:N")
    pieces = max((len(trace.prediction.tokens) for trace in explanation.evidence), default=1)
    chart: altair.LayerChart = (boxes + words).properties(
        width=max(240, 24 * pieces), height=64 * max(1, len(explanation.evidence))
    )
    return chart


def _finding_values(report: Report) -> list[dict[str, object]]:
    return [
        {
            "place": (finding.span.start + finding.span.end) / 2,
            "confidence": round(finding.confidence, 3),
            "severity": finding.severity.value,
            "category": category_name(finding.category),
            "text": finding.text,
            "suggestions": " / ".join(finding.suggestions),
            "message": finding.message,
        }
        for finding in report.findings
    ]


def _sentence_values(report: Report) -> list[dict[str, object]]:
    return [
        {
            "sentence": verdict.index,
            "start": verdict.span.start,
            "end": verdict.span.end,
            "verdict": verdict_name(verdict.verdict),
            "text": verdict.span.of(report.document.text),
        }
        for verdict in report.sentences
    ]


def _token_values(explanation: Explanation) -> list[dict[str, object]]:
    return [
        {
            "place": place,
            "text": token.span.of(explanation.sentence.text),
            "probability": round(token.probability, 3),
            "evidence": f"{number}. {_label(trace.evidence)}",
            "outcome": trace.outcome.value,
        }
        for number, trace in enumerate(explanation.evidence, start=1)
        for place, token in enumerate(trace.prediction.tokens)
    ]


def _label(evidence: Evidence) -> str:
    """A short name for an axis: "fact desk-1: The blockade was…"."""
    name = evidence.kind if evidence.kind == evidence.id else f"{evidence.kind} {evidence.id}"
    whole = f"{name}: {' '.join(evidence.text.split())}"
    return whole if len(whole) <= LONGEST_LABEL else whole[: LONGEST_LABEL - 1] + "…"
