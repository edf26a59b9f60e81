"""The sheet that reviewers fill in, and its way back: CSV, or XLSX with drop-downs where openpyxl is installed.

Reviewers see neither confidence nor category, which would lead them. Spreadsheets save CSV with commas, semicolons or
tabs and in several encodings, and people write "Yes"; all of that is read. What is not understood is named by its row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from checker.audit.review.sampling import Item
from checker.audit.review.workbooks import read_workbook, write_workbook
from checker.audit.schema import FindingRow
from checker.errors import UsageError
from checker.report.csv import harmless

COLUMNS = (
    *("item", "question", "verdict", "comment", "document"),
    *("before", "sentence", "after", "source", "probably", "evidence"),
)
QUESTIONS = {
    "finding": "Are the words in ⟦ ⟧ wrong? right (they are) / wrong (false alarm) / unsure",
    "sentence": "Is anything wrong in the sentence? clean / error / unsure",
}
# What a person may write, by kind of item: True where there is an error, False where there is none, None for unsure.
ANSWERS: dict[str, dict[str, bool | None]] = {
    "finding": {"right": True, "yes": True, "y": True, "wrong": False, "no": False, "n": False, "unsure": None},
    "sentence": {"error": True, "yes": True, "y": True, "clean": False, "no": False, "n": False, "unsure": None},
}
CHOICES = {"finding": "right,wrong,unsure", "sentence": "clean,error,unsure"}

Answers = dict[str, bool | None]


def write_sheet(items: Sequence[Item], *, workbook: bool = False) -> bytes:
    """The sheet as a file: CSV in UTF-8 with a byte order mark, by which spreadsheets know it; XLSX for a `workbook`.

    Raises CheckerError where XLSX is asked for and openpyxl is missing.
    """
    rows = [_cells(item) for item in items]
    if workbook:
        return write_workbook(COLUMNS, rows, {key: CHOICES[key.partition("-")[0]] for key, *_ in rows})
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return table.getvalue().encode("utf-8-sig", "backslashreplace")


def read_sheet(path: Path) -> tuple[Answers, int]:
    """What the reviewers say by item: True for an error, False for none, None for unsure; and how many rows are blank.

    Raises UsageError that names the row of what is not understood, and CheckerError for XLSX without openpyxl.
    """
    answers: Answers = {}
    blank = 0
    for place, row in _rows(path):
        key, written = row["item"].strip(), row["verdict"].strip().lower()
        kind = key.partition("-")[0]
        if kind not in ANSWERS:
            raise UsageError(f"{path}:{place}: {key or 'an empty cell'} is not an item; leave that column as it was")
        if not written:
            blank += 1
            continue
        if written not in ANSWERS[kind]:
            choices = CHOICES[kind].replace(",", ", ")
            raise UsageError(f"{path}:{place}: the verdict is {row['verdict']!r}; write one of {choices}")
        if answers.setdefault(key, ANSWERS[kind][written]) != ANSWERS[kind][written]:
            raise UsageError(f"{path}:{place}: {key} has two verdicts; keep one of them")
    return answers, blank


def is_filled_in(path: Path) -> bool:
    """True for a sheet in which somebody has written; False where there is none, or another kind of file.

    Raises CheckerError for XLSX without openpyxl.
    """
    try:
        return any(row["verdict"].strip() or row["comment"].strip() for _, row in _rows(path))
    except UsageError:
        return False


def _cells(item: Item) -> list[str]:
    row = item.row
    if isinstance(row, FindingRow):
        start, end = row.start - row.context_start, row.end - row.context_start
        sentence = f"{row.context[:start]}⟦{row.context[start:end]}⟧{row.context[end:]}"
        probably = " / ".join(row.suggestions)
        evidence = "\n".join(piece.text for piece in row.evidence if piece.text)
        kind = "finding"
    else:
        sentence, probably, evidence, kind = row.text, "", "", "sentence"
    document = item.document.path or item.document.id
    around = [item.before, sentence, item.after, item.source]
    return [item.key, QUESTIONS[kind], "", "", document, *around, probably, evidence]


def _rows(path: Path) -> Iterable[tuple[int, Mapping[str, str]]]:
    """Rows by column with their number in the sheet; wholly empty ones are passed over."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: the sheet cannot be read ({error.strerror}); check the name") from error
    try:
        table = read_workbook(content, path) if content[:2] == b"PK" else _csv_rows(content)
    except csv.Error as error:
        raise UsageError(f"{path}: this is no CSV ({error}); save the sheet again as CSV or XLSX") from error
    header = [cell.strip().lower() for cell in table[0]] if table else []
    if missing := [name for name in ("item", "verdict") if name not in header]:
        raise UsageError(f"{path}: there is no column {missing[0]!r}; give a filled-in sheet of `checker audit sample`")
    for place, cells in enumerate(table[1:], start=2):
        if any(cell.strip() for cell in cells):
            row = dict(zip(header, cells, strict=False))
            yield place, {name: row.get(name, "") for name in ("item", "verdict", "comment")}


def _csv_rows(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 by their marks, else UTF-8, else what Excel writes in Western Europe; items are ASCII anyway."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
