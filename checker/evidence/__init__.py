"""What a sentence is compared with: reference facts, the source article, the rest of the article."""

from checker.evidence.facts import (
    FactProblem,
    LoadedFacts,
    combined_hash,
    fact_digest,
    facts_from_strings,
    facts_hash,
    is_usable,
    is_valid_at,
    load_facts,
)
from checker.evidence.ranking import Embedder, Match
from checker.evidence.remembered import FactMemory
from checker.evidence.retrieval import Retriever
from checker.evidence.selection import READABLE, Selection, SkippedEvidence, select_evidence
from checker.evidence.store import Added, FactStore, FoundFact, StoreView
from checker.evidence.types import ORIGINAL, RESTATED, RETOLD, Evidence, EvidenceKind, Fact, FactStatus, Relation
from checker.evidence.windows import window_premise

__all__ = [
    "ORIGINAL",
    "READABLE",
    "RESTATED",
    "RETOLD",
    "Added",
    "Embedder",
    "Evidence",
    "EvidenceKind",
    "Fact",
    "FactMemory",
    "FactProblem",
    "FactStatus",
    "FactStore",
    "FoundFact",
    "LoadedFacts",
    "Match",
    "Relation",
    "Retriever",
    "Selection",
    "SkippedEvidence",
    "StoreView",
    "combined_hash",
    "fact_digest",
    "facts_from_strings",
    "facts_hash",
    "is_usable",
    "is_valid_at",
    "load_facts",
    "select_evidence",
    "window_premise",
]
