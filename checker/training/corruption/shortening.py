"""Less of the same: a sentence without a part, true wherever the whole is."""

from __future__ import annotations

import re

from checker.training.corruption.scene import Scene
from checker.training.corruption.tokens import word_set


def opening_phrase(scene: Scene) -> tuple[int, int] | None:
    """Word of the comma that ends an opening phrase of time or place, and of the phrase's last word."""
    if scene.lower(0) not in (
        "on",
        "in",
        "at",
        "during",
        "after",
        "before",
        "since",
        "despite",
        "last",
        "by",
        "earlier",
    ):
        return None
    comma = next((i for i, w in enumerate(scene.words[:9]) if w.text == ","), None)
    if (
        comma is None
        or comma < 2
        or any(w.lower in _HOLDS_THE_CLAIM for w in scene.words[:comma])
        or any(w.tag in ("VBD", "VBZ", "MD", "VBP") or w.lower == "response" for w in scene.words[:comma])
    ):
        return None
    return comma, comma - 1


# Without these openings the rest claims more: `in the past, …`, `in some cases, …`.
_HOLDS_THE_CLAIM = word_set(
    "past case cases theory most some part absence event addition response best least worst times"
)


_SPEAKER = r"(?:he|she|they|[A-Z][\w.]+(?:\s[A-Z][\w.]+)*|officials|police|the \w+)"
_LAST_ATTRIBUTION = re.compile(rf",\s(?:{_SPEAKER}\s(?:said|says|added|told \w+)(?: on \w+day)?|according to [^,]+)\.$")
_APPOSITIVE = re.compile(
    r"(?<=[a-z]),\s(?:a|an|the|who|whose|which)\s[^,\"();:]{3,80},(?=\s(?:was|is|are|were|has|had|have|said|will|told|would)\b)"
)

_AGE = re.compile(r"(?<=[a-z]), \d\d,(?= [a-z])")
_LAST_CLAUSE = re.compile(r"(?<=[a-z]), (?:who|which|where|including) [^,\"();:]{8,90}(?=\.$)")


def reduced(scene: Scene) -> str | None:
    """Without its opening phrase, its appositive, or its closing attribution, whichever is found first."""
    text = scene.text
    if '"' not in text and "'" not in text.replace("'s", ""):
        shorter = _LAST_ATTRIBUTION.sub(".", text)
        if shorter != text and len(shorter.split()) > 5 and not re.search(r"\b(?:if|whether)\b", shorter):
            return shorter
    for pattern in (_APPOSITIVE, _AGE, _LAST_CLAUSE):
        shorter = pattern.sub("", text, count=1)
        if shorter != text and len(shorter.split()) > 4 and text[:1].isupper():
            return shorter
    found = opening_phrase(scene)
    if found is None or scene.lower(0) in ("despite",) or '"' in text:
        return None
    rest = text[scene.words[found[0] + 1].start :] if found[0] + 1 < len(scene.words) else ""
    return rest[:1].upper() + rest[1:] if len(rest.split()) > 4 else None
