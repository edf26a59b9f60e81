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


def identify_language(text: str) -> str:
    """The ISO 639-1 code of the language of `text`, one of LANGUAGES; "en" where it is short or unclear."""
    sample = text[:_SAMPLE]
    letters = sum(character.isalpha() for character in sample)
    alphabetic = not any("\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" for character in sample)
    if letters < (_FEWEST_LETTERS if alphabetic else _FEWEST_LETTERS // 4):
        return DEFAULT_LANGUAGE
    code, probability = _identifier().classify(sample)
    return code if probability >= _LEAST_PROBABILITY else DEFAULT_LANGUAGE


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


@cache
def _identifier() -> _Identifier:
    """The model, restricted to LANGUAGES: 30 ms once, and numpy only when it is needed."""
    from py3langid import langid

    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)  # type: ignore[no-untyped-call]
    identifier.set_languages(LANGUAGES)
    return cast(_Identifier, identifier)
