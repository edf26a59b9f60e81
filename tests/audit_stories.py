"""A whole audit, made up: stories of several desks, languages and engines, some with errors, written as a data set."""

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from audit_samples import make_evidence, make_finding, make_sentence

from checker.audit.dataset import Part, part_name, write_part, write_summary
from checker.audit.schema import DocumentRow, SpanRow, Status
from checker.findings import Severity

PAIRS = ("es", "es", "es", "fr", "fr", "de")
ENGINES = ("north-mt 4", "north-mt 4", "harbour 2.1", "quill")
DESKS = ("World", "Economy", "Sport")
AGENCIES = ("Valmer Press", "Coast Wire")
SENTENCES = (
    "The council of Valmera met on Monday.",
    "Ferries to the islands ran again after the storm.",
    "The minister spoke to the press in the harbour.",
    "Prices of bread rose for the third month.",
    "Fishermen asked for help with the cost of fuel.",
)
# (sentence, suspect words, suggestion, category, severity, evidence, its words)
ERRORS = (
    ("Envoys praised the lawful seizure of the ship.", "lawful", "unlawful", "accuracy/mistranslation/polarity",
     "critical", "The court called the seizure unlawful.", "unlawful"),
    ("The Cover of the Coasts opens on Friday.", "Cover of the Coasts", "Summit of the Coasts",
     "accuracy/mistranslation/entity", "major", "La Cumbre de las Costas abre el viernes.", "Cumbre de las Costas"),
    ("Some 3,000 people left the town.", "3,000", "30,000", "accuracy/mistranslation/number", "critical",
     "Unas 30.000 personas dejaron la ciudad.", "30.000"),
    ("The vote was on the the first of May.", "the the", "the", "fluency/duplication", "minor", "", ""),
    ("It happened on 12 June.", "12 June", "12 July", "accuracy/mistranslation/date", "major",
     "Ocurrió el 12 de julio.", "12 de julio"),
    ("He said Ilse Brand is the mayor.", "Ilse Brand", "Ilse Brandt", "accuracy/mistranslation/entity", "major",
     "The mayor of Velmar is Ilse Brandt.", "Ilse Brandt"),
    ("She called it a Gesamtkunstwerk of mud.", "Gesamtkunstwerk", "", "accuracy/untranslated", "minor", "", ""),
)  # fmt: skip
SIGNATURE = {
    "checker": "0.1.0", "model": "tiny", "model_hash": "0123456789abcdef", "settings_hash": "fedcba9876543210",
    "backend": "torch-float32-cpu",
}  # fmt: skip


def write_audit(folder: Path, documents: int = 40, *, seed: int = 0, days: int = 10, error_rate: float = 0.12) -> Path:
    """An audit of so many stories in `folder`; the same arguments make the same audit."""
    rng = random.Random(seed)
    stories = [make_story(rng, position, days, error_rate) for position in range(documents)]
    write_stories(folder, stories)
    return folder


def write_stories(folder: Path, stories, size: int = 500) -> None:
    """Writes (document, findings, sentences) triples and the summary of them."""
    for number, start in enumerate(range(0, max(1, len(stories)), size)):
        chunk = stories[start : start + size]
        part = Part(
            tuple(document for document, _, _ in chunk),
            tuple(finding for _, findings, _ in chunk for finding in findings),
            tuple(sentence for _, _, sentences in chunk for sentence in sentences),
        )
        write_part(folder, part_name(number), part)
    write_summary(folder, summarise(stories))


