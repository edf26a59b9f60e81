"""A client starts the language server as a program and talks to it, as an editor does."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Union

from cattrs import Converter
from lsprotocol import types
from pygls.lsp.client import LanguageClient
from pygls.protocol import default_converter
from scripted_desk import FACTS, ScriptedModel

from checker import Checker
from checker.decisions import DecisionKind, DecisionStore

SERVER = Path(__file__).parent / "lsp_server.py"
URI = "file:///desk/story.txt"
TEXT = "Envoys 😀 praised the lawful seizure of the ship. Sailors left the ship on Monday.\n"
Encoding = types.PositionEncodingKind


class Editor:
    """What an editor does, with the newest diagnostics of a text."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.messages: list[str] = []
        client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda params: self.published.put_nowait(params))
        client.feature(types.WINDOW_SHOW_MESSAGE)(lambda params: self.messages.append(params.message))

    async def initialize(self, encodings: Sequence[str] | None = None, *, rich: bool = True) -> types.InitializeResult:
        told = types.PublishDiagnosticsClientCapabilities(related_information=rich)
        edits = types.WorkspaceEditClientCapabilities(document_changes=rich)
        capabilities = types.ClientCapabilities(
            general=types.GeneralClientCapabilities(position_encodings=encodings),
            text_document=types.TextDocumentClientCapabilities(publish_diagnostics=told),
            workspace=types.WorkspaceClientCapabilities(workspace_edit=edits),
        )
        result = await self.client.initialize_async(types.InitializeParams(capabilities=capabilities))
        self.client.initialized(types.InitializedParams())
        return result

    def open(self, text: str = TEXT, language_id: str = "plaintext", version: int = 1, uri: str = URI) -> None:
        item = types.TextDocumentItem(uri, language_id, version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, text: str, version: int) -> None:
        identifier = types.VersionedTextDocumentIdentifier(version, URI)
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [whole]))

    async def diagnostics(self) -> types.PublishDiagnosticsParams:
        return await asyncio.wait_for(self.published.get(), 60)

    async def actions(self, at: types.Range, only: list[str] | None = None, uri: str = URI) -> list[types.CodeAction]:
        context = types.CodeActionContext([], only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), at, context)
        return list(await self.client.text_document_code_action_async(params) or [])

    async def run(self, command: types.Command | None) -> object:
        assert command is not None
        params = types.ExecuteCommandParams(command.command, command.arguments)
        return await self.client.workspace_execute_command_async(params)


def converter() -> Converter:
    """lsprotocol's own takes every action that has a command for a bare command, and loses its edit."""
    made = default_converter()

    def action(given: dict, _: type) -> types.Command | types.CodeAction:
        bare = isinstance(given.get("command"), str)
        return made.structure(given, types.Command if bare else types.CodeAction)

    made.register_structure_hook(Union[types.Command, types.CodeAction], action)  # noqa: UP007 - as lsprotocol has it
    return made


def session(
    talk: Callable[[Editor], Awaitable[None]], *arguments: str, program: Sequence[str] = (str(SERVER),)
) -> None:
    """Start the server, let `talk` talk to it, and stop it properly: it has to end by itself with code 0."""

    async def hold() -> int | None:
        client = LanguageClient("editor", "1", converter_factory=converter)
        editor = Editor(client)
        await client.start_io(sys.executable, *program, *arguments)
        await talk(editor)
        await asyncio.wait_for(client.shutdown_async(None), 60)
        client.exit(None)
        server = client._server
        code = await asyncio.wait_for(server.wait(), 60)
        await client.stop()
        return code

    assert asyncio.run(hold()) == 0


def text_at(text: str, at: types.Range, codec: str, width: int) -> str:
    """The text in a range of one line, by units of `width` bytes in `codec`."""
    assert at.start.line == at.end.line
    line = text.split("\n")[at.start.line].encode(codec)
    return line[width * at.start.character : width * at.end.character].decode(codec)


