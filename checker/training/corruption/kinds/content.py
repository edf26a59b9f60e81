"""Words that are missing or too many."""

from __future__ import annotations

import random
from functools import lru_cache

from checker.training.corruption.inflection import inflect
from checker.training.corruption.kinds.names import draw
from checker.training.corruption.lexicon import Lexicon
from checker.training.corruption.scene import (
    NOUNS,
    WEEKDAYS,
    Rule,
    Scene,
    drop,
    first_that_fits,
    insert_after,
    insert_before,
    one_of,
)
from checker.training.corruption.tokens import word_set
from checker.training.corruption.types import Edit

_KEPT_ADJECTIVES = word_set(
    "same other such own more most many much several few less least enough last next due able likely"
)
_WEIGHTLESS = word_set(
    "also just even only now then still already soon too very about here there not so up out down off"
)
_PREPOSITIONS = word_set(
    "in on at from with by during for after before since against near across through without among"
)
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "a dozen", "several", "dozens of", "hundreds of")


def omission(scene: Scene, rng: random.Random) -> Edit | None:
    """A modifier, an adverb, a phrase of place or time, a name, a subject, or one of two joined things is left out."""
    rules: tuple[tuple[float, Rule], ...] = (
        (3.0, drop_modifier), (1.0, drop_adverb), (3.0, drop_phrase), (2.0, drop_joined), (1.5, drop_word),
        (1.5, drop_name), (1.5, drop_subject),
    )  # fmt: skip
    return one_of(rng, rules, scene)


def drop_modifier(scene: Scene, rng: random.Random) -> Edit | None:
    """`the former president` -> `the president`."""

    def without(at: int) -> Edit | None:
        lower, before = scene.lower(at), scene.tag(at - 1)
        if (
            lower in _KEPT_ADJECTIVES
            or scene.tag(at + 1) not in NOUNS
            or before in ("RB", "CC", "JJ", "CD")
            or scene.lower(at - 1) in ("as", "how", ",")
        ):
            return None
        return drop(scene, at, at)

    return first_that_fits(
        rng,
        [i for i in scene.of_tags(("JJ", "VBN")) if (i > 0 and scene.words[i].tag == "JJ") or scene.tag(i - 1) == "DT"],
        without,
    )


def drop_adverb(scene: Scene, rng: random.Random) -> Edit | None:
    """`deliberately misled` -> `misled`."""
    slots = [i for i in scene.of_tags(("RB",)) if scene.lower(i).endswith("ly") and scene.lower(i) not in _WEIGHTLESS]
    slots = [
        i
        for i in slots
        if i > 0 and scene.tag(i + 1) in ("VBD", "VBN", "VBZ", "VB", "JJ") and scene.lower(i - 1) not in ("as", "so")
    ]
    return first_that_fits(rng, slots, lambda at: drop(scene, at, at))


def phrase_end(scene: Scene, at: int) -> int | None:
    """Last word of the prepositional phrase that begins at `at`, where it is short and ends cleanly."""
    last = at + 1
    limit = min(len(scene.words) - 1, at + 7)
    while last < limit and (
        scene.tag(last) in ("DT", "PRP$", "JJ", "CD", "VBN", "POS", "$", "JJR")
        or (scene.tag(last + 1) in ("NN", "NNS", "NNP", "CD") and scene.tag(last) in ("NN", "NNP", "NNS"))
        or scene.words[last].text in "$€£"
    ):
        last += 1
    if scene.tag(last) not in ("NN", "NNS", "NNP", "CD"):
        return None
    after = scene.words[last + 1] if last + 1 < len(scene.words) else None
    if after is None or after.text in ".,;!?" or (after.tag in ("IN", "CC") and after.lower not in ("of", "and", "or")):
        return last
    return None


def drop_phrase(scene: Scene, rng: random.Random) -> Edit | None:
    """`in eastern Ukraine`, `on Friday` left out."""

    def without(at: int) -> Edit | None:
        last = phrase_end(scene, at)
        if last is None or at == 0 or scene.tag(at - 1) not in (*NOUNS, "NNP", "VBN", "VBD", "RB", "CD"):
            return None
        return drop(scene, at, last)

    slots = [i for i, w in enumerate(scene.words) if w.lower in _PREPOSITIONS and w.tag == "IN"]
    return first_that_fits(rng, slots, without)


