"""The whole flow in one place: read → select evidence → judge → find → report.

The command line, the pages, the batch audit and notebooks all go through `Checker`; none of them has its own flow.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import NamedTuple, NoReturn

from checker.document import AlignedSource, Document, Sentence
from checker.errors import UsageError
from checker.evidence import (
    ORIGINAL,
    RESTATED,
    RETOLD,
    Evidence,
    Fact,
    FactMemory,
    FactStore,
    Relation,
    SkippedEvidence,
    select_evidence,
)
from checker.findings import (
    Calibration,
    Finding,
    Found,
    JudgedEvidence,
    Scored,
    SentenceResult,
    alone,
    load_calibration,
    load_recalibration,
    make_findings,
    score_pair,
    trace_sentence,
    turned,
)
from checker.given import KnownFacts, given_day, given_document, given_facts, given_source, why_unread
from checker.loading import load_model, load_originals
from checker.nli import Pair, Prediction, Predictor
from checker.nli.cache import RememberingPredictor
from checker.originals import Originals
from checker.report import Explanation, Report, Signature, Skipped
from checker.report.completeness import NOTHING_TO_CHECK, why_unchecked
from checker.rules import (
    Glossary,
    Material,
    RuleCandidate,
    find_by_rules,
    gather_material,
    load_glossary,
    originals_of,
    reads,
)
from checker.settings import Settings
from checker.version import __version__

CHECKS_REMEMBERED = 16  # documents that `explain` can be asked about
PAIRS_WATCHED = 64  # questions to the model between two calls of who watches a check

# Called with the number of sentences judged so far, in text order, and with what tells their findings and verdicts:
# those of exact rules at 0, those of the whole document, which alone are final, in the report. It may raise to end the
# check.
Watch = Callable[[int, Callable[[], Found]], None]


class Views(NamedTuple):
    """What the model says of one pair; see `Checker.views`."""

    forward: Prediction
    backward: Prediction | None
    language: Prediction | None


class _Check(NamedTuple):
    """What `explain` needs of a check besides the model."""

    report: Report
    evidence: tuple[tuple[Evidence, ...], ...]


class Checker:
    """Checks documents with one model, loaded at first use. Threads may share one.

    `settings` are the plain defaults where None; `checker.settings.load_settings` also reads checker.toml and the
    environment. `predictor` replaces the model that the settings name (for tests, or a model of your own); threads that
    share a checker call it at the same time. Originals in other languages are read by the model that the settings name
    for them, and by none where `predictor` is given, unless `originals` is too.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        predictor: Predictor | None = None,
        originals: Originals | None = None,
    ) -> None:
        if settings is not None and not isinstance(settings, Settings):
            given = repr(settings) if isinstance(settings, str) else "…"
            raise UsageError(f"settings is of type {type(settings).__name__}; pass Settings(model={given})")
        self.settings = settings or Settings()
        self._predictor = predictor
        self.originals = originals or (Originals() if predictor else load_originals(self.settings))
        self._calibration: Calibration | None = None
        self._found_facts = FactMemory()  # for a predictor that remembers: an audit is to be repeated to the byte
        self._lock = Lock()
        self._checks: deque[_Check] = deque(maxlen=CHECKS_REMEMBERED)

    def __reduce__(self) -> NoReturn:
        """A model is not to be copied: raises UsageError, which says what to do instead."""
        raise UsageError("a Checker cannot be pickled or copied; make one in each process, with Checker(settings)")

    def __repr__(self) -> str:
        """The model, the settings that are not the defaults, and their hash, as reports have it; loads nothing."""
        model = self.settings.model if self._predictor is None else self._predictor.name
        chosen = {name: value for name, value in self.settings.changes().items() if name != "model"}
        shown = [f"{name}={(str(value) if isinstance(value, str) else value)!r}" for name, value in chosen.items()]
        return f"{type(self).__name__}({', '.join([repr(model), *shown, f'settings {self.settings.hash()}'])})"

    @property
    def predictor(self) -> Predictor:
        """The model; raises ModelError where it cannot be loaded."""
        with self._lock:
            if self._predictor is None:
                self._predictor = load_model(self.settings)
            return self._predictor

    @property
    def calibration(self) -> Calibration:
        """What the model's raw figures are worth; the identity where the model brings no calibration.

        Raises UsageError where the settings name a newsroom's calibration that cannot be used.
        """
        folder = getattr(self.predictor, "folder", None)
        with self._lock:
            if self._calibration is None:
                own = load_calibration(folder) if folder is not None else Calibration()
                self._calibration = self._recalibrated(own)
            return self._calibration

    def _recalibrated(self, own: Calibration) -> Calibration:
        """With the newsroom's own calibration, where the settings name one; raises UsageError for another model's."""
        if self.settings.calibration is None:
            return own
        found = load_recalibration(Path(self.settings.calibration))
        if self._predictor is not None and found.model != self._predictor.weights_hash:
            raise UsageError(f"{self.settings.calibration}: was fitted for another model; calibrate for this one")
        return found.applied_to(own)

    def check(
        self,
        document: Document | str,
        *,
        facts: FactStore | Iterable[Fact | str | FactStore] = (),
        source: Document | AlignedSource | str | None = None,
        as_of: date | str | None = None,
        skipped: Sequence[Skipped] = (),
        hides: Callable[[Finding], bool] | None = None,
        watch: Watch | None = None,
    ) -> Report:
        """Check one document against facts, its original-language source and itself.

        An AlignedSource says which stretch of the original belongs to which of the document; one that came with the
        document's own file is used where `source` is None.

        Facts that are not valid on `as_of` are left out. It is the day on which the document was published where it is
        None, and today where that is not known; the report's signature says which day it was if it made a difference.
        `skipped` names what could not be read before (facts, a source), so that the report tells. Findings that
        `hides` (of a baseline, of what editors dismissed) are not reported and take no place in the budget. `watch` is
        told how far the check is, and changes nothing of its result. An article that is surely in a language that the
        model does not read is left to the exact rules, and told as not checked. Raises ModelError, UsageError for
        what is no article, fact, source or day or holds half a character, and UnreadableFileError for a file that does.
        """
        read = given_document(document, self.settings.language)
        day = given_day(read, as_of)
        known = given_facts(day, facts)
        origin = given_source(read, source)
        material = gather_material(read, origin, self._glossary.terms)
        ruled = self._find_by_rules(material)
        unread = why_unread(read)
        originals = None if unread else self.originals.references(material, origin)

        def find(results: Sequence[SentenceResult]) -> Found:
            chosen = self.settings
            return make_findings(
                read,
                results,
                self._calibration_with(original=originals is not None),
                min_confidence=chosen.min_confidence,
                max_alerts=chosen.max_alerts,
                ruled=ruled,
                hides=hides,
                read_original=self.originals.counterpart,
            )

        if watch is not None:
            watch(0, lambda: find(()))
        selection = select_evidence(
            replace(read, sentences=()) if unread else read,
            known.facts,
            origin,
            self.predictor.embed,
            per_sentence=self.settings.evidence_per_sentence,
            stores=known.stores,
            model=self.predictor.weights_hash,
            memory=self._found_facts if isinstance(self.predictor, RememberingPredictor) else None,
            restated=self.calibration.weighs(RESTATED),
            retold=self.calibration.weighs(RETOLD),
            originals=originals,
        )
        if unread:
            results = _unasked(read, unread)
        elif watch is None:
            results = self._judge(read.sentences, selection.evidence)
        else:
            results = self._judge_watched(
                read, selection.evidence, lambda so_far: watch(len(so_far), partial(find, so_far))
            )
        findings, verdicts, held_back = find(results)
        whole = unread or (None if read.sentences else NOTHING_TO_CHECK)
        omitted = (Skipped(read.path or "document", reason) for reason in (*read.omitted, whole) if reason)
        unused = [_told(each, origin) for each in selection.skipped]
        problems = (Skipped(where, why) for where, why in self._glossary.problems)
        unusable = [Skipped("facts", why)] if (why := known.why_none(day)) else []
        left_out = (*skipped, *omitted, *unused, *unusable, *problems)
        signature = self._signature(known, day, original=originals is not None)
        report = Report(read, findings, verdicts, left_out, signature, originals_of(material), held_back)
        with self._lock:
            self._checks.append(_Check(report, selection.evidence))
        return report

    def explain(self, what: Finding | Sentence, report: Report | None = None) -> Explanation:
        """Why a finding is there, or why a sentence has the verdict that it has: all evidence, and what became of it.

        `report` tells which check is meant; without it the newest that has the finding or sentence. Answers about the
        last CHECKS_REMEMBERED documents that this checker checked; raises UsageError for any other, and ModelError.
        """
        if not isinstance(what, Finding | Sentence):
            wanted = "a finding (report.findings[0]) or a sentence (report.document.sentences[0])"
            raise UsageError(f"what to explain is of type {type(what).__name__}; give {wanted}")
        with self._lock:
            known = [each for each in reversed(self._checks) if report is None or each.report == report]
        found = next((each for each in known if _is_of(what, each.report)), None)
        if found is None:
            raise UsageError("this is not of a document that this checker has just checked; check it and explain again")
        document, index = found.report.document, what.sentence if isinstance(what, Finding) else what.index
        original = any(piece.role == ORIGINAL for chosen in found.evidence for piece in chosen)
        calibration = self._calibration_with(original=original)
        traces = trace_sentence(
            document,
            self.judge(document, found.evidence),
            calibration,
            index,
            shown=found.report.findings,
            min_confidence=self.settings.min_confidence,
        )
        return Explanation(
            sentence=document.sentences[index],
            verdict=found.report.sentences[index],
            finding=what if isinstance(what, Finding) else None,
            evidence=traces,
            thresholds=calibration.thresholds,
            min_confidence=self.settings.min_confidence,
            max_alerts=self.settings.max_alerts,
        )

    def find_by_rules(self, document: Document, source: Document | AlignedSource | None = None) -> list[RuleCandidate]:
        """What exact rules find, without a model, in text order. Raises UsageError for an unreadable glossary."""
        return self._find_by_rules(gather_material(document, source, self._glossary.terms))

    def _find_by_rules(self, material: Material) -> list[RuleCandidate]:
        return find_by_rules(material, disabled=self.settings.disable_rules, enabled=self.settings.enable_rules)

    @cached_property
    def _glossary(self) -> Glossary:
        return load_glossary(Path(self.settings.glossary)) if self.settings.glossary else Glossary(())

    def score(self, pairs: Sequence[Pair]) -> list[Scored]:
        """The model's calibrated view of each pair, in order."""
        return [
            score_pair(pair, view.forward, self._calibration_of(pair), view.backward, view.language)
            for pair, view in zip(pairs, self.views(pairs), strict=True)
        ]

    def views(self, pairs: Sequence[Pair]) -> list[Views]:
        """Each pair as it stands, turned round, and without its premise (None where that asks nothing), in order."""
        questions = [question for pair in pairs for question in (pair, turned(pair), alone(pair)) if question]
        # The same sentence is often judged against several premises; it is looked at alone once.
        answers = dict(zip(dict.fromkeys(questions), self._ask(list(dict.fromkeys(questions))), strict=True))
        return [
            Views(answers[pair], answers.get(turned(pair)), answers.get(alone(pair)))  # type: ignore[arg-type]
            for pair in pairs
        ]

    def judge(self, document: Document, evidence: Sequence[Sequence[Evidence]]) -> list[SentenceResult]:
        """What the model says of each sentence and its evidence.

        One call for all pairs: the model sorts by length, which is what makes it fast. It is asked nothing of an
        article in a language that it surely does not read.
        """
        if unread := why_unread(document):
            return _unasked(document, unread)
        return self._judge(document.sentences, evidence)

    def _judge_watched(
        self,
        document: Document,
        evidence: Sequence[Sequence[Evidence]],
        tell: Callable[[Sequence[SentenceResult]], None],
    ) -> list[SentenceResult]:
        """As `judge`, a few sentences at a time; what the model says of a pair does not depend on the others."""
        results: list[SentenceResult] = []
        pairs = 0
        for end, chosen in enumerate(evidence, start=1):
            pairs += 1 + len(chosen)
            if pairs >= PAIRS_WATCHED or end == len(evidence):
                start, pairs = len(results), 0
                results += self._judge(document.sentences[start:end], evidence[start:end])
                tell(tuple(results))
        return results

    def _judge(self, sentences: Sequence[Sentence], evidence: Sequence[Sequence[Evidence]]) -> list[SentenceResult]:
        pairs = [Pair("", sentence.text, Relation.LANGUAGE) for sentence in sentences]
        for sentence, chosen in zip(sentences, evidence, strict=True):
            pairs += [
                Pair(piece.text, sentence.text, relation, piece.language)
                for piece in chosen
                for relation in piece.questions
            ]
        said = self._ask(pairs)
        views, rest = said[: len(sentences)], iter(said[len(sentences) :])
        results = []
        for sentence, view, chosen in zip(sentences, views, evidence, strict=True):
            judged = tuple(JudgedEvidence(piece, *islice(rest, len(piece.questions))) for piece in chosen)
            results.append(SentenceResult(sentence, judged, view, why_unchecked(judged, view)))
        return results

    def _ask(self, pairs: Sequence[Pair]) -> list[Prediction]:
        """One prediction a pair, by the model of originals where that reads the premise."""
        foreign = [pair for pair in pairs if self.originals.reads(pair.language)]
        if not foreign:
            return self.predictor.predict(pairs)
        english = [pair for pair in pairs if not self.originals.reads(pair.language)]
        read, said = iter(self.originals.predictor.predict(foreign)), iter(self.predictor.predict(english))
        return [next(read if self.originals.reads(pair.language) else said) for pair in pairs]

    def _calibration_of(self, pair: Pair) -> Calibration:
        """That of the model which judges the pair."""
        return self.originals.calibration if self.originals.reads(pair.language) else self.calibration

    def _calibration_with(self, *, original: bool) -> Calibration:
        """The calibration, with that of findings which rest on an original in another language where there is one."""
        return self.calibration.with_role(ORIGINAL, self.originals.calibration) if original else self.calibration

    def _signature(self, known: KnownFacts, day: date, *, original: bool) -> Signature:
        return Signature(
            checker=__version__,
            model=self.predictor.name,
            model_hash=self.predictor.weights_hash,
            settings_hash=self.settings.hash(),
            backend=self.predictor.backend,
            facts_hash=known.hash(),
            as_of=day.isoformat() if known.dated else None,
            calibration=self.calibration.recalibration,
            originals=self.originals.identity if original else None,
        )


def _unasked(document: Document, reason: str) -> list[SentenceResult]:
    """What is known of an article that the model is asked nothing about."""
    return [SentenceResult(sentence, (), None, reason) for sentence in document.sentences]


def _is_of(what: Finding | Sentence, report: Report) -> bool:
    return what in (report.findings if isinstance(what, Finding) else report.document.sentences)


def _told(skipped: SkippedEvidence, source: Document | AlignedSource | None) -> Skipped:
    """What the model could not read, with what exact rules could; see `checker.rules`."""
    if source is None or skipped.what != (source.path or "source") or "reads" not in skipped.reason:
        return Skipped(*skipped)
    if reads(source.language):
        return Skipped(skipped.what, f"{skipped.reason}; exact rules were run against it")
    return Skipped(skipped.what, f"{skipped.reason}, and no rule reads it; only rules that need no source were run")
