"""Who may ask at all, and how much at once: in front of every route, whoever wrote it.

- A page of another site must not use the server through an editor's browser: the Host header has to be a name of this
  server (DNS rebinding), and what changes or reads anything must not come from another origin (CSRF). Only paths under
  OPEN_TO_ADD_ONS answer add-ons of browsers and desktop programs, whose origins (`moz-extension:`, `app:`) no page can
  take.
- Where there is a token, it is asked for, as `Authorization: Bearer …` or as the cookie that the page's login sets.
  Paths under OWN_TOKEN ask for it themselves, because their clients have another place for it.
- A body is read here, whole, within its size and time and within the bytes that all bodies together may take.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Mapping, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from checker.editor.serve_settings import ServeSettings

log = logging.getLogger(__name__)

COOKIE = "checker_session"
LOGIN = "/login"
# Open without a token: the login, what it looks like, and whether the server is there.
WITHOUT_TOKEN = (LOGIN, "/static/", "/api/v1/health")
OWN_TOKEN = ("/v2/",)
OPEN_TO_ADD_ONS = ("/v2/",)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FULL_SECONDS = 5  # until there is room for another body, as a rule

SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Refusal(Exception):  # noqa: N818 - an answer, not a fault of the program
    """The request ends here, with this answer."""

    def __init__(self, status: int, error: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(error)
        self.response: Response = JSONResponse({"error": error}, status, headers)


class Gate:
    """ASGI middleware; see the module. Wraps the whole app, so that nothing is reached around it."""

    def __init__(self, app: ASGIApp, settings: ServeSettings) -> None:
        self._app = app
        self._settings = settings
        self._hosts = _host_names(settings)
        self._bytes = 0  # of bodies that are held now; only the event loop's thread changes it

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return  # there are no websockets here, and the server answers 403 by itself
        headers = Headers(scope=scope)
        guarded = _GuardedSend(send, scope["path"], _add_on_origin(scope["path"], headers))
        held = 0
        try:
            self._refuse_strangers(scope, headers)
            body = await self._read(scope, headers, receive)
            held = len(body)
            await self._app(scope, _replay(body, receive), guarded)
        except Refusal as refusal:
            await refusal.response(scope, receive, guarded)
        except asyncio.CancelledError:  # the server stops, and has waited for this long enough
            if not guarded.started:
                stopping = Refusal(503, "the server is stopping; ask again later", {"Retry-After": "30"})
                await stopping.response(scope, receive, guarded)
        except Exception as error:  # answered and logged by now; the framework raises it once more for the server
            log.debug("raised again after its answer", exc_info=error)
        finally:
            self._bytes -= held

    def _refuse_strangers(self, scope: Scope, headers: Headers) -> None:
        host = _name(headers.get("host", ""))
        if host not in self._hosts:
            raise Refusal(421, f"this server is not called {host!r}; start it with --allow-host NAME for that name")
        path, origin = scope["path"], headers.get("origin")
        if origin is not None and not _is_same(origin, headers) and not _add_on_origin(path, headers):
            raise Refusal(403, "requests from other sites are refused")
        foreign = headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
        if origin is None and foreign and scope["method"] not in _SAFE:
            raise Refusal(403, "requests from other sites are refused")
        if self._settings.token is not None and not path.startswith((*WITHOUT_TOKEN, *OWN_TOKEN)):
            self._ask_for_token(self._settings.token, path, headers)

    def _ask_for_token(self, token: str, path: str, headers: Headers) -> None:
        given = headers.get("authorization", "")
        if is_same_secret(given.removeprefix("Bearer ").strip(), token):
            return
        if is_same_secret(_cookie(headers), session_of(token)):
            return
        refusal = Refusal(
            401, "give the server's token as `Authorization: Bearer …`", {"WWW-Authenticate": 'Bearer realm="checker"'}
        )
        if path == "/" and "text/html" in headers.get("accept", ""):
            refusal.response = RedirectResponse(LOGIN, 303)
        raise refusal

    async def _read(self, scope: Scope, headers: Headers, receive: Receive) -> bytes:
        """The whole body. Its bytes count until the answer is given; on a refusal they are given back at once."""
        if scope["method"] in _SAFE:
            return b""
        self._refuse_large(int(length) if (length := headers.get("content-length", "")).isdecimal() else 0)
        read = bytearray()
        try:
            async with asyncio.timeout(self._settings.body_seconds):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise Refusal(400, "the request ended too early")
                    chunk = message.get("body", b"")
                    self._refuse_large(len(read) + len(chunk), new=len(chunk))
                    read += chunk
                    self._bytes += len(chunk)
                    if not message.get("more_body"):
                        return bytes(read)
        except TimeoutError:
            self._bytes -= len(read)
            raise Refusal(408, "the request came too slowly; send it again") from None
        except BaseException:
            self._bytes -= len(read)
            raise

    def _refuse_large(self, size: int, new: int | None = None) -> None:
        largest = self._settings.largest_body
        if size > largest:
            raise Refusal(413, f"the request is larger than {largest // 1000:,} kB; send less text or a smaller file")
        if self._bytes + (size if new is None else new) > self._settings.most_bodies:
            raise Refusal(503, "too much is being read at once; ask again later", {"Retry-After": str(_FULL_SECONDS)})


def session_of(token: str) -> str:
    """What the login's cookie holds: it proves that the token was known, and does not tell it."""
    return hmac.new(token.encode(), b"checker session", hashlib.sha256).hexdigest()


def is_same_secret(given: str, secret: str) -> bool:
    """Whether the two are equal, in a time that does not tell how far they are."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode("utf-8", "replace"))


def _host_names(settings: ServeSettings) -> frozenset[str]:
    own = {"localhost", "127.0.0.1", "[::1]", *map(str.lower, settings.allowed_hosts)}
    bound = settings.host.lower()
    if bound not in ("0.0.0.0", "::", ""):  # noqa: S104 - every address has no name of its own
        own.add(f"[{bound}]" if ":" in bound and not bound.startswith("[") else bound)
    return frozenset(own)


def _name(host: str) -> str:
    """A Host header without its port: "[::1]:80" gives "[::1]"."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[: host.find("]") + 1]
    return host.partition(":")[0]


def _is_same(origin: str, headers: Headers) -> bool:
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and parts.netloc.lower() == headers.get("host", "").lower()


def _add_on_origin(path: str, headers: Headers) -> str | None:
    """The origin where it is an add-on's or a desktop program's and the path answers those."""
    origin = headers.get("origin", "")
    scheme = urlsplit(origin).scheme
    is_program = bool(scheme) and scheme not in ("http", "https", "file", "data", "blob", "ftp")
    return origin if is_program and path.startswith(OPEN_TO_ADD_ONS) else None


def _cookie(headers: Headers) -> str:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


class _GuardedSend:
    """Sends with the headers that every answer has; `started` tells whether an answer has begun."""

    def __init__(self, send: Send, path: str, add_on: str | None) -> None:
        self._send = send
        self._path = path
        self._add_on = add_on
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY_HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if self._add_on else "same-origin")
            headers.setdefault("Cache-Control", "no-cache" if self._path.startswith("/static/") else "no-store")
            if self._add_on:
                headers["Access-Control-Allow-Origin"] = self._add_on
                headers["Access-Control-Allow-Headers"] = "Content-Type, Authorization"
                headers.add_vary_header("Origin")
        await self._send(message)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A receive that gives the body at once; whoever asks again waits for the client to go away."""
    given = False

    async def receive_again() -> MutableMapping[str, Any]:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again
