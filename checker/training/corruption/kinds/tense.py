"""Another tense, aspect or mood: the sentence reads well and says that something is, was or will be as it is not."""

from __future__ import annotations

import random

from checker.training.corruption.inflection import inflect, lemma_of
from checker.training.corruption.scene import Scene, first_that_fits, swap, swap_range
from checker.training.corruption.types import Edit

_AUXILIARIES = {
    "is": ("was",), "are": ("were",), "was": ("is",), "were": ("are",), "has": ("had",), "have": ("had",),
    "does": ("did",), "do": ("did",), "did": ("does",), "would": ("will",),
}  # fmt: skip
_SPEECH = frozenset(("said", "says", "told", "tells", "added", "adds"))  # copy reports in either tense
_SPEECH_SHARE = 0.1
_STATES = frozenset(("be", "have", "do", "say", "tell", "know", "want", "need", "seem", "believe", "own"))
_SUBJECTS = ("NN", "NNS", "NNP", "PRP", "RB")
_HELPERS = frozenset(("is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "should"))
_SIGN_ALONE = 0.4


def tense(scene: Scene, rng: random.Random) -> Edit | None:
    """`was closed` -> `is closed`, `rises` -> `rose`, `will meet` -> `met`."""

    def wrong(at: int) -> Edit | None:
        word = scene.words[at]
        if word.lower in _SPEECH and rng.random() > _SPEECH_SHARE:
            return None
        if word.lower == "will" and scene.tag(at + 1) == "VB" and scene.words[at + 1].is_alpha:
            past = inflect(scene.lower(at + 1), "VBD")
            return swap_range(scene, at, at + 1, past) if past else None
        if word.lower in _AUXILIARIES:
            return swap(scene, at, rng.choice(_AUXILIARIES[word.lower]))
        if word.tag == "MD" or not word.is_alpha or scene.tag(at - 1) not in ("NN", "NNS", "NNP", "PRP", "WH", "RB"):
            return None
        plural = scene.tag(at - 1) == "NNS" or scene.lower(at - 1) in ("they", "we", "you", "i")
        wanted = {"VBD": "VBP" if plural else "VBZ", "VBZ": "VBD", "VBP": "VBD"}[word.tag]
        form = inflect(lemma_of(word.lower, word.tag), wanted)
        return swap(scene, at, form) if form and form != word.lower else None

    return first_that_fits(rng, scene.of_tags(("VBD", "VBZ", "VBP", "MD")), wrong)


def aspect(scene: Scene, rng: random.Random) -> Edit | None:
    """`received` -> `was receiving` or `had received`, `is leaving` -> `has left`, `has left` -> `left`."""

    def other(at: int) -> Edit | None:
        word, following = scene.words[at], scene.tag(at + 1)
        lemma = lemma_of(word.lower, word.tag)
        plural = scene.tag(at - 1) == "NNS" or scene.lower(at - 1) in ("they", "we", "you")
        if word.tag == "VBD" and lemma not in _STATES and word.is_alpha and scene.tag(at - 1) in _SUBJECTS:
            was = "were" if plural else "was"
            ways = ((was, inflect(lemma, "VBG")), ("had", inflect(lemma, "VBN")))
            helper, form = rng.choice(ways)
            return swap_range(scene, at, at, f"{helper} {form}") if form else None
        if word.lower in ("is", "are", "was", "were") and following == "VBG":
            form = inflect(lemma_of(scene.lower(at + 1), "VBG"), "VBN")
            helper = {"is": "has", "are": "have"}.get(word.lower, "had")
            return swap_range(scene, at, at + 1, f"{helper} {form}") if form else None
        if word.lower in ("has", "have", "had") and following == "VBN":
            form = inflect(lemma_of(scene.lower(at + 1), "VBN"), "VBD")
            return swap_range(scene, at, at + 1, form) if form and scene.lower(at + 1) != "been" else None
        return None

    return first_that_fits(rng, scene.of_tags(("VBD", "VBZ", "VBP")), other)


def question(scene: Scene, rng: random.Random) -> Edit | None:
    """`The vote was held.` -> `Was the vote held?` or `The vote was held?`."""
    last = len(scene.words) - 1
    if last < 3 or scene.words[last].text != "." or scene.lower(0) in ("what", "who", "how", "why", "when", "where"):
        return None
    helper = next((i for i, w in enumerate(scene.words[:8]) if w.lower in _HELPERS), None)
    if helper is None or helper == 0 or rng.random() < _SIGN_ALONE or "," in scene.tagged.slice(0, helper):
        return Edit(scene.words[last].start, scene.words[last].end, "?")
    subject = scene.tagged.slice(0, helper - 1)
    if scene.tag(0) not in ("NNP", "") and not scene.text.startswith("I "):
        subject = subject[:1].lower() + subject[1:]
    verb = scene.words[helper].text.capitalize()
    rest = scene.text[scene.words[helper].end : scene.words[last].start]
    return swap_range(scene, 0, last, f"{verb} {subject}{rest}?", ((0, len(verb)),))
