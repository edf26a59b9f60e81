"""Fit a model's calibration on held-out data that the card's figures do not use, and write it beside the weights.

Five things: how the figures of a pair and of suspect words are weighed into one (logistic regressions, see
`checker.findings.weighing`), from which probability a word counts as suspect (best F1 over characters in error), how
far the labels' probabilities are drawn together (a temperature), and what confidence the findings of a kind deserve
(logistic maps, on other articles than the weights).
"""

from __future__ import annotations

import json
import logging
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np

from checker.document import Sentence, Span
from checker.evaluation.cases import (
    Case,
    Copy,
    article_cases,
    as_fact,
    context_cases,
    labelled_cases,
    language_cases,
    ranked,
    rated_copies,
    restated_cases,
)
from checker.evaluation.fitting import fit_weights
from checker.evaluation.metrics import character_f1
from checker.evidence import RESTATED, Evidence, EvidenceKind, Fact, Relation, select_evidence
from checker.evidence.restating import with_restated
from checker.findings import (
    Calibration,
    JudgedEvidence,
    SentenceResult,
    Thresholds,
    find_candidates,
    find_suspicions,
    pair_figures,
)
from checker.findings.aggregation import HIGHEST_CONFIDENCE, Candidate, Suspicion, merge_candidates, says_same
from checker.findings.calibration import FILE_NAME, Knots, to_json
from checker.findings.spans import decode_spans
from checker.findings.weighing import BIAS, Weights, log_odds, weigh
from checker.nli import Pair, Prediction
from checker.nli.registry import load_predictor
from checker.nli.types import LABELS
from checker.pipeline import Checker, Views
from checker.training.sources.reading import read_rows

log = logging.getLogger(__name__)

ARTICLES = 240
PAIRS = 700  # of each kind
CLAIMS = 1_500
RESTATED_ARTICLES = 150
LABELLED = "nli/lingnli.dev.jsonl.gz"  # in the style of MNLI, and not trained on
LABELLED_PAIRS = 2_000
TEMPERATURES = tuple(step / 100 for step in range(50, 401))
TOKEN_THRESHOLDS = tuple(step / 20 for step in range(4, 19))
# Words are named in pairs that are more likely wrong than not. Fitted for F1 alone the limit came out at .2, and every
# second clean paraphrase had words named in it, for a gain of .01.
NAMED_FROM = 0.5
PLACES = (0.0, 0.01, 0.03, *(step / 20 for step in range(1, 20)), 0.97, 0.99, 1.0)
# Beside a reference what is nearer to it is likelier right. The cases cannot tell what that is worth: in them the clean
# is often loose and the made error near. So it is set, where DEMETR gains and what raters say is ranked as before.
OVERLAP = 0.3
FEWEST = 40  # cases of a kind from which it gets weights or a map of its own
# Which way a figure may point, whatever a sample says.
PAIR_SIGNS = {
    **dict.fromkeys(("error", "contradiction", "word", "back_error", "back_contradiction", "back_word"), 1),
    **dict.fromkeys(("warmth", "back_warmth"), 1),
    **dict.fromkeys(("entailment", "back_entailment"), -1),
}
SPAN_SIGNS = {
    **dict.fromkeys(("word", "error", "contradiction", "beside", "relevance"), 1),
    **dict.fromkeys(("conflict_opposite", "conflict_negated", "conflict_name", "same_name"), 1),
    "seconded": 1,
    **dict.fromkeys(("entailment", "attested", "spans", "supported"), -1),
}
# Candidates are let through freely: what they are worth is weighed afterwards.
LIMITS = Thresholds(suspicion=0.25, word=0.35, language=0.5)
UNWEIGHED: Mapping[str, Weights] = MappingProxyType(
    {f"finding/{role}": MappingProxyType({}) for role in (*EvidenceKind, RESTATED)}
)

Judged = list[tuple[Copy, list[SentenceResult]]]
Restated = list[tuple[Case, SentenceResult]]


