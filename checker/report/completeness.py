"""Whether a report covers all that was given: what an editor may rely on, and what ends with exit code 3."""

from __future__ import annotations

from collections.abc import Sequence

from checker.findings import JudgedEvidence, Verdict
from checker.nli import Prediction
from checker.report.types import Report

NOTHING_TO_JUDGE = "no evidence speaks of the same matters"
NOTHING_TO_CHECK = "it has no text; there is nothing to check"
NOT_READ_WHOLE = "longer than the model can read"


def is_incomplete(report: Report) -> bool:
    """Something was given and not used, a sentence was not read whole, or nothing at all could be judged.

    A sentence that nothing else speaks of is no failure: most articles have some.
    """
    unchecked = [verdict for verdict in report.sentences if verdict.verdict is Verdict.NOT_CHECKED]
    cut_short = any(verdict.reason != NOTHING_TO_JUDGE for verdict in unchecked)
    nothing_done = len(unchecked) == len(report.sentences) and not report.findings
    return bool(report.skipped) or cut_short or nothing_done


def why_unchecked(judged: Sequence[JudgedEvidence], view: Prediction) -> str | None:
    """Why a sentence counts as not checked; None where it was. `view` is what the model said of it alone."""
    if view.truncated or any(piece.prediction.truncated for piece in judged):
        return NOT_READ_WHOLE
    return None if judged else NOTHING_TO_JUDGE
