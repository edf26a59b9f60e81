"""What may be part of a quantity in a text: times of day, ratios, dates, figures, words and fractions, by group."""

from __future__ import annotations

import re

from checker.rules.quantities.figures import SPACES

# An article before a number that begins with a vowel: "l'undici per cento", "dell'otto".
ELIDED = r"(?:[dD]e|[aA]|[dD]a|[nN]e|[sS]u)?[lL]{1,2}['’](?:un(?:o|a|dici)|ott|undic|onz)"
# Most of a text is words, so they come first, and what begins with a digit or a point is tried only where there is one.
TOKEN = re.compile(
    rf"(?P<word>(?<![^\W\d_])(?!{ELIDED})[^\W\d_]++(?:['’\-‐‑][^\W\d_]++)*+)"
    r"|(?=[.\d])(?:"
    rf"(?P<time>(?<![\d:.,])(?:[01]?\d|2[0-4])(?::[0-5]\d(?![:\d])|[{SPACES}]?(?:h|heures)[{SPACES}]?[0-5]\d(?!\w)"
    r"|\.[0-5]\d(?:(?<=\bore \d\.\d\d)|(?<=\bore \d\d\.\d\d)"
    rf"|(?=[{SPACES}]?(?:Uhr|[ap]\.?m\b|in the (?:mor|aft|eve)|ore\b|horas\b|heures\b"
    r"|(?:de la|da|del|della|di) (?:ma[ñnt]|tar|no[cti]|sera|pom))))))"
    rf"|(?P<ratio>(?<![\d/])\d/\d{{1,2}}(?![\d/]))"
    rf"|(?P<date>(?<!\d)\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})(?!\d)|(?<!\d)\d{{4}}-\d{{2}}-\d{{2}}(?!\d))"
    rf"|(?P<figure>\d+(?:[.,'’]\d+)+|\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?:,\d+)?(?!\d)|\d+|(?<![\w.,])\.\d+(?![\w.])))"
    r"|(?P<fraction>[½¼¾⅓⅔⅛])"
)
