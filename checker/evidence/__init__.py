"""What a sentence is compared with: reference facts, the source article, the rest of the article."""

from checker.evidence.types import Evidence, EvidenceKind, Fact, Relation

__all__ = ["Evidence", "EvidenceKind", "Fact", "Relation"]
