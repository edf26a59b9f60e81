"""Tells IPython how to show the values that live below the report and cannot know its templates.

`Report` and `Explanation` carry their own `_repr_html_`. A finding, a document, a prediction or a fact store is of a
lower part of the program, so its view is registered here, with the same renderer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checker.document import Document
from checker.evidence import FactStore
from checker.findings import Finding, Scored
from checker.nli import Prediction
from checker.report import pieces

VIEWS: dict[type, Callable[[Any], str]] = {
    Document: pieces.render_document,
    FactStore: pieces.render_store,
    Finding: pieces.render_finding,
    Prediction: pieces.render_prediction,
    Scored: pieces.render_scored,
}


def enable_display() -> bool:
    """True where there is an IPython session, which from now on shows the types of VIEWS as HTML.

    Plain text stays what `repr` says. Calling it again changes nothing.
    """
    try:
        from IPython import get_ipython  # type: ignore[attr-defined,unused-ignore]  # not exported by all versions
    except ImportError:
        return False
    session = get_ipython()  # type: ignore[no-untyped-call,unused-ignore]
    if session is None:
        return False
    formatter = session.display_formatter.formatters["text/html"]
    for kind, render in VIEWS.items():
        formatter.for_type(kind, render)
    return True
