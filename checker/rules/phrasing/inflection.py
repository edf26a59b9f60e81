"""Forms of English verbs and nouns by rule, for patterns that match any of them and suggestions that copy one.

Only words that the tables of phrases name are ever inflected, so the irregular ones are a short list.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_IRREGULAR = {
    line.split()[0]: tuple(line.split()[1:])
    for line in (
        "be was been", "become became become", "begin began begun", "bring brought brought", "buy bought bought",
        "catch caught caught", "come came come", "cost cost cost", "cut cut cut", "deal dealt dealt", "do did done",
        "draw drew drawn", "fall fell fallen", "find found found", "get got got", "give gave given", "go went gone",
        "grow grew grown", "have had had", "hear heard heard", "hit hit hit", "hold held held", "keep kept kept",
        "know knew known", "lead led led", "leave left left", "let let let", "lose lost lost", "make made made",
        "meet met met", "pay paid paid", "put put put", "raise raised raised", "rise rose risen", "run ran run",
        "say said said", "see saw seen", "sell sold sold", "send sent sent", "set set set", "sit sat sat",
        "speak spoke spoken", "spend spent spent", "stand stood stood", "swear swore sworn", "take took taken",
        "teach taught taught", "tell told told", "think thought thought", "throw threw thrown", "win won won",
        "write wrote written", "undergo underwent undergone", "bear bore borne", "break broke broken",
        "forbid forbade forbidden", "seek sought sought", "step stepped stepped", "commit committed committed",
        "refer referred referred", "plan planned planned", "admit admitted admitted", "stop stopped stopped",
        "drop dropped dropped", "bid bid bid", "quit quit quit",
        "prefer preferred preferred", "lend lent lent", "emit emitted emitted", "occur occurred occurred",
    )
}  # fmt: skip
_IRREGULAR_PLURALS = {"man": "men", "woman": "women", "child": "children", "half": "halves"}
# Verbs whose last letter is doubled before an ending.
_DOUBLED = frozenset(
    "step commit refer plan admit stop drop run get let put set sit cut begin quit bid prefer occur emit forbid".split()
)
_AUXILIARY = re.compile(
    r"\b(?:has|have|had|having|be|been|being|is|are|was|were|get|gets|got|['’]ve|['’]s)(?:\s+\w+(?:ly)?)?\s+$", re.I
)


class VerbForms(NamedTuple):
    """`hold holds holding held held`; a phrase keeps its other words (`carry out`, `carries out`)."""

    base: str
    third: str
    gerund: str
    past: str
    participle: str


def verb_forms(phrase: str) -> VerbForms:
    """Forms of a verb, or of a phrase that begins with one.

    >>> verb_forms("carry out").past, verb_forms("take").participle
    ('carried out', 'taken')
    """
    verb, _, rest = phrase.partition(" ")
    past, participle = _IRREGULAR.get(verb, (_past(verb),) * 2)
    forms = (verb, "is" if verb == "be" else _with_s(verb), _gerund(verb), past, participle)
    return VerbForms(*(f"{form} {rest}".strip() for form in forms))


def verb_like(phrase: str, pattern: str, form: str, before: str) -> str:
    """The `phrase` in the form that `form` is of the verb `pattern`; `before` is the text in front of it.

    `celebrated` is a past or a participle, which the auxiliary before it tells: `had celebrated` → `had taken`.
    """
    place = verb_forms(pattern).index(form.lower()) if form.lower() in verb_forms(pattern) else 0
    if place == 3 and _AUXILIARY.search(before):
        place = 4
    return verb_forms(phrase)[place]


def plural(phrase: str) -> str:
    """The phrase with its last word in the plural.

    >>> plural("half"), plural("news agency")
    ('halves', 'news agencies')
    """
    head, _, noun = phrase.rpartition(" ")
    many = _IRREGULAR_PLURALS.get(noun) or _with_s(noun)
    return f"{head} {many}".strip()


def _with_s(word: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh)$", word) or word in ("go", "do", "undergo", "veto"):
        return word + "es"
    if word == "have":
        return "has"
    return word[:-1] + "ies" if re.search(r"[^aeiou]y$", word) else word + "s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in _DOUBLED else "") + "ed"


def _gerund(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    return verb + (verb[-1] if verb in _DOUBLED else "") + "ing"
