"""What a model itself gets wrong on clean copy, as negatives for its next stage (self-training on false alarms).

The articles go through the real selection of evidence, so that the pairs are those that an editor's copy gives.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from checker.document import make_document
from checker.evidence import Embedder, Evidence, select_evidence
from checker.evidence.store import StoreView, temporary_store
from checker.findings.suspects import says_same
from checker.nli import Pair, Prediction, Predictor
from checker.training.examples import Group
from checker.training.recipe import Source
from checker.training.sources.articles import clean_example, training_articles
from checker.training.written import Form, Part, read_written

ALARM = 0.25  # of contradiction, error, or a word
CALM_SHARE = 0.08  # of pairs without alarm that are kept too, so that the mix stays that of real copy
AT_ONCE = 16  # articles
PER_SENTENCE = 4
LONGEST = 460
OWN = 6  # sentences of one article in a crowd of facts, at most
SHORTEST = 25  # characters of such a sentence


def own_false_alarms(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Clean pairs of real articles that the model in option `model` (a folder) takes for contradicted.

    With option `crowd` (a number) the articles also stand beside a store of so many facts about other matters, half of
    them written for this project, half sentences of other articles, as at a desk that keeps all it ever verified.
    """
    from checker.nli.registry import load_staying

    predictor = load_staying(str(source.options["model"]))
    rows = training_articles(data, source, rng)
    facts, rows = _crowd(rows, int(source.options.get("crowd", 0)), rng)
    with temporary_store(facts, Embedder(predictor.weights_hash, predictor.embed)) as store:
        crowd = store.view(None)
        for start in range(0, len(rows), AT_ONCE):
            pairs = [pair for row in rows[start : start + AT_ONCE] for pair in _pairs(row, predictor, crowd)]
            for pair, said in zip(pairs, predictor.predict(pairs), strict=True):
                if _alarming(said) or rng.random() < CALM_SHARE:
                    yield (clean_example(pair.premise, pair.hypothesis, "not_contradiction", source),)


def _crowd(rows: list[dict[str, str]], size: int, rng: random.Random) -> tuple[list[str], list[dict[str, str]]]:
    """`size` facts, and the articles that none of them was taken from."""
    if not size:
        return [], rows
    written = [record["fact"].text for form in (Form.FACT, Form.TRAP) for record in read_written(form, Part.TRAINING)]
    facts = dict.fromkeys(rng.sample(written, min(size // 2, len(written))))
    for taken, row in enumerate(rows):
        if len(facts) >= size:
            return list(facts), rows[taken:]
        sentences = [sentence.text for sentence in make_document(row["text"], language="en").sentences]
        told = [" ".join(text.split()) for text in sentences if len(text) >= SHORTEST]
        facts |= dict.fromkeys(rng.sample(told, min(OWN, len(told))))
    return list(facts), []


def _pairs(row: dict[str, str], predictor: Predictor, crowd: StoreView) -> Iterator[Pair]:
    """The sentences of an article beside what is chosen for them, of the article and of the crowd."""
    document = make_document(row["text"], id=row["id"], language="en")
    selection = select_evidence(
        document, (), None, predictor.embed, PER_SENTENCE, stores=[crowd], model=predictor.weights_hash
    )
    for sentence, evidence in zip(document.sentences, selection.evidence, strict=True):
        yield from (pair for piece in evidence if (pair := _pair(sentence.text, piece)) is not None)


def _pair(sentence: str, evidence: Evidence) -> Pair | None:
    """None for a pair that is too long to be worth its cost, or that the findings never judge."""
    if len(sentence) + len(evidence.text) > LONGEST or says_same(sentence, evidence.text):
        return None
    return Pair(evidence.text, sentence, evidence.relation)


def _alarming(said: Prediction) -> bool:
    hottest = max((token.probability for token in said.tokens), default=0.0)
    return max(said.contradiction, said.error, hottest) >= ALARM
