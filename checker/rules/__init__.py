"""Exact checks: what can be decided without a model, each rule in a file of its own."""

from checker.rules.check import find_by_rules, gather_material, reads
from checker.rules.confidence import confidence_of
from checker.rules.counterparts import aligned_counterparts, originals_of, references_of
from checker.rules.glossary import Glossary, load_glossary
from checker.rules.registry import RULES, chosen_rules, find_rule
from checker.rules.types import Material, Rule, RuleCandidate, Term

__all__ = [
    "RULES",
    "Glossary",
    "Material",
    "Rule",
    "RuleCandidate",
    "Term",
    "aligned_counterparts",
    "chosen_rules",
    "confidence_of",
    "find_by_rules",
    "find_rule",
    "gather_material",
    "load_glossary",
    "originals_of",
    "reads",
    "references_of",
]
