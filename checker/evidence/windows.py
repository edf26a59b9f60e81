"""Long premises are judged piece by piece: a model that reads 128 word pieces must never cut the rest in silence."""

from __future__ import annotations

import re

from checker.document import Span

# What counts against the budget: a run without white space, long ones (addresses) in pieces, and each sign of the
# scripts that write without spaces.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]{{1,40}}")
_SENTENCE_END = re.compile(r"[.!?…。！？]['\"”’»)\]]*\Z")


def window_premise(text: str, budget_words: int) -> tuple[Span, ...]:
    """Windows of at most `budget_words` words that together cover every word of `text`, in text order.

    A text within the budget is one window, an empty one none. A window ends with a sentence where one ends in its
    second half. Neighbours share the last sentence where it is short, a quarter of the budget otherwise, so
    that what stands together is seen together once. Windows begin and end at words, without white space around.
    Raises ValueError for a budget below 1.
    """
    if budget_words < 1:
        raise ValueError(f"a window needs at least one word, not {budget_words}")
    words = [Span(*match.span()) for match in _WORD.finditer(text)]
    ends = _sentence_ends(text, words)
    windows: list[Span] = []
    first = 0
    while first < len(words):
        last = _window_end(first, len(words), budget_words, ends)
        windows.append(Span(words[first].start, words[last - 1].end))
        if last == len(words):
            break
        first = _next_start(first, last, budget_words, ends)
    return tuple(windows)


def _sentence_ends(text: str, words: list[Span]) -> frozenset[int]:
    """Numbers of words before which a sentence seems to begin. A wrong one costs nothing, since windows overlap."""
    return frozenset(
        number
        for number in range(1, len(words))
        if _SENTENCE_END.search(words[number - 1].of(text)) and not words[number].of(text)[0].islower()
    )


def _window_end(first: int, count: int, budget: int, ends: frozenset[int]) -> int:
    """The word after the window that starts at word `first`."""
    limit = first + budget
    if limit >= count:
        return count
    return next((end for end in range(limit, first + budget // 2, -1) if end in ends), limit)


def _next_start(first: int, last: int, budget: int, ends: frozenset[int]) -> int:
    """The word at which the window after `first:last` starts: later than `first`, and at most `last`."""
    earliest = max(first + 1, last - budget // 4)
    return next((start for start in range(earliest, last) if start in ends), earliest if earliest < last else last)
