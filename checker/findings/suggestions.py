"""What the words should probably be: attested in the evidence and fitted to the sentence, or nothing at all.

A wrong suggestion costs more trust than none, so every step here may give up. Nothing is generated that the evidence
does not say, with one exception: "is not justified" allows "unjustified", where English forms such words by rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.document import Span
from checker.findings.inflection import ending_of, inflect_like
from checker.findings.lexicon import ARTICLES, AUXILIARIES, MODALS
from checker.findings.numerals import number_value
from checker.findings.phrases import name_at, number_at
from checker.findings.polarity import is_negator, negative_form, negator_before, opposites, prefix_opposites
from checker.findings.words import Kind, Word, cover, indices_in, words_of

Words = tuple[Word, ...]

LONGEST = 6  # words of a suggestion
LONGEST_PARTICLE = 3  # letters, within a name: "de", "van", "al"
_DETERMINERS = ARTICLES | {"this", "that", "these", "those", "its", "his", "her", "their", "our", "my", "your", "no"}
_PLAIN_GAP = re.compile(r"[\s\-‐‑–]*")
# Kinds that may stand in each other's place without breaking the sentence.
_CLASSES = (
    {Kind.NAME, Kind.CONTENT},
    {Kind.NUMBER, Kind.QUANTIFIER},
    {Kind.YEAR, Kind.NUMBER},
    {Kind.MONTH},
    {Kind.WEEKDAY},
    {Kind.UNIT},
    {Kind.MODAL},
    {Kind.PREPOSITION},
    {Kind.PRONOUN},
)
# Letters that are spoken with a vowel first, and vowels that are spoken with a consonant first.
_AN = re.compile(r"(?:[aeiou]|8|11\b|18\b|hon(?:est|or|our)|hour|heir)", re.I)
# Short initialisms are spelled out ("an MP"), longer ones may be words ("a NATO summit").
_SPELLED = re.compile(r"[FHLMNRSX][A-Z]{0,2}\b")
_A = re.compile(r"(?:uni[^nm]|use|usu|eu|one\b|once\b|u\.|u[ks]\b|ub?iq|uranium|uto)", re.I)


def suggest(hypothesis: str, span: Span, premise: str, conflict: Span | None) -> tuple[str, ...]:
    """Replacements for the words at `span`, best first, at most two; empty where none is safe."""
    ours, theirs = words_of(hypothesis), words_of(premise)
    mine = indices_in(ours, span)
    place = indices_in(theirs, conflict) if conflict else range(0)
    if not mine or not place or not _is_plain(premise, theirs, place):
        return ()
    found = _denials(ours, mine, theirs, place)
    if found is None:
        found = _replacement(ours, mine, theirs, place)
    fitted = [_fit(text, span.of(hypothesis)) for text in found]
    own = span.of(hypothesis).casefold()
    return tuple(dict.fromkeys(text for text in fitted if text and text.casefold() != own))[:2]


def suggest_translations(own: str, translations: Sequence[str]) -> tuple[str, ...]:
    """Words in small letters in place of `own`, with the capitals that it has; at most two."""
    fitted = (_fit(word, own) for word in translations if word != own.casefold())
    return tuple(dict.fromkeys(fitted))[:2]


def exchanged(text: str, first: Span, second: Span) -> tuple[str, ...]:
    """`text` with the words at `first` and, further on, at `second` in each other's place; small words stay.

    >>> exchanged("The union sued the company", Span(0, 9), Span(15, 26))
    ('The company sued the union',)
    """
    words = words_of(text)
    one, two = (_core_of(words, indices_in(words, span)) for span in (first, second))
    if not one or not two:
        return ()
    left, right = cover(words, one), cover(words, two)
    between = text[left.end : right.start]
    moved = f"{text[: left.start]}{_text(words, two)}{between}{_text(words, one)}{text[right.end :]}"
    return (_fit(moved, text),)


def _is_plain(premise: str, theirs: Words, place: range) -> bool:
    """True where nothing but spaces and hyphens stands between the words, and there are not too many."""
    gaps = (premise[theirs[i].span.end : theirs[i + 1].span.start] for i in place[:-1])
    return len(place) <= LONGEST and all(_PLAIN_GAP.fullmatch(gap) for gap in gaps)


def _denials(ours: Words, mine: range, theirs: Words, place: range) -> list[str] | None:
    """Replacements where one side denies the other's word, None where this is another kind of conflict."""
    if len(mine) == len(place) == 1 and opposites(ours[mine[0]].norm, theirs[place[0]].norm):
        return None  # "denied" and "confirmed": a verb that denies is replaced like any other
    core = [index for index in mine if ours[index].counts and not is_negator(ours[index])]
    ours_denied = any(is_negator(ours[index]) for index in mine)
    theirs_denied = [index for index in place if is_negator(theirs[index])]
    if theirs_denied and not ours_denied and len(core) == 1:
        return _negative(ours, mine, core[0], theirs, place)
    if ours_denied and not theirs_denied:
        # A lone "not" can only be deleted, which a replacement cannot say.
        return [theirs[index].text for index in place] if core and len(place) == 1 else []
    outside = len(core) == 1 and _denial_differs(ours, core[0], theirs, place)
    return [] if outside else None