def summarise(stories):
    rows = [document for document, _, _ in stories]
    findings = [finding for _, found, _ in stories for finding in found]
    verdicts = ("supported", "contradicted", "unsupported", "not_checked")
    statuses = Counter(row.status for row in rows)
    return {
        "complete": True,
        "signature": SIGNATURE,
        "inputs": ["stories"],
        "options": {},
        "shards": [],
        "documents": {
            "total": len(rows),
            **{status.value: statuses[status] for status in Status},
            "incomplete": sum(row.incomplete for row in rows),
        },
        "sentences": {
            "total": sum(row.sentences for row in rows),
            **{verdict: sum(getattr(row, verdict) for row in rows) for verdict in verdicts},
        },
        "words": sum(row.words for row in rows),
        "findings": {
            "total": len(findings),
            "known": sum(row.known for row in rows),
            "expected_right": round(sum(finding.confidence for finding in findings), 3),
            "by_severity": dict(Counter(finding.severity for finding in findings)),
            "by_category": dict(Counter(finding.category for finding in findings)),
        },
        "skipped": [],
    }


def make_story(rng: random.Random, position: int, days: int, error_rate: float):
    """One document: checked, a copy of the one before it, or one that could not be read."""
    path = f"wire/{position:05}.txt"
    day = date(2022, 5, 1) + timedelta(days=rng.randrange(days))
    if position % 29 == 28:
        return (
            DocumentRow(position=position, id="", path=path, status=Status.SKIPPED, reason="the file is empty"),
            [],
            [],
        )
    if position % 31 == 30:
        row = DocumentRow(position=position, id="d", path=path, status=Status.DUPLICATE, duplicate_of=position - 2)
        return row, [], []
    sentences, findings, text = [], [], ""
    for index in range(rng.randrange(4, 9)):
        error = rng.choice(ERRORS) if rng.random() < error_rate else None
        words = error[0] if error else rng.choice(SENTENCES)
        start = len(text)
        text += words + " "
        verdict = "contradicted" if error else rng.choice(("supported", "unsupported", "unsupported", "not_checked"))
        sentences.append(
            make_sentence(
                position, document=f"d{position}", index=index, start=start, end=start + len(words), text=words,
                verdict=verdict, reason="too long" if verdict == "not_checked" else None, findings=int(bool(error)),
            )
        )  # fmt: skip
        if error:
            findings.append(_finding(rng, position, path, index, start, error))
    findings.sort(key=lambda finding: -finding.confidence)
    verdicts = Counter(sentence.verdict for sentence in sentences)
    worst = max((finding.severity for finding in findings), key=lambda level: Severity(level).rank, default=None)
    row = DocumentRow(
        position=position, id=f"d{position}", path=path, status=Status.CHECKED, content_hash=f"{position:016x}",
        title=f"{rng.choice(SENTENCES)[:-1]} ({position})", language="en", source_language=rng.choice(PAIRS),
        agency=rng.choice(AGENCIES), desk=rng.choice((*DESKS, None)), engine=rng.choice(ENGINES),
        published=f"{day}T08:00:00Z", day=day, characters=len(text), words=len(text.split()), sentences=len(sentences),
        findings=len(findings), worst=worst, incomplete=verdicts["not_checked"] > 0, **verdicts,
    )  # fmt: skip
    return row, findings, sentences


def _finding(rng, position, path, index, start, error):
    words, suspect, suggestion, category, severity, evidence, conflict = error
    place = words.index(suspect)
    kind = "fact" if evidence.startswith("The") else "source"
    given = {"kind": kind, "id": "e1", "text": evidence, "origin": "facts.txt:3"}
    span = SpanRow(evidence.index(conflict), evidence.index(conflict) + len(conflict), conflict) if evidence else None
    return make_finding(
        position, document=f"d{position}", path=path, id=f"n{index}", start=start + place,
        end=start + place + len(suspect), text=suspect, sentence=index, context=words, context_start=start,
        start_line=1, start_column=start + place + 1, end_line=1, end_column=start + place + len(suspect) + 1,
        category=category, severity=severity, confidence=round(rng.uniform(0.5, 0.99), 3),
        message=f"“{suspect}” does not agree with the evidence.", suggestions=(suggestion,) if suggestion else (),
        evidence=(make_evidence(span=span, **given),) if evidence else (),
        detector="nli", fingerprint=f"{rng.randrange(16**8):08x}{position:08x}",
    )  # fmt: skip
