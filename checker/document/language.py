"""Which language a text is in, offline: it chooses the lists by which sentences are cut."""

from __future__ import annotations

from functools import cache
from typing import Protocol, cast

DEFAULT_LANGUAGE = "en"
# Languages of the wires that a desk is likely to see. Fewer candidates, fewer absurd guesses on short copy.
LANGUAGES = (
    *("en", "es", "fr", "de", "pt", "it", "ru", "uk", "nl", "pl", "cs", "ro", "hu", "sv", "no", "da", "fi"),
    *("tr", "el", "ar", "fa", "he", "hi", "zh", "ja", "ko", "vi", "id", "ca"),
)
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


def identify_language(text: str) -> str:
    """The ISO 639-1 code of the language of `text`, one of LANGUAGES; "en" where it is short or unclear."""
    sample = text[:_SAMPLE]
    letters = sum(character.isalpha() for character in sample)
    alphabetic = not any("\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" for character in sample)
    if letters < (_FEWEST_LETTERS if alphabetic else _FEWEST_LETTERS // 4):
        return DEFAULT_LANGUAGE
    code, probability = _identifier().classify(sample)
    return code if probability >= _LEAST_PROBABILITY else DEFAULT_LANGUAGE


def language_probability(text: str, language: str) -> float:
    """How probable it is that `text` is in this language rather than another of LANGUAGES; 0 for one that is none."""
    return next((share for code, share in _identifier().rank(text[:_SAMPLE]) if code == language), 0.0)


def language_code(tag: str | None) -> str | None:
    """The language of a BCP 47 tag, "pt" of "pt_BR"; None for what is none, such as "Portuguese"."""
    code = (tag or "").strip().replace("_", "-").partition("-")[0].lower()
    return _SAME.get(code, code) if code.isalpha() and len(code) in (2, 3) else None


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

    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)  # type: ignore[no-untyped-call]
    identifier.set_languages(LANGUAGES)
    identifier._full_model = None  # 28 MB of other languages, kept for those who choose anew
    return cast(_Identifier, identifier)
