"""What `--baseline` names: an earlier JSON report, or a decision store; either tells which alerts not to show again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from checker.decisions.dismissals import Dismissals
from checker.decisions.store import DecisionStore
from checker.errors import DecisionStoreError, UsageError
from checker.report.json import SCHEMA


def read_baseline(path: Path) -> Dismissals:
    """What a decision store dismisses, or all findings of a JSON report of one file or several.

    Raises UsageError where the file is neither: a baseline that is silently empty would show everything anew.
    """
    if DecisionStore.is_store(path):
        try:
            with DecisionStore.open(path, create=False) as store:
                return store.dismissals()
        except DecisionStoreError as error:
            raise UsageError(str(error)) from error
    return Dismissals.of_fingerprints(_of_reports(path))


def _of_reports(path: Path) -> list[str]:
    try:
        content = json.loads(path.read_bytes())
        reports = content if isinstance(content, list) else [content]
        return [print_ for report in reports for print_ in _fingerprints(report)]
    except OSError as error:
        raise UsageError(f"{path}: the baseline cannot be read ({error.strerror}); check the path") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UsageError(
            f"{path}: neither a report nor a decision store; write a baseline with"
            " `checker check --format json --output FILE`"
        ) from error


def _fingerprints(report: Mapping[str, object]) -> list[str]:
    findings = report["findings"]
    if report["schema"] != SCHEMA or not isinstance(findings, list):
        raise ValueError("another schema")
    return [str(finding["fingerprint"]) for finding in findings]
