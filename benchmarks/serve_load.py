"""Many clients at once against `checker serve`: how long they wait, how much memory it takes, and what is refused.

    python benchmarks/serve_load.py                   # 200 clients, checker-mini-en: some 9 minutes on two idle cores
    python benchmarks/serve_load.py --clients 4       # the same, small
    python benchmarks/serve_load.py --model scripted  # the server alone: a model that answers at once

Each client sends an article of its own, of `--words` words, and keeps its connection until it has the report. Clients
who are told to come again do so after Retry-After; the first `--leaving` of them go away after five seconds, and their
work has to be given up. With a real model the server is the program that people start, a process of its own, whose
memory and processor time are told; `scripted` runs within this process. After `--limit` seconds what is not done is
counted and left. Whatever went wrong, not done clients and work that nobody waits for included, makes the exit code 1.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import os
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import numpy as np
from numpy.typing import NDArray

from checker.editor.desk import Desk
from checker.editor.fair_queue import FairQueue
from checker.editor.serve_settings import ServeSettings
from checker.editor.serving import Server, address, listen
from checker.nli import Pair, Prediction
from checker.pipeline import Checker
from checker.settings import Settings

WORDS = (
    *("harbour", "ship", "captain", "council", "minister", "blockade", "port", "agency", "sailor", "cargo", "meeting"),
    *("company", "letter", "report", "storm", "engineer", "bridge", "market", "price", "court", "lawyer", "village"),
    *("river", "festival", "teacher", "school", "budget", "election", "party", "vote"),
)
SENTENCE = 14  # words
LEAVING_SECONDS = 5.0
NEWS_SECONDS = 30.0
STARTING_SECONDS = 300.0
SCRIPTED = "scripted"
CHECKER = [sys.executable, "-c", "from checker.cli import main; main()"]


class InstantModel:
    """Says at once that nothing is wrong: what is measured is the server, the selection of evidence and the rules."""

    name, weights_hash, backend = "instant", "0" * 16, "none"

    def predict(self, pairs: Sequence[Pair]) -> list[Prediction]:
        """One prediction a pair."""
        return [Prediction(0.1, 0.85, 0.05, 0.03) for _ in pairs]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors that differ by text."""
        numbers = [int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") for text in texts]
        vectors = np.stack([np.random.default_rng(number).standard_normal(32) for number in numbers] or [np.zeros(32)])
        return (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)).astype(np.float32)[
            : len(texts)
        ]


def article(number: int, words: int) -> str:
    """An article that no other client has."""
    random = np.random.default_rng(number)
    chosen = random.choice(WORDS, size=words)
    sentences = (chosen[start : start + SENTENCE] for start in range(0, words, SENTENCE))
    return " ".join(f"The {' '.join(each)} left on day {number}." for each in sentences)


