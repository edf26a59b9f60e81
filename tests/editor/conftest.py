"""A client of the application without a network."""

import pytest

pytest.importorskip("fastapi")

from scripted_desk import ScriptedModel, make_desk
from starlette.testclient import TestClient

from checker.decisions import DecisionStore
from checker.editor.app import make_app
from checker.editor.serve_settings import ServeSettings


@pytest.fixture
def model():
    return ScriptedModel()


@pytest.fixture
def decisions(tmp_path):
    with DecisionStore.open(tmp_path / "decisions.db") as store:
        yield store


@pytest.fixture
def connect(model, decisions):
    """Makes a client; keywords are those of ServeSettings, `desk` replaces the scripted one."""
    clients = []

    def make(*, desk=None, **settings):
        made = desk or make_desk(model, decisions=decisions)
        app = make_app(made, ServeSettings(**settings))
        client = TestClient(app, base_url="http://127.0.0.1:8017", raise_server_exceptions=False)
        client.__enter__()
        clients.append(client)
        return client

    yield make
    model.gate.set()
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def client(connect):
    return connect()
