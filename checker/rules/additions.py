"""added: a whole sentence of the translation that the original lacks.

Fails:  `The port opens in May. Critics of Huang had warned of corruption for years. It will employ many people.` for
        `El puerto abre en mayo. Dará empleo a mucha gente.`
Passes: one sentence made two; a sentence that stands at another place; copy to which much was added (more than a tenth
        of its sentences); a last sentence, for newsrooms sign and explain there; a heading; one that was rewritten.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.rules.reporting import sentence_at
from checker.rules.types import Material, Rule, RuleCandidate

ADDITION = "accuracy/addition"
UNSURE = 0.62  # see `checker.rules.confidence`
_MESSAGE = "No sentence of the original says this."


def find(material: Material) -> Iterator[RuleCandidate]:
    """One candidate a sentence, which is the suspect."""
    for each in material.added:
        index = sentence_at(material.document, each.span.start)
        confidence = None if each.sure else UNSURE
        yield RuleCandidate("added", index, each.span, ADDITION, _MESSAGE, each.evidence, confidence=confidence)


RULE = Rule("added", "sentences that the original lacks", __doc__ or "", find, needs_source=True)
