"""A desk whose model finds what it was told to find, and can be made to wait."""

import re
import threading

import numpy as np

from checker.document import Span
from checker.editor.desk import Desk
from checker.nli import Prediction, TokenProbability
from checker.pipeline import Checker
from checker.settings import Settings

ARTICLE = (
    "Envoys praised the lawful seizure of the ship. Sailors left the ship on Monday.\n\n"
    "The open harbour was full of boats. The court will hear the sailors next week."
)
FACTS = ["The seizure of the ship was not lawful.", "The harbour was closed and empty of boats."]
# Word in error -> words of a premise that say so.
WRONG = {"lawful": "not lawful", "open": "closed"}
PIECES = re.compile(r"\w+|[^\w\s]")


class ScriptedModel:
    """A word of `WRONG` is in error in a sentence whose premise says so; everything else is neutral.

    `gate` has to be open for it to answer, but for the first `free_calls`; `asked` counts the pairs.
    """

    name, weights_hash, backend = "scripted", "0" * 16, "none"

    def __init__(self):
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Semaphore(0)
        self.asked = self.free_calls = 0

    def predict(self, pairs):
        self.entered.release()
        self.free_calls -= 1
        assert self.free_calls >= 0 or self.gate.wait(30)
        self.asked += len(pairs)
        return [self._say(pair) for pair in pairs]

    def embed(self, texts):
        vectors = np.array([[1.0, len(text) % 7 / 10, len(text) % 5 / 10] for text in texts], dtype=np.float32)
        vectors = vectors.reshape(-1, 3)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def _say(self, pair):
        hot = {word for word, against in WRONG.items() if against in pair.premise and against not in pair.hypothesis}
        words = [Span(*match.span()) for match in PIECES.finditer(pair.hypothesis)]
        wrong = [word.of(pair.hypothesis) in hot for word in words]
        tokens = tuple(TokenProbability(word, 0.95 if one else 0.02) for word, one in zip(words, wrong, strict=True))
        if any(wrong):
            return Prediction(0.02, 0.06, 0.92, 0.95, tokens)
        return Prediction(0.1, 0.85, 0.05, 0.03, tokens)


def make_desk(model=None, *, settings=None, **more):
    """A desk with the scripted model."""
    desk = Desk(Checker(settings or Settings(), model or ScriptedModel()), **more)
    desk.news_seconds = desk.news_share = 0.0  # every piece of news is told
    return desk
