"""Runs the rules over one document: the texts they read, side by side, and all that they find."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from checker.document import AlignedSource, Document
from checker.evidence.translation import compare_translation
from checker.rules.counterparts import aligned_counterparts, counterparts_of
from checker.rules.quantities import LANGUAGES
from checker.rules.registry import chosen_rules
from checker.rules.types import Counterpart, Material, RuleCandidate, Term
from checker.rules.unpaired import OneSided, one_sided
from checker.rules.within_units import one_sided_in_units


def gather_material(
    document: Document, source: Document | AlignedSource | None = None, glossary: Sequence[Term] = ()
) -> Material:
    """What the rules read. A source in a language that they do not read gives no counterparts."""
    counterparts: tuple[Counterpart, ...] = ()
    alone = OneSided((), ())
    if source is not None and reads(source.language) and reads(document.language):
        if isinstance(source, AlignedSource):
            counterparts = tuple(counterparts_of(document, source))
            alone = one_sided_in_units(document, source)
        else:
            compared = compare_translation(
                document.sentences, source.sentences, source.language[:2], document.language[:2]
            )
            counterparts = tuple(aligned_counterparts(document, source, compared.beads))
            alone = one_sided(document, source, compared)
    origin = source.language[:2] if source is not None else None
    published = _published(document, source)
    return Material(document, counterparts, tuple(glossary), published, origin, alone.left_out, alone.added)


def _published(document: Document, source: Document | AlignedSource | None) -> date | None:
    """The day that the words of the original count from; a translation may appear days later."""
    published = (source.published if isinstance(source, Document) else None) or document.published
    return published.date() if published else None


def find_by_rules(
    material: Material, *, disabled: Collection[str] = (), enabled: Collection[str] = ()
) -> list[RuleCandidate]:
    """All candidates, in text order; two rules may suspect the same words. Raises UsageError for an unknown rule id."""
    found = [candidate for rule in chosen_rules(disabled, enabled) for candidate in rule.find(material)]
    return sorted(found, key=lambda candidate: (candidate.span, candidate.rule))


def reads(language: str) -> bool:
    """True for a language (ISO 639-1, or a tag such as pt-BR) whose numbers and dates the rules read."""
    return language[:2] in LANGUAGES
