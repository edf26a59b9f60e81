"""What a command writes never replaces what it reads, and no two of its outputs are one file.

`checker check a.txt --facts facts.txt --output facts.txt` would otherwise end with a report where the facts were: an
output takes its place by a rename, whatever was there. Verbs ask here before they load or check anything.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from checker.errors import UsageError

Named = Mapping[str, Iterable[Path | None]]


def refuse_overwriting(outputs: Named, inputs: Named) -> None:
    """Raises UsageError where an output is an input, also through a link, or the file of another option.

    The keys are for the message: options such as "--output", and words for what is read such as "the baseline". None
    and `-` are no files; a device or a pipe is written to and not replaced, so it may be both.
    """
    read = {identity: f"{what} {path}" for what, path in _files(inputs) for identity in _identities(path)}
    written: dict[object, str] = {}
    for option, path in _files(outputs):
        for identity in _identities(path):
            if identity in read:
                raise UsageError(f"{path}: {option} would replace {read[identity]}; give another {option}")
            other = written.setdefault(identity, option)
            if other != option:
                raise UsageError(f"{path}: the two options name the same file: {other}, {option}; give each its own")


def _files(named: Named) -> Iterator[tuple[str, Path]]:
    for name, paths in named.items():
        for path in paths:
            if path is not None and str(path) != "-" and (os.path.isfile(path) or not os.path.exists(path)):
                yield name, path


def _identities(path: Path) -> Iterator[object]:
    """The path without symbolic links; where the file exists its inode too, which hard links to it share."""
    yield os.path.realpath(path)  # Path.resolve() raises in a loop of links
    with suppress(OSError):
        status = path.stat()
        yield status.st_dev, status.st_ino