def calibrate(folder: Path, data: Path, *, articles: int = ARTICLES, pairs: int = PAIRS) -> Calibration:
    """Fit and write `<folder>/calibration.json`. Raises UnreadableFileError for missing data."""
    checker = Checker(predictor=load_predictor(str(folder)))
    cases = list(labelled_cases(data, pairs))
    views = checker.views([case.pair for case in cases])
    weights = {"error/reference": with_overlap(_pair_weights(cases, views), cases, views)}
    errors = [
        weigh(pair_figures(*view, case.pair), weights["error/reference"])
        for case, view in zip(cases, views, strict=True)
    ]
    token = best_threshold(cases, [view.forward for view in views], errors)
    calibration = Calibration(thresholds=replace(LIMITS, token=token, pair=NAMED_FROM), weights=UNWEIGHED)
    log.info("words count from %.2f", token)
    alone = list(language_cases(data, pairs))
    weights["error/language"] = _pair_weights(alone, checker.views([case.pair for case in alone]))
    judged = [(copy, _judge(checker, copy)) for copy in article_cases(data, articles)]
    claims = list(context_cases(data, CLAIMS))
    weights["error/context"] = _context_weights(judged, claims, checker.views([claim.pair for claim in claims]))
    rated = [(copy, _judge(checker, copy)) for copy in rated_copies(data)]
    halves = zip(_halves(_without_restated(judged)), _halves(rated), strict=True)
    first, second = ([*some, *others] for some, others in halves)
    weights |= _finding_weights(first, cases, views, calibration)
    restated = [_restated(checker, some) for some in restated_cases(data, RESTATED_ARTICLES, CLAIMS)]
    weights |= _restated_weights(restated[0], calibration)
    temperature = _label_temperature(checker, data)
    calibration = replace(calibration, weights=MappingProxyType(weights), temperature=temperature)
    maps = _finding_maps(second, calibration) | _restated_map(restated[1], calibration)
    calibration = replace(calibration, finding=MappingProxyType(maps))
    (folder / FILE_NAME).write_text(json.dumps(to_json(calibration), indent=1) + "\n", encoding="utf-8")
    return calibration


def label_temperature(said: Sequence[Prediction], labels: Sequence[str]) -> float:
    """The temperature at which the labels' probabilities fit best (least negative log-likelihood), to two decimals."""
    logs = np.log(np.clip([[one.entailment, one.neutral, one.contradiction] for one in said], 1e-7, 1.0))  # (cases, 3)
    right = np.array([LABELS.index(label) for label in labels])

    def loss(temperature: float) -> float:
        divided = logs / temperature
        normed = divided - np.logaddexp.reduce(divided, axis=1, keepdims=True)
        return -float(normed[np.arange(len(right)), right].mean())

    return min(TEMPERATURES, key=loss)


def _label_temperature(checker: Checker, data: Path) -> float:
    rows = [row for row in read_rows(data / LABELLED) if row["label"] in LABELS][:LABELLED_PAIRS]
    said = checker.predictor.predict([Pair(row["premise"], row["hypothesis"]) for row in rows])
    return label_temperature(said, [row["label"] for row in rows])


