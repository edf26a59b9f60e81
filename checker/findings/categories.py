"""What kind of error a suspect span is (a path of the MQM typology) and how grave.

The model says which it takes an error for (the category head), and is right twice as often as rules are; but what the
words show beyond doubt, that one is said twice or only spelt otherwise, is read off them. Severity follows the
category: an inverted statement is worse than a clumsy one, however sure we are of it.
"""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher

from checker.document import Span
from checker.evidence import Relation
from checker.findings.lexicon import LOANWORDS, POLAR_PREPOSITIONS
from checker.findings.phrases import QUANTITY_KINDS, denied, name_at
from checker.findings.polarity import is_negator, looks_negative, opposites
from checker.findings.types import Severity
from checker.findings.words import Kind, Word, fold_accents, indices_in, words_of

Words = tuple[Word, ...]

POLARITY = "accuracy/mistranslation/polarity"
ENTITY = "accuracy/mistranslation/entity"
NUMBER = "accuracy/mistranslation/number"
DATE = "accuracy/mistranslation/date"
UNIT = "accuracy/mistranslation/unit"
WORD_SENSE = "accuracy/mistranslation/word-sense"
ROLE = "accuracy/mistranslation/role"
MODALITY = "accuracy/mistranslation/modality"
QUANTIFIER = "accuracy/mistranslation/quantifier"
OMISSION = "accuracy/omission"
ADDITION = "accuracy/addition"
UNTRANSLATED = "accuracy/untranslated"
TERMINOLOGY = "terminology/inconsistent"
GRAMMAR = "fluency/grammar"
DUPLICATION = "fluency/duplication"
TYPOGRAPHY = "fluency/typography"

CATEGORIES = (POLARITY, ENTITY, NUMBER, DATE, UNIT, WORD_SENSE, ROLE, MODALITY, QUANTIFIER, OMISSION, ADDITION,
              UNTRANSLATED, TERMINOLOGY, GRAMMAR, DUPLICATION, TYPOGRAPHY)  # fmt: skip

_SEVERITIES = {POLARITY: Severity.CRITICAL, TERMINOLOGY: Severity.MINOR, GRAMMAR: Severity.MINOR,
               DUPLICATION: Severity.MINOR, TYPOGRAPHY: Severity.MINOR}  # fmt: skip
_BEYOND_DOUBT = (DUPLICATION, TERMINOLOGY)
_DATE_KINDS = frozenset({Kind.MONTH, Kind.WEEKDAY, Kind.YEAR})
_SAME_NAME = 0.8  # likeness of letters from which two names are spellings of one
_FIXED_BY_CLASS = ((Kind.MODAL, MODALITY), (Kind.QUANTIFIER, QUANTIFIER))


def categorise(
    hypothesis: str,
    span: Span,
    premise: str,
    conflict: Span | None,
    relation: Relation = Relation.CONTEXT,
    told: str | None = None,
) -> str:
    """The MQM path of the words at `span`, one of CATEGORIES.

    `conflict` is the span in `premise` that they conflict with, None where none was found. An empty premise is the
    language view. `told` is what the model takes them for, where it says; without it the words alone decide, and
    `relation` matters where there is no conflict: words that a reference lacks are an addition.
    """
    seen = _by_the_words(hypothesis, span, premise, conflict, relation)
    return seen if told is None or seen in _BEYOND_DOUBT or not premise else told


def _by_the_words(hypothesis: str, span: Span, premise: str, conflict: Span | None, relation: Relation) -> str:
    ours, theirs = words_of(hypothesis), words_of(premise)
    mine = indices_in(ours, span)
    if not mine:
        return TYPOGRAPHY
    if is_repetition(hypothesis, span) and not is_repetition(premise, conflict or Span(0, 0)):
        return DUPLICATION
    if _is_untranslated(ours, mine, theirs):
        return UNTRANSLATED
    if not theirs or relation is Relation.LANGUAGE:
        return GRAMMAR
    place = indices_in(theirs, conflict) if conflict else range(0)
    if not place:
        return _without_conflict(ours, mine, relation)
    return _with_conflict(ours, mine, theirs, place)


def severity(category: str, hypothesis: str = "", span: Span | None = None) -> Severity:
    """MQM severity of a category: critical for inverted meaning, minor for the surface, major for the rest.

    Given the words too, a difference in small words that turn nothing around ("in" for "at") is minor.
    """
    level = _SEVERITIES.get(category, Severity.MINOR if category.startswith("fluency/") else Severity.MAJOR)
    if span is None or level is not Severity.MAJOR:
        return level
    inside = [word for word in words_of(hypothesis) if word.span.overlaps(span)]
    small = all(
        not word.counts and word.kind is not Kind.PRONOUN and word.norm not in POLAR_PREPOSITIONS for word in inside
    )
    return Severity.MINOR if inside and small else level


