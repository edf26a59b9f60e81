"""The other evidence of a sentence, which has a say in what one piece of it makes suspect."""

from __future__ import annotations

from collections.abc import Sequence

from checker.evidence import RESTATED, Evidence, EvidenceKind
from checker.findings.suspects import JudgedEvidence
from checker.nli.types import Prediction


def attesting(evidence: Evidence, rest: Sequence[JudgedEvidence]) -> list[str]:
    """Texts of other evidence that may attest words which `evidence` denies.

    Against the article's own sentences all others may; against a fact or the source only such as are vouched for too:
    what a machine gets wrong it gets wrong each time, and would outvote them.
    """
    own = evidence.kind is EvidenceKind.ARTICLE
    return [piece.evidence.text for piece in rest if own or piece.evidence.kind is not EvidenceKind.ARTICLE]


def company_of(evidence: Evidence, rest: Sequence[JudgedEvidence]) -> list[Prediction] | None:
    """What the model says of the evidence that a suspicion by `evidence` is weighed with; None where there is none.

    For the article's own sentences all other evidence counts, for a fact the other facts do: a sheet of which a line
    entails the sentence seldom has another that denies it. A source, and a fact that restates its sentence, are enough.
    """
    if evidence.kind is EvidenceKind.ARTICLE:
        return [piece.prediction for piece in rest]
    if evidence.kind is EvidenceKind.FACT and evidence.role != RESTATED:
        return [piece.prediction for piece in rest if piece.evidence.kind is EvidenceKind.FACT]
    return None
