"""What an audit finds, costs and survives: articles with errors in known places, kills at random moments.

    python benchmarks/audit.py quality --data DIR --articles 100      # recall, false alarms, time, memory
    python benchmarks/audit.py quality --data DIR --stories 20000 --keep DIR   # at size; killed, begun again: goes on
    python benchmarks/audit.py so-far --data DIR --stories 20000 --keep DIR    # figures of what it has done by now
    python benchmarks/audit.py kills --articles 600 --kills 20        # kill -9 and --resume, compared byte by byte
    python benchmarks/audit.py flat --articles 20000 --keep DIR       # time and memory in its course; again: goes on
    python benchmarks/audit.py rate wire.jsonl --articles 40          # pairs/s beside the bare model's
    python benchmarks/audit.py workers wire.jsonl --articles 40       # one process and two, on the clock

`quality` runs the model on held-out articles, or on briefs cut from all articles (`planted_wire.py`). Half of them have
two errors each: a contradiction between two of their sentences, as `checker evaluate repeated` plants them, or one to a
store of facts. `kills` and `flat` run everything but the model, which says nothing about nothing there, so that what is
measured is the audit itself.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import planted_wire

from checker.audit import grouping, run
from checker.audit.checking import Means
from checker.audit.columns import ColumnNames
from checker.audit.engines.local import OneProcess, local_engine
from checker.audit.inputs import Inputs
from checker.audit.naming import Naming
from checker.audit.run import Request
from checker.audit.schema import SUMMARY
from checker.audit.selecting import Choice
from checker.nli import Pair, Prediction
from checker.nli.backends import Backend
from checker.nli.registry import load_predictor
from checker.nli.wrapped import WrappedPredictor
from checker.settings import Settings

TOWNS = ("Velmar", "Ostrava", "Lindau", "Kerten", "Halvik", "Morven", "Tarsk", "Ebene")


class SilentPredictor:
    """Neutral about everything, at no cost."""

    name, weights_hash, backend = "silent", "0" * 16, "none"

    def predict(self, pairs):
        return [Prediction(0.1, 0.8, 0.1, 0.0) for _ in pairs]

    def embed(self, texts):
        return np.eye(16, dtype=np.float32)[[len(text) % 16 for text in texts]]


def make_request(given, output, *, settings=None, facts=(), resume=False, limit=None):
    inputs = Inputs((str(given),), Naming(), ColumnNames({}), "en")
    return Request(
        inputs=inputs,
        choice=Choice(limit=limit),
        means=Means(settings or Settings(), tuple(facts)),
        output=Path(output),
        resume=resume,
    )


def write_articles(path, count, seed=0, sentences=12):
    """Articles of so many sentences, one in ten with a doubled word, one in twenty the same as an earlier one."""
    rng = random.Random(seed)
    written = []
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = " ".join(
                f"The council of {rng.choice(TOWNS)} met on day {rng.randrange(1000)} and saw {rng.randrange(90)} men."
                for _ in range(sentences)
            )
            if number % 10 == 0:
                text = text.replace(" and saw", " and and saw", 1)
            if number % 20 == 19 and written:
                text = rng.choice(written)
            written = [*written[-50:], text]
            file.write(json.dumps({"id": f"n{number}", "text": text, "published": "2022-05-23"}) + "\n")


def content(folder):
    files = [path for path in folder.rglob("*") if path.suffix == ".parquet" or path.name == SUMMARY]
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(files)}


def silent_audit(given, output, resume, part):
    """The audit but for the model, which leaves word of how far it is beside its output."""
    grouping.DOCUMENTS_IN_PART = run.DOCUMENTS_IN_PART = part
    request = make_request(given, output, resume=resume)
    word = told_by(request.output)
    run.run_audit(
        request,
        OneProcess(request.means, SilentPredictor()),
        lambda progress, _: word.write_text(str(progress.done), encoding="ascii"),
    )


def told_by(output):
    return output.with_suffix(".done")


def done_in(output):
    """How many documents are done by an audit that may be running."""
    try:
        return int(told_by(output).read_text(encoding="ascii") or 0)
    except FileNotFoundError:
        return 0


def child(given, output, *more):
    """The audit in a process of its own, which can be killed."""
    return subprocess.Popen([sys.executable, __file__, "run", str(given), str(output), *more])  # noqa: S603


def measure_kills(articles, kills, seed):
    """Kills the audit at random moments of its work, `kills` times before it is through, then lets it end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given, output = folder / "wire.jsonl", folder / "killed"
        write_articles(given, articles)
        began = time.monotonic()
        assert child(given, folder / "whole", "--part", "50").wait() == 0
        print(f"{articles} documents, {time.monotonic() - began:.1f} s undisturbed", flush=True)
        rng = random.Random(seed)
        places = [kill_one(given, output, rng, articles / kills) for _ in range(kills)]
        assert child(given, output, "--resume", "--part", "50").wait() == 0
        same = content(output) == content(folder / "whole")
    landed = sum(place < articles for place in places)
    print(f"killed {landed} times, at documents {' '.join(map(str, places))}; byte-identical: {same}")
    return same and landed == kills


