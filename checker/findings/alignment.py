"""Where the evidence says otherwise: the words of the premise that the suspect words of the hypothesis conflict with.

A suspect word is only convincing beside the word that it contradicts. The model does not point at that word, so it is
looked for, surest relation first: a word that denies the suspect one, the same place in a shared name, another figure
beside the same words, another word of the same closed class, and at last whatever stands between the same neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

from checker.document import Span
from checker.findings.numerals import phrase_value
from checker.findings.phrases import QUANTITY_KINDS, denied, name_at, names_in, number_at, quantity_run
from checker.findings.polarity import antonyms, is_negator, looks_negative, negator_before, prefix_opposites
from checker.findings.words import Kind, Word, cover, fold_accents, indices_in, words_of

Words = tuple[Word, ...]

_CLOSED_KINDS = frozenset({Kind.MODAL, Kind.QUANTIFIER, Kind.PRONOUN, Kind.PREPOSITION})
_NEIGHBOURS = 4  # words looked at on either side
_NEAREST_FIRST = (1.0, 0.8, 0.6, 0.5)
_GLUE_WEIGHT = 0.35  # of a shared "the" against a shared "invasion"
# One content word next to the place, or two within reach.
_ENOUGH = 1.0
_ENOUGH_UNLIKE = 1.2


class ConflictKind(StrEnum):
    """How the found words conflict, surest first."""

    OPPOSITE = "opposite"
    NEGATED = "negated"
    NAME = "name"
    QUANTITY = "quantity"
    CLASS = "class"
    PLACE = "place"


SURE_CONFLICTS = (ConflictKind.OPPOSITE, ConflictKind.NEGATED, ConflictKind.NAME, ConflictKind.QUANTITY)


@dataclass(frozen=True, slots=True)
class Conflict:
    """The words of the premise that say otherwise, and how."""

    span: Span
    kind: ConflictKind


def conflict_span(hypothesis: str, span: Span, premise: str) -> Span | None:
    """The span in `premise` that the words of `span` in `hypothesis` conflict with, None where none can be told."""
    found = find_conflict(hypothesis, span, premise)
    return found.span if found else None


@lru_cache(maxsize=4096)  # the same words are asked about when they become suspect, are weighed, and are corroborated
def find_conflict(hypothesis: str, span: Span, premise: str) -> Conflict | None:
    """Like `conflict_span`, with the kind. Words that the premise says in the same place are no conflict."""
    ours, theirs = words_of(hypothesis), words_of(premise)
    suspect = indices_in(ours, span)
    if not suspect or not theirs or repeats(hypothesis, span, premise):
        return None
    for kind, seek in _SEEKERS:
        found = seek(ours, suspect, theirs)
        if found:
            return Conflict(cover(theirs, found), kind)
    return None


def repeats(hypothesis: str, span: Span, premise: str) -> bool:
    """True where the premise says the suspect words themselves, next to the same word and as much denied as here."""
    ours, theirs = words_of(hypothesis), words_of(premise)
    suspect = indices_in(ours, span)
    wanted = [ours[index].norm for index in suspect]
    if not wanted or not _norms_in(premise).issuperset(wanted):
        return False
    return any(
        [theirs[index].norm for index in place] == wanted
        and denied(ours, suspect) == denied(theirs, place)
        and _same_beside(ours, suspect, theirs, place)
        for place in _places(len(theirs), len(wanted))
    )


@lru_cache(maxsize=4096)
def _norms_in(text: str) -> frozenset[str]:
    return frozenset(word.norm for word in words_of(text))


def _places(count: int, length: int) -> Iterator[range]:
    return (range(start, start + length) for start in range(count - length + 1))


def _same_beside(ours: Words, mine: range, theirs: Words, place: range) -> bool:
    """True where a direct neighbour is the same, or where there is no neighbour to compare."""
    pairs = [(mine[0] - 1, place[0] - 1), (mine[-1] + 1, place[-1] + 1)]
    inside = [(one, two) for one, two in pairs if 0 <= one < len(ours) and 0 <= two < len(theirs)]
    return not inside or any(ours[one].stem == theirs[two].stem for one, two in inside)


def _opposite(ours: Words, suspect: range, theirs: Words) -> range | None:
    """A word that denies a suspect one by its form or meaning, as little denied as the suspect one is."""
    for related in (prefix_opposites, antonyms):
        for mine in suspect:
            if not ours[mine].counts and ours[mine].kind is not Kind.PREPOSITION:
                continue
            places = [index for index, word in enumerate(theirs) if related(ours[mine].norm, word.norm)]
            places = [index for index in places if _governed_alike(ours, mine, theirs, index)]
            ranked = _by_closeness(ours, suspect, theirs, [range(index, index + 1) for index in places])
            # "before" and "after" prove nothing unless they stand beside the same words.
            enough = _ENOUGH if ours[mine].kind is Kind.PREPOSITION else 0.0
            if ranked and _closeness(ours, suspect, theirs, ranked[0]) >= enough:
                return ranked[0]
    return None


def _governed_alike(ours: Words, mine: int, theirs: Words, index: int) -> bool:
    """True where a negator stands before both or before neither; that one is a negator itself is the point."""
    return (negator_before(ours, mine) is None) == (negator_before(theirs, index) is None)


def _as_denied(ours: Words, mine: int, theirs: Words, index: int) -> bool:
    return denied(ours, range(mine, mine + 1)) == denied(theirs, range(index, index + 1))


def _negated(ours: Words, suspect: range, theirs: Words) -> range | None:
    """The suspect word itself, denied on one side only: `justified` and `is not justified`."""
    for mine in _denied_words(ours, suspect):
        for index, word in enumerate(theirs):
            if word.stem != ours[mine].stem or not word.counts or _as_denied(ours, mine, theirs, index):
                continue
            negator = index if is_negator(word) else negator_before(theirs, index)
            return range(negator if negator is not None else index, index + 1)
    return None


def _denied_words(ours: Words, suspect: range) -> Iterator[int]:
    """Suspect words whose denial can be compared; what a suspect negator governs counts too."""
    for index in suspect:
        if not is_negator(ours[index]):
            if ours[index].kind in (Kind.CONTENT, Kind.NAME):
                yield index
            continue
        governed = (place for place in range(index + 1, min(len(ours), index + 4)) if ours[place].kind is Kind.CONTENT)
        first = next(governed, None)
        if first is not None and first not in suspect:
            yield first


def _negative_modifier(ours: Words, suspect: range, theirs: Words) -> range | None:
    """The premise's one modifier with a negative form, for a lone plain modifier: `justified` and `unprovoked`.

    Nothing shared is asked for: that the two sentences contradict each other is the model's word. Where the premise
    has two such modifiers, to choose one would be a guess.
    """
    content = [ours[index] for index in suspect if ours[index].counts]
    if len(content) != 1 or content[0].kind is not Kind.CONTENT or looks_negative(content[0].norm):
        return None
    if not _is_modifier(content[0].norm):
        return None
    stems = {word.stem for word in ours}
    found = [index for index, word in enumerate(theirs) if word.kind is Kind.CONTENT and looks_negative(word.norm)]
    found = [index for index in found if theirs[index].stem not in stems and negator_before(theirs, index) is None]
    return range(found[0], found[0] + 1) if len(found) == 1 else None


def _is_modifier(norm: str) -> bool:
    """True for forms that commonly describe a noun: participles and derived adjectives."""
    endings = ("ed", "able", "ible", "ful", "ant", "ent", "al", "ive", "ous", "ic", "en", "ate", "ary", "ing", "ish")
    return len(norm) > 4 and norm.endswith(endings)


def _name(ours: Words, suspect: range, theirs: Words) -> range | None:
    """The other word in a name that is otherwise the same: `Cover of the Americas` and `Summit of the Americas`."""
    named = [index for index in suspect if ours[index].kind is Kind.NAME]
    if not named:
        return None
    name = name_at(ours, named[0])
    best: tuple[tuple[float, float], range] | None = None
    for other in names_in(theirs):
        found = _replaced(ours, name, suspect, theirs, other)
        if found is None:
            continue
        shared = {theirs[index].stem for index in other if theirs[index].counts} & {
            ours[index].stem for index in name if ours[index].counts
        }
        share = len(shared) / max(1, sum(ours[index].counts for index in name))
        # Small words tell "Summit of the Americas" from "Central America" where both share one word with the name.
        likeness = share, _closeness(ours, suspect, theirs, found)
        if shared and (best is None or likeness > best[0]):
            best = (likeness, found)
    return best[1] if best else _spelled_otherwise(ours, named, theirs)


def _replaced(ours: Words, name: range, suspect: range, theirs: Words, other: range) -> range | None:
    """Words of the other run that stand where the suspect words stand in this one, None where they are the same."""
    matcher = SequenceMatcher(None, [ours[i].stem for i in name], [theirs[i].stem for i in other], autojunk=False)
    found: list[int] = []
    differs = False
    for tag, first, last, low, high in matcher.get_opcodes():
        here = [index for index in range(first, last) if name[0] + index in suspect]
        if here and tag == "equal":
            found += [low + index - first for index in here]
        elif here and tag == "replace":
            differs = True
            found += [low, high - 1]
    return range(other[0] + min(found), other[0] + max(found) + 1) if differs else None


def _spelled_otherwise(ours: Words, named: list[int], theirs: Words) -> range | None:
    """A name that differs by a letter or two: `Zelinsky` and `Zelensky`."""
    for mine in named:
        one = fold_accents(ours[mine].norm)
        for index, word in enumerate(theirs):
            two = fold_accents(word.norm)
            near = word.kind is Kind.NAME and word.norm != ours[mine].norm and min(len(one), len(two)) >= 5
            if near and one[0] == two[0] and SequenceMatcher(None, one, two, autojunk=False).ratio() >= 0.8:
                return range(index, index + 1)
    return None


def _quantity(ours: Words, suspect: range, theirs: Words) -> range | None:
    """Another figure, date or unit beside the same words; the only one of its kind needs less proof."""
    for mine in suspect:
        kind = ours[mine].kind
        if kind not in QUANTITY_KINDS:
            continue
        here = number_at(ours, mine)
        places = {
            number_at(theirs, index): None
            for index, word in enumerate(theirs)
            if word.kind is kind and not _same_figure(ours, here, theirs, number_at(theirs, index))
        }
        same = any(
            word.kind is kind and _same_figure(ours, here, theirs, number_at(theirs, index))
            for index, word in enumerate(theirs)
        )
        ranked = _by_closeness(ours, here, theirs, places)
        # Where the premise has the figure too, another one must stand in its very place.
        enough = _ENOUGH if same or len(ranked) > 1 else _GLUE_WEIGHT
        if ranked and _closeness(ours, here, theirs, ranked[0]) >= enough:
            mine_run, their_run = quantity_run(ours, here), quantity_run(theirs, ranked[0])
            return _replaced(ours, mine_run, suspect, theirs, their_run) or ranked[0]
    return None


def _same_figure(ours: Words, mine: range, theirs: Words, place: range) -> bool:
    one, two = [ours[index].norm for index in mine], [theirs[index].norm for index in place]
    value = phrase_value(one)
    if value is not None:
        return value == phrase_value(two)
    return [ours[i].stem for i in mine] == [theirs[i].stem for i in place] or one[0][:3] == two[0][:3]


def _same_class(ours: Words, suspect: range, theirs: Words) -> range | None:
    """Another modal, quantifier, pronoun or preposition beside the same words."""
    for mine in suspect:
        if ours[mine].kind not in _CLOSED_KINDS or len(suspect) > 2:
            continue
        here = range(mine, mine + 1)
        places = [
            range(index, index + 1)
            for index, word in enumerate(theirs)
            if word.kind is ours[mine].kind and word.norm != ours[mine].norm
        ]
        ranked = _by_closeness(ours, here, theirs, places)
        if ranked and _closeness(ours, here, theirs, ranked[0]) >= _ENOUGH:
            return ranked[0]
    return None


def _place(ours: Words, suspect: range, theirs: Words) -> range | None:
    """What stands between the same neighbours: as long as the suspect words, give or take two."""
    best: tuple[float, range] | None = None
    own = {ours[index].stem for index in suspect}
    lengths = range(max(1, len(suspect) - 2), len(suspect) + 3)
    for place in (place for length in lengths for place in _places(len(theirs), length)):
        if not any(theirs[index].counts for index in place) or {theirs[index].stem for index in place} & own:
            continue
        if not _edges_alike(ours, suspect, theirs, place) or _clause_break(theirs, place):
            continue
        closeness = _closeness(ours, suspect, theirs, place)
        if closeness < _enough(ours, suspect, theirs, place):
            continue
        score = closeness + _likeness(ours, suspect, theirs, place)
        if best is None or score > best[0]:
            best = (score, place)
    return best[1] if best else None


def _edges_alike(ours: Words, suspect: range, theirs: Words, place: range) -> bool:
    """True where the words at `place` do not begin or end with glue where the suspect ones do not."""
    edges = ((suspect[0], place[0]), (suspect[-1], place[-1]))
    return all(theirs[index].counts or not ours[mine].counts for mine, index in edges)


def _enough(ours: Words, suspect: range, theirs: Words, place: range) -> float:
    """How close `place` has to be to stand for the suspect words: a lower-case word needs more proof for a capital."""
    alike = ours[suspect[0]].text[0].isupper() == theirs[place[0]].text[0].isupper()
    return _ENOUGH if alike else _ENOUGH_UNLIKE


def _by_closeness(ours: Words, mine: range, theirs: Words, places: Iterable[range]) -> list[range]:
    """The places, the one that shares most neighbours first, then in text order."""
    return sorted(places, key=lambda place: (-_closeness(ours, mine, theirs, place), place[0]))


def _likeness(ours: Words, suspect: range, theirs: Words, place: range) -> float:
    """Up to 0.4 for words of the same kinds, less for another length: a tie-breaker between places."""
    mine, other = [ours[index].kind for index in suspect], [theirs[index].kind for index in place]
    shared = sum(one is two for one, two in zip(mine, other, strict=False)) / max(len(mine), len(other))
    return 0.4 * shared - 0.2 * abs(len(mine) - len(other))


def _clause_break(words: Words, place: range) -> bool:
    """True where a gap between the words is wider than a space: a comma, a dash, a quotation mark."""
    return any(words[index + 1].span.start - words[index].span.end > 1 for index in place[:-1])


def _closeness(ours: Words, mine: range, theirs: Words, place: range) -> float:
    """How much the two places share their neighbours; nearer and meaningful words count more, order does not."""
    total = 0.0
    for step, start, other in ((-1, mine[0], place[0]), (+1, mine[-1], place[-1])):
        near = [start + step * distance for distance in range(1, _NEIGHBOURS + 1)]
        far = [other + step * distance for distance in range(1, _NEIGHBOURS + 1)]
        seen = {theirs[index].stem: rank for rank, index in reversed(list(enumerate(far))) if 0 <= index < len(theirs)}
        for rank, index in enumerate(near):
            if 0 <= index < len(ours) and ours[index].stem in seen:
                nearness = _NEAREST_FIRST[max(rank, seen[ours[index].stem])]
                total += nearness * (1.0 if ours[index].counts else _GLUE_WEIGHT)
    return total


_SEEKERS = (
    (ConflictKind.OPPOSITE, _opposite),
    (ConflictKind.NEGATED, _negated),
    (ConflictKind.NAME, _name),
    (ConflictKind.QUANTITY, _quantity),
    (ConflictKind.CLASS, _same_class),
    (ConflictKind.PLACE, _place),
    (ConflictKind.OPPOSITE, _negative_modifier),
)