def is_repetition(text: str, span: Span) -> bool:
    """True where the words at `span`, or words within it, repeat those right before or are repeated right after.

    One repeated word counts unless English doubles it ("had had", "that that").
    """
    words = words_of(text)
    place = indices_in(words, span)
    if not place:
        return False
    norms = [word.norm for word in words]
    for length in range(1, min(len(place), len(norms) // 2) + 1):
        for first in range(max(0, place[0] - length), place[-1] + 2 - length):
            same = norms[first : first + length] == norms[first + length : first + 2 * length]
            within = first in place or first + length in place
            if same and within and not (length == 1 and norms[first] in ("had", "that", "very", "is")):
                return True
    return False


def _without_conflict(ours: Words, mine: range, relation: Relation) -> str:
    kinds = {ours[index].kind for index in mine}
    if any(is_negator(ours[index]) for index in mine):
        return POLARITY
    quantity = _quantity_category(ours, mine)
    if quantity:
        return quantity
    if relation is Relation.REFERENCE:
        return ADDITION
    return ENTITY if Kind.NAME in kinds else WORD_SENSE


def _with_conflict(ours: Words, mine: range, theirs: Words, place: range) -> str:
    if _swapped(ours, mine, theirs, place):
        return ROLE
    for kind, category in _FIXED_BY_CLASS:
        one = {ours[index].norm for index in mine if ours[index].kind is kind}
        two = {theirs[index].norm for index in place if theirs[index].kind is kind}
        if one and two and one != two:
            return category
    if _opposed(ours, mine, theirs, place):
        return POLARITY
    quantity = _quantity_category(ours, mine) if _has_quantity(theirs, place) else None
    if quantity:
        return quantity
    if _said_in_full(ours, mine, theirs, place):
        return OMISSION
    if _named(ours, mine) or _named(theirs, place):
        return TERMINOLOGY if _spellings(ours, mine, theirs, place) else ENTITY
    return WORD_SENSE


def _opposed(ours: Words, mine: range, theirs: Words, place: range) -> bool:
    """True where a pair of words denies each other, or where one side is denied or negative and the other is not."""
    pairs = [(ours[one], theirs[two]) for one in mine for two in place]
    # "North Korea" and "South Korea" are two names, not one statement turned around.
    if any(
        opposites(one.norm, two.norm) and not (one.kind is Kind.NAME and two.text[0].isupper()) for one, two in pairs
    ):
        return True
    if denied(ours, mine) != denied(theirs, place):
        # A denial elsewhere in the two sentences says nothing about two words that differ anyway.
        shared = any(one.stem == two.stem for one, two in pairs)
        return shared or any(is_negator(word) for pair in pairs for word in pair)
    negative = any(looks_negative(theirs[two].norm) for two in place)
    return negative != any(looks_negative(ours[one].norm) for one in mine) and not _named(ours, mine)


def _swapped(ours: Words, mine: range, theirs: Words, place: range) -> bool:
    """True where each side has the other's words too, elsewhere: `Brazil beat Italy`, `Italy beat Brazil`."""
    suspect = {ours[index].stem for index in mine if ours[index].counts}
    other = {theirs[index].stem for index in place if theirs[index].counts}
    rest_ours = {word.stem for index, word in enumerate(ours) if index not in mine}
    rest_theirs = {word.stem for index, word in enumerate(theirs) if index not in place}
    solid = all(ours[index].kind in (Kind.NAME, Kind.CONTENT, Kind.NUMBER) for index in mine if ours[index].counts)
    return bool(suspect and other and solid) and not suspect & other and suspect <= rest_theirs and other <= rest_ours


def _has_quantity(words: Words, place: range) -> bool:
    return any(words[index].kind in QUANTITY_KINDS for index in place)


def _quantity_category(words: Words, place: range) -> str | None:
    kinds = {words[index].kind for index in place}
    beside = {words[index].kind for index in (place[0] - 1, place[-1] + 1) if 0 <= index < len(words)}
    if kinds & _DATE_KINDS or (Kind.NUMBER in kinds and Kind.MONTH in beside):
        return DATE
    if Kind.NUMBER in kinds:
        return NUMBER
    return UNIT if Kind.UNIT in kinds else None


def _said_in_full(ours: Words, mine: range, theirs: Words, place: range) -> bool:
    """True where the premise says the same words and more between them."""
    suspect = [ours[index].stem for index in mine]
    other = [theirs[index].stem for index in place]
    return len(other) > len(suspect) and set(suspect) < set(other)


def _named(words: Words, place: range) -> bool:
    return any(words[index].kind is Kind.NAME for index in place)


def _spellings(ours: Words, mine: range, theirs: Words, place: range) -> bool:
    """True where the two are one name in two spellings, standing alone or in the same name."""
    one = fold_accents(" ".join(ours[index].norm for index in mine))
    two = fold_accents(" ".join(theirs[index].norm for index in place))
    alike = SequenceMatcher(None, one, two, autojunk=False).ratio() >= _SAME_NAME
    return alike and one[0] == two[0] and len(name_at(ours, mine[0])) < 4


def _is_untranslated(ours: Words, mine: range, theirs: Words) -> bool:
    """True where a suspect word is in another script than the sentence, or has accents that no English word has.

    Names keep their accents, and so do words that the premise has as well.
    """
    known = {word.norm for word in theirs}
    script = _script("".join(word.text for word in ours))
    foreign = [ours[index] for index in mine if ours[index].norm not in known and ours[index].counts]
    if any(_script(word.text) not in (script, "") for word in foreign):
        return True
    english = sum(word.norm.isascii() for word in ours) >= 0.7 * len(ours)
    return english and script == "LATIN" and any(
        word.kind is Kind.CONTENT and fold_accents(word.norm) != word.norm and word.norm not in LOANWORDS
        and not word.text[0].isupper()
        for word in foreign
    )  # fmt: skip


def _script(text: str) -> str:
    """The script of most letters, by the first word of their Unicode names; empty without letters."""
    names = [unicodedata.name(char, "").partition(" ")[0] for char in text if char.isalpha()]
    return max(sorted(set(names)), key=names.count) if names else ""
