"""Which column of a table of articles is what: as the user says it, else told by the names that people give them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from checker.errors import UnreadableFileError, UsageError
from checker.readers.formats.columns import DOCUMENTS, NAMES, SOURCES, TARGETS

# Names by which a column is known, first come first served. `document` groups neighbouring rows to one article.
USUAL_NAMES: Mapping[str, Sequence[str]] = {
    "text": ("body", "body_text", "content", *TARGETS),
    "source": ("original_text", *SOURCES),
    "id": ("guid", "uri", *NAMES),
    "document": DOCUMENTS,
    "title": ("title", "headline"),
    "language": ("language", "lang", "target_language", "target_lang"),
    "source_language": ("source_language", "source_lang", "original_language", "src_lang"),
    "published": ("published", "published_at", "publication_date", "date", "versioncreated", "firstcreated"),
    "agency": ("agency", "provider"),
    "desk": ("desk", "section"),
    "engine": ("engine", "mt_engine", "mt_system", "system"),
}


@dataclass(frozen=True, slots=True)
class ColumnNames:
    """The columns that the user named, by field of USUAL_NAMES. Raises UsageError for an unknown field."""

    named: Mapping[str, str]

    def __post_init__(self) -> None:
        for field in self.named:
            if field not in USUAL_NAMES:
                raise UsageError(f"--column: no field {field!r}; there are {', '.join(USUAL_NAMES)}")

    def among(self, columns: Sequence[str]) -> dict[str, str]:
        """The column of each field that the table has. Raises UnreadableFileError without a named one, or text."""
        found = self.present(columns)
        self.refuse_without_named(found, columns)
        if "text" not in found:
            raise UnreadableFileError(f"no column for the text among {_shown(columns)}; say --column text=NAME")
        return found

    def refuse_without_named(self, fields: Collection[str], columns: Sequence[str]) -> None:
        """Raises UnreadableFileError where a named field is not among those that the columns gave."""
        lacking = next((name for field, name in self.named.items() if field not in fields), None)
        if lacking is not None:
            raise UnreadableFileError(f"no column {lacking!r}; there are {_shown(columns)}")

    def present(self, columns: Sequence[str]) -> dict[str, str]:
        """The column of each field that is among these, whatever is not."""
        known = {_plain(name): name for name in reversed(columns)}
        found: dict[str, str] = {}
        for field, usual in USUAL_NAMES.items():
            if field in self.named:
                if self.named[field] in columns:
                    found[field] = self.named[field]
            elif names := [known[name] for name in usual if name in known]:
                found[field] = names[0]
        return found


def parse_columns(given: Sequence[str]) -> ColumnNames:
    """FIELD=NAME, as on the command line. Raises UsageError."""
    named: dict[str, str] = {}
    for each in given:
        field, sign, name = each.partition("=")
        if not sign or not name:
            raise UsageError(f"--column {each!r} is not FIELD=NAME; say for example --column text=body")
        named[field.strip()] = name
    return ColumnNames(named)


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def _shown(columns: Sequence[str]) -> str:
    return ", ".join(columns) or "none"
