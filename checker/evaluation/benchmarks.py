"""The benchmarks behind the figures in the model card; `checker evaluate NAME --data DIR` runs one.

None of them reads what training reads: published test sets, or documents of the tenth that training leaves out.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from checker.document import Span
from checker.errors import UsageError
from checker.evaluation.metrics import area_under_roc, character_f1, preferred
from checker.evaluation.planted import held_out_articles, planted_articles
from checker.findings import Scored
from checker.findings.calibration import expected_calibration_error
from checker.nli import Pair
from checker.pipeline import Checker
from checker.training.sources.paraphrased import says_the_same
from checker.training.sources.reading import is_for_calibration, is_held_out, normalised, read_rows

Figures = dict[str, float]
LABELS = ("entailment", "neutral", "contradiction")
FLAG_AT = 0.5  # error probability from which a pair counts as flagged


@dataclass(frozen=True, slots=True)
class Benchmark:
    """`run` takes a checker, the data folder and the most cases to use (0: all)."""

    name: str
    description: str
    run: Callable[[Checker, Path, int], Figures]


def run_benchmark(name: str, checker: Checker, data: Path, limit: int = 0) -> Figures:
    """Figures of one benchmark; raises UsageError for an unknown name, UnreadableFileError for missing data."""
    if name not in BENCHMARKS:
        raise UsageError(f"no benchmark is called {name!r}; known: {', '.join(BENCHMARKS)}")
    return BENCHMARKS[name].run(checker, data, limit)


def _nli(checker: Checker, data: Path, limit: int) -> Figures:
    rows = _sample(list(read_rows(data / "nli/mnli.dev_matched.jsonl.gz")), limit)
    scored = checker.score([Pair(row["premise"], row["hypothesis"]) for row in rows])
    told = [_label(one) for one in scored]
    right = [label == row["label"] for label, row in zip(told, rows, strict=True)]
    sure = [max(one.entailment, one.neutral, one.contradiction) for one in scored]
    return {
        "pairs": len(rows),
        "accuracy": sum(right) / len(rows),
        "label_ece": expected_calibration_error(sure, right),
    }


def _demetr(checker: Checker, data: Path, limit: int) -> Figures:
    by_category: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read_rows(data / "mt_errors/demetr_shared.jsonl.gz"):
        if row["applies"]:
            by_category[row["category"]].append(row)
    figures: Figures = {}
    by_severity: dict[str, list[float]] = defaultdict(list)
    for category, found in sorted(by_category.items()):
        rows = _sample(found, limit)
        bad = checker.score([Pair(row["reference"], row["perturbed"]) for row in rows])
        good = checker.score([Pair(row["reference"], row["unperturbed"]) for row in rows])
        share = preferred([one.error_probability for one in bad], [one.error_probability for one in good])
        figures[category] = share
        figures[f"{category} flagged"] = _flagged(bad)
        by_severity[category.split("_")[0]].append(share)
    return {severity: sum(shares) / len(shares) for severity, shares in by_severity.items()} | figures


def _mqm(file: str, only: Callable[[dict[str, Any]], bool]) -> Callable[[Checker, Path, int], Figures]:
    def run(checker: Checker, data: Path, limit: int) -> Figures:
        outputs: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in read_rows(data / file):
            if row.get("reference") and row.get("errors") is not None and only(row) and not _is_human(row):
                outputs[str(row["document_id"]), str(row["segment_id"]), row["translation"]].append(row)
        groups = _sample([outputs[key] for key in sorted(outputs)], limit)
        scored = checker.score([Pair(group[0]["reference"], group[0]["translation"]) for group in groups])
        found = [[span.span for span in one.spans] for one in scored]
        figures: Figures = {"outputs": len(groups)}
        for name, levels in (("major", ("major", "critical")), ("any", ("minor", "major", "critical"))):
            gold = [_spans(group[0], levels) for group in groups]
            figures |= {f"{name}_{key}": value for key, value in character_f1(found, gold).items()}
        worst = [bool(_spans(group[0], ("major", "critical"))) for group in groups]
        figures["major_auc"] = area_under_roc([one.error_probability for one in scored], worst)
        return figures

    return run


def _paraphrases(checker: Checker, data: Path, limit: int) -> Figures:
    """Pairs that say the same: another system's translation, beside a reference or each other; unmarked MQM outputs."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for row in read_rows(data / "text/mt_vs_reference.en.jsonl.gz"):
        if is_held_out(row["source"]) and not is_for_calibration(row["source"]) and row["system"] != "bergamot-tiny":
            by_source[row["source"]] += [row["reference"], row["translation"]]
    pairs = []
    for _, texts in sorted(by_source.items()):
        distinct = list(dict.fromkeys(texts))
        pairs += [Pair(one, two) for one, two in pairwise(distinct) if says_the_same(one, two)][:1]
    two_references = {
        normalised(row["reference"]): Pair(row["reference"], row["reference2"])
        for row in read_rows(data / "mt_errors/mqm_wmt21_zh-en.jsonl.gz")
        if row.get("reference2") and not _is_human(row)
    }
    unmarked: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read_rows(data / "mt_errors/mqm_wmt20_zh-en.jsonl.gz"):
        document = str(row["document_id"])
        if is_held_out(document) and not is_for_calibration(document) and not _is_human(row):
            unmarked[row["translation"]].append(row)
    perfect = [
        Pair(rows[0]["reference"], text)
        for text, rows in sorted(unmarked.items())
        if not any(row["errors"] for row in rows)
    ]
    figures: Figures = {}
    for name, chosen in (
        ("translations", pairs),
        ("two_references", list(two_references.values())),
        ("unmarked_mt", perfect),
    ):
        scored = checker.score(_sample(chosen, limit))
        figures[f"{name}_pairs"] = len(scored)
        figures[f"{name}_flagged"] = _flagged(scored)
        figures[f"{name}_with_spans"] = sum(bool(one.spans) for one in scored) / max(1, len(scored))
    return figures


