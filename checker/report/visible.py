"""Makes invisible characters visible before text reaches a screen or a page.

An article may carry a terminal escape sequence, or a direction override that makes a page show words in another order
than the one that is checked. Renderers for people show such characters by their code point instead of obeying them;
JSON keeps them, because its offsets count them.
"""

from __future__ import annotations

import re

# C0 and C1 controls without tab, newline and carriage return; the explicit direction controls of Unicode's
# bidirectional algorithm (UAX #9, section 2); lone surrogates, which no encoding can write; the two separators that
# start a new line in some programs. Weak marks (U+200E, U+200F, U+061C) and joiners are needed by Arabic, Hebrew,
# Persian and Hindi copy and stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff\ufeff]"
)


def show_invisible(text: str) -> str:
    """`text` with each harmful invisible character written out: "a\\x1bb" becomes "a⟨U+001B⟩b". Offsets change."""
    return _INVISIBLE.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)
