"""How sure it is and how many there are: modality and quantifiers."""

from __future__ import annotations

import random

from checker.training.corruption.inflection import inflect
from checker.training.corruption.scene import (
    NOUNS,
    Rule,
    Scene,
    drop,
    first_that_fits,
    insert_after,
    insert_before,
    one_of,
    swap,
    swap_range,
)
from checker.training.corruption.tokens import word_set
from checker.training.corruption.types import Edit

_MODALS = {
    "may": ("will", "must", "cannot"),
    "might": ("will", "must"),
    "could": ("will", "must"),
    "can": ("must", "may"),
    "will": ("may", "might", "should"),
    "must": ("may", "might", "can"),
    "should": ("may", "will", "must"),
    "would": ("must", "might"),
    "shall": ("may",),
}
_HEDGES = ("reportedly", "allegedly", "apparently", "possibly", "probably", "supposedly", "presumably")
_CERTAINTIES = ("certainly", "definitely", "undoubtedly", "clearly")
_DOUBTS = {
    "alleged": ("proven", "confirmed"),
    "suspected": ("confirmed", "convicted"),
    "accused": ("convicted",),
    "charged": ("convicted",),
    "possible": ("certain", "confirmed"),
    "likely": ("certain",),
    "potential": ("actual", "certain"),
    "confirmed": ("alleged", "suspected"),
    "proven": ("alleged",),
    "convicted": ("accused", "suspected"),
    "certain": ("possible",),
    "proposed": ("approved", "adopted"),
    "planned": ("completed",),
    "probably": ("certainly",),
    "perhaps": ("certainly",),
    "reportedly": ("certainly", "demonstrably"),
    "allegedly": ("certainly", "demonstrably"),
    "claims": ("proves", "shows"),
    "claimed": ("proved", "confirmed"),
    "expected": ("certain", "obliged"),
    "suggests": ("proves",),
    "suggested": ("proved",),
    "mandatory": ("voluntary",),
    "voluntary": ("mandatory",),
    "estimated": ("confirmed",),
}
_ATTEMPTS = {"tried": "VBD", "threatened": "VBD", "attempted": "VBD", "wanted": "VBD", "hoped": "VBD", "planned": "VBD"}
_QUANTIFIERS = {
    "all": ("some", "few"),
    "some": ("all", "most"),
    "most": ("few", "all"),
    "many": ("few", "all"),
    "few": ("many", "most"),
    "several": ("all", "most"),
    "every": ("no",),
    "each": ("neither",),
    "both": ("neither of the", "none of the"),
    "none": ("all", "some"),
    "majority": ("minority",),
    "minority": ("majority",),
    "nearly": ("more than", "only"),
    "almost": ("more than", "only"),
    "about": ("less than", "only", "more than"),
    "around": ("less than", "only", "more than"),
    "approximately": ("only", "more than"),
    "exactly": ("about", "almost"),
    "only": ("at least", "more than", "nearly"),
    "mostly": ("rarely", "entirely"),
    "mainly": ("rarely", "entirely"),
    "partly": ("entirely",),
    "partially": ("entirely",),
    "entirely": ("partly",),
    "completely": ("partly",),
    "fully": ("partly",),
    "largely": ("hardly",),
    "always": ("sometimes",),
    "sometimes": ("always",),
    "frequently": ("rarely",),
    "usually": ("rarely", "always"),
}
_BEFORE_FIGURES = word_set("nearly almost about around approximately exactly only")
_PHRASES = {
    ("more", "than"): ("less than", "only", "almost", "about"),
    ("less", "than"): ("more than", "about"),
    ("fewer", "than"): ("more than", "about"),
    ("at", "least"): ("at most", "up to", "only"),
    ("at", "most"): ("at least",),
    ("up", "to"): ("at least", "more than"),
}


def modality(scene: Scene, rng: random.Random) -> Edit | None:
    """Certain for possible, done for planned, and back."""
    rules: tuple[tuple[float, Rule], ...] = (
        (3.0, _other_modal),
        (3.0, _other_certainty),
        (1.5, _attempt_succeeds),
        (1.0, _hedge),
    )
    return one_of(rng, rules, scene)


def _other_modal(scene: Scene, rng: random.Random) -> Edit | None:
    def changed(at: int) -> Edit | None:
        following = scene.lower(at + 1)
        if following in ("n't", "not") or (
            scene.tag(at + 1) not in ("VB", "RB", "BE") and following not in ("be", "have")
        ):
            return None
        options = [
            m for m in _MODALS.get(scene.lower(at), ()) if not (following == "have" and m in ("will", "can", "should"))
        ]
        return swap(scene, at, rng.choice(options)) if options else None

    return first_that_fits(rng, scene.of_tags(("MD",)), changed)


