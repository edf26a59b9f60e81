"""An article, and a predictor that finds the one contradiction it was told about, and says which threads asked it."""

import re
import threading

import numpy as np

from checker.document import Span
from checker.nli import Prediction, TokenProbability

ARTICLE = (
    "Envoys praised the lawful seizure of the ship.\n\n"
    "The seizure of the ship was not lawful, the court said on Friday. Sailors left the ship on Monday. "
    "The court will hear the sailors next week."
)
FACT = "The seizure of the ship was not lawful."
PIECES = re.compile(r"\w+|[^\w\s]")


class ScriptedModel:
    """`wrong` is in error in a sentence whose premise has `against`; everything else is neutral."""

    name, weights_hash, backend = "scripted", "0" * 16, "none"

    def __init__(self, wrong="lawful", against="not lawful"):
        self.wrong, self.against = wrong, against
        self.threads = set()

    def predict(self, pairs):
        self.threads.add(threading.get_ident())
        return [self._say(pair) for pair in pairs]

    def embed(self, texts):
        vectors = np.array([[1.0, len(text) % 7 / 10, len(text) % 5 / 10] for text in texts], dtype=np.float32)
        vectors = vectors.reshape(-1, 3)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def _say(self, pair):
        denied = self.against in pair.premise and self.against not in pair.hypothesis
        words = [Span(*match.span()) for match in PIECES.finditer(pair.hypothesis)]
        hot = [denied and word.of(pair.hypothesis) == self.wrong for word in words]
        tokens = tuple(TokenProbability(word, 0.95 if one else 0.02) for word, one in zip(words, hot, strict=True))
        if any(hot):
            return Prediction(0.02, 0.06, 0.92, 0.95, tokens)
        return Prediction(0.1, 0.85, 0.05, 0.03, tokens)
