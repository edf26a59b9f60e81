"""Which language a text is in, offline: it chooses the lists by which sentences are cut."""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol, cast

from checker.errors import CheckerError

DEFAULT_LANGUAGE = "en"
# Languages of the wires that a desk is likely to see. Fewer candidates, fewer absurd guesses on short copy.
LANGUAGES = (
    *("en", "es", "fr", "de", "pt", "it", "ru", "uk", "nl", "pl", "cs", "ro", "hu", "sv", "no", "da", "fi"),
    *("tr", "el", "ar", "fa", "he", "hi", "zh", "ja", "ko", "vi", "id", "ca"),
)
# ISO 639-1, with what it once had. Codes of three letters (ISO 639-3) are some 8,000, and are not looked up.
_TWO_LETTERS = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el
en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it
iu iw ja ji jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr
ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si
sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi
yo za zh zu
"""
_CODES = frozenset(_TWO_LETTERS.split())
_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)
_SAMPLE = 4_000  # characters; more changes nothing
_FEWEST_LETTERS = 20  # below this a guess is worth less than the default
_LEAST_PROBABILITY = 0.7
_FEWEST_LETTERS_AGAINST = 200  # a declared language is doubted only where there is much text
_LEAST_PROBABILITY_AGAINST = 0.99
_PARAGRAPHS_LOOKED_AT = 12  # spread over the text
# Languages that are taken for one another; a declaration among them stands.
_NEIGHBOURS = (
    frozenset({"no", "da", "sv"}),
    frozenset({"es", "pt", "ca", "it"}),
    frozenset({"ru", "uk"}),
    frozenset({"ar", "fa"}),
)
_SAME = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "cmn": "zh"}
# Words that any English prose is full of, and that hardly stand in another language.
_ENGLISH_WORDS = frozenset(
    {
        *("and", "are", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "his", "is", "it"),
        *("its", "more", "not", "of", "said", "she", "that", "the", "their", "they", "this", "to", "was", "were"),
        *("which", "who", "will", "with", "would"),
    }
)
_LEAST_ENGLISH = 0.15  # share of such words; of 14,738 English news articles 8 have less, the poorest .11
_LEAST_PROBABILITY_FOREIGN = 0.95
_LEAST_PROBABILITY_SMALL_WORDS = 0.9
UNKNOWN = "und"  # ISO 639-2, for a text in letters that none of LANGUAGES is written in
_OTHER_SCRIPTS = frozenset({"ru", "uk", "el", "ar", "fa", "he", "hi", "zh", "ja", "ko"})
_LAST_LATIN = "\u024f"  # and one in a block of rarer letters counts as of another script
_WORD = re.compile(r"[^\W\d_]+")


def language_code(tag: str | None) -> str | None:
    """The ISO 639 code in a tag such as "pt", "pt-BR" or "zh_Hant_TW" (BCP 47), None for what is none: "Portuguese"."""
    match = _TAG.fullmatch((tag or "").strip())
    code = match[1].lower() if match else ""
    return _SAME.get(code, code) if len(code) == 3 or code in _CODES else None


def identify_language(text: str) -> str:
    """The ISO 639-1 code of the language of `text`, one of LANGUAGES; "en" where it is short or unclear."""
    sample = text[:_SAMPLE]
    if _is_short(sample):
        return DEFAULT_LANGUAGE
    code, probability = _identifier().classify(sample)
    return code if probability >= _LEAST_PROBABILITY else DEFAULT_LANGUAGE


def foreign_language(text: str) -> str | None:
    """The language of `text`, one of LANGUAGES or UNKNOWN, where it is surely not English; None where it may be.

    Stricter than `identify_language`, for an English text that is taken for another is not checked at all. Few words
    are English ones, and what is left without capitals, which names have, reads as the same other language: an English
    headline full of Spanish names is English. A text mostly in letters other than Latin ones is foreign whatever it is.
    """
    sample = text[:_SAMPLE]
    if _english_share(sample) >= _LEAST_ENGLISH or _english_share(text) >= _LEAST_ENGLISH:
        return None
    letters = [character for character in sample if character.isalpha()]
    in_other_script = 2 * sum(character > _LAST_LATIN for character in letters) > len(letters)
    if len(letters) < _FEWEST_LETTERS // 4 or (_is_short(sample) and not in_other_script):
        return None
    code, probability = _identifier().classify(sample)
    if in_other_script:
        return code if code in _OTHER_SCRIPTS and probability >= _LEAST_PROBABILITY else UNKNOWN
    if code == DEFAULT_LANGUAGE or probability < _LEAST_PROBABILITY_FOREIGN:
        return None
    small = " ".join(word for word in _WORD.findall(sample) if not word[0].isupper())
    is_confirmed = language_probability(small, code) >= _LEAST_PROBABILITY_SMALL_WORDS
    return code if is_confirmed else None


def _is_short(sample: str) -> bool:
    """True where there are too few letters to tell the language; a character of an ideographic script says more."""
    alphabetic = not any("\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" for character in sample)
    letters = sum(character.isalpha() for character in sample)
    return letters < (_FEWEST_LETTERS if alphabetic else _FEWEST_LETTERS // 4)


def _english_share(text: str) -> float:
    words = _WORD.findall(text.lower())
    return sum(word in _ENGLISH_WORDS for word in words) / max(1, len(words))


def language_probability(text: str, language: str) -> float:
    """How probable it is that `text` is in this language rather than another of LANGUAGES; 0 for one that is none."""
    return next((share for code, share in _identifier().rank(text[:_SAMPLE]) if code == language), 0.0)


def confirm_language(text: str, declared: str | None) -> tuple[str, bool]:
    """The language of `text`, and whether it contradicts the one that its file declares (a BCP 47 tag or None).

    Files carry wrong tags: English copy of an Italian agency is marked "it-IT". The declaration stands unless much text
    clearly reads as another language; Norwegian of both kinds is "no".
    """
    code = language_code(declared)
    if code is None:
        return identify_language(text), False
    sample = text[:_SAMPLE]
    if code not in LANGUAGES or sum(character.isalpha() for character in sample) < _FEWEST_LETTERS_AGAINST:
        return code, False
    read, probability = _identifier().classify(sample)
    near = any({read, code} <= group for group in _NEIGHBOURS)
    if read == code or near or probability < _LEAST_PROBABILITY_AGAINST:
        return code, False
    return read, True


def other_languages(text: str, language: str) -> tuple[str, ...]:
    """Languages in which paragraphs of `text` clearly read, other than `language`, in order of the text.

    Agencies put several versions into one message. Neighbouring languages and short paragraphs are not told apart.
    """
    long = [paragraph for paragraph in text.split("\n\n") if len(paragraph) >= _FEWEST_LETTERS_AGAINST]
    found: list[str] = []
    for paragraph in long[:: len(long) // _PARAGRAPHS_LOOKED_AT + 1]:
        read, probability = _identifier().classify(paragraph[:_SAMPLE])
        near = any({read, language} <= group for group in _NEIGHBOURS)
        if read != language and not near and probability >= _LEAST_PROBABILITY_AGAINST:
            found.append(read)
    # One paragraph may be a quotation.
    return tuple(each for each in dict.fromkeys(found) if found.count(each) > 1)


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...

    def rank(self, text: str) -> list[tuple[str, float]]: ...


@cache
def _identifier() -> _Identifier:
    """The model, restricted to LANGUAGES: half a second once, and numpy only when it is needed."""
    from py3langid import langid

    try:
        identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)  # type: ignore[no-untyped-call]
    except OSError as error:  # it unpacks itself into a temporary file
        raise CheckerError(
            f"no room for the temporary file by which languages are told ({error.strerror}); "
            "make room, or name the language"
        ) from error
    identifier.set_languages(LANGUAGES)
    identifier._full_model = None  # 28 MB of other languages, kept for those who choose anew
    return cast(_Identifier, identifier)
