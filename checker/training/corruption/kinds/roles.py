"""Who does what to whom: names, phrases and pronouns change sides, active becomes passive."""

from __future__ import annotations

import random

from checker.training.corruption.inflection import inflect, lemma_of, verb_tags
from checker.training.corruption.scene import (
    NOUNS,
    Name,
    Scene,
    exchange,
    first_that_fits,
    one_of,
    swap_range,
)
from checker.training.corruption.tokens import word_set
from checker.training.corruption.types import Edit

_SYMMETRIC = word_set("meet marry join face play share equal resemble fight border match combine merge divorce say")
_DIRECTED = word_set("against to from over by toward towards for beat than")


def role(scene: Scene, rng: random.Random) -> Edit | None:
    """`X accused Y` -> `Y accused X`; `X killed Y` -> `X was killed by Y`."""
    return one_of(rng, ((4.0, swap_names), (2.0, swap_phrases), (1.5, swap_pronouns), (2.0, turn_voice)), scene)


def _has_directed_link(scene: Scene, first: int, last: int) -> bool:
    """True where the words between two names hold a verb or a word of direction, and no clause begins."""
    if last - first > 6 or last < first:
        return False
    words = scene.words[first : last + 1]
    if scene.tag(first) not in _VERBAL and words[0].lower not in _DIRECTED:
        return False
    if scene.tag(last) not in (*_VERBAL, "IN", "TO") or words[-1].lower in ("of", "in", "on", "at", "than"):
        return False
    if any(
        w.text in ',;:()"-–—' or w.lower in ("that", "who", "which", "and", "or", "but", "when", "as", "while")
        for w in words
    ):
        return False
    verbs = [w for w in words if w.tag in ("VBD", "VBZ", "VBN", "VB", "VBP", "VBG")]
    if any(lemma_of(w.lower, w.tag) in _SYMMETRIC for w in verbs) or any(w.lower in ("with", "between") for w in words):
        return False
    return bool(verbs) or (len(words) <= 3 and words[-1].lower in _DIRECTED)


_VERBAL = ("VBD", "VBZ", "VBP", "MD", "VBN", "VB", "VBG", "RB", "NOT")
_EXCHANGEABLE = {"person": 1, "surname": 1, "organisation": 2, "country": 2, "place": 3, "other": 5}


def swap_names(scene: Scene, rng: random.Random) -> Edit | None:
    """Two names of the type on both sides of a verb or a direction change places."""

    def pair(i: int) -> Edit | None:
        one, other = scene.names[i], scene.names[i + 1]
        if _EXCHANGEABLE.get(one.type) != _EXCHANGEABLE.get(other.type) or "the" in (
            scene.lower(one.first - 1),
            scene.lower(other.first - 1),
        ):
            return None
        if not _has_directed_link(scene, one.last + 1, other.first - 1) or scene.tag(other.last + 1) in (
            *NOUNS,
            "NNP",
            "POS",
        ):
            return None
        if one.type == "other" and not (other.first - one.last == 2 and scene.tag(one.last + 1) == "VBD"):
            return None
        return exchange(scene, (one.first, one.last), (other.first, other.last))

    return first_that_fits(rng, list(range(len(scene.names) - 1)), pair)


def _phrase_before(scene: Scene, at: int) -> tuple[int, int] | None:
    """The noun phrase that ends right before a word, where it begins with a determiner or is a name."""
    named = _name_at(scene, at - 1)
    if named is not None:
        with_the = scene.lower(named.first - 1) == "the"
        return named.first - (1 if with_the else 0), named.last
    first = at - 1
    if scene.tag(first) not in NOUNS:
        return None
    while first > 0 and scene.tag(first - 1) in ("JJ", "NN", "CD", "VBN", "DT", "PRP$", "NNS") and at - first < 5:
        first -= 1
        if scene.tag(first) in ("DT", "PRP$"):
            break
    return (first, at - 1) if scene.tag(first) in ("DT", "PRP$") or first == 0 or scene.tag(first) == "NNS" else None


def _phrase_after(scene: Scene, at: int) -> tuple[int, int] | None:
    """The noun phrase that begins right after a word."""
    first = at + 1
    named = _name_at(scene, first + (1 if scene.lower(first) == "the" else 0))
    if named is not None:
        return (first, named.last) if scene.tag(named.last + 1) not in (*NOUNS, "POS", "CC", "NNP") else None
    last = first
    while scene.tag(last) in ("DT", "PRP$", "JJ", "CD", "VBN") and last < first + 4:
        last += 1
    while scene.tag(last) == "NN" and scene.tag(last + 1) in NOUNS:
        last += 1
    ended = scene.tag(last) in NOUNS and scene.tag(last + 1) not in (*NOUNS, "POS", "CC", "NNP")
    return (first, last) if ended and (scene.tag(first) in ("DT", "PRP$") or scene.tag(last) == "NNS") else None


