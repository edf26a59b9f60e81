"""A light part-of-speech guess: word lists, endings and hand-weighted neighbours (Viterbi), no model and no download.

Good enough to find safe slots. Where it is unsure a rule finds no slot, which costs yield and not correctness.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from checker.training.corruption.inflection import lemmas, verb_tags
from checker.training.corruption.tokens import Tagged, Word, tokenize, word_set

_CLOSED: dict[str, tuple[str, ...]] = {}


def _close(tag: str, words: str) -> None:
    for word in words.split():
        _CLOSED[word] = (*_CLOSED.get(word, ()), tag)


_close("DT", "the a an this these those each every another any some no all both either neither")
_close(
    "PRP", "i you he she it we they me him us them himself herself itself themselves myself who whoever someone anyone"
)
_close("PRP", "everyone everything nothing something nobody everybody anybody somebody")
_close("PRP", "her")
_close("PRP$", "my your his her its our their whose")
_close(
    "IN",
    "of in on at by for from with without into onto upon about against between among during before after under over",
)
_close("IN", "above below near since until because although though while if whether as than through throughout across")
_close(
    "IN",
    "behind beside besides despite toward towards within beyond via per amid like unlike except once unless alongside",
)
_close("IN", "outside inside that around along off up down out")
_close("TO", "to")
_close("MD", "will would can could may might must shall should ca wo")
_close("CC", "and or but nor yet plus")
_close("WH", "which what when where why how whom")
_close("EX", "there")
_close("NOT", "not n't never")
_close("POS", "'s")
_close("VBZ", "is has does 'm")
_close("VBP", "are am have do 're 've")
_close("VB", "be have do")
_close("VBD", "was were had did 'd")
_close("VBN", "been had done")
_close("VBG", "being having doing")
_close("MD", "'ll")
_close(
    "RB",
    "very too also so just even only still already again ever almost always often soon now then here most more less",
)
_close(
    "RB",
    "nearly about well far away back together perhaps maybe however therefore instead rather quite up down out off",
)
_close("JJ", "such same other own more most many much several few less least enough certain various new old last next")
_close(
    "CD", "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_close(
    "CD",
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion",
)
_close("CD", "dozen dozens hundreds thousands millions billions")

CLOSED_WORDS = frozenset(_CLOSED)

# How well a tag follows another; what is not listed scores 0.
_FOLLOWS: dict[tuple[str, str], float] = {}


def _follow(before: str, after: str, score: float) -> None:
    for b in before.split():
        for a in after.split():
            _FOLLOWS[b, a] = score


_follow("DT PRP$ POS", "NN NNS JJ NNP CD JJR JJS VBN VBG", 2.0)
_follow("DT PRP$ POS", "NN NNS", 2.4)
_follow("DT PRP$ POS", "VBN VBG", 0.6)
_follow("DT PRP$ POS", "VB VBP VBZ VBD MD IN TO", -3.0)
_follow("DT", "RB", 0.5)
_follow("DT", "VBD", -4.0)
_follow("JJ JJR JJS", "NN NNS", 2.5)
_follow("JJ JJR JJS", "JJ NNP", 0.7)
_follow("JJ JJR JJS", "VB VBP VBZ VBD", -2.0)
_follow("JJ", "IN TO", 0.8)
_follow("CD", "NN NNS", 2.0)
_follow("CD", "JJ", 0.6)
_follow("CD", "VBD VBZ", -0.3)
_follow("NN NNS NNP", "VBD VBZ MD VBP", 1.2)
_follow("NN", "VBP VB", -2.0)
_follow("NNP", "VBP VB", -1.5)
_follow("NNS", "VBZ", -2.0)
_follow("NN NNP", "VBZ", 1.2)
_follow("NN NNS NNP", "IN TO CC PUNCT", 1.0)
_follow("NN NNP", "NN NNS", 0.9)
_follow("NN NNS NNP", "JJ", -0.8)
_follow("NN NNS", "VBN VBG", 0.3)
_follow("NNS", "NN NNS", -0.6)
_follow("PRP EX", "VBD VBZ VBP MD", 2.2)
_follow("PRP", "NN NNS JJ", -1.5)
_follow("PRP", "RB", 0.5)
_follow("MD", "VB RB NOT", 2.5)
_follow("MD", "NN NNS JJ VBP VBD VBZ", -2.5)
_follow("TO", "VB", 2.0)
_follow("TO", "NN NNS NNP DT PRP$ CD JJ", 0.8)
_follow("TO", "VBP VBD VBZ VBN", -3.0)
_follow("NOT", "VB VBN VBG JJ RB DT", 1.0)
_follow("NOT", "VBD VBZ VBP", -1.5)
_follow("IN", "NN NNS NNP DT PRP$ CD JJ VBG PRP WH", 1.2)
_follow("IN", "VB VBP VBD VBZ", -1.5)
_follow("IN", "VBN", -0.8)
_follow("RB", "JJ VBD VBN VBG RB", 1.0)
_follow("RB", "VBZ VBP VB", 0.4)
_follow("RB", "NN NNS", -0.8)
_follow("VB VBP VBD VBZ VBG VBN", "DT PRP$ NNP IN TO PRP", 1.0)
_follow("VB VBP VBD VBZ VBG VBN", "NN NNS JJ CD", 0.5)
_follow("VB VBP VBZ VBD", "VBD VBZ VBP VB", -2.5)
_follow("VBD VBZ VBP VB", "VBN", -0.3)
_follow("VBN VBG", "VBD VBZ VBP VB", -2.0)
_follow("BE", "VBN VBG JJ RB DT NOT", 2.2)
_follow("BE", "VBD VBP VBZ VB", -3.0)
_follow("BE", "NN NNS", -0.2)
_follow("HAVE", "VBN RB NOT", 2.4)
_follow("HAVE", "DT NN NNS JJ CD TO", 1.0)
_follow("HAVE", "VBD VB VBP VBZ", -2.5)
_follow("DO", "NOT VB PRP", 2.5)
_follow("CC", "NN NNS NNP DT JJ VBD VB VBZ VBG VBN PRP RB", 0.4)
_follow("WH", "VBD VBZ VBP MD PRP DT NNP", 1.0)
_follow("START", "DT NNP PRP IN JJ NN NNS RB PRP$", 0.8)
_follow("START", "VBD VB VBP VBZ", -1.5)
_follow("PUNCT", "DT PRP IN NNP CC WH", 0.6)
_follow("PUNCT", "VBD VBG", 0.3)

_BE = word_set("be is are was were been being am 'm 're")
_HAVE = word_set("have has had having 've")
_DO = word_set("do does did")
_ADJ_ENDINGS = ("ous", "ful", "less", "ible", "able", "ical", "ial", "ive", "ish")


def _state(word: str, tag: str) -> str:
    """The tag as it looks to the next word: auxiliaries are states of their own."""
    if word in _BE:
        return "BE"
    if word in _HAVE:
        return "HAVE"
    return "DO" if word in _DO else tag


@lru_cache(maxsize=100_000)
def candidates(lower: str) -> tuple[tuple[str, float], ...]:
    """Possible tags of a lower-case word with a score, best first by rule of thumb."""
    if lower in _CLOSED:
        return tuple((tag, 0.0 - 0.6 * i) for i, tag in enumerate(_CLOSED[lower]))
    if not lower[0].isalpha():
        return (("CD", 0.0),) if lower[0].isdigit() else (("PUNCT", 0.0),)
    found: dict[str, float] = {}
    known = lemmas(lower)
    for tag in verb_tags(lower):
        found[tag] = -0.2 if tag != "VBP" else -0.6
    if "NOUN" in known:
        plural = (lower.endswith("s") and known["NOUN"][0] != lower) or lower in (
            "people",
            "men",
            "women",
            "children",
            "police",
        )
        found["NNS" if plural else "NN"] = -0.6 if lower.endswith(("ing", "ed")) and found else 0.0
    if "ADJ" in known:
        tag = "JJ"
        if known["ADJ"][0] != lower:
            tag = "JJR" if lower.endswith("er") else "JJS" if lower.endswith("st") else "JJ"
        found[tag] = 0.2 if lower.endswith(_ADJ_ENDINGS) else -0.3 if found else 0.0
    if "ADV" in known:
        found["RB"] = 0.5 if lower.endswith("ly") and "ADJ" not in known else -0.5
    return tuple(found.items()) or _unknown(lower)


def _unknown(lower: str) -> tuple[tuple[str, float], ...]:
    if "-" in lower:
        last = lower.rsplit("-", 1)[-1]
        if last in ("year", "old", "based", "led", "term", "time", "level") or last.endswith(("ed", "ing")):
            return (("JJ", 0.5), ("NN", -0.5))
        return (("NN", 0.0), ("JJ", 0.0))
    if lower.endswith("ly"):
        return (("RB", 0.0), ("JJ", -0.5))
    if lower.endswith(_ADJ_ENDINGS):
        return (("JJ", 0.0), ("NN", -0.5))
    return (("NNS", 0.0), ("NN", -1.0)) if lower.endswith("s") else (("NN", 0.0),)


class Tagger:
    """Tags sentences; `proper` are lower-case words that news writes with a capital."""

    def __init__(self, proper: frozenset[str]) -> None:
        self._proper = proper

    def tag(self, text: str) -> Tagged:
        """The sentence with one tag a word."""
        words = tokenize(text)
        return Tagged(text, tuple(replace(w, tag=t) for w, t in zip(words, self._best(words), strict=True)))

    def _options(self, words: list[Word], index: int) -> tuple[tuple[str, float], ...]:
        word = words[index]
        if not word.is_capital or word.lower == "i":
            return candidates(word.lower)
        starts = index == 0 or words[index - 1].text in '"“‘:(' or (words[index - 1].text in "'")
        if word.lower in _CLOSED and (starts or word.lower in ("the", "of", "and")):
            return candidates(word.lower)
        if starts:
            if word.lower in self._proper or not lemmas(word.lower):
                return (("NNP", 0.0),)
            follows_name = index + 1 < len(words) and words[index + 1].is_capital and words[index + 1].is_alpha
            return (*candidates(word.lower), ("NNP", 0.3 if follows_name else -1.0))
        return (("NNP", 0.0),)

    def _best(self, words: list[Word]) -> list[str]:
        table: list[dict[str, tuple[float, str]]] = []
        states: dict[str, tuple[float, str]] = {"": (0.0, "START")}
        for index, word in enumerate(words):
            row: dict[str, tuple[float, str]] = {}
            for tag, score in self._options(words, index):
                row[tag] = max((p + score + _FOLLOWS.get((s, tag), 0.0), t) for t, (p, s) in states.items())
            table.append(row)
            states = {tag: (score, _state(word.lower, tag)) for tag, (score, _) in row.items()}
        if not table:
            return []
        tags = [max(table[-1], key=lambda t: table[-1][t][0])]
        for row in reversed(table[1:]):
            tags.append(row[tags[-1]][1])
        return tags[::-1]
