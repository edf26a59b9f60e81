"""Benchmarks of the exact rules: false alarms on clean translations and articles, recall on injected slips, speed.

Data: `text/parallel.*` of the kinds that one side is a translation of the other (flores_dev, ntrex, pud; in newstest
both are often translated from a third language, and their figures differ), `text/news_articles` of the documents left
out of training, and `nli/equate`. No model takes part.
"""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from zlib import crc32

from checker.document import Document, Sentence, Span, make_document
from checker.errors import UnreadableFileError
from checker.evaluation.measures import Measure, ratio, share
from checker.evaluation.slips import MAKERS
from checker.evidence import Evidence, EvidenceKind, Relation
from checker.rules import RULES, Material, RuleCandidate, find_by_rules
from checker.rules.confidence import measured_confidence
from checker.rules.quantities import read_quantities, same_quantity
from checker.rules.types import Counterpart, Passage
from checker.training.sources.reading import is_held_out

LANGUAGES = ("es", "fr", "de", "pt", "it", "ru")
_FILES = ("flores_dev", "ntrex", "pud")
_SLIPPED = 4  # slips are made in every fourth sentence
_RARE = "lost-names"  # of this rule in every one, for few can be planted; those of every fourth are counted beside
_RARE_AS_OTHERS = "lost-names, every fourth sentence"
_ARTICLES = 600
_FEWEST_SENTENCES = 3


def translations(data: Path, limit: int) -> list[Measure]:
    """Rules that hold a sentence against its source."""
    return _measures(list(_pairs(data, limit)), "translations")


def articles(data: Path, limit: int) -> list[Measure]:
    """Rules that need nothing but the article: sentences of held-out articles."""
    return _measures(list(_article_materials(data, limit)), "articles")


def equate(data: Path, limit: int) -> list[Measure]:
    """EQUATE: are amounts that agree told from amounts that contradict."""
    told: dict[str, list[bool]] = defaultdict(list)
    for row in _json_lines(data / "nli/equate.all.jsonl.gz", limit):
        ours, theirs = (
            [one for one in read_quantities(str(row[side]), "en") if not one.weak or side == "premise"]
            for side in ("hypothesis", "premise")
        )
        if ours and theirs:
            equal = all(any(same_quantity(one, other) for other in theirs) for one in ours)
            told[str(row["label"])].append(equal)
    return [share(f"{label}: amounts found equal", hits) for label, hits in sorted(told.items())]


def _measures(materials: list[Material], split: str) -> list[Measure]:
    started = time.process_time()
    alarms = [find_by_rules(material, enabled=["typography"]) for material in materials]
    seconds = time.process_time() - started
    sentences = [len(material.document.sentences) for material in materials]
    found = _slips_found(materials, alarms)
    measures = [ratio(f"{split}: sentences a second", [(float(sum(sentences)), seconds)])]
    for rule in RULES:
        counts = [float(sum(one.rule == rule for one in some)) for some in alarms]
        if sum(counts) or rule in found:
            units = list(zip(counts, map(float, sentences), strict=True))
            measures.append(ratio(f"{rule}: alarms in 1,000 clean sentences", units, 1000.0))
        if rule in found:
            measures.append(share(f"{rule}: slips found", found[rule]))
            measures.append(_confidence(rule, found[rule], counts, sentences))
    if _RARE_AS_OTHERS in found:
        measures.append(share(f"{_RARE_AS_OTHERS}: slips found", found[_RARE_AS_OTHERS]))
    return measures


def _confidence(rule: str, found: list[bool], alarms: list[float], sentences: list[int]) -> Measure:
    """What `checker.rules.confidence` stores, at the upper end of the false alarms' interval."""
    clean = ratio("", list(zip(alarms, map(float, sentences), strict=True)))
    rate = max(clean.interval()[1], 3.0 / max(1, sum(sentences)))  # no alarm in n: at most 3/n at 95 %

    def statistic(hits: object) -> float:
        return measured_confidence(sum(hits) / max(1, len(hits)), rate)  # type: ignore[call-overload, arg-type]

    return Measure(f"{rule}: confidence", [float(hit) for hit in found], statistic)


