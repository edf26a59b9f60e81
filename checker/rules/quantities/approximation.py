"""Words that make a figure a rounded one: "nearly 1.3 million" fits 1,287,000."""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

import re

_BEFORE = {
    "en": r"nearly|almost|about|around|roughly|approximately|some|over|more than|less than|under|up to|just|close to|at least|an estimated|below|above|as many as|fewer than|exceed(?:s|ed|ing)?",
    "es": r"casi|cerca de|alrededor de|unos|unas|aproximadamente|más de|menos de|hasta|al menos|cercan[oa]s? a|en torno a|sobre|supera(?:n|do|ron)?(?: los| las)?",
    "fr": r"près de|environ|quelque|presque|plus de|moins de|jusqu'à|au moins|autour de|à peu près",
    "de": r"fast|beinahe|rund|etwa|ungefähr|circa|ca\.|zirka|mehr als|über|weniger als|unter|bis zu|mindestens|knapp|gut|nahezu|annähernd",
    "pt": r"quase|cerca de|aproximadamente|mais de|menos de|até|pelo menos|perto de|em torno de|uns|umas",
    "it": r"quasi|circa|all'incirca|più di|meno di|oltre|fino a|almeno|intorno a(?:i|lle)?|attorno a(?:i|lle)?",
    "ru": r"почти|около|примерно|приблизительно|более|менее|свыше|до|порядка|больше|меньше|чуть более|не менее|не более",
}
_AFTER = re.compile(
    r"[\s\u00a0](?:or so|or more|or less|aproximadamente|environ|circa|ou plus|o más|plus|or thereabouts)\b"
)
_PATTERNS = {
    language: re.compile(rf"(?:^|[\s(])(?:{words})[\s\u00a0]+(?:the |los |las |les |die |den |der |os |as |i |le |a )?$", re.IGNORECASE)
    for language, words in _BEFORE.items()
}  # fmt: skip
_REACH = 24


def is_approximate(text: str, start: int, end: int, language: str) -> bool:
    """True where the words around `text[start:end]` say that the figure is rounded or a bound."""
    pattern = _PATTERNS.get(language, _PATTERNS["en"])
    return bool(pattern.search(text[max(0, start - _REACH) : start]) or _AFTER.match(text, end))
