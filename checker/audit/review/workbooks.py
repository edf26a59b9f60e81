"""Sheets as XLSX workbooks, in which each verdict is a drop-down; they need openpyxl."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from checker.errors import CheckerError, UsageError
from checker.report.visible import show_invisible

_LONGEST = 32_767  # characters in a cell, by Excel's specification
_WIDTHS = {"item": 12, "verdict": 10, "sentence": 60, "source": 60, "evidence": 60}
_USUAL_WIDTH = 28


def write_workbook(columns: Sequence[str], rows: Sequence[Sequence[str]], choices: Mapping[str, str]) -> bytes:
    """One sheet with a frozen header; `choices` are those of the column verdict, by the first cell of a row.

    Cells are text and never formulas. Raises CheckerError where openpyxl is missing.
    """
    openpyxl = _openpyxl()
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "review"
    sheet.freeze_panes = "D2"
    lists = {some: DataValidation("list", formula1=f'"{some}"', allow_blank=True) for some in set(choices.values())}
    for validation in lists.values():
        sheet.add_data_validation(validation)
    for number, cells in enumerate([columns, *rows], start=1):
        for column, text in enumerate(cells, start=1):
            cell = sheet.cell(number, column, show_invisible(text)[:_LONGEST])
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
        if number > 1:
            lists[choices[cells[0]]].add(sheet.cell(number, columns.index("verdict") + 1).coordinate)
    for column, name in enumerate(columns, start=1):
        letter = openpyxl.utils.get_column_letter(column)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, _USUAL_WIDTH)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read_workbook(content: bytes, path: Path) -> list[list[str]]:
    """The cells of the first sheet as text. Raises UsageError where it is damaged, CheckerError without openpyxl."""
    openpyxl = _openpyxl()
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        return [["" if cell is None else str(cell) for cell in row] for row in rows]
    except Exception as error:  # a package that is damaged fails in its parts' own ways
        raise UsageError(f"{path}: not a workbook that can be read; save it again as XLSX or CSV") from error


def _openpyxl() -> Any:  # noqa: ANN401 - a module without types
    try:
        import openpyxl
    except ImportError as error:
        raise CheckerError("XLSX needs openpyxl; install it with: pip install 'checker[review]', or use CSV") from error
    return openpyxl
