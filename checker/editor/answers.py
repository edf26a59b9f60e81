"""How answers look: JSON as `checker.report.json` writes it, and one shape for everything that goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from checker.editor.connection import ClientGoneError
from checker.editor.fair_queue import BusyError, StoppedError, TooLongError
from checker.editor.shapes import Problem
from checker.errors import CheckerError, FactFileError, ModelError, UnreadableFileError, UsageError
from checker.report.json import dumps

log = logging.getLogger(__name__)

_GONE = 499  # nobody reads it; it is for the log
_SOON = 5  # seconds
# How pydantic calls the two shapes that a fact may have, and what is of neither.
_MEMBERS = frozenset({"FactShape", "constrained-str"})
_NO_OBJECT = "model_attributes_type"

# What every route may answer besides its result, for the API's description.
PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "The body is not what it is said to be."},
    401: {"model": Problem, "description": "The server's token is missing or wrong."},
    403: {"model": Problem, "description": "The request comes from a page of another site."},
    408: {"model": Problem, "description": "The body came too slowly."},
    413: {"model": Problem, "description": "The body is too large."},
    415: {"model": Problem, "description": "The body is a form; send the file itself."},
    421: {"model": Problem, "description": "The server is not called by this name."},
    422: {"model": Problem, "description": "Something in the request is wrong; `error` says what."},
    429: {"model": Problem, "description": "You have too much waiting; come back after Retry-After seconds."},
    500: {"model": Problem, "description": "The server cannot check: its model is missing, or it failed."},
    503: {"model": Problem, "description": "The server is full or stopping; come back after Retry-After seconds."},
}


class Failure(NamedTuple):
    """What a client is told of an error; `retry_after` in seconds where it is worth asking again."""

    status: int
    error: str
    retry_after: int | None = None


def failure_of(error: Exception) -> Failure:
    """Status and line for an error; one that is this program's own mistake is logged."""
    match error:
        case BusyError():
            return Failure(429 if error.own else 503, str(error), error.retry_after)
        case TooLongError() | StoppedError():
            return Failure(503, str(error), _SOON)
        case UsageError() | UnreadableFileError() | FactFileError():
            return Failure(422, str(error))
        case ModelError() | CheckerError():
            return Failure(500, str(error))
        case ClientGoneError():
            return Failure(_GONE, "the client went away")
    log.error("internal error: %s: %s", type(error).__name__, error, exc_info=log.isEnabledFor(logging.DEBUG))
    return Failure(500, f"internal error: {type(error).__name__}; the server's log says more")


def json_answer(value: object, status: int = 200) -> Response:
    """`value` as JSON, readable UTF-8."""
    return Response(dumps(value, indent=None), status, media_type="application/json")


def problem_answer(failure: Failure) -> Response:
    """The failure as an answer, with Retry-After where it is known."""
    answer = json_answer({"error": failure.error}, failure.status)
    if failure.retry_after is not None:
        answer.headers["Retry-After"] = str(failure.retry_after)
    return answer


def answer_errors(app: FastAPI) -> None:
    """Let every error of a route become one line in one shape."""
    app.add_exception_handler(CheckerError, _handler(failure_of))
    app.add_exception_handler(ClientGoneError, _handler(failure_of))
    app.add_exception_handler(RequestValidationError, _handler(_invalid))
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _handler(failure_of))


def _handler(told: Callable[[Exception], Failure]) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handle(_: Request, error: Exception) -> Response:
        return problem_answer(told(error))

    return handle


def _invalid(error: Exception) -> Failure:
    """The first thing that is wrong in a request, with its place: "facts[0].text: Field required"."""
    problems = error.errors() if isinstance(error, RequestValidationError) else []
    first = problems[0] if problems else {"loc": (), "msg": str(error), "type": ""}
    place = ""
    for step in first["loc"][1:]:
        if step not in _MEMBERS:
            place += f"[{step}]" if isinstance(step, int) else f".{step}"
    if len(first["loc"]) == 1 or first["type"] == "json_invalid":
        return Failure(422, f"the request: {_no_object(first)}")
    if first["type"] == _NO_OBJECT and first["loc"][-1] in _MEMBERS:
        return Failure(422, f"{place.lstrip('.')}: must be a text that is not empty, or an object with 'text'")
    message = " ".join(str(first["msg"]).split())
    return Failure(422, f"{place.lstrip('.') or 'the request'}: {message}")


def _no_object(problem: Mapping[str, Any]) -> str:
    """Why a body is no JSON object, and what to send."""
    if problem["type"] == "json_invalid":
        said = problem.get("ctx", {}).get("error", "no JSON")
        return f"the body is not valid JSON at character {problem['loc'][-1]} ({said}); correct it there"
    if problem["type"] == "missing":
        return "the body is empty; send a JSON object, with the header Content-Type: application/json"
    if isinstance(problem.get("input"), bytes):  # nothing was tried to read it as JSON
        return "the body was not read as JSON; send a JSON object with the header Content-Type: application/json"
    return "the body is JSON, but no object; send {…} with the fields that the description names"


async def _http_error(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else "the request failed"
    answer = json_answer({"error": detail}, status)
    for name, value in (getattr(error, "headers", None) or {}).items():
        answer.headers[name] = value
    return answer
