"""What renderers say to a person: confidence in words, categories without their path, counts, and the closing line.

It is here, once, so that the terminal and the page never tell two stories about the same report. Above all, a report
in which something could not be checked is never called fine.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from checker.document import Document
from checker.evidence import Evidence, EvidenceKind
from checker.findings import Finding, Severity, Verdict
from checker.report.types import Report

# The scale of Intelligence Community Directive 203 (2015), section D.6.e.2: lower bounds, most certain first.
_CONFIDENCE_WORDS = ((0.95, "almost certain"), (0.80, "very likely"), (0.55, "likely"), (0.45, "even chance"))

_CATEGORY_NAMES = {
    "accuracy/mistranslation/polarity": "opposite meaning",
    "accuracy/mistranslation/entity": "wrong name",
    "accuracy/mistranslation/number": "wrong number",
    "accuracy/mistranslation/date": "wrong date",
    "accuracy/mistranslation/unit": "wrong unit",
    "accuracy/mistranslation/word-sense": "wrong word",
    "accuracy/mistranslation/role": "roles exchanged",
    "accuracy/mistranslation/modality": "wrong degree of certainty",
    "accuracy/mistranslation/quantifier": "wrong quantity",
    "accuracy/omission": "left out",
    "accuracy/addition": "not in the original",
    "accuracy/untranslated": "not translated",
    "terminology/inconsistent": "inconsistent term",
    "fluency/grammar": "grammar",
    "fluency/duplication": "repeated words",
    "fluency/typography": "typography",
}

# Plain enough for the margin of a page; a sentence that nothing speaks of is not called checked and fine.
_VERDICT_NAMES = {
    Verdict.CONTRADICTED: "contradicted",
    Verdict.SUPPORTED: "confirmed",
    Verdict.UNSUPPORTED: "neither confirmed nor contradicted",
    Verdict.NOT_CHECKED: "not checked",
}

# Of a sentence as it is shown. What the model holds for contradicted without being sure enough of it for an alert is
# called so nowhere, for nobody is to take it for one.
ALERT = "with an alert"
DOUBTFUL = "no sure contradiction"

_KIND_NAMES = {
    EvidenceKind.FACT: "reference fact",
    EvidenceKind.SOURCE: "original-language article",
    EvidenceKind.ARTICLE: "elsewhere in this article",
    EvidenceKind.LANGUAGE: "the words themselves",
}


def document_name(document: Document) -> str:
    """What a person calls the document: its path, else its title, else its id."""
    if document.path == "-":
        return "standard input"
    return document.path or document.title or document.id


def confidence_words(confidence: float) -> str:
    """A confidence in [0, 1] as an estimate in words: 0.91 is "very likely"."""
    return next((words for bound, words in _CONFIDENCE_WORDS if confidence >= bound), "possible")


def category_name(category: str) -> str:
    """A category for a reader without a glossary; of an unknown path its last part: "style/register", "register"."""
    return _CATEGORY_NAMES.get(category, category.rsplit("/", 1)[-1].replace("-", " "))


def verdict_name(verdict: Verdict) -> str:
    """A verdict as the margin of a page says it."""
    return _VERDICT_NAMES[verdict]


def words_as_data() -> Mapping[str, object]:
    """The words of this file for a page that puts them together itself: names by their terms, confidence by bounds."""
    return {
        "confidence": [*_CONFIDENCE_WORDS, (0.0, confidence_words(0.0))],
        "categories": _CATEGORY_NAMES,
        "verdicts": {verdict.value: name for verdict, name in _VERDICT_NAMES.items()},
        "states": {"alert": ALERT, "doubtful": DOUBTFUL},
        "kinds": {kind.value: name for kind, name in _KIND_NAMES.items()},
    }


def kind_name(kind: EvidenceKind) -> str:
    """Where evidence comes from, for a reader: "original-language article"."""
    return _KIND_NAMES[kind]


def evidence_name(evidence: Evidence) -> str:
    """Kind, origin and dates of a piece of evidence: "reference fact, facts.txt:3, valid from 2021-05-01".

    Of facts that were joined each is named.
    """
    if evidence.joined:
        return "; ".join(evidence_name(part) for part in evidence.joined)
    parts = [_KIND_NAMES[evidence.kind], evidence.origin or "", validity(evidence.valid_from, evidence.valid_until)]
    return ", ".join(part for part in parts if part)


def validity(valid_from: date | None, valid_until: date | None) -> str:
    """When a fact holds: "valid from 2021-05-01 to 2022-05-01"; empty where it always does."""
    start = f" from {valid_from}" if valid_from else ""
    end = f" to {valid_until}" if valid_until else ""
    return f"valid{start}{end}" if start or end else ""


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 alert", "2 alerts". The nouns in use all take an s."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def severity_counts(findings: tuple[Finding, ...]) -> str:
    """Counts by severity, gravest first, for example "1 critical, 2 major"."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(f"{counts[level]} {level}" for level in reversed(Severity) if counts[level])


