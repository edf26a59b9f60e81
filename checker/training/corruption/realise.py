"""Turns an Edit into a Corruption and hides the seams: `a`/`an`, the capital at the start, the neighbours of a gap.

Without this a model would learn to see bad grammar instead of bad content.
"""

from __future__ import annotations

import re

from checker.document import Span
from checker.training.corruption.types import Corruption, Edit

_ARTICLE_BEFORE = re.compile(r"(?<![\w'’.-])([Aa]n?)(\s+[\"“'‘(]?)$")
_FIRST_WORD = re.compile(r"\s*[\"“'‘(]?([\w$€£][\w.'’-]*)")
_SILENT_H = ("hour", "honest", "honor", "honour", "heir")
_CONSONANT_VOWEL = re.compile(
    r"(?:eu|uni(?!m|nt|nf|ns|nh|ni)|us(?:e|a|u)|ut[ei]|ub[ei]q|one\b|once|ur[aeiou]|u\.|u-|ukr|ug[aeiou])"
)
_AN_LETTERS = frozenset("AEFHILMNORSX")
_WORD = re.compile(r"\w[\w'’.,-]*\w|\w|[^\w\s]")


def takes_an(word: str) -> bool:
    """True where English writes `an` before `word` (by sound: `an hour`, `a union`, `an FBI agent`, `an 8`)."""
    lower = word.lower()
    if lower[0].isdigit():
        return lower[0] == "8" or re.match(r"1[18](?!\d)(?!,\d{3},)", lower) is not None
    letters = re.match(r"[A-Z][A-Z.]+(?![a-z])", word)
    if letters and (len(letters.group()) <= 3 or "." in word):
        return word[0] in _AN_LETTERS
    if lower.startswith(_SILENT_H):
        return True
    return lower[0] in "aeiouáéíóú" and _CONSONANT_VOWEL.match(lower) is None


def _fix_article(text: str, edit: Edit) -> Edit:
    """Widen the edit over a preceding `a`/`an` that no longer fits."""
    before = _ARTICLE_BEFORE.search(text[: edit.start])
    if before is None:
        return edit
    old_next = _FIRST_WORD.match(text[edit.start :])
    new_next = _FIRST_WORD.match(edit.replacement) or _FIRST_WORD.match(text[edit.end :])
    if old_next is None or new_next is None:
        return edit
    article = before.group(1)
    if takes_an(old_next.group(1)) != (len(article) == 2) or takes_an(new_next.group(1)) == (len(article) == 2):
        return edit
    head = (article[0] if len(article) == 2 else article + "n") + before.group(2)
    marks = ((0, len(edit.replacement)),) if edit.marks is None else edit.marks
    return Edit(
        before.start(1), edit.end, head + edit.replacement, tuple((a + len(head), b + len(head)) for a, b in marks)
    )


def _fix_capital(text: str, edit: Edit) -> Edit:
    """Keep the first letter of the sentence a capital where it was one."""
    first = next((i for i, c in enumerate(text) if c.isalnum()), None)
    if first is None or not text[first].isupper() or not edit.start <= first:
        return edit
    if first >= edit.end and not (edit.start == edit.end == first):
        return edit
    at = next((i for i, c in enumerate(edit.replacement) if c.isalnum()), None)
    if at is not None:
        new = edit.replacement[:at] + edit.replacement[at].upper() + edit.replacement[at + 1 :]
        return Edit(edit.start, edit.end, new, edit.marks)
    follow = next((i for i in range(edit.end, len(text)) if text[i].isalnum()), None)
    if follow is None or not text[follow].islower():
        return edit
    tail = text[edit.end : follow] + text[follow].upper()
    return Edit(edit.start, follow + 1, edit.replacement + tail, edit.marks)


def _neighbours(text: str, at: int) -> list[tuple[int, int]]:
    """The last word before and the first word after a place."""
    words = [m.span() for m in re.finditer(r"\w[\w'’-]*", text)]
    left = [w for w in words if w[1] <= at or w[0] < at][-1:]
    right = [w for w in words if w[0] >= at][:1]
    return left + right


def realise(text: str, edit: Edit, *, category: str, kind: str) -> Corruption | None:
    """The corrupted sentence, or None where nothing would change or nothing could be marked."""
    if not category.endswith("typography"):  # there the seam is the error
        edit = _fix_capital(text, _fix_article(text, edit))
    if text[edit.start : edit.end] == edit.replacement:
        return None
    new = text[: edit.start] + edit.replacement + text[edit.end :]
    marks = ((0, len(edit.replacement)),) if edit.marks is None else edit.marks
    spans = [(edit.start + a, edit.start + b) for a, b in marks]
    if not spans:
        spans = _neighbours(new, edit.start)
    trimmed = [_trim(new, a, b) for a, b in spans]
    kept = tuple(sorted({Span(a, b) for a, b in trimmed if a < b}))
    if not kept:
        return None
    return Corruption(
        text=new,
        spans=kept,
        category=category,
        kind=kind,
        original_span=Span(edit.start, edit.end),
        original_text=text[edit.start : edit.end],
        replacement_text=edit.replacement,
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
