"""The server as one ASGI application: the gate around the routes of the API, the page and the LanguageTool API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.types import ASGIApp

from checker.editor.answers import answer_errors
from checker.editor.api import PREFIX, api_routes
from checker.editor.desk import Desk
from checker.editor.gate import Gate
from checker.editor.languagetool.routes import languagetool_routes
from checker.editor.page import page_routes
from checker.editor.serve_settings import ServeSettings
from checker.version import __version__

DESCRIPTION = (
    "Finds what machine translation got wrong in news copy. Offsets count Unicode code points. "
    "Where the server has a token, send it as `Authorization: Bearer …`."
)


def make_app(desk: Desk, settings: ServeSettings) -> ASGIApp:
    """The application for `desk`; a module of other routes is added here, with `inner.include_router`."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        desk.queue.close()

    inner = FastAPI(
        title="checker",
        version=__version__,
        description=DESCRIPTION,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,  # the usual pages fetch scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    answer_errors(inner)
    inner.include_router(api_routes(desk, settings))
    inner.include_router(languagetool_routes(desk, settings))
    inner.include_router(page_routes(desk, settings))
    return Gate(inner, settings)
