"""Names that differ: another entity of the type, one word of a name, a pronoun that points elsewhere."""

from __future__ import annotations

import random
from functools import lru_cache
from itertools import accumulate

from checker.training.corruption.inflection import lemmas
from checker.training.corruption.lexicon import Lexicon
from checker.training.corruption.scene import (
    CALENDAR,
    ORGANISATION_WORDS,
    TITLES,
    Name,
    Scene,
    first_that_fits,
    swap,
    swap_range,
)
from checker.training.corruption.types import Edit

_WITH_THE = frozenset(
    [
        "United States",
        "United Kingdom",
        "Philippines",
        "Netherlands",
        "Bahamas",
        "Maldives",
        "Czech Republic",
        "Dominican Republic",
        "Gambia",
        "United Arab Emirates",
        "U.S.",
        "UK",
        "US",
        "U.K.",
        "DR Congo",
        "Central African Republic",
        "Vatican City",
    ]
)
_SAME = ({"america", "u.s.", "us", "united states", "usa"}, {"britain", "uk", "u.k.", "united kingdom", "england"})
_PRONOUNS = {
    "he": ("she", "they", "it"),
    "she": ("he", "they", "it"),
    "his": ("her", "its", "their"),
    "its": ("his", "her", "their"),
    "their": ("his", "its", "your"),
    "him": ("her", "them"),
    "himself": ("herself", "itself"),
    "herself": ("himself", "itself"),
    "her": ("his", "its"),
}


def entity(scene: Scene, rng: random.Random) -> Edit | None:
    """`Spain` -> `Portugal`, `Maria Lopez` -> `Maria Torres`, `Iranian` -> `Turkish`."""
    slots = [i for i, name in enumerate(scene.names) if name.type != "other"]
    return first_that_fits(rng, slots, lambda i: _other_entity(scene, rng, scene.names[i]))


def _other_entity(scene: Scene, rng: random.Random, name: Name) -> Edit | None:
    if name.type == "person":
        return _other_person(scene, rng, name)
    old = scene.name_text(name)
    if name.type == "surname":
        new = draw(scene.lexicon, "surname", rng)
        return None if new in ("", old) else swap(scene, name.first, new)
    if name.type == "country":
        return _other_country(scene, rng, name)
    if name.type == "nationality":
        return _other_nationality(scene, rng, name)
    for _ in range(6):
        new = draw(scene.lexicon, name.type, rng)
        alike = new.isupper() == old.isupper() and (" " in new) == (" " in old)
        if new and new not in scene.text and (name.type != "organisation" or alike):
            return swap_range(scene, name.first, name.last, new)
    return None


def _other_person(scene: Scene, rng: random.Random, name: Name) -> Edit | None:
    lexicon = scene.lexicon
    given, surname = scene.words[name.first].text, scene.words[name.last].text
    gender = lexicon.given.get(given, "")
    how = rng.random()
    if how < 0.35:
        new = draw(lexicon, "surname", rng)
        return None if new in ("", surname) else swap(scene, name.last, new)
    pool = lexicon.common_given.get(gender or rng.choice("mf"), ())
    if not pool or how > 0.6:
        new = draw(lexicon, "person", rng)
        return None if new in scene.text else swap_range(scene, name.first, name.last, new)
    new = rng.choice(pool)
    return None if new == given else swap(scene, name.first, new)


def _other_country(scene: Scene, rng: random.Random, name: Name) -> Edit | None:
    old = scene.name_text(name)
    for _ in range(6):
        new = _near_or_any(scene.lexicon, "country", old, rng)
        if new == old or new in scene.text or any(old.lower() in s and new.lower() in s for s in _SAME):
            continue
        has_the = scene.lower(name.first - 1) == "the"
        if has_the and new not in _WITH_THE and scene.lower(name.last + 1) != "'s":
            first = name.first - 1
            offset = 0
            return swap_range(scene, first, name.last, new, ((offset, len(new)),))
        if (not has_the and new in _WITH_THE and new not in ("U.S.", "US", "UK", "U.K.")) or (
            has_the and new not in _WITH_THE
        ):
            new = new if has_the else f"the {new}"
        return swap_range(scene, name.first, name.last, new)
    return None


def _near_or_any(lexicon: Lexicon, kind: str, old: str, rng: random.Random) -> str:
    """Half of the time a neighbour: such slips are the likely ones and the hard ones."""
    region = lexicon.regions.get(old)
    if region and rng.random() < 0.5:
        near = [n for n in lexicon.pools[kind] if lexicon.regions.get(n) == region and n != old]
        if near:
            return rng.choice(near)
    return draw(lexicon, kind, rng)


