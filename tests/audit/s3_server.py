"""An S3 server on this machine (moto), in a process of its own, which can be killed."""

import importlib.util
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

NEEDS_MOTO = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("moto", "flask_cors")),
    reason="moto, which plays the store, is not installed: pip install 'checker[dev]'",
)


class S3Server:
    """Speaks S3 on 127.0.0.1; `query` makes an address one of this server."""

    def __init__(self, port=None):
        self.port = port or _free_port()
        self.query = f"?endpoint_override=127.0.0.1:{self.port}&scheme=http"
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-m", "moto.server", "-p", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(300):
            try:
                self._ask("GET", "/moto-api/")
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise TimeoutError("the S3 server did not start")

    def put(self, place, content):
        """Stores bytes at bucket/path; the bucket is made where there is none."""
        bucket = place.partition("/")[0]
        self._ask("PUT", f"/{bucket}")
        self._ask("PUT", f"/{urllib.request.quote(place)}", content)

    def delete(self, place):
        self._ask("DELETE", f"/{place}")

    def refuse_everybody(self):
        """From now on only keys that it knows are let in, and it knows none."""
        self._let_in(0)

    def let_everybody_in(self):
        self._let_in(10**9)

    def _let_in(self, requests):
        self._ask("POST", "/moto-api/reset-auth", str(requests).encode("ascii"))

    def forget_everything(self):
        self.let_everybody_in()
        self._ask("POST", "/moto-api/reset")

    def die(self):
        self._process.kill()
        self._process.wait()

    def _ask(self, verb, path, content=None):
        headers = {
            "Content-Type": "text/plain",
            "Authorization": "AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/s3/x",
        }
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=content, method=verb, headers=headers
        )
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return answer.read()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
