"""Reading the data folder: gzip JSON lines, and the split that keeps evaluation documents out of training."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checker.errors import UnreadableFileError


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a gzip JSON-lines file; raises UnreadableFileError that names the file where it is missing."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                yield json.loads(line)
    except (OSError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise UnreadableFileError(f"{path}: training data cannot be read ({error}); see the recipe's `file`") from error


def bucket(key: str, buckets: int = 10) -> int:
    """A stable number in 0 … buckets-1 for a document or sentence; of ten, bucket 0 is held out everywhere."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % buckets


def is_held_out(key: str) -> bool:
    """True for the tenth of documents that no training example comes from."""
    return bucket(key) == 0


def is_for_calibration(key: str) -> bool:
    """True for one half of what is held out: calibration reads it, the figures in the model card never do."""
    return bucket(key, 20) == 10


def normalised(text: str) -> str:
    """Letters and digits only, folded: equal for texts that differ in spacing, case or punctuation."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
