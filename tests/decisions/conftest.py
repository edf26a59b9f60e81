"""A report with three findings, and a store in an empty folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import report_samples

from checker.decisions import DecisionStore
from checker.report import Report

TEXT = "The council ⟦approved⟧ the plan. Envoys praised the ⟦lawful⟧ seizure. It rained 😀 on ⟦Monday⟧."


@pytest.fixture
def report() -> Report:
    return report_samples.make_report(TEXT, path="article.txt")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DecisionStore]:
    with DecisionStore.open(tmp_path / "newsroom.decisions") as opened:
        yield opened
