"""ninjs, the IPTC's news in JSON: 1.x (body_html, body_text), 2.x and 3.x (bodies), with HTML, NITF or text inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from checker.document import PartKind
from checker.errors import UnreadableFileError
from checker.readers.article import Article
from checker.readers.formats import nitf
from checker.readers.formats.dates import read_date
from checker.readers.formats.json_places import JsonString, JsonValue, parse_json, texts
from checker.readers.formats.passages import Passage, assemble
from checker.readers.formats.prose import any_passages, embedded, html_passages, telex_passages
from checker.readers.formats.xml_tree import parse_xml, root_name

_KEYS = (
    *("headline", "headlines", "bodies", "body_text", "body_html", "body_xhtml", "body_nitf"),
    *("descriptions", "description_text", "description_html"),
)
_START = re.compile(r"\s*\{")
_MOST_ROLES = ("keywords", "slugline", "short", "seo", "social", "web", "print")
_MARKUP_FIRST = ("html", "nitf", "", "text")
_TITLE = "title"


def recognise(text: str, path: str) -> bool:
    """True for a JSON object with a headline, a body or a description as ninjs names them."""
    if not _START.match(text) or not any(f'"{name}"' in text for name in _KEYS):
        return False
    try:
        value = parse_json(text)
    except UnreadableFileError:  # JSON Lines, or damaged: `read` of a chosen format will say so
        return path.lower().endswith(".json")
    return isinstance(value, dict) and any(name in value for name in _KEYS)


def read(text: str, language: str | None = None) -> Article:
    """The article of a ninjs object. Raises UnreadableFileError where the JSON is damaged or holds no text."""
    value = parse_json(text)
    if not isinstance(value, dict):
        raise UnreadableFileError("this JSON is no ninjs object; export the article as ninjs, plain text or HTML")
    item = {name.lower().replace("_", ""): inner for name, inner in value.items()}
    summaries = [*_descriptions(item, PartKind.SUMMARY)]
    body = _body(item)
    if not body:  # all that some messages hold is their lead
        body = [replace(one, kind=PartKind.BODY) for one in summaries]
        summaries = []
    passages = [*_headlines(item), *summaries, *body, *_captions(item)]
    if not passages:
        raise UnreadableFileError("this ninjs object holds no text; ask for its full representation")
    dates = (read_date(_string(item.get(name))) for name in ("versioncreated", "contentcreated", "firstcreated"))
    return assemble(
        passages,
        title=_string(item.get(_TITLE)),
        byline=_string(item.get("byline")) or _string(item.get("by")),
        dateline=_string(item.get("dateline")) or _string(item.get("located")),
        published=next((found for found in dates if found), None),
        language=_string(item.get("language")),
    )


def _string(value: JsonValue) -> str | None:
    found = texts(value)
    return " ".join(found.value.split()) if found else None


def _entries(value: JsonValue) -> Iterator[tuple[str, str, JsonString]]:
    """Role, kind of content and string of each entry in an array such as `bodies`."""
    for entry in value if isinstance(value, list) else []:
        if isinstance(entry, dict) and (string := texts(entry.get("value"))):
            role = (_string(entry.get("role")) or "").lower()
            kind = (_string(entry.get("contentType")) or _string(entry.get("contenttype")) or role).lower()
            yield role, kind, string


def _old_entries(item: dict[str, JsonValue], prefix: str) -> Iterator[tuple[str, str, JsonString]]:
    """The same of ninjs 1.x, where the role is part of the name: `body_html`."""
    for name, value in item.items():
        if name.startswith(prefix) and (string := texts(value)):
            role = name.removeprefix(prefix)
            yield role, role, string


def _headlines(item: dict[str, JsonValue]) -> Iterator[Passage]:
    """The main headline; others are shorter forms of it."""
    entries = [entry for entry in _entries(item.get("headlines")) if entry[0] not in _MOST_ROLES]
    entries.sort(key=lambda entry: entry[0] != "main")
    entries += [("", "", string) for string in (texts(item.get("headline")),) if string]
    for _, kind, string in entries[:1]:
        yield from _passages(string, kind, PartKind.HEADLINE)


def _descriptions(item: dict[str, JsonValue], kind: PartKind) -> Iterator[Passage]:
    found = [*_entries(item.get("descriptions")), *_old_entries(item, "description")]
    for _, content, string in found[:1]:
        yield from _passages(string, content, kind)


def _body(item: dict[str, JsonValue]) -> list[Passage]:
    """The passages of one body: the same article is often there as HTML, NITF and text, and markup tells most."""
    found = [*_entries(item.get("bodies")), *_old_entries(item, "body")]
    found.sort(key=lambda entry: _MARKUP_FIRST.index(_content_kind(entry[1])))
    for _, content, string in found:
        if passages := list(_passages(string, content, PartKind.BODY)):
            return passages
    return []


def _content_kind(content: str) -> str:
    return next((kind for kind in ("html", "nitf", "text") if kind in content.removeprefix("text/")), "")


def _captions(item: dict[str, JsonValue]) -> Iterator[Passage]:
    """Descriptions of pictures and videos that go with the article."""
    value = item.get("associations")
    for entry in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        if isinstance(entry, dict) and _string(entry.get("type")) in ("picture", "video", "graphic", "photo"):
            inner = {name.lower().replace("_", ""): each for name, each in entry.items()}
            yield from _descriptions(inner, PartKind.CAPTION)


def _passages(string: JsonString, content: str, kind: PartKind) -> list[Passage]:
    text, runs = string.value, string.runs
    form = _content_kind(content)
    if form == "nitf" or root_name(text) == "nitf":
        tree = parse_xml(text)
        inner = nitf.passages_of(tree, tree.root)
        return embedded([one for one in inner if one.kind is not PartKind.HEADLINE], runs, string.pointer)
    if form == "html":
        return embedded(html_passages(text, kind), runs, string.pointer)
    if kind is PartKind.BODY:
        return embedded(any_passages(text, kind), runs, string.pointer)
    return embedded(telex_passages(text, kind, wrapped=True), runs, string.pointer)
