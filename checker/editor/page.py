"""The page and its files, and the login in front of it where the server has a token."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from jinja2 import Environment, PackageLoader
from starlette.responses import HTMLResponse, RedirectResponse, Response

from checker.editor.desk import Desk
from checker.editor.exports import ExportFormat
from checker.editor.gate import COOKIE, LOGIN, is_same_secret, session_of
from checker.editor.serve_settings import ServeSettings
from checker.editor.shapes import MOST_FACTS
from checker.report.templating import environment
from checker.report.wording import words_as_data
from checker.version import __version__

_LONGEST_LOGIN = 4_096  # bytes
_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
EXPORT_NAMES = {
    ExportFormat.CLEAN: "Clean text",
    ExportFormat.DOCX: "Word file with comments",
    ExportFormat.HTML: "Report as a page",
    ExportFormat.JSON: "Report as JSON",
}


def page_routes(desk: Desk, settings: ServeSettings) -> APIRouter:
    """The page at `/`, what it loads from `/static`, and `/login`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def page() -> Response:
        return _html(
            "desk.html.j2",
            version=__version__,
            model=desk.model,
            keeps_decisions=desk.decisions is not None,
            longest_text=settings.longest_text,
            largest_body=settings.largest_body,
            most_facts=MOST_FACTS,
            most_alerts=desk.settings.max_alerts,
            exports=EXPORT_NAMES,
            words=json.dumps(words_as_data()),
        )

    @router.get("/static/{name}")
    async def static(name: str) -> Response:
        content = static_files().get(name)
        if content is None:
            return Response("there is no such file", 404, media_type="text/plain")
        return Response(content, headers={"Content-Type": _MEDIA_TYPES[name[name.rindex(".") :]]})

    @router.get(LOGIN)
    async def login_page() -> Response:
        return _html("login.html.j2", failed=False)

    @router.post(LOGIN)
    async def log_in(request: Request) -> Response:
        body = (await request.body())[:_LONGEST_LOGIN]
        given = parse_qs(body.decode("utf-8", "replace")).get("token", [""])[0].strip()
        if settings.token is None or not is_same_secret(given, settings.token):
            return _html("login.html.j2", status=403, failed=True)
        answer = RedirectResponse("/", 303)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, session_of(settings.token), httponly=True, samesite="strict", secure=secure)
        return answer

    return router


@cache
def static_files() -> dict[str, bytes]:
    """All files of `static/` by name; nothing else can be asked for."""
    folder = resources.files("checker.editor").joinpath("static")
    return {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.name.endswith(tuple(_MEDIA_TYPES))}


@cache
def _templates() -> Environment:
    """The report's engine, which escapes everything, with this room's templates."""
    return environment().overlay(loader=PackageLoader("checker.editor"))


def _html(template: str, *, status: int = 200, **values: object) -> Response:
    return HTMLResponse(_templates().get_template(template).render(**values), status)