def _name_at(scene: Scene, at: int) -> Name | None:
    return next((n for n in scene.names if n.first <= at <= n.last and n.type != "nationality"), None)


def sides(scene: Scene, at: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Subject and object around a past-tense transitive verb."""
    word = scene.words[at]
    lemma = lemma_of(word.lower, word.tag)
    if (
        not word.is_alpha
        or lemma in _SYMMETRIC
        or word.lower in ("was", "were", "had", "became", "did", "called", "remained")
    ):
        return None
    left, right = _phrase_before(scene, at), _phrase_after(scene, at)
    if right is not None and scene.tag(right[1] + 1) in ("VBD", "VBZ", "VBP", "MD", "RB", "PRP"):
        return None
    if (
        left is None
        or right is None
        or scene.lower(left[0] - 1) in ("of", "by", "in", "to", "for", "with", "and", "from", "on", "at")
    ):
        return None
    return left, right


_THINGS = word_set("NN NNS")


def _alike(scene: Scene, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """True where both may act: names, or nouns for people."""

    def acts(last: int) -> bool:
        lower = lemma_of(scene.lower(last), scene.words[last].tag)
        named = _name_at(scene, last)
        if named is not None:
            return named.type in ("person", "surname", "organisation", "country", "other")
        return lower in _PEOPLE or lower.endswith(("er", "or", "ist", "ian", "man", "men"))

    return acts(left[1]) and acts(right[1])


_PEOPLE = word_set(
    "police government people president court army official party company union student group opposition judge "
    "victim family parent child woman man minister troop force rebel militant militia gang team club patient "
    "citizen resident migrant refugee witness suspect prosecutor senator lawmaker democrat republican critic ally "
    "mother father son daughter brother sister wife husband agent expert hostage candidate senate congress house "
    "parliament committee administration coalition state country bank firm regulator authority commission council "
    "public driver user customer"
)


def swap_phrases(scene: Scene, rng: random.Random) -> Edit | None:
    """`the police attacked the protesters` -> `the protesters attacked the police`."""

    def pair(at: int) -> Edit | None:
        around = sides(scene, at)
        if around is None or scene.tag(around[1][0]) == "PRP$":
            return None
        return exchange(scene, *around) if _alike(scene, *around) else None

    return first_that_fits(rng, scene.of_tags(("VBD",)), pair)


_SUBJECT = {"he": "him", "she": "her", "they": "them", "we": "us", "i": "me"}
_OBJECT = {v: k for k, v in _SUBJECT.items()}


def swap_pronouns(scene: Scene, rng: random.Random) -> Edit | None:
    """`he told them` -> `they told him`."""

    def pair(at: int) -> Edit | None:
        subject, verb, target = scene.lower(at), at + 1, scene.lower(at + 2)
        if subject not in _SUBJECT or scene.tag(verb) != "VBD" or target not in _OBJECT or _SUBJECT[subject] == target:
            return None
        if target == "her" and scene.tag(at + 3) in ("NN", "NNS", "JJ"):
            return None
        middle = scene.text[scene.words[at].end : scene.words[at + 2].start]
        new_subject = _OBJECT[target] if _OBJECT[target] != "i" else "I"
        new_subject = new_subject.capitalize() if scene.words[at].is_capital and subject != "i" else new_subject
        new = new_subject + middle + _SUBJECT[subject]
        return swap_range(
            scene, at, at + 2, new, ((0, len(new_subject)), (len(new) - len(_SUBJECT[subject]), len(new)))
        )

    return first_that_fits(rng, scene.of_tags(("PRP",)), pair)


def turn_voice(scene: Scene, rng: random.Random) -> Edit | None:
    """`was killed by` -> `killed`, `killed` -> `was killed by`, with subject and object in place."""

    def turned(at: int) -> Edit | None:
        word = scene.words[at]
        if word.tag == "VBD":
            around = sides(scene, at)
            participle = inflect(lemma_of(word.lower, "VBD"), "VBN")
            if around is None or participle is None or not _alike(scene, *around):
                return None
            be = "were" if scene.tag(at - 1) == "NNS" else "was"
            return swap_range(scene, at, at, f"{be} {participle} by")
        if (
            scene.lower(at - 1) not in ("was", "were")
            or scene.lower(at + 1) != "by"
            or scene.tag(at + 2) in ("VBG", "CD")
        ):
            return None
        object_at = _phrase_after(scene, at + 1)
        if object_at is None or not _alike(scene, object_at, object_at):
            return None
        past = inflect(lemma_of(word.lower, "VBN"), "VBD")
        return None if past is None else swap_range(scene, at - 1, at + 1, past)

    slots = [i for i in scene.of_tags(("VBD", "VBN")) if verb_tags(scene.lower(i)) & {"VBN"}]
    return first_that_fits(rng, slots, turned)
