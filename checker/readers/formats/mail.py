"""Mail messages (RFC 5322, `.eml`): the text of a message is an article, each attachment a file of its own.

What is in a message is packed (base64, quoted-printable, any charset), so places are those in its unpacked text.
Pictures, sounds, calendars, cards and signatures are never looked at; nor is anything outside of the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from checker.document import PartKind
from checker.errors import UnreadableFileError
from checker.readers.article import Article, Piece, Run
from checker.readers.encoding import decode
from checker.readers.formats.dates import read_mail_date
from checker.readers.formats.passages import Passage, assemble
from checker.readers.formats.prose import html_passages, line_numbers, telex_passages

_HEADER_BYTES = 65_536  # within which the header of a message has to end
_FIELD = re.compile(rb"([!-9;-~]{1,76})[ \t]*:")
_ALWAYS = b"from"
_ALSO = frozenset({b"date", b"received", b"message-id", b"mime-version", b"to", b"subject"})
_FEWEST_ALSO = 2
_LONGEST_HEADER = 2_000  # characters that are decoded
# The library takes time for each line and each part that is open there, memory for each line and part, and time with
# the square of the length for the two fields that it takes apart.
_MOST_LINES = 1_000_000
_MOST_LINES_IN_PARTS = 20_000_000
_MOST_PARTS = 500
_MOST_DELIMITERS = 5_000
_LONGEST_FIELD = 8_000  # bytes
_TAKEN_APART = re.compile(
    rb"^content-(?:type|disposition)[ \t]*:[^\n]*+(?:\n[ \t][^\n]*+)*+", re.IGNORECASE | re.MULTILINE
)
_NO_DOCUMENT = ("image/", "audio/", "video/", "font/", "text/calendar", "text/vcard", "text/x-vcard", "text/directory")
_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_FORWARDED = re.compile(r"(?:\s*(?:re|fwd?|aw|wg|tr|rv|sv|vs|antw|odp)\s*:)+\s*", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?\r?$", re.MULTILINE)  # RFC 3676: what follows is the sender's, not the article's
_QUOTED_LINE = re.compile(r"^>.*", re.MULTILINE)
_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file within a message: its name, what the message says that it is, and its bytes."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A message: its text ("" where it has none) as `content`, the article in it, and what is attached to it."""

    content: str
    article: Article
    attachments: tuple[Attachment, ...]


def recognise(data: bytes) -> bool:
    """True where the file begins with the header of a message: From and two more of the usual fields."""
    if not _FIELD.match(data) and not data.startswith(b"From "):
        return False
    head, end, _ = data[:_HEADER_BYTES].replace(b"\r\n", b"\n").partition(b"\n\n")
    if not end and len(data) >= _HEADER_BYTES:
        return False
    lines = [line for line in head.split(b"\n")[data.startswith(b"From ") :] if not line.startswith((b" ", b"\t"))]
    fields = [_FIELD.match(line) for line in lines]
    names = {field[1].lower() for field in fields if field}
    return all(fields) and _ALWAYS in names and len(names & _ALSO) >= _FEWEST_ALSO


def read(data: bytes, language: str | None = None) -> tuple[str, Article]:
    """The text of a message; attachments are named as left out. Raises UnreadableFileError where it has no text."""
    mail = open_mail(data)
    names = ", ".join(attachment.name for attachment in mail.attachments)
    if not mail.content:
        advice = f"save what is attached to it ({names}) and check that" if names else "there is nothing to check"
        raise UnreadableFileError(f"this message holds no text of its own; {advice}")
    left_out = (f"what is attached to this message ({names}) was not checked",) if names else ()
    return mail.content, replace(mail.article, omitted=left_out)


def open_mail(data: bytes) -> Mail:
    """The message. Raises UnreadableFileError where it is encrypted or has too many parts."""
    if _is_too_much(data):
        raise _too_many_parts()
    try:
        message = message_from_bytes(data)
        leaves = list(_leaves(message))
    except RecursionError as error:
        raise _too_many_parts() from error
    if len(leaves) > _MOST_PARTS:
        raise _too_many_parts()
    texts = [part for part in leaves if _is_text(part)]
    content, passages, notes = _texts(texts)
    attachments = (attached for part in leaves if not _is_text(part) and (attached := _attachment(part)))
    fields = _fields(message)
    article = assemble(
        [*_headline(fields.get("subject")), *passages] if passages else [],
        title=_subject(fields.get("subject")),
        byline=_sender(fields.get("from")),
        published=_sent(fields.get("date")),
        language=fields.get("content-language", "").partition(",")[0] or None,
        notes=notes,
    )
    return Mail(content, article, tuple(attachments))


def _is_too_much(data: bytes) -> bool:
    """True for what the library would need minutes or gigabytes for."""
    lines = data.count(b"\n")
    return (
        lines > _MOST_LINES
        or lines * data.lower().count(b"boundary") > _MOST_LINES_IN_PARTS
        or data.count(b"\n--") > _MOST_DELIMITERS
        or any(len(field.group()) > _LONGEST_FIELD for field in _TAKEN_APART.finditer(data))
    )


