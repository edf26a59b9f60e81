"""Does a sentence end here? One decision for each full stop, question mark, exclamation mark and ellipsis.

The decision sees the word before the mark and the word after it, both of bounded length, so that cutting a text takes
time in proportion to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.document.abbreviations import Abbreviations

# A mark with the quotes and brackets that close after it; `glued` is one without a space behind it, where a web page's
# paragraphs were run together ("… on Monday.The mayor …"). The look-behind keeps a long run of dots linear.
MARK = re.compile(
    r"""(?<![.!?…])(?P<stop>[.!?…]++)
        (?P<close>[)\]}"'”’»«“›‹*_]*+(?:[ \u00a0\u202f]»(?=[\s,;:]|\Z))?)
        (?=\s|\Z)
      | (?<=[^\W\d_A-ZÀ-ÞА-Я]{3})(?P<glued>[.?](?P<quote>["”’»)]?+)
        (?=["“‘«(]?[A-ZÀ-ÞА-ЯЁ][^\W\d_A-ZÀ-ÞА-Я]|["“]?I\s))
      | (?P<wide>[。！？｡]++[」』”’）】》〉]*+)""",
    re.VERBOSE,
)
_MARK_START = re.compile("[.!?…。！？｡]")
_OPENING = "\"'“”„‟‘’‚«»‹›([{¿¡—–‒−*_/-"
_FOLLOW = re.compile(r"\s*+(?P<open>[" + re.escape(_OPENING) + r"\s]{0,12})(?P<word>[^\W\d_]{1,40}['’]?|\d{1,9}|\S)?")
_REACH = 40  # characters before the mark that can belong to an abbreviation
_TOKEN = re.compile(r"(?<![\w.-])(?:[^\W\d_]\.\s?)+[^\W\d_]\Z|[\w&°ºª№'’./-]+\Z")
_INITIALS = re.compile(r"[^\W\d_](?:\.-?[^\W\d_])*")
_ORDINAL = re.compile(r"\d{1,3}(?:\.?[-–/]\d{1,3})?|[IVXLC]{1,6}")
_ROMAN = re.compile(r"[IVXLCDM]{1,7}\b")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4}|[IVX]{1,4})")
_JOINT = re.compile(r"[-'’]")
_LONGEST_ATTRIBUTION = 120
# After a number these close what it counts: "в 2019 г. Компания …", "$2 млрд. Закон …".
_UNITS_AFTER_NUMBERS = frozenset(("г", "гг", "в", "вв", "кг", "км", "м", "руб", "коп", "долл", "тыс", "млн", "млрд"))
_SCALES = frozenset({"тыс", "млн", "млрд"})
_ENDS_OF_LISTS = frozenset({"etc", "usw", "ecc", "т.д", "т.п", "др", "пр"})
_LONGEST_DATELINE = 80
_LONGEST_QUOTE = 2_000


def marks(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What MARK matches in `text[start:end]`, in order; it is tried only where one of its characters stands."""
    while found := _MARK_START.search(text, start, end):
        mark = MARK.match(text, found.start(), end)
        if mark:
            yield mark
        start = mark.end() if mark else found.end()


@dataclass(frozen=True, slots=True)
class _Follow:
    """What comes after a mark: opening punctuation, then a word, a number or one symbol."""

    opening: str
    word: str
    start: int
    is_initial: bool

    @property
    def is_lower(self) -> bool:
        # "iPhone" and "eBay" open sentences as they are.
        return self.word[:1].islower() and not self.word[1:2].isupper()

    @property
    def is_capitalised(self) -> bool:
        return self.word[:1].isalpha() and not self.is_lower

    def opens(self, words: frozenset[str]) -> bool:
        word = self.word.replace("’", "'")
        return word in words or word.rstrip("'") in words


def sentence_end(text: str, start: int, end: int, mark: re.Match[str], words: Abbreviations) -> int | None:
    """Where the sentence that began at `start` ends with `mark`; None where it goes on.

    Nothing from `end` on is looked at. The result lies behind the quotes and brackets that close with the mark.
    """
    if not _ends(text, start, end, mark, words):
        return None
    if mark["quote"] == '"' and text.count('"', max(start, mark.start() - _LONGEST_QUOTE), mark.start()) % 2 == 0:
        return mark.start("quote")  # … urges."On Monday …: the quote opens the next sentence
    return mark.end()


def _ends(text: str, start: int, end: int, mark: re.Match[str], words: Abbreviations) -> bool:
    if mark["wide"]:
        return True
    if mark["glued"]:
        return _glued_ends(text, start, mark, words)
    follow = _look_ahead(text, mark.end(), end)
    if follow is None:
        return True
    if follow.word[0] in ".!?…":  # ". . ." and "? !" are one mark
        return False
    before = text[mark.start() - 1 : mark.start()]
    if before in ("(", "["):  # "(...)" and "(?)" stand for something left out
        return False
    if mark["stop"] == ".":
        return _full_stop_ends(text, start, mark, follow, words)
    if follow.is_lower:
        return False
    if "." in mark["stop"] or "…" in mark["stop"]:
        return not _stammers(text, start, mark.start(), follow)
    if mark["close"] and follow.opening[:1] in tuple("—–"):
        return False
    return not (mark["close"] and _is_attributed(text, follow, end, words))


def _glued_ends(text: str, start: int, mark: re.Match[str], words: Abbreviations) -> bool:
    """True between two ordinary words; addresses and abbreviations are one word."""
    token = text[max(start, mark.start() - _REACH) : mark.start()].split()[-1:]
    name = token[0].casefold() if token else ""
    address = (*token, *text[mark.end() : mark.end() + _REACH].split()[:1])
    if any(sign in part for part in address for sign in "/@#_&="):
        return False
    return not (name in words.titles or name in words.closing or "." in name)


def _look_ahead(text: str, position: int, end: int) -> _Follow | None:
    match = _FOLLOW.match(text, position, end)
    if match is None or match["word"] is None:
        return None
    word = match["word"]
    is_initial = len(word) == 1 and word.isalpha() and text[match.end() : match.end() + 1] == "."
    return _Follow(match["open"], word, match.start("word"), is_initial)


def _full_stop_ends(text: str, start: int, mark: re.Match[str], follow: _Follow, words: Abbreviations) -> bool:
    stop = mark.start()
    if _is_dateline(text, start, stop, follow) or _is_enumerator(text, start, stop):
        return False
    if follow.is_lower:
        return False
    token = _known_part(_token_before(text, start, stop), words)
    bracketed = ")" in mark["close"] or "]" in mark["close"]
    plain = _plain_word_ends(token, follow, words)
    if plain is not None:
        return plain
    name = token.casefold()
    if bracketed or name in words.titles:
        return False
    if mark["close"] and follow.is_capitalised:  # … in the U.S.” Trump …
        return True
    if name in _ENDS_OF_LISTS and not follow.opening.strip():
        return follow.is_capitalised
    if name in _UNITS_AFTER_NUMBERS and _follows_number(text, start, stop - len(token)):
        return follow.is_capitalised
    return _may_close(follow, words)


def _plain_word_ends(token: str, follow: _Follow, words: Abbreviations) -> bool | None:
    """The answer where `token` is no abbreviation, else None."""
    name = token.casefold()
    if name in words.titles or name in words.closing or token in words.closing:
        return None
    if name in words.numbering and (follow.word[0].isdigit() or _ROMAN.fullmatch(follow.word)):
        return False
    if words.ordinal_stop and _ORDINAL.fullmatch(token):  # am 3. Mai, Ludwig XIV. König
        return not follow.word[0].isdigit() and follow.opens(words.openers)
    if _INITIALS.fullmatch(token):
        return None
    return True


def _may_close(follow: _Follow, words: Abbreviations) -> bool:
    """After "U.S." or an initial: a new sentence only where the next word or an opening quote says so."""
    if follow.is_initial or follow.opening[:1] in tuple("(—–-/["):
        return False
    if follow.opening.strip() and follow.is_capitalised:
        return True
    return follow.opens(words.openers)


def _token_before(text: str, start: int, stop: int) -> str:
    """The word before the stop, its own stops inside; letters set apart are joined ("z. B" → "z.B")."""
    match = _TOKEN.search(text[max(start, stop - _REACH) : stop])
    if match is None:
        return ""
    return re.sub(r"\s", "", match.group()).lstrip(".-'’/")


def _known_part(token: str, words: Abbreviations) -> str:
    """The listed word in a compound ("then-Gov", "l'on"); one listed whole ("г-н") stays, and so does "1880-х"."""
    if token.casefold() in words.titles or token.casefold() in words.closing:
        return token
    tail = _JOINT.split(token)[-1]
    return tail if len(tail) > 1 else token


def _follows_number(text: str, start: int, position: int) -> bool:
    previous = text[max(start, position - _REACH) : position].split()
    if not previous:
        return False
    word = previous[-1]
    return word[-1].isdigit() or word in _SCALES or _ROMAN.fullmatch(word) is not None


def _is_enumerator(text: str, start: int, stop: int) -> bool:
    """True for the "2." or "b." that opens a list item."""
    return stop - start < 8 and _ENUMERATOR.fullmatch(text[start:stop].strip()) is not None


def _is_dateline(text: str, start: int, stop: int, follow: _Follow) -> bool:
    """True inside "Madrid, 5 may (EFE). - " and "МОСКВА, 5 мая. /ТАСС/. "."""
    if stop - start > _LONGEST_DATELINE:
        return False
    head = text[start:stop].rstrip()
    if follow.opening.startswith("/"):
        return True
    return head.endswith("/") or (head.endswith(")") and follow.opening[:1] in tuple("—–-"))


def _stammers(text: str, start: int, stop: int, follow: _Follow) -> bool:
    """True for "I… I do not know": the word is said again, the sentence goes on."""
    return _token_before(text, start, stop).casefold() == follow.word.casefold()


def _is_attributed(text: str, follow: _Follow, end: int, words: Abbreviations) -> bool:
    """True for “Is it over?” Maria Smith asked."""
    if not follow.is_capitalised or follow.opening.strip():
        return False
    said = text[follow.start : min(end, follow.start + _LONGEST_ATTRIBUTION)].split()
    for number, word in enumerate(said[:5]):
        if number and word.rstrip(".,:;") in words.speech:
            return True
        if not word[0].isupper() or word.endswith((".”", "?", "!")):
            return False
    return False