def _clean_articles(checker: Checker, data: Path, limit: int) -> Figures:
    """False alarms on clean articles, each its own evidence, then also with a fact sheet of its own sentences."""
    articles = held_out_articles(data)[: limit or 50]
    figures: Figures = {"articles": len(articles), "words": sum(article.words for article in articles)}
    for name in ("article", "facts"):
        alerts, silent = 0, 0
        for place, article in enumerate(articles):
            sheet = [s.text for s in articles[place - 1].sentences[:5]] + [s.text for s in article.sentences[::6]]
            report = checker.check(article, facts=sheet if name == "facts" else ())
            alerts += len(report.findings)
            silent += not report.findings
        figures[f"{name}_alerts"] = alerts
        figures[f"{name}_alerts_per_1000_words"] = 1000 * alerts / figures["words"]
        figures[f"{name}_silent"] = silent / len(articles)
    return figures


def _planted(checker: Checker, data: Path, limit: int) -> Figures:
    """Articles with two planted errors each and the clean sentences hidden in a fact sheet of other sentences."""
    found, gold = [], []
    recalled: dict[str, list[bool]] = defaultdict(list)
    clean_sheet = [s.text for article in held_out_articles(data, seed=9)[:30] for s in article.sentences[:4]]
    for article in list(planted_articles(data, errors=2, seed=3))[: limit or 100]:
        facts = [s.text for s in article.clean.sentences] + clean_sheet
        report = checker.check(article.document, facts=facts)
        spans = [finding.span for finding in report.findings]
        found.append(spans)
        gold.append([error.span for error in article.errors])
        for error in article.errors:
            recalled[error.category].append(any(span.overlaps(error.span) for span in spans))
    figures = {f"span_{key}": value for key, value in _span_f1(found, gold).items()}
    figures |= {f"recall {category}": sum(hits) / len(hits) for category, hits in sorted(recalled.items())}
    return figures | {f"count {category}": len(hits) for category, hits in sorted(recalled.items())}


def _translated(checker: Checker, data: Path, limit: int) -> Figures:
    """Really machine-translated news without any fact or source: what the article and the words alone tell."""
    found, gold, words = [], [], 0
    rows = [row for row in read_rows(data / "text/real_translated_news.en.jsonl.gz") if row.get("errors")]
    for row in rows[: limit or None]:
        text = row["text"][: row.get("reviewed_chars") or 1800]
        report = checker.check(text)
        words += len(text.split())
        found.append([finding.span for finding in report.findings])
        gold.append([Span(error["start"], error["start"] + len(error["span"])) for error in row["errors"]])
    return {"articles": len(rows), "words": words} | _span_f1(found, gold)


def _span_f1(found: Sequence[Sequence[Span]], gold: Sequence[Sequence[Span]]) -> Figures:
    """A finding is right where it overlaps a gold span; a gold span is found where a finding overlaps it."""
    right = sum(
        any(span.overlaps(error) for error in theirs) for ours, theirs in zip(found, gold, strict=True) for span in ours
    )
    hit = sum(
        any(span.overlaps(error) for span in ours) for ours, theirs in zip(found, gold, strict=True) for error in theirs
    )
    precision, recall = right / max(1, sum(map(len, found))), hit / max(1, sum(map(len, gold)))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {
        "findings": sum(map(len, found)),
        "errors": sum(map(len, gold)),
        "precision": precision,
        "recall": recall,
        "f1": f1,
    }


def _label(scored: Scored) -> str:
    return max(LABELS, key=lambda label: float(getattr(scored, label)))


def _every(row: dict[str, Any]) -> bool:
    return bool(row)


def _flagged(scored: Sequence[Scored]) -> float:
    return sum(one.error_probability >= FLAG_AT for one in scored) / max(1, len(scored))


def _spans(row: dict[str, Any], levels: Sequence[str]) -> list[Span]:
    return [Span(error["start"], error["end"]) for error in row["errors"] if error["severity"] in levels]


def _is_human(row: dict[str, Any]) -> bool:
    return str(row["system"]).startswith(("Human", "ref"))


def _sample(rows: list[Any], limit: int) -> list[Any]:
    return rows if not limit or len(rows) <= limit else random.Random(0).sample(rows, limit)


BENCHMARKS = {
    one.name: one
    for one in (
        Benchmark("nli", "MNLI matched dev: accuracy of the three labels", _nli),
        Benchmark("demetr", "DEMETR shared part: is the perturbed translation judged worse", _demetr),
        Benchmark(
            "mqm",
            "MQM WMT21 zh-en: characters of marked spans",
            _mqm("mt_errors/mqm_wmt21_zh-en.jsonl.gz", _every),
        ),
        Benchmark(
            "bio",
            "Bio-MQM es-en, documents left out of training",
            _mqm(
                "mt_errors/bio_mqm_x-en.jsonl.gz",
                lambda row: row["source_lang"] == "es" and is_held_out(str(row["document_id"])),
            ),
        ),
        Benchmark("paraphrases", "Pairs that say the same: how many are flagged", _paraphrases),
        Benchmark("clean", "Clean articles: false alarms", _clean_articles),
        Benchmark("planted", "Articles with planted errors: span F1 and recall by category", _planted),
        Benchmark("translated", "Really machine-translated news: findings against hand-marked errors", _translated),
    )
}
