"""What a client asks of `/v2/check`: the form, the text with its markup, the language, and which rules it wants.

Errors carry the words of LanguageTool's server, which clients show or compare.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl

from checker.document import has_half_character
from checker.editor.languagetool.languages import CODES, code_of
from checker.editor.marked_text import MarkedText, Piece
from checker.errors import UsageError

AUTO = "auto"
_SHORT = 50  # characters; LanguageTool tells the language of such a text among the preferred ones alone
_ENCODED = re.compile(rb"[\x21-\x7e]*")  # a form that was percent-encoded has nothing else, neither blanks nor UTF-8
_RAW = re.compile(r"(?:^|&)text=(.*)&language=([\w-]*)(.*)\Z", re.DOTALL)


class BadRequestError(UsageError):
    """The request is none that LanguageTool would answer; the message is the one that it gives."""


class Mode(StrEnum):
    """Which findings are wanted; the browser add-on asks for the two kinds one after the other, and shows both.

    TEXT_LEVEL are those that need more than their sentence.
    """

    ALL = "all"
    TEXT_LEVEL = "textLevelOnly"
    OTHERS = "allButTextLevelOnly"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rules and categories a client wants; with `only` nothing but those that are enabled."""

    enabled_rules: frozenset[str] = frozenset()
    disabled_rules: frozenset[str] = frozenset()
    enabled_categories: frozenset[str] = frozenset()
    disabled_categories: frozenset[str] = frozenset()
    only: bool = False

    def wants(self, rule: str, category: str) -> bool:
        """Whether matches of the rule are to be shown."""
        if rule in self.enabled_rules or category in self.enabled_categories:
            return rule not in self.disabled_rules
        if self.only:
            return False
        return rule not in self.disabled_rules and category not in self.disabled_categories


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """A text to check; `language` is one of the CODES, or None where it is to be told from the text.

    `variant` is the code to answer with where English is told from the text; a short text is one of the `preferred`
    languages, ISO 639-1 codes.
    """

    marked: MarkedText
    language: str | None
    variant: str = "en-US"
    choice: Choice = Choice()
    mode: Mode = Mode.ALL
    preferred: frozenset[str] = frozenset()

    def language_read(self, identified: str) -> str:
        """The language of the text, in which `identified` is taken for what it reads as."""
        if self.language is not None:
            return "en"
        is_doubtful = len(self.marked.text) < _SHORT and identified not in self.preferred
        return "en" if is_doubtful and "en" in self.preferred else identified


def read_form(body: bytes, query: str = "") -> dict[str, str]:
    """The fields of a form, from a query string and a body; of a field given twice the last one counts.

    LibreOffice 7.4 sends the text as it is, with raw "&", "%" and "+" in it: such a body is told by characters
    that no encoded one has, and its text ends at the last "&language=". Raises BadRequestError where it is not UTF-8.
    """
    fields = dict(parse_qsl(query, keep_blank_values=True))
    try:
        written = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequestError("The request is not encoded as UTF-8") from error
    raw = None if _ENCODED.fullmatch(body) else _RAW.search(written)
    if raw is None:
        return fields | dict(parse_qsl(written, keep_blank_values=True))
    rest = parse_qsl(written[: raw.start()] + raw[3], keep_blank_values=True)
    return fields | dict(rest) | {"text": raw[1], "language": raw[2]}


def read_question(fields: Mapping[str, str]) -> CheckQuestion:
    """The question that the fields ask. Raises BadRequestError as LanguageTool would."""
    if "text" in fields and "data" in fields:
        raise BadRequestError("Set only 'text' or 'data' parameter, not both")
    if "text" in fields:
        pieces = [Piece(fields["text"], fields["text"])]
    elif "data" in fields:
        pieces = _pieces(fields["data"])
    else:
        raise BadRequestError("Missing 'text' or 'data' parameter")
    marked = MarkedText.of(pieces)
    if has_half_character(marked.text) or has_half_character(marked.marked):
        raise BadRequestError("The text holds half a character (a broken \\u escape)")
    preferred = frozenset(each.partition("-")[0].lower() for each in _list(fields, "preferredLanguages"))
    return CheckQuestion(marked, *_language(fields), _choice(fields), _mode(fields), preferred)


