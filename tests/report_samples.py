"""Reports written as marked text: `The council ⟦approved⟧ the plan.` is a text with one finding."""

import re
from collections.abc import Sequence

from checker.document import Span, make_document
from checker.evidence import Evidence, EvidenceKind, Relation
from checker.findings import Finding, FindingEvidence, SentenceVerdict, Severity, Verdict
from checker.report import Report, Signature, Skipped

SIGNATURE = Signature("0.1.0", "tiny", "0123456789abcdef", "fedcba9876543210", "torch-float32-cpu")
POLARITY = "accuracy/mistranslation/polarity"
MARK = re.compile("⟦(.*?)⟧", re.DOTALL)


def make_evidence(
    text: str, conflict: str | None = None, kind: EvidenceKind = EvidenceKind.FACT, **more
) -> FindingEvidence:
    """Evidence with `conflict`, words of its text, as the conflicting span."""
    relation = Relation.LANGUAGE if kind is EvidenceKind.LANGUAGE else Relation.CONTEXT
    evidence = Evidence(kind, more.pop("id", "f1"), text, 0.75, relation, **more)
    start = text.index(conflict) if conflict is not None else 0
    return FindingEvidence(evidence, 0.9, None if conflict is None else Span(start, start + len(conflict)))


def make_report(
    marked: str,
    *,
    findings: Sequence[dict] = (),
    verdicts: Sequence[Verdict] = (),
    skipped: Sequence[Skipped] = (),
    **document,
) -> Report:
    """A report on `marked` without its marks; the n-th mark is a finding with the n-th of `findings`."""
    text = MARK.sub(r"\1", marked)
    spans = [
        Span(found.start() - 2 * place, found.end() - 2 * place - 2)
        for place, found in enumerate(MARK.finditer(marked))
    ]
    read = make_document(text, language=document.pop("language", "en"), **document)
    told = [*findings, *[{}] * (len(spans) - len(findings))]
    found = [
        make_finding(read, span, number, **more) for number, (span, more) in enumerate(zip(spans, told, strict=True))
    ]
    given = [*verdicts, *[Verdict.SUPPORTED] * (len(read.sentences) - len(verdicts))]
    judged = [
        SentenceVerdict(sentence.index, sentence.span, verdict, "too long" if verdict is Verdict.NOT_CHECKED else None)
        for sentence, verdict in zip(read.sentences, given, strict=True)
    ]
    return Report(read, tuple(found), tuple(judged), tuple(skipped), SIGNATURE)


def make_finding(document, span: Span, number: int = 0, **more) -> Finding:
    """A finding at `span`; `more` replaces any of its fields."""
    at = next((s.index for s in reversed(document.sentences) if s.span.start <= span.start), 0)
    fields = {
        "id": f"n{number}",
        "span": span,
        "text": span.of(document.text),
        "sentence": at,
        "category": POLARITY,
        "severity": Severity.MAJOR,
        "confidence": 0.9 - number / 100,
        "message": "The facts say the opposite.",
        "suggestions": ("rejected",),
        "evidence": (make_evidence("The council rejected the plan.", "rejected", origin="facts.txt:1"),),
        "detector": "nli",
        "fingerprint": f"{number:016x}",
    }
    return Finding(**fields | more)