def _other_nationality(scene: Scene, rng: random.Random, name: Name) -> Edit | None:
    old = scene.name_text(name)
    plural = old.endswith("s") and old[:-1] in scene.lexicon.demonyms
    for _ in range(6):
        new = _near_or_any(scene.lexicon, "nationality", old, rng)
        invariant = new.endswith(("ese", "ish", "ch", "ss", "i"))
        if new in scene.text or (plural and invariant) or new.lower() in CALENDAR:
            continue
        return swap_range(scene, name.first, name.last, new + "s" if plural else new)
    return None


@lru_cache(maxsize=64)
def _weights(lexicon: Lexicon, kind: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Names of a type with running weights: the root of the news count, so that replacements look like news."""
    pool = lexicon.common_surnames if kind == "surname" else lexicon.pools[kind]
    counts = (min(lexicon.frequency.get(part.lower(), 1) for part in name.split()) for name in pool)
    return pool, tuple(accumulate(count**0.5 for count in counts))


def draw(lexicon: Lexicon, kind: str, rng: random.Random) -> str:
    """A name of a type, by how often news says it."""
    pool, weights = _weights(lexicon, kind)
    return rng.choices(pool, cum_weights=weights)[0] if pool else ""


def entity_word(scene: Scene, rng: random.Random) -> Edit | None:
    """One word inside a name of several: `Summit of the Americas` -> `Cover of the Americas`."""
    slots = [
        i for i, n in enumerate(scene.names) if n.last > n.first and n.type not in ("person", "surname", "nationality")
    ]
    return first_that_fits(rng, slots, lambda i: _other_name_word(scene, rng, scene.names[i]))


def _other_name_word(scene: Scene, rng: random.Random, name: Name) -> Edit | None:
    known = scene.lexicon.news_terms.get(scene.name_text(name))
    if known and rng.random() < 0.6:
        return swap_range(scene, name.first, name.last, rng.choice(known))
    if name.last == name.first + 1 and rng.random() < 0.12:
        return _turned(scene, name)
    slots = [i for i in range(name.first, name.last + 1) if _is_common(scene, i)]
    return first_that_fits(rng, slots, lambda at: _confused_name_word(scene, rng, at))


def _turned(scene: Scene, name: Name) -> Edit | None:
    """Spanish order kept: `Supreme Court` -> `Court Supreme`."""
    if not all(_is_common(scene, i) for i in (name.first, name.last)):
        return None
    first, last = scene.words[name.first], scene.words[name.last]
    return (
        swap_range(scene, name.first, name.last, f"{last.text} {first.text}")
        if scene.tag(name.first - 1) in ("DT", "IN")
        else None
    )


def _is_common(scene: Scene, at: int) -> bool:
    word = scene.words[at]
    small = scene.lexicon.frequent_words
    if at == 0 and "VERB" in lemmas(word.lower) and word.lower not in ORGANISATION_WORDS:
        return False
    return word.is_capital and len(word.text) > 3 and (word.lower in small or word.lower in ORGANISATION_WORDS | TITLES)


def _confused_name_word(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    lexicon, lower = scene.lexicon, scene.lower(at)
    terms = [w for w in lexicon.news_terms.get(lower, ()) if " " not in w and w != lower]
    senses = [w for pos in "na" for w in lexicon.confusions.get((lower, pos), ()) if not lexicon.is_near(lower, w, pos)]
    pool = terms * 2 + list(lexicon.false_friends.get(lower, ())) + senses
    if not pool or rng.random() < 0.25:
        adjective = (lower, "a") in lexicon.synonyms and (lower, "n") not in lexicon.synonyms
        pool = list(lexicon.adjectives[:600] if adjective else lexicon.nouns[:900])
    new = rng.choice(pool) if pool else " "
    if lexicon.is_near(lower, new, "n") or " " in new:
        return None
    return swap(scene, at, " ".join(part[:1].upper() + part[1:] for part in new.split()))


def pronoun(scene: Scene, rng: random.Random) -> Edit | None:
    """`his` -> `her`, `its`: Spanish `su` and the dropped subject say no gender."""
    slots = [i for i, w in enumerate(scene.words) if w.lower in _PRONOUNS and not w.text.isupper()]
    return first_that_fits(rng, slots, lambda at: _other_pronoun(scene, rng, at))


def _other_pronoun(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    lower = scene.lower(at)
    if lower == "her" and scene.words[at].tag != "PRP$" and scene.tag(at + 1) not in ("NN", "NNS", "JJ"):
        return swap(scene, at, rng.choice(("him", "them")))
    options = [
        p
        for p in _PRONOUNS[lower]
        if not ((p == "they" and scene.tag(at + 1) in ("VBZ",)) or (scene.lower(at + 1) == "was" and p == "they"))
    ]
    return swap(scene, at, rng.choice(options))
