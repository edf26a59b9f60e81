"""English inflection by rule, as far as it is safe: the evidence says "accepted", the sentence needs "accepts".

Only regular words and the listed irregular ones; anything doubtful gives None, because no suggestion is better than a
wrong form.
"""

from __future__ import annotations

import re

from checker.findings.words import IRREGULAR

_VOWEL = re.compile(r"[aeiouy]")
# After these a verb's base ends in a silent e: "raised", "forced", "argued", "united".
_SILENT_E = re.compile(r"(?:[^aeo]at|[aeu]bl|[^s]s|[aeiou]z|[cuv]|[nrld]g)$")
# One syllable alone: "stop" becomes "stopped", "open" becomes "opened".
_DOUBLING = re.compile(r"^[^aeiou]*[aeiou][bdgmnprt]$")


# The past is the word itself.
_SAME_PAST = frozenset({"bid", "broadcast", "burst", "cast", "cost", "cut", "forecast", "hit", "hurt", "let",
                        "put", "quit", "rid", "set", "shed", "shut", "slit", "split", "spread", "thrust"})  # fmt: skip


def inflect_like(norm: str, pattern: str) -> str | None:
    """`norm` with the ending that `pattern` has, both in normal form: `accepted` like `rejects` → `accepts`.

    The word itself where the endings already agree; None where the form cannot be told.
    """
    wanted, present = ending_of(pattern), ending_of(norm)
    if wanted == present:
        return norm
    base = _base(norm, present)
    if base is None:
        return None
    return {"": base, "s": _with_s(base), "ed": _past(base), "ing": _with_ing(base)}[wanted]


def ending_of(norm: str) -> str:
    """One of "", "s", "ed", "ing"; irregular pasts count as "ed", irregular plurals as "s"."""
    if norm in IRREGULAR:
        return "s" if norm in ("men", "women", "children", "people") else "ed"
    if norm.endswith("ed") and _VOWEL.search(norm[:-2]) and len(norm) > 4:
        return "ed"
    if norm.endswith("ing") and _VOWEL.search(norm[:-3]) and len(norm) > 5:
        return "ing"
    plural = norm.endswith("s") and not norm.endswith(("ss", "us", "is", "ous")) and len(norm) > 3
    return "s" if plural else ""


def _base(norm: str, ending: str) -> str | None:
    if not ending:
        return norm
    if norm in IRREGULAR:
        return IRREGULAR[norm]
    if ending == "s":
        if norm.endswith("ies"):
            return norm[:-3] + "y"
        return norm[:-2] if norm.endswith(("sses", "shes", "ches", "xes")) else norm[:-1]
    root = norm[: -len(ending)]
    if root.endswith("i"):
        return root[:-1] + "y"
    if root[-1] == root[-2:-1] and root[-1] not in "lsz":
        return root[:-1]
    if _SILENT_E.search(root):
        return root + "e"
    # "hop" or "hope" cannot be told from "hoped": one consonant after one vowel.
    return None if re.search(r"[^aeiou][aeiou][^aeiouwxy]$", root) and len(root) <= 5 else root


def _with_s(base: str) -> str:
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _past(base: str) -> str | None:
    irregular = [form for form, root in IRREGULAR.items() if root == base]
    if base in _SAME_PAST:
        return base
    if irregular:
        return irregular[0] if len(irregular) == 1 else None
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ied"
    return base + base[-1] + "ed" if len(base) <= 4 and _DOUBLING.search(base) else base + "ed"


def _with_ing(base: str) -> str:
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye", "ie")):
        return base[:-1] + "ing"
    return base + base[-1] + "ing" if len(base) <= 4 and _DOUBLING.search(base) else base + "ing"
