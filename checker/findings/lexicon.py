"""Closed classes of English words, in one place: what a word *does* in a sentence decides which error it can carry.

These are word classes of the language (modals, quantifiers, months, …), not phrases met in any text. Members are in
the normal form of `words.normalise`. Other languages fall through to the open classes, where only shape counts.
"""

# ruff: noqa: E501 - word lists read better in full lines
from __future__ import annotations

ARTICLES = frozenset({"a", "an", "the"})

CONJUNCTIONS = frozenset({"and", "or", "but", "nor", "yet", "so", "as", "that", "if", "because", "while", "when", "where",
                          "than", "whether", "although", "though", "since", "which", "who", "whom", "whose", "what",
                          "how", "why"})  # fmt: skip

AUXILIARIES = frozenset({"be", "am", "is", "are", "was", "were", "been", "being", "do", "does", "did", "done", "have", "has",
                         "had", "having", "get", "gets", "got"})  # fmt: skip

# Prepositions that turn a statement around when they are swapped.
POLAR_PREPOSITIONS = frozenset({"without", "with", "against", "for", "despite", "before", "after", "under", "over", "above",
                                "below", "inside", "outside", "until", "except", "unlike", "like", "versus", "pro",
                                "anti"})  # fmt: skip

PREPOSITIONS = POLAR_PREPOSITIONS | frozenset({"of", "in", "on", "at", "by", "to", "from", "into", "onto", "about", "through", "during", "between",
                                               "among", "along", "across", "around", "toward", "towards", "upon", "via",
                                               "per", "within", "beyond", "near", "off", "up", "down", "out", "amid",
                                               "behind", "beside", "besides", "concerning", "regarding"})  # fmt: skip

PRONOUNS = frozenset({"i", "me", "my", "mine", "myself", "you", "your", "yours", "yourself", "he", "him", "his", "himself",
                      "she", "her", "hers", "herself", "it", "its", "itself", "we", "us", "our", "ours", "ourselves",
                      "they", "them", "their", "theirs", "themselves", "one", "oneself"})  # fmt: skip

DEMONSTRATIVES = frozenset({"this", "that", "these", "those", "there", "here", "such"})

NEGATORS = frozenset({"not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "cannot",
                      "hardly", "scarcely", "barely", "rarely", "seldom"})  # fmt: skip

# Verbs whose complement did not happen: "failed to agree" denies "agreed".
DENYING_VERBS = frozenset({"fail", "fails", "failed", "failing", "refuse", "refuses", "refused", "refusing", "decline",
                           "declines", "declined", "deny", "denies", "denied", "denying"})  # fmt: skip

MODALS = frozenset({"may", "might", "must", "shall", "should", "can", "could", "will", "would", "ought", "need", "cannot",
                    "can't", "won't", "wouldn't", "shouldn't", "couldn't", "mustn't"})  # fmt: skip

# Adverbs and adjectives that say how certain a statement is.
EVIDENTIALS = frozenset({"allegedly", "reportedly", "apparently", "probably", "possibly", "perhaps", "maybe", "likely",
                         "unlikely", "certainly", "definitely", "surely", "undoubtedly", "supposedly", "presumably",
                         "alleged", "suspected", "possible", "probable", "certain", "mandatory", "optional",
                         "voluntary", "compulsory", "obligatory"})  # fmt: skip

QUANTIFIERS = frozenset({"all", "some", "any", "every", "each", "few", "fewer", "fewest", "many", "more", "most", "much",
                         "less", "least", "several", "both", "half", "only", "almost", "nearly", "enough", "always",
                         "often", "sometimes", "everyone", "everybody", "everything", "someone", "somebody", "something",
                         "anyone", "anybody", "majority", "minority", "exactly", "approximately", "roughly",
                         "entire", "entirely", "partly", "partially", "whole", "wholly"})  # fmt: skip

MONTHS = frozenset({"january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                    "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov",
                    "dec"})  # fmt: skip

WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues",
                      "wed", "thu", "thur", "thurs", "fri"})  # fmt: skip

RELATIVE_DATES = frozenset({"today", "yesterday", "tomorrow", "tonight", "spring", "summer", "autumn", "winter"})

# Month and weekday names that are also everyday words: they count as dates only with a capital.
AMBIGUOUS_DATES = frozenset({"may", "march", "august", "mar", "mon", "wed", "fri", "sun", "sat", "dec", "jan"})

UNITS = frozenset({"%", "‰", "°", "percent", "percentage", "point", "points", "km", "kilometer", "kilometers", "kilometre",
                   "kilometres", "mile", "miles", "meter", "meters", "metre", "metres", "m", "cm", "mm", "centimeter",
                   "centimeters", "centimetre", "centimetres", "foot", "feet", "inch", "inches", "yard", "yards", "acre",
                   "acres", "hectare", "hectares", "kg", "kilo", "kilos", "kilogram", "kilograms", "gram", "grams", "g",
                   "pound", "pounds", "lb", "lbs", "ounce", "ounces", "ton", "tons", "tonne", "tonnes", "liter", "liters",
                   "litre", "litres", "gallon", "gallons", "barrel", "barrels", "celsius", "fahrenheit", "degree",
                   "degrees", "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks",
                   "month", "months", "year", "years", "decade", "decades", "century", "centuries", "dollar", "dollars",
                   "euro", "euros", "cent", "cents", "peso", "pesos", "yen", "yuan", "ruble", "rubles", "rouble",
                   "roubles", "rupee", "rupees", "franc", "francs", "sterling", "usd", "eur", "gbp", "watt", "watts",
                   "kilowatt", "kilowatts", "megawatt", "megawatts", "gigawatt", "gigawatts", "mph", "kph", "hertz"})  # fmt: skip

# English keeps the accents of these; they are no sign of an untranslated word.
LOANWORDS = frozenset({"café", "cafés", "naïve", "naïveté", "fiancé", "fiancée", "façade", "cliché", "clichés", "née",
                       "protégé", "protégés", "résumé", "communiqué", "communiqués", "attaché", "attachés", "émigré",
                       "émigrés", "décor", "décolleté", "déjà", "entrée", "exposé", "soufflé", "touché", "crêpe", "piñata",
                       "jalapeño", "über", "doppelgänger", "voilà", "à", "vis-à-vis", "fête", "élite", "role", "rôle",
                       "coöperate", "reëlect"})  # fmt: skip

FUNCTION_WORDS = (ARTICLES | CONJUNCTIONS | AUXILIARIES | PREPOSITIONS | PRONOUNS | DEMONSTRATIVES | NEGATORS | MODALS
                  | frozenset({"s", "also", "too", "very", "just", "then", "now", "however", "even", "still", "own",
                               "other", "another", "else", "again", "let", "thus", "hence", "therefore"}))  # fmt: skip

# Function words that carry meaning on their own: a span of these alone is still worth showing.
MEANINGFUL_FUNCTION_WORDS = (
    NEGATORS | MODALS | QUANTIFIERS | PRONOUNS | (POLAR_PREPOSITIONS - frozenset({"for", "like", "with"}))
)
