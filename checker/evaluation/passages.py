"""Claims and sentences beside a passage, many times as long, that supports them or does not."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from checker.document import Document
from checker.evaluation.cases import Case, reviewed_cases, said_otherwise
from checker.evaluation.judges import Judge
from checker.evaluation.measures import Measure, calibration_error, roc_area, share
from checker.evaluation.pairs import FLAG_AT, sample
from checker.evaluation.planted import LEXICON, held_out_articles
from checker.findings import is_passage
from checker.nli import Pair
from checker.training.corruption import Corruptor
from checker.training.sources.reading import read_rows

CLAIM_FILES = ("nli/fool_me_twice.dev_test.jsonl.gz", "nli/control.dev.jsonl.gz")  # no training, no figure reads them
FIGURES = {
    "qags": "nli/qags_cnndm.jsonl.gz",
    "cliff": "nli/cliff_goyal21.spans.jsonl.gz",
    "wice": "nli/wice.claim_oracle_chunks.jsonl.gz",
    "summedits": "nli/summedits_other_domains.jsonl.gz",
}
SHORTEST, LONGEST = 40, 260  # characters of a sentence
EACH_ARTICLE = 4  # sentences
AROUND = 8  # sentences at most on each side of the one in question
OTHERS = (2, 7)  # references of other translations in a passage, at least and at most


def passage_cases(data: Path, count: int) -> list[Case]:
    """At most `count` from each of two sets of labelled claims, and half as many sentences and translations.

    Wrong is what the passage denies or does not say; as many are right. The sentences stand among their neighbours in
    an article, said otherwise, corrupted, or missing there; the translations' references among references of others.
    """
    rng = random.Random(44)
    sources = (
        *((_claims(data / file), count) for file in CLAIM_FILES),
        (_sentences(data, rng), count // 2),
        (_translations(data, 3 * count, rng), count // 2),
    )
    cases = [case for some, most in sources for case in islice(filter(_is_passage, some), most)]
    right, wrong = ([case for case in cases if case.wrong is bad] for bad in (False, True))
    few = min(len(right), len(wrong))
    return [*rng.sample(right, few), *rng.sample(wrong, few)]


def passages(judge: Judge, data: Path, limit: int) -> list[Measure]:
    """Claims beside passages given as a reference: are those that it does not support told from the others."""
    measures: list[Measure] = []
    for name, file in FIGURES.items():
        cases = sample([case for case in _claims(data / file) if is_passage(case.pair)], limit)
        scored = judge.score([case.pair for case in cases])
        figures, wrong = [one.error_probability for one in scored], [case.wrong for case in cases]
        measures += [roc_area(f"{name}_area", figures, wrong), calibration_error(f"{name}_ece", figures, wrong)]
        for kind, is_wrong in (("wrong", True), ("right", False)):
            some = [figure >= FLAG_AT for figure, bad in zip(figures, wrong, strict=True) if bad is is_wrong]
            measures.append(share(f"{name}_{kind}_flagged", some))
    return measures


def _claims(file: Path) -> Iterator[Case]:
    for row in read_rows(file):
        if row["hypothesis"].strip():
            yield Case(Pair(row["premise"], row["hypothesis"]), row["label"] != "entailment", ())


def _sentences(data: Path, rng: random.Random) -> Iterator[Case]:
    corruptor = Corruptor(data / LEXICON, 41)
    for article in held_out_articles(data, 43, calibration=True):
        for _ in range(EACH_ARTICLE):
            case = _sentence(article, corruptor, rng)
            if case is not None:
                yield case


def _sentence(article: Document, corruptor: Corruptor, rng: random.Random) -> Case | None:
    """A sentence of the article beside its neighbours: in a quarter of the cases it is missing there."""
    texts = [sentence.text for sentence in article.sentences]
    place = rng.randrange(len(texts))
    before = texts[max(0, place - rng.randint(0, AROUND)) : place]
    after = texts[place + 1 : place + 1 + rng.randint(0, AROUND)]
    if not SHORTEST <= len(texts[place]) <= LONGEST:
        return None
    kind = rng.random()
    if kind < 0.25:
        return Case(Pair(" ".join([*before, *after]), texts[place]), True, ())
    passage = " ".join([*before, texts[place], *after])
    shorter = corruptor.reduce(texts[place]) if rng.random() < 0.5 else None
    said = shorter or said_otherwise(texts[place], corruptor, rng)
    if kind < 0.6:
        return Case(Pair(passage, said), False, ())
    slip = corruptor.corrupt(said, rng)
    if slip is None or slip.category.startswith("fluency"):
        return None
    return Case(Pair(passage, slip.text), True, slip.spans)


def _translations(data: Path, count: int, rng: random.Random) -> Iterator[Case]:
    """Reviewed translations, right and wrong in turn."""
    cases = list(islice(reviewed_cases(data), count))
    references = [case.pair.premise for case in cases]
    right, wrong = ([case for case in cases if case.wrong is bad] for bad in (False, True))
    for pair in zip(right, wrong, strict=False):
        for case in pair:
            others = rng.sample(references, rng.randint(*OTHERS))
            others.insert(rng.randrange(len(others) + 1), case.pair.premise)
            yield Case(Pair(" ".join(others), case.pair.hypothesis), case.wrong, case.spans, rated=True)


def _is_passage(case: Case) -> bool:
    return is_passage(case.pair)
