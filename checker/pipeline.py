"""The whole flow in one place: read → select evidence → judge → find → report.

The command line, the pages, the batch audit and notebooks all go through `Checker`; none of them has its own flow.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from checker.document import AlignedSource, Document, make_document
from checker.evidence import Evidence, Fact, Relation, SkippedEvidence, facts_hash, select_evidence
from checker.findings import (
    Calibration,
    JudgedEvidence,
    Scored,
    SentenceResult,
    alone,
    load_calibration,
    make_findings,
    score_pair,
    turned,
)
from checker.nli import Pair, Prediction, Predictor
from checker.report import Report, Signature, Skipped
from checker.rules import Glossary, RuleCandidate, find_by_rules, gather_material, load_glossary, reads
from checker.settings import Settings
from checker.version import __version__

NOTHING_TO_JUDGE = "no evidence speaks of the same matters"
NOT_READ_WHOLE = "longer than the model can read"


class Views(NamedTuple):
    """What the model says of one pair; see `Checker.views`."""

    forward: Prediction
    backward: Prediction | None
    language: Prediction | None


class Checker:
    """Checks documents with one model, loaded at first use.

    `settings` are the plain defaults where None; `checker.settings.load_settings` also reads checker.toml and the
    environment. `predictor` replaces the model that the settings name (for tests, or a model of your own).
    """

    def __init__(self, settings: Settings | None = None, predictor: Predictor | None = None) -> None:
        self.settings = settings or Settings()
        self._given = predictor

    @cached_property
    def predictor(self) -> Predictor:
        """The model; raises ModelError where it cannot be loaded."""
        if self._given is not None:
            return self._given
        from checker.nli.cache import RememberingPredictor
        from checker.nli.registry import load_predictor

        settings = self.settings
        return RememberingPredictor(
            load_predictor(settings.model, batch_size=settings.batch_size, threads=settings.threads)
        )

    @cached_property
    def calibration(self) -> Calibration:
        """What the model's raw figures are worth; the identity where the model brings no calibration."""
        folder = getattr(self.predictor, "folder", None)
        return load_calibration(folder) if folder is not None else Calibration()

    def check(
        self,
        document: Document | str,
        *,
        facts: Sequence[Fact | str] = (),
        source: Document | AlignedSource | str | None = None,
        skipped: Sequence[Skipped] = (),
    ) -> Report:
        """Check one document against facts, its original-language source and itself.

        An AlignedSource says which stretch of the original belongs to which of the document; one that came with the
        document's own file is used where `source` is None.

        `skipped` names what could not be read before (facts, a source), so that the report tells. Raises ModelError.
        """
        read = self._read(document)
        known = [_as_fact(fact, number) for number, fact in enumerate(facts, start=1)]
        origin = self._read_source(read, source)
        selection = select_evidence(
            read, known, origin, self.predictor.embed, per_sentence=self.settings.evidence_per_sentence
        )
        results = self.judge(read, selection.evidence)
        findings, verdicts = make_findings(
            read,
            results,
            self.calibration,
            min_confidence=self.settings.min_confidence,
            max_alerts=self.settings.max_alerts,
            ruled=self.find_by_rules(read, origin),
        )
        omitted = (Skipped(read.path or "document", reason) for reason in read.omitted)
        unread = [_told(each, origin) for each in selection.skipped]
        problems = (Skipped(where, why) for where, why in self._glossary.problems)
        left_out = (*skipped, *omitted, *unread, *problems)
        return Report(read, findings, verdicts, left_out, self._signature(known))

    def find_by_rules(self, document: Document, source: Document | AlignedSource | None = None) -> list[RuleCandidate]:
        """What exact rules find, without a model, in text order. Raises UsageError for an unreadable glossary."""
        material = gather_material(document, source, self._glossary.terms)
        return find_by_rules(material, disabled=self.settings.disable_rules, enabled=self.settings.enable_rules)

    @cached_property
    def _glossary(self) -> Glossary:
        return load_glossary(Path(self.settings.glossary)) if self.settings.glossary else Glossary(())

    def score(self, pairs: Sequence[Pair]) -> list[Scored]:
        """The model's calibrated view of each pair, in order."""
        return [
            score_pair(pair, view.forward, self.calibration, view.backward, view.language)
            for pair, view in zip(pairs, self.views(pairs), strict=True)
        ]

    def views(self, pairs: Sequence[Pair]) -> list[Views]:
        """Each pair as it stands, turned round, and without its premise (None where that asks nothing), in order."""
        questions = [question for pair in pairs for question in (pair, turned(pair), alone(pair)) if question]
        # The same sentence is often judged against several premises; it is looked at alone once.
        answers = dict(
            zip(dict.fromkeys(questions), self.predictor.predict(list(dict.fromkeys(questions))), strict=True)
        )
        return [
            Views(answers[pair], answers.get(turned(pair)), answers.get(alone(pair)))  # type: ignore[arg-type]
            for pair in pairs
        ]

    def _read(self, document: Document | str) -> Document:
        if isinstance(document, Document):
            return document
        return make_document(document, language=self.settings.language)

    def _read_source(
        self, document: Document, source: Document | AlignedSource | str | None
    ) -> Document | AlignedSource | None:
        if source is None:
            return document.source
        # The language that settings name is the translation's, not the original's.
        return make_document(source) if isinstance(source, str) else source

    def judge(self, document: Document, evidence: Sequence[Sequence[Evidence]]) -> list[SentenceResult]:
        """What the model says of each sentence and its evidence.

        One call for all pairs: the model sorts by length, which is what makes it fast.
        """
        pairs = [Pair("", sentence.text, Relation.LANGUAGE) for sentence in document.sentences]
        for sentence, chosen in zip(document.sentences, evidence, strict=True):
            pairs += [Pair(piece.text, sentence.text, piece.relation) for piece in chosen]
        said = self.predictor.predict(pairs)
        views, rest = said[: len(document.sentences)], iter(said[len(document.sentences) :])
        results = []
        for sentence, view, chosen in zip(document.sentences, views, evidence, strict=True):
            judged = tuple(JudgedEvidence(piece, next(rest)) for piece in chosen)
            results.append(SentenceResult(sentence, judged, view, _reason(judged, view)))
        return results

    def _signature(self, facts: Sequence[Fact]) -> Signature:
        return Signature(
            checker=__version__,
            model=self.predictor.name,
            model_hash=self.predictor.weights_hash,
            settings_hash=self.settings.hash(),
            backend=self.predictor.backend,
            facts_hash=facts_hash(facts) if facts else None,
        )


def _as_fact(fact: Fact | str, number: int) -> Fact:
    return Fact(id=f"fact-{number}", text=fact) if isinstance(fact, str) else fact


def _told(skipped: SkippedEvidence, source: Document | AlignedSource | None) -> Skipped:
    """What the model could not read, with what exact rules could; see `checker.rules`."""
    if source is None or skipped.what != (source.path or "source") or "reads" not in skipped.reason:
        return Skipped(*skipped)
    if reads(source.language):
        return Skipped(skipped.what, f"{skipped.reason}; exact rules were run against it")
    return Skipped(skipped.what, f"{skipped.reason}, and no rule reads it; only rules that need no source were run")


def _reason(judged: Sequence[JudgedEvidence], view: Prediction) -> str | None:
    """Why a sentence counts as not checked; None where it was."""
    if view.truncated or any(piece.prediction.truncated for piece in judged):
        return NOT_READ_WHOLE
    return None if judged else NOTHING_TO_JUDGE
