"""left-out: a whole sentence of the original that the translation lacks.

Fails:  `The port opens in May. It will employ many people.` for `El puerto abre en mayo. Nadie del pueblo de Pativilca
        fue consultado sobre las obras. Dará empleo a mucha gente.`
Passes: two sentences made one, or one made two; a sentence that stands at another place; copy that was shortened (more
        than a tenth of the sentences is missing) or cut at its end; a heading; a sentence that was rewritten.

Sentences are told apart by their lengths, by names, figures and words of one origin, and by words with a known
translation, so where two short sentences have none of these and could as well be one, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.document import Span
from checker.rules.reporting import quote, sentence_at
from checker.rules.types import Material, Rule, RuleCandidate

OMISSION = "accuracy/omission"
UNSURE = 0.22  # see `checker.rules.confidence`
_MESSAGE = "The original has a sentence more at this place: {other}."


def find(material: Material) -> Iterator[RuleCandidate]:
    """One candidate a sentence, beside the place where it is missing."""
    for each in material.left_out:
        index = sentence_at(material.document, each.span.start)
        message = _MESSAGE.format(other=quote(each.text))
        yield RuleCandidate(
            "left-out", index, each.span, OMISSION, message, each.evidence, Span(0, len(each.text)),
            confidence=None if each.sure else UNSURE,
        )  # fmt: skip


RULE = Rule("left-out", "sentences of the original that the translation lacks", __doc__ or "", find, needs_source=True)
