"""A check as a stream of lines: what is found appears while the rest is still being checked.

Each line is a JSON object with an `event`: `waiting` for its turn, `progress` with all findings so far, which replace
those before, and at the end either `report`, which alone is final, or `problem`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from checker.editor.answers import failure_of
from checker.editor.connection import ClientGoneError, unless_gone
from checker.editor.fair_queue import FairQueue, Ticket
from checker.report.json import dumps

NDJSON = "application/x-ndjson"
_SIGN_OF_LIFE = 2.0  # seconds without news after which the client is told that it is not forgotten

Event = dict[str, Any]
Tell = Callable[[Event], None]
Work = Callable[[Ticket[Event], Tell], Event]


class EventStream(Response):
    """Runs `work` in `queue` and sends what it tells, and at last what it returns, a line each.

    It is put into the queue at once: BusyError comes from here, while an answer of its own is still possible.
    """

    media_type = NDJSON

    def __init__(self, queue: FairQueue, client: str, work: Work) -> None:
        super().__init__()
        del self.headers["content-length"]
        loop = asyncio.get_running_loop()
        self._queue = queue
        self._events: asyncio.Queue[Event] = asyncio.Queue()

        def tell(event: Event) -> None:
            loop.call_soon_threadsafe(self._events.put_nowait, event)

        self._ticket = queue.submit(client, lambda ticket: work(ticket, tell))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI
        """Send the stream; what nobody reads any more is given up."""
        try:
            await unless_gone(receive, self._send(send))
        except ClientGoneError:
            return
        finally:
            self._queue.drop(self._ticket)

    async def _send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        result = asyncio.wrap_future(self._ticket.future)
        try:
            while not result.done():
                await self._send_news(send, result)
            while not self._events.empty():
                await _send_line(send, self._events.get_nowait())
            await _send_line(send, _ending(result))
        finally:
            result.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_news(self, send: Send, result: asyncio.Future[Event]) -> None:
        """One event, or a sign of life, or nothing where the result comes first."""
        news = asyncio.create_task(self._events.get())
        try:
            await asyncio.wait({news, result}, timeout=_SIGN_OF_LIFE, return_when=asyncio.FIRST_COMPLETED)
            if news.done():
                await _send_line(send, news.result())
            elif not result.done():
                await _send_line(send, {"event": "waiting", "waiting": self._queue.waiting})
        finally:
            news.cancel()


def _ending(result: asyncio.Future[Event]) -> Event:
    error = None if result.cancelled() else result.exception()
    if error is None and not result.cancelled():
        return result.result()
    failure = failure_of(error if isinstance(error, Exception) else RuntimeError("the check was given up"))
    return {"event": "problem", **failure._asdict()}


async def _send_line(send: Send, event: Event) -> None:
    body = dumps(event, indent=None).encode("utf-8")
    await send({"type": "http.response.body", "body": body, "more_body": True})
