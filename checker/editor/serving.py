"""Runs the application with uvicorn, and stops it so that nothing that is half done is lost without a word."""

from __future__ import annotations

import asyncio
import socket

import uvicorn

from checker.editor.app import make_app
from checker.editor.desk import Desk
from checker.editor.serve_settings import ServeSettings
from checker.errors import UsageError

_KEEP_ALIVE_SECONDS = 15
_MOST_CONNECTIONS = 1_024
_GRACE_SHARE = 0.6  # of the time to stop is given to checks that run


class Server(uvicorn.Server):
    """Tells those who wait in the queue that the server stops, before it waits for what still runs."""

    def __init__(self, desk: Desk, settings: ServeSettings) -> None:
        super().__init__(_config(desk, settings))
        self._desk = desk
        self._grace = settings.stop_seconds * _GRACE_SHARE

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: see the class."""
        queue = self._desk.queue
        queue.refuse_waiting()
        asyncio.get_running_loop().call_later(self._grace, queue.stop_running)  # still in time for an answer
        await super().shutdown(sockets)


def _config(desk: Desk, settings: ServeSettings) -> uvicorn.Config:
    return uvicorn.Config(
        make_app(desk, settings),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        backlog=_MOST_CONNECTIONS,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=settings.stop_seconds,
    )


def listen(settings: ServeSettings) -> socket.socket:
    """A socket that listens where the settings say. Raises UsageError where that is not possible."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host.strip("[]"), settings.port))
    except OSError as error:
        listening.close()
        raise UsageError(
            f"cannot listen on {settings.host}, port {settings.port} ({error.strerror}); give another --port or --host"
        ) from error
    return listening


def serve(desk: Desk, settings: ServeSettings, listening: socket.socket) -> None:
    """Answer until the process is told to stop (SIGINT, SIGTERM); then finish what runs, for `stop_seconds` at most."""
    Server(desk, settings).run(sockets=[listening])


def address(settings: ServeSettings, listening: socket.socket) -> str:
    """The URL under which the server is reached."""
    host = f"[{settings.host}]" if ":" in settings.host and not settings.host.startswith("[") else settings.host
    return f"http://{host}:{listening.getsockname()[1]}/"
