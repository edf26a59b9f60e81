"""Runs the rules over one document: the texts they read, side by side, and all that they find."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from checker.document import Document
from checker.evidence import Evidence, EvidenceKind, Relation
from checker.evidence.translation import Bead, align_translation
from checker.rules.quantities import LANGUAGES
from checker.rules.registry import chosen_rules
from checker.rules.types import Counterpart, Material, Passage, RuleCandidate, Term


def gather_material(document: Document, source: Document | None = None, glossary: Sequence[Term] = ()) -> Material:
    """What the rules read. A source in a language that they do not read gives no counterparts."""
    counterparts: tuple[Counterpart, ...] = ()
    if source is not None and reads(source.language) and reads(document.language):
        beads = align_translation(document.sentences, source.sentences)
        counterparts = tuple(_counterpart(document, source, bead) for bead in beads)
    return Material(document, source, counterparts, tuple(glossary))


def find_by_rules(
    material: Material, *, disabled: Collection[str] = (), enabled: Collection[str] = ()
) -> list[RuleCandidate]:
    """All candidates, in text order; two rules may suspect the same words. Raises UsageError for an unknown rule id."""
    found = [candidate for rule in chosen_rules(disabled, enabled) for candidate in rule.find(material)]
    return sorted(found, key=lambda candidate: (candidate.span, candidate.rule))


def reads(language: str) -> bool:
    """True for a language (ISO 639-1, or a tag such as pt-BR) whose numbers and dates the rules read."""
    return language[:2] in LANGUAGES


def _counterpart(document: Document, source: Document, bead: Bead) -> Counterpart:
    sentences = document.sentences[bead.first : bead.last + 1]
    here = _passage(document, bead.first, bead.last)
    there = _passage(source, bead.source_first, bead.source_last)
    evidence = Evidence(
        kind=EvidenceKind.SOURCE,
        id=f"source:{bead.source_first}"
        if bead.source_first == bead.source_last
        else f"source:{bead.source_first}-{bead.source_last}",
        text=there.text,
        relevance=bead.relevance,
        relation=Relation.REFERENCE,
        origin=source.path,
    )
    around = _passage(source, bead.source_first - 1, bead.source_last + 1)
    here_around = _passage(document, bead.first - 1, bead.last + 1)
    return Counterpart(sentences, here, there, evidence, around.text, here_around.text)


def _passage(document: Document, first: int, last: int) -> Passage:
    """The text from one sentence to another, both inclusive and kept within the document."""
    start = document.sentences[max(0, first)].span.start
    end = document.sentences[min(len(document.sentences) - 1, last)].span.end
    return Passage(document.text[start:end], start, document.language[:2])
