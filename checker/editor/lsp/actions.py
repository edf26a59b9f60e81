"""Quick fixes: apply a suggestion, say what is to be thought of an alert, or take that back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    Command,
    OptionalVersionedTextDocumentIdentifier,
    Range,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from checker.decisions import DecisionKind
from checker.editor.lsp.diagnostics import Shown
from checker.evidence import EvidenceKind

DECIDE = "checker.decide"  # arguments: URI, fingerprint, kind of decision, words written instead or null
_TITLES = {
    DecisionKind.NOT_AN_ERROR: "Not an error: {words}",
    DecisionKind.LEFT_AS_IS: "Leave as it is: {words}",
    DecisionKind.FACT_OUT_OF_DATE: "The fact is out of date: {words}",
}


def actions_for(
    shown: Sequence[Shown],
    hidden: Sequence[Shown],
    wanted: Range,
    *,
    uri: str,
    version: int | None,
    decides: bool,
    versioned: bool,
) -> list[CodeAction]:
    """Quick fixes for the findings that touch `wanted`, suggestions first, those for `hidden` ones last.

    With `decides` there is a store: what is applied is noted there as accepted, and alerts can be dismissed.
    `versioned` editors refuse an edit of a text that has changed meanwhile.
    """
    touched = [each for each in shown if _touch(each.diagnostic.range, wanted)]
    made: list[CodeAction] = []
    for each in touched:
        edits = _Edits(uri, version if versioned else None, versioned)
        made += _suggestions(each, edits, uri, decides=decides, alone=len(touched) == 1)
    for each in touched if decides else ():
        made += _dismissals(each, uri)
    made += [_reopening(each, uri) for each in hidden if _touch(each.diagnostic.range, wanted)]
    return made


class _Edits:
    """Edits of one text in the form that the editor understands."""

    def __init__(self, uri: str, version: int | None, versioned: bool) -> None:
        self._uri, self._version, self._versioned = uri, version, versioned

    def replace(self, place: Range, text: str) -> WorkspaceEdit:
        """The edit that puts `text` there."""
        edit = TextEdit(place, text)
        if not self._versioned:
            return WorkspaceEdit(changes={self._uri: [edit]})
        document = OptionalVersionedTextDocumentIdentifier(uri=self._uri, version=self._version)
        return WorkspaceEdit(document_changes=[TextDocumentEdit(document, [edit])])


def _suggestions(shown: Shown, edits: _Edits, uri: str, *, decides: bool, alone: bool) -> Iterator[CodeAction]:
    for number, suggestion in enumerate(shown.finding.suggestions):
        yield CodeAction(
            title=f"Replace {_quoted(shown.finding.text)} with {_quoted(suggestion)}",
            kind=CodeActionKind.QuickFix,
            diagnostics=[shown.diagnostic],
            is_preferred=alone and number == 0,
            edit=edits.replace(shown.diagnostic.range, suggestion),
            command=_command(uri, shown, DecisionKind.ACCEPTED, suggestion) if decides else None,
        )


def _dismissals(shown: Shown, uri: str) -> Iterator[CodeAction]:
    rests_on_fact = any(piece.evidence.kind is EvidenceKind.FACT for piece in shown.finding.evidence)
    for kind, title in _TITLES.items():
        if kind is not DecisionKind.FACT_OUT_OF_DATE or rests_on_fact:
            yield CodeAction(
                title=title.format(words=_quoted(shown.finding.text)),
                kind=CodeActionKind.QuickFix,
                diagnostics=[shown.diagnostic],
                command=_command(uri, shown, kind, None),
            )


def _reopening(hidden: Shown, uri: str) -> CodeAction:
    title = f"Show the alert again: {_quoted(hidden.finding.text)}"
    return CodeAction(
        title=title, kind=CodeActionKind.QuickFix, command=_command(uri, hidden, DecisionKind.REOPENED, None)
    )


def _command(uri: str, shown: Shown, kind: DecisionKind, replacement: str | None) -> Command:
    arguments = [uri, shown.finding.fingerprint, kind.value, replacement]
    return Command(title="Decide", command=DECIDE, arguments=arguments)


def _touch(one: Range, other: Range) -> bool:
    """True where they share a place; an empty range at an end touches."""
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


def _key(position: object) -> tuple[int, int]:
    return position.line, position.character  # type: ignore[attr-defined]


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= 40 else line[:39] + '…'}”"
