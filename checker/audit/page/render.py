"""The page of an audit as HTML: one file that needs nothing outside itself, by the same engine and look as a report."""

from __future__ import annotations

from checker.audit.page.views import Page
from checker.report.templating import environment, policy_hash, source

STYLES = ("page.css", "audit.css")
SCRIPT = "audit.js"


def render_page(page: Page) -> str:
    """The whole page."""
    return render_with_policy("audit.html.j2", page=page)


def render_with_policy(template: str, /, **values: object) -> str:
    """A template of the audit's with its style and script, both named by hash in the content security policy."""
    from markupsafe import Markup

    style, script = "".join(map(source, STYLES)), source(SCRIPT)
    return (
        environment()
        .get_template(template)
        .render(
            style=Markup(style),  # noqa: S704 - the package's own files
            script=Markup(script),  # noqa: S704 - the package's own file
            style_hash=policy_hash(style),
            script_hash=policy_hash(script),
            **values,
        )
    )