class Outcome:
    """What became of the clients."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.left = 0


async def one_client(client: httpx.AsyncClient, number: int, words: int, outcome: Outcome) -> None:
    """Ask until there is a report."""
    began = time.monotonic()
    request = {"text": article(number, words)}
    while True:
        try:
            answer = await client.post("/api/v1/check", json=request, headers={"X-Checker-Client": f"client {number}"})
        except httpx.HTTPError as error:
            outcome.statuses[type(error).__name__] += 1
            return
        outcome.statuses[str(answer.status_code)] += 1
        if answer.status_code not in (429, 503):
            break
        await asyncio.sleep(float(answer.headers["Retry-After"]))
    outcome.seconds.append(time.monotonic() - began)


async def one_who_leaves(client: httpx.AsyncClient, number: int, words: int, outcome: Outcome) -> None:
    """Ask, and go away before there is an answer."""
    with suppress(TimeoutError):
        await asyncio.wait_for(one_client(client, number, words, outcome), LEAVING_SECONDS)
        return
    outcome.left += 1


async def tell_news(outcome: Outcome, clients: int) -> None:
    """How far it is, now and then."""
    began = time.monotonic()
    while True:
        await asyncio.sleep(NEWS_SECONDS)
        done = len(outcome.seconds) + outcome.left
        sys.stderr.write(f"{time.monotonic() - began:.0f} s: {done} of {clients} clients are done\n")


async def all_clients(url: str, clients: int, words: int, leaving: int, limit: float) -> tuple[Outcome, int]:
    """All of them at once, and how many pieces of work the server still holds when they are gone."""
    outcome = Outcome()
    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(base_url=url, timeout=limit, limits=limits) as client:
        news = asyncio.create_task(tell_news(outcome, clients))
        ask = [one_who_leaves if number < leaving else one_client for number in range(clients)]
        with suppress(TimeoutError):
            await asyncio.wait_for(
                asyncio.gather(*(one(client, number, words, outcome) for number, one in enumerate(ask))), limit
            )
        news.cancel()
    await asyncio.sleep(LEAVING_SECONDS)  # what runs ends at its next question
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        state = (await client.get("/api/v1/health")).json()
    return outcome, state["waiting"] + state["running"]


@contextmanager
def scripted_server(workers: int, waiting: int) -> Iterator[tuple[str, int]]:
    """The server within this process; its URL and the process that it is."""
    settings = ServeSettings(port=0, workers=workers, most_waiting=waiting)
    checker = Checker(Settings(), InstantModel())
    desk = Desk(checker, queue=FairQueue(workers=workers, most_waiting=waiting))
    listening = listen(settings)
    server = Server(desk, settings)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield address(settings, listening), os.getpid()
    server.should_exit = True
    thread.join()


@contextmanager
def real_server(model: str, workers: int) -> Iterator[tuple[str, int]]:
    """`checker serve` as people start it; its URL and its process."""
    asked = ["serve", "--port", "0", "--decisions", "-", "--model", model, "--workers", str(workers)]
    with subprocess.Popen([*CHECKER, *asked], stderr=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own program
        starting = threading.Timer(STARTING_SECONDS, server.kill)
        starting.start()
        told = ""
        for line in server.stderr or ():
            told += line
            if found := re.search(r"open (http\S+) in a browser", line):
                break
        starting.cancel()
        if not found:
            raise SystemExit(f"the server did not start: {told.strip()}")
        try:
            yield found[1], server.pid
        finally:
            server.send_signal(signal.SIGINT)


def processor_seconds(process: int) -> float:
    """Seconds that the process has had, in its own code and in the kernel (proc(5), /proc/pid/stat, 14 and 15)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def most_memory(process: int) -> float:
    """Most resident memory so far, MB."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) / 1024 if found else float("nan")


def main() -> int:
    """Run and print one line of figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--model", default="checker-mini-en", help=f"a model of `checker models`, or {SCRIPTED}")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--waiting", type=int, default=ServeSettings().most_waiting, help=f"with {SCRIPTED} alone")
    parser.add_argument("--leaving", type=int, default=0, help="clients who go away before they have an answer")
    parser.add_argument("--limit", type=float, default=1_800, help="seconds for all of it, the start not included")
    given = parser.parse_args()

    is_scripted = given.model == SCRIPTED
    started = scripted_server(given.workers, given.waiting) if is_scripted else real_server(given.model, given.workers)
    with started as (url, process):
        before, memory = processor_seconds(process), most_memory(process)
        began = time.monotonic()
        outcome, held = asyncio.run(all_clients(url, given.clients, given.words, given.leaving, given.limit))
        seconds = time.monotonic() - began - LEAVING_SECONDS
        processor, most = processor_seconds(process) - before, most_memory(process)

    waits = sorted(outcome.seconds) or [float("nan")]
    late = waits[int(0.95 * (len(waits) - 1))]
    undone = given.clients - len(outcome.seconds) - outcome.left
    sys.stdout.write(
        f"{given.clients} clients, {given.words} words each, {given.workers} workers, model {given.model}: "
        f"{seconds:.1f} s in all, {processor:.1f} s of processor time; "
        f"a client waited {statistics.median(waits):.1f} s (median), {late:.1f} s (p95), {waits[-1]:.1f} s (longest); "
        f"answers {dict(sorted(outcome.statuses.items()))}; {outcome.left} left, {undone} not done, {held} still held; "
        f"most memory {most:.0f} MB, {memory:.0f} MB before\n"
    )
    return 0 if set(outcome.statuses) <= {"200", "429", "503"} and not undone and not held else 1


if __name__ == "__main__":
    sys.exit(main())
