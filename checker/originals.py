"""The second model: it reads an article's original in its own language, beside the English that it became.

It is loaded when it is first asked, so that a check without such an original costs nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from threading import Lock

from checker.document import AlignedSource, Document, Span
from checker.document.language import DEFAULT_LANGUAGE
from checker.evidence import Evidence
from checker.evidence.selection import unit_references
from checker.evidence.translation import align_translation
from checker.findings import Calibration, Counterpart, find_counterpart, load_calibration
from checker.nli import Predictor
from checker.nli.dictionary import Dictionary, load_dictionaries
from checker.rules import Material, aligned_counterparts, references_of


class Originals:
    """What a Checker needs of the model that reads originals.

    `languages` tells those that it reads, `load` gives it, and `identity` its name and hash without loading it; they
    are called when they are first needed. None stands for no such model. Threads may share one.
    """

    def __init__(
        self,
        languages: Callable[[], Sequence[str]] | None = None,
        load: Callable[[], Predictor] | None = None,
        identity: Callable[[], str] | None = None,
    ) -> None:
        self._read_languages = languages
        self._load = load
        self._identity = identity
        self._predictor: Predictor | None = None
        self._lock = Lock()

    @cached_property
    def identity(self) -> str | None:
        """Name and hash of the model, None where there is none. Raises ModelError for one that is not there."""
        if self._identity is not None:
            return self._identity()
        return f"{self.predictor.name} {self.predictor.weights_hash}" if self._load is not None else None

    @cached_property
    def _languages(self) -> frozenset[str]:
        return frozenset(self._read_languages() if self._read_languages else ())

    @property
    def predictor(self) -> Predictor:
        """The model. Raises ModelError where it cannot be loaded; to be asked for a language that it reads alone."""
        if self._load is None:
            raise RuntimeError("there is no model of originals")
        with self._lock:
            if self._predictor is None:
                self._predictor = self._load()
            return self._predictor

    @cached_property
    def calibration(self) -> Calibration:
        """What its figures are worth; the identity where it brings no calibration."""
        folder = getattr(self.predictor, "folder", None)
        return load_calibration(folder) if folder is not None else Calibration()

    @cached_property
    def _dictionaries(self) -> dict[str, Dictionary]:
        folder = getattr(self.predictor, "folder", None)
        return load_dictionaries(folder) if folder is not None else {}

    def counterpart(self, text: str, span: Span, evidence: Evidence) -> Counterpart | None:
        """What the original has for the words of `text` at `span`; None where no dictionary tells.

        Raises ModelError for a dictionary that cannot be read.
        """
        if not self.reads(evidence.language):
            return None
        dictionary = self._dictionaries.get(evidence.language[:2])
        return find_counterpart(text, span, evidence.text, dictionary) if dictionary else None

    def reads(self, language: str) -> bool:
        """True for a language (ISO 639-1, or a tag such as pt-BR) other than English that the model reads."""
        return language[:2] != DEFAULT_LANGUAGE and language[:2] in self._languages

    def references(self, material: Material, source: Document | AlignedSource | None) -> list[Evidence | None] | None:
        """What each sentence of the document translates; None where there is no original that this model reads.

        As its file aligned them, else as the rules did, who compare the two texts for what was left out.
        """
        if source is None or not self.reads(source.language):
            return None
        document, language = material.document, source.language[:2]
        if isinstance(source, AlignedSource):
            return unit_references(document, source)
        pairs = material.counterparts
        if not pairs and source.sentences:
            beads = align_translation(document.sentences, source.sentences, language)
            pairs = tuple(aligned_counterparts(document, source, beads))
        return references_of(document, pairs, language)
