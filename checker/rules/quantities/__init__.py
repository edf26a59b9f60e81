"""Quantities in text, in several languages: what "1,3 millones", "zweihundert" and "62 miles" amount to."""

from checker.rules.quantities.equality import comparable, converted, rounds, same_quantity
from checker.rules.quantities.number_words import LANGUAGES
from checker.rules.quantities.quantity import Quantity
from checker.rules.quantities.reader import read_quantities
from checker.rules.quantities.strong import strong_quantities
from checker.rules.quantities.units import UNITS
from checker.rules.words import fold

__all__ = [
    "LANGUAGES",
    "UNITS",
    "Quantity",
    "comparable",
    "converted",
    "fold",
    "read_quantities",
    "rounds",
    "same_quantity",
    "strong_quantities",
]
