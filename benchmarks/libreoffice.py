"""LibreOffice's own LanguageTool client against our server: does it find the words, after an emoji and a raw "&"?

    python benchmarks/libreoffice.py

Needs LibreOffice Writer and its Python bridge (Debian: libreoffice-writer-nogui, python3-uno). The bridge belongs to
the system's Python, which is asked to run the part at the end of this file.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

TEXT = "😀 The blockade of Valmera was justified, ministers said on Friday. Prices rose by 5% & more + tax."
FACT = "The blockade of Valmera was not justified."
SYSTEM_PYTHON = "/usr/bin/python3"
REGISTRY = "/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool"
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="{path}"><prop oor:name="BaseURL" oor:op="fuse"><value>{url}v2</value></prop></item>
<item oor:path="{path}"><prop oor:name="IsEnabled" oor:op="fuse"><value>true</value></prop></item>
</oor:items>"""
SECONDS = 120


def main() -> int:
    """0 where LibreOffice marks the word."""
    with tempfile.TemporaryDirectory() as folder, server() as url, office(Path(folder), url) as port:
        asked = [SYSTEM_PYTHON, __file__, "uno", str(port), TEXT]
        told = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=SECONDS)  # noqa: S603
    units = TEXT.encode("utf-16-le")
    found = json.loads(told.stdout)
    for error in found:
        start, end = error["start"], error["start"] + error["length"]
        error["text"] = units[2 * start : 2 * end].decode("utf-16-le")
        print(f"{error['text']}: {error['comment']} -> {error['suggestions']}")  # noqa: T201
    return 0 if any("justified" in error["text"] for error in found) else 1


@contextmanager
def server() -> Iterator[str]:
    """Our server with its own model and one fact; the value is its URL."""
    import uvicorn

    from checker import Checker, Fact
    from checker.editor.app import make_app
    from checker.editor.desk import Desk
    from checker.editor.serve_settings import ServeSettings

    app = make_app(Desk(Checker(), facts=[Fact("blockade", FACT)]), ServeSettings())
    running = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=running.run)
    thread.start()
    try:
        while not running.started:
            time.sleep(0.01)
        url = f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}/"
        # The first check also loads word lists; LibreOffice waits for ten seconds and no longer.
        form = urlencode({"text": TEXT, "language": "en-US"}).encode()
        urlopen(f"{url}v2/check", data=form).close()  # noqa: S310 - our own server
        yield url
    finally:
        running.should_exit = True
        thread.join()


@contextmanager
def office(folder: Path, url: str) -> Iterator[int]:
    """LibreOffice without a window and with a fresh profile that names our server; the value is its port."""
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(SETTINGS.format(path=REGISTRY, url=url))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--headless", "--norestore", "--nologo", f"-env:UserInstallation={folder.as_uri()}"]
    running = subprocess.Popen(["soffice", *options, f"--accept=socket,host=127.0.0.1,port={port};urp;"])  # noqa: S603, S607
    try:
        yield port
    finally:
        running.terminate()
        running.wait()


def proofread(port: int, text: str) -> None:
    """Run by the system's Python: let LibreOffice check a paragraph, and print what it would mark."""
    import uno
    from com.sun.star.connection import NoConnectException
    from com.sun.star.lang import Locale

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(SECONDS):
        try:
            context = resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
            break
        except NoConnectException:
            time.sleep(1)
    name = "org.openoffice.lingu.LanguageToolGrammarChecker"
    checker = context.ServiceManager.createInstanceWithContext(name, context)
    units = len(text.encode("utf-16-le")) // 2
    result = checker.doProofreading("paragraph", text, Locale("en", "US", ""), 0, units, ())
    found = [
        {
            "start": error.nErrorStart,
            "length": error.nErrorLength,
            "comment": error.aShortComment,
            "suggestions": list(error.aSuggestions),
        }
        for error in result.aErrors
    ]
    print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    if sys.argv[1:2] == ["uno"]:
        proofread(int(sys.argv[2]), sys.argv[3])
    else:
        sys.exit(main())
