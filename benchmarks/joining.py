"""Do joined facts raise false alarms? `python benchmarks/joining.py DATA [ARTICLES]`.

Clean articles, each checked with and without joined facts against the same sheet, which is as hard as one may be: every
second sentence of the article itself (true, and about the same names, so that many are joined) and sentences of other
articles. Any alert is a false one. The verdicts count what the model holds for contradicted without an alert too.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import checker.evidence.selection as selection
from checker import Checker
from checker.document import Document
from checker.evaluation.planted import held_out_articles
from checker.evidence.types import Evidence
from checker.findings import Verdict

OTHERS, OF_EACH = 30, 4  # other articles, and sentences of each

join_facts = selection.join_facts
joined: list[Evidence | None] = []


def joining(*given: object) -> list[Evidence | None]:
    made = join_facts(*given)
    joined.extend(made)
    return made


def not_joining(sentences: Sequence[str], *_: object) -> list[Evidence | None]:
    return [None] * len(sentences)


def alerts(checker: Checker, articles: Sequence[Document], others: Sequence[str]) -> tuple[int, int]:
    """Alerts in all articles, and sentences that are called contradicted."""
    found = contradicted = 0
    for article in articles:
        report = checker.check(article, facts=[*(each.text for each in article.sentences[::2]), *others])
        found += len(report.findings)
        contradicted += sum(each.verdict is Verdict.CONTRADICTED for each in report.sentences)
    return found, contradicted


def main() -> None:
    data, number = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20
    articles = held_out_articles(data)[:number]
    others = [s.text for article in held_out_articles(data, seed=9)[:OTHERS] for s in article.sentences[:OF_EACH]]
    checker = Checker()  # remembers what the model said, so only the joined premises are asked for in the second round
    words, sentences = sum(each.words for each in articles), sum(len(each.sentences) for each in articles)
    for name, way in (("facts alone", not_joining), ("joined too", joining)):
        selection.join_facts = way
        found, contradicted = alerts(checker, articles, others)
        print(f"{name}: {found} alerts, {contradicted} sentences contradicted", flush=True)
    made = sum(each is not None for each in joined)
    print(f"{len(articles)} articles, {words} words, {sentences} sentences, {made} of them with joined facts")
    print(f"weights {checker.predictor.weights_hash}")


if __name__ == "__main__":
    main()
