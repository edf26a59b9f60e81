"""Words of a text with their places and normal forms: what alignment, categories and fingerprints compare.

A word is a run of letters, marks and digits with inner apostrophes, hyphens and decimal marks; an initialism ("U.S.");
one ideograph or kana; or a currency or per-cent sign, because an amount is wrong when its sign is.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from checker.document import Span
from checker.findings import lexicon
from checker.findings.numerals import number_value

_MARKS = "".join(chr(code) for code in range(0x300, 0x2000) if unicodedata.category(chr(code)).startswith("M"))
_LETTER = rf"(?:[^\W_]|[{re.escape(_MARKS)}])"
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(
    rf"[{_CJK}]"
    r"|(?:[^\W\d_]\.){2,}"
    rf"|(?:(?![{_CJK}]){_LETTER})+(?:(?:['’‘\u02bc\-‐‑](?=[^\W_])|(?<=\d)[.,:](?=\d))(?:(?![{_CJK}]){_LETTER})+)*"
    r"|[%‰°$€£¥₽₹₴₺₩]"
)
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$")
_VOWEL = re.compile(r"[aeiouy]")
_SENTENCE_OPENERS = re.compile(r"""[.!?:…]["'”’»)\]]*\s+["'“‘«(\[¿¡—–-]*\s*$|^\W*$|["“«‘]\s*$""")

IRREGULAR = {
    form: base
    for base, forms in {
        "win": "won", "lose": "lost", "fall": "fell fallen", "rise": "rose risen", "grow": "grew grown", "say": "said",
        "make": "made", "take": "took taken", "give": "gave given", "come": "came", "go": "went gone", "hold": "held",
        "meet": "met", "tell": "told", "leave": "left", "begin": "began begun", "become": "became", "buy": "bought",
        "sell": "sold", "send": "sent", "pay": "paid", "lead": "led", "keep": "kept", "build": "built",
        "break": "broke broken", "choose": "chose chosen", "speak": "spoke spoken", "write": "wrote written",
        "know": "knew known", "see": "saw seen", "find": "found", "think": "thought", "bring": "brought",
        "fight": "fought", "catch": "caught", "teach": "taught", "spend": "spent", "lend": "lent", "shoot": "shot",
        "steal": "stole stolen", "drive": "drove driven", "fly": "flew flown", "withdraw": "withdrew withdrawn",
        "draw": "drew drawn", "throw": "threw thrown", "feel": "felt", "hear": "heard", "run": "ran", "stand": "stood",
        "understand": "understood", "seek": "sought", "man": "men", "woman": "women", "child": "children",
        "person": "people", "forbid": "forbade forbidden", "strike": "struck", "swear": "swore sworn", "sit": "sat",
    }.items()
    for form in forms.split()
}  # fmt: skip


class Kind(StrEnum):
    """What a word does; it decides which words may stand in each other's place."""

    NEGATOR = "negator"
    MODAL = "modal"
    QUANTIFIER = "quantifier"
    PRONOUN = "pronoun"
    PREPOSITION = "preposition"
    FUNCTION = "function"
    MONTH = "month"
    WEEKDAY = "weekday"
    YEAR = "year"
    NUMBER = "number"
    UNIT = "unit"
    NAME = "name"
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its place, its slice, its normal form (lower case, no possessive) and its stem without accents."""

    span: Span
    text: str
    norm: str
    stem: str
    kind: Kind

    @property
    def counts(self) -> bool:
        """True for words that carry meaning: all but grammatical glue."""
        return self.kind not in (Kind.FUNCTION, Kind.PREPOSITION, Kind.PRONOUN)


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """All words of `text`, in order; never overlapping, never empty."""
    found = [Span(match.start(), match.end()) for match in _WORD.finditer(text)]
    norms = [normalise(span.of(text)) for span in found]
    return tuple(
        Word(span, span.of(text), norm, stem(norm), _kind(text, found, norms, index))
        for index, (span, norm) in enumerate(zip(found, norms, strict=True))
    )


def normalise(word: str) -> str:
    """Lower case, one apostrophe and one hyphen, no possessive: `Russia’s` → `russia`. Accents stay."""
    text = unicodedata.normalize("NFC", word).casefold()
    text = re.sub("[’‘\u02bc]", "'", text)
    text = re.sub("[‐‑]", "-", text)
    return _POSSESSIVE.sub("", text) or text


@lru_cache(maxsize=4096)  # a text is evidence for several sentences, and each asks whether it says the same
def normal_text(text: str) -> str:
    """The words of `text` in normal form, one space between: two texts that say the same words compare equal."""
    return " ".join(word.norm for word in words_of(text))


def fold_accents(text: str) -> str:
    """Without diacritics: `López` → `Lopez`."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


@lru_cache(maxsize=65536)
def stem(norm: str) -> str:
    """A key that inflected forms of a word share (English suffixes, other languages only lose accents); not a word.

    `provoked`, `provoking`, `provokes` → `provok`; `summits` → `summit`.
    """
    word = IRREGULAR.get(norm, fold_accents(norm))
    if len(word) > 4 and word.endswith(("ies", "ied")):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")):
        word = word[:-2] if word.endswith(("sses", "shes", "ches", "xes")) else word[:-1]
    for suffix in ("ed", "ing"):
        root = word.removesuffix(suffix)
        if root != word and len(root) >= 3 and _VOWEL.search(root):
            word = root[:-1] if root[-1] == root[-2] and root[-1] not in "lsz" else root
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def indices_in(words: tuple[Word, ...], span: Span) -> range:
    """Indices of the words that share a code point with `span`; an empty range where none does."""
    first = bisect_right(words, span.start, key=lambda word: word.span.end)
    last = bisect_left(words, span.end, lo=first, key=lambda word: word.span.start)
    return range(first, last) if first < last else range(0)


def place_of(stems: Sequence[str], words: Sequence[Word]) -> range | None:
    """Indices of the first words in a row that have these stems; None where there are none."""
    length = len(stems)
    for start in range(len(words) - length + 1):
        if [word.stem for word in words[start : start + length]] == list(stems):
            return range(start, start + length)
    return None


def cover(words: tuple[Word, ...], indices: range) -> Span:
    """The span from the first to the last of the words at `indices` (not empty)."""
    return Span(words[indices[0]].span.start, words[indices[-1]].span.end)


def _kind(text: str, spans: list[Span], norms: list[str], index: int) -> Kind:
    word, norm = spans[index].of(text), norms[index]
    opens = bool(_SENTENCE_OPENERS.search(text[: spans[index].start][-8:] if index else text[: spans[index].start]))
    capital = word[0].isupper()
    date = _date_kind(norm, capital and not (opens and norm in lexicon.MODALS))
    if date is not None:
        return date
    if _is_name(word, norm, capital, opens):
        return Kind.NAME
    return _closed_kind(norm) or _quantity_kind(norms, index) or Kind.CONTENT


def _is_name(word: str, norm: str, capital: bool, opens: bool) -> bool:
    """A capital inside a sentence, or capitals inside a word; "I" and titles' small words are no names."""
    if not capital or norm.split("'")[0] == "i":
        return False
    inner = any(char.isupper() for char in word[1:]) and norm not in lexicon.FUNCTION_WORDS
    return inner or (not opens and norm not in lexicon.FUNCTION_WORDS)


def _date_kind(norm: str, capital: bool) -> Kind | None:
    if norm in lexicon.AMBIGUOUS_DATES and not capital:
        return None
    if norm in lexicon.MONTHS:
        return Kind.MONTH
    if norm in lexicon.WEEKDAYS or norm in lexicon.RELATIVE_DATES:
        return Kind.WEEKDAY
    return Kind.YEAR if re.fullmatch(r"(?:1[5-9]|20)\d\d", norm) else None


def _closed_kind(norm: str) -> Kind | None:
    if norm in lexicon.NEGATORS or norm.endswith("n't"):
        return Kind.NEGATOR
    if norm in lexicon.MODALS or norm in lexicon.EVIDENTIALS:
        return Kind.MODAL
    if norm in lexicon.QUANTIFIERS:
        return Kind.QUANTIFIER
    if norm == "one":
        return Kind.NUMBER
    if norm in lexicon.PRONOUNS:
        return Kind.PRONOUN
    if norm in lexicon.PREPOSITIONS:
        return Kind.PREPOSITION
    return Kind.FUNCTION if norm in lexicon.FUNCTION_WORDS else None


def _quantity_kind(norms: list[str], index: int) -> Kind | None:
    norm = norms[index]
    sign = len(norm) == 1 and not norm.isalnum()
    beside = [norms[place] for place in (index - 1, index + 1) if 0 <= place < len(norms)]
    if sign or (norm in lexicon.UNITS and any(number_value(other) is not None for other in beside)):
        return Kind.UNIT
    return Kind.NUMBER if number_value(norm) is not None else None
