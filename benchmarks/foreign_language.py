"""Is English copy taken for another language, and other copy for English? `python benchmarks/foreign_language.py DATA`.

DATA has `text/news_articles.en.jsonl.gz` (title and text a line) and `text/parallel.<language>-en.ntrex.tsv.gz` (a
sentence and its English a line). No model is loaded.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.document import foreign_language

TOGETHER = (1, 3, 10)  # sentences that follow each other, as one text


def lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from file


def share(texts: Sequence[str]) -> str:
    return f"{sum(foreign_language(text) is not None for text in texts):,} of {len(texts):,}"


def main() -> None:
    folder = Path(sys.argv[1], "text")
    articles = [json.loads(line) for line in lines(folder / "news_articles.en.jsonl.gz")]
    titles = [article["title"] for article in articles if article["title"]]
    print(f"English articles taken for foreign: {share([article['text'] for article in articles])}")
    for name, change in (("as they are", str), ("in capitals", str.upper), ("without capitals", str.lower)):
        print(f"English headlines, {name}: {share([change(title) for title in titles])}")
    for path in sorted(folder.glob("parallel.*-en.ntrex.tsv.gz")):
        pairs = [line.rstrip("\n").split("\t") for line in lines(path)]
        told = []
        for size in TOGETHER:
            texts = [" ".join(pair[0] for pair in pairs[at : at + size]) for at in range(0, len(pairs), size)]
            told.append(f"{share(texts)} texts of {size}")
        print(f"{path.name}: foreign {', '.join(told)}; its English {share([pair[1] for pair in pairs])}")


if __name__ == "__main__":
    main()
