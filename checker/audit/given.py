"""What an audit is given to check: an item of the input, the file it may be in, the article that reading it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO, NamedTuple

from checker.document import AlignedSource, Document
from checker.report import Skipped


@dataclass(frozen=True, slots=True)
class Labels:
    """Who made a text, as columns or file names say it; None where they do not."""

    agency: str | None = None
    desk: str | None = None
    engine: str | None = None
    source_language: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A document, its original where there is one, and its labels. `skipped` names an original that cannot be read."""

    document: Document
    source: Document | AlignedSource | None = None
    labels: Labels = field(default=Labels())
    skipped: tuple[Skipped, ...] = ()


class Member(NamedTuple):
    """A file in an archive or a store; `read` gives its bytes until the next one is taken, `beside` those of another.

    `open` gives its bytes one after the other, however many there are. All raise UnreadableFileError; `beside` also
    where there is none of that name.
    """

    name: str
    changed: datetime | None
    read: Callable[[], bytes]
    beside: Callable[[str], bytes]
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Item:
    """Something in the input that should be an article. `path` names it for people: a file, a member, a row.

    `read` gives the article and raises UnreadableFileError, one line; it can be asked until the next item is taken, and
    need not be asked at all. `changed` is when it was last changed, None where that is not known. `labels` and `id` are
    what is known without reading; `id` is empty where it is not.
    """

    path: str
    read: Callable[[], Article]
    changed: datetime | None = None
    labels: Labels = field(default=Labels())
    id: str = ""
