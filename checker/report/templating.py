"""The one template engine behind every page and notebook view: whatever goes in is escaped.

Article text is hostile until shown otherwise; harmful invisible characters are written out before they are escaped.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from checker.report.visible import show_invisible

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def environment() -> Environment:
    """Escapes everything that is put in, after harmful invisible characters are written out; no template can forget."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("checker.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )


@cache
def source(name: str) -> str:
    """A file of `templates/` as it is."""
    return resources.files("checker.report").joinpath("templates", name).read_text(encoding="utf-8")


def render_piece(template: str, /, **values: object) -> str:
    """A template as one element for a notebook, with the style that all of them share."""
    from markupsafe import Markup

    style = Markup(source("fragment.css"))  # noqa: S704 - the package's own file
    return environment().get_template(template).render(style=style, **values)


def policy_hash(content: str) -> str:
    """A source expression for a content security policy (CSP level 3, section 2.3.1): sha256-<base64>."""
    return "sha256-" + b64encode(hashlib.sha256(content.encode()).digest()).decode("ascii")


def _shown(value: object) -> object:
    """Text of the article made harmless; what is markup already (our own style and script) stays byte for byte."""
    return show_invisible(value) if type(value) is str else value