def _too_many_parts() -> UnreadableFileError:
    return UnreadableFileError("this message has too many parts or lines; save what is attached to it and check that")


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something, one of each set of alternatives; a message within the message is one part."""
    kind = message.get_content_type()
    if kind in _ENCRYPTED:
        raise UnreadableFileError("this message is encrypted; save it decrypted in your mail program")
    inner = message.get_payload()
    if not isinstance(inner, list) or kind == "message/rfc822":
        yield message
        return
    parts = [part for part in inner if isinstance(part, Message)]
    if kind == "multipart/alternative":
        parts = _best(parts)
    for part in parts:
        yield from _leaves(part)


def _best(alternatives: Sequence[Message]) -> list[Message]:
    """Plain text before HTML, where there is any: in it nothing is laid out in tables."""
    plain = [part for part in alternatives if part.get_content_type() == "text/plain" and _bytes(part).strip()]
    return plain[:1] or list(alternatives[-1:])


def _is_text(part: Message) -> bool:
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return is_text and part.get_content_disposition() != "attachment" and not _file_name(part)


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _texts(parts: Sequence[Message]) -> tuple[str, list[Passage], list[str]]:
    """The texts of a message one after the other, their passages, and what is to be said of their encodings."""
    content = ""
    passages: list[Passage] = []
    notes: list[str] = []
    for number, part in enumerate(parts, start=1):
        data = _bytes(part)
        if not data.strip():
            continue
        decoded = decode(data, part.get_content_charset())
        if decoded.note:
            notes.append(decoded.note)
        content += _BREAK if content else ""
        place = (Run(0, len(content), len(decoded.text), len(decoded.text)),)
        for passage in _passages(decoded.text, part):
            passage.within = place
            passage.locator = f"text {number}, {passage.locator}" if len(parts) > 1 else passage.locator
            passages.append(passage)
        content += decoded.text
    return content, passages, list(dict.fromkeys(notes))


def _passages(text: str, part: Message) -> list[Passage]:
    if part.get_content_type() == "text/html":
        passages = html_passages(text)
        for number, passage in enumerate(passages, start=1):
            passage.locator = f"paragraph {number}"
        return passages
    signature = _SIGNATURE.search(text)
    own = text[: signature.start()] if signature else text
    own = _QUOTED_LINE.sub(lambda quoted: " " * len(quoted.group()), own)
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    passages = telex_passages(own, wrapped=True if flowed else None)
    for passage, line in zip(passages, line_numbers(text, passages), strict=True):
        passage.locator = f"line {line}"
    return passages


def _headline(subject: str | None) -> Iterator[Passage]:
    if words := _subject(subject):
        yield Passage(PartKind.HEADLINE, [Piece(words, 0, 0)], "Subject")


def _subject(subject: str | None) -> str | None:
    """The subject without "Re:" and "Fwd:", as they stand in several languages."""
    words = " ".join((subject or "").split())
    prefix = _FORWARDED.match(words)
    return (words[prefix.end() :] if prefix else words) or None


def _sender(value: str | None) -> str | None:
    name, address = parseaddr(value or "")
    return name or address or None


def _sent(value: str | None) -> datetime | None:
    return read_mail_date(value)


def _fields(message: Message) -> dict[str, str]:
    """The header's fields by their names in lower case, decoded; the first of equal names counts."""
    found: dict[str, str] = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), _decoded(str(value)[:_LONGEST_HEADER]))
    return found


def _decoded(value: str) -> str:
    """A field with its encoded words (RFC 2047) as text; bytes beyond ASCII are UTF-8, or else windows-1252."""
    raw = value.encode("utf-8", "surrogateescape")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    try:
        return str(make_header(decode_header(text))) if "=?" in text else text
    except (HeaderParseError, LookupError, ValueError):
        return text


def _file_name(part: Message) -> str | None:
    try:
        name = part.get_filename()
    except (LookupError, ValueError, TypeError):  # a name encoded as no standard has it
        return None
    return " ".join(_decoded(name).split()).replace("/", "_").replace("\\", "_") or None if name else None


def _attachment(part: Message) -> Attachment | None:
    """A file in a message, None for what is no document."""
    kind = part.get_content_type()
    if kind.startswith(_NO_DOCUMENT) or kind in _SIGNATURES:
        return None
    charset = part.get_content_charset()
    content_type = f"{kind}; charset={charset}" if charset else kind
    if kind != "message/rfc822":
        data = _bytes(part)
        return Attachment(_file_name(part) or "attachment", content_type, data) if data else None
    inner = part.get_payload()
    message = inner[0] if isinstance(inner, list) and inner else None
    if not isinstance(message, Message):
        return None
    name = _file_name(part) or _subject(_fields(message).get("subject")) or "message"
    return Attachment(name, content_type, message.as_bytes())
