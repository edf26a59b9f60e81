"""Many clients at once against `checker serve`: how long they wait, how much memory it takes, and what is refused.

    python benchmarks/serve_load.py --clients 200 --model scripted     # the server alone: a model that answers at once
    python benchmarks/serve_load.py --clients 8 --model checker-mini-en

Each client sends an article of its own, of `--words` words, and keeps its connection until it has the report. Clients
who are told to come again do so after Retry-After. Errors other than 503 and 429 make the exit code 1.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import resource
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence

import httpx
import numpy as np
from numpy.typing import NDArray

from checker.editor.desk import Desk
from checker.editor.fair_queue import FairQueue
from checker.editor.serve_settings import ServeSettings
from checker.editor.serving import Server, address, listen
from checker.nli import Pair, Prediction, Predictor
from checker.pipeline import Checker
from checker.settings import Settings

WORDS = (
    *("harbour", "ship", "captain", "council", "minister", "blockade", "port", "agency", "sailor", "cargo", "meeting"),
    *("company", "letter", "report", "storm", "engineer", "bridge", "market", "price", "court", "lawyer", "village"),
    *("river", "festival", "teacher", "school", "budget", "election", "party", "vote"),
)
SENTENCE = 14  # words


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


async def all_clients(url: str, clients: int, words: int) -> Outcome:
    """All of them at once."""
    outcome = Outcome()
    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(base_url=url, timeout=1_800, limits=limits) as client:
        await asyncio.gather(*(one_client(client, number, words, outcome) for number in range(clients)))
    return outcome


def main() -> int:
    """Run and print one line of figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--model", default="scripted", help="scripted, or a model of `checker models`")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--waiting", type=int, default=ServeSettings().most_waiting)
    given = parser.parse_args()

    model: Predictor | None = InstantModel() if given.model == "scripted" else None
    checker = Checker(Settings() if model else Settings(model=given.model), model)
    settings = ServeSettings(port=0, workers=given.workers, most_waiting=given.waiting)
    desk = Desk(checker, queue=FairQueue(workers=given.workers, most_waiting=given.waiting))
    listening = listen(settings)
    server = Server(desk, settings)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    before = resource.getrusage(resource.RUSAGE_SELF)
    began = time.monotonic()
    outcome = asyncio.run(all_clients(address(settings, listening), given.clients, given.words))
    seconds = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_SELF)
    server.should_exit = True
    thread.join()

    waits = sorted(outcome.seconds) or [float("nan")]
    sys.stdout.write(
        f"{given.clients} clients, {given.words} words each, {given.workers} workers, model {given.model}: "
        f"{seconds:.1f} s in all, {after.ru_utime - before.ru_utime:.1f} s of processor time; "
        f"a client waited {statistics.median(waits):.1f} s (median), {waits[-1]:.1f} s (longest); "
        f"answers {dict(sorted(outcome.statuses.items()))}; "
        f"most memory {after.ru_maxrss / 1024:.0f} MB, {before.ru_maxrss / 1024:.0f} MB before\n"
    )
    return 0 if set(outcome.statuses) <= {"200", "429", "503"} and len(outcome.seconds) == given.clients else 1


if __name__ == "__main__":
    sys.exit(main())
