"""The protocol: pygls events in, diagnostics and edits out. One check runs at a time, a little after the last key."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from checker.decisions import DecisionKind
from checker.editor.lsp.actions import DECIDE, actions_for
from checker.editor.lsp.desk import Checked, Desk, OpenText, OutdatedError
from checker.editor.lsp.diagnostics import shown_findings, unchecked_sentences
from checker.errors import CheckerError, UnreadableFileError, UsageError
from checker.version import __version__

log = logging.getLogger(__name__)

WAIT_SECONDS = 0.6  # after the last change


class CheckerServer(LanguageServer):
    """A language server for one editor. `fact_files` leads from names of fact files to their URIs."""

    def __init__(
        self, desk: Desk, *, fact_files: Mapping[str, str] = MappingProxyType({}), wait: float = WAIT_SECONDS
    ) -> None:
        # Whole texts: an edit in pieces is put together by lines as Python counts them, which are not the protocol's.
        super().__init__("checker", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.desk = desk
        self._fact_files = fact_files
        self._wait = wait
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="check")
        self._told: set[str] = set()

    def schedule(self, uri: str, *, at_once: bool = False) -> None:
        """Check the text soon, instead of whatever was to be checked of it."""
        if waiting := self._waiting.pop(uri, None):
            waiting.cancel()
        self._waiting[uri] = asyncio.ensure_future(self._check_later(uri, 0.0 if at_once else self._wait))

    def forget(self, uri: str) -> None:
        """A text was closed: its alerts go with it."""
        if waiting := self._waiting.pop(uri, None):
            waiting.cancel()
        self.desk.drop(uri)
        self._publish(uri, None, ())

    def republish(self, checked: Checked) -> None:
        """Show what is left of what was found."""
        self._publish(checked.opened.uri, checked.opened.version, self._diagnostics(checked))

    def tell(self, message: str, kind: types.MessageType = types.MessageType.Warning) -> None:
        """Show a person a line, once."""
        if message not in self._told:
            self._told.add(message)
            self.window_show_message(types.ShowMessageParams(kind, f"checker: {message}"))

    def stop_working(self) -> None:
        """Start no further check; one that runs ends by itself."""
        for waiting in self._waiting.values():
            waiting.cancel()
        self._worker.shutdown(wait=False, cancel_futures=True)

    async def _check_later(self, uri: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        opened = self.desk.newest(uri)
        if opened is None:
            return
        try:
            checked = await asyncio.get_running_loop().run_in_executor(self._worker, self._check, opened)
        except OutdatedError:  # the change has scheduled a check of its own
            return
        except UnreadableFileError as error:
            log.info("%s", error)
            checked = Checked(opened, None, None)
            self.tell(str(error), types.MessageType.Info)
        except CheckerError as error:
            self.tell(str(error), types.MessageType.Error)
            return
        except Exception as error:  # a text that trips the program must not end the server
            log.exception("internal error")
            self.tell(f"internal error: {type(error).__name__}: {error}", types.MessageType.Error)
            return
        if self.desk.keep(checked):
            for skipped in checked.report.skipped if checked.report else ():
                self.tell(f"not used: {skipped.what}: {skipped.reason}")
            self.republish(checked)

    def _check(self, opened: OpenText) -> Checked:
        found = self.desk.check(opened, to_fs_path(opened.uri) or opened.uri)
        if found is None:
            return Checked(opened, None, None)
        view = replace(
            found.view,
            encoding=self.workspace.position_encoding or types.PositionEncodingKind.Utf16,
            related=self._shows_related(),
            fact_files=self._fact_files,
        )
        shown, hidden = (tuple(shown_findings(some, view)) for some in (found.report.findings, found.hidden))
        return Checked(opened, found.report, view, shown, hidden)

    def _diagnostics(self, checked: Checked) -> list[types.Diagnostic]:
        if checked.report is None or checked.view is None:
            return []
        unread = unchecked_sentences(checked.report, checked.view)
        return [*(each.diagnostic for each in checked.shown), *unread]

    def _publish(self, uri: str, version: int | None, diagnostics: Sequence[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, version=version, diagnostics=list(diagnostics))
        )

    def _shows_related(self) -> bool:
        document = self.client_capabilities.text_document
        diagnostics = document.publish_diagnostics if document else None
        return bool(diagnostics and diagnostics.related_information)

    def edits_versions(self) -> bool:
        """True where the editor takes edits that name the version they are for."""
        workspace = self.client_capabilities.workspace
        return bool(workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes)


def make_server(desk: Desk, **options: Any) -> CheckerServer:  # noqa: ANN401 - those of CheckerServer
    """A server with all its features."""
    server = CheckerServer(desk, **options)
    _add_texts(server)
    _add_fixes(server)
    return server


def _add_texts(server: CheckerServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: CheckerServer, params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        ls.desk.put(OpenText(uri=item.uri, version=item.version, language_id=item.language_id, text=item.text))
        ls.schedule(item.uri, at_once=True)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: CheckerServer, params: types.DidChangeTextDocumentParams) -> None:
        uri, version = params.text_document.uri, params.text_document.version
        known = ls.desk.newest(uri)
        if known is not None and params.content_changes:
            ls.desk.put(replace(known, version=version, text=params.content_changes[-1].text))
            ls.schedule(uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: CheckerServer, params: types.DidSaveTextDocumentParams) -> None:
        ls.schedule(params.text_document.uri, at_once=True)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: CheckerServer, params: types.DidCloseTextDocumentParams) -> None:
        ls.forget(params.text_document.uri)

    @server.feature(types.SHUTDOWN)
    def shut_down(ls: CheckerServer, _: None) -> None:
        ls.stop_working()


def _add_fixes(server: CheckerServer) -> None:
    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
    )
    def actions(ls: CheckerServer, params: types.CodeActionParams) -> list[types.CodeAction]:
        checked = ls.desk.current(params.text_document.uri)
        wanted = params.context.only
        if checked is None or (wanted and not any("quickfix".startswith(_text(kind)) for kind in wanted)):
            return []
        return actions_for(
            checked.shown,
            checked.hidden,
            params.range,
            uri=checked.opened.uri,
            version=checked.opened.version,
            decides=ls.desk.decisions is not None,
            versioned=ls.edits_versions(),
        )

    @server.command(DECIDE)
    def decide(
        ls: CheckerServer, uri: str, fingerprint: str, kind: str, replacement: str | None = None
    ) -> dict[str, str] | None:
        try:
            decision = ls.desk.decide(uri, fingerprint, _kind(kind), replacement)
        except CheckerError as error:
            ls.tell(str(error), types.MessageType.Error)
            return None
        if decision.kind.dismisses and (checked := ls.desk.current(uri)):
            ls.republish(checked)
        # A fact is evidence no more, here and in other texts, or is so again.
        if decision.kind in (DecisionKind.FACT_OUT_OF_DATE, DecisionKind.REOPENED):
            for each in ls.desk.open_texts():
                ls.schedule(each)
        return {"id": decision.id, "kind": decision.kind.value}


def _text(kind: types.CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, types.CodeActionKind) else kind


def _kind(given: str) -> DecisionKind:
    if given not in list(DecisionKind):
        raise UsageError(f"{given!r} is no decision; give one of {', '.join(DecisionKind)}")
    return DecisionKind(given)
