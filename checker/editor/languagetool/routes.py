"""The routes under `/v2`: LanguageTool's paths, forms, statuses and error texts, on the desk's queue.

Where the server has a token, clients give it as their API key, the one secret that all of them have a field for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from checker.document import foreign_language, identify_language, make_document
from checker.editor.answers import failure_of, json_answer
from checker.editor.connection import client_of, unless_gone
from checker.editor.desk import Desk, Order
from checker.editor.gate import is_same_secret
from checker.editor.languagetool.answer import answer_of, empty_answer, software, unchecked_answer
from checker.editor.languagetool.languages import language_name, languages
from checker.editor.languagetool.request import BadRequestError, CheckQuestion, read_form, read_question
from checker.editor.serve_settings import ServeSettings

PREFIX = "/v2"
Answer = Callable[[Mapping[str, str], Request], Awaitable[Response]]


class _RefusedError(Exception):
    """The request ends here with this status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def languagetool_routes(desk: Desk, settings: ServeSettings) -> APIRouter:
    """All routes. They are not in our API's description: LanguageTool describes them."""
    router = APIRouter(prefix=PREFIX, include_in_schema=False)

    def add(path: str, answer: Answer, *methods: str) -> None:
        router.add_api_route(path, _answering(answer, settings), methods=list(methods), response_model=None)

    async def check(fields: Mapping[str, str], request: Request) -> Response:
        question = read_question(fields)
        _refuse_long(question, settings.longest_text)
        return json_answer(await _checked(question, desk, request))

    async def name_languages(_: Mapping[str, str], __: Request) -> Response:
        return json_answer(languages())

    async def name_software(_: Mapping[str, str], __: Request) -> Response:
        return json_answer({"software": software()})

    async def longest_text(_: Mapping[str, str], __: Request) -> Response:
        return PlainTextResponse(str(settings.longest_text))

    async def config_info(fields: Mapping[str, str], _: Request) -> Response:
        if "language" not in fields:
            raise BadRequestError("'language' parameter missing")
        return json_answer({"software": software(), "parameter": {"maxTextLength": settings.longest_text}, "rules": []})

    async def list_words(_: Mapping[str, str], __: Request) -> Response:
        return json_answer({"words": []})

    async def refuse_words(_: Mapping[str, str], __: Request) -> Response:
        raise _RefusedError(403, "This server checks no spelling and keeps no words; dismiss an alert on its page")

    add("/check", check, "GET", "POST")
    add("/languages", name_languages, "GET")
    add("/info", name_software, "GET")
    add("/maxtextlength", longest_text, "GET")
    add("/configinfo", config_info, "GET")
    add("/words", list_words, "GET")
    add("/words/add", refuse_words, "POST")
    add("/words/delete", refuse_words, "POST")
    _add_open_routes(router)
    return router


def _add_open_routes(router: APIRouter) -> None:
    """What is answered without a token."""

    @router.get("/healthcheck")
    async def health() -> Response:
        return PlainTextResponse("OK")

    @router.options("/{path:path}")
    async def before_a_request_of_an_add_on() -> Response:
        allowed = {"Access-Control-Allow-Methods": "GET, POST, OPTIONS", "Access-Control-Allow-Private-Network": "true"}
        return Response(status_code=204, headers=allowed)

    @router.api_route("/{path:path}", methods=["GET", "POST"])
    async def unknown(path: str) -> Response:
        return _error(404, f"Unsupported action: '{path}'. Please see https://languagetool.org/http-api/")


def _answering(answer: Answer, settings: ServeSettings) -> Callable[[Request], Awaitable[Response]]:
    """A route that reads the form, asks for the token, and says in LanguageTool's way what goes wrong."""

    async def handle(request: Request) -> Response:
        try:
            fields = read_form(await request.body(), request.url.query)
            _ask_for_token(fields, request, settings.token)
            return await answer(fields, request)
        except BadRequestError as error:
            return _error(400, str(error))
        except _RefusedError as refused:
            return _error(refused.status, str(refused))
        except Exception as error:  # every client reads statuses, and shows the line at most
            failure = failure_of(error)
            return _error(failure.status, failure.error, failure.retry_after)

    return handle


def _ask_for_token(fields: Mapping[str, str], request: Request, token: str | None) -> None:
    if token is None:
        return
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    if not any(is_same_secret(given, token) for given in (fields.get("apiKey", ""), bearer)):
        raise _RefusedError(403, "Give the server's token as your API key, with any user name")


def _refuse_long(question: CheckQuestion, longest: int) -> None:
    length = len(question.marked.text)
    if max(length, len(question.marked.marked) // 4) > longest:
        raise _RefusedError(
            413,
            f"Your text exceeds the limit of {longest} characters (it's {length} characters). "
            "Please submit a shorter text.",
        )


async def _checked(question: CheckQuestion, desk: Desk, request: Request) -> object:
    text = question.marked.text
    if not any(character.isalnum() for character in text):
        return empty_answer(question)
    if question.language is None:
        identified: str = await asyncio.to_thread(identify_language, text)
        spoken = answered = question.language_read(desk.settings.language or identified)
    else:  # what the client says is believed unless the text is surely in another language
        foreign: str | None = await asyncio.to_thread(foreign_language, text)
        spoken, answered = foreign or "en", "en"
    if spoken != "en":
        reason = f"The text reads as {language_name(spoken)}; only English articles are checked"
        return unchecked_answer(question, answered, reason)
    document = await asyncio.to_thread(make_document, text, language=spoken)
    report = await unless_gone(request.receive, desk.answer(client_of(request), Order(document=document)))
    return answer_of(report, question)


def _error(status: int, message: str, retry_after: int | None = None) -> Response:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return PlainTextResponse(f"Error: {message}", status, headers)
