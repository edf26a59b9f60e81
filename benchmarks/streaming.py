"""How much memory `stream_documents` takes as a table grows: JSON Lines and Parquet that are made here.

    python benchmarks/streaming.py

Each file is read in a process of its own. Shown is the most that the process held, interpreter and libraries included,
by its 500th document, when all libraries are loaded, and by its last. The Parquet files have one row group, which is
the worst case.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import chain, islice, repeat
from pathlib import Path

SENTENCES = (
    "The council of Valmera voted on Tuesday to keep the old harbour open for another ten years, officials said. ",
    "Ferry owners called the decision overdue, while bakers feared that the price of flour would rise again. ",
)
ROWS = (1_000, 8_000)  # of about 2 kB
WARM = 500


def row(number: int) -> dict[str, str]:
    return {"id": str(number), "target": f"Edition {number}. " + "".join(chain.from_iterable(repeat(SENTENCES, 10)))}


def write(folder: Path, rows: int) -> list[Path]:
    from pyarrow import Table, parquet

    lines, columns = folder / f"{rows}.jsonl", folder / f"{rows}.parquet"
    lines.write_text("".join(json.dumps(row(number)) + "\n" for number in range(rows)), encoding="utf-8")
    table = Table.from_pylist([row(number) for number in range(rows)])
    parquet.write_table(table, columns, row_group_size=rows, compression="none", use_dictionary=False)
    return [lines, columns]


def read(path: str) -> None:
    from checker.readers import stream_documents

    start = time.process_time()
    documents = stream_documents(path, language="en")
    count = sum(1 for _ in islice(documents, WARM))
    early = peak()
    count += sum(1 for _ in documents)
    took = time.process_time() - start
    size = Path(path).stat().st_size / 1e6
    held = f"held {early:4.0f} MB, then {peak():4.0f} MB"
    print(f"{Path(path).suffix:<9}{size:6.1f} MB  {count:6d} documents  {held}  {size / took:4.1f} MB/s")


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def main() -> None:
    if len(sys.argv) > 1:
        read(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        for rows in ROWS:
            for path in write(Path(folder), rows):
                subprocess.run([sys.executable, __file__, str(path)], check=True)  # noqa: S603


if __name__ == "__main__":
    main()
