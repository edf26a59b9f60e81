"""Benchmark of the rules `left-out` and `added`: documents with a sentence dropped, added, moved or joined to the next.

Documents are 25 lines in a row of the parallel files that keep the order of their articles (ntrex, newstest), with the
source as one text and, for drops and additions, unit by unit (a line a unit, and five).

The files have headings between their sentences, and lines of a word or two ("Remember?"). A heading less or more is a
newsroom's own decision, of which the rules say nothing, and so no slip: what is dropped or put in ends like a sentence
and has four words, in both languages. `any line` is the same with whatever line stands there.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from random import Random
from zlib import crc32

from checker.document import AlignedSource, Document, SourceUnit, Span, make_document
from checker.errors import UnreadableFileError
from checker.evaluation.measures import Measure, ratio, share
from checker.rules import RULES, Material, RuleCandidate, gather_material
from checker.rules.confidence import measured_confidence

LINES = 25  # of a document
JOINED = 4  # pairs of sentences
UNITS = {1: "a line a unit", 5: "5 lines a unit"}
_FILES = (
    *(f"{language}-en.ntrex" for language in ("es", "fr", "de", "pt", "it", "ru")),
    "es-en.newstest2008_2012",
    *(f"{language}-en.newstest" for language in ("fr", "de", "it", "ru")),
)
_PER_FILE = 40  # documents; newstest has up to 800
_RULES = ("left-out", "added")
_SENTENCE = re.compile(r"(?:\S+\s+){3,}.*[.!?…][\s\"'”’»“)\]]*")
_AS_ONE = ("clean", "reordered", "joined")  # documents whose source is one text


def whole_sentences(data: Path, limit: int) -> list[Measure]:
    """Slips found; alarms in documents as they are, with two sentences swapped, and with sentences joined.

    The confidences are those of sure and unsure alarms, over all three kinds of documents.
    """
    found: dict[str, list[RuleCandidate | None]] = defaultdict(list)
    alarms: dict[tuple[str, str], list[tuple[list[RuleCandidate], int]]] = defaultdict(list)
    for source, copy, strange in _documents(data, limit or _PER_FILE):
        rng = Random(crc32("".join(copy).encode()))
        for kind, lines in zip(_AS_ONE, (copy, _swapped(copy, rng), _with_joined(copy, rng)), strict=True):
            document, candidates = _checked(lines, source)
            for rule in _RULES:
                of_rule = [one for one in candidates if one.rule == rule]
                alarms[rule, kind].append((of_rule, len(document.sentences)))
        anywhere = rng.randrange(1, LINES - 2)
        place = _place_of_sentence(source, copy, anywhere)
        sentence = next((line for line in (*strange[LINES // 2 :], *strange) if _SENTENCE.fullmatch(line)), strange[0])
        before = {one.evidence.text for one in _checked(copy, source)[1]}
        _slip(source, copy, sentence, place, before, "", found)
        _slip(source, copy, strange[LINES // 2], anywhere, before, ", any line", found)
        _slip_in_units(source, copy, sentence, place, found, alarms)
    measures = [share(f"{rule}: slips found", [hit is not None for hit in hits]) for rule, hits in found.items()]
    for (rule, kind), documents in sorted(alarms.items()):
        units = [(float(len(some)), float(sentences)) for some, sentences in documents]
        measures.append(ratio(f"{rule}: alarms in 1,000 {kind} sentences", units, 1000.0))
    for rule in _RULES:
        documents = [
            each for (of_rule, kind), some in alarms.items() if of_rule == rule and kind in _AS_ONE for each in some
        ]
        measures += [_confidence(rule, sure, found[rule], documents) for sure in (True, False)]
    return measures


def _place_of_sentence(source: Document, copy: list[str], start: int) -> int:
    """The first line from `start` on that is a sentence in both languages; `start` itself where none is."""
    originals = source.text.split("\n")
    places = sorted(range(1, LINES - 2), key=lambda place: (place - start) % LINES)
    return next((at for at in places if _SENTENCE.fullmatch(originals[at]) and _SENTENCE.fullmatch(copy[at])), start)


def _slip(
    source: Document, copy: list[str], strange: str, place: int, before: set[str], kind: str,
    found: dict[str, list[RuleCandidate | None]],
) -> None:  # fmt: skip
    """A line dropped, and one put in."""
    _, candidates = _checked([*copy[:place], *copy[place + 1 :]], source)
    missing = [one for one in candidates if one.rule == "left-out" and one.evidence.text not in before]
    found[f"left-out{kind}"].append(missing[0] if missing else None)
    document, candidates = _checked([*copy[:place], strange, *copy[place:]], source)
    new = [one for one in candidates if one.rule == "added" and one.span.of(document.text) in strange]
    found[f"added{kind}"].append(new[0] if new else None)


def _confidence(
    rule: str, sure: bool, found: list[RuleCandidate | None], documents: list[tuple[list[RuleCandidate], int]]
) -> Measure:
    """What `checker.rules.confidence` and the two rules store, at the upper end of the false alarms' interval."""
    counts = [(float(sum(_is_sure(one) is sure for one in some)), float(sentences)) for some, sentences in documents]
    rate = max(ratio("", counts).interval()[1], 3.0 / max(1.0, sum(sentences for _, sentences in counts)))
    hits = [float(hit is not None and _is_sure(hit) is sure) for hit in found]
    return Measure(
        f"{rule}: confidence where {'sure' if sure else 'unsure'}",
        hits,
        lambda some: measured_confidence(sum(some) / max(1, len(some)), rate),
    )


