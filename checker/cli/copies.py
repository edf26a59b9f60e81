"""Where annotated copies go: beside nothing that was given, one for each article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from checker.annotate import annotate, annotate_several
from checker.cli.terminal import open_output
from checker.errors import UsageError
from checker.readers import Reading
from checker.report import Report

SIDECAR = ".annotations.jsonld"


def plan_copies(files: Sequence[Path], out: Path) -> Mapping[Path, Path]:
    """The copy of each file: `out` itself for one, a file in the folder `out` for several.

    Raises UsageError where a copy would replace another copy, or for a single one there is no folder.
    """
    if str(out) == "-":
        raise UsageError("--annotate needs the name of a file; standard output carries the report")
    if len(files) == 1 and not out.is_dir():
        if not out.parent.is_dir():
            raise UsageError(f"{out.parent}: no such folder; make it, or give another --annotate")
        plan = {files[0]: out}
    else:
        plan = {path: out / ("standard-input" if str(path) == "-" else path.name) for path in files}
    if len(set(plan.values())) < len(plan):
        raise UsageError("two articles have the same name; annotate them into different folders")
    return plan


def written_by(plan: Mapping[Path, Path]) -> Iterator[Path]:
    """The copies, and the Web Annotations that may come beside them."""
    for place in plan.values():
        yield place
        yield _sidecar(place)


def make_folders(plan: Mapping[Path, Path]) -> None:
    """The folders of the copies; UsageError where one cannot be made."""
    for folder in {place.parent for place in plan.values()}:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{folder}: the folder for copies cannot be made ({error.strerror})") from error


def write_copy(place: Path, content: bytes, checked: Sequence[tuple[Reading, Report]], *, whole: bool) -> None:
    """Writes the annotated copy, and Web Annotations beside it where its format has no notes of its own.

    `whole` is False where the documents are only parts of the file: items of a feed, what is attached to a message.
    """
    if whole:
        ((reading, report),) = checked
        made = annotate(content, reading, report, name=place.name)
    else:
        made = annotate_several(content, checked, name=place.name)
    with open_output(place) as write:
        write(made.content)
    if made.sidecar is not None:
        with open_output(_sidecar(place)) as write:
            write(made.sidecar)


def _sidecar(place: Path) -> Path:
    return place.with_name(place.name + SIDECAR)
