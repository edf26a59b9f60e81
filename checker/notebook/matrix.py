"""Every sentence of an article against every other: what contradicts and what supports what, at a glance.

`Checker.check` asks the model only about pairs that speak of the same matters. This asks about all of them, so it is
for one article on a screen, not for a batch.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import permutations
from typing import TYPE_CHECKING, Literal

from checker.document import Document
from checker.errors import UsageError
from checker.evidence import Relation
from checker.frames import as_pandas
from checker.nli import Pair
from checker.pipeline import Checker
from checker.report.plots import heat_scale, need_altair

if TYPE_CHECKING:
    import altair
    import pandas

MOST_SENTENCES = 40  # 1,560 pairs: about half a minute on two processor cores
Figure = Literal["entailment", "neutral", "contradiction", "error"]
COLUMNS: dict[str, type] = {
    **dict.fromkeys(("sentence", "evidence"), int),
    **dict.fromkeys(("entailment", "neutral", "contradiction", "error"), float),
    **dict.fromkeys(("sentence_text", "evidence_text"), str),
}


def evidence_matrix(checker: Checker, document: Document, sentences: Collection[int] | None = None) -> pandas.DataFrame:
    """One row for each ordered pair of different sentences: what the model says of `sentence` given `evidence`.

    `sentences` are the indices to compare, all of them where None. Raises UsageError for more than MOST_SENTENCES,
    ModelError, and CheckerError where pandas is not installed.
    """
    chosen = [one for one in document.sentences if sentences is None or one.index in sentences]
    if len(chosen) > MOST_SENTENCES:
        raise UsageError(f"{len(chosen)} sentences are too many to compare; name at most {MOST_SENTENCES} of them")
    asked = [*permutations(chosen, 2)]
    said = checker.predictor.predict([Pair(other.text, one.text, Relation.CONTEXT) for one, other in asked])
    rows: list[tuple[object, ...]] = [
        (one.index, other.index, view.entailment, view.neutral, view.contradiction, view.error, one.text, other.text)
        for (one, other), view in zip(asked, said, strict=True)
    ]
    return as_pandas(rows, COLUMNS)


def plot_evidence_matrix(matrix: pandas.DataFrame, figure: Figure = "contradiction") -> altair.Chart:
    """The matrix as a heat map: sentences downwards, their evidence across. Raises CheckerError without altair."""
    need_altair()
    import altair as alt

    across = alt.X("evidence:O", title="evidence (sentence)", axis=alt.Axis(labelAngle=0))
    rows = matrix.round({figure: 3}).to_dict("records")
    values = [{str(name): value for name, value in row.items()} for row in rows]
    chart: altair.Chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_rect()
        .encode(
            x=across,
            y=alt.Y("sentence:O", title="sentence under check"),
            color=alt.Color(f"{figure}:Q", scale=heat_scale()),
            tooltip=["sentence_text:N", "evidence_text:N", f"{figure}:Q"],
        )
        .properties(width=alt.Step(24), height=alt.Step(24))
    )
    return chart