def _is_sure(candidate: RuleCandidate) -> bool:
    return candidate.confidence is None


def _checked(lines: list[str], source: Document) -> tuple[Document, list[RuleCandidate]]:
    document = make_document("\n".join(lines), language="en")
    return document, _found(gather_material(document, source))


def _slip_in_units(
    source: Document, copy: list[str], strange: str, place: int, found: dict[str, list[RuleCandidate | None]],
    alarms: dict[tuple[str, str], list[tuple[list[RuleCandidate], int]]],
) -> None:  # fmt: skip
    """The same two slips, and the copy as it is, with a source that is aligned as it came."""
    pieces = [[line] for line in copy]
    for size, lines in UNITS.items():
        document, candidates = _checked_in_units(pieces, source, size)
        for rule in _RULES:
            of_rule = [one for one in candidates if one.rule == rule]
            alarms[rule, f"clean ({lines})"].append((of_rule, len(document.sentences)))
        before = {one.evidence.text for one in candidates}
        _, candidates = _checked_in_units([*pieces[:place], [], *pieces[place + 1 :]], source, size)
        missing = [one for one in candidates if one.rule == "left-out" and one.evidence.text not in before]
        found[f"left-out, {lines}"].append(missing[0] if missing else None)
        more = [*pieces[:place], [strange, *pieces[place]], *pieces[place + 1 :]]
        document, candidates = _checked_in_units(more, source, size)
        new = [one for one in candidates if one.rule == "added" and one.span.of(document.text) in strange]
        found[f"added, {lines}"].append(new[0] if new else None)


def _checked_in_units(
    pieces: list[list[str]], source: Document, size: int
) -> tuple[Document, list[RuleCandidate]]:  # fmt: skip
    originals = source.text.split("\n")
    text = ""
    units = []
    for start in range(0, LINES, size):
        copy = "\n".join(line for piece in pieces[start : start + size] for line in piece)
        original = "\n".join(originals[start : start + size])
        units.append(SourceUnit(str(start), Span(len(text), len(text) + len(copy)), original))
        text += f"{copy}\n"
    document = make_document(text, language="en")
    return document, _found(gather_material(document, AlignedSource(tuple(units), source.language)))


def _found(material: Material) -> list[RuleCandidate]:
    return [candidate for rule in _RULES for candidate in RULES[rule].find(material)]


def _swapped(lines: list[str], rng: Random) -> list[str]:
    place = rng.randrange(len(lines) - 1)
    return [*lines[:place], lines[place + 1], lines[place], *lines[place + 2 :]]


def _with_joined(lines: list[str], rng: Random) -> list[str]:
    """Some lines made one sentence with the next: `…, and …`."""
    joined = list(lines)
    for _ in range(JOINED):
        place = rng.randrange(len(joined) - 1)
        one, two = joined[place : place + 2]
        joined[place : place + 2] = [f"{one.rstrip('.')}, and {two[:1].lower()}{two[1:]}"]
    return joined


def _documents(data: Path, count: int) -> Iterator[tuple[Document, list[str], list[str]]]:
    """The source, the lines of the copy, and those of another document of the same file."""
    paths = [path for name in _FILES if (path := data / f"text/parallel.{name}.tsv.gz").is_file()]
    if not paths:
        raise UnreadableFileError(f"{data}/text: no parallel.*-en.*.tsv.gz; give the folder with the data as --data")
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            pairs = [line.rstrip("\n").split("\t") for line in islice(lines, (count + 1) * LINES)]
        blocks = [pairs[start : start + LINES] for start in range(0, len(pairs) - LINES + 1, LINES)]
        for block, other in pairwise(blocks):
            source = "\n".join(each[0] for each in block)
            copy = [each[1] for each in block]
            yield make_document(source, language=path.name.split(".")[1][:2]), copy, [each[1] for each in other]
