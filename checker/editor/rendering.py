"""What a check gives as plain data for the API: `checker.report/1`, and what was decided besides it."""

from __future__ import annotations

from typing import Any

from checker.decisions import Decision
from checker.editor.desk import Checked, Progress
from checker.report.json import finding_to_dict, sentence_to_dict, to_dict
from checker.report.wording import headline, remarks

Json = dict[str, Any]


def checked_to_dict(checked: Checked) -> Json:
    """The report, its result in words, and `decided`: the findings that it does not hold, surest first."""
    hidden = sorted(checked.hidden.values(), key=lambda finding: (-finding.confidence, finding.span))
    decided = [
        finding_to_dict(finding)
        | {"decision": decision_to_dict(made) if (made := checked.decisions.get(finding.fingerprint)) else None}
        for finding in hidden
    ]
    words = {"headline": headline(checked.report), "remarks": remarks(checked.report)}
    return to_dict(checked.report) | words | {"decided": decided}


def progress_to_dict(progress: Progress, total: int) -> Json:
    """An event of a stream."""
    return {
        "event": "progress",
        "judged": progress.judged,
        "total": total,
        "findings": [finding_to_dict(finding) for finding in progress.findings],
        "sentences": [sentence_to_dict(verdict) for verdict in progress.sentences],
    }


def decision_to_dict(decision: Decision) -> Json:
    """Who decided what, when and why."""
    return {
        "kind": decision.kind.value,
        "at": decision.at.isoformat(),
        "by": decision.by,
        "reason": decision.reason,
    }
