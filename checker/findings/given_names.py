"""Another person of the same surname: "Kofi Boateng led the trial" beside a fact about Kwame Boateng.

A small model reads past a rare first name: of 150 facts with a full name that the sentence has too, another first name
in it was heard as a denial 50 times, and 86 times the sentence still counted as entailed. So where the model takes a
sentence for what a fact says, and only the first name differs, the name is the difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from checker.findings.exactness import Difference
from checker.findings.words import Kind, Word, words_of

_ALIKE = 0.6  # from here on two first names may be spellings of one
_SHORTEST = 3  # letters; less is an initial
# Before a surname these are no first names; some begin names of places, some a sentence.
_NO_FIRST_NAMES = frozenset({"president", "minister", "prime", "mr", "mrs", "ms", "dr", "sir", "lord", "lady", "dame",
                             "king", "queen", "prince", "princess", "pope", "judge", "justice", "general", "colonel",
                             "captain", "major", "sergeant", "lieutenant", "senator", "governor", "mayor",
                             "chancellor", "professor", "doctor", "former", "vice", "deputy", "chief", "secretary",
                             "ambassador", "envoy", "bishop", "archbishop", "cardinal", "sheikh", "imam", "rabbi",
                             "pastor", "father", "sister", "brother", "saint", "san", "santa", "new", "north", "south",
                             "east", "west", "northern", "southern", "eastern", "western", "republican", "democrat",
                             "democratic", "rep", "sen", "gov", "gen", "col", "coach", "defender", "striker", "author",
                             "lawyer", "leader", "officer", "chairman", "chairwoman", "director", "commissioner",
                             "inspector", "detective", "admiral", "yesterday", "today", "later", "meanwhile",
                             "afterwards", "only", "instead", "still", "then"})  # fmt: skip


@lru_cache(maxsize=4096)
def other_given_names(text: str, premise: str) -> tuple[Difference, ...]:
    """First names in `text` before a surname that `premise` has after another first name, with that as the conflict.

    Neither text has the other's first name anywhere; spellings of one name ("Aleksandr", "Alexander") are none.
    """
    theirs = list(full_names(premise))
    if not theirs:
        return ()
    ours = list(full_names(text))
    said, told = ({word.norm for word in words_of(each)} for each in (text, premise))
    return tuple(
        Difference(given.span, other.span)
        for given, surname in ours
        for other, same in theirs
        if surname.norm == same.norm
        and given.norm not in told
        and other.norm not in said
        and not may_be_one(given.norm, other.norm)
    )


def full_names(text: str) -> Iterator[tuple[Word, Word]]:
    """The last two words of each name: first name and surname of a person, as far as form tells."""
    words = words_of(text)
    for index in range(1, len(words)):
        given, surname = words[index - 1], words[index]
        joined = text[given.span.end : surname.span.start] == " "
        ends = index + 1 == len(words) or not _continues(text, surname, words[index + 1])
        if joined and ends and _is_given(given) and surname.kind is Kind.NAME:
            yield given, surname


def _is_given(word: Word) -> bool:
    """True for what may be a first name; at the head of a sentence a capital tells little."""
    opens = word.kind is Kind.CONTENT and not word.norm.endswith(("ing", "ed", "ly"))
    return (opens or word.kind is Kind.NAME) and word.norm not in _NO_FIRST_NAMES and _is_written_out(word)


def _is_written_out(word: Word) -> bool:
    """True for a word with one capital that is no initial and no possessive."""
    plain = len(word.norm) >= _SHORTEST and word.norm == word.text.casefold()
    return plain and word.text[0].isupper() and not word.text.isupper()


def _continues(text: str, word: Word, following: Word) -> bool:
    return following.kind is Kind.NAME and text[word.span.end : following.span.start] in (" ", "-")


def may_be_one(one: str, other: str) -> bool:
    """True for two forms or spellings of one first name, as far as their letters tell."""
    alike = SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
    return alike or one.startswith(other[:_SHORTEST]) or other.startswith(one[:_SHORTEST])