def _slips_found(materials: list[Material], alarms: list[list[RuleCandidate]]) -> dict[str, list[bool]]:
    """For each rule that slips are made for: was each found, by that rule, at its place."""
    found: dict[str, list[bool]] = defaultdict(list)
    english = _words_of_copy(materials)
    for material, some in zip(materials, alarms, strict=True):
        text = material.document.text
        drawn = not (material.counterparts and crc32(text.encode()) % _SLIPPED)
        source = " ".join(counterpart.there.text for counterpart in material.counterparts)
        for rule, maker in MAKERS.items():
            if not (drawn or rule == _RARE):
                continue
            if any(one.rule == rule for one in some) or (RULES[rule].needs_source and not source):
                continue
            slip = maker(text, source, Random(crc32(f"{rule}{text}".encode())))
            if slip is None or (rule == "untranslated" and (not source or slip.span.of(slip.text) in english)):
                continue
            wrong = RULES[rule].find(_with_text(material, slip.text))
            found[rule].append(any(candidate.span.overlaps(slip.span) for candidate in wrong))
            if rule == _RARE and drawn:
                found[_RARE_AS_OTHERS].append(found[rule][-1])
    return found


def _words_of_copy(materials: list[Material]) -> frozenset[str]:
    """Words in small letters of three clean sentences or more: "national" is English, whatever else it is."""
    counts = Counter(
        word
        for text in {material.document.text for material in materials}
        for word in set(re.findall(r"(?<![^\W\d_])[^\W\d_]+", text))
    )
    return frozenset(word for word, count in counts.items() if count >= _FEWEST_SENTENCES and word.islower())


def _with_text(material: Material, text: str) -> Material:
    """The material of one sentence with another text."""
    document = _sentence_document(text, material.language)
    counterparts = tuple(
        replace(one, sentences=document.sentences, here=replace(one.here, text=text), here_around=text)
        for one in material.counterparts
    )
    return Material(document, counterparts)


def _pairs(data: Path, limit: int) -> Iterator[Material]:
    """A sentence and its source each."""
    seen = False
    for language in LANGUAGES:
        for name in _FILES:
            path = data / f"text/parallel.{language}-en.{name}.tsv.gz"
            if not path.is_file():
                continue
            seen = True
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for number, line in enumerate(lines):
                    if limit and number >= limit:
                        break
                    source, _, text = line.rstrip("\n").partition("\t")
                    if source and text:
                        yield _pair(source, text, language)
    if not seen:
        raise UnreadableFileError(f"{data}/text: no parallel.*-en.*.tsv.gz; give the folder with the data as --data")


def _pair(source: str, text: str, language: str) -> Material:
    document = _sentence_document(text, "en")
    evidence = Evidence(EvidenceKind.SOURCE, "source:0", source, 1.0, Relation.REFERENCE)
    here, there = Passage(text, 0, "en"), Passage(source, 0, language)
    counterpart = Counterpart(document.sentences, here, there, evidence, source, text)
    return Material(document, (counterpart,))


def _sentence_document(text: str, language: str) -> Document:
    return Document("", text, (Sentence(0, Span(0, len(text)), text),), language)


def _article_materials(data: Path, limit: int) -> Iterator[Material]:
    """Whole articles for the alarms; slips are made in the whole text."""
    count = 0
    for row in _json_lines(data / "text/news_articles.en.jsonl.gz", 0):
        if count >= (limit or _ARTICLES):
            return
        if is_held_out(str(row["id"])):
            count += 1
            yield Material(make_document(str(row["text"]), language="en"))


def _json_lines(path: Path, limit: int) -> Iterator[dict[str, object]]:
    if not path.is_file():
        raise UnreadableFileError(f"{path}: no such file; give the folder with the data as --data")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit and number >= limit:
                return
            yield json.loads(line)
