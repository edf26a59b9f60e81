"""Words in the wrong sense, and words that stayed Spanish."""

from __future__ import annotations

import random
from collections import defaultdict
from functools import lru_cache

from checker.training.corruption.inflection import inflect, lemma_of, lemmas, match_case
from checker.training.corruption.lexicon import Lexicon
from checker.training.corruption.scene import (
    NOUNS,
    POS_OF_TAG,
    VERBS,
    Rule,
    Scene,
    first_that_fits,
    one_of,
    swap,
    swap_range,
)
from checker.training.corruption.tagging import CLOSED_WORDS
from checker.training.corruption.tokens import word_set
from checker.training.corruption.types import Edit

_CONTENT = ("NN", "NNS", "VB", "VBD", "VBZ", "VBG", "VBN", "VBP", "JJ")
_LIGHT = word_set("be have do go get make take say come see know think give use percent more most year time people way")


def word_sense(scene: Scene, rng: random.Random) -> Edit | None:
    """A literal or wrong translation, or a word of another meaning that is as frequent."""
    return one_of(rng, RULES, scene)


def content_slots(scene: Scene) -> list[int]:
    """Places of nouns, verbs and adjectives that carry meaning."""
    return [
        i
        for i in scene.of_tags(_CONTENT)
        if scene.words[i].is_alpha
        and len(scene.words[i].text) > 2
        and not scene.is_named(i)
        and "-" not in scene.words[i].text
        and lemma_of(scene.lower(i), scene.words[i].tag) not in _LIGHT
    ]


def confused_sense(scene: Scene, rng: random.Random) -> Edit | None:
    """`summit` -> `peak`: another English word for the same Spanish one."""
    return first_that_fits(rng, content_slots(scene), lambda at: _confused(scene, rng, at))


def _confused(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    word = scene.words[at]
    lemma, pos = lemma_of(word.lower, word.tag), POS_OF_TAG[word.tag[0]]
    pool = _confusions(scene.lexicon, lemma, pos)
    return _as(scene, at, rng.choice(pool)) if pool else None


@lru_cache(maxsize=50_000)
def _confusions(lexicon: Lexicon, lemma: str, pos: str) -> tuple[str, ...]:
    return tuple(w for w in lexicon.confusions.get((lemma, pos), ()) if not lexicon.is_near(lemma, w, pos))


def _as(scene: Scene, at: int, lemma: str) -> Edit | None:
    """The lemma in the form of the word at a place."""
    word = scene.words[at]
    form = inflect(lemma, word.tag)
    return None if form is None or form == word.lower else swap(scene, at, form)


def false_friend(scene: Scene, rng: random.Random) -> Edit | None:
    """`current` -> `actual`: the look-alike of the Spanish word."""

    def befriend(at: int) -> Edit | None:
        word = scene.words[at]
        pool = scene.lexicon.false_friends.get(lemma_of(word.lower, word.tag), ())
        fitting = [w for w in pool if {"N": "NOUN", "V": "VERB", "J": "ADJ"}[word.tag[0]] in lemmas(w)]
        return _as(scene, at, rng.choice(fitting)) if fitting else None

    return first_that_fits(rng, content_slots(scene), befriend)


def literal_term(scene: Scene, rng: random.Random) -> Edit | None:
    """A news term word by word: `curfew` -> `touch of stay`, `ruling` -> `failure`."""
    found = [(i, n) for i in range(len(scene.words)) for n in (4, 3, 2, 1) if _term(scene, i, n)]
    if not found:
        return None
    at, length = rng.choice(found)
    plural, options = _term(scene, at, length) or (False, ())
    new = rng.choice(options)
    if plural:
        head, space, tail = new.partition(" ")
        form = inflect(head, "NNS")
        if form is None:
            return None
        new = form + space + tail
    return swap_range(
        scene, at, at + length - 1, match_case(new, scene.words[at].text if scene.words[at].tag != "NNP" else new)
    )


def _term(scene: Scene, at: int, length: int) -> tuple[bool, tuple[str, ...]] | None:
    if at + length > len(scene.words) or (length == 1 and scene.words[at].tag not in ("NN", "NNS", "NNP")):
        return None
    terms = scene.lexicon.news_terms
    text = scene.tagged.slice(at, at + length - 1)
    if text in terms:
        return False, terms[text]
    if length == 1 and scene.words[at].tag == "NNS":
        singular = lemma_of(scene.lower(at), "NNS")
        return (True, terms[singular]) if singular in terms else None
    return None


def random_word(scene: Scene, rng: random.Random) -> Edit | None:
    """Another word of the kind and of like frequency."""
    return first_that_fits(rng, content_slots(scene), lambda at: _stranger(scene, rng, at))


def _stranger(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    word = scene.words[at]
    pos = POS_OF_TAG[word.tag[0]]
    lemma = lemma_of(word.lower, word.tag)
    pool, places = _by_frequency(scene.lexicon, pos)
    if lemma not in places:
        return None
    here = places[lemma]
    low, high = max(0, here - 120), min(len(pool), here + 120)
    new = pool[rng.randrange(low, high)]
    return None if new == lemma or scene.lexicon.is_near(lemma, new, pos) else _as(scene, at, new)


@lru_cache(maxsize=16)
def _by_frequency(lexicon: Lexicon, pos: str) -> tuple[tuple[str, ...], dict[str, int]]:
    """Lemmas of one part of speech by news count, and the place of each."""
    name = {"n": "NOUN", "v": "VERB", "a": "ADJ"}[pos]
    counts: dict[str, int] = defaultdict(int)
    for word, count in lexicon.frequency.items():
        found = lemmas(word)
        if word in lexicon.proper or word in CLOSED_WORDS or not word.isalpha() or len(word) < 3 or not found:
            continue
        if next(iter(found)) == name or (len(found) == 1 and name in found):
            for lemma in found.get(name, ())[:1]:
                counts[lemma] += count
    pool = tuple(sorted((w for w, c in counts.items() if c >= 25 and w not in _LIGHT), key=lambda w: -counts[w]))
    return pool, {w: i for i, w in enumerate(pool)}


def untranslated(scene: Scene, rng: random.Random) -> Edit | None:
    """A content word left in Spanish."""
    slots = [i for i in content_slots(scene) if scene.words[i].tag in (*NOUNS, "JJ") or rng.random() < 0.25]
    return first_that_fits(rng, slots, lambda at: _spanish(scene, rng, at))


def _spanish(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    word = scene.words[at]
    pool = scene.lexicon.spanish.get((lemma_of(word.lower, word.tag), POS_OF_TAG[word.tag[0]]), ())
    pool = tuple(
        w
        for w in pool
        if (w.endswith(("ar", "er", "ir")) or word.tag not in VERBS) and w not in scene.lexicon.frequency
    )
    if not pool:
        return None
    new = rng.choice(pool)
    if word.tag == "NNS" and not new.endswith("s"):
        new += "s" if new[-1] in "aeiouáéó" else "es"
    return swap(scene, at, new)


RULES: tuple[tuple[float, Rule], ...] = (
    (3.0, confused_sense),
    (1.5, false_friend),
    (2.0, literal_term),
    (2.5, random_word),
)
