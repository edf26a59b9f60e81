"""The REST API under /api/v1; `/api/v1/openapi.json` describes it."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from checker.editor.answers import PROBLEMS, json_answer
from checker.editor.connection import client_of, unless_gone
from checker.editor.desk import Desk, Order, Progress
from checker.editor.fair_queue import Ticket
from checker.editor.orders import order_of
from checker.editor.serve_settings import ServeSettings
from checker.editor.shapes import CheckRequest, HealthShape, ReportShape
from checker.editor.streams import NDJSON, Event, EventStream, Tell
from checker.report.json import finding_to_dict, sentence_to_dict, to_dict
from checker.version import __version__

PREFIX = "/api/v1"


def api_routes(desk: Desk, settings: ServeSettings) -> APIRouter:
    """All routes of the API, for this desk."""
    router = APIRouter(prefix=PREFIX, responses=PROBLEMS)

    @router.get("/health", response_model=HealthShape)
    async def health() -> Response:
        """Whether the server is there, and how much it has to do."""
        state = {"status": "ok", "version": __version__, "waiting": desk.queue.waiting, "running": desk.queue.running}
        return json_answer(state)

    @router.post("/check", response_model=ReportShape)
    async def check(asked: CheckRequest, request: Request) -> Response:
        """Check an article; the answer is the whole report."""
        order = await _order(asked)
        return json_answer(to_dict(await unless_gone(request.receive, desk.answer(client_of(request), order))))

    @router.post(
        "/check/stream",
        response_class=Response,
        responses={200: {"content": {NDJSON: {"schema": {"type": "string"}}}, "description": "A line for each event."}},
    )
    async def check_as_stream(asked: CheckRequest, request: Request) -> Response:
        """Check an article; findings come, a JSON object a line, while the rest is still being checked."""
        order = await _order(asked)
        return EventStream(desk.queue, client_of(request), lambda ticket, tell: _told(desk, order, ticket, tell))

    async def _order(asked: CheckRequest) -> Order:
        limit, language = settings.longest_text, desk.settings.language
        return await asyncio.to_thread(order_of, asked, longest_text=limit, language=language)

    return router


def _told(desk: Desk, order: Order, ticket: Ticket[Any], tell: Tell) -> Event:
    """The check with its progress as events; the report is the last."""
    total = len(order.document.sentences)

    def tell_progress(progress: Progress) -> None:
        tell(
            {
                "event": "progress",
                "judged": progress.judged,
                "total": total,
                "findings": [finding_to_dict(finding) for finding in progress.findings],
                "sentences": [sentence_to_dict(verdict) for verdict in progress.sentences],
            }
        )

    return {"event": "report", "report": to_dict(desk.check(order, ticket, tell_progress))}
