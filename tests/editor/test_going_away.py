"""A client that goes away: the work for it ends, and makes room."""

import asyncio
import json

import pytest
from scripted_desk import ARTICLE, FACTS, ScriptedModel, make_desk

from checker.editor.app import make_app
from checker.editor.serve_settings import ServeSettings

TEXT = "\n\n".join([ARTICLE, *(f"Port number {number} stayed shut on Monday." for number in range(200))])


class Client:
    """One ASGI request that ends when `leave` is called."""

    def __init__(self, path):
        self.scope = {
            "type": "http",
            "method": "POST",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(b"host", b"127.0.0.1:8017"), (b"content-type", b"application/json")],
            "client": ("127.0.0.1", 5),
            "server": ("127.0.0.1", 8017),
            "scheme": "http",
            "http_version": "1.1",
        }
        self.sent = []
        self.gone = asyncio.Event()
        self.asked = False

    async def receive(self):
        if not self.asked:
            self.asked = True
            return {"type": "http.request", "body": json.dumps({"text": TEXT, "facts": FACTS}).encode()}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.sent.append(message)


async def go_away(path):
    """How many pairs the model was asked after the client had gone, of how many in all; and what is left to do."""
    model = ScriptedModel()
    desk = make_desk(model)
    model.gate.clear()
    client = Client(path)
    request = asyncio.create_task(make_app(desk, ServeSettings())(client.scope, client.receive, client.send))
    await asyncio.to_thread(model.entered.acquire)
    client.gone.set()
    await request
    model.gate.set()
    while desk.queue.running:
        await asyncio.sleep(0.005)
    desk.queue.close()
    return model.asked, desk.queue.waiting


@pytest.mark.parametrize("path", ["/api/v1/check", "/api/v1/check/stream"])
def test_the_work_ends(path):
    asked, waiting = asyncio.run(go_away(path))
    assert asked <= 80  # one group of pairs, of more than a thousand
    assert waiting == 0
