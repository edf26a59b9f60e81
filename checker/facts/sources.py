"""What can be imported into a fact store, each as a stream of entries: fact files, Parquet, triples, articles.

An `Entry` is what `checker.evidence.fact_formats` gives: a mapping with the keys of a fact, or an error. So every
source is checked by the same rules, and a broken line costs no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from checker.errors import CheckerError, FactFileError, UsageError, first_line
from checker.evidence.fact_formats import Entry, parse_entries, split_lines
from checker.evidence.lexical import terms_of
from checker.evidence.ranking import is_fragment

# How Wikidata's usual relations read in English; any other is "The <relation> of <subject> is <object>."
TEMPLATES = {
    "capital": "The capital of {subject} is {object}.",
    "capital of": "{subject} is the capital of {object}.",
    "continent": "{subject} is in {object}.",
    "country": "{subject} is in {object}.",
    "country of citizenship": "{subject} is a citizen of {object}.",
    "date of birth": "{subject} was born on {object}.",
    "date of death": "{subject} died on {object}.",
    "educated at": "{subject} was educated at {object}.",
    "employer": "{subject} works for {object}.",
    "founded by": "{subject} was founded by {object}.",
    "head of government": "The head of government of {subject} is {object}.",
    "head of state": "The head of state of {subject} is {object}.",
    "headquarters location": "The headquarters of {subject} are in {object}.",
    "inception": "{subject} was founded in {object}.",
    "instance of": "{subject} is a {object}.",
    "located in": "{subject} is in {object}.",
    "member of": "{subject} is a member of {object}.",
    "member of political party": "{subject} is a member of {object}.",
    "occupation": "{subject} is a {object}.",
    "owned by": "{subject} is owned by {object}.",
    "part of": "{subject} is part of {object}.",
    "place of birth": "{subject} was born in {object}.",
    "place of death": "{subject} died in {object}.",
    "population": "{subject} has a population of {object}.",
    "position held": "{subject} holds the office of {object}.",
    "shares border with": "{subject} borders {object}.",
    "spouse": "{subject} is married to {object}.",
}
_DATE_IN_NAME = re.compile(r"(?<!\d)(\d{4})[-_/]?(\d{2})[-_/]?(\d{2})(?!\d)")
_TRIPLE_KEYS = ("valid_from", "valid_until", "origin")


def file_entries(path: Path, content: str) -> Iterator[Entry]:
    """Entries of a text, JSONL, JSON, CSV, TSV or YAML fact file."""
    yield from parse_entries(content, path.name)


def parquet_entries(path: Path) -> Iterator[Entry]:
    """A row of a Parquet file an entry, numbered from 1; its columns are the keys of a fact.

    Raises UsageError where pyarrow is missing, FactFileError where the file cannot be read or has no `text`.
    """
    try:
        import pyarrow.parquet
        from pyarrow.lib import ArrowException
    except ImportError as error:
        raise UsageError("reading Parquet needs pyarrow; install it with: pip install 'checker[parquet]'") from error
    try:
        with pyarrow.parquet.ParquetFile(path) as file:  # type: ignore[no-untyped-call]
            if "text" not in file.schema_arrow.names:
                raise FactFileError(f"{path}: has no column 'text'; name the column of the facts so")
            number = 0
            for batch in file.iter_batches(batch_size=1_000):
                for row in batch.to_pylist():
                    number += 1
                    yield Entry(number, {str(key): value for key, value in row.items() if value is not None})
    except (ArrowException, OSError) as error:
        reason = first_line(error)
        raise FactFileError(f"{path}: cannot be read as Parquet ({reason}); check the file") from error


def triple_entries(content: str, templates: Mapping[str, str] = TEMPLATES) -> Iterator[Entry]:
    """Lines `subject TAB relation TAB object`, then optionally valid_from, valid_until and origin, as sentences."""
    for number, line in enumerate(split_lines(content), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [" ".join(cell.split()) for cell in line.split("\t")]
        if not 3 <= len(cells) <= 3 + len(_TRIPLE_KEYS) or not all(cells[:3]):
            yield Entry(number, error="not a triple; write subject, relation and object with tabs between them")
            continue
        subject, relation, value = cells[:3]
        more = {key: cell for key, cell in zip(_TRIPLE_KEYS, cells[3:], strict=False) if cell}
        yield Entry(number, {"text": _sentence(subject, relation, value, templates), **more})


def article_entries(folder: Path, given: date | None) -> Iterator[Entry]:
    """Each sentence of the articles in a folder, with the file as its origin and its place in the article's text.

    A sentence is valid from the day its article appeared: what the file says, else a date in its name or folder
    (2022-05-23), else `given`. Fragments such as "He agreed." are no facts and left out. Entries are numbered over all
    files, in the order of their names; a file that cannot be read is an entry with its name as origin and an error.
    """
    from checker.readers import read_file

    number = 0
    for path in sorted(one for one in folder.rglob("*") if one.is_file() and not one.name.startswith(".")):
        name = path.relative_to(folder).as_posix()
        try:
            document = read_file(path)
        except CheckerError as error:
            number += 1
            yield Entry(number, {"origin": name}, error=str(error).removeprefix(f"{path}: "))
            continue
        day = document.published.date() if document.published else date_in(name) or given
        for sentence in document.sentences:
            if is_fragment(terms_of(sentence.text)):
                continue
            number += 1
            fact: dict[str, Any] = {
                "text": sentence.text,
                "language": document.language,
                "origin": name,
                "place": [sentence.span.start, sentence.span.end],
                "valid_from": day,
            }
            yield Entry(number, fact)


def date_in(name: str) -> date | None:
    """The date in a path such as `2022/05/23/summit.html` or `summit-20220523.txt`; None where there is none."""
    for match in _DATE_IN_NAME.finditer(name):
        try:
            found = date(*map(int, match.groups()))
        except ValueError:
            continue
        if 1900 <= found.year <= 2100:
            return found
    return None


def _sentence(subject: str, relation: str, value: str, templates: Mapping[str, str]) -> str:
    template = templates.get(relation.lower())
    if template is None:
        return f"The {relation} of {subject} is {value}."
    # Not str.format: names may hold braces.
    return re.sub(r"\{(subject|object)\}", lambda match: subject if match[1] == "subject" else value, template)
