"""The whole way from judged sentences to findings and verdicts, on one screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from checker.document import Document, Span
from checker.evidence import ORIGINAL, Evidence, EvidenceKind
from checker.evidence.joining import parts_of
from checker.findings.aggregation import (
    MOST_EVIDENCE,
    Candidate,
    SentenceResult,
    Suspicion,
    corroborated,
    find_candidates,
    merge_candidates,
    verdict_of,
)
from checker.findings.both_sides import join_sides
from checker.findings.budget import apply_budget
from checker.findings.calibration import Calibration
from checker.findings.categories import categorise, severity
from checker.findings.counterparts import Counterpart
from checker.findings.edits import shared_ends, without_ends
from checker.findings.exactness import is_same_amount
from checker.findings.fingerprints import fingerprint
from checker.findings.inflection import ending_of
from checker.findings.messages import write_message
from checker.findings.polarity import is_negator, opposites, prefix_opposites
from checker.findings.ruled import findings_of_rules, join_findings, rests_on_evidence
from checker.findings.suggestions import suggest, suggest_translations
from checker.findings.suspects import conflict_with
from checker.findings.types import Finding, FindingEvidence, SentenceVerdict
from checker.findings.voting import Ballot, facts_behind, settle_disputes, weigh_readings
from checker.findings.words import indices_in, normalise, words_of
from checker.rules import RuleCandidate

MOST_SUGGESTIONS = 3
# Evidence with other words against the suspect ones is shown where it is at least this share as sure as what leads.
SECONDING = 0.5

# What an original has for the words of a sentence at a span, None where that is not clear.
ReadOriginal = Callable[[str, Span, Evidence], Counterpart | None]


class Found(NamedTuple):
    """What became of the model's and the rules' suspicions; `held_back` findings had no room in the budget."""

    findings: tuple[Finding, ...]
    verdicts: tuple[SentenceVerdict, ...]
    held_back: int = 0


def make_findings(
    document: Document,
    results: Sequence[SentenceResult],
    calibration: Calibration,
    *,
    min_confidence: float,
    max_alerts: int,
    ruled: Sequence[RuleCandidate] = (),
    hides: Callable[[Finding], bool] | None = None,
    read_original: ReadOriginal | None = None,
) -> Found:
    """Findings, surest first, and one verdict for each result, in the order of `results`.

    `ruled` is what exact rules found. Words that they and the model suspect are one finding. What `hides` is left out
    before the budget. `read_original` tells what an original in another language has for words of a sentence.
    The findings do not depend on the order of `results`, nor on that of the evidence in them.
    """
    suspicions = find_suspicions(document, results, calibration)
    sure = [suspicion for suspicion in suspicions if suspicion.confidence >= min_confidence]
    by_model = join_sides(document, [_describe(document, suspicion, read_original) for suspicion in sure])
    findings = join_findings(findings_of_rules(document, ruled), by_model)
    if hides is not None:
        marked = [_marked(document, finding) for finding in findings if finding.confidence >= min_confidence]
        findings = [finding for finding in marked if not hides(finding)]
    chosen, held_back = apply_budget(findings, min_confidence=min_confidence, max_alerts=max_alerts)
    found = {finding.sentence for finding in chosen if finding.detector == "nli" or rests_on_evidence(finding)}
    verdicts = tuple(
        verdict_of(result, calibration.thresholds, found=result.sentence.index in found) for result in results
    )
    named = tuple(_named(document, finding, rank) for rank, finding in enumerate(chosen, start=1))
    return Found(named, verdicts, held_back)


def find_suspicions(document: Document, results: Sequence[SentenceResult], calibration: Calibration) -> list[Suspicion]:
    """All suspect words of a document, in text order, before any budget."""
    ballot = Ballot(document)
    suspicions: list[Suspicion] = []
    for result in sorted(results, key=lambda result: result.sentence.index):
        backers = facts_behind(result, calibration.thresholds)
        candidates = [one for one in find_candidates(result, calibration) if not is_explained(one)]
        suspicions += merge_candidates(weigh_readings(candidate, ballot, backers) for candidate in candidates)
    by_sentence = {result.sentence.index: result for result in results}
    settled = settle_disputes(suspicions, ballot)
    return [corroborated(suspicion, by_sentence[suspicion.sentence.index]) for suspicion in settled]


def _named(document: Document, finding: Finding, rank: int) -> Finding:
    """With what only findings that are shown need: a fingerprint looks through the whole text."""
    return replace(_marked(document, finding), id=f"f{rank}")


def _marked(document: Document, finding: Finding) -> Finding:
    """With its fingerprint."""
    return replace(finding, fingerprint=fingerprint(document.text, finding.span, finding.category))


def is_explained(candidate: Candidate) -> bool:
    """True where the evidence has the suspect amount itself, in other words: "1.3bn" and "1,300 million"."""
    evidence = candidate.evidence
    if evidence.kind is EvidenceKind.LANGUAGE:
        return False
    return is_same_amount(candidate.sentence.text, candidate.span, evidence.text, candidate.conflict)


def _describe(document: Document, suspicion: Suspicion, read_original: ReadOriginal | None) -> Finding:
    """A suspicion in the words of the report; `_named` gives the rest when all findings are in order."""
    text = suspicion.sentence.text
    shown = _vouched_first([_for_span(candidate, suspicion) for candidate in suspicion.candidates])
    shown = _to_be_shown(shown)[:MOST_EVIDENCE]
    ends = _shared_ends(_lead_of(shown))
    shown = [_to_the_point(candidate, ends) for candidate in shown]
    lead = _lead_of(shown)
    evidence, span, place = lead.evidence, lead.span, lead.place
    language = evidence.kind is EvidenceKind.LANGUAGE
    premise = "" if language else evidence.text
    category = categorise(text, span, premise, lead.conflict, evidence.relation, lead.told)
    agreeing = sum(_agrees(candidate, lead) for candidate in shown if candidate is not lead)
    counterpart = _counterpart(lead, read_original)
    conflict = counterpart.span if counterpart else lead.conflict
    means = suggest_translations(span.of(text), counterpart.translations) if counterpart else ()
    return Finding(
        id="",
        span=place,
        text=place.of(document.text),
        sentence=suspicion.sentence.index,
        category=category,
        severity=severity(category, text, span),
        confidence=suspicion.confidence,
        message=write_message(
            category,
            span.of(text),
            evidence.kind,
            premise,
            conflict,
            agreeing=agreeing,
            joined=len(evidence.joined),
            language=evidence.language,
        ),
        suggestions=() if language else (_suggestions(text, shown) or means),
        evidence=_cited([replace(each, conflict=conflict) if each is lead else each for each in shown]),
        detector="fluency" if language else "nli",
        fingerprint="",
    )


def _vouched_first(shown: Sequence[Candidate]) -> list[Candidate]:
    """With a fact first where one says the same against the words as what is surest: it is vouched for."""
    surest = _lead_of(shown)
    said = _conflicting(surest)
    facts = [candidate for candidate in shown if candidate.evidence.kind is EvidenceKind.FACT]
    first = surest if surest in facts else next((fact for fact in facts if said and _conflicting(fact) == said), None)
    if first is None:
        return list(shown)
    return [first, *(candidate for candidate in shown if candidate is not first)]


def _to_be_shown(shown: Sequence[Candidate]) -> list[Candidate]:
    """Without the weaker evidence that has other words against the suspect ones: it would be no second witness."""
    lead = _lead_of(shown)
    return [
        candidate for candidate in shown if candidate is lead or _agrees(candidate, lead) or _is_near(candidate, lead)
    ]


def _agrees(candidate: Candidate, lead: Candidate) -> bool:
    """True where the two have a word in common against the suspect ones, or none; or both surely deny them."""
    one, two = _conflicting(candidate), _conflicting(lead)
    return bool(one & two) or not (one or two) or (_is_near(candidate, lead) and _denies(candidate) and _denies(lead))


def _is_near(candidate: Candidate, lead: Candidate) -> bool:
    return candidate.confidence >= SECONDING * lead.confidence


def _denies(candidate: Candidate) -> bool:
    """True where the words against the suspect ones are their opposite or hold a negation."""
    if candidate.conflict is None:
        return False
    ours, theirs = words_of(candidate.span.of(candidate.sentence.text)), words_of(candidate.evidence.text)
    against = [theirs[index] for index in indices_in(theirs, candidate.conflict)]
    return any(is_negator(word) or any(opposites(word.norm, own.norm) for own in ours) for word in against)


def _lead_of(shown: Sequence[Candidate]) -> Candidate:
    """The first that has words against the suspect ones, else the first."""
    return next((candidate for candidate in shown if candidate.conflict), shown[0])


def _conflicting(candidate: Candidate) -> frozenset[str]:
    """Stems of the words of the evidence that conflict with the suspect ones."""
    words = words_of(candidate.conflict.of(candidate.evidence.text)) if candidate.conflict else ()
    return frozenset(word.stem for word in words)


def _cited(shown: Sequence[Candidate]) -> tuple[FindingEvidence, ...]:
    """What the finding rests on; of facts that were joined each one by itself, with its own origin and dates."""
    cited: dict[tuple[EvidenceKind, str, str], FindingEvidence] = {}
    for candidate in shown:
        for part, place in parts_of(candidate.evidence):
            item = FindingEvidence(part, candidate.probability, _within(place, candidate.conflict))
            cited.setdefault((part.kind, part.id, part.text), item)
    return tuple(cited.values())


def _within(place: Span, conflict: Span | None) -> Span | None:
    """The part of `conflict` that lies in `place`, counted from its start."""
    if conflict is None or not place.overlaps(conflict):
        return None
    return Span(max(conflict.start, place.start) - place.start, min(conflict.end, place.end) - place.start)


def _for_span(candidate: Candidate, suspicion: Suspicion) -> Candidate:
    """The candidate with what its evidence says against the words that are shown, where those are not quite its own."""
    if candidate.span == suspicion.span or candidate.evidence.kind is EvidenceKind.LANGUAGE:
        return candidate
    conflict = conflict_with(suspicion.sentence.text, suspicion.span, candidate.evidence)
    return replace(candidate, span=suspicion.span, conflict=conflict or candidate.conflict)


def _shared_ends(candidate: Candidate) -> tuple[int, int]:
    """How many small words suspect words and conflict begin and end with alike: the "of" of "Cover of", "Summit of"."""
    if candidate.conflict is None:
        return 0, 0
    return shared_ends(candidate.sentence.text, candidate.span, candidate.evidence.text, candidate.conflict)


def _to_the_point(candidate: Candidate, ends: tuple[int, int]) -> Candidate:
    """Without so many words at both ends of the suspect words, and of the conflict as far as it has them too."""
    span = without_ends(candidate.sentence.text, candidate.span, *ends)
    if span == candidate.span or candidate.conflict is None:
        return replace(candidate, span=span)
    first, last = (min(both) for both in zip(ends, _shared_ends(candidate), strict=True))
    return replace(
        candidate, span=span, conflict=without_ends(candidate.evidence.text, candidate.conflict, first, last)
    )


def _counterpart(lead: Candidate, read_original: ReadOriginal | None) -> Counterpart | None:
    """What an original in another language has for the words that are shown, where it is what leads."""
    if read_original is None or lead.evidence.role != ORIGINAL:
        return None
    found = read_original(lead.sentence.text, lead.span, lead.evidence)
    if found is None or lead.conflict is None or lead.conflict.overlaps(found.span):
        return found
    return None


def _stems(text: str) -> tuple[str, ...]:
    return tuple(word.stem for word in words_of(text))


def _suggestions(text: str, shown: Sequence[Candidate]) -> tuple[str, ...]:
    """Suggestions of all evidence, the surest first; but the plain opposite of the word before any other.

    Of two forms of the same words the one that has the sentence's ending comes first: for `Cover` the `Summit` that one
    piece of evidence has, not the `Summits` of another.
    """
    found = [
        suggestion
        for candidate in shown
        if candidate.evidence.role != ORIGINAL  # its words are no English
        for suggestion in suggest(text, candidate.span, candidate.evidence.text, candidate.conflict)
    ]
    own = normalise(shown[0].span.of(text))
    rank: dict[tuple[str, ...], int] = {}
    for suggestion in found:
        rank.setdefault(_stems(suggestion), len(rank))

    def order(suggestion: str) -> tuple[bool, int, bool]:
        word = normalise(suggestion)
        return not prefix_opposites(word, own), rank[_stems(suggestion)], ending_of(word) != ending_of(own)

    ranked = sorted(dict.fromkeys(found), key=order)
    return tuple(ranked[:MOST_SUGGESTIONS])
