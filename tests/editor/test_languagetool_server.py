"""LanguageTool's own clients, and what they rely on, against the running server."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from scripted_desk import FACTS, ScriptedModel, make_desk

from checker import Checker, Fact, Settings
from checker.decisions import DecisionKind, DecisionStore
from checker.editor.app import make_app
from checker.editor.desk import Desk
from checker.editor.serve_settings import ServeSettings

TEXT = "😀 Envoys praised the lawful seizure of the ship. Sailors left the ship on Monday."
TOKEN = "a token of many characters"  # noqa: S105 - of these tests alone


@contextmanager
def running(desk: Desk, **options: object) -> Iterator[str]:
    """The server on some port of this machine; the value is its URL."""
    server = uvicorn.Server(
        uvicorn.Config(make_app(desk, ServeSettings(**options)), port=0, log_level="error", ws="none")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def ruling_desk(decisions: DecisionStore | None = None) -> Desk:
    return make_desk(facts=[Fact("ruling", FACTS[0], origin="rulings.txt:7")], decisions=decisions)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(ruling_desk(), longest_text=2_000) as base:
        yield base


def checked(url: str, text: str = TEXT, **fields: str) -> dict:
    answer = httpx.post(f"{url}/v2/check", data={"text": text, "language": "en-US", **fields})
    assert answer.status_code == 200, answer.text
    return answer.json()


def found(answer: dict, text: str = TEXT) -> list[str]:
    units = text.encode("utf-16-le")
    return [
        units[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le") for one in answer["matches"]
    ]


def test_a_client_library_finds_and_corrects(url):
    library = pytest.importorskip("language_tool_python")
    tool = library.LanguageTool("en-US", remote_server=url)
    (match,) = tool.check(TEXT)
    assert TEXT[match.offset : match.offset + match.error_length] == "lawful"
    assert match.rule_id == "CHECKER_POLARITY"
    assert "Reference fact, rulings.txt:7" in match.message
    assert tool.correct(TEXT) == TEXT.replace("lawful", match.replacements[0])
    tool.disabled_rules.add("CHECKER_POLARITY")
    assert tool.check(TEXT) == []
    tool.close()


def test_get_post_and_markup_give_the_same_words(url):
    assert found(checked(url)) == ["lawful"]
    by_get = httpx.get(f"{url}/v2/check", params={"text": TEXT, "language": "auto", "preferredVariants": "en-GB"})
    assert found(by_get.json()) == ["lawful"]
    assert by_get.json()["language"]["code"] == "en-GB"
    parts = [{"markup": "<p>😀"}, {"text": TEXT[:25]}, {"markup": "<b>"}, {"text": TEXT[25:]}]
    marked = "".join(part.get("text", part.get("markup")) for part in parts)
    answer = httpx.post(f"{url}/v2/check", data={"data": json.dumps({"annotation": parts}), "language": "auto"})
    (word,) = found(answer.json(), marked)
    assert word.replace("<b>", "") == "lawful"


def test_a_body_that_is_not_encoded_is_read(url):
    """LibreOffice 7.4: a form by its header, but the text as it is."""
    text = f"100% & more. {TEXT}"
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = httpx.post(f"{url}/v2/check", content=f"text={text}&language=en-US".encode(), headers=headers)
    assert found(answer.json(), text) == ["lawful"]
    json_by_header = {"Content-Type": "application/json"}  # LTeX says so and sends a form
    answer = httpx.post(f"{url}/v2/check", content=b"language=en-US&text=Hello+there", headers=json_by_header)
    assert answer.status_code == 200


def test_what_cannot_be_checked_is_told(url):
    german = "Die Gesandten lobten die rechtmäßige Beschlagnahme des Schiffes durch die Behörden des Landes."
    answer = checked(url, german, language="auto")
    assert answer["matches"] == []
    assert "German" in answer["warnings"]["incompleteResultsReason"]
    assert checked(url, " \n")["warnings"] == {"incompleteResults": False}


def test_a_text_that_is_surely_not_english_is_told_whatever_the_client_says(url):
    german = "Die Gesandten lobten die rechtmäßige Beschlagnahme des Schiffes durch die Behörden des Landes."
    answer = checked(url, german, language="en-US")
    assert answer["matches"] == []
    assert answer["warnings"]["incompleteResults"] is True
    assert "German" in answer["warnings"]["incompleteResultsReason"]
    assert (answer["language"]["code"], answer["language"]["detectedLanguage"]["code"]) == ("en-US", "de")


@pytest.mark.parametrize(
    ("method", "path", "fields", "status", "said"),
    [
        ("POST", "check", {"language": "en-US"}, 400, "Error: Missing 'text' or 'data' parameter"),
        ("POST", "check", {"text": "a", "language": "de-DE"}, 400, "Error: 'de-DE' is not a language code"),
        ("POST", "check", {"text": "a b " * 600, "language": "en"}, 413, "Error: Your text exceeds the limit of 2000"),
        ("GET", "nonsense", {}, 404, "Error: Unsupported action: 'nonsense'"),
        ("POST", "words/add", {"word": "a"}, 403, "Error: This server checks no spelling"),
        ("GET", "configinfo", {}, 400, "Error: 'language' parameter missing"),
    ],
)
def test_errors_are_lines_with_languagetool_s_status(url, method, path, fields, status, said):
    asked = {"params": fields} if method == "GET" else {"data": fields}
    answer = httpx.request(method, f"{url}/v2/{path}", **asked)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert answer.text.startswith(said)


def test_the_small_routes(url):
    get = {
        path: httpx.get(f"{url}/v2/{path}") for path in ("languages", "info", "maxtextlength", "healthcheck", "words")
    }
    assert {"name": "English (US)", "code": "en", "longCode": "en-US"} in get["languages"].json()
    assert get["info"].json()["software"]["name"] == "checker"
    assert (get["maxtextlength"].text, get["healthcheck"].text) == ("2000", "OK")
    assert get["words"].json() == {"words": []}
    assert httpx.get(f"{url}/v2/configinfo", params={"language": "en"}).json()["parameter"]["maxTextLength"] == 2_000


def test_add_ons_may_ask_and_pages_may_not(url):
    data = {"text": TEXT, "language": "en-US"}
    add_on = httpx.post(f"{url}/v2/check", data=data, headers={"Origin": "moz-extension://8f1d"})
    assert add_on.headers["access-control-allow-origin"] == "moz-extension://8f1d"
    assert found(add_on.json()) == ["lawful"]
    before = httpx.options(f"{url}/v2/check", headers={"Origin": "chrome-extension://abc"})
    assert (before.status_code, before.headers["access-control-allow-origin"]) == (204, "chrome-extension://abc")
    page = httpx.post(f"{url}/v2/check", data=data, headers={"Origin": "https://news.example"})
    assert page.status_code == 403
    assert "access-control-allow-origin" not in page.headers


def test_the_token_is_the_api_key():
    with running(ruling_desk(), token=TOKEN) as url:
        asked = {"text": TEXT, "language": "en-US"}
        assert httpx.post(f"{url}/v2/check", data=asked).status_code == 403
        assert httpx.post(f"{url}/v2/check", data={**asked, "apiKey": "another"}).status_code == 403
        assert found(checked(url, username="ada", apiKey=TOKEN)) == ["lawful"]
        bearer = {"Authorization": f"Bearer {TOKEN}"}
        assert httpx.post(f"{url}/v2/check", data=asked, headers=bearer).status_code == 200
        assert httpx.get(f"{url}/v2/healthcheck").status_code == 200
        assert httpx.get(f"{url}/v2/languages").status_code == 403


def test_what_was_dismissed_is_not_told_again(tmp_path):
    with DecisionStore.open(tmp_path / "n.decisions") as store:
        desk = ruling_desk(store)
        with running(desk) as url:
            assert found(checked(url)) == ["lawful"]
            report = Checker(Settings(), ScriptedModel()).check(TEXT, facts=[FACTS[0]])
            store.decide(report, report.findings[0], DecisionKind.NOT_AN_ERROR)
            assert found(checked(url)) == []
