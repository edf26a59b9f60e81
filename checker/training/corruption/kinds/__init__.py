"""Every kind of error this package can make, with the category it gets and how often it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from checker.training.corruption.kinds import (
    certainty,
    content,
    exchanges,
    form,
    names,
    polarity,
    roles,
    senses,
    tense,
    typography,
    values,
)
from checker.training.corruption.scene import Rule

__all__ = ["KINDS", "Kind"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A rule, its family (what callers ask for), the category of the contract, and its weight."""

    name: str
    family: str
    category: str
    weight: float
    rule: Rule


# Weights count for the kinds that fit a sentence: what fits seldom (a swap of roles fits one in fifty) weighs more.
_M = "accuracy/mistranslation/"

KINDS: tuple[Kind, ...] = (
    Kind("prefix", "polarity", _M + "polarity", 9.0, polarity.change_prefix),
    Kind("antonym", "polarity", _M + "polarity", 4.0, polarity.change_antonym),
    Kind("negation_removed", "polarity", _M + "polarity", 8.0, polarity.remove_negation),
    Kind("negation_added", "polarity", _M + "polarity", 1.6, polarity.add_negation),
    Kind("relation", "polarity", _M + "polarity", 2.5, polarity.reverse_relation),
    Kind("number", "number", _M + "number", 9.0, values.number),
    Kind("quantity_direction", "number", _M + "number", 3.0, values.quantity_direction),
    Kind("date", "date", _M + "date", 5.0, values.date),
    Kind("unit", "unit", _M + "unit", 9.0, values.unit),
    Kind("entity", "entity", _M + "entity", 5.0, names.entity),
    Kind("pronoun", "entity", _M + "entity", 1.0, names.pronoun),
    Kind("entity_word", "entity_word", _M + "word-sense", 5.0, names.entity_word),
    Kind("confused_sense", "word_sense", _M + "word-sense", 3.5, senses.confused_sense),
    Kind("false_friend", "word_sense", _M + "word-sense", 2.0, senses.false_friend),
    Kind("literal_term", "word_sense", _M + "word-sense", 3.0, senses.literal_term),
    Kind("random_word", "word_sense", _M + "word-sense", 2.2, senses.random_word),
    Kind("role", "role", _M + "role", 30.0, roles.role),
    Kind("exchanged_figures", "exchange", _M + "number", 6.0, exchanges.exchange_figures),
    Kind("exchanged_dates", "exchange", _M + "date", 8.0, exchanges.exchange_dates),
    Kind("tense", "tense", "accuracy/mistranslation", 2.0, tense.tense),
    Kind("aspect", "tense", "accuracy/mistranslation", 1.0, tense.aspect),
    Kind("question", "question", "accuracy/mistranslation", 0.4, tense.question),
    Kind("modality", "modality", _M + "modality", 3.0, certainty.modality),
    Kind("quantifier", "quantifier", _M + "quantifier", 5.0, certainty.quantifier),
    Kind("omission", "omission", "accuracy/omission", 2.0, content.omission),
    Kind("addition", "addition", "accuracy/addition", 2.2, content.addition),
    Kind("untranslated", "untranslated", "accuracy/untranslated", 1.2, senses.untranslated),
    Kind("word_order", "grammar", "fluency/grammar", 1.2, form.word_order),
    Kind("grammar", "grammar", "fluency/grammar", 1.8, form.grammar),
    Kind("function_word", "function_word", "fluency/grammar", 0.6, form.function_word),
    Kind("duplication", "duplication", "fluency/duplication", 1.0, form.duplication),
    Kind("typography", "typography", "fluency/typography", 1.0, typography.typography),
    Kind("part_of_speech", "grammar", "fluency/grammar", 0.6, form.part_of_speech),
    Kind("scramble", "scramble", "fluency/grammar", 0.4, form.scramble),
)
