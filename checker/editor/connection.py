"""The client at the other end: who it is for the queue, and whether it is still there."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.types import Receive

CLIENT_HEADER = "X-Checker-Client"
_LONGEST_NAME = 64

_Result = TypeVar("_Result")


class ClientGoneError(Exception):
    """Nobody waits for the answer any more."""


def client_of(request: Request) -> str:
    """A client's key: its address, with the name that it gives itself, so that two tabs are two clients."""
    address = request.client.host if request.client else "local"
    return f"{address} {request.headers.get(CLIENT_HEADER, '')[:_LONGEST_NAME]}"


async def unless_gone(receive: Receive, work: Coroutine[Any, Any, _Result]) -> _Result:
    """The result of `work`, which is cancelled where the client goes away; raises ClientGoneError then.

    The request's body has to be read before.
    """
    working = asyncio.create_task(work)
    watching = asyncio.create_task(_until_gone(receive))
    try:
        await asyncio.wait({working, watching}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise ClientGoneError
    finally:
        for task in (working, watching):
            task.cancel()
        await asyncio.gather(working, watching, return_exceptions=True)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
