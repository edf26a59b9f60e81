"""Files that hold several documents: feeds, and mail with what is attached to it. Each is read when it is asked for.

Of such a file `read_file` gives the first document alone; `check` and `audit` take them all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NoReturn

from checker.errors import UnreadableFileError
from checker.readers.article import Article
from checker.readers.encoding import Decoded
from checker.readers.files import LARGEST_PACKAGE, Reading, decoded_file, read_with_positions, reading_of
from checker.readers.formats import feed, mail

_DEEPEST = 3  # messages within messages
_FEED_STARTS = (b"<rss", b"<feed", b"<rdf:rdf", b":feed")
_FEED_WITHIN = 2_000  # bytes in which the root of a feed begins


@dataclass(frozen=True, slots=True)
class Held:
    """A document in a file. `path` names it for people; `read` gives it, or raises UnreadableFileError."""

    path: str | None
    read: Callable[[], Reading]


def may_hold_several(head: bytes) -> bool:
    """False where the beginning of a file, 64 kB or all of it, shows that `documents_in` gives one document for it."""
    start = head[:_FEED_WITHIN].replace(b"\x00", b"").lower()
    return any(mark in start for mark in _FEED_STARTS) or mail.recognise(head)


def documents_in(
    data: bytes, *, path: str | Path | None = None, language: str | None = None, content_type: str | None = None
) -> Sequence[Held]:
    """Every document of a file, at least one: items of a feed in its order, a message and then its attachments.

    Reading one costs the others nothing where it fails; what is wrong with the whole file is said on reading, too.
    """
    return _documents_in(data, None if path is None else str(path), language, content_type or "", depth=0)


def _documents_in(data: bytes, path: str | None, language: str | None, content_type: str, *, depth: int) -> list[Held]:
    found: list[Held] = []
    try:
        if mail.recognise(data) and len(data) <= LARGEST_PACKAGE:
            found = _in_mail(data, path, language, depth)
        elif may_hold_several(data):
            found = _in_feed(data, path, language, content_type)
    except UnreadableFileError:
        found = []
    whole = partial(read_with_positions, data, path=path, language=language, content_type=content_type)
    return found or [Held(path, whole)]


def _in_feed(data: bytes, path: str | None, language: str | None, content_type: str) -> list[Held]:
    decoded = decoded_file(data, content_type)
    if not feed.recognise(decoded.text, path or ""):
        return []
    every = feed.read_every(decoded.text, language)
    names = [path if len(every) == 1 else f"{path or ''}#{number}" for number in range(1, len(every) + 1)]
    return [
        Held(name, partial(_item, data, decoded, article, name, language))
        for name, article in zip(names, every, strict=True)
    ]


def _item(
    data: bytes, decoded: Decoded, article: Article | UnreadableFileError, path: str | None, language: str | None
) -> Reading:
    if isinstance(article, UnreadableFileError):
        raise UnreadableFileError(f"{path}: {article}")
    return reading_of(data, "feed", decoded, article, path=path, language=language)


def _in_mail(data: bytes, path: str | None, language: str | None, depth: int) -> list[Held]:
    message = mail.open_mail(data)
    found: list[Held] = []
    if message.content.strip():
        text = Decoded(message.content, "utf-8")
        found.append(Held(path, partial(reading_of, b"", "eml", text, message.article, path=path, language=language)))
    names: Counter[str] = Counter()
    for attachment in message.attachments:
        names[attachment.name] += 1
        number = f" ({names[attachment.name]})" if names[attachment.name] > 1 else ""
        inside = f"{path or ''}!{attachment.name}{number}"
        if depth < _DEEPEST:
            held = _documents_in(attachment.data, inside, language, attachment.content_type, depth=depth + 1)
            found += [Held(each.path, partial(_packed, each)) for each in held]
        else:
            found.append(Held(inside, partial(_refuse, f"{inside}: too many messages within one another; open it")))
    return found


def _packed(held: Held) -> Reading:
    """What is attached to a message has no place in the message's file."""
    return replace(held.read(), packed=True)


def _refuse(message: str) -> NoReturn:
    raise UnreadableFileError(message)
