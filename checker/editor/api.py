"""The REST API under /api/v1; `/api/v1/openapi.json` describes it."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from checker.decisions import DecisionKind
from checker.editor.answers import PROBLEMS, json_answer
from checker.editor.connection import client_of, unless_gone
from checker.editor.desk import Checked, Desk
from checker.editor.exports import Export, ExportFormat, export
from checker.editor.fair_queue import Ticket
from checker.editor.orders import order_of, refuse_impossible, subject_of
from checker.editor.own_file import OF_THE_FILE, export_file
from checker.editor.rendering import checked_to_dict, decision_to_dict, progress_to_dict
from checker.editor.serve_settings import ServeSettings
from checker.editor.shapes import (
    CheckAnswer,
    CheckRequest,
    DecisionRequest,
    DecisionShape,
    DocumentAnswer,
    ExportRequest,
    FactsAnswer,
    HealthShape,
    SourceAnswer,
)
from checker.editor.streams import NDJSON, Event, EventStream, Tell
from checker.editor.uploads import read_document, read_facts, read_source
from checker.errors import UsageError
from checker.version import __version__

PREFIX = "/api/v1"
FileName = Annotated[str, Query(max_length=300, description="The file's name; its suffix may tell the format.")]
_ANY_FILE = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


def api_routes(desk: Desk, settings: ServeSettings) -> APIRouter:
    """All routes of the API, for this desk."""
    router = APIRouter(prefix=PREFIX, responses=PROBLEMS)
    _add_checks(router, desk, settings)
    _add_exports(router, desk, settings)
    _add_files(router, desk)

    @router.get("/health", response_model=HealthShape)
    async def health() -> Response:
        """Whether the server is there, and how much it has to do."""
        state = {"status": "ok", "version": __version__, "waiting": desk.queue.waiting, "running": desk.queue.running}
        return json_answer(state)

    @router.post("/decisions", response_model=DecisionShape, status_code=201)
    async def decide(asked: DecisionRequest) -> Response:
        """Keep what was decided about a finding, so that a dismissed one does not come back."""
        report, finding = subject_of(asked, desk.calibration)
        made = await asyncio.to_thread(
            lambda: desk.decide(
                report,
                finding,
                DecisionKind(asked.kind),
                by=asked.by,
                reason=asked.reason,
                replacement=asked.replacement,
            )
        )
        if made is None:
            raise UsageError("this server keeps no decisions; start it with `checker serve --decisions FILE`")
        return json_answer(decision_to_dict(made), 201)

    return router


def _add_checks(router: APIRouter, desk: Desk, settings: ServeSettings) -> None:
    @router.post("/check", response_model=CheckAnswer)
    async def check(asked: CheckRequest, request: Request) -> Response:
        """Check an article; the answer is the whole report."""
        return json_answer(checked_to_dict(await _checked(asked, request)))

    @router.post(
        "/check/stream",
        response_class=Response,
        responses={200: {"content": {NDJSON: {"schema": {"type": "string"}}}, "description": "A line for each event."}},
    )
    async def check_as_stream(asked: CheckRequest, request: Request) -> Response:
        """Check an article; findings come, a JSON object a line, while the rest is still being checked.

        `{"event": "waiting"}` for its turn; `"progress"` with `judged` of `total` sentences and all `findings` so far,
        which replace those before; at the end `"report"`, which alone is final, or `"problem"`.
        """
        refuse_impossible(asked, settings.longest_text)

        def work(ticket: Ticket[Event], tell: Tell) -> Event:
            order = order_of(asked, desk.settings.language)
            total = len(order.document.sentences)
            checked = desk.check_and_recall(order, ticket, lambda progress: tell(progress_to_dict(progress, total)))
            return {"event": "report", "report": checked_to_dict(checked)}

        return EventStream(desk.queue, client_of(request), work)

    async def _checked(asked: CheckRequest, request: Request) -> Checked:
        refuse_impossible(asked, settings.longest_text)

        def work(ticket: Ticket[Checked]) -> Checked:
            return desk.check_and_recall(order_of(asked, desk.settings.language), ticket)

        return await unless_gone(request.receive, desk.queue.run(client_of(request), work))


def _add_exports(router: APIRouter, desk: Desk, settings: ServeSettings) -> None:
    @router.post("/export/{format_}", response_class=Response, responses={200: {"description": "The file."}})
    async def export_as(format_: ExportFormat, asked: ExportRequest, request: Request) -> Response:
        """The article's report as a file, the clean text, or the file that the article was opened from.

        `corrected` is that file reading as `text` does, `marked` the same with the findings as notes of its format.
        422 where a change cannot be written into it, or its format has no notes.
        """
        refuse_impossible(asked, settings.longest_text)

        def work(ticket: Ticket[Export]) -> Export:
            language = desk.settings.language
            order = order_of(asked, language)
            if format_ in OF_THE_FILE:
                return export_file(asked.file, order, format_, language, lambda own: desk.check(own, ticket).report)
            return export(desk.check(order, ticket).report, format_)

        made = await unless_gone(request.receive, desk.queue.run(client_of(request), work))
        named = {"Content-Disposition": _disposition(made.name)}
        return Response(made.content, media_type=made.media_type, headers=named)


def _disposition(name: str) -> str:
    """A name in letters that everybody reads, and for browsers the name as it is (RFC 6266)."""
    plain = "".join(character if character.isascii() else "_" for character in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"


def _add_files(router: APIRouter, desk: Desk) -> None:
    @router.post("/documents", response_model=DocumentAnswer, openapi_extra=_ANY_FILE)
    async def read_a_document(request: Request, name: FileName = "article.txt") -> Response:
        """The article in a file of any format that `checker formats` names."""
        return json_answer(await _read(request, lambda data: read_document(data, name, desk.settings.language)))

    @router.post("/sources", response_model=SourceAnswer, openapi_extra=_ANY_FILE)
    async def read_a_source(request: Request, name: FileName = "source.txt") -> Response:
        """The original of a translated article, in a file of any format; of bitext its original side."""
        return json_answer(await _read(request, lambda data: read_source(data, name)))

    @router.post("/facts", response_model=FactsAnswer, openapi_extra=_ANY_FILE)
    async def read_a_fact_file(request: Request, name: FileName = "facts.txt") -> Response:
        """The reference facts in a file: text, JSONL, CSV, YAML."""
        return json_answer(await _read(request, lambda data: read_facts(data, name)))

    async def _read(request: Request, read: Any) -> Any:  # noqa: ANN401 - bytes in, plain data out
        if request.headers.get("content-type", "").lower().startswith("multipart/"):
            raise HTTPException(415, "this is a form; send the file itself as Content-Type: application/octet-stream")
        data = await request.body()
        if not data:
            raise UsageError("the body is empty; send the file as it is")
        return await unless_gone(request.receive, desk.queue.run(client_of(request), lambda _: read(data)))
