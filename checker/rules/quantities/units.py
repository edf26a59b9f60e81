"""Units and currencies in all languages that are read: what is measured, and in how many of the base unit.

One pattern a unit, over all languages: no two of the languages use one word for two units, but for the few that are
left out (a German "Pfund" is 500 g or a pound sterling).
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """`dimension` is what is measured ("length", "currency", …); `factor` converts to its base unit.

    Currencies have no factor that lasts: theirs is 0, and amounts in two of them cannot be compared.
    """

    name: str
    dimension: str
    factor: float
    offset: float = 0.0


# name, dimension, factor (and offset for temperatures), pattern. Base units: m, m², kg, l, K, m/s, W, s.
_TABLE: tuple[tuple[str, str, float, float, str], ...] = (
    ("percentage point", "share", 0.0, 0.0, r"percentage points?|puntos? porcentual(?:es)?|points? de pourcentage|Prozentpunkten?|pontos? percentua(?:l|is)|punt[oi] percentual[ei]|процентн\w+ пункт\w*"),
    ("per cent", "share", 1.0, 0.0, r"%|per ?cent|pct|por ciento|por cento|pour cents?|pour-cent|Prozents?|prozentig\w*|per cento|процент\w*"),
    ("km/h", "speed", 1 / 3.6, 0.0, r"km/h|kph|kmh|km (?:por hora|per hour|par heure|pro Stunde|orari)|kil[oó]metros por hora|kilomet(?:er|re)s (?:per|an) hour|kilomètres[ -](?:par heure|heure|à l['’]heure)|Stundenkilometern?|Kilometern? (?:pro|in der) Stunde|chilometri (?:all['’]|l['’])ora|chilometri orari|quil[oôó]metros por hora|км/ч|км в час|километр\w* в час"),
    ("mph", "speed", 0.44704, 0.0, r"mph|mi/h|miles/h|miles (?:per|an) hour|millas por hora|mil(?:es|les) (?:à l['’]heure|par heure)|Meilen (?:pro|in der) Stunde|milhas por hora|miglia (?:all['’]ora|orarie)|мил\w+ в час"),
    ("km²", "area", 1e6, 0.0, r"km²|km2|sq\.? ?km|square kilomet(?:er|re)s?|kil[oó]metros cuadrados|kilomètres carrés|Quadratkilometern?|quil[oôó]metros quadrados|chilometri quadrati|кв\.? ?км|квадратных километр\w*"),
    ("m²", "area", 1.0, 0.0, r"m²|m2|square met(?:er|re)s?|metros cuadrados|mètres carrés|Quadratmetern?|metros quadrados|metri quadrati|кв\.? ?м|квадратных метр\w*"),
    ("square mile", "area", 2589988.0, 0.0, r"square miles?|sq\.? miles?|millas cuadradas"),
    ("square foot", "area", 0.092903, 0.0, r"square f(?:ee|oo)t|sq\.? ft|pies cuadrados"),
    ("hectare", "area", 1e4, 0.0, r"ha|hectares?|hect[aá]reas?|Hektar|ettari?|гектар\w*"),
    ("acre", "area", 4046.86, 0.0, r"acres?|Acres?|acri|акр\w*"),
    ("km", "length", 1e3, 0.0, r"km|kms|kilomet(?:er|re)s?|kil[oó]metros?|kilomètres?|Kilometern?|quil[oôó]metros?|chilometr[oi]|километр\w*|км"),
    ("mile", "length", 1609.344, 0.0, r"miles?|millas?|milles?|Meilen?|milhas?|migli[ao]|мил(?:[яьюие]|ям|ях|ями|ей)"),
    ("cm", "length", 0.01, 0.0, r"cm|centimet(?:er|re)s?|cent[ií]metros?|centimètres?|Zentimetern?|centimetr[oi]|сантиметр\w*|см"),
    ("mm", "length", 0.001, 0.0, r"mm|millimet(?:er|re)s?|mil[ií]metros?|millimètres?|Millimetern?|millimetr[oi]|миллиметр\w*|мм"),
    ("metre", "length", 1.0, 0.0, r"m|met(?:er|re)s?|metros?|mètres?|Metern?|metr[oi]|метр(?:а|ов|у|ах|ы)?|м"),
    ("foot", "length", 0.3048, 0.0, r"feet|foot|ft|pies|pieds|Fuß|piedi|фут\w*"),
    ("inch", "length", 0.0254, 0.0, r"inch(?:es)?|pulgadas?|pouces?|Zoll|polegadas?|pollic[ei]|дюйм\w*"),
    ("yard", "length", 0.9144, 0.0, r"yards?|yardas?|verges|jardas?|iarde|ярд\w*"),
    ("kg", "mass", 1.0, 0.0, r"kg|kgs|kilos?|kilograms?|kilogramos?|kilogrammes?|Kilogramm|Kilo|quilos?|quilogramas?|chil[oi]|chilogramm[oi]|килограмм\w*|кг"),
    ("gram", "mass", 0.001, 0.0, r"grams?|gramos?|grammes?|Gramm|gramas?|gramm[oi]|грамм\w*"),
    ("tonne", "mass", 1e3, 0.0, r"tonnes?|tons?|toneladas?|Tonnen?|tonnellat[ae]|тонн\w*"),
    ("ounce", "mass", 0.0283495, 0.0, r"ounces?|oz|onzas?|onces|Unzen?|onças?|once|унци\w*"),
    ("litre", "volume", 1.0, 0.0, r"lit(?:er|re)s?|litros?|Litern?|litr[oi]|литр\w*"),
    ("gallon", "volume", 3.78541, 0.0, r"gallons?|galones?|galões|galloni|галлон\w*"),
    ("barrel", "volume", 158.987, 0.0, r"barrels?|barril(?:es)?|barils?|Barrel|Fass|barris|barili|баррел\w*"),
    ("°C", "temperature", 1.0, 273.15, r"[°º]\s?C|degrees Celsius|degrees C|grados Celsius|grados centígrados|degrés Celsius|Grad Celsius|graus Celsius|gradi Celsius|градус\w* Цельсия"),
    ("°F", "temperature", 5 / 9, 255.372, r"[°º]\s?F|degrees Fahrenheit|degrees F|grados Fahrenheit|degrés Fahrenheit|Grad Fahrenheit|graus Fahrenheit|gradi Fahrenheit|градус\w* Фаренгейта"),
    ("degree", "temperature", 0.0, 0.0, r"°|degrees?|grados?|degrés?|Grad|graus?|grad[oi]|градус\w*"),
    ("kW", "power", 1e3, 0.0, r"kW|kilowatts?|kilovatios?|Kilowatt|киловатт\w*"),
    ("MW", "power", 1e6, 0.0, r"MW|megawatts?|megavatios?|mégawatts?|Megawatt|мегаватт\w*"),
    ("GW", "power", 1e9, 0.0, r"GW|gigawatts?|gigavatios?|Gigawatt|гигаватт\w*"),
    ("second", "time", 1.0, 0.0, r"seconds?|segundos?|secondes?|Sekunden?|second[oi]|секунд\w*"),
    ("minute", "time", 60.0, 0.0, r"minutes?|mins?|minutos?|Minuten?|minut[oi]|минут\w*"),
    ("hour", "time", 3600.0, 0.0, r"hours?|hrs?|horas?|heures?|Stunden?|or[ae]|час(?:а|ов|ам|ами)?"),
    ("day", "time", 86400.0, 0.0, r"days?|d[ií]as?|jours?|Tage?n?|giorn[oi]|день|дня|дней|дням|суток"),
    ("week", "time", 604800.0, 0.0, r"weeks?|semanas?|semaines?|Wochen?|settiman[ae]|недел\w+"),
    ("month", "time", 2629746.0, 0.0, r"months?|mes(?:es)?|mois|Monate?n?|mês|mes[ei]|месяц\w*"),
    ("year", "time", 31556952.0, 0.0, r"years?|yrs?|años?|ans?|années?|Jahre?n?|anos?|ann[oi]|лет|год(?:а|у|ов|ам)?"),
    ("decade", "time", 315569520.0, 0.0, r"decades?|décadas?|décennies?|Jahrzehnte?n?|decenni(?:o)?|десятилети\w+"),
    ("century", "time", 3155695200.0, 0.0, r"centur(?:y|ies)|siglos?|siècles?|Jahrhunderte?n?s?|séculos?|secol[oi]"),
    ("dollar", "currency", 0.0, 0.0, r"US\$|USD|A\$|C\$|\$|dollars?|bucks?|d[oó]lar(?:es)?|Dollar|dollar[oi]|доллар\w*|долл"),
    ("euro", "currency", 0.0, 0.0, r"€|EUR|euros?|Euros?|евро"),
    ("cent", "currency", 0.0, 0.0, r"cents|centavos|centimes|centesimi|цент(?:а|ов)"),
    ("pound", "currency", 0.0, 0.0, r"£|GBP|pounds?(?: sterling)?|libras?(?: esterlinas?)?|livres(?: sterling)?|Pfund|sterline?|фунт\w*"),
    ("yen", "currency", 0.0, 0.0, r"¥|JPY|yens?|yenes|Yen|ienes?|иен\w*"),
    ("yuan", "currency", 0.0, 0.0, r"CNY|RMB|yuan(?:es|s)?|Yuan|renminbi|юан\w*"),
    ("rouble", "currency", 0.0, 0.0, r"RUB|₽|rou?bles?|rublos?|Rubel|rubl[oi]|рубл\w+|руб"),
    ("peso", "currency", 0.0, 0.0, r"MXN|ARS|pesos?|Pesos?|песо"),
    ("franc", "currency", 0.0, 0.0, r"CHF|francs?|francos?|Franken|franchi|франк\w*"),
    ("real", "currency", 0.0, 0.0, r"R\$|BRL|reais|reales|reals"),
    ("rupee", "currency", 0.0, 0.0, r"₹|INR|rupees?|rupias?|roupies?|Rupien?|rupie|рупи\w+"),
    ("krona", "currency", 0.0, 0.0, r"SEK|NOK|DKK|CZK|kron(?:a|or|e|er)|crowns?|coronas?|couronnes?|Kronen?|coroas?|corone|крон\w*"),
)  # fmt: skip
# ruff: noqa: E501 - one row a unit

UNITS = {name: Unit(name, dimension, factor, offset) for name, dimension, factor, offset, _ in _TABLE}
_KEYS = {f"u{number}": row[0] for number, row in enumerate(_TABLE)}
_ANY = "|".join(f"(?P<u{number}>{row[4]})" for number, row in enumerate(_TABLE))
# After a figure: "30 km", "30-mile", "3 millones de euros", "40-year-old".
# "15 dernières années", "2 Milliarden britische Pfund", "22.500 US-Dollar".
_BETWEEN = (
    r"(?:de|d'|d’|di|of)[\s\u00a0]?|(?:of )?(?:US|U\.S\.)[\s\u00a0-]?"
    r"|(?:last|past|next|first|full|consecutive|derni[eè]re?s|premi[eè]re?s|prochaine?s"
    r"|próxim[oa]s|primer[oa]s|últim[oa]s|primeir[oa]s|ultim[ie]|scors[ie]|prossim[ie]|prim[ie]|letzten|vergangenen|nächsten"
    r"|ersten|kommenden|britischen?r?|kanadischen?r?|australischen?r?|последни[ех]|ближайши[ех]|первы[ех]|британских"
    r"|американских|канадских|австралийских)[\s\u00a0]"
)
_AFTER = re.compile(rf"[\s\u00a0\u202f-]{{0,2}}(?:{_BETWEEN})?(?:{_ANY})(?!\w)")
_BEFORE = re.compile(r"(US\$|A\$|C\$|R\$|\$|€|£|¥|₹|₽|USD|EUR|GBP)[\s\u00a0]?$")
_SIGNS = {
    "€": "euro",
    "EUR": "euro",
    "£": "pound",
    "GBP": "pound",
    "¥": "yen",
    "₹": "rupee",
    "₽": "rouble",
    "R$": "real",
}


def unit_after(text: str, place: int) -> tuple[Unit, int] | None:
    """The unit that follows at `place`, and where it ends; None where none does."""
    match = _AFTER.match(text, place)
    return (UNITS[_KEYS[match.lastgroup]], match.end()) if match and match.lastgroup else None


def currency_before(text: str, place: int) -> tuple[Unit, int] | None:
    """The currency sign that ends at `place`, and where it starts; None where none does."""
    match = _BEFORE.search(text, max(0, place - 5), place)
    return (UNITS[_SIGNS.get(match.group(1), "dollar")], match.start()) if match else None