def _denial_differs(ours: Words, core: int, theirs: Words, place: range) -> bool:
    """True where the same word stands on both sides and a negator outside the spans makes the difference."""
    same = any(theirs[index].stem == ours[core].stem for index in place)
    return same and (negator_before(ours, core) is None) != (negator_before(theirs, place[0]) is None)


def _negative(ours: Words, mine: range, core: int, theirs: Words, place: range) -> list[str]:
    """`justified` against `not justified`: a negative form before a noun, the denial itself after "is".

    A verb that is denied with an auxiliary (`did not attack`) takes the whole denial, if the sentence has no auxiliary.
    """
    word = ours[core]
    if not any(theirs[index].stem == word.stem for index in place):
        return []
    attested = [other.norm for other in theirs if other.norm != word.norm and prefix_opposites(other.norm, word.norm)]
    negators = [theirs[index].norm for index in place if theirs[index].norm in ("not", "never")]
    before = ours[core - 1].norm if core else ""
    if before in AUXILIARIES | MODALS:
        same = any(theirs[index].norm == word.norm for index in place)
        led = _text(ours, range(mine[0], core)) + " " if core - 1 in mine else ""
        denials = [f"{led}{negators[0]} {word.norm}"] if negators and same else []
        return [*denials, *(f"{led}{other}" for other in attested)]
    if core + 1 < len(ours) and ours[core + 1].kind in (Kind.CONTENT, Kind.NAME):
        formed = negative_form(word.norm)
        return attested or ([formed] if formed else [])
    auxiliary = theirs[place[0] - 1].norm if place[0] else ""
    if core + 1 == len(ours) and auxiliary in ("is", "are", "was", "were") and negators:
        return [*attested, _text(theirs, place)]
    if auxiliary in ("do", "does", "did") and negators:
        return [f"{auxiliary} {_text(theirs, place)}"]
    return attested


def _replacement(ours: Words, mine: range, theirs: Words, place: range) -> list[str]:
    """The words of the evidence in the form that the sentence needs."""
    if not _alike(ours, mine, theirs, place) or not _whole_number(ours, mine, theirs, place):
        return []
    if _torn_from_a_name(ours, mine, theirs, place) or not _word_for_word(ours, mine, theirs, place):
        return []
    one, two = ours[mine[0]], theirs[place[0]]
    if len(mine) == len(place) == 1 and one.kind is two.kind is Kind.CONTENT:
        as_it_is = (_after_be(ours, mine[0]) and _after_be(theirs, place[0])) or _is_noun(theirs, place[0])
        form = two.norm if as_it_is else _form(two.norm, one.norm)
        if form != two.norm and 0 in (mine[0], place[0]):
            return []  # what begins a text may be a name, which has no forms
        # The evidence's own capitals and accents stay where no other form is needed.
        return [form if form != two.norm else _lowered(theirs, place[0])] if form else []
    if _has_glue(ours, mine) and not _has_glue(theirs, place):
        return [_between_glue(ours, mine, text) for text in _replacement(ours, _core_of(ours, mine), theirs, place)]
    text = _text(theirs, place)
    possessive = ours[mine[-1]].text
    ending = possessive[len(ours[mine[-1]].norm) :] if ours[mine[-1]].norm != possessive.casefold() else ""
    return [text + ending] if ending in ("'s", "’s") and not text.endswith("s") else [text]


def _torn_from_a_name(ours: Words, mine: range, theirs: Words, place: range) -> bool:
    """True for part of a name ("Ana" of "Ana Fontes"), unless the rest of it stands beside our words as well."""
    rest = {theirs[index].stem for index in _name_around(theirs, place[0]) if index not in place}
    return bool(rest) and not rest & {ours[index].stem for index in _name_around(ours, mine[0]) if index not in mine}


def _name_around(words: Words, index: int) -> set[int]:
    """The name that a word is part of; a word with a capital that begins the text belongs to a name behind it."""
    small = len(words) > 2 and words[1].text.islower() and len(words[1].text) <= LONGEST_PARTICLE
    behind = 2 if small else 1
    may_be = index == 0 and words[0].counts and words[0].text[0].isupper()
    named = may_be and behind < len(words) and words[behind].kind is Kind.NAME
    return {*name_at(words, index), *((0, *name_at(words, behind)) if named else ())}


def _word_for_word(ours: Words, mine: range, theirs: Words, place: range) -> bool:
    """False where one common word would give way to several, or several to one: these hardly fit the sentence."""
    one, two = (
        [words[index].kind for index in where if words[index].counts]
        for words, where in ((ours, mine), (theirs, place))
    )
    return len(one) == len(two) or not {*one, *two} <= {Kind.CONTENT}


def _is_noun(words: Words, index: int) -> bool:
    """True right after an article or a possessive: "government" of "the government" needs no ending."""
    return index > 0 and words[index - 1].norm in _DETERMINERS


def _has_glue(words: Words, place: range) -> bool:
    """True where the first or the last of the words is a small one, and another means something."""
    ends = (words[place[0]], words[place[-1]])
    return not all(word.counts for word in ends) and any(words[index].counts for index in place)


