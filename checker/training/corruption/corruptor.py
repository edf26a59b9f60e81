"""The face of this package: corrupts, rewords and shortens sentences, drawing from one folder of word lists."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from checker.errors import UsageError
from checker.training.corruption.kinds import KINDS, Kind
from checker.training.corruption.lexicon import Lexicon
from checker.training.corruption.realise import realise
from checker.training.corruption.rewording import reworded
from checker.training.corruption.scene import Scene, look
from checker.training.corruption.shortening import reduced
from checker.training.corruption.tagging import Tagger
from checker.training.corruption.types import Corruption, Paraphrase

_TRIES = 3


class Corruptor:
    """Makes typed errors and harmless rewordings.

    `lexicon` is the folder of the word lists, or lists already read. `seed` is for callers that pass no generator of
    their own; the same seed, sentences and order give the same output.
    """

    def __init__(self, lexicon: Path | Lexicon, seed: int) -> None:
        self.lexicon = lexicon if isinstance(lexicon, Lexicon) else Lexicon(lexicon)
        self._rng = random.Random(seed)
        self._tagger = Tagger(self.lexicon.proper)
        self._look = lru_cache(maxsize=512)(lambda sentence: look(sentence, self._tagger, self.lexicon))

    def kinds(self) -> tuple[str, ...]:
        """Families of errors, for the `kinds` of `corrupt`."""
        return tuple(dict.fromkeys(kind.family for kind in KINDS))

    def scene(self, sentence: str) -> Scene:
        """The sentence with tags and names, for rules outside this package."""
        return self._look(sentence)

    def corrupt(
        self, sentence: str, rng: random.Random | None = None, kinds: Sequence[str] | None = None
    ) -> Corruption | None:
        """The sentence with one error of a kind drawn by weight; None where no kind fits.

        `kinds` names families or single kinds; None allows all. Raises UsageError for a name that does not exist.
        """
        generator = self._rng if rng is None else rng
        left = list(KINDS if kinds is None else _wanted(kinds))
        scene = self._look(sentence)
        while left:
            at = generator.choices(range(len(left)), [kind.weight for kind in left])[0]
            found = _attempt(scene, left.pop(at), generator)
            if found is not None:
                return found
        return None

    def paraphrase(self, sentence: str, rng: random.Random | None = None) -> Paraphrase | None:
        """The sentence in other words with the same meaning; None where no rewording is safe."""
        return reworded(sentence, self._look, self._rng if rng is None else rng)

    def reduce(self, sentence: str) -> str | None:
        """A shorter sentence that is true where this one is; None where nothing can be left out safely."""
        return reduced(self._look(sentence))


def _wanted(names: Sequence[str]) -> list[Kind]:
    known = {kind.name for kind in KINDS} | {kind.family for kind in KINDS}
    unknown = sorted(set(names) - known)
    if unknown:
        raise UsageError(f"no such kind of error: {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    return [kind for kind in KINDS if kind.name in names or kind.family in names]


def _attempt(scene: Scene, kind: Kind, rng: random.Random) -> Corruption | None:
    for _ in range(_TRIES):
        edit = kind.rule(scene, rng)
        if edit is None:
            return None
        made = realise(scene.text, edit, category=kind.category, kind=kind.name)
        if made is not None and (kind.family == "typography" or made.text.casefold() != scene.text.casefold()):
            return made
    return None
