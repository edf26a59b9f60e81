"""A report as `/v2/check` tells it. Offsets are UTF-16 code units of the text with its markup, as Java counts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from checker.document import Span, identify_language, language_probability
from checker.document.code_units import CodeUnits
from checker.editor.languagetool.languages import language_name
from checker.editor.languagetool.request import CheckQuestion, Mode
from checker.evidence import EvidenceKind
from checker.findings import Finding, Verdict
from checker.report import Report
from checker.report.visible import show_invisible
from checker.report.wording import category_name, confidence_words, evidence_name, remarks
from checker.version import __version__

CONTEXT = 40  # code points to each side, as LanguageTool has it
_LONGEST_QUOTE = 300  # code points of evidence in a message
API_VERSION = 1
_IDENTIFIED_BY = "py3langid"

# Issue types of the Internationalization Tag Set 2.0, which clients colour and sort by:
# https://www.w3.org/TR/its20/#lqissue-typevalues
_ISSUE_TYPES = {
    "accuracy/omission": "omission",
    "accuracy/addition": "addition",
    "accuracy/untranslated": "untranslated",
    "accuracy/mistranslation/number": "numbers",
    "terminology/inconsistent": "terminology",
    "fluency/grammar": "grammar",
    "fluency/duplication": "duplication",
    "fluency/typography": "typographical",
}


def rule_id(category: str) -> str:
    """`accuracy/mistranslation/word-sense` is CHECKER_WORD_SENSE."""
    return "CHECKER_" + category.rsplit("/", 1)[-1].replace("-", "_").upper()


def category_id(category: str) -> str:
    """`accuracy/mistranslation/word-sense` is ACCURACY."""
    return category.partition("/")[0].upper()


def software() -> dict[str, Any]:
    """Who answers; also what `/v2/info` says."""
    return {
        "name": "checker",
        "version": __version__,
        "buildDate": "unknown",
        "apiVersion": API_VERSION,
        "premium": False,
        "premiumHint": "",
        "status": "",
    }


def answer_of(report: Report, question: CheckQuestion) -> dict[str, Any]:
    """The report as LanguageTool's JSON; matches in the order of the text.

    What could not be checked makes the results incomplete, with the reason, since no client shows sentences.
    """
    marked = question.marked
    units = CodeUnits(marked.marked)
    shown = sorted(report.findings, key=lambda finding: (finding.span, finding.id))
    return _frame(
        question,
        matches=[_match(report, finding, question, units) for finding in shown if _wanted(finding, question)],
        ranges=[_units(marked.outward(sentence.span), units) for sentence in report.document.sentences],
        incomplete=_incomplete(report),
    )


def unchecked_answer(question: CheckQuestion, language: str, reason: str) -> dict[str, Any]:
    """The answer, in `language`, where nothing was checked because of the text's own: no match, and told so."""
    return _frame(question, language=language, matches=[], ranges=[], incomplete=reason)


def empty_answer(question: CheckQuestion) -> dict[str, Any]:
    """The answer to a text without a word."""
    return _frame(question, matches=[], ranges=[], incomplete=None)


def _frame(
    question: CheckQuestion,
    *,
    language: str = "en",
    matches: Sequence[object],
    ranges: Sequence[tuple[int, int]],
    incomplete: str | None,
) -> dict[str, Any]:
    english = question.language or question.variant
    code = english if language == "en" else language
    text = question.marked.text
    detected = question.language_read(identify_language(text)) if question.language is None else identify_language(text)
    warnings: dict[str, Any] = {"incompleteResults": incomplete is not None}
    if incomplete is not None:
        warnings["incompleteResultsReason"] = incomplete
    return {
        "software": software(),
        "warnings": warnings,
        "language": {
            "name": language_name(code),
            "code": code,
            "detectedLanguage": {
                "name": language_name(english if detected == "en" else detected),
                "code": english if detected == "en" else detected,
                "confidence": round(language_probability(text, detected), 3),
                "source": _IDENTIFIED_BY,
            },
        },
        "matches": list(matches),
        "sentenceRanges": [list(each) for each in ranges],
    }


def _match(report: Report, finding: Finding, question: CheckQuestion, units: CodeUnits) -> dict[str, Any]:
    place = question.marked.outward(finding.span)
    start, end = _units(place, units)
    name = category_name(finding.category)
    return {
        "message": _message(finding),
        "shortMessage": name[0].upper() + name[1:],
        "replacements": [{"value": suggestion} for suggestion in finding.suggestions],
        "offset": start,
        "length": end - start,
        "context": _context(question.marked.marked, place),
        "sentence": report.document.sentences[finding.sentence].text,
        "type": {"typeName": "Other"},
        "rule": {
            "id": rule_id(finding.category),
            "description": name[0].upper() + name[1:],
            "issueType": _ISSUE_TYPES.get(finding.category, "mistranslation"),
            "category": {"id": category_id(finding.category), "name": category_id(finding.category).capitalize()},
        },
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
    }


def _message(finding: Finding) -> str:
    """What is wrong, how sure that is, and the evidence in its own words: a client shows nothing else."""
    said = f"{finding.message.rstrip('.')} ({confidence_words(finding.confidence)}, {finding.confidence:.0%})."
    first = next(
        (piece.evidence for piece in finding.evidence if piece.evidence.kind is not EvidenceKind.LANGUAGE), None
    )
    if first is not None:
        quote = first.text if len(first.text) <= _LONGEST_QUOTE else first.text[: _LONGEST_QUOTE - 1] + "…"
        name = evidence_name(first)
        said += f" {name[0].upper()}{name[1:]}: “{quote}”"
    return show_invisible(" ".join(said.split()))


def _context(text: str, place: Span) -> dict[str, Any]:
    """The words with what stands around them on one line; its offsets are units too."""
    start, end = max(0, place.start - CONTEXT), min(len(text), place.end + CONTEXT)
    before = ("..." if start else "") + text[start : place.start]
    shown = before + text[place.start : end] + ("..." if end < len(text) else "")
    units = CodeUnits(shown)
    begin, stop = units.unit(len(before)), units.unit(len(before) + len(place))
    line = "".join(" " if character in "\r\n\t" else character for character in shown)
    return {"text": line, "offset": begin, "length": stop - begin}


def _units(place: Span, units: CodeUnits) -> tuple[int, int]:
    return units.unit(place.start), units.unit(place.end)


def _wanted(finding: Finding, question: CheckQuestion) -> bool:
    rests_on_text = any(piece.evidence.kind is EvidenceKind.ARTICLE for piece in finding.evidence)
    if question.mode is (Mode.OTHERS if rests_on_text else Mode.TEXT_LEVEL):
        return False
    return question.choice.wants(rule_id(finding.category), category_id(finding.category))


def _incomplete(report: Report) -> str | None:
    """Why the results are incomplete; that nothing speaks of a sentence is usual in a paragraph, and no reason."""
    from checker.report.completeness import NOTHING_TO_JUDGE

    unread = any(each.verdict is Verdict.NOT_CHECKED and each.reason != NOTHING_TO_JUDGE for each in report.sentences)
    if not unread and not report.skipped:
        return None
    told = [each for each in remarks(report) if not each.startswith("Note:") and NOTHING_TO_JUDGE not in each]
    return "; ".join(told)