def _other_certainty(scene: Scene, rng: random.Random) -> Edit | None:
    def changed(at: int) -> Edit | None:
        lower = scene.lower(at)
        if lower in _HEDGES and rng.random() < 0.6:
            return drop(scene, at, at)
        if lower in ("accused", "charged") and scene.lower(at + 1) not in ("of", "with"):
            return None
        if lower == "charged":
            return swap_range(scene, at, at + 1, "convicted of")
        if lower in ("expected", "likely") and scene.lower(at + 1) != "to":
            return None
        if lower == "certain" and scene.tag(at - 1) not in ("VBZ", "VBD", "VBP", "VB"):
            return None
        if lower in ("claims", "claimed", "suggests", "suggested") and scene.lower(at + 1) not in ("that", "the"):
            return None
        if (lower == "possible" and scene.lower(at - 1) in ("as", "if", "not", "is", "be")) or (
            lower == "potential" and scene.tag(at + 1) not in NOUNS
        ):
            return None
        if (lower == "proposed" and scene.tag(at - 1) not in ("DT", "PRP$", "POS")) or scene.is_named(at):
            return None
        return swap(scene, at, rng.choice(_DOUBTS[lower]))

    return first_that_fits(rng, [i for i, w in enumerate(scene.words) if w.lower in _DOUBTS], changed)


def _attempt_succeeds(scene: Scene, rng: random.Random) -> Edit | None:
    def done(at: int) -> Edit | None:
        if (
            scene.lower(at + 1) != "to"
            or scene.lower(at) not in _ATTEMPTS
            or scene.tag(at + 2) not in ("VB", "VBP", "NN")
        ):
            return None
        past = inflect(scene.lower(at + 2), "VBD")
        subject = scene.tag(at - 1) in ("NN", "NNS", "NNP", "PRP")
        return swap_range(scene, at, at + 2, past) if past and subject else None

    return first_that_fits(rng, scene.of_tags(("VBD", "VBN")), done)


def _hedge(scene: Scene, rng: random.Random) -> Edit | None:
    """A doubt or a certainty put in. Seldom: news uses few of these words, and they would give the error away."""
    if rng.random() < 0.9:
        return None

    def hedged(at: int) -> Edit | None:
        if (
            scene.tag(at - 1) not in ("NN", "NNS", "NNP")
            or not scene.words[at].is_alpha
            or scene.lower(at) in ("said", "says")
        ):
            return None
        if scene.lower(at) in ("was", "were", "is", "had", "has"):
            return insert_after(scene, at, rng.choice(_HEDGES))
        return insert_before(scene, at, rng.choice(_HEDGES if rng.random() < 0.75 else _CERTAINTIES))

    return first_that_fits(rng, scene.of_tags(("VBD", "VBZ")), hedged)


def quantifier(scene: Scene, rng: random.Random) -> Edit | None:
    """`all` -> `some`, `more than 50` -> `less than 50`."""
    slots = [
        i for i, w in enumerate(scene.words) if w.lower in _QUANTIFIERS or (w.lower, scene.lower(i + 1)) in _PHRASES
    ]
    return first_that_fits(rng, slots, lambda at: _other_quantifier(scene, rng, at))


def _other_quantifier(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    lower, after = scene.lower(at), scene.tag(at + 1)
    phrase = _PHRASES.get((lower, scene.lower(at + 1)))
    if phrase:
        if not (scene.tag(at + 2) == "CD" or scene.lower(at + 2) in ("a", "$", "half", "€", "£")):
            return None
        new = rng.choice(phrase)
        return swap_range(scene, at, at + 1, new[:1].upper() + new[1:] if scene.words[at].is_capital else new)
    if lower not in _QUANTIFIERS or (
        lower in _BEFORE_FIGURES and not (after == "CD" or scene.lower(at + 1) in ("all", "half", "$"))
    ):
        return None
    if (lower == "nearly" and after != "CD") or (
        lower == "all"
        and (
            after not in ("NNS", "DT", "IN", "PRP$")
            or not _has_plural(scene, at)
            or scene.lower(at - 1) in ("at", "of", "after", "it", "and")
        )
    ):
        return None
    if lower in ("some", "many", "few", "most", "several") and (
        after not in ("NNS", "IN", "JJ") or not _has_plural(scene, at)
    ):
        return None
    if (
        (lower == "few" and scene.lower(at - 1) == "a")
        or (lower == "most" and scene.tag(at + 1) == "JJ")
        or scene.lower(at - 1) in ("so", "as", "how", "too", "the")
    ):
        return None
    if (lower == "every" and scene.lower(at - 1) in ("in", "of", "for", "on")) or (lower == "each" and after != "NN"):
        return None
    if lower == "both" and (after not in ("NNS",) or scene.lower(at + 1) == "and"):
        return None
    return swap(scene, at, rng.choice(_QUANTIFIERS[lower]))


def _has_plural(scene: Scene, at: int) -> bool:
    """True where the phrase after a quantifier is a plural: `all the members`, not `all that`."""
    if scene.lower(at + 1) in ("that", "this") or scene.lower(at + 2) in ("more", "that", "this"):
        return False
    return any(scene.tag(i) == "NNS" for i in range(at + 1, at + 5))
