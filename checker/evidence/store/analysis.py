"""What of a fact's text goes into the index: terms as `checker.evidence.lexical` makes them, written as plain tokens.

Tokens are letters, digits and four marks, made here and never taken from a fact or a query as they are, and they reach
SQLite as bound parameters alone: there is no query language for a text to break into.

    words    its terms, as often as they occur
    bare     terms without a negating prefix, which weigh half
    marks    ^name surely a name, ~name capitalised where any word would be, place.pattern.word an open name
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from checker.evidence.lexical import NAME_WEIGHT, PREFIX_WEIGHT, terms_of, without_prefix
from checker.evidence.names import Pattern, name_patterns

# To be raised with every change of what `analyse` gives for a text: stores are then indexed anew when opened.
ANALYSIS = 1
TOKENIZER = "ascii tokenchars '^~._'"

_PLAIN = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Analysis:
    """`words`, `bare` and `marks` are the columns of the index.

    `count` is the number of content words, `length` what they weigh with their sure names; a word in `maybe` adds
    NAME_WEIGHT once another fact has it in `sure`.
    """

    words: str
    bare: str
    marks: str
    count: int
    length: float
    sure: frozenset[str]
    maybe: frozenset[str]


def analyse(text: str) -> Analysis:
    """What the index keeps of a text; the same for the same text as long as ANALYSIS is."""
    terms = terms_of(text)
    bare = [stem for word in terms.words if (stem := without_prefix(word)) is not None]
    marks = [sure_name(name) for name in sorted(terms.names)]
    marks += [maybe_name(name) for name in sorted(terms.maybe_names)]
    marks += sorted({open_name(pattern) + token(word) for pattern, word in name_patterns(text)})
    return Analysis(
        words=" ".join(map(token, terms.words)),
        bare=" ".join(map(token, bare)),
        marks=" ".join(marks),
        count=len(terms.words),
        length=len(terms.words) + PREFIX_WEIGHT * len(bare) + NAME_WEIGHT * len(terms.names),
        sure=terms.names,
        maybe=terms.maybe_names,
    )


def token(term: str) -> str:
    """A term as the tokenizer leaves it: as it is where it is plain, else its bytes in hexadecimal."""
    return term if _PLAIN.fullmatch(term) else "_" + term.encode("utf-8", "surrogatepass").hex()


def term_of(token: str) -> str:
    """The term that `token` wrote."""
    return bytes.fromhex(token[1:]).decode("utf-8", "surrogatepass") if token.startswith("_") else token


def sure_name(term: str) -> str:
    """The token of a word that is surely a name."""
    return "^" + token(term)


def maybe_name(term: str) -> str:
    """The token of a word that may be a name."""
    return "~" + token(term)


def open_name(pattern: Pattern) -> str:
    """What the tokens of all words at the open place of a name begin with; ends in a full stop."""
    around = hashlib.blake2b("\0".join(pattern.around).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{pattern.place}.{around}."
