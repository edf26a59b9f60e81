"""A sentence to edit in a notebook: its verdict and the reasons for it change while one writes.

Needs anywidget (extra `notebook`), which works in Jupyter, VS Code, Colab and marimo.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from checker.document import AlignedSource, Document, Part, Sentence, Span, make_document
from checker.errors import CheckerError, UsageError
from checker.evidence import Fact, FactStore
from checker.pipeline import Checker
from checker.report import Report
from checker.report.pieces import render_explanation
from checker.report.wording import count, verdict_name

MOST_SHOWN = 3  # sentences that are explained, where the edited text has become several

Facts = FactStore | Sequence[Fact | str | FactStore]


class SentenceWidget(anywidget.AnyWidget):
    """One sentence of an article in a text field, and under it what the checker says of it as it stands.

    `sentence` can be set from Python too. `report` is the newest one, of the article with the edited sentence. The rest
    of the article, the facts and the source stay what they are, and only what the edit touches is judged anew.
    """

    _esm = Path(__file__).parent / "static" / "sentence.js"

    sentence = traitlets.Unicode().tag(sync=True)
    language = traitlets.Unicode("en").tag(sync=True)
    told = traitlets.Unicode().tag(sync=True)
    view = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        checker: Checker,
        document: Document,
        index: int = 0,
        *,
        facts: Facts = (),
        source: Document | AlignedSource | str | None = None,
    ) -> None:
        """The widget for sentence `index`. Raises UsageError where there is none, and ModelError."""
        if not hasattr(index, "__index__") or index not in range(len(document.sentences)):  # NumPy's numbers count
            last = len(document.sentences) - 1
            there_are = f"from 0 to {last}" if last >= 0 else "of another document; this one has no sentences"
            raise UsageError(f"index is {index!r}; give the number of a sentence {there_are}")
        chosen = document.sentences[index]
        self._checker = checker
        self._document = document
        self._place = chosen.span
        self._material: Mapping[str, Any] = {"facts": facts, "source": source}
        self.report: Report | None = None
        super().__init__(sentence=chosen.text, language=document.language)
        self._check()

    @traitlets.observe("sentence")
    def _edited(self, change: object) -> None:
        del change
        if self.report is not None:  # while it is being made there is nothing to compare with
            self._check()

    def _check(self) -> None:
        try:
            self.report = self._checker.check(self._changed(), **self._material)
        except CheckerError as error:
            self.told, self.view = str(error), ""
            return
        own = self._own_sentences(self.report)
        self.view = "".join(self._explained(self.report, one) for one in own[:MOST_SHOWN])
        verdicts = [verdict_name(self.report.sentences[one.index].verdict) for one in own]
        alerts = sum(finding.sentence in {one.index for one in own} for finding in self.report.findings)
        self.told = f"{'; '.join(verdicts)}: {count(alerts, 'alert')}" if own else "There is no sentence to check."

    def _changed(self) -> Document:
        """The article with the sentence as it stands now."""
        known, place = self._document, self._place
        text = known.text[: place.start] + self.sentence + known.text[place.end :]
        parts = [Part(part.kind, self._moved(part.span)) for part in known.parts]
        made = make_document(text, language=known.language, path=known.path, title=known.title, parts=parts)
        return replace(made, published=known.published, byline=known.byline, dateline=known.dateline)

    def _moved(self, span: Span) -> Span:
        """A part's span in the article as it stands: what holds the sentence grows with it, what follows moves."""
        more = len(self.sentence) - len(self._place)
        follows, reaches = span.start >= self._place.end, span.end >= self._place.end
        return Span(span.start + more * follows, span.end + more * reaches)

    def _own_sentences(self, report: Report) -> list[Sentence]:
        place = Span(self._place.start, self._place.start + len(self.sentence))
        return [one for one in report.document.sentences if one.span.overlaps(place)]

    def _explained(self, report: Report, sentence: Sentence) -> str:
        found = next((finding for finding in report.findings if finding.sentence == sentence.index), None)
        return render_explanation(self._checker.explain(found or sentence, report))
