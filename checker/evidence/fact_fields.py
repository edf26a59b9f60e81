"""One entry of a fact file, as its parser gives it, to a Fact: which keys there are and what may stand in them.

Every refusal is a reason in one line that names the value, since whoever keeps a fact sheet repairs it by hand.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from checker.document import Span, has_half_character
from checker.errors import UsageError
from checker.evidence.days import day_of
from checker.evidence.types import Fact, FactStatus

MAX_FACT_CHARACTERS = 2_000
KEYS = frozenset({"text", "id", "language", "origin", "valid_from", "valid_until", "tags", "status", "place"})
# Written by an export; a store fills them in itself.
BOOKKEEPING = frozenset({"added_by", "added_at"})

_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", re.IGNORECASE)
_PLACE = re.compile(r"(\d{1,12})\s*[-:]\s*(\d{1,12})")


class BadFactError(ValueError):
    """An entry that cannot become a Fact; the message is the reason shown to the user."""


def fields_of(value: object) -> Mapping[str, object]:
    """The filled-in fields of an entry; a bare string is its text. Raises BadFactError."""
    if isinstance(value, str):
        return {"text": value}
    if not isinstance(value, Mapping):
        raise BadFactError(f"a fact is a text or an object with 'text', not {type(value).__name__}")
    return {str(key): field for key, field in value.items() if field is not None}


def fact_of(fields: Mapping[str, object], *, default_id: str | None, default_origin: str | None) -> Fact:
    """The fact that `fields` describe; without a default its id comes from its content. Raises BadFactError."""
    if "text" not in fields:
        raise BadFactError("has no 'text'")
    valid_from, valid_until = checked_days(_date(fields, "valid_from"), _date(fields, "valid_until"))
    text, language = checked_text(fields["text"]), _language(fields.get("language", "en"))
    return Fact(
        id=_label(fields, "id", default_id or content_id(text, language, valid_from, valid_until)),
        text=text,
        language=language,
        origin=_label(fields, "origin", default_origin or "") or None,
        valid_from=valid_from,
        valid_until=valid_until,
        tags=tuple(_tags(fields.get("tags", ()))),
        status=_status(fields.get("status", FactStatus.ACTIVE.value)),
        place=_place(fields.get("place")),
    )


def items_of(given: object, name: str = "facts", wanted: str = "a list of texts or Facts, [text] for one") -> list[Any]:
    """The items of a collection. Raises UsageError, which says what is `wanted`, where only letters, keys or names of
    columns would be read: for one text, for a mapping or a table, and for what is no collection at all.
    """
    is_table = len(getattr(given, "shape", ())) > 1
    if isinstance(given, str | bytes | Mapping) or is_table or not isinstance(given, Iterable):
        raise UsageError(f"{name} is of type {type(given).__name__}; give {wanted}")
    return list(given)


def checked_days(valid_from: date | None, valid_until: date | None) -> tuple[date | None, date | None]:
    """The two as they are; raises BadFactError where the end is before the beginning."""
    if valid_from and valid_until and valid_until < valid_from:
        raise BadFactError(f"valid_until {valid_until} is before valid_from {valid_from}")
    return valid_from, valid_until


def content_id(text: str, language: str, valid_from: date | None, valid_until: date | None) -> str:
    """An id for a fact that was given none: the same words with the same dates always have the same."""
    said = [text, language, *(day.isoformat() if day else None for day in (valid_from, valid_until))]
    return "f-" + hashlib.sha256(json.dumps(said, ensure_ascii=True).encode("ascii")).hexdigest()[:12]


def checked_text(value: object) -> str:
    """`value` as one line; raises BadFactError where it is no text, empty, broken or too long."""
    if not isinstance(value, str):
        raise BadFactError(f"the text must be a string, not {type(value).__name__}; put quotes around it")
    text = " ".join(value.split())
    if has_half_character(text):
        raise BadFactError("the text holds half a character (a broken \\u escape)")
    if not any(character.isalnum() for character in text):
        raise BadFactError("the text is empty")
    if len(text) > MAX_FACT_CHARACTERS:
        raise BadFactError(f"{len(text):,} characters long; a fact has at most {MAX_FACT_CHARACTERS:,}: split it")
    return text


def _label(fields: Mapping[str, object], key: str, default: str) -> str:
    """An id or origin; a bare number is taken as its digits, since YAML and JSON invite `id: 7`."""
    value = fields.get(key, default)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadFactError(f"{key} must be a string, not {type(value).__name__}")
    if isinstance(value, int) and value.bit_length() > 64:
        raise BadFactError(f"{key} is too long a number; put quotes around it")
    return checked_label(str(value).strip() or default, key)


def checked_label(value: str, key: str) -> str:
    """`value` itself; raises BadFactError where it has characters that no database and no screen can keep."""
    if has_half_character(value) or any(character < " " for character in value):
        raise BadFactError(f"{key} {shown(value)} has control characters or halves of characters; leave them out")
    return value


def _language(value: object) -> str:
    match = _LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise BadFactError(f"language {shown(value)} is not a code such as 'en' (in quotes in YAML)")
    return match[1].lower()


def _date(fields: Mapping[str, object], key: str) -> date | None:
    value = fields.get(key)
    if value == "":  # an empty cell of a table
        return None
    try:
        return day_of(value, key)
    except UsageError:
        raise BadFactError(f"{key} {shown(value)} is not a date; write it as 2022-05-23") from None


def _tags(value: object) -> Iterator[str]:
    if isinstance(value, str) and value.lstrip().startswith("["):  # a list of tags in a cell of a table
        try:
            value = json.loads(value)
        except ValueError:
            raise BadFactError(f"tags {shown(value)} are not a JSON list") from None
    items: Sequence[object] = re.split(r"[,;]", value) if isinstance(value, str) else ()
    if isinstance(value, list | tuple):
        items = value
    elif not isinstance(value, str):
        raise BadFactError("tags must be a list of strings, or one string with commas")
    for item in items:
        if not isinstance(item, str):
            raise BadFactError(f"tag {shown(item)} is not a string")
        if item.strip():
            yield checked_label(item.strip(), "tag")


def _status(value: object) -> FactStatus:
    try:
        return FactStatus(value.strip().lower() if isinstance(value, str) else "")
    except ValueError:
        raise BadFactError(f"status {shown(value)} is not {', '.join(FactStatus)}") from None


def _place(value: object) -> Span | None:
    """`[12, 80]` in JSON and YAML, `12-80` in tables."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and (match := _PLACE.fullmatch(value.strip())):
        value = [int(match[1]), int(match[2])]
    match value:
        case [int(start), int(end)] if 0 <= start <= end < 10**12:
            return Span(start, end)
    raise BadFactError(f"place {shown(value)} is not two offsets such as 12-80")


def shown(value: object) -> str:
    """A value in a message: short strings as they are, of anything else its type, as its text may be endless."""
    if not isinstance(value, str):
        return f"of type {type(value).__name__}"
    return repr(value if len(value) <= 40 else value[:40] + "…")
