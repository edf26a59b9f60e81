"""Stopping the server: what waits and what runs gets an answer, and nobody a traceback."""

import logging
import threading
import time

import httpx
from scripted_desk import ARTICLE, ScriptedModel, make_desk

from checker.editor.fair_queue import FairQueue
from checker.editor.serve_settings import ServeSettings
from checker.editor.serving import Server, address, listen


def test_everybody_gets_an_answer(caplog):
    model = ScriptedModel()
    model.gate.clear()
    settings = ServeSettings(port=0, stop_seconds=1)
    desk = make_desk(model, queue=FairQueue(workers=1))
    listening = listen(settings)
    server = Server(desk, settings)
    serving = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    serving.start()
    answers = []

    def ask():
        answers.append(httpx.post(f"{address(settings, listening)}api/v1/check", json={"text": ARTICLE}, timeout=60))

    asking = [threading.Thread(target=ask) for _ in range(3)]
    with caplog.at_level(logging.ERROR):
        for thread in asking:
            thread.start()
        model.entered.acquire()
        while desk.queue.waiting < 2:
            time.sleep(0.005)
        server.should_exit = True
        for thread in asking:
            thread.join(60)
    model.gate.set()
    serving.join(60)
    listening.close()
    assert [answer.status_code for answer in answers] == [503] * 3
    assert all("stopping" in answer.json()["error"] for answer in answers)
    assert all(int(answer.headers["retry-after"]) > 0 for answer in answers)
    assert [record for record in caplog.records if record.exc_info] == []