def test_an_alert_and_its_evidence_are_where_the_editor_counts_them():
    text = TEXT + "The seizure of the ship was not lawful, the court said.\n"

    async def talk(editor: Editor) -> None:
        result = await editor.initialize()
        assert result.capabilities.position_encoding == Encoding.Utf16
        editor.open(text)
        published = await editor.diagnostics()
        (found,) = published.diagnostics
        assert (published.uri, published.version) == (URI, 1)
        assert text_at(text, found.range, "utf-16-le", 2) == "lawful"
        assert (found.source, found.code) == ("checker", "accuracy/mistranslation/polarity")
        assert found.severity in (types.DiagnosticSeverity.Error, types.DiagnosticSeverity.Warning)
        assert "“lawful” contradicts a reference fact" in found.message
        places = {each.location.uri: each for each in found.related_information}
        fact = places["file:///desk/rulings.txt"]
        assert fact.location.range.start.line == 6
        assert fact.message == "Reference fact, rulings.txt:7: “The seizure of the ship was not lawful.”"
        assert text_at(text, places[URI].location.range, "utf-16-le", 2) == "not lawful"
        assert any("rulings.txt:9: not valid JSON" in message for message in editor.messages)

    session(talk, "", "file:///desk/rulings.txt")


def test_a_plain_editor_gets_the_evidence_in_the_message_and_its_own_units():
    async def talk(editor: Editor) -> None:
        result = await editor.initialize([Encoding.Utf8, Encoding.Utf16], rich=False)
        assert result.capabilities.position_encoding == Encoding.Utf8
        editor.open()
        (found,) = (await editor.diagnostics()).diagnostics
        assert text_at(TEXT, found.range, "utf-8", 1) == "lawful"
        assert found.related_information is None
        assert "“The seizure of the ship was not lawful.”" in found.message
        first = (await editor.actions(found.range))[0]
        assert first.edit.changes[URI][0].new_text
        assert first.command is None

    session(talk)


def test_a_suggestion_is_applied_and_noted_and_closing_takes_alerts_away(tmp_path):
    path = tmp_path / "n.decisions"

    async def talk(editor: Editor) -> None:
        await editor.initialize()
        editor.open()
        (found,) = (await editor.diagnostics()).diagnostics
        assert await editor.actions(types.Range(types.Position(1, 0), types.Position(1, 0))) == []
        assert await editor.actions(found.range, ["refactor"]) == []
        fix = (await editor.actions(types.Range(found.range.start, found.range.start), ["quickfix"]))[0]
        (change,) = fix.edit.document_changes
        (edit,) = change.edits
        assert change.text_document.version == 1
        assert (edit.range, fix.is_preferred) == (found.range, True)
        editor.change(TEXT.replace("lawful", edit.new_text), 2)
        published = await editor.diagnostics()
        assert (published.version, list(published.diagnostics)) == (2, [])
        assert (await editor.run(fix.command))["kind"] == "accepted"
        identifier = types.TextDocumentIdentifier(URI)
        editor.client.text_document_did_close(types.DidCloseTextDocumentParams(identifier))
        assert not (await editor.diagnostics()).diagnostics
        assert await editor.run(fix.command) is None
        assert any("no longer there" in message for message in editor.messages)

    session(talk, str(path))
    with DecisionStore.open(path, create=False) as store:
        (kept,) = store.list()
    assert (kept.kind, kept.by, kept.text) == (DecisionKind.ACCEPTED, "Ada", "lawful")
    assert kept.replacement


