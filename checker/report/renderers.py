"""The formats by name. Written out, so that reading this file tells what there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from checker.report import csv, html, json, sarif, text
from checker.report.types import Report

RENDERERS: dict[str, Callable[[Sequence[Report]], str]] = {
    "text": text.render,
    "json": json.render,
    "html": html.render,
    "sarif": sarif.render,
    "csv": csv.render,
}