def _halves(judged: Judged) -> tuple[Judged, Judged]:
    """Eight copies in a row go to one half together: they are of every kind, or translations of one document."""
    numbered = list(enumerate(judged))
    return (
        [each for number, each in numbered if number // 8 % 2 == 0],
        [each for number, each in numbered if number // 8 % 2],
    )


def best_threshold(cases: Sequence[Case], said: Sequence[Prediction], errors: Sequence[float]) -> float:
    """Threshold of words with the best F1 over characters in error, in pairs from NAMED_FROM.

    It is the product of two, over rated translations and over made errors: made ones are many and easy, and alone, or
    in a plain mean, would silence the model on real ones.
    """
    figures = {}
    for token in TOKEN_THRESHOLDS:
        found = [
            [hot.span for hot in decode_spans(case.pair.hypothesis, one.tokens, token)] if error >= NAMED_FROM else []
            for case, one, error in zip(cases, said, errors, strict=True)
        ]
        figures[token] = math.prod(_f1(cases, found, rated=rated) for rated in (True, False))
    return max(figures, key=lambda token: figures[token])


def _f1(cases: Sequence[Case], found: Sequence[Sequence[Span]], *, rated: bool) -> float:
    kept = [(spans, case.spans) for spans, case in zip(found, cases, strict=True) if case.rated == rated]
    return character_f1([spans for spans, _ in kept], [gold for _, gold in kept])["f1"]


def _pair_weights(cases: Sequence[Case], views: Sequence[Views]) -> dict[str, float]:
    return fit_weights(
        [pair_figures(*view) for view in views], [case.wrong for case in cases], ranked(cases), PAIR_SIGNS
    )


def with_overlap(weights: Weights, cases: Sequence[Case], views: Sequence[Views]) -> dict[str, float]:
    """`weights` with OVERLAP for the overlap with the reference, and fitted once more as a whole, scale and bias."""
    sums = [
        log_odds(weigh(figures := pair_figures(*view, case.pair), weights)) - OVERLAP * figures["overlap"]
        for case, view in zip(cases, views, strict=True)
    ]
    scale = fit_weights([{"sum": one} for one in sums], [case.wrong for case in cases], signs={"sum": 1})
    by = scale.get("sum", 0.0)
    scaled = {name: weight * by for name, weight in weights.items() if name != BIAS}
    return {BIAS: weights[BIAS] * by + scale[BIAS], **scaled, "overlap": -OVERLAP * by}


def _judge(checker: Checker, copy: Copy) -> list[SentenceResult]:
    facts = [Fact(id=f"fact-{number}", text=text) for number, text in enumerate(copy.facts, start=1)]
    chosen = select_evidence(
        copy.document, facts, None, checker.predictor.embed, per_sentence=checker.settings.evidence_per_sentence
    )
    return checker.judge(copy.document, chosen.evidence)


def _without_restated(judged: Judged) -> Judged:
    """Without facts that say their sentence in nearly the same words, which have weights of their own.

    With them facts would seem surer than those are that merely speak of the same matters: one false alarm in three on
    clean articles came of it.
    """
    kept = []
    for copy, results in judged:
        fewer = []
        for result in results:
            told = with_restated(result.sentence.text, [piece.evidence for piece in result.judged])
            pairs = zip(result.judged, told, strict=True)
            left = tuple(piece for piece, each in pairs if each.role != RESTATED)
            fewer.append(replace(result, judged=left))
        kept.append((copy, fewer))
    return kept


def _context_weights(judged: Judged, claims: Sequence[Case], views: Sequence[Views]) -> dict[str, float]:
    """From labelled claims beside evidence, and from sentences of articles beside theirs, as many clean ones of these.

    A pair of an article is wrong where a planted error meets a fact that says the sentence right; whether other
    evidence contradicts a planted error is not known, so those pairs are left out. With all clean pairs errors would be
    so rare that a plain contradiction were improbable, which it is not for one who asks about a claim.
    """
    rows, wrong, clean = [pair_figures(*view) for view in views], [claim.wrong for claim in claims], []
    for copy, results in judged:
        for result in results:
            planted = copy.is_wrong(result.sentence.span)
            for piece in result.judged:
                right = (
                    planted and piece.evidence.kind is EvidenceKind.FACT and _restates(result.sentence, piece.evidence)
                )
                if says_same(result.sentence.text, piece.evidence.text) or planted != right:
                    continue
                figures = pair_figures(piece.prediction, None, result.language)
                if right:
                    rows.append(figures)
                    wrong.append(True)
                else:
                    clean.append(figures)
    kept = clean[:: max(1, len(clean) // len(claims))]
    return fit_weights(rows + kept, wrong + [False] * len(kept), signs=PAIR_SIGNS)


def _restates(sentence: Sentence, evidence: Evidence) -> bool:
    """True for evidence with most of the words of the sentence, as its reworded original has."""
    ours, theirs = (set(text.casefold().split()) for text in (sentence.text, evidence.text))
    return len(ours & theirs) >= 0.6 * len(ours)


def _finding_weights(
    judged: Judged, cases: Sequence[Case], views: Sequence[Views], calibration: Calibration
) -> dict[str, dict[str, float]]:
    """Weights of suspect words by kind of evidence; the source's come from pairs of translation and reference."""
    found: dict[str, list[tuple[Candidate, bool]]] = defaultdict(list)
    for copy, results in judged:
        for result in results:
            for candidate in find_candidates(result, calibration):
                # A right sentence that a wrong one contradicts is a true contradiction: voting decides who is wrong.
                if not _rests_on_error(copy, candidate) and _counts(copy, candidate):
                    found[candidate.evidence.kind].append((candidate, copy.is_wrong(candidate.place)))
    for case, view in zip(cases, views, strict=True):
        for candidate in find_candidates(_as_source(case, view), calibration):
            if candidate.evidence.kind is EvidenceKind.SOURCE:
                found[EvidenceKind.SOURCE].append((candidate, case.is_wrong(candidate.span)))
    return _weights_of(found)


def _weights_of(found: Mapping[str, Sequence[tuple[Candidate, bool]]]) -> dict[str, dict[str, float]]:
    """Weights by question, of roles of evidence with enough candidates."""
    weights = {}
    for role, some in sorted(found.items()):
        right = [hit for _, hit in some]
        log.info("%s: %d candidates, %d right", role, len(some), sum(right))
        if _is_enough(right):
            weights[f"finding/{role}"] = fit_weights(
                [candidate.figures for candidate, _ in some], right, signs=SPAN_SIGNS
            )
    return weights


def _is_enough(right: Sequence[bool]) -> bool:
    """To fit something on: enough cases, of both kinds."""
    return len(right) >= FEWEST and 0 < sum(right) < len(right)


def _restated(checker: Checker, cases: Sequence[Case]) -> Restated:
    """Each case with its sentence as it is judged beside the fact that restates it."""
    said = checker.predictor.predict([case.pair for case in cases])
    alone = checker.predictor.predict([Pair("", case.pair.hypothesis, Relation.LANGUAGE) for case in cases])
    return [
        (case, _as_result(case, as_fact(case.pair.premise, Relation.REFERENCE), forward, language))
        for case, forward, language in zip(cases, said, alone, strict=True)
    ]


def _restated_weights(restated: Restated, calibration: Calibration) -> dict[str, dict[str, float]]:
    found = [
        (candidate, case.is_wrong(candidate.span))
        for case, result in restated
        for candidate in find_candidates(result, calibration)
        if candidate.evidence.role == RESTATED
    ]
    return _weights_of({RESTATED: found})


def _restated_map(restated: Restated, calibration: Calibration) -> dict[str, Knots]:
    found = [
        (suspicion.confidence, case.is_wrong(suspicion.span))
        for case, result in restated
        for suspicion in merge_candidates(find_candidates(result, calibration))
        if suspicion.candidates[0].evidence.role == RESTATED
    ]
    return _maps_of({RESTATED: found})


def _counts(copy: Copy, candidate: Candidate) -> bool:
    """Raters judged a translation's words; what contradicts something else in it, they did not look for."""
    return not copy.rated or candidate.evidence.kind is EvidenceKind.LANGUAGE


def is_right(copy: Copy, suspicion: Suspicion) -> bool:
    """True where the suspect words are in error, or contradict a sentence of the article that is."""
    return copy.is_wrong(suspicion.place) or _rests_on_error(copy, suspicion.candidates[0])


def _rests_on_error(copy: Copy, candidate: Candidate) -> bool:
    place = candidate.evidence.span
    return candidate.evidence.kind is EvidenceKind.ARTICLE and place is not None and copy.is_wrong(place)


def _as_source(case: Case, view: Views) -> SentenceResult:
    evidence = Evidence(EvidenceKind.SOURCE, "source:0", case.pair.premise, 1.0, Relation.REFERENCE)
    return _as_result(case, evidence, view.forward, view.language)


def _as_result(case: Case, evidence: Evidence, said: Prediction, language: Prediction | None) -> SentenceResult:
    """The hypothesis as the one sentence of a text, with one piece of evidence."""
    sentence = Sentence(0, Span(0, len(case.pair.hypothesis)), case.pair.hypothesis)
    return SentenceResult(sentence, (JudgedEvidence(evidence, said),), language)


def _finding_maps(judged: Judged, calibration: Calibration) -> dict[str, Knots]:
    """Logistic maps from the weighed figure to the share of right findings, by kind of the surest evidence.

    A finding that rests on another sentence of the article is right where either of the two holds an error: that they
    contradict each other is what it says. Which of two is wrong, nothing in the article may tell.
    """
    cases: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for copy, results in judged:
        for suspicion in find_suspicions(copy.document, results, calibration):
            first = suspicion.candidates[0]
            if _counts(copy, first):
                cases[first.evidence.kind].append((suspicion.confidence, is_right(copy, suspicion)))
    return _maps_of(cases)


def _maps_of(cases: Mapping[str, Sequence[tuple[float, bool]]]) -> dict[str, Knots]:
    return {role: _map(found) for role, found in sorted(cases.items()) if _is_enough([right for _, right in found])}


def _map(found: Sequence[tuple[float, bool]]) -> Knots:
    """Knots of σ(a·log-odds + b) (Platt, 1999): a hundred cases are too few for the steps of an isotonic map."""
    weights = fit_weights([{"raw": log_odds(raw)} for raw, _ in found], [right for _, right in found], signs={"raw": 1})
    said = (weigh({"raw": log_odds(place)}, weights) for place in PLACES)
    return tuple((place, round(min(HIGHEST_CONFIDENCE, one), 4)) for place, one in zip(PLACES, said, strict=True))
