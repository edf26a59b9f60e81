"""Patterns of words as a person writes them into a table, and the regular expressions that they become.

`ORD semester:n of YEAR` is four tokens with any white space between them:

    word            that word, in capital or small letters; with a capital in the pattern, just so
    one|two_words   any of these; `_` is a blank
    meeting:n       the noun or its plural; `hold:v` any form of the verb; in `a|b:n` each of them
    word?           there or not
    !one|two        not followed by these; as the first token: not preceded by them
    [ … ]           the words that are suspect, where that is not the whole pattern
    ..2             up to two words of any kind
    , . %           a comma, a full stop, a percent sign
    YEAR NUM ORD    and others in capitals: a class of words, see `CLASSES`
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from checker.rules.phrasing.classes import CLASSES, WORDS
from checker.rules.phrasing.inflection import plural, verb_forms

SIGNS = (",", ".", "%")
_START, _END = r"(?<![\w'’-])", r"(?!\w|[-’']\w\w)"
_PART = re.compile(r"[a-zà-ÿ]+|%")
# Words that most sentences have, and words that many have: they would ask for a pattern far too often.
_EVERYWHERE = frozenset(
    "a an and are as at be but by for from has have he his in is it of on that the this to was were what which who "
    "will with".split()
)
_COMMON = frozenset(
    "about after all also any american been before between can could country did do does during first given "
    "government had her if into its just last like made make million many month more most new no not now one only or "
    "other our out over own part past people percent president said same say says security she since so some state "
    "such than their them then there these they those through time today two under until up we week weeks when where "
    "while without work would year years you second day days congress".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a pattern: the words it stands for, or a regular expression of a class."""

    words: tuple[str, ...] = ()
    regex: str = ""
    inflected: str = ""  # "v" or "n"
    optional: bool = False
    negative: bool = False
    joined: bool = False  # there may be no white space before it
    open: bool = False  # a sign, which the next word may touch

    @property
    def required(self) -> bool:
        """True where every match has one of its words."""
        return bool(self.words) and not self.optional and not self.negative


@dataclass(frozen=True, slots=True)
class Pattern:
    """Tokens, and which of them are the suspect words (`first` up to and without `end`)."""

    tokens: tuple[Token, ...]
    first: int
    end: int

    def triggers(self) -> frozenset[str]:
        """Words of which each match has one, the rarest choice; in small letters, without apostrophes."""
        return _parts(max((token for token in self.tokens if token.required), key=_rarity))

    def needs(self) -> tuple[frozenset[str], ...]:
        """For each token that every match has: the words of which a text needs one to match."""
        groups = (_parts(token) for token in self.tokens if token.required)
        return tuple(group for group in groups if "" not in group)

    def regex(self) -> re.Pattern[str]:
        """Finds the pattern; group `hit` is the suspect words, `t1`, `t2` … the tokens that are not negative."""
        parts: list[str] = []
        number = 0
        for place, token in enumerate(self.tokens):
            if place == self.first:
                parts.append("(?P<hit>")
            if token.negative:
                if place:
                    parts.append(rf"(?!{_gap(token)}(?:{_alternatives(token)}){'' if token.open else _END})")
            else:
                number += 1
                gap = "" if number == 1 else _gap(token)
                start, close = "" if token.joined else _START, "" if token.open else _END
                core = rf"{gap}{start}(?P<t{number}>{token.regex or _alternatives(token)}){close}"
                # The blank before the first suspect word is not suspect.
                if place == self.first and gap and not token.optional:
                    parts[-1] = gap + "(?P<hit>"
                    core = core[len(gap) :]
                parts.append(f"(?:{core})?" if token.optional else core)
            if place == self.end - 1:
                parts.append(")")
        return re.compile("".join(parts), re.IGNORECASE)

    def not_after(self) -> re.Pattern[str] | None:
        """Words that may not stand before a match, for the text up to it; None where anything may."""
        first = self.tokens[0]
        return re.compile(rf"{_START}(?:{_alternatives(first)})\s+$", re.IGNORECASE) if first.negative else None


def read_pattern(text: str) -> Pattern:
    """The pattern that a cell of a table describes; raises ValueError with the token that is not understood."""
    tokens: list[Token] = []
    first, end = 0, None
    for piece in text.replace("[", " [ ").replace("]", " ] ").split():
        if piece == "[":
            first = len(tokens)
        elif piece == "]":
            end = len(tokens)
        else:
            after_sign = bool(tokens) and tokens[-1].open and not tokens[-1].joined
            token = _token(piece)
            tokens.append(replace(token, joined=token.joined or after_sign))
    if not any(token.required for token in tokens):
        raise ValueError(f"{text!r}: a pattern needs a word that every match has")
    return Pattern(tuple(tokens), first or int(tokens[0].negative), len(tokens) if end is None else end)


def _token(piece: str) -> Token:
    negative, optional = piece.startswith("!"), piece.endswith("?")
    core = piece.removeprefix("!").removesuffix("?")
    if core.startswith("..") and core[2:].isdigit():
        return Token(regex=rf"[\w’'-]+(?:\s+[\w’'-]+){{0,{int(core[2:]) - 1}}}", optional=True)
    if core in SIGNS:
        words = (core,) if core == "%" else ()
        return Token(words, re.escape(core), joined=True, open=True, optional=optional, negative=negative)
    choices = [choice.partition(":") for choice in core.split("|")]
    marks = {mark for _, _, mark in choices if mark}
    if not marks <= {"n"} and not marks <= {"v"}:
        raise ValueError(f"{piece!r}: after a colon only n or v, and one of them")
    plain = Token(
        tuple(word.replace("_", " ") for word, _, _ in choices if word not in CLASSES),
        inflected="".join(marks), optional=optional, negative=negative, open=core == "MONEY",
    )  # fmt: skip
    classes = [CLASSES[word] for word, _, _ in choices if word in CLASSES]
    if core in WORDS:
        return replace(plain, words=WORDS[core], regex=CLASSES[core])
    if not classes:
        return plain
    return replace(plain, words=(), regex="|".join([*classes, *([_alternatives(plain)] if plain.words else [])]))


def _parts(token: Token) -> frozenset[str]:
    return frozenset(_longest_part(form) for form in _forms(token))


def _gap(token: Token) -> str:
    return r"\s*" if token.joined else r"\s+"


def _forms(token: Token) -> list[str]:
    if token.inflected == "v":
        return [form for word in token.words for form in verb_forms(word)]
    if token.inflected == "n":
        return [form for word in token.words for form in (word, plural(word))]
    return list(token.words)


def _alternatives(token: Token) -> str:
    if token.regex:
        return token.regex
    return "|".join(_escaped(form) for form in sorted(set(_forms(token)), key=len, reverse=True))


def _escaped(form: str) -> str:
    escaped = r"\s+".join(re.escape(part).replace("'", "['’]") for part in form.split())
    return f"(?-i:{escaped})" if form != form.lower() else escaped


def _rarity(token: Token) -> int:
    """How unlikely a sentence has one of the words: common and short ones are likely, and the more so the more."""
    parts = [_longest_part(word) for word in token.words]
    return min(map(_cost, parts)) - len(parts) // 4


def _cost(part: str) -> int:
    """The higher, the rarer."""
    return -400 if not part else len(part) - (200 if part in _EVERYWHERE else 100 if part in _COMMON else 0)


def _longest_part(form: str) -> str:
    return max(words_in(form) or [""], key=_cost)


def words_in(text: str) -> list[str]:
    """Words and percent signs in small letters; what a trigger is compared with."""
    return _PART.findall(text.lower())
