"""English beside its original in another language, with known truth, from texts that training never reads.

Real machine translations that revisers marked; articles written for this project in other languages, translated as
machines do; and NTREX: news in human translation, of which no line is trained on. Its English is the original and the
other side the translation, which is looser than a newsroom's; so alarms on it are many rather than few.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from checker.document import Document, Span, make_document
from checker.evaluation.cases import Case, belongs
from checker.evaluation.planted import LEXICON
from checker.nli import Pair
from checker.training.corruption import Corruption, Corruptor
from checker.training.sources.reviewed import FILES, read_reviewed
from checker.training.sources.sourced import BLOCK, Line, read_lines
from checker.training.written import Marked, Part
from checker.training.written.wire import read_wire

LANGUAGES = ("es", "fr", "de", "it", "pt", "ru", "uk", "zh", "ar")
NTREX = "text/parallel.{}-en.ntrex.tsv.gz"
PARAGRAPH = "\n\n"
SEED = 41


class SourcedArticle(NamedTuple):
    """An English article with the errors in it (none in clean copy), and its original."""

    document: Document
    source: Document
    errors: tuple[Span, ...]


def reviewed_originals(data: Path, *, calibration: bool = True) -> Iterator[Case]:
    """Real machine translations that are right, and those with a major error, beside their source; any order."""
    found = [
        one
        for file in FILES
        for some in read_reviewed(data / file)
        if some[0].source and belongs(some[0].source, calibration=calibration)
        for one in some
        if one.error in (0.0, 1.0)
    ]
    for one in random.Random(SEED).sample(found, len(found)):
        pair = Pair(one.source, one.translation, language=one.language)
        yield Case(pair, bool(one.marks), tuple(mark.span for mark in one.marks), rated=True)


def made_originals(data: Path, *, calibration: bool = True) -> Iterator[Case]:
    """Lines of NTREX beside their translation, each right one followed by one with a made error."""
    corruptor, rng = Corruptor(data / LEXICON, SEED), random.Random(SEED)
    for language, lines in _blocks(data, calibration=calibration):
        for line in lines:
            yield Case(Pair(line.source, line.english, language=language), False, ())
            corruption = _of_meaning(corruptor.corrupt(line.english, rng))
            if corruption is not None:
                yield Case(Pair(line.source, corruption.text, language=language), True, corruption.spans)


def wire_originals(*, calibration: bool = True) -> Iterator[Case]:
    """Sentences of written articles beside their original, each right one followed by the wrong one if there is one."""
    for article in read_wire(Part.CALIBRATION if calibration else Part.FIGURES):
        slips = {slip.at: slip.text for slip in article.slips}
        for place, sentence in enumerate(article.sentences):
            yield Case(Pair(sentence.source, sentence.english, language=article.language), False, ())
            if place in slips:
                pair = Pair(sentence.source, slips[place].text, language=article.language)
                yield Case(pair, True, slips[place].errors)


def wire_articles(*, errors: int, calibration: bool = False) -> Iterator[SourcedArticle]:
    """Written articles with their original, so many sentences of each gone wrong."""
    rng = random.Random(SEED + 2)
    for article in read_wire(Part.CALIBRATION if calibration else Part.FIGURES):
        slips = {slip.at: slip.text for slip in rng.sample(article.slips, min(errors, len(article.slips)))}
        english = [slips.get(place, Marked(one.english)) for place, one in enumerate(article.sentences)]
        yield _joined(article.language, [one.source for one in article.sentences], english)


def sourced_articles(data: Path, *, errors: int, calibration: bool = False) -> Iterator[SourcedArticle]:
    """Lines of NTREX in a row as an article with its original, so many sentences of it spoilt."""
    corruptor, rng = Corruptor(data / LEXICON, SEED + 1), random.Random(SEED + 1)
    for language, lines in _blocks(data, calibration=calibration):
        spoilt = set(rng.sample(range(len(lines)), min(errors, len(lines))))
        english = []
        for place, line in enumerate(lines):
            corruption = _of_meaning(corruptor.corrupt(line.english, rng)) if place in spoilt else None
            english.append(Marked(corruption.text, tuple(corruption.spans)) if corruption else Marked(line.english))
        yield _joined(language, [line.source for line in lines], english)


def _joined(language: str, originals: Sequence[str], english: Sequence[Marked]) -> SourcedArticle:
    """An article of these sentences, a paragraph each, with its original."""
    text, spans = "", []
    for one in english:
        spans += [span.shift(len(text)) for span in one.errors]
        text += one.text + PARAGRAPH
    source = make_document(PARAGRAPH.join(originals), language=language)
    return SourcedArticle(make_document(text.rstrip(), language="en"), source, tuple(spans))


def _of_meaning(corruption: Corruption | None) -> Corruption | None:
    """The error, None for a slip of form: an original has nothing against it."""
    return None if corruption is None or corruption.category.startswith("fluency") else corruption


def _blocks(data: Path, *, calibration: bool) -> Iterator[tuple[str, Sequence[Line]]]:
    """Blocks of neighbouring lines, every other one for calibration; each in Spanish and in one more language."""
    lines = {language: read_lines(data / NTREX.format(language)) for language in LANGUAGES}
    others = LANGUAGES[1:]
    chosen = range(0 if calibration else 1, min(map(len, lines.values())) // BLOCK, 2)
    pairs = (((LANGUAGES[0], place), (others[place // 2 % len(others)], place)) for place in chosen)
    for language, place in chain.from_iterable(pairs):
        yield language, lines[language][place * BLOCK : (place + 1) * BLOCK]
