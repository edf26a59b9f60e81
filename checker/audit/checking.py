"""Checks groups of documents: what each engine runs, in this process or in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from checker.audit.dataset import Part
from checker.audit.pooling import PoolingPredictor
from checker.audit.reading import Job
from checker.audit.rows import rows_of_report, skipped_row
from checker.audit.steady import SteadyPredictor
from checker.decisions import Dismissals
from checker.errors import CheckerError, FactFileError, FactStoreError, ModelError
from checker.evidence import Fact, FactStore
from checker.evidence.facts import facts_hash, load_facts
from checker.findings import Finding
from checker.loading import load_originals, load_plain
from checker.nli import Predictor
from checker.pipeline import Checker
from checker.report import Skipped
from checker.rules import load_glossary
from checker.settings import Settings
from checker.version import __version__


@dataclass(frozen=True, slots=True)
class Means:
    """What documents are checked with. `known` are findings of a baseline or dismissed ones, which are left out."""

    settings: Settings
    facts: tuple[Path, ...] = ()
    known: Dismissals = field(default_factory=Dismissals)

    def with_threads(self, threads: int) -> Means:
        """The same for one of several processes, which has so many processors."""
        return replace(self, settings=replace(self.settings, threads=threads))


@dataclass(frozen=True, slots=True)
class Ready:
    """What a checker says of itself before it starts: its signature, and what of its facts it cannot use.

    `facts_hash` is that of the facts in files, None without any; a store may be added to while an audit runs.
    `calibration` is the id of what confidences rest on: the same weights may be calibrated anew.
    """

    signature: dict[str, str]
    facts_hash: str | None
    calibration: str
    skipped: tuple[Skipped, ...]


class GroupChecker:
    """Checks documents with one model. `predictor` replaces the one that the settings name.

    Raises UsageError for a glossary and FactFileError or FactStoreError for facts that cannot be read, ModelError.
    """

    def __init__(self, means: Means, predictor: Predictor | None = None) -> None:
        self._means = means
        if means.settings.glossary:
            load_glossary(Path(means.settings.glossary))  # a bad one would have every single document skipped
        self._facts, self._skipped = open_facts(means.facts)
        loose = [fact.text for fact in self._facts if isinstance(fact, Fact)]
        self._steady = SteadyPredictor(predictor or load_plain(means.settings), loose)
        self._model = PoolingPredictor(self._steady)
        originals = None if predictor else load_originals(means.settings)
        self._checker = Checker(means.settings, self._model, originals)

    def ready(self) -> Ready:
        """The signature of its reports, but for what differs from document to document."""
        model = self._model
        signature = {
            "checker": __version__,
            "model": model.name,
            "model_hash": model.weights_hash,
            "settings_hash": self._means.settings.hash(),
            "backend": model.backend,
        }
        if (originals := self._checker.originals.identity) is not None:
            signature["originals"] = originals
        loose = [fact for fact in self._facts if isinstance(fact, Fact)]
        hashed = facts_hash(loose) if loose else None
        return Ready(signature, hashed, self._checker.calibration.id, self._skipped)

    def check(self, jobs: Sequence[Job]) -> list[Part]:
        """The rows of each job. Raises ModelError alone: any other error costs the one document."""
        self._steady.hold([sentence.text for job in jobs for sentence in job.document.sentences])
        return self._model.run([partial(self._check, job) for job in jobs])

    def _check(self, job: Job) -> Part:
        hidden: set[str] = set()

        def hides(finding: Finding) -> bool:
            known = self._means.known.hides(finding)
            if known:
                hidden.add(finding.fingerprint)
            return known

        try:
            report = self._checker.check(
                job.document, facts=self._facts, source=job.source, as_of=job.as_of, skipped=job.skipped, hides=hides
            )
            return rows_of_report(job, report, len(hidden))
        except ModelError:
            raise
        except CheckerError as error:
            return Part((skipped_row(job.row, str(error)),))
        except Exception as error:  # a document that trips the program must not cost the others
            return Part((skipped_row(job.row, f"internal error: {type(error).__name__}: {error}"),))


def open_facts(paths: Sequence[Path]) -> tuple[list[Fact | FactStore], tuple[Skipped, ...]]:
    """Facts and fact stores, and which lines of them cannot be used.

    Raises FactFileError and FactStoreError: a whole audit without its facts is not what anybody wants.
    """
    facts: list[Fact | FactStore] = []
    skipped: list[Skipped] = []
    for path in paths:
        try:
            if FactStore.is_store(path):
                facts.append(FactStore.open(path, create=False))
                continue
            loaded = load_facts(path)
        except (FactFileError, FactStoreError) as error:
            reason = str(error).removeprefix(f"{path}: ")
            raise type(error)(f"facts {path}: {reason}; nothing was checked") from error
        facts += loaded.facts
        skipped += [Skipped(problem.where, problem.reason) for problem in loaded.problems if problem.lost]
    return facts, tuple(skipped)