def drop_joined(scene: Scene, rng: random.Random) -> Edit | None:
    """`drugs and weapons` -> `drugs`."""

    def without(at: int) -> Edit | None:
        tags = scene.tag(at - 1), scene.tag(at + 1)
        after = scene.words[at + 2] if at + 2 < len(scene.words) else None
        if (
            tags[0] != tags[1]
            or tags[0] not in ("NNS", "NN", "NNP", "JJ", "VBD")
            or scene.tag(at - 2) == "CC"
            or scene.lower(at - 2) == ","
        ):
            return None
        if tags[0] == "JJ":
            return drop(scene, at, at + 1) if scene.tag(at + 2) in NOUNS else None
        if (
            after is None
            or not (after.text in ".,;" or after.tag in ("IN", "VBD", "MD"))
            or (tags[0] == "VBD" and after.text != ".")
        ):
            return None
        return drop(scene, at, at + 1)

    return first_that_fits(rng, [i for i, w in enumerate(scene.words) if w.lower in ("and", "or")], without)


def drop_name(scene: Scene, rng: random.Random) -> Edit | None:
    """`the mayor of Kyiv met Petrov` -> `the mayor of Kyiv met`."""
    slots = [place for place, name in enumerate(scene.names) if name.last - name.first < len(scene.words) // 2]
    return first_that_fits(rng, slots, lambda place: drop(scene, scene.names[place].first, scene.names[place].last))


def drop_subject(scene: Scene, rng: random.Random) -> Edit | None:
    """`the soldiers left` -> `left`: the noun before a finite verb with its article and modifiers, or the pronoun."""

    def without(at: int) -> Edit | None:
        last = at - 1
        if scene.tag(last) not in ("NN", "NNS", "PRP"):
            return None
        first = last
        while first > 0 and scene.tag(last) != "PRP" and scene.tag(first - 1) in ("DT", "JJ", "NN", "CD", "PRP$"):
            first -= 1
        return drop(scene, first, last)

    return first_that_fits(rng, scene.of_tags(("VBD", "VBZ", "VBP", "MD")), without)


def drop_word(scene: Scene, rng: random.Random) -> Edit | None:
    """A noun or verb is simply gone."""
    slots = [
        i
        for i in scene.of_tags(("NN", "VBD", "NNS", "VB", "VBN"))
        if i > 0 and scene.words[i].is_alpha and len(scene.words[i].text) > 3
    ]
    slots = [i for i in slots if scene.tag(i + 1) not in ("POS", "NOT") and scene.lower(i + 1)[:1] != "'"]
    return first_that_fits(rng, slots, lambda at: drop(scene, at, at))


def addition(scene: Scene, rng: random.Random) -> Edit | None:
    """A modifier or a phrase that the original does not have."""
    rules: tuple[tuple[float, Rule], ...] = (
        (3.0, add_modifier),
        (1.2, add_adverb),
        (2.5, add_phrase),
        (1.5, add_joined),
    )
    return one_of(rng, rules, scene)


@lru_cache(maxsize=4)
def modifiers(lexicon: Lexicon) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Adjectives that can stand before a noun, with weights: plain ones by frequency, members of opposites raised."""
    plain = [w for w in lexicon.adjectives[:700] if w not in _KEPT_ADJECTIVES and w not in _ODD_MODIFIERS]
    known = set(plain)
    opposed = [w for w in lexicon.opposed_adjectives if w not in known]
    pool = (*plain, *opposed)
    return pool, tuple(lexicon.frequency.get(w, 20) ** 0.5 * (1.6 if w in lexicon.prefixed else 1.0) for w in pool)


_ODD_MODIFIERS = word_set(
    "like left right little unable aware alive asleep afraid ashamed alone aloft akin else ready sure glad sorry "
    "worth ill well"
)


def modifier_slots(scene: Scene) -> list[int]:
    """Nouns that a modifier can stand before: the first word of a bare or determined noun phrase."""
    return [
        i
        for i in scene.of_tags(NOUNS)
        if scene.tag(i - 1) in ("DT", "PRP$", "POS", "VBD", "IN", "CC")
        and not scene.is_named(i)
        and scene.words[i].is_alpha
        and scene.lower(i) not in NO_MODIFIER
        and scene.lower(i - 1) not in ("no", "all", "any", "of", "than", "as")
    ]


NO_MODIFIER = word_set(
    "order addition fact time times day days week weeks month months year years people percent lot number kind "
    "part way case least end course example yesterday today tomorrow morning evening night charge favor favour "
    "place front"
)


def add_modifier(scene: Scene, rng: random.Random) -> Edit | None:
    """`the invasion` -> `the justified invasion`."""
    pool, weights = modifiers(scene.lexicon)

    def with_modifier(at: int) -> Edit | None:
        new = rng.choices(pool, weights)[0]
        return None if new in scene.text.lower() else insert_before(scene, at, new)

    return first_that_fits(rng, modifier_slots(scene) if pool else [], with_modifier)


def add_adverb(scene: Scene, rng: random.Random) -> Edit | None:
    """`rejected` -> `unanimously rejected`."""
    slots = [
        i
        for i in scene.of_tags(("VBD", "VBN"))
        if scene.tag(i - 1) in ("NN", "NNS", "NNP", "PRP", "VBD", "VBZ")
        and scene.lower(i) not in ("was", "were", "had", "said", "did")
    ]
    slots = [i for i in slots if scene.words[i].is_alpha]
    pool = scene.lexicon.adverbs[:160]
    return first_that_fits(rng, slots if pool else [], lambda at: insert_before(scene, at, rng.choice(pool)))


_JOINED = ("person", "surname", "country", "place")
_OCCASIONS = ("arrest", "resignation", "victory", "death", "speech", "visit")


def _extra_phrase(scene: Scene, rng: random.Random) -> str:
    lexicon = scene.lexicon
    makers = (
        lambda: f"in {draw(lexicon, 'place', rng)}",
        lambda: f"on {rng.choice(WEEKDAYS)}",
        lambda: f"in {rng.randrange(1995, 2025)}",
        lambda: f"for the {rng.choice(('second', 'third', 'fourth'))} time",
        lambda: f"with {draw(lexicon, 'person', rng)}",
        lambda: f"for {rng.choice(_NUMBERS[:7])} {rng.choice(('days', 'weeks', 'months', 'years', 'hours'))}",
        lambda: f"from {draw(lexicon, 'country', rng)}",
        lambda: f"near {draw(lexicon, 'place', rng)}",
        lambda: f"in {draw(lexicon, 'country', rng)}",
        lambda: f"after {draw(lexicon, 'surname', rng)}'s {rng.choice(_OCCASIONS)}",
        lambda: f"without {rng.choice(('success', 'warning', 'explanation', 'permission', 'delay'))}",
    )
    return rng.choice(makers)()


def add_phrase(scene: Scene, rng: random.Random) -> Edit | None:
    """A phrase of place, time or person put in before a comma, a preposition or the end."""

    def with_phrase(at: int) -> Edit | None:
        new = _extra_phrase(scene, rng)
        return None if new.rpartition(" ")[2] in scene.text else insert_after(scene, at, new)

    slots = [
        i
        for i in scene.of_tags((*NOUNS, "NNP"))
        if i + 1 < len(scene.words) and scene.words[i + 1].text in ".,;" and scene.tag(i - 1) != "NNP"
    ]
    slots = [i for i in slots if i > 3]
    return first_that_fits(rng, slots, with_phrase)


def add_joined(scene: Scene, rng: random.Random) -> Edit | None:
    """`weapons` -> `weapons and documents`, `Ukraine` -> `Ukraine and Poland`."""

    def with_other(at: int) -> Edit | None:
        after = scene.words[at + 1] if at + 1 < len(scene.words) else None
        if (
            after is None
            or not (after.text in ".," or after.tag == "IN")
            or scene.tag(at - 1) == "CC"
            or scene.lower(at - 2) == "and"
        ):
            return None
        named = next((n for n in scene.names if n.last == at), None)
        if named is not None:
            other = draw(scene.lexicon, named.type, rng) if named.type in _JOINED else ""
            return insert_after(scene, at, f"and {other}") if other and other not in scene.text else None
        if scene.tag(at) != "NNS":
            return None
        pool = scene.lexicon.nouns[:500]
        plural = inflect(rng.choice(pool), "NNS") if pool else None
        return insert_after(scene, at, f"and {plural}") if plural and plural != scene.lower(at) else None

    return first_that_fits(rng, [i for i in scene.of_tags(("NNS", "NNP")) if i > 0], with_other)
