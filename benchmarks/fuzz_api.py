"""Requests that schemathesis makes from the API's own description, against the running server and its real model.

    python benchmarks/fuzz_api.py [--examples 10]

The exit code is schemathesis': 0 where no answer is a server error, undescribed, or other than described. One of its
checks is left out: whether a text can be read as an article cannot be told by a schema, so requests that fit it may be
refused with 422.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from checker import Checker
from checker.decisions import DecisionStore
from checker.editor.app import make_app
from checker.editor.desk import Desk
from checker.editor.serve_settings import ServeSettings


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The server, with an empty decision store; the value is the URL of its description."""
    with DecisionStore.open(folder / "fuzz.decisions") as store:
        desk = Desk(Checker(), facts=[], decisions=store)
        config = uvicorn.Config(make_app(desk, ServeSettings()), port=0, log_level="error", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/api/v1/openapi.json"
        finally:
            server.should_exit = True
            thread.join()


def main() -> int:
    """Run it; schemathesis prints what it finds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--examples", type=int, default=10, help="requests for each way in")
    examples = str(parser.parse_args().examples)
    program = [str(Path(sys.executable).with_name("schemathesis")), "run"]
    options = ["--max-examples", examples, "--generation-database", "none", "--no-color"]
    left_out = ["--exclude-checks", "positive_data_acceptance"]
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as url:
        asked = [*program, url, *options, *left_out]
        return subprocess.run(asked, check=False, cwd=folder).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
