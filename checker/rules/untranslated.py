"""untranslated: a word of the original language that was left in the translation.

Fails:  `the ayuntamiento approved` for `el ayuntamiento aprobó`; a Cyrillic word in English copy; `también`.
Passes: names, words in quotation marks or brackets, loan words (`café`, `junta`), words that English has as well.

A word counts where the source's sentence has it in the same small letters and no English dictionary (pyspellchecker's)
does, or where it is a thousand times as frequent in the source's language as in English (`durante`, `sagte`), or a
plain function word there (`para`, `nicht`, `avec`). Cyrillic needs no source. A quotation of a few words, or one that
is foreign as a whole, is left alone; within a longer English one a foreign word was forgotten.
"""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from checker.document import Span
from checker.rules.reporting import against_source, of_language
from checker.rules.types import Counterpart, Material, Rule, RuleCandidate
from checker.rules.vocabulary import frequency, occurrences
from checker.rules.words import different_words, fold

UNTRANSLATED = "accuracy/untranslated"
SHORTEST = 5  # letters
COMMON = 60  # occurrences from which a dictionary word may be part of another
# English dictionaries have "durante" and "genre"; the one is 14,000 times as frequent in Spanish, the other 400 in French.
MORE_FREQUENT = 1000.0
KNOWN = 1e-8
RARE = 5e-6  # no word of another language is a thousand times as frequent as this
LONGEST_MENTION = 4  # words in quotation marks that are a mention of foreign ones
_WORD = re.compile(r"(?<![\w’'.@#/-])[^\W\d_]{3,}(?![\w@/-]|\.\w)")
_CYRILLIC = re.compile(r"[а-яё](?<!\w.)[а-яё]{2,}(?!\w)")
_QUOTED = re.compile(r"“[^”\n]*”|\"[^\"\n]*\"|«[^»\n]*»|‘[^’\n]*’|'[^'\n]*'|\([^)\n]*\)|\[[^\]\n]*\]")
_FUNCTION = {
    "es": "que para una los las con por del más pero como sobre entre cuando este esta fue han según desde hasta donde también".split(),
    "pt": "que para uma dos das com por mais mas como sobre entre quando este esta foi segundo desde até onde também não pelo pela".split(),
    "it": "che per una con della delle degli nel nella più sono anche questo questa dal dalla gli dopo stato".split(),
    "fr": "que pour une les des dans avec sur par plus mais comme cette selon depuis leur leurs est sont aux pas".split(),
    "de": "und der die das nicht mit für auf ein eine einen dem den des auch nach bei von wurde sind sich zur zum über".split(),
}
# Function words of these languages that English has as words too.
_ENGLISH_TOO = frozenset(
    "des plus pour par sur con sans per non van more main con las los del dem die den gli dal".split()
)
# Words of science that all languages share, and dictionaries lack.
_SCIENCE = re.compile(r".*(?:emia|oma|itis|osis|genic|phyll|saurus|virus|vir|mab|nib|ase|ae)s?")
_FEWEST_PART_LETTERS = 4
_NEW_LOANWORDS = frozenset(
    "hashtag emoji manga cheque subprime dashcam anime wifi blog vlog selfie bitcoin colorectal maglev".split()
)
# Words that are English in these phrases only: "prima facie", but `prima` is Italian.
_LOAN_PHRASES = re.compile(
    r"\b(?:(?:de|ipso) facto|de jure|in vitro|in situ|diabetes mellitus|femmes? fatales?|haute (?:couture|cuisine|école)|lingua francas?"
    r"|prima (?:donnas?|facie|ballerinas?)|terra (?:firma|incognita|cotta)|modus (?:operandi|vivendi)|(?:pater|mater) ?familias"
    r"|comme (?:il faut|ci)|grand (?:prix|cru|jeté|mal)|force majeure|enfants? terribles?|status quo|persona (?:non )?grata|vice versa|bona fide)\b",
    re.IGNORECASE,
)
# A capital that begins the sentence makes no name of the word behind it.
_OPENERS = frozenset(
    "The A An This That These Those In On At By For From With And But Or As To Of If His Her Its".split()
)
# The stems of all English words in -re; French has many more ("membre").
_BRITISH_RE = re.compile(r"((?:cent|theat|met|lit|fib|calib|sab|somb|spect|lust|meag|scept|mit|och|ogr))re(s?)$")
# Loan words that English copy writes with the accents of their language.
_ACCENTED = frozenset(
    "attaché blasé café cliché communiqué consommé crème crèche crêpe débutante débâcle décor découpage déjà dépôt "
    "détente éclair élan élite émigré entrée exposé façade fête fiancé fiancée flambé frappé habitué lamé macramé mêlée "
    "naïve née outré papier pâté piqué première protégé purée raison résumé risqué rosé roué sauté séance soirée "
    "soufflé soupçon tête touché voilà façades jalapeño piñata señor señora señorita peña über doppelgänger".split()
)
# Ends of Spanish and Portuguese words that look like the second half of an English compound: mill-ones.
_NO_COMPOUND = re.compile(r".*(?:ones|antes|entes|ares)")
# The dictionaries of these languages have few inflections, so a word only has to be spelt like one of the language.
_SPELT = {
    "es": re.compile(r"[^kw]*(?:[aeoáéíóú]|[^r][nsrldz])"),
    "it": re.compile(r"[^jkwxy]{5,}(?:[aeioàèéìòù])"),
    "pt": re.compile(r"[^kwy]{5,}(?:[aeoáéíóúãõ]|[aeiou][smlz]|[ei]r)"),
}
_BEFORE = re.compile(r"([^\W\d_]+)[ ’'-]+(?:[a-zà-ÿ]{1,3}[ ’'-]+)?$")
_AFTER = re.compile(r"[ ’'-]+(?:[a-zà-ÿ]{1,3}[ ’'-]+)?([^\W\d_]+)")
_ENGLISH_FUNCTION = frozenset(
    "the of to is was and that it he she we they you this are were be been has have will with".split()
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
    quoted = _mentions(text) if _CYRILLIC.search(text) else []
    for match in _CYRILLIC.finditer(text):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in quoted):
            yield of_language(
                "untranslated", material.document, span, category=UNTRANSLATED,
                message="{words} seems not to have been translated.",
            )  # fmt: skip


