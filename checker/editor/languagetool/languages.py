"""The languages that `/v2/languages` names: the varieties of English, since only English articles are checked."""

from __future__ import annotations

from contextlib import suppress

from babel import Locale, UnknownLocaleError

from checker.document.language import UNKNOWN

_NAMES = {
    "en": "English",
    "en-AU": "English (Australian)",
    "en-CA": "English (Canadian)",
    "en-GB": "English (GB)",
    "en-NZ": "English (New Zealand)",
    "en-ZA": "English (South African)",
    "en-US": "English (US)",
}
CODES = tuple(_NAMES)


def code_of(asked: str) -> str | None:
    """The code as it is usually written, "en" for a variety that has no name here; None for another language."""
    wanted = asked.strip().replace("_", "-").lower()
    for code in CODES:
        if code.lower() == wanted:
            return code
    return "en" if wanted.partition("-")[0] == "en" else None


def language_name(code: str) -> str:
    """What people call it: "English (US)", "German"; the code itself where it has no name."""
    if code == UNKNOWN:
        return "an unknown language"
    with suppress(UnknownLocaleError, ValueError):
        return _NAMES.get(code) or Locale.parse(code, sep="-").english_name or code
    return code


def languages() -> list[dict[str, str]]:
    """What `/v2/languages` answers."""
    return [{"name": name, "code": code.partition("-")[0], "longCode": code} for code, name in _NAMES.items()]
