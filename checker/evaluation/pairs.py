"""Benchmarks on pairs: NLI, translations beside a reference, paraphrases, and sets of other domains."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from checker.document import Span
from checker.evaluation.cases import labelled_cases
from checker.evaluation.judges import Judge
from checker.evaluation.measures import Measure, calibration_error, character_measures, roc_area, share
from checker.evaluation.metrics import preference
from checker.evidence import Relation
from checker.findings import Scored
from checker.nli import Pair
from checker.nli.types import LABELS
from checker.training.sources.paraphrased import says_the_same
from checker.training.sources.reading import is_for_calibration, is_held_out, normalised, read_rows
from checker.training.sources.reviewed import FILE as TRANSLATIONS
from checker.training.sources.reviewed import is_faulted

FLAG_AT = 0.5  # error probability from which a pair counts as flagged
DEMETR = "mt_errors/demetr_shared.jsonl.gz"
MEASURED = Callable[[Judge, Path, int], list[Measure]]


def nli(file: str, relation: Relation = Relation.REFERENCE) -> MEASURED:
    """Accuracy of the three labels, and how well their probabilities hold."""

    def run(judge: Judge, data: Path, limit: int) -> list[Measure]:
        rows = sample([row for row in read_rows(data / file) if row["label"] in LABELS], limit)
        scored = judge.score([Pair(row["premise"], row["hypothesis"], relation) for row in rows])
        right = [_label(one) == row["label"] for one, row in zip(scored, rows, strict=True)]
        sure = [max(one.entailment, one.neutral, one.contradiction) for one in scored]
        return [share("accuracy", right), calibration_error("label_ece", sure, right)]

    return run


def contradicted(file: str) -> MEASURED:
    """Contradiction against the other labels, with the premise as context: for sets of two or skewed classes."""

    def run(judge: Judge, data: Path, limit: int) -> list[Measure]:
        rows = sample(list(read_rows(data / file)), limit)
        scored = judge.score([Pair(row["premise"], row["hypothesis"], Relation.CONTEXT) for row in rows])
        wrong = [row["label"] == "contradiction" for row in rows]
        right = [(one.contradiction > one.entailment) == bad for one, bad in zip(scored, wrong, strict=True)]
        return [
            share("two_way_accuracy", right),
            roc_area("error_area", [one.error_probability for one in scored], wrong),
        ]

    return run


def supported(*files: str) -> MEASURED:
    """Claims that a longer text supports, against those that it does not; characters of marked spans, if any."""

    def run(judge: Judge, data: Path, limit: int) -> list[Measure]:
        rows = sample([row for file in files for row in read_rows(data / file)], limit)
        scored = judge.score([Pair(row["premise"], row["hypothesis"], Relation.CONTEXT) for row in rows])
        wrong = [row["label"] != "entailment" for row in rows]
        measures = (
            [roc_area("error_area", [one.error_probability for one in scored], wrong)] if len(set(wrong)) == 2 else []
        )
        marked = [(row, one) for row, one in zip(rows, scored, strict=True) if row.get("spans")]
        if marked:
            gold = [_found(row["hypothesis"], row["spans"]) for row, _ in marked]
            measures += character_measures("character_", [[span.span for span in one.spans] for _, one in marked], gold)
        return measures

    return run


def demetr(judge: Judge, data: Path, limit: int) -> list[Measure]:
    """How often the perturbed translation gets the higher error probability, by severity and by category."""
    by_category: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read_rows(data / DEMETR):
        if row["applies"]:
            by_category[row["category"]].append(row)
    measures: list[Measure] = []
    by_severity: dict[str, list[float]] = defaultdict(list)
    bad_figures: list[float] = []
    good_figures: list[float] = []
    for category, found in sorted(by_category.items()):
        rows = sample(found, limit)
        bad = [one.error_probability for one in judge.score([Pair(row["reference"], row["perturbed"]) for row in rows])]
        good = [
            one.error_probability for one in judge.score([Pair(row["reference"], row["unperturbed"]) for row in rows])
        ]
        wins = [preference(*both) for both in zip(bad, good, strict=True)]
        measures.append(share(category, wins))
        by_severity[category.split("_")[0]] += wins
        bad_figures += bad
        good_figures += good
    severities = [share(severity, wins) for severity, wins in sorted(by_severity.items())]
    wrong = [True] * len(bad_figures) + [False] * len(good_figures)
    return [*severities, calibration_error("error_ece", bad_figures + good_figures, wrong), *measures]


def rated(file: str, only: Callable[[dict[str, Any]], bool] = bool) -> MEASURED:
    """Characters that raters marked, against the first rater of each output: as one rater against another."""

    def run(judge: Judge, data: Path, limit: int) -> list[Measure]:
        outputs: dict[tuple[str, str, str], dict[str, Any]] = {}
        for row in read_rows(data / file):
            if row.get("reference") and row.get("errors") is not None and only(row) and not is_human(row):
                outputs.setdefault((str(row["document_id"]), str(row["segment_id"]), row["translation"]), row)
        rows = sample([outputs[key] for key in sorted(outputs)], limit)
        scored = judge.score([Pair(row["reference"], row["translation"]) for row in rows])
        found = [[span.span for span in one.spans] for one in scored]
        major = [_spans(row, ("major", "critical")) for row in rows]
        measures = character_measures("major_", found, major)
        measures += character_measures("any_", found, [_spans(row, ("minor", "major", "critical")) for row in rows])
        area = roc_area("major_area", [one.error_probability for one in scored], [bool(spans) for spans in major])
        return [*measures, area]

    return run


def paraphrases(judge: Judge, data: Path, limit: int) -> list[Measure]:
    """Pairs that say the same, how many are flagged: translations of one text, two references, unmarked MT.

    Of the first those are left out in which a reviser found a fault.
    """
    measures = []
    for name, pairs in (
        ("translations", _translations(data)),
        ("two_references", _two_references(data)),
        ("unmarked_mt", _unmarked(data)),
    ):
        scored = judge.score(sample(pairs, limit))
        measures.append(share(f"{name}_flagged", [one.error_probability >= FLAG_AT for one in scored]))
        measures.append(share(f"{name}_with_spans", [bool(one.spans) for one in scored]))
    return measures


def error_calibration(judge: Judge, data: Path, limit: int) -> list[Measure]:
    """Do error probabilities hold: rated and corrupted translations of documents that calibration did not see."""
    cases = sample(list(labelled_cases(data, limit or 1500, calibration=False)), 0)
    scored = judge.score([case.pair for case in cases])
    figures, wrong = [one.error_probability for one in scored], [case.wrong for case in cases]
    flagged = [case.wrong for case, one in zip(cases, scored, strict=True) if one.error_probability >= 0.9]
    return [
        calibration_error("error_ece", figures, wrong),
        roc_area("error_area", figures, wrong),
        share("right_at_0.9", flagged),
    ]


def equal(judge: Judge, data: Path, limit: int) -> list[Measure]:
    """Text that is its own evidence, one to ten sentences long: flagged, or with any span."""
    rows = [
        row["text"].split("\n")[0][:2000]
        for row in read_rows(data / "text/news_articles.en.jsonl.gz")
        if is_held_out(row["id"])
    ]
    texts = sample(rows, limit or 300)
    scored = judge.score([Pair(text, text) for text in texts])
    return [share("flagged", [one.error_probability >= FLAG_AT or bool(one.spans) for one in scored])]


def sample(rows: list[Any], limit: int) -> list[Any]:
    """At most `limit` of `rows` (0: all), drawn the same way every time."""
    return rows if not limit or len(rows) <= limit else random.Random(0).sample(rows, limit)


def is_human(row: dict[str, Any]) -> bool:
    """True for a human translation that was rated like the systems."""
    return str(row["system"]).startswith(("Human", "ref"))


def _translations(data: Path) -> list[Pair]:
    by_source: dict[str, list[str]] = defaultdict(list)
    for row in read_rows(data / TRANSLATIONS):
        ours = is_held_out(row["source"]) and not is_for_calibration(row["source"])
        if ours and row["system"] != "bergamot-tiny" and not is_faulted(row):
            by_source[row["source"]] += [row["reference"], row["translation"]]
    pairs = []
    for _, texts in sorted(by_source.items()):
        distinct = list(dict.fromkeys(texts))
        pairs += [Pair(one, two) for one, two in pairwise(distinct) if says_the_same(one, two)][:1]
    return pairs


def _two_references(data: Path) -> list[Pair]:
    found = {
        normalised(row["reference"]): Pair(row["reference"], row["reference2"])
        for row in read_rows(data / "mt_errors/mqm_wmt21_zh-en.jsonl.gz")
        if row.get("reference2") and not is_human(row)
    }
    return list(found.values())


def _unmarked(data: Path) -> list[Pair]:
    outputs: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read_rows(data / "mt_errors/mqm_wmt20_zh-en.jsonl.gz"):
        document = str(row["document_id"])
        if is_held_out(document) and not is_for_calibration(document) and not is_human(row):
            outputs[row["translation"]].append(row)
    return [
        Pair(rows[0]["reference"], text)
        for text, rows in sorted(outputs.items())
        if not any(row["errors"] for row in rows)
    ]


def _label(scored: Scored) -> str:
    return max(LABELS, key=lambda label: float(getattr(scored, label)))


def _spans(row: dict[str, Any], levels: Sequence[str]) -> list[Span]:
    return [Span(error["start"], error["end"]) for error in row["errors"] if error["severity"] in levels]


def _found(text: str, parts: Sequence[str]) -> list[Span]:
    places = [(text.find(part), part) for part in parts]
    return [Span(start, start + len(part)) for start, part in places if start >= 0]
