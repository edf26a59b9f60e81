"""Texts for rules: `a ⟦suspect⟧ word` is copy with what a rule has to find."""

from __future__ import annotations

import re

from checker.document import make_document
from checker.rules import RULES, Material, RuleCandidate, Term, gather_material


def unmark(marked: str) -> tuple[str, list[str]]:
    """The plain text, and the marked words."""
    return marked.replace("⟦", "").replace("⟧", ""), re.findall("⟦(.*?)⟧", marked)


def material_of(text: str, source: str | None = None, language: str = "es", terms: tuple[Term, ...] = ()) -> Material:
    document = make_document(text, language="en")
    original = make_document(source, language=language, path="original.txt") if source is not None else None
    return gather_material(document, original, terms)


def run(rule: str, text: str, source: str | None = None, language: str = "es", terms=()) -> list[RuleCandidate]:
    return list(RULES[rule].find(material_of(text, source, language, tuple(terms))))


def words(text: str, candidates: list[RuleCandidate]) -> list[str]:
    return [candidate.span.of(text) for candidate in candidates]
