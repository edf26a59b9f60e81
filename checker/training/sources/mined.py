"""What a model itself gets wrong on clean copy, as negatives for its next stage (self-training on false alarms).

The articles go through the real selection of evidence, so that the pairs are those that an editor's copy gives.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from checker.document import make_document
from checker.evidence import Evidence, select_evidence
from checker.findings.suspects import says_same
from checker.nli import Pair, Prediction
from checker.training.examples import Group
from checker.training.recipe import Source
from checker.training.sources.articles import clean_example, training_articles

ALARM = 0.25  # of contradiction, error, or a word
CALM_SHARE = 0.08  # of pairs without alarm that are kept too, so that the mix stays that of real copy
AT_ONCE = 16  # articles
PER_SENTENCE = 4
LONGEST = 460


def own_false_alarms(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Clean pairs of real articles that the model in option `model` (a folder) takes for contradicted."""
    from checker.nli.registry import load_predictor

    predictor = load_predictor(str(source.options["model"]))
    rows = training_articles(data, source, rng)
    for start in range(0, len(rows), AT_ONCE):
        pairs = []
        for row in rows[start : start + AT_ONCE]:
            document = make_document(row["text"], id=row["id"], language="en")
            chosen = select_evidence(document, (), None, predictor.embed, PER_SENTENCE).evidence
            for sentence, evidence in zip(document.sentences, chosen, strict=True):
                pairs += [pair for piece in evidence if (pair := _pair(sentence.text, piece)) is not None]
        for pair, said in zip(pairs, predictor.predict(pairs), strict=True):
            if _alarming(said) or rng.random() < CALM_SHARE:
                yield (clean_example(pair.premise, pair.hypothesis, "not_contradiction", source),)


def _pair(sentence: str, evidence: Evidence) -> Pair | None:
    """None for a pair that is too long to be worth its cost, or that the findings never judge."""
    if len(sentence) + len(evidence.text) > LONGEST or says_same(sentence, evidence.text):
        return None
    return Pair(evidence.text, sentence, evidence.relation)


def _alarming(said: Prediction) -> bool:
    hottest = max((token.probability for token in said.tokens), default=0.0)
    return max(said.contradiction, said.error, hottest) >= ALARM
