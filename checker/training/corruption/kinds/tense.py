"""Another tense: the sentence still reads well and says that something is, was or will be at the wrong time."""

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
