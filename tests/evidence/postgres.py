"""A PostgreSQL server of the tests' own, on a socket that nobody else can reach; its programs must be installed."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

WHY_NOT = "needs PostgreSQL's own programs (Debian: postgresql; or pip install pgserver) and a user to run them"


def programs() -> Iterator[Path]:
    """Folders that have `initdb` and `pg_ctl`, the system's first."""
    found = shutil.which("pg_ctl")
    folders = [Path(found).parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    package = find_spec("pgserver")
    if package is not None and package.origin is not None:
        folders.append(Path(package.origin).parent / "pginstall" / "bin")
    yield from (folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists())


@contextmanager
def running_server() -> Iterator[str | None]:
    """The folder of the socket of a server with the database and user `postgres`; None where none can be started."""
    user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user is not None:
            os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
        for place in programs():
            if not _run(place / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "-N", user=user):
                continue
            options = f"-c listen_addresses='' -k {folder} -c fsync=off"
            start = ("-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start")
            if not _run(place / "pg_ctl", *start, user=user):
                continue
            try:
                yield str(folder)
            finally:
                _run(place / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop", user=user)
            return
        yield None


def _run(*command: object, user: str | None) -> bool:
    try:
        done = subprocess.run(  # noqa: S603
            [*map(str, command)], user=user, cwd="/", capture_output=True, check=False, stdin=subprocess.DEVNULL
        )
    except OSError:  # for example a folder that the user may not read
        return False
    return done.returncode == 0