def sentence_counts(report: Report) -> list[tuple[str, int]]:
    """Number of sentences by what is shown of them, in words, those with an alert first, without what does not occur.

    The findings that are shown decide, so that the counts never say "contradicted" where nothing is marked.
    """
    counts = Counter(_states(report))
    names = [ALERT, DOUBTFUL, *(name for verdict, name in _VERDICT_NAMES.items() if verdict != Verdict.CONTRADICTED)]
    return [(name, counts[name]) for name in names if counts[name]]


def _states(report: Report) -> Iterator[str]:
    """What is shown of each sentence; an alert that reaches into the next one is on both."""
    alerted = _alerted(report)
    for place, sentence in enumerate(report.sentences):
        if place in alerted:
            yield ALERT
        else:
            yield DOUBTFUL if sentence.verdict is Verdict.CONTRADICTED else _VERDICT_NAMES[sentence.verdict]


def _alerted(report: Report) -> frozenset[int]:
    """The places of sentences that an alert touches; one without words is on the sentence that it stands before."""
    starts = [each.span.start for each in report.sentences]
    ends = [each.span.end for each in report.sentences]
    found: set[int] = set()
    for finding in report.findings:
        start, end = finding.span.start, max(finding.span.end, finding.span.start + 1)
        found.update(range(bisect_right(ends, start), bisect_left(starts, end)))
    return frozenset(found)


def remarks(report: Report) -> list[str]:
    """What an editor must know besides the alerts: what was not checked or not used, and why."""
    total = count(len(report.sentences), "sentence")
    unchecked = [f"Not checked: {number} of {total}: {reason}" for reason, number in unchecked_reasons(report)]
    unused = [f"Not used: {skipped.what}: {skipped.reason}" for skipped in report.skipped]
    more = f"{count(report.held_back, 'more alert')} not shown; raise max_alerts (--max-alerts) to see more"
    notes = (more, *report.document.notes) if report.held_back else report.document.notes
    return [*unchecked, *unused, *(f"Note: {note}" for note in notes)]


def unchecked_reasons(report: Report) -> list[tuple[str, int]]:
    """Reasons for sentences that were not checked with their number, most frequent first, then by name."""
    unchecked = (verdict for verdict in report.sentences if verdict.verdict is Verdict.NOT_CHECKED)
    reasons = Counter(verdict.reason or "no reason given" for verdict in unchecked)
    return sorted(reasons.items(), key=lambda item: (-item[1], item[0]))


def is_fine(report: Report) -> bool:
    """True only where every sentence was confirmed, nothing was skipped, and nothing was found.

    Evidence that says nothing either way leaves room for any error, so silence about a sentence is not called fine.
    """
    confirmed = all(verdict.verdict is Verdict.SUPPORTED for verdict in report.sentences)
    return bool(report.sentences) and confirmed and not (report.findings or report.skipped)


def headline(report: Report) -> str:
    """The result in one line, the same in every renderer for people."""
    total = len(report.sentences)
    unchecked = sum(number for _, number in unchecked_reasons(report))
    if report.findings:
        return f"{count(len(report.findings), 'alert')}: {severity_counts(report.findings)}"
    if not total or unchecked == total:
        return "Not checked: no sentence could be checked"
    if unchecked:
        return f"No alert in the {count(total - unchecked, 'sentence')} that could be checked"
    if report.skipped:
        return f"No alert in {count(total, 'sentence')}, but part of the request could not be used"
    if is_fine(report):
        return f"Checked, fine: no alert in {count(total, 'sentence')}"
    confirmed = sum(verdict.verdict is Verdict.SUPPORTED for verdict in report.sentences)
    return f"No alert in {count(total, 'sentence')}, {confirmed or 'none'} of them confirmed"
