"""Says the opposite: negation put in or taken out, a negating prefix, an antonym, a reversed relation word."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

from checker.training.corruption.inflection import inflect, lemma_of, match_case
from checker.training.corruption.scene import (
    FINITE,
    NOUNS,
    POS_OF_TAG,
    VERBS,
    Scene,
    drop,
    first_that_fits,
    insert_before,
    one_of,
    swap,
    swap_range,
)
from checker.training.corruption.tokens import word_set
from checker.training.corruption.types import Edit

_AUXILIARIES = word_set("is are was were has have had will would can could should must may might does do did am")
_NEEDS_NEGATION = word_set("any anymore yet either ever until anyone anything longer necessarily but just only least")
_CONTRACTED = {"ca": "can", "wo": "will"}
_REVERSED = {
    "before": "after",
    "after": "before",
    "with": "without",
    "without": "with",
    "for": "against",
    "against": "for",
    "above": "below",
    "below": "above",
    "inside": "outside",
    "outside": "inside",
    "including": "excluding",
    "despite": "because of",
    "unless": "if",
    "although": "because",
    "because": "although",
    "nothing": "everything",
    "nobody": "everybody",
    "everybody": "nobody",
    "everyone": "no one",
    "everything": "nothing",
    "always": "never",
    "never": "always",
    "often": "rarely",
    "rarely": "often",
    "yesterday": "tomorrow",
    "tomorrow": "yesterday",
    "more": "less",
    "less": "more",
    "up": "down",
    "down": "up",
}
_FOR_VERBS = word_set("vote votes voted voting argue argued campaign campaigned case support evidence fight fought")
# WordNet opposites that hold in one narrow sense only and read as nonsense elsewhere.
_ODD_OPPOSITES = word_set(
    "still just even used like moving set issue figure ground head foot clear bounce round square cut kind mind "
    "run idle work home away found level record erase source sink front back side hit miss right left expected "
    "green ripe light dark heavy live recorded stand sit stay move lie draw file whole half deep spread gather "
    "lead deficit top signed running standing passing turned focus blur pointed basic individual common age "
    "interest bore face time sharp flat general particular specific local express black white cash credit debit "
    "act play refrain show hide day night make break change keep unitary federal surgical medical nominal real "
    "joint separate parent child host parasite charge discharge union separation center outer yield following "
    "living aged young net gross cover uncover question answer number unnumbered second service disservice unused "
    "upset recall drawn undrawn better worse best worst middle call put natural artificial supernatural fat ten "
    "sound go come stop near certain past present future dry wet fresh preserved birth"
)
_LIGHT = word_set("be have do go get make take give say come see know think")
_OF_PEOPLE = word_set("release arrest detain imprison free jail elect fire hire appoint dismiss")
_NOT_SPLIT = word_set("still also already just even now then so once")


def polarity(scene: Scene, rng: random.Random) -> Edit | None:
    """Any reversal of meaning."""
    return one_of(rng, RULES, scene)


def add_negation(scene: Scene, rng: random.Random) -> Edit | None:
    """`has said` -> `has not said`; `invaded` -> `did not invade`; sometimes `never`."""
    return first_that_fits(rng, scene.of_tags(("MD", *FINITE)), lambda at: _negated(scene, rng, at))


def _negated(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    word = scene.words[at]
    if (
        scene.tag(at + 1) == "NOT"
        or scene.lower(at + 1) in ("no", "hardly", "only", "nothing")
        or scene.tag(at - 1) == "NOT"
    ):
        return None
    if word.lower in _AUXILIARIES or word.tag == "MD":
        is_have = word.lower in ("has", "have", "had")
        if (is_have and scene.tag(at + 1) not in ("VBN", "RB")) or word.lower in ("do", "does", "did"):
            return None
        if word.tag == "MD" and word.lower not in _AUXILIARIES:
            return None
        if scene.lower(at + 1) in _NOT_SPLIT:
            return None
        if scene.tag(at + 1) in ("PRP", "DT") and scene.tag(at - 1) in ("WH", "", "CC") and word.tag == "MD":
            return None
        new = "not" if rng.random() < 0.85 else "never"
        if word.lower == "can" and new == "not":
            return swap(scene, at, "cannot")
        return Edit(word.end, word.end, " " + new, ((1, len(new) + 1),))
    return _negated_verb(scene, rng, at)


def _negated_verb(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    word = scene.words[at]
    subject = scene.tag(at - 1)
    if (
        not word.is_alpha
        or subject not in ("NN", "NNS", "NNP", "PRP", "WH")
        or word.lower in ("said", "says", "say", "let")
    ):
        return None
    base = lemma_of(word.lower, word.tag)
    if not base or base == "be" or scene.lower(at - 1) in ("to", "when", "where"):
        return None
    if word.tag == "VBP" and (
        subject not in ("NNS", "PRP") or scene.lower(at - 1) in ("him", "her", "them", "me", "us")
    ):
        return None
    if rng.random() < 0.12:
        return insert_before(scene, at, "never")
    helper = {"VBD": "did", "VBZ": "does", "VBP": "do"}[word.tag]
    return swap_range(scene, at, at, f"{helper} not {base}")


def remove_negation(scene: Scene, rng: random.Random) -> Edit | None:
    """`did not invade` -> `invaded`, `won't` -> `will`, `no evidence` -> `evidence`."""
    slots = [i for i, w in enumerate(scene.words) if w.tag == "NOT" or w.lower in ("no", "cannot")]
    return first_that_fits(rng, slots, lambda at: _affirmed(scene, rng, at))


def _affirmed(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    word = scene.words[at]
    following = {scene.lower(i) for i in range(at + 1, min(at + 9, len(scene.words)))}
    if following & (
        _NEEDS_NEGATION if word.lower != "no" else {"any", "ever", "either", "whatsoever", "other"}
    ) or scene.lower(at + 1) in ("only", "so", "even", "one", "longer"):
        return None
    if word.lower == "cannot":
        return swap(scene, at, "can")
    if word.lower == "no":
        return _some_for_no(scene, rng, at)
    helper = at - 1
    base = at + 1 if scene.tag(at + 1) != "RB" else at + 2
    if scene.lower(helper) in ("did", "does", "do") and base == at + 1 and scene.tag(base) in ("VB", "VBP", "NN"):
        tag = {"did": "VBD", "does": "VBZ", "do": "VBP"}[scene.lower(helper)]
        form = inflect(scene.lower(base), tag)
        return None if form is None else swap_range(scene, helper, base, match_case(form, scene.words[helper].text))
    if word.lower == "n't":
        full = _CONTRACTED.get(scene.lower(helper), scene.words[helper].text)
        return swap_range(scene, helper, at, match_case(full, scene.words[helper].text))
    if word.lower == "not" and scene.lower(at + 1) in (",", ".", "the", "because", "just", "least", "that"):
        return None
    return drop(scene, at, at) if at > 0 else None


def _some_for_no(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    if scene.tag(at + 1) not in ("NN", "NNS", "JJ") or scene.lower(at + 1) in (
        "doubt",
        "matter",
        "one",
        "way",
        "longer",
    ):
        return None
    plural = "NNS" in (scene.tag(at + 1), scene.tag(at + 2))
    new = (
        rng.choice(("some", "many", "several"))
        if plural
        else rng.choice(("some", "clear" if rng.random() < 0.2 else "a"))
    )
    if scene.tag(at - 1) in FINITE and rng.random() < 0.3 and not plural:
        return drop(scene, at, at)
    return swap(scene, at, new)


def change_prefix(scene: Scene, rng: random.Random) -> Edit | None:
    """`unprovoked` -> `provoked`, `legal` -> `illegal`: both ways alike, attributive modifiers first."""
    prefixed = scene.lexicon.prefixed
    slots = [
        i
        for i, w in enumerate(scene.words)
        if w.lower in prefixed
        and w.tag in ("JJ", "RB", "VBN", "NN")
        and not scene.is_named(i)
        and w.lower not in _ODD_OPPOSITES
    ]
    slots = [
        i for i in slots if scene.words[i].tag != "VBN" or scene.tag(i + 1) in NOUNS or scene.tag(i - 1) in ("DT", "RB")
    ]

    def other(at: int) -> Edit | None:
        new = rng.choice(prefixed[scene.lower(at)])
        return swap(scene, at, new) if _is_even(scene, scene.lower(at), new, rng) else None

    return first_that_fits(rng, slots, other)


def _is_even(scene: Scene, old: str, new: str, rng: random.Random) -> bool:
    """Draws so that a word is put in about as often as news uses it.

    `legal` is far more frequent than `illegal`; if each became the other alike, the rare member of a pair would nearly
    always be an error, and a model would learn the word instead of the contradiction.
    """
    counts = scene.lexicon.frequency
    ratio = (counts.get(new, 5) + 5) / (counts.get(old, 5) + 5)
    return rng.random() < 2.0 * math.sqrt(ratio)


def change_antonym(scene: Scene, rng: random.Random) -> Edit | None:
    """`rose` -> `fell`, `victory` -> `defeat`, `successfully` -> `unsuccessfully`."""
    slots = [i for i in scene.of_tags((*NOUNS, *VERBS, "JJ", "JJR", "JJS", "RB")) if not scene.is_named(i)]
    return first_that_fits(rng, slots, lambda at: _opposite(scene, rng, at))


def _opposite(scene: Scene, rng: random.Random, at: int) -> Edit | None:
    word = scene.words[at]
    lemma = lemma_of(word.lower, word.tag)
    if {word.lower, lemma} & _ODD_OPPOSITES or lemma in _LIGHT or _is_fixed(scene, at):
        return None
    if lemma in _OF_PEOPLE and not _acts_on_person(scene, at):
        return None
    direct = [a for a in scene.lexicon.antonyms.get((word.lower, word.tag), ()) if a not in _ODD_OPPOSITES]
    if direct:
        new = rng.choice(direct)
        return swap(scene, at, new) if _is_even(scene, word.lower, new, rng) else None
    pos = POS_OF_TAG.get(word.tag[0], "")
    formed = [a for a in scene.lexicon.antonyms.get((word.lower, pos), ()) if a not in _ODD_OPPOSITES]
    if formed and lemma != word.lower:
        return swap(scene, at, rng.choice(formed))
    found = [a for a in scene.lexicon.antonyms.get((lemma, pos), ()) if a not in _ODD_OPPOSITES]
    if not found:
        return None
    opposite = rng.choice(found)
    form = inflect(opposite, word.tag) if _is_even(scene, lemma, opposite, rng) else None
    return swap(scene, at, form) if form else None


def _acts_on_person(scene: Scene, at: int) -> bool:
    """`was released`, `released Smith`; not `released a report`."""
    near = {scene.lower(at - 1), scene.lower(at - 2)}
    if scene.words[at].tag in ("VBN", "VBD") and near & {"was", "were", "been", "be", "is", "are", "being"}:
        return scene.lower(at + 1) not in ("in", "on", "as", "to") or scene.lower(at + 2) in (
            "bail",
            "custody",
            "connection",
        )
    return any(n.first == at + 1 and n.type in ("person", "surname") for n in scene.names)


def _is_fixed(scene: Scene, at: int) -> bool:
    """True where a particle belongs to the verb (`set up`, `left for`): its opposite would not fit."""
    return scene.words[at].tag in VERBS and scene.lower(at + 1) in ("up", "out", "off", "down", "over", "away", "back")


def reverse_relation(scene: Scene, rng: random.Random) -> Edit | None:
    """`before` -> `after`, `voted for` -> `voted against`, `always` -> `never`."""
    slots = [i for i, w in enumerate(scene.words) if w.lower in _REVERSED and _may_reverse(scene, i)]
    return first_that_fits(rng, slots, lambda at: swap(scene, at, _REVERSED[scene.lower(at)]))


def _may_reverse(scene: Scene, at: int) -> bool:
    word, before, after = scene.lower(at), scene.lower(at - 1), scene.lower(at + 1)
    if word == "for":
        return before in _FOR_VERBS
    if word == "against":
        return before in _FOR_VERBS
    if word in ("up", "down"):
        return scene.words[at].tag in ("RB", "IN") and (
            before in ("was", "were", "is", "are", "went", "go", "prices") or after in ("from",)
        )
    if word == "because":
        return after != "of"
    if word in ("more", "less"):
        return after != "than" and scene.tag(at + 1) in ("JJ", "RB") and before != "no"
    if word == "with":
        return scene.tag(at + 1) in ("DT", "NN", "NNS", "JJ") and scene.tag(at - 1) in (*NOUNS, ",")
    if word in ("inside", "outside"):
        return scene.words[at].tag in ("IN", "RB")
    if word in ("before", "after") and scene.lower(at - 1) in ("shortly", "soon", "just"):
        return True
    return not (word == "never" and before in ("did", "does", "do"))


RULES: tuple[tuple[float, Callable[[Scene, random.Random], Edit | None]], ...] = (
    (2.0, add_negation),
    (3.0, remove_negation),
    (4.0, change_prefix),
    (3.5, change_antonym),
    (1.5, reverse_relation),
)