def kill_one(given, output, rng, step):
    """Resumes the audit and kills it a moment after so many more documents; gives how far it had come."""
    process = child(given, output, "--resume", "--part", "50")
    goal = done_in(output) + rng.uniform(0, step)
    moment = rng.uniform(0, 0.1)
    while process.poll() is None and done_in(output) < goal:
        time.sleep(0.02)
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return done_in(output)


def measure_flat(articles, sentences, kept):
    """Time and memory in the course of one audit without the model; goes on in `kept` where it was stopped."""
    kept.mkdir(parents=True, exist_ok=True)
    given = kept / "wire.jsonl"
    if not given.exists():
        write_articles(given, articles, sentences=sentences)
    output = kept / "out"
    told, last = Table(("documents", "ms a document", "MB now", "MB of the ledger")), [None]

    def watch(progress, total):
        if progress.done % run.DOCUMENTS_IN_PART and progress.done < total:
            return
        now = (progress.done, time.process_time())
        if last[0] is not None and now[0] > last[0][0]:
            spent = 1000 * (now[1] - last[0][1]) / (now[0] - last[0][0])
            told.add(progress.done, f"{spent:.1f}", f"{resident():.0f}", f"{size_of(output):.1f}")
        last[0] = now

    request = make_request(given, output, resume=True)
    run.run_audit(request, OneProcess(request.means, SilentPredictor()), watch)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"most memory {most:.0f} MB")


class Table:
    """Rows that are printed as they come."""

    def __init__(self, columns):
        print(*(f"{column:>16}" for column in columns), flush=True)

    def add(self, *cells):
        print(*(f"{cell:>16}" for cell in cells), flush=True)


def resident():
    """MB that this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def size_of(output):
    return sum(path.stat().st_size for path in output.glob(".ledger*")) / 2**20


class TimedPredictor(WrappedPredictor):
    """Notes the pairs and texts that it is asked, and the processor time that the answers take."""

    def __init__(self, model):
        super().__init__(model)
        self.pairs, self.texts, self.spent = [], [], {"predict": 0.0, "embed": 0.0}

    def predict(self, pairs):
        self.pairs += pairs
        return self._timed("predict", pairs)

    def embed(self, texts):
        self.texts += texts
        return self._timed("embed", texts)

    def _timed(self, verb, asked):
        began = time.thread_time()
        said = getattr(self._model, verb)(asked)
        self.spent[verb] += time.thread_time() - began
        return said


def measure_rate(given, articles):
    """The audit's pairs/s beside those of the bare model on the same pairs; one thread, processor time."""
    settings = Settings(threads=1)
    model = load_predictor(settings.model, threads=1)
    model.predict([Pair("A premise.", "A hypothesis.")] * 8)
    timed = TimedPredictor(model)
    with tempfile.TemporaryDirectory() as name:
        request = make_request(given, Path(name) / "out", limit=articles)
        engine = OneProcess(request.means, timed)
        began = time.process_time()
        summary = run.run_audit(request, engine)
        audit = time.process_time() - began
    bare = []
    for _ in range(2):
        began = time.process_time()
        model.predict(timed.pairs)
        bare.append(time.process_time() - began)
    pairs, best = len(timed.pairs), min(bare)
    print(f"{summary['documents']['checked']} articles, {summary['sentences']['total']} sentences, {pairs} pairs")
    print(f"bare model: {best:.1f} s ({max(bare):.1f}), {pairs / best:.1f} pairs/s")
    print(f"audit: {audit:.1f} s, {pairs / audit:.1f} pairs/s, {best / audit:.2f} of the bare model's rate")
    rest = audit - sum(timed.spent.values())
    for what, spent in {
        "pairs": timed.spent["predict"],
        "sentence vectors": timed.spent["embed"],
        "rest": rest,
    }.items():
        print(f"  {what}: {spent:.1f} s")


