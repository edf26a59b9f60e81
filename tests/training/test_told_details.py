"""What real sentences say besides, said beside an event: it is no error, and its times never beside the event's own."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
from tiny_lexicon import write_lexicon

from checker.evidence import Relation
from checker.training.corruption.lexicon import Lexicon
from checker.training.recipe import Source
from checker.training.sources.told import told_events
from checker.training.telling import Story, draw
from checker.training.telling.cast import Cast
from checker.training.telling.details import Details

OPENING, DATED_OPENING = "After two days of talks,", "On a rainy Monday in spring,"
TAIL, DATED_TAIL = ", which left the harbour without a pilot", ", while shops had been shut since April"
WHOLE = "The ferry to the outer islands was full again."
NEWS = [
    f"{OPENING} the crew went home.",
    f"{DATED_OPENING} the crew came back.",
    f"The crew went home{TAIL}.",
    f"The crew came back{DATED_TAIL}.",
    WHOLE,
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = write_lexicon(tmp_path_factory.mktemp("told"))
    with gzip.open(made.parent / "news.txt.gz", "wt") as stream:
        stream.writelines(sentence + "\n" for sentence in NEWS)
    return made


def stories(folder: Path, *, loose: bool) -> list[Story]:
    rng = random.Random(11)
    cast, details = Cast(Lexicon(folder), rng), Details(NEWS, rng)
    return [draw(cast, rng, loose=loose, details=details) for _ in range(200)]


def test_openings_and_tails_are_cut_whole() -> None:
    details = Details(NEWS, random.Random(1))
    assert {details.opening(dated=False) for _ in range(30)} == {OPENING}
    assert {details.opening(dated=True) for _ in range(30)} == {OPENING, DATED_OPENING}
    assert {details.tail(dated=False) for _ in range(30)} == {TAIL}
    assert {details.tail(dated=True) for _ in range(30)} == {TAIL, DATED_TAIL}
    assert {details.sentence() for _ in range(99)} == {sentence for sentence in NEWS if len(sentence) <= 140}


def test_without_sentences_there_is_nothing_to_add() -> None:
    details = Details([], random.Random(1))
    assert (details.opening(dated=True), details.tail(dated=True), details.sentence()) == ("", "", "")


def test_a_loose_sentence_with_details_says_more_and_is_right(folder: Path) -> None:
    told = [story for story in stories(folder, loose=True) if TAIL in story.sentence.text]
    assert len(told) > 20
    assert all(story.more and story.sentence.spans == () for story in told)
    assert any(TAIL not in story.fact for story in told)


def test_a_strict_sentence_says_what_its_fact_says(folder: Path) -> None:
    told = stories(folder, loose=False)
    assert sum(TAIL in story.fact for story in told) > 20
    for story in told:
        assert not story.more
        for detail in (OPENING, TAIL, DATED_OPENING, DATED_TAIL):
            assert (detail in story.fact) == (detail in story.sentence.text)


def test_details_stay_as_they_are_in_a_wrong_sentence(folder: Path) -> None:
    for story in stories(folder, loose=True):
        for wrong in story.wrong:
            assert (TAIL in wrong.text) == (TAIL in story.sentence.text)
            start = wrong.text.find(TAIL)
            for span in wrong.spans:
                assert start < 0 or span.end <= start or span.start >= start + len(TAIL)


def test_times_of_details_do_not_stand_beside_those_of_the_event(folder: Path) -> None:
    dated = [story.fact for story in stories(folder, loose=True) if DATED_TAIL in story.fact]
    assert dated
    for fact in dated:
        assert not any(day in fact.replace(DATED_OPENING, "") for day in ("Monday", "Friday", "Sunday"))


def test_facts_stand_beside_news(folder: Path) -> None:
    source = Source("told_events", 80, file="news.txt.gz", options={"lexicon": folder.name, "context": 0.7})
    groups = told_events(folder.parent, source, random.Random(4))
    premises = [(group[0].relation, group[0].premise) for group in (next(groups) for _ in range(80))]
    beside = [relation for relation, premise in premises if WHOLE in premise]
    assert beside
    assert set(beside) == {Relation.CONTEXT}