def test_a_dismissed_alert_stays_away_and_only_the_last_of_quick_changes_is_checked(tmp_path):
    path = tmp_path / "n.decisions"

    async def dismiss(editor: Editor) -> None:
        await editor.initialize()
        editor.open()
        (found,) = (await editor.diagnostics()).diagnostics
        titles = {action.title: action for action in await editor.actions(found.range)}
        assert [title for title in titles if not title.startswith("Replace")] == [
            "Not an error: “lawful”",
            "Leave as it is: “lawful”",
            "The fact is out of date: “lawful”",
        ]
        assert (await editor.run(titles["Not an error: “lawful”"].command))["kind"] == "not_an_error"
        assert not (await editor.diagnostics()).diagnostics
        editor.open("Ministers hailed the lawful seizure of the ship.", uri="file:///desk/other.txt")
        (other,) = (await editor.diagnostics()).diagnostics
        (*_, old_fact) = await editor.actions(other.range, uri="file:///desk/other.txt")
        assert (await editor.run(old_fact.command))["kind"] == "fact_out_of_date"
        assert [list((await editor.diagnostics()).diagnostics) for _ in range(3)] == [[], [], []]
        for version in range(2, 12):
            editor.change("An introduction. " * version + TEXT, version)
        published = await editor.diagnostics()
        assert (published.version, list(published.diagnostics)) == (11, [])
        assert editor.published.empty()

    session(dismiss, str(path))
    with DecisionStore.open(path, create=False) as store:
        report = Checker(predictor=ScriptedModel()).check(TEXT, facts=FACTS)
        assert [store.dismissals().hides(finding) for finding in report.findings] == [True]


def test_a_dismissed_alert_can_be_taken_back_also_in_another_session(tmp_path):
    path = tmp_path / "n.decisions"

    async def hide(editor: Editor, title: str) -> types.Range:
        (found,) = (await editor.diagnostics()).diagnostics
        titles = {action.title: action for action in await editor.actions(found.range)}
        await editor.run(titles[f"{title}: “lawful”"].command)
        assert not (await editor.diagnostics()).diagnostics
        return found.range

    async def dismiss_and_take_back(editor: Editor) -> None:
        await editor.initialize()
        editor.open()
        place = await hide(editor, "Not an error")
        (back,) = await editor.actions(place)
        assert (back.title, back.diagnostics) == ("Show the alert again: “lawful”", None)
        assert (await editor.run(back.command))["kind"] == "reopened"
        await hide(editor, "The fact is out of date")

    async def take_back_later(editor: Editor) -> None:
        await editor.initialize()
        editor.open("News. " + TEXT)
        assert not (await editor.diagnostics()).diagnostics
        (back,) = await editor.actions(types.Range(types.Position(0, 0), types.Position(0, 60)))
        assert (await editor.run(back.command))["kind"] == "reopened"
        (found,) = (await editor.diagnostics()).diagnostics
        assert text_at("News. " + TEXT, found.range, "utf-16-le", 2) == "lawful"

    session(dismiss_and_take_back, str(path))
    session(take_back_later, str(path))


SORTS = (
    ("markdown", "# Ship\n\n> Envoys **praised** the [*lawful*](http://x.example/a_b) seizure\n> of the ship.\n", 1),
    ("markdown", "```\nEnvoys praised the lawful seizure of the ship.\n```\n", 0),
    ("plaintext", "\r\n\u2028Envoys praised the\x0c lawful seizure of the ship.\r\n", 1),
    ("html", "<html><body><p>Envoys &amp; sailors praised the <b>lawful</b> seizure of the ship.</p></body></html>", 1),
    ("plaintext", "  \n", 0),
    ("plaintext", '{"broken": ', 0),
)


def test_texts_of_all_sorts():
    async def talk(editor: Editor) -> None:
        await editor.initialize()
        for number, (language_id, text, found) in enumerate(SORTS):
            editor.open(text, language_id, uri=f"file:///desk/{number}.txt")
            published = await editor.diagnostics()
            lines = re.split("\r\n|\n", text)
            places = [each.range for each in published.diagnostics]
            assert published.uri.endswith(f"/{number}.txt")
            assert [text_at("\n".join(lines), at, "utf-16-le", 2) for at in places] == ["lawful"] * found

    session(talk)


def test_the_command_line_starts_the_server():
    async def talk(editor: Editor) -> None:
        result = await editor.initialize()
        assert result.server_info.name == "checker"
        assert result.capabilities.text_document_sync.change == types.TextDocumentSyncKind.Full

    program = ("-c", "import sys; from checker.cli import main; sys.exit(main(sys.argv[1:]))", "lsp")
    session(talk, program=program)