def measure_workers(given, articles):
    """Time on the clock with one process and with two, in turn."""
    for workers in (1, 2, 1, 2):
        with tempfile.TemporaryDirectory() as name:
            request = make_request(given, Path(name) / "out", limit=articles)
            engine = local_engine(request.means, workers)
            try:
                engine.ready()
                began = time.monotonic()
                run.run_audit(request, engine)
                print(
                    f"{workers} processes: {time.monotonic() - began:.1f} s, load {os.getloadavg()[0]:.1f}", flush=True
                )
            finally:
                engine.close()


def measure_quality(data, asked, kept, settings):
    """Texts half of which have errors that they themselves or a store of facts deny; goes on in `kept`."""
    from checker.evidence import Embedder, FactStore

    gold = planted_wire.prepare(kept, data, asked)
    model = load_predictor(
        settings.model, batch_size=settings.batch_size, threads=settings.threads, backend=settings.backend
    )
    with FactStore.open(kept / planted_wire.FACTS) as store:  # vectors are kept, so made once
        for number in store.embed(Embedder(model.weights_hash, model.embed)):
            print(f"vectors of {number} facts made", flush=True)
    course = Course(kept / "course.jsonl")
    request = make_request(
        kept / planted_wire.WIRE, kept / "out", settings=settings, facts=[kept / planted_wire.FACTS], resume=True
    )
    run.run_audit(request, OneProcess(request.means, model), course)
    for line in planted_wire.report(kept / "out", gold):
        print(line)
    print(course.told())


def tell_so_far(data, asked, kept):
    """Figures of the parts that are written, also while the audit runs."""
    for line in planted_wire.report(kept / "out", planted_wire.prepare(kept, data, asked)):
        print(line)


class Course:
    """Notes time and memory after each group of documents in a file, so that a run that is killed counts as well."""

    def __init__(self, place):
        self._place, self._run = place, time.time()
        self._clock, self._processor, self._before = time.monotonic(), time.process_time(), None
        with place.open("a", encoding="ascii") as file:
            file.write("\n")  # ends a line that a kill cut short

    def __call__(self, progress, total):
        self._before = progress.done if self._before is None else self._before
        seconds = time.monotonic() - self._clock
        line = {
            "run": self._run,
            "documents": progress.done - self._before,
            "seconds": round(seconds, 1),
            "processor": round(time.process_time() - self._processor, 1),
            "megabytes": round(resident()),
            "most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
        with self._place.open("a", encoding="ascii") as file:
            file.write(json.dumps(line) + "\n")
        print(
            f"{progress.done} of {total}, {line['documents'] / seconds:.3f} a second, {line['megabytes']} MB",
            flush=True,
        )

    def told(self):
        """All runs together; what a killed one did after its last line is not counted."""
        lines = [line for line in map(read_line, self._place.read_text(encoding="ascii").splitlines()) if line]
        last = {line["run"]: line for line in lines}.values()
        wall, processor, documents = (
            sum(each[name] for each in last) for name in ("seconds", "processor", "documents")
        )
        return (
            f"{documents} texts in {len(last)} runs: {wall:.0f} s on the clock, {processor:.0f} s of processor time, "
            f"{documents / wall:.3f} a second, {max(line['most'] for line in lines)} MB at most with the model"
        )


def read_line(line):
    """A line of JSON; None for one that was cut short."""
    try:
        return json.loads(line)
    except ValueError:
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("quality", "so-far", "kills", "flat", "rate", "workers", "run"))
    parser.add_argument("places", nargs="*")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--articles", type=int)
    parser.add_argument("--stories", type=int, help="`quality`: briefs of five to eight sentences instead of articles")
    parser.add_argument("--sentences", type=int, default=12)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--backend", type=Backend, default=Settings().backend, help="`quality`")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--part", type=int, default=run.DOCUMENTS_IN_PART)
    chosen = parser.parse_args()
    if chosen.what == "run":
        silent_audit(*chosen.places, chosen.resume, chosen.part)
    elif chosen.what == "kills":
        sys.exit(not measure_kills(chosen.articles or 600, chosen.kills, chosen.seed))
    elif chosen.what == "flat":
        measure_flat(chosen.articles or 20_000, chosen.sentences, chosen.keep or Path(tempfile.mkdtemp()))
    elif chosen.what in ("quality", "so-far"):
        asked = planted_wire.Asked(chosen.stories or chosen.articles or 100, bool(chosen.stories), chosen.seed)
        if chosen.what == "so-far":
            tell_so_far(chosen.data, asked, chosen.keep)
        else:
            settings = replace(Settings(), backend=chosen.backend)
            measure_quality(chosen.data, asked, chosen.keep or Path(tempfile.mkdtemp()), settings)
    else:
        measure = measure_rate if chosen.what == "rate" else measure_workers
        measure(chosen.places[0], chosen.articles or 40)


if __name__ == "__main__":
    main()
