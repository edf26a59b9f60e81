"""Which facts were found for a sentence before: in an edited article only new sentences are looked for.

What is found depends on the sentence, the facts and the model, and on nothing else in the article.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import NamedTuple

from checker.evidence.types import Evidence, Fact

MOST_SENTENCES = 4_096


class Found(NamedTuple):
    """Facts for one sentence, most relevant first, and what was joined of several; see `checker.evidence.joining`."""

    facts: Sequence[Evidence]
    joined: Evidence | None


class Sheet(NamedTuple):
    """All that decides what is found, but for the sentence: the facts, the model's hash, how many are wanted."""

    facts: tuple[Fact, ...]
    model: str
    limit: int


class FactMemory:
    """What was found in the last sheet that was asked about, for at most `most` sentences. Threads may share one."""

    def __init__(self, most: int = MOST_SENTENCES) -> None:
        self._most = most
        self._lock = Lock()
        self._sheet: Sheet | None = None
        self._found: OrderedDict[str, Found] = OrderedDict()

    def find(self, sheet: Sheet, texts: Sequence[str], look: Callable[[list[str]], Sequence[Found]]) -> list[Found]:
        """What is found for each text; `look` is asked about those that are not remembered, each once.

        Nothing is held up meanwhile: of two threads with the same new sentence, both look for it.
        """
        with self._lock:
            if sheet != self._sheet:
                self._sheet = sheet
                self._found.clear()
            known = {text: self._found[text] for text in texts if text in self._found}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known |= zip(new, look(new), strict=True)
        with self._lock:
            if sheet == self._sheet:
                for text in dict.fromkeys(texts):
                    self._found[text] = known[text]
                    self._found.move_to_end(text)
                while len(self._found) > self._most:
                    self._found.popitem(last=False)
        return [known[text] for text in texts]
