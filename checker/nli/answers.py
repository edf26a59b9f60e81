"""What models said, kept on disk between runs: one SQLite file of bounded size, which several programs can use at once.

What was not asked for longest goes first when the file is full. The file holds figures and hashes, and no text.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from checker.database import FileKind, open_file, reporting, transaction
from checker.errors import AnswerFileError

FILE_NAME = "answers.db"
_DAY = 86_400  # seconds; when an answer was used last is kept by the day, so that reading seldom writes
_AT_ONCE = 500  # keys in one statement
_SPARED = 0.8  # of the bound is left when the oldest answers go


def _create_answers(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE answers (key BLOB PRIMARY KEY, used INTEGER NOT NULL, said BLOB NOT NULL)")
    connection.execute("CREATE INDEX answers_by_use ON answers (used)")


KIND = FileKind(
    name="file of kept answers",
    application=0x416E7377,  # "Answ"
    steps=(_create_answers,),
    error=AnswerFileError,
    when_missing="name a folder with --cache, and it is made",
    when_foreign="name another folder with --cache",
    when_damaged="remove it, and it is made anew",
)


class AnswerFile:
    """Answers by key, both plain bytes, in `folder`, which is made where it is missing.

    The file takes at most about `megabytes`. All methods raise AnswerFileError, one line, for what SQLite or the disk
    refuses. One thread at a time.
    """

    def __init__(self, folder: Path, *, megabytes: int, clock: Callable[[], float] = time.time) -> None:
        self.path = folder / FILE_NAME
        self._most = megabytes * 1_000_000
        self._clock = clock
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise AnswerFileError(f"{folder}: cannot be made ({error.strerror}); name another folder") from error
        self._connection = open_file(self.path, KIND, create=True)
        with reporting(self.path, KIND):
            self._connection.execute("PRAGMA synchronous = NORMAL")  # what a power cut loses is asked again

    def close(self) -> None:
        """Give the file back."""
        self._connection.close()

    def find(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The answers to those of the keys that have one."""
        today = int(self._clock() // _DAY)
        found: dict[bytes, bytes] = {}
        old: list[bytes] = []
        with reporting(self.path, KIND):
            for start in range(0, len(keys), _AT_ONCE):
                some = keys[start : start + _AT_ONCE]
                places = ", ".join("?" * len(some))
                rows = self._connection.execute(
                    f"SELECT key, said, used FROM answers WHERE key IN ({places})",  # noqa: S608 only question marks
                    some,
                )
                for key, said, used in rows:
                    found[key] = said
                    if used < today:
                        old.append(key)
            if old:
                with transaction(self._connection, writing=True):
                    uses = [(today, key) for key in old]
                    self._connection.executemany("UPDATE answers SET used = ? WHERE key = ?", uses)
        return found

    def keep(self, answers: Mapping[bytes, bytes]) -> None:
        """Add answers; one that is there already stays as it is."""
        today = int(self._clock() // _DAY)
        rows = [(key, today, said) for key, said in answers.items()]
        with reporting(self.path, KIND), transaction(self._connection, writing=True):
            self._connection.executemany("INSERT OR IGNORE INTO answers VALUES (?, ?, ?)", rows)
            self._make_room()

    def _make_room(self) -> None:
        """Remove what was used longest ago, where the file has more than it may; its pages are then used again."""
        if self._held() <= self._most:
            return
        (count,) = self._connection.execute("SELECT count(*) FROM answers").fetchone()
        spared = int(count * _SPARED * self._most / self._held())
        self._connection.execute(
            "DELETE FROM answers WHERE rowid IN (SELECT rowid FROM answers ORDER BY used, rowid LIMIT ?)",
            (count - spared,),
        )

    def _held(self) -> int:
        """Bytes of the pages in use."""
        pages, free, size = (
            self._connection.execute(f"PRAGMA {what}").fetchone()[0]
            for what in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * size)
