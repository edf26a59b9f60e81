"""Cases with known truth, from documents that training never reads: one half for calibration, one for the card."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any

from checker.document import Document, Span, make_document
from checker.evaluation.planted import LEXICON, Planted, planted_articles, repeated_articles
from checker.evidence import Evidence, EvidenceKind, Fact, Relation
from checker.evidence.restating import with_restated
from checker.nli import Pair
from checker.training.corruption import Corruptor
from checker.training.sources.language import SEEN_IN_WORDS
from checker.training.sources.noted import read_noted
from checker.training.sources.paraphrased import says_the_same
from checker.training.sources.reading import is_for_calibration, is_held_out, read_rows
from checker.training.sources.reviewed import FILE as TRANSLATIONS
from checker.training.sources.reviewed import Reviewed, is_faulted, read_reviewed

SEED = 8
CONTEXT_FILES = ("nli/snli.dev.jsonl.gz", "nli/cad_snli.dev.jsonl.gz", "nli/semi_auto_wiki.test.jsonl.gz")
RATED = "mt_errors/mqm_wmt20_zh-en.jsonl.gz"
PARAGRAPH = "\n\n"
LONGEST_MARK = 12  # words
SHORTENED = 0.3  # of the facts that restate a sentence, where the sentence has a part to spare
DISTRACTORS = 40  # sentences of other articles in a fact sheet
OTHER_LINES = 12  # in the fact sheet of a single sentence
VALUES = ("number", "date", "unit")  # kinds of errors
MEANING = ("polarity", "entity", "role", "modality", "quantifier", "tense")


@dataclass(frozen=True, slots=True)
class Case:
    """A pair with the truth: does it hold an error that matters, and where. `rated`: people say so, not a corruptor."""

    pair: Pair
    wrong: bool
    spans: tuple[Span, ...]
    rated: bool = False

    def is_wrong(self, span: Span) -> bool:
        """True where the words at `span` of the hypothesis touch an error."""
        return any(span.overlaps(error) for error in self.spans)


@dataclass(frozen=True, slots=True)
class Copy:
    """An article as an editor gets it, with the errors in it (none in clean copy) and a fact sheet (maybe empty).

    `rated`: a machine translation whose errors people marked, where others have errors planted in clean copy.
    """

    document: Document
    errors: tuple[Planted, ...]
    facts: tuple[str, ...]
    rated: bool = False

    def is_wrong(self, span: Span) -> bool:
        """True where the words at `span` of the document touch an error."""
        return any(span.overlaps(error.span) for error in self.errors)


def labelled_cases(data: Path, count: int, *, calibration: bool = True) -> Iterator[Case]:
    """Rated translations on which raters agree, pairs of human references, and clean translations.

    Each clean translation is followed by a corrupted one.
    """
    outputs: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in read_rows(data / RATED):
        if belongs(str(row["document_id"]), calibration=calibration):
            outputs[row["reference"], row["translation"]].append(row)
    rng = random.Random(5)
    both = {(row["reference"], row["reference2"]) for rows in outputs.values() for row in rows if row["reference2"]}
    for one, other in sorted(both):
        if one != other:
            yield Case(Pair(one, other), False, ())
    for reference, translation in rng.sample(sorted(outputs), min(count, len(outputs))):
        ratings = outputs[reference, translation]
        major = sum(any(e["severity"] in ("major", "critical") for e in row["errors"]) for row in ratings) / len(
            ratings
        )
        if major >= 0.5 or not any(row["errors"] for row in ratings):
            yield Case(Pair(reference, translation), major >= 0.5, _agreed(ratings) if major >= 0.5 else (), rated=True)
    corruptor = Corruptor(data / LEXICON, 6)
    rows = [row for row in read_rows(data / TRANSLATIONS) if belongs(row["source"], calibration=calibration)]
    same = [row for row in rows if says_the_same(row["reference"], row["translation"]) and not is_faulted(row)]
    for row in rng.sample(same, min(count, len(same))):
        yield Case(Pair(row["reference"], row["translation"]), False, ())
        corruption = corruptor.corrupt(row["translation"], rng)
        if corruption is not None and not corruption.category.startswith("fluency/typography"):
            yield Case(Pair(row["reference"], corruption.text), True, corruption.spans)


def reviewed_translations(data: Path, *, calibration: bool = True) -> Iterator[tuple[Reviewed, ...]]:
    """Of each source sentence the reviewed translations whose reference says the same, right ones first."""
    for some in read_reviewed(data / TRANSLATIONS):
        if belongs(some[0].source, calibration=calibration):
            yield tuple(sorted((one for one in some if not one.review.differs), key=lambda one: one.error))


def reviewed_cases(data: Path, *, calibration: bool = True) -> Iterator[Case]:
    """Real machine translations that are right, and those with a major error, beside a human one; any order."""
    groups = list(reviewed_translations(data, calibration=calibration))
    for one in chain.from_iterable(random.Random(34).sample(groups, len(groups))):
        if one.error in (0.0, 1.0):
            spans = tuple(mark.span for mark in one.marks)
            yield Case(Pair(one.reference, one.translation), bool(spans), spans, rated=True)


def context_cases(data: Path, count: int) -> Iterator[Case]:
    """Claims beside evidence that people labelled, premise as context: wrong where they say contradiction.

    From sets that neither training nor the card's figures read; as many from each.
    """
    rng = random.Random(9)
    for file in CONTEXT_FILES:
        rows = [row for row in read_rows(data / file) if row["hypothesis"].strip()]
        for row in rng.sample(rows, min(count // len(CONTEXT_FILES), len(rows))):
            yield Case(Pair(row["premise"], row["hypothesis"], Relation.CONTEXT), row["label"] == "contradiction", ())


def ranked(cases: Sequence[Case]) -> list[tuple[int, int]]:
    """Indices (wrong, clean) of neighbours with one premise and, but for the error, one hypothesis."""
    return [
        (place + 1, place)
        for place, (one, two) in enumerate(pairwise(cases))
        if two.wrong and not one.wrong and one.pair.premise == two.pair.premise
    ]


def language_cases(data: Path, count: int) -> Iterator[Case]:
    """Sentences of clean articles without a premise; every other one with an error that the words alone show."""
    corruptor, rng = Corruptor(data / LEXICON, 16), random.Random(17)
    sentences = [
        sentence.text
        for article in planted_articles(data, errors=0, seed=SEED, calibration=True)
        for sentence in article.clean.sentences
        if 40 <= len(sentence.text) <= 220
    ]
    for number, sentence in enumerate(rng.sample(sentences, min(count, len(sentences)))):
        corruption = corruptor.corrupt(sentence, rng) if number % 2 else None
        if corruption is not None and corruption.category.startswith(SEEN_IN_WORDS):
            yield Case(Pair("", corruption.text, Relation.LANGUAGE), True, corruption.spans)
        else:
            yield Case(Pair("", sentence, Relation.LANGUAGE), False, ())


def article_cases(data: Path, count: int) -> Iterator[Copy]:
    """Articles: one with errors anywhere, two with errors in what they say twice, one clean, and so on.

    Every other one has a fact sheet, with each kind of copy in turn. A third as many follow with a wrong word inside a
    name, and no facts: such errors are rare elsewhere.

    The sheet says what the article should say, in other words where that can be done, among other articles' sentences.
    """
    corruptor, rng = Corruptor(data / LEXICON, 18), random.Random(19)
    before: list[str] = []
    anywhere = planted_articles(data, errors=2, seed=SEED, calibration=True)
    repeated = repeated_articles(data, errors=2, seed=SEED + 1, calibration=True)
    untouched = planted_articles(data, errors=0, seed=SEED + 2, calibration=True)
    mixed = chain.from_iterable(zip(anywhere, repeated, repeated, untouched, strict=False))
    for number, article in enumerate(islice(mixed, count)):
        own = [sentence.text for sentence in article.clean.sentences]
        sheet = [said_otherwise(text, corruptor, rng) for text in own] + before[-DISTRACTORS:]
        before += own[:6]
        yield Copy(article.document, article.errors, tuple(sheet) if (number + number // 4) % 2 else ())
    named = repeated_articles(data, errors=2, seed=SEED + 3, calibration=True, names_only=True)
    for article in islice(named, count // 3):
        yield Copy(article.document, article.errors, ())


def restated_cases(data: Path, articles: int, pairs: int, *, calibration: bool = True) -> tuple[list[Case], list[Case]]:
    """Sentences beside a fact that says them in nearly the same words, in two halves of documents.

    The sentences of articles, some with planted errors, beside the right ones reworded, or shortened by a part that may
    go; and those of `labelled_cases` that are so near to their reference.
    """
    corruptor, rng = Corruptor(data / LEXICON, 28), random.Random(29)
    halves: tuple[list[Case], list[Case]] = [], []
    planted = planted_articles(data, errors=2, seed=SEED + 4, calibration=calibration)
    for number, article in enumerate(islice(planted, articles)):
        for said, right in zip(article.document.sentences, article.clean.sentences, strict=False):
            shorter = corruptor.reduce(right.text) if rng.random() < SHORTENED else None
            fact = shorter or said_otherwise(right.text, corruptor, rng)
            marks = [error.span.shift(-said.span.start) for error in article.errors if error.span.overlaps(said.span)]
            case = Case(Pair(fact, said.text), bool(marks), tuple(marks))
            if is_restated(case.pair):
                halves[number % 2].append(case)
    for number, case in enumerate(labelled_cases(data, pairs, calibration=calibration)):
        if is_restated(case.pair):
            halves[number // 8 % 2].append(case)
    return halves


def retold_copies(data: Path, count: int, *, calibration: bool = True) -> Iterator[Copy]:
    """Those of `labelled_cases` that are not so near to their reference, each as a text with a fact sheet.

    The sheet says the sentence in other words, among lines about other matters.
    """
    cases = labelled_cases(data, count, calibration=calibration)
    yield from _told(case for case in cases if not is_restated(case.pair))


def reviewed_copies(data: Path, count: int, *, calibration: bool = True) -> Iterator[Copy]:
    """Some of `reviewed_cases` that are not so near to their reference, each as a text with a fact sheet."""
    cases = [case for case in reviewed_cases(data, calibration=calibration) if not is_restated(case.pair)]
    yield from _told(random.Random(35).sample(cases, min(count, len(cases))))


def noted_copies(data: Path, count: int, *, calibration: bool = True) -> Iterator[Copy]:
    """Real machine translations with major errors, and the same mended, each as a text with a fact sheet.

    The sheet has the line that denies the errors, one about the same matters that does not, and others. `count` is of
    translations, at most.
    """
    known = [one for one in read_noted(data / TRANSLATIONS) if belongs(one.source, calibration=calibration)]
    rng, lines = random.Random(36), [one.note.fact for one in known]
    for one in rng.sample(known, min(count, len(known))):
        sheet = (one.note.fact, one.note.aside, *rng.sample(lines, min(OTHER_LINES, len(lines))))
        for text in (one.right, one.wrong):
            pair = Pair(one.note.fact, text.text, Relation.CONTEXT)
            yield _as_copy(Case(pair, bool(text.errors), text.errors, rated=True), sheet)


def seen_cases(data: Path, *, calibration: bool = True) -> Iterator[Case]:
    """Real machine translations without a premise: right ones, and those whose error a reader saw in the words alone.

    Where a reader saw nothing and yet something is wrong, the words may show it to a better one: these are left out.
    """
    for one in chain.from_iterable(reviewed_translations(data, calibration=calibration)):
        if one.review.seen is not None and bool(one.review.seen) == bool(one.marks):
            spans = tuple(mark.span for mark in one.marks)
            yield Case(Pair("", one.translation, Relation.LANGUAGE), bool(spans), spans, rated=True)


def seen_texts(data: Path, *, calibration: bool = True) -> Iterator[Copy]:
    """Those of `seen_cases`, each as a text without any facts."""
    for case in seen_cases(data, calibration=calibration):
        yield replace(_as_copy(case, ()), rated=True)


def retold_slips(data: Path, count: int) -> Iterator[Copy]:
    """As `retold_copies`, with one wrong figure or date more, and one other error of meaning, in each clean sentence.

    What kinds of errors are frequent is not theirs to tell.
    """
    corruptor, rng = Corruptor(data / LEXICON, 32), random.Random(33)
    cases = []
    for case in labelled_cases(data, count):
        if case.wrong or case.rated:
            continue
        for kinds in (VALUES, MEANING):
            slip = corruptor.corrupt(case.pair.hypothesis, rng, kinds)
            if slip is not None and not is_restated(pair := Pair(case.pair.premise, slip.text)):
                cases.append(Case(pair, True, slip.spans))
    yield from _told(cases)


def _told(cases: Iterable[Case]) -> Iterator[Copy]:
    kept = list(cases)
    rng, lines = random.Random(31), sorted({case.pair.premise for case in kept})
    for case in kept:
        yield _as_copy(case, (case.pair.premise, *rng.sample(lines, min(OTHER_LINES, len(lines)))))


def _as_copy(case: Case, facts: tuple[str, ...]) -> Copy:
    errors = tuple(Planted(span, "rated" if case.rated else "made") for span in case.spans)
    return Copy(make_document(case.pair.hypothesis, language="en"), errors, facts)


def is_restated(pair: Pair) -> bool:
    """True where the premise, as a fact, says the hypothesis in nearly the same words."""
    return with_restated(pair.hypothesis, (as_fact(pair.premise),))[0].relation is Relation.REFERENCE


def fact_sheet(texts: Sequence[str]) -> list[Fact]:
    """A fact a text, numbered as those that a check is given as plain text."""
    return [Fact(id=f"fact-{number}", text=text) for number, text in enumerate(texts, start=1)]


def as_fact(text: str, relation: Relation = Relation.CONTEXT) -> Evidence:
    """`text` as a fact that is given with one sentence."""
    return Evidence(EvidenceKind.FACT, "fact-1", text, 1.0, relation)


def rated_copies(data: Path, *, calibration: bool = True) -> Iterator[Copy]:
    """Whole news articles by machine translation, a segment a paragraph, document after document.

    In error is what two of three raters mark, one of them as a major error.
    """
    documents: dict[str, dict[str, dict[int, list[dict[str, Any]]]]] = defaultdict(lambda: defaultdict(dict))
    for row in read_rows(data / RATED):
        document, system = str(row["document_id"]), str(row["system"])
        if belongs(document, calibration=calibration) and not system.startswith("Human"):
            documents[document][system].setdefault(int(row["segment_id"]), []).append(row)
    for document, systems in sorted(documents.items()):
        for system, segments in sorted(systems.items()):
            yield _rated_copy(f"{document} {system}", [segments[number] for number in sorted(segments)])


def _rated_copy(name: str, segments: Sequence[Sequence[dict[str, Any]]]) -> Copy:
    paragraphs: list[str] = []
    errors = []
    start = 0
    for ratings in segments:
        paragraphs.append(ratings[0]["translation"])
        errors += [Planted(span.shift(start), "rated") for span in _marked(ratings)]
        start += len(paragraphs[-1]) + len(PARAGRAPH)
    return Copy(make_document(PARAGRAPH.join(paragraphs), id=name, language="en"), tuple(errors), (), rated=True)


def _marked(ratings: Sequence[dict[str, Any]]) -> list[Span]:
    """Words that two raters mark, one of them as a major error; a mark on half a sentence points to nothing."""
    text = ratings[0]["translation"]
    marks = [
        (number, span, error["severity"] in ("major", "critical"))
        for number, rating in enumerate(ratings)
        for error in rating["errors"]
        if error["severity"] != "neutral" and error["end"] > error["start"]
        if len((span := Span(error["start"], error["end"])).of(text).split()) <= LONGEST_MARK
    ]
    return [
        span
        for rater, span, major in marks
        if any(rater != other and span.overlaps(theirs) and (major or grave) for other, theirs, grave in marks)
    ]


def belongs(key: str, *, calibration: bool) -> bool:
    """True for what is held out under `key`, in the half that is asked for."""
    return is_held_out(key) and is_for_calibration(key) == calibration


def said_otherwise(text: str, corruptor: Corruptor, rng: random.Random) -> str:
    """`text` in other words, where that can be done, and in three of five cases."""
    reworded = corruptor.paraphrase(text, rng) if rng.random() < 0.6 else None
    return reworded.text if reworded is not None else text


def _agreed(ratings: Sequence[dict[str, Any]]) -> tuple[Span, ...]:
    """Major errors of the rater who marked fewest of them: what one rater alone marks is mostly taste."""
    by_rater = [
        tuple(Span(e["start"], e["end"]) for e in row["errors"] if e["severity"] in ("major", "critical"))
        for row in ratings
    ]
    return min((spans for spans in by_rater if spans), key=len)
