"""Audits in this process, with a model that sees nothing, and whose last digits depend on what it is asked at once."""

import zlib
from pathlib import Path

import numpy as np

from checker.audit.checking import Means
from checker.audit.columns import ColumnNames
from checker.audit.dataset import AuditReader
from checker.audit.engines.local import OneProcess
from checker.audit.inputs import Inputs
from checker.audit.naming import Naming
from checker.audit.run import Request, run_audit
from checker.audit.selecting import Choice
from checker.decisions import Dismissals
from checker.nli import Prediction
from checker.settings import Settings


class ShakyPredictor:
    """Neutral, by a probability that is another in another batch; trips over texts with "trip"."""

    name, weights_hash, backend = "shaky", "0" * 16, "none"

    def predict(self, pairs):
        if any("trip" in pair.hypothesis for pair in pairs):
            raise ZeroDivisionError("tripped")
        noise = zlib.crc32("".join(pair.hypothesis for pair in pairs).encode()) % 97 / 1000
        return [Prediction(0.1, 0.8 - noise, 0.1 + noise, 0.0) for _ in pairs]

    def embed(self, texts):
        return np.array([[1.0, 0.0], [0.6, 0.8]], dtype=np.float32)[[len(text) % 2 for text in texts]]


class Audit:
    """Runs audits of what lies in a folder and reads what came out."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.articles = folder / "in"
        self.articles.mkdir(exist_ok=True)

    def write(self, name, text):
        path = self.articles / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def request(self, *given, output="out", settings=None, facts=(), known=(), **more):
        fields = {"match": None, "source": None, "columns": {}, "language": "en"}
        naming = {name: more.pop(name, default) for name, default in fields.items()}
        days = {name: more.pop(name) for name in ("as_of", "resume") if name in more}
        inputs = Inputs(
            tuple(map(str, given or (self.articles,))),
            Naming(naming["match"], naming["source"]),
            ColumnNames(naming["columns"]),
            naming["language"],
        )
        return Request(
            inputs=inputs,
            choice=Choice(**more),
            means=Means(settings or Settings(), tuple(facts), Dismissals.of_fingerprints(known)),
            output=self.folder / output,
            **days,
        )

    def run(self, *given, watch=None, **more):
        request = self.request(*given, **more)
        return run_audit(request, OneProcess(request.means, ShakyPredictor()), watch)

    def read(self, output="out"):
        return AuditReader(self.folder / output)

    def documents(self, output="out"):
        return list(self.read(output).documents())

    def content(self, output="out"):
        """The data set, byte by byte."""
        files = [path for path in (self.folder / output).rglob("*") if path.suffix in (".parquet", ".json")]
        return {path.relative_to(self.folder / output): path.read_bytes() for path in sorted(files)}
