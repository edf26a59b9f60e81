"""Classes of words that patterns may name."""

from __future__ import annotations

_NATIONALITIES = (
    "Afghan Albanian Algerian American Argentine Argentinian Armenian Australian Austrian Azerbaijani Belarusian "
    "Belgian Belizean Bolivian Brazilian British Bulgarian Canadian Chilean Chinese Colombian Croatian Cuban Czech "
    "Danish Dominican Dutch Ecuadorian Ecuadorean Egyptian English Estonian Finnish French Georgian German Greek "
    "Guatemalan Haitian Honduran Hungarian Indian Indonesian Iranian Iraqi Irish Israeli Italian Jamaican Japanese "
    "Jordanian Kazakh Kenyan Korean Latvian Lebanese Libyan Lithuanian Mexican Moldovan Moroccan Nicaraguan Nigerian "
    "Norwegian Pakistani Palestinian Panamanian Paraguayan Peruvian Philippine Polish Portuguese Romanian Russian "
    "Salvadoran Salvadorean Saudi Scottish Serbian Slovak Slovenian Spanish Swedish Swiss Syrian Taiwanese Thai "
    "Tunisian Turkish Ukrainian Uruguayan Uzbek Venezuelan Vietnamese Welsh"
)
_MONTHS = "January February March April May June July August September October November December"
_SMALL = "two three four five six seven eight nine ten eleven twelve"

CLASSES = {
    "YEAR": r"(?:1[89]|20)\d\d",
    "NUM": rf"\d+(?:[.,]\d+)*|{_SMALL.replace(' ', '|')}",
    "FIGURE": r"\d+(?:[.,]\d+)*",
    # "7,000", "1,189": thousands, as of "million".
    "THOUSANDS": r"\d{1,3},\d{3}",
    "MONEY": r"(?:US)?\$|[€£]",
    "ORD": r"first|second|third|fourth|last|current|previous|past|1st|2nd",
    "NTH": r"\d{1,2}(?:st|nd|rd|th)?",
    "ROMAN": r"(?-i:(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3}))",
    "MONTH": _MONTHS.replace(" ", "|"),
    "DAY": "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
    "NAME": r"(?-i:[A-ZÀ-ÖØ-Þ][\w’-]+)",
    "NAT": f"(?-i:{_NATIONALITIES.replace(' ', '|')})",
    "THE": "the|a|an|this|that|these|those|his|her|its|their|our|my|your|some|any|no",
    "BE": "is|are|was|were|be|been|being",
    "HAVE": "has|have|had|having",
    "W": r"[\w’'-]+",
}
# Classes of so few words that a sentence with one is rare.
WORDS = {"NAT": tuple(_NATIONALITIES.split())}
