"""untranslated: a word of the original language that was left in the translation.

Fails:  `the ayuntamiento approved` for `el ayuntamiento aprobó`; a Cyrillic word in English copy; `también`.
Passes: names, words in quotation marks or brackets, loan words (`café`, `junta`), words that English has as well.

A word counts where the source's sentence has it in the same small letters and its form is foreign to English: letters
with accents, an ending such as -ción, -miento, -keit, -zione, or a plain function word (`para`, `nicht`, `avec`).
Cyrillic needs no source.
"""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

import re
from collections.abc import Iterator

from checker.document import Span
from checker.rules.reporting import against_source, of_language
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate

UNTRANSLATED = "accuracy/untranslated"
_WORD = re.compile(r"(?<![\w’'.@/-])[^\W\d_]{3,}(?![\w@/-]|\.\w)")
_CYRILLIC = re.compile(r"(?<!\w)[а-яё]{3,}(?!\w)")
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"|«[^»\n]*»|‘[^’\n]*’|'[^'\n]*'|\([^)\n]*\)|\[[^\]\n]*\]")
_FOREIGN = {
    "es": re.compile(r".*(?:ción|ciones|miento|mientos|[td]ad|dades|mente|ería|anza|ñ.*|ismo|ajes?|[íéáóú].*)$"),
    "pt": re.compile(r".*(?:ção|ções|mento|mentos|dade|dades|mente|ã.*|õ.*|ç.*|lh[oa]s?|nh[oa]s?|[íéáóúâêô].*)$"),
    "it": re.compile(r".*(?:zione|zioni|mento|menti|ità|mente|aggio|azzo|[àèìòù].*)$"),
    "fr": re.compile(r".*(?:euse|euses|ç.*|[éèêàùâîôœ].*)$"),
    "de": re.compile(r".*(?:ung|ungen|heit|keit|lich|liche|lichen|schaft|[äöüß].*)$"),
}
_FUNCTION = {
    "es": "que para una los las con por del más pero como sobre entre cuando este esta fue han según desde hasta donde también".split(),
    "pt": "que para uma dos das com por mais mas como sobre entre quando este esta foi segundo desde até onde também não pelo pela".split(),
    "it": "che per una con della delle degli nel nella più sono anche questo questa dal dalla gli dopo stato".split(),
    "fr": "que pour une les des dans avec sur par plus mais comme cette selon depuis leur leurs est sont aux pas".split(),
    "de": "und der die das nicht mit für auf ein eine einen dem den des auch nach bei von wurde sind sich zur zum über".split(),
}
# Function words of these languages that English has as words too.
_ENGLISH_TOO = frozenset("the die den des plus pour par comme sur con con. dem mit sans per non pas bei van des est more main sin son".split())
_ENGLISH = frozenset(
    "memento pimento ability cafe age image message village courage marriage language passage garage usage mirage element statement agreement movement government department treatment moment comment document argument settlement parliament payment young strung among hung lung rung sung bring tung mañana élan naïve naïveté fiancé fiancée café cafés façade cliché clichés protégé protégés résumé résumés communiqué communiqués attaché attachés émigré émigrés décor entrée exposé soufflé crêpe crêpes piñata jalapeño señor señora über voilà fête élite née déjà blasé sauté purée risqué touché pâté crème brûlée matinée rosé passé déclassé coup cortège première premières régime régimes mélange entrepôt".split()
)
_MESSAGE = "{words} seems not to have been translated; the original has the same word."


def find(material: Material) -> Iterator[RuleCandidate]:
    """Words of the source's language in English copy."""
    if material.language != "en":
        return
    yield from _other_script(material)
    for counterpart in material.counterparts:
        yield from _left_over(counterpart)


def _other_script(material: Material) -> Iterator[RuleCandidate]:
    text = material.document.text
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(text)] if _CYRILLIC.search(text) else []
    for match in _CYRILLIC.finditer(text):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in quoted):
            yield of_language(
                "untranslated", material.document, span, category=UNTRANSLATED,
                message="{words} seems not to have been translated.",
            )  # fmt: skip


def _left_over(counterpart: Counterpart) -> Iterator[RuleCandidate]:
    language = counterpart.there.language
    if language not in _FOREIGN or counterpart.here.language == language:
        return
    theirs: dict[str, Span] = {}
    for match in _WORD.finditer(counterpart.there.text):
        if language == "de" or match.group().islower():
            theirs.setdefault(match.group(), Span(*match.span()))
    here = counterpart.here.text
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(here)]
    for match in _WORD.finditer(here):
        word, span = match.group(), Span(*match.span())
        if word not in theirs or not word.islower() or any(span.overlaps(other) for other in quoted):
            continue
        if _is_foreign(word, language) and not _in_name(here, span):
            yield against_source(
                "untranslated", counterpart, span, theirs[word], category=UNTRANSLATED, message=_MESSAGE
            )


def _is_foreign(word: str, language: str) -> bool:
    if word in _ENGLISH or word in _ENGLISH_TOO:
        return False
    return word in _FUNCTION[language] or bool(_FOREIGN[language].fullmatch(word))


def _in_name(text: str, span: Span) -> bool:
    """True beside a capitalised word: `Rio de la Plata`, `Universidad para la Paz`."""
    before = re.search(r"([^\W\d_]+)[ ’'-]+(?:[a-zà-ÿ]{1,3}[ ’'-]+)?$", text[: span.start])
    after = re.match(r"[ ’'-]+(?:[a-zà-ÿ]{1,3}[ ’'-]+)?([^\W\d_]+)", text[span.end :])
    return any(match and match.group(1)[0].isupper() for match in (before, after))


RULE = Rule("untranslated", "words of the original language left in", __doc__ or "", find)
