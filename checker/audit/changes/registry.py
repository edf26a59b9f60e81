"""The forms by name. Written out, so that reading this file tells what there is."""

from __future__ import annotations

from collections.abc import Callable

from checker.audit.changes import html, json, text
from checker.audit.changes.comparison import Comparison

RENDERERS: dict[str, Callable[[Comparison], str]] = {"text": text.render, "json": json.render, "html": html.render}
