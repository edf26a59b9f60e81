"""What a person changed in the text of a file, written back into a copy of it; everything else in it stays as it is.

A changed stretch goes where its words came from, also where markup lies between them. The copy is read again, and is
good only where it then reads as the person left it: whatever a format does to the words, none come out wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from checker.annotate.comments import xml_text
from checker.annotate.edits import encode_like
from checker.annotate.office_package import replace_parts
from checker.document import Span
from checker.errors import UnreadableFileError, UsageError
from checker.readers import Reading, read_with_positions
from checker.readers.formats import docx, odt

_PACKAGES = {"docx": docx.DOCUMENT, "odt": odt.CONTENT}
_MARKUP = frozenset({"html", "xliff", "tmx", "nitf", "newsml-g2", "newsml-1", *_PACKAGES})
_JSON = frozenset({"ninjs", "jsonl"})
_TOKEN = re.compile(r"\w+|\s|[^\w\s]")
_MOST_COMPARED = 20_000_000  # pairs of tokens; beyond that a stretch counts as changed whole
_LONGEST_QUOTE = 40
_TRIMMED_TAG = "<w:t>"  # Word takes white space off its ends
_KEPT_SPACE = ' xml:space="preserve"'


class Change(NamedTuple):
    """`span` of the text becomes `words`."""

    span: Span
    words: str


class Corrected(NamedTuple):
    """The copy of a file, and how it reads."""

    content: bytes
    reading: Reading


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def correct(
    data: bytes, reading: Reading, text: str, *, path: str | None = None, language: str | None = None
) -> Corrected:
    """The file `data`, which was read as `reading` with this `path` and `language`, reading as `text` from now on.

    How much white space stands between words or paragraphs does not count. Without a change it is the file itself.
    Raises UsageError where a change cannot be written: paragraphs that were joined or parted, and words that the file
    does not hold as text.
    """
    before, wanted = _uniform(reading.document.text), _uniform(text)
    if _said(before) == _said(wanted):
        return Corrected(data, reading)
    places = [*_places(reading.document.text), len(reading.document.text)]
    edits: list[_Edit] = []
    for change in changes_between(before, wanted):
        outer = Change(Span(places[change.span.start], places[change.span.end]), change.words)
        edits += _edits(reading, outer)
    content = _written(data, reading, edits)
    try:
        again = read_with_positions(content, path=path, language=language)
    except UnreadableFileError as error:
        raise UsageError(f"the changes cannot be written into the file ({error}); export the text instead") from error
    if again.format != reading.format or _said(again.document.text) != _said(wanted):
        raise UsageError(
            "the changes cannot be written into the file, perhaps because paragraphs were joined or parted; "
            "export the text instead"
        )
    return Corrected(content, again)


def changes_between(before: str, after: str) -> Iterator[Change]:
    """What turns `before` into `after`, word by word, in ascending order."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    old_starts, new_starts = _starts(old), _starts(new)
    for tag, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            start = old_starts[first]
            for change in _word_changes(
                before[start : old_starts[last]], after[new_starts[new_first] : new_starts[new_last]]
            ):
                yield Change(change.span.shift(start), change.words)


def _word_changes(before: str, after: str) -> Iterator[Change]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) * len(new) > _MOST_COMPARED:
        yield Change(Span(0, len(before)), after)
        return
    starts = _starts(old)
    for tag, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Change(Span(starts[first], starts[last]), "".join(new[new_first:new_last]))


def _starts(pieces: Sequence[str]) -> list[int]:
    """Where each piece begins, and at last where all end."""
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    return starts


def _uniform(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _said(text: str) -> list[str]:
    """The words of each paragraph or line that has any."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _places(text: str) -> Iterator[int]:
    """Where the characters of the uniform text stand in `text`."""
    return (place for place, character in enumerate(text) if character != "\n" or text[place - 1 : place] != "\r")


def _edits(reading: Reading, change: Change) -> list[_Edit]:
    """The first stretch of the file takes the new words, the others lose theirs."""
    was = change.span.of(reading.document.text)
    found = reading.file_segments(change.span) if was else _beside(reading, change.span.start)
    if not found or any(_is_markup(reading, place) for place in found):
        quote = " ".join((was.strip() or change.words).split())[:_LONGEST_QUOTE]
        if not quote:
            return []  # white space between paragraphs; whether it mattered is seen when the copy is read
        raise UsageError(f"the change at “{quote}” has no place of its own in the file; export the text instead")
    first, *rest = found
    words = _as_written(change.words, reading)
    return [_Edit(first.start, first.end, words), *(_Edit(place.start, place.end, "") for place in rest)]


def _beside(reading: Reading, point: int) -> list[Span]:
    """Where words are written that nothing stood for: behind the character before, else in front of the next one."""
    for span, is_before in ((Span(max(0, point - 1), point), True), (Span(point, point + 1), False)):
        found = [place for place in reading.file_segments(span) if not _is_markup(reading, place)]
        if found:
            edge = found[-1].end if is_before else found[0].start
            return [Span(edge, edge)]
    return []


def _is_markup(reading: Reading, place: Span) -> bool:
    """True for a stretch that is a tag, such as a line break, and so no text."""
    return reading.format in _MARKUP and "<" in place.of(reading.decoded)


def _as_written(words: str, reading: Reading) -> str:
    """The words in the way of the format. What it does to words besides that is found out by reading the copy."""
    if reading.format in _MARKUP:
        return xml_text(words)
    if reading.format in _JSON:
        return json.dumps(words, ensure_ascii=False)[1:-1]
    if reading.format == "po":
        return words.replace("\\", "\\\\").replace('"', '\\"')
    return words.replace("\n", "\r\n") if "\r\n" in reading.decoded else words


def _written(data: bytes, reading: Reading, edits: Sequence[_Edit]) -> bytes:
    text = _replace(reading.decoded, [*edits, *_kept_spaces(reading, edits)])
    part = _PACKAGES.get(reading.format)
    if part is not None:
        return replace_parts(data, {part: text.encode("utf-8")})
    return encode_like(data, text, reading, markup=reading.format in _MARKUP)


def _kept_spaces(reading: Reading, edits: Sequence[_Edit]) -> set[_Edit]:
    """Attributes for the texts of a Word document that may now begin or end with a space."""
    found = set()
    for edit in edits if reading.format == "docx" else ():
        end = reading.decoded.rfind(">", 0, edit.start)
        if reading.decoded[end + 1 - len(_TRIMMED_TAG) : end + 1] == _TRIMMED_TAG:
            found.add(_Edit(end, end, _KEPT_SPACE))
    return found


def _replace(text: str, edits: Sequence[_Edit]) -> str:
    parts: list[str] = []
    position = 0
    for edit in sorted(edits):
        if edit.start < position:
            raise UsageError("two changes meet at one place of the file; export the text instead")
        parts += (text[position : edit.start], edit.text)
        position = edit.end
    return "".join((*parts, text[position:]))
