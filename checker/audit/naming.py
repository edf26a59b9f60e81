"""What the name of a file says: whether it is to be checked, its desk or engine, and where its original is.

`--match '{agency}/{engine}/{base}.en.xml' --source '{base}.es.xml'` checks wire/efe/deepl/1234.en.xml against
wire/efe/deepl/1234.es.xml and notes that the agency is efe and the engine deepl. In a pattern `{name}` and `*` stand
for anything but a slash, `?` for one such character. A pattern is held against the end of a path, by whole names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from checker.errors import UsageError

# Fields that become columns of the data set; any other name can be used in the pattern of the source.
LABELS = ("agency", "desk", "engine", "language", "source_language", "published")
# What the source's pattern knows of every file.
OF_EVERY_FILE = ("name", "stem", "suffix")

_FIELD = re.compile(r"\{(\w+)\}")
_BRACE = re.compile("[{}]")
_TOKEN = re.compile(r"\{(\w+)\}|\*|\?|[^{*?]+|.", re.DOTALL)


@dataclass(frozen=True)
class Naming:
    """The two patterns, None where not given. Raises UsageError for a pattern that cannot be."""

    match: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        known = {*OF_EVERY_FILE, *_FIELD.findall(self.match or "")}
        for field in _FIELD.findall(self.source or ""):
            if field not in known:
                raise UsageError(f"--source names {{{field}}}, which --match does not; there are {_shown(known)}")
        for option, pattern in (("--match", self.match), ("--source", self.source)):
            if pattern is not None and not pattern.strip():
                raise UsageError(f"{option} is empty; give a pattern such as '{{base}}.en.xml'")
            if pattern is not None and _BRACE.search(_FIELD.sub("", pattern)):
                raise UsageError(
                    f"{option} {pattern!r}: a brace stands alone; write a field as {{base}}, one word in it"
                )
        _ = self._expression  # a field that is named twice shows here

    def fields_of(self, path: str) -> Mapping[str, str] | None:
        """The fields that the pattern finds in a path with slashes; None where the file is not to be checked."""
        if self._expression is None:
            return {}
        tail = "/".join(path.split("/")[-1 - (self.match or "").count("/") :])
        found = self._expression.fullmatch(tail)
        return None if found is None else found.groupdict()

    def source_of(self, path: str, fields: Mapping[str, str]) -> str | None:
        """The path of the original, seen from the article's folder; None without a pattern."""
        if self.source is None:
            return None
        place = PurePosixPath(path)
        known = {"name": place.name, "stem": place.stem, "suffix": place.suffix, **fields}
        return str(place.parent / _FIELD.sub(lambda field: known[field[1]], self.source))

    @cached_property
    def _expression(self) -> re.Pattern[str] | None:
        if self.match is None:
            return None
        parts = (_expressed(token) for token in _TOKEN.finditer(self.match))
        try:
            return re.compile("".join(parts), re.DOTALL)
        except re.error as error:
            raise UsageError(f"--match {self.match!r}: {error}; name each field once, in words") from error


def _expressed(token: re.Match[str]) -> str:
    if token[1]:
        return f"(?P<{token[1]}>[^/]+)"
    return {"*": "[^/]*", "?": "[^/]"}.get(token[0]) or re.escape(token[0])


def _shown(fields: set[str]) -> str:
    return ", ".join(f"{{{field}}}" for field in sorted(fields))
