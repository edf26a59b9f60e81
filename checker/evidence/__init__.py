"""What a sentence is compared with: reference facts, the source article, the rest of the article."""

from checker.evidence.facts import FactProblem, LoadedFacts, facts_from_strings, facts_hash, is_valid_at, load_facts
from checker.evidence.retrieval import Match, Retriever
from checker.evidence.selection import Selection, SkippedEvidence, select_evidence
from checker.evidence.types import Evidence, EvidenceKind, Fact, Relation
from checker.evidence.windows import window_premise

__all__ = [
    "Evidence",
    "EvidenceKind",
    "Fact",
    "FactProblem",
    "LoadedFacts",
    "Match",
    "Relation",
    "Retriever",
    "Selection",
    "SkippedEvidence",
    "facts_from_strings",
    "facts_hash",
    "is_valid_at",
    "load_facts",
    "select_evidence",
    "window_premise",
]
