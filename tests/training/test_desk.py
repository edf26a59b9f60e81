"""Articles beside a fact sheet: which pairs deny each other, and which line leaves a slip open."""

from __future__ import annotations

import random
from itertools import islice
from pathlib import Path

from checker.evaluation.written_cases import SLIPS, desk_copies
from checker.evidence import Relation
from checker.nli import Pair
from checker.nli.registry import load_predictor
from checker.training.batching import _twins
from checker.training.recipe import Source
from checker.training.sources.desk import ANY, NEAREST, desk_articles
from checker.training.written import Part
from checker.training.written.desk import read_desk

SOURCE = Source("desk_articles", 400)


def test_every_article_has_one_purpose_and_its_places_exist() -> None:
    keys = {part: [article.sentences[0] for article in read_desk(part)] for part in Part}
    assert len(keys[Part.TRAINING]) > len(keys[Part.CALIBRATION]) > len(keys[Part.FIGURES]) > 0
    assert len({key for some in keys.values() for key in some}) == sum(map(len, keys.values()))
    for part in Part:
        for article in read_desk(part):
            for slip in article.slips:
                assert slip.at in article.facts[slip.by].about
                assert slip.text.errors
                assert slip.text.text != article.sentences[slip.at]


def test_a_slip_is_denied_by_its_line_alone() -> None:
    groups = list(islice(desk_articles(Path(), SOURCE, random.Random(3)), SOURCE.count))
    by_text = {
        slip.text.text: (article.facts[slip.by].text, slip.text.errors)
        for article in read_desk(Part.TRAINING)
        for slip in article.slips
    }
    denied = [one for group in groups for one in group if one.label == "contradiction"]
    assert len(denied) > SOURCE.count // 4
    for one in denied:
        slip = one.hypothesis if one.hypothesis in by_text else one.premise
        fact, errors = by_text[slip]
        assert fact in one.premise or fact == one.hypothesis
        assert one.error == 1.0
        if one.hypothesis == slip:
            assert [(span.start, span.end) for span in one.spans or ()] == [(span.start, span.end) for span in errors]
    for group in groups:
        for one in group:
            if one.label != "contradiction":
                assert (one.label, one.error, one.spans) == ("not_contradiction", 0.0, ())
                if one.hypothesis in by_text:
                    assert by_text[one.hypothesis][0] != one.premise
    assert sum(bool(_twins(group)) for group in groups) > SOURCE.count // 4


def test_right_sentences_stand_beside_the_lines_that_a_model_suspects() -> None:
    model = "checker-mini-en"
    predictor = load_predictor(model)
    source = Source("desk_articles", 40, options={"model": model})
    groups = list(islice(desk_articles(Path(), source, random.Random(4)), source.count))
    by_sentence = {sentence: article for article in read_desk(Part.TRAINING) for sentence in article.sentences}
    seen = 0
    for group in groups:
        sentence = group[0].hypothesis
        if len(group) < NEAREST + ANY or any(one.hypothesis != sentence or one.error for one in group):
            continue
        lines = [fact.text for fact in by_sentence[sentence].facts]
        said = predictor.predict([Pair(line, sentence, Relation.CONTEXT) for line in lines])
        worst = max(said, key=lambda each: each.contradiction).contradiction
        beside = {one.premise for one in group}
        shown = [each.contradiction for line, each in zip(lines, said, strict=True) if line in beside]
        assert max(shown) >= worst - 0.05
        seen += 1
    assert seen > 5


def test_an_article_comes_as_it_should_be_and_then_spoilt() -> None:
    copies = list(desk_copies(Part.FIGURES, 5))
    for right, wrong in zip(copies[::2], copies[1::2], strict=True):
        assert not right.errors
        assert right.facts == wrong.facts
        assert 0 < len({error.span.start for error in wrong.errors}) <= 3 * SLIPS
        for error in wrong.errors:
            assert error.span.of(wrong.document.text) == error.span.of(wrong.document.text).strip() != ""
        assert right.document.text != wrong.document.text


def test_a_later_stage_reads_what_an_earlier_one_did_not() -> None:
    articles = read_desk(Part.TRAINING)
    source = Source("desk_articles", 200, options={"first": len(articles) - 3})
    groups = list(islice(desk_articles(Path(), source, random.Random(5)), source.count))
    newest = {sentence for article in articles[-3:] for sentence in article.sentences}
    right = {group[0].hypothesis for group in groups if len(group) > NEAREST + ANY}
    assert newest == right
