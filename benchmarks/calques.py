"""How often rows of the table of calques fire on native and on really translated news: the evidence for confidences.

    python benchmarks/calques.py DATA [--every 4] [--rows]

Native: news sentences and whole articles of DATA/text without the papers of other countries (`W`, `worldwide`) and
without `N` (test sets of machine translation, of which half is translated), which stand in a line of their own.
Translated: the articles of `real_translated_news` without marks; those with them are for `checker evaluate translated`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from checker.document import Document, Sentence, Span, make_document
from checker.rules import Material
from checker.rules.calques import find
from checker.rules.phrasing.entries import TIERS

SHOWN = 0.5  # the confidence from which findings are shown


def sentences(data: Path, every: int) -> Iterator[tuple[str, Document]]:
    """Sentences, each a document of its own, with the letter of their collection."""
    with (
        gzip.open(data / "text/news_sentences.en.txt.gz", "rt", encoding="utf-8") as lines,
        gzip.open(data / "text/news_sentences.en.sources.txt.gz", "rt", encoding="utf-8") as letters,
    ):
        for number, (line, letter) in enumerate(zip(lines, letters, strict=True)):
            text = line.rstrip("\n")
            if number % every == 0 and letter.strip() != "W":
                yield letter.strip(), Document("", text, (Sentence(0, Span(0, len(text)), text),), "en")


def articles(path: Path, every: int) -> Iterator[Document]:
    """Whole articles that carry no marks."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            translated = "real_translated" in path.name
            if number % every == 0 and not row.get("errors") and (translated or not row["id"].startswith("worldwide")):
                yield make_document(row["text"], language="en")


def count(name: str, documents: Iterable[Document], rows: Counter[str] | None = None) -> None:
    """Print alarms by confidence in 1,000 sentences, and how many documents have one that is shown."""
    tiers: Counter[float] = Counter()
    number = read = flagged = 0
    seconds = 0.0
    for document in documents:
        started = time.process_time()
        found = list(find(Material(document)))
        seconds += time.process_time() - started
        number, read = number + 1, read + len(document.sentences)
        tiers.update(candidate.confidence or 0.0 for candidate in found)
        flagged += any((candidate.confidence or 0.0) >= SHOWN for candidate in found)
        if rows is not None:
            rows.update(candidate.message.partition(" looks like ")[2] for candidate in found)
    shown = sum(count for confidence, count in tiers.items() if confidence >= SHOWN)
    print(f"{name}: {number} documents, {read} sentences, {1e6 * seconds / max(1, read):.0f} µs each")
    print(f"  shown {shown} = {1e3 * shown / max(1, read):.3f} in 1,000, in {flagged} documents")
    for confidence, hits in sorted(tiers.items()):
        print(f"  at {confidence}: {hits} = {1e3 * hits / max(1, read):.3f} in 1,000")


def main() -> None:
    """Read the arguments and count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--rows", action="store_true", help="tell which rows fire on native sentences")
    options = parser.parse_args()
    print("tiers:", ", ".join(TIERS))
    rows: Counter[str] = Counter()
    read = list(sentences(options.data, options.every))
    count("native sentences", (document for letter, document in read if letter != "N"), rows)
    count("test sets of MT", (document for letter, document in read if letter == "N"))
    count("native articles", articles(options.data / "text/news_articles.en.jsonl.gz", options.every))
    count("translated", articles(options.data / "text/real_translated_news.en.jsonl.gz", 1))
    for message, hits in rows.most_common(60 if options.rows else 0):
        print(f"  {hits:4} {message}")


if __name__ == "__main__":
    main()
