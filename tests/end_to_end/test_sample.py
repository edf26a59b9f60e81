"""The article that started this project, where it is at hand: it is not ours, so it does not travel with the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import Checker, Finding, Report, load_facts, read_file

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
ARTICLE, FACTS = SAMPLES / "voa_title42.txt", SAMPLES / "voa_title42.facts.txt"

pytestmark = pytest.mark.skipif(not ARTICLE.is_file(), reason="the sample article is not beside this project")


def _on(report: Report, words: str) -> Finding:
    found = [finding for finding in report.findings[:5] if words in finding.text]
    assert found, [finding.text for finding in report.findings]
    return found[0]


def _quotes(finding: Finding, words: str) -> bool:
    return any(words in item.evidence.text for item in finding.evidence)


def test_the_article_contradicts_itself(embedded: Checker) -> None:
    """Both known errors are among the five surest findings, explained and corrected by the article alone."""
    report = embedded.check(read_file(ARTICLE))
    assert len(report.findings) <= 8
    modifier, name = _on(report, "justified"), _on(report, "Cover")
    assert _quotes(modifier, "unprovoked") or _quotes(modifier, "not justified")
    assert any(suggestion in ("unjustified", "unprovoked") for suggestion in modifier.suggestions)
    assert _quotes(name, "Summit of the Americas")
    assert any("Summit" in suggestion for suggestion in name.suggestions)


def test_facts_contradict_the_article(embedded: Checker) -> None:
    """The same with reference facts, which are then part of the evidence."""
    report = embedded.check(read_file(ARTICLE), facts=load_facts(FACTS).facts)
    assert len(report.findings) <= 8
    for words in ("justified", "Cover"):
        assert any(item.evidence.kind == "fact" for item in _on(report, words).evidence)
