"""Articles written in other languages: what their files hold, and what training makes of single sentences."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from checker.document.language import language_code
from checker.evaluation.sourced_cases import wire_articles, wire_originals
from checker.evidence import Relation
from checker.training.recipe import Source
from checker.training.sources.sourced import sourced_records
from checker.training.written import Part
from checker.training.written.wire import read_wire


def test_each_article_is_for_one_purpose_and_holds_together() -> None:
    parts = {part: read_wire(part) for part in Part}
    assert min(len(articles) for articles in parts.values()) >= 80
    sources = Counter(one.source for articles in parts.values() for each in articles for one in each.sentences)
    assert max(sources.values()) == 1, "an original is there twice"
    for articles in parts.values():
        for article in articles:
            assert language_code(article.language) == article.language != "en"
            for slip in article.slips:
                right = article.sentences[slip.at].english
                assert slip.text.text != right
                assert len(slip.text.errors) == 1
                assert "[[" not in slip.text.text + right


def test_a_case_is_right_or_has_its_error() -> None:
    cases = list(wire_originals(calibration=False))
    assert 0.3 < sum(case.wrong for case in cases) / len(cases) < 0.5
    for case in cases:
        assert bool(case.spans) is case.wrong
        assert case.pair.language != "en"
    assert not {case.pair.premise for case in cases} & {case.pair.premise for case in wire_originals()}


def test_spoilt_articles_differ_from_clean_ones_in_their_errors_alone() -> None:
    for clean, spoilt in zip(wire_articles(errors=0), wire_articles(errors=2), strict=True):
        assert not clean.errors
        assert 1 <= len(spoilt.errors) <= 2
        assert spoilt.source.text == clean.source.text
        same = [one.text == other.text for one, other in zip(clean.document.sentences, spoilt.document.sentences)]  # noqa: B905 an error may cut a sentence
        assert same.count(False) >= 1


def test_training_has_the_right_sentence_between_its_wrong_ones(tmp_path: Path) -> None:
    made = sourced_records(tmp_path, Source(loader="sourced_records", count=50, weight=0.5), random.Random(4))
    groups = [next(made) for _ in range(200)]
    for group in groups:
        clean = [one for one in group if one.error == 0.0 and one.label == "entailment"]
        wrong = [one for one in group if one.error == 1.0]
        assert len(clean) == 1
        assert 1 <= len(wrong) <= 2
        assert all(one.spans and one.language != "en" and one.weight == 0.5 for one in wrong)
    assert {group[0].relation for group in groups} == {Relation.REFERENCE, Relation.CONTEXT}
    held = {
        one.source for part in (Part.CALIBRATION, Part.FIGURES) for each in read_wire(part) for one in each.sentences
    }
    assert not any(text in group[0].premise for group in groups for text in held)
