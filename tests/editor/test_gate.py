"""Who may ask, and how much at once."""

import pytest

from checker.editor.gate import COOKIE
from checker.editor.serve_settings import ServeSettings
from checker.errors import UsageError

CHECK = "/api/v1/check"
TOKEN = "a token of some length"  # noqa: S105 - of a test


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "localhost:8017"}, 200),
        ({"host": "LOCALHOST"}, 200),
        ({"host": "[::1]:8017"}, 200),
        ({"host": "evil.example:8017"}, 421),
        ({"host": "127.0.0.1.evil.example"}, 421),
        ({"host": ""}, 421),
        ({"origin": "http://127.0.0.1:8017"}, 200),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "moz-extension://8a4f"}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
)
def test_strangers_are_refused(client, headers, status):
    answer = client.post(CHECK, json={"text": "A text."}, headers=headers)
    assert answer.status_code == status
    assert status == 200 or answer.json()["error"]


def test_a_page_cannot_send_a_form(client):
    answer = client.post(CHECK, content='{"text": "A text."}', headers={"content-type": "text/plain"})
    assert answer.status_code == 422


def test_every_answer_forbids_inline_scripts_and_other_servers(client):
    for path in ("/", "/static/desk.js", "/api/v1/health", "/nowhere"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert headers["x-content-type-options"] == "nosniff"
    assert "content-security-policy" in client.get("/", headers={"host": "evil.example"}).headers


@pytest.mark.parametrize(("host", "token"), [("0.0.0.0", None), ("192.0.2.7", None), ("desk.example", None)])  # noqa: S104
def test_no_other_host_without_a_token(host, token):
    with pytest.raises(UsageError, match="token"):
        ServeSettings(host=host, token=token)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_this_machine_needs_no_token(host):
    assert ServeSettings(host=host).token is None


def test_a_short_token_is_none():
    with pytest.raises(UsageError, match="shorter"):
        ServeSettings(token="short")  # noqa: S106 - of a test


def test_the_token_is_asked_for(connect):
    client = connect(token=TOKEN)
    assert client.post(CHECK, json={"text": "A text."}).status_code == 401
    assert client.post(CHECK, json={"text": "A."}, headers={"authorization": "Bearer wrong"}).status_code == 401
    assert client.post(CHECK, json={"text": "A."}, headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client.get("/api/v1/health").status_code == 200
    assert client.get("/api/v1/openapi.json").status_code == 401


def test_login_gives_a_cookie_that_does_not_tell_the_token(connect):
    client = connect(token=TOKEN)
    page = client.get("/", headers={"accept": "text/html"}, follow_redirects=False)
    assert (page.status_code, page.headers["location"]) == (303, "/login")
    assert client.post("/login", data={"token": "wrong"}).status_code == 403
    done = client.post("/login", data={"token": TOKEN}, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, "/")
    cookie = done.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert TOKEN not in cookie
    assert client.cookies[COOKIE]
    assert client.get("/").status_code == 200
    assert client.post(CHECK, json={"text": "A text."}).status_code == 200


def test_large_bodies_are_refused(connect):
    client = connect(largest_body=1_000)
    assert client.post(CHECK, json={"text": "x" * 2_000}).status_code == 413
    chunks = (b"x" * 300 for _ in range(10))
    assert client.post(CHECK, content=chunks, headers={"content-type": "application/json"}).status_code == 413
    assert client.post(CHECK, json={"text": "A text."}).status_code == 200


def test_all_bodies_together_are_bounded(connect):
    client = connect(most_bodies=100)
    answer = client.post(CHECK, json={"text": "x" * 200})
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    for _ in range(5):  # what was refused or answered holds nothing
        assert client.post(CHECK, json={"text": "A text."}).status_code == 200