def _left_over(counterpart: Counterpart) -> Iterator[RuleCandidate]:
    language = counterpart.there.language
    if language not in _FUNCTION or counterpart.here.language == language:
        return
    here = counterpart.here.text
    both = different_words(here) & different_words(counterpart.there.text)
    foreign = {word for word in both if word.islower() and _is_foreign(word, language)}
    if not foreign:
        return
    theirs: dict[str, Span] = {}
    for match in _WORD.finditer(counterpart.there.text):
        if match.group() in foreign:
            theirs.setdefault(match.group(), Span(*match.span()))
    shared = [match for match in _WORD.finditer(here) if match.group() in theirs]
    quoted = [*_mentions(here), *(Span(*match.span()) for match in _LOAN_PHRASES.finditer(here))] if shared else []
    for match in shared:
        word, span = match.group(), Span(*match.span())
        if any(span.overlaps(other) for other in quoted):
            continue
        if not _in_name(here, span, counterpart.there.text):
            yield against_source(
                "untranslated", counterpart, span, theirs[word], category=UNTRANSLATED, message=_MESSAGE
            )


def _mentions(text: str) -> list[Span]:
    """Stretches in quotation marks or brackets that speak of foreign words: short ones, or without an English word."""
    spans = (Span(*match.span()) for match in _QUOTED.finditer(text))
    return [span for span in spans if _is_mention(re.findall(r"[^\W\d_]+", span.of(text)))]


def _is_mention(words: list[str]) -> bool:
    return len(words) <= LONGEST_MENTION or not _ENGLISH_FUNCTION.intersection(map(str.lower, words))


@lru_cache(maxsize=4096)
def _is_foreign(word: str, language: str) -> bool:
    if word in _FUNCTION[language]:
        return word not in _ENGLISH_TOO
    if len(word) < SHORTEST or _SCIENCE.fullmatch(word) or word in _NEW_LOANWORDS:
        return False
    if not _is_english(word):
        return _is_known(word, language)
    return _is_far_more_frequent(word, language)


@lru_cache(maxsize=4096)
def _is_known(word: str, language: str) -> bool:
    """True for a word of the source's language, or its inflection; one of a third language is not left over from it."""
    if frequency(word, language) > KNOWN or (language in _SPELT and _SPELT[language].fullmatch(word)):
        return True
    stems = (word[:-cut] for cut in (1, 2, 3) if len(word) - cut >= SHORTEST)
    return any(frequency(stem, language) > KNOWN for stem in stems)


@lru_cache(maxsize=4096)
def _is_far_more_frequent(word: str, language: str) -> bool:
    """True for a word that hardly any English text has and many of the other language have."""
    english = max(frequency(one, "en") for one in {word, _american(fold(word))})
    if english > RARE:
        return False
    return frequency(word, language) > MORE_FREQUENT * max(english, 1e-8)


@lru_cache(maxsize=4096)
def _is_english(word: str) -> bool:
    """True for a word of the English dictionary, its plural, or two such words written together ("lockdown")."""
    if not word.isascii() and word.removesuffix("s") not in _ACCENTED:
        return False
    plain = _american(fold(word))
    stem = plain.removesuffix("s")
    if not _NEW_LOANWORDS.isdisjoint((word, stem)) or occurrences(word, "en") or occurrences(plain, "en"):
        return True
    if stem != plain and occurrences(stem, "en") > COMMON:
        return True
    if _NO_COMPOUND.fullmatch(plain):
        return False
    parts = ((plain[:cut], plain[cut:]) for cut in range(_FEWEST_PART_LETTERS, len(plain) - _FEWEST_PART_LETTERS + 1))
    return any(occurrences(one, "en") > COMMON and occurrences(two, "en") > COMMON for one, two in parts)


def _american(word: str) -> str:
    """British endings that the dictionary lacks: `programme`, `litres`, `civilisation`."""
    word = re.sub(r"is(ations?|ed|es?|ing)$", r"iz\1", word)
    word = re.sub(r"(?<=\w\w)our(s|ed|ing|ful|able|ite|ites|less)?$", r"or\1", word)
    return re.sub(r"gramme(s?)$", r"gram\1", re.sub(_BRITISH_RE, r"\1er\2", word))


def _in_name(text: str, span: Span, source: str) -> bool:
    """True beside a capitalised word that the source has there too: `Rio de la Plata`, `Universidad para la Paz`.

    A name that the source has elsewhere was translated around the word: `Costello déclaré` for `a déclaré Costello`.
    """
    beside = source.casefold()
    before, after = _BEFORE.search(text[: span.start]), _AFTER.match(text, span.end)
    for match, start, end in (
        (before, before and before.start(), span.end),
        (after, span.start, after and after.end()),
    ):
        if (
            match
            and match.group(1)[0].isupper()
            and match.group(1) not in _OPENERS
            and text[start:end].casefold() in beside
        ):
            return True
    return False


RULE = Rule("untranslated", "words of the original language left in", __doc__ or "", find)