def _language(fields: Mapping[str, str]) -> tuple[str | None, str]:
    asked = fields.get("language", "").strip()
    variants = _list(fields, "preferredVariants")
    if not asked:
        raise BadRequestError("Missing 'language' parameter, e.g. 'language=en-US' for American English")
    if asked.lower() == AUTO:
        return None, next((code for each in variants if (code := code_of(each))), "en-US")
    if variants:
        raise BadRequestError("You specified 'preferredVariants' but you didn't specify 'language=auto'")
    code = code_of(asked)
    if code is None:
        known = ", ".join(CODES)
        raise BadRequestError(
            f"'{asked}' is not a language code known to this server. Supported language codes are: {known}."
        )
    return code, code


def _mode(fields: Mapping[str, str]) -> Mode:
    asked = fields.get("mode", Mode.ALL)
    if asked not in list(Mode):
        raise BadRequestError(
            f"Mode must be one of 'textLevelOnly', 'allButTextLevelOnly', or 'all' but was: '{asked}'"
        )
    return Mode(asked)


def _pieces(data: str) -> list[Piece]:
    try:
        read = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadRequestError("Could not parse JSON from 'data' parameter") from error
    has = set(read) & {"text", "annotation"} if isinstance(read, dict) else set()
    if len(has) == 2:
        raise BadRequestError("'data' key in JSON requires either 'text' or 'annotation' key, not both")
    if not has:
        raise BadRequestError("'data' key in JSON requires 'text' or 'annotation' key")
    if "text" in has:
        return [_piece({"text": read["text"]})]
    if not isinstance(read["annotation"], list):
        raise BadRequestError("'annotation' value in JSON must be an array")
    return [_piece(each) for each in read["annotation"]]


def _piece(each: object) -> Piece:
    """`{"text": "A "}`, `{"markup": "<b>"}` or `{"markup": "<p>", "interpretAs": "\\n\\n"}`."""
    keys = set(each) & {"text", "markup"} if isinstance(each, dict) else set()
    if not isinstance(each, dict) or len(keys) != 1:
        raise BadRequestError("Each part of 'annotation' requires either 'text' or 'markup', not both")
    if not all(isinstance(each.get(key, ""), str) for key in ("text", "markup", "interpretAs")):
        raise BadRequestError("'text', 'markup' and 'interpretAs' must be strings")
    if "text" in keys:
        if "interpretAs" in each:
            raise BadRequestError("'interpretAs' may be used only with 'markup'")
        return Piece(each["text"], each["text"])
    return Piece(each["markup"], each.get("interpretAs", ""), is_markup=True)


def _choice(fields: Mapping[str, str]) -> Choice:
    choice = Choice(
        enabled_rules=frozenset(_list(fields, "enabledRules")),
        disabled_rules=frozenset(_list(fields, "disabledRules")),
        enabled_categories=frozenset(_list(fields, "enabledCategories")),
        disabled_categories=frozenset(_list(fields, "disabledCategories")),
        only=fields.get("enabledOnly", "").lower() in ("yes", "true"),
    )
    if choice.only and (choice.disabled_rules or choice.disabled_categories):
        raise BadRequestError("You cannot specify disabled rules or categories using enabledOnly=true")
    if choice.only and not (choice.enabled_rules or choice.enabled_categories):
        raise BadRequestError("You must specify enabled rules or categories when using enabledOnly=true")
    return choice


def _list(fields: Mapping[str, str], name: str) -> Sequence[str]:
    return [each.strip() for each in fields.get(name, "").split(",") if each.strip()]
