"""The report in a terminal: what an editor reads in the minute before publication.

Most certain alert first, each with the sentence, the suspect words marked in it, what they contradict and what they
should probably be. The article is put in as rich Text, never as markup, and control characters are written out, so that
an article cannot colour or move anything on the screen.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from checker.document import Document, Span
from checker.findings import Finding, FindingEvidence, Severity
from checker.report.types import Report
from checker.report.visible import show_invisible
from checker.report.wording import (
    category_name,
    confidence_words,
    count,
    document_name,
    evidence_name,
    headline,
    is_fine,
    remarks,
    sentence_counts,
)

if TYPE_CHECKING:
    from rich.text import Text

WIDTH = 100
_INDENT = 4

# A sentence or a piece of evidence longer than this is shown around its mark.
_EXCERPT = 320

_STYLES = {
    Severity.CRITICAL: "bold white on red",
    Severity.MAJOR: "bold red",
    Severity.MINOR: "bold yellow",
    Severity.NEUTRAL: "bold cyan",
}

_WHITE_SPACE = re.compile(r"\s+")


def render(reports: Sequence[Report], *, colour: bool = False, width: int | None = None) -> str:
    """All reports, a blank line between them. Without `colour` there is no escape sequence, and ⟦ ⟧ mark the words.

    Lines are broken at spaces to fit `width` columns. Where it is None no word is ever broken: a long one widens the
    page, because a web address in two halves is none.
    """
    from rich.console import Console
    from rich.padding import Padding

    lines = list(_lines(reports, colour))
    console = Console(
        file=io.StringIO(),
        width=_needed_width(lines) if width is None else width,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        force_jupyter=False,  # in a notebook rich would show what is only being written
    )
    with console.capture() as capture:
        for indent, line in lines:
            console.print(Padding(line, (0, 0, 0, indent), expand=False) if indent else line)
    return "\n".join(line.rstrip() for line in capture.get().split("\n"))


def _needed_width(lines: Sequence[tuple[int, Text]]) -> int:
    """Columns that fit every word, `WIDTH` at least; Chinese characters take two."""
    from rich.cells import cell_len

    return max([WIDTH, *(indent + cell_len(word) for indent, line in lines for word in line.plain.split())])


def _lines(reports: Sequence[Report], colour: bool) -> Iterator[tuple[int, Text]]:
    """Lines of all reports before they are broken, each with its indent."""
    from rich.text import Text

    for place, report in enumerate(reports):
        if place:
            yield 0, Text("")
        yield 0, _document_line(report.document)
        yield 0, Text(headline(report), style="bold green" if is_fine(report) else "bold")
        if counts := sentence_counts(report):
            yield 0, Text("Sentences: " + " · ".join(f"{total:,} {name}" for name, total in counts), style="dim")
        for number, finding in enumerate(report.findings, start=1):
            yield 0, Text("")
            yield 0, _finding_line(number, finding)
            yield from ((_INDENT, line) for line in _finding_lines(report.document, finding, colour))
        if told := remarks(report):
            yield 0, Text("")
            yield from ((0, Text(_one_line(remark), style="yellow")) for remark in told)


def _document_line(document: Document) -> Text:
    from rich.text import Text

    name = document_name(document)
    size = f"{count(document.words, 'word')}, {count(len(document.sentences), 'sentence')}, {document.language}"
    return Text.assemble((_one_line(name), "bold underline"), (f"  {size}", "dim"))


def _finding_line(number: int, finding: Finding) -> Text:
    from rich.text import Text

    return Text.assemble(
        f"{number:>2}. ",
        (finding.severity.value.upper(), _STYLES[finding.severity]),
        f"  {category_name(finding.category)}",
        (f"  {confidence_words(finding.confidence)} ({finding.confidence:.2f})", "dim"),
    )


def _finding_lines(document: Document, finding: Finding, colour: bool) -> Iterator[Text]:
    from rich.text import Text

    style = _STYLES[finding.severity]
    sentence = document.sentences[finding.sentence]
    # A finding may reach over the end of its sentence; what is shown holds all of it.
    shown = Span(min(sentence.span.start, finding.span.start), max(sentence.span.end, finding.span.end))
    yield _marked(shown.of(document.text), finding.span.shift(-shown.start), style, colour)
    yield Text(show_invisible(finding.message), style="bold")
    for item in finding.evidence:
        yield from _evidence_lines(item, colour)
    if finding.suggestions:
        yield Text.assemble(("→ ", "green"), (show_invisible(" / ".join(finding.suggestions)), "bold green"))


def _evidence_lines(item: FindingEvidence, colour: bool) -> Iterator[Text]:
    from rich.text import Text

    if not item.evidence.text:
        return
    name = Text(f"{_one_line(evidence_name(item.evidence))}: ", style="cyan")
    yield name + _marked(item.evidence.text, item.conflict, "bold green", colour)


def _marked(text: str, span: Span | None, style: str, colour: bool) -> Text:
    """`text` on one line with `span` marked, shortened around it where it is long."""
    from rich.text import Text

    focus = span or Span(0, 0)
    start, end = _excerpt(text, focus)
    before, marked, after = text[start : focus.start], focus.of(text), text[focus.end : end]
    if span is None:
        before, marked, after = "", "", text[:end]
    elif not colour or not marked:
        marked = f"⟦{marked}⟧"
    return Text.assemble(
        ("… " if start else "") + _one_line(before),
        (_one_line(marked), f"{style} underline" if colour else ""),
        _one_line(after) + (" …" if end < len(text) else ""),
    )


def _excerpt(text: str, focus: Span) -> tuple[int, int]:
    """Start and end of what is shown of `text`: all of a short one, else whole words around `focus`."""
    if len(text) <= _EXCERPT:
        return 0, len(text)
    margin = max(0, _EXCERPT - len(focus)) // 2
    start, end = max(0, focus.start - margin), min(len(text), focus.end + margin)
    if start:
        space = text.find(" ", start, focus.start)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", focus.end, end)
        end = space if space >= 0 else end
    return start, end


def _one_line(text: str) -> str:
    return show_invisible(_WHITE_SPACE.sub(" ", text))