def _core_of(words: Words, place: range) -> range:
    """`place` without the small words at both ends."""
    counting = [index for index in place if words[index].counts]
    return range(counting[0], counting[-1] + 1) if counting else range(0)


def _between_glue(ours: Words, mine: range, text: str) -> str:
    """`text` between the small words that stand at the ends of `mine`: the "its" of "raised its" stays."""
    core = _core_of(ours, mine)
    before = [_lowered(ours, index) for index in range(mine[0], core[0])]
    after = [ours[index].text for index in range(core[-1] + 1, mine[-1] + 1)]
    return " ".join((*before, text, *after))


def _after_be(words: Words, index: int) -> bool:
    """True right after a form of "be", where two words already have the form that they need: closed, open."""
    return index > 0 and words[index - 1].norm in ("is", "are", "was", "were", "be", "been", "being")


def _form(norm: str, pattern: str) -> str | None:
    """The evidence's word with the ending that the sentence needs, None where the two may be different parts of speech.

    "guilty" and "convicted", or "justified" and "wrong", only look as if an ending were missing.
    """
    wanted, present = ending_of(pattern), ending_of(norm)
    if wanted == present:
        return norm
    if {wanted, present} == {"", "s"} or (opposites(norm, pattern) and wanted):
        return inflect_like(norm, pattern)
    return None


def _alike(ours: Words, mine: range, theirs: Words, place: range) -> bool:
    """True where both sides do the same work in a sentence: names for names, a modal for a modal."""
    one = {ours[index].kind for index in mine if ours[index].counts} or {ours[index].kind for index in mine}
    two = {theirs[index].kind for index in place if theirs[index].counts} or {theirs[index].kind for index in place}
    if abs(len(mine) - len(place)) > 3 or not _named_alike(ours, mine, theirs, place):
        return False
    if one == two:
        return True
    if len(mine) == len(place) == 1 and opposites(ours[mine[0]].norm, theirs[place[0]].norm):
        return True
    return any(one <= kinds and two <= kinds for kinds in _CLASSES)


def _named_alike(ours: Words, mine: range, theirs: Words, place: range) -> bool:
    """False where a whole name would stand for a common word, or a common word for a name."""
    one = any(ours[index].text[0].isupper() for index in mine)
    two = any(theirs[index].text[0].isupper() for index in place)
    names = {ours[index].kind for index in mine} | {theirs[index].kind for index in place}
    headline = all(word.text.isupper() for word in ours)
    if one == two or headline or Kind.NAME not in names:
        return True
    # One word of a longer name may well have been mistaken for a common word.
    return not one and len(name_at(theirs, place[0])) > len(place)


def _whole_number(ours: Words, mine: range, theirs: Words, place: range) -> bool:
    """False where part of a number would be replaced by a whole one: "3" of "3 million" by "200"."""
    if not any(ours[index].kind is Kind.NUMBER for index in mine):
        return True
    rest_ours = [ours[i].norm for i in number_at(ours, mine[0]) if i not in mine]
    rest_theirs = [theirs[i].norm for i in number_at(theirs, place[0]) if i not in place]
    return [number_value(norm) for norm in rest_ours] == [number_value(norm) for norm in rest_theirs]


def _text(words: Words, place: range) -> str:
    parts = [_lowered(words, index) for index in place]
    last = words[place[-1]]
    if last.text.casefold() != last.norm and last.text[-2:] in ("'s", "’s"):
        parts[-1] = parts[-1][:-2]
    return " ".join(parts)


def _lowered(words: Words, index: int) -> str:
    """The word's text, without the capital that only its place at the head of a sentence gave it."""
    word = words[index]
    if word.kind in (Kind.NAME, Kind.MONTH, Kind.WEEKDAY) or (index == 0 and _is_name_elsewhere(words)):
        return word.text
    plain = len(word.text) > 1 and word.text[1:].islower()
    return word.text[0].lower() + word.text[1:] if plain and word.text[0].isupper() else word.text


def _is_name_elsewhere(words: Words) -> bool:
    """True where the first word stands again with a capital: then it is a name and not just a beginning."""
    return any(word.norm == words[0].norm and word.kind is Kind.NAME for word in words[1:])


def _fit(text: str, own: str) -> str:
    """The text with the capitals of the words that it replaces, and with the article that it needs."""
    if own.isupper() and len(own) > 1 and not text.isupper() and any(char.isalpha() for char in own):
        text = text.upper()
    elif own[:1].isupper() and text[:1].islower():
        text = text[0].upper() + text[1:]
    first, _, rest = text.partition(" ")
    if first.casefold() in ("a", "an") and rest:
        article = "an" if needs_an(rest) else "a"
        return f"{article.capitalize() if first[0].isupper() else article} {rest}"
    return text


def needs_an(text: str) -> bool:
    """True where the indefinite article before `text` is "an", judged by its letters: `hour`, `unjustified`, `MP`."""
    return bool(_SPELLED.match(text)) or (bool(_AN.match(text)) and not _A.match(text))
