"""What it costs to read a large audit: processor time and most memory of the page, exports, samples, comparison.

    python benchmarks/audit_reading.py --documents 20000

The audit is made up by `tests/audit_stories.py`; each figure is of a process of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TASKS = ("page", "sarif", "junit", "csv", "json", "sample", "compare")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.task:
        sys.stdout.write(json.dumps(measure(chosen.task, chosen.folder)))
        return
    with tempfile.TemporaryDirectory() as name:
        make_audit(Path(name), chosen.documents)
        sys.stdout.write(f"{chosen.documents:,} documents\ntask      processor s  most memory MB  result\n")
        for task in TASKS:
            command = [sys.executable, __file__, "--task", task, "--folder", name]
            done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ourselves
            seconds, memory, result = json.loads(done.stdout)
            sys.stdout.write(f"{task:<10}{seconds:>11.1f}{memory:>16,}  {result}\n")


def make_audit(folder: Path, documents: int) -> None:
    """Parts of a thousand documents; the summary holds no totals, which nothing here asks for."""
    sys.path.insert(0, str(ROOT / "tests"))
    from audit_stories import make_story, write_stories

    from checker.audit.dataset import Part, part_name, write_part

    rng = random.Random(0)
    write_stories(folder, [])
    for number, start in enumerate(range(0, documents, 1000)):
        stories = [make_story(rng, place, 365, 0.08) for place in range(start, min(documents, start + 1000))]
        rows, findings, sentences = zip(*stories, strict=True)
        part = Part(
            rows, tuple(one for some in findings for one in some), tuple(one for some in sentences for one in some)
        )
        write_part(folder, part_name(number), part)


def measure(task: str, folder: Path) -> tuple[float, int, str]:
    """Processor seconds, most memory in MB, and what came out."""
    from checker.audit.changes import compare
    from checker.audit.dataset import AuditReader
    from checker.audit.exports import EXPORTS
    from checker.audit.page import make_page
    from checker.audit.review import draw_sample
    from checker.findings import Severity

    reader = AuditReader(folder)
    began = time.process_time()
    if task == "page":
        result = f"{len(make_page(reader)) / 1e6:.1f} MB"
    elif task == "sample":
        result = f"{len(draw_sample(reader, 200))} items"
    elif task == "compare":
        result = f"{compare(reader, reader, shown=500).unchanged.findings:,} findings unchanged"
    else:
        result = f"{sum(map(len, EXPORTS[task](reader, Severity.MAJOR))) / 1e6:.1f} MB"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return time.process_time() - began, memory, result


if __name__ == "__main__":
    main()
