"""Events told in several ways: what is right says the same, what is wrong is wrong where it is said to be."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tiny_lexicon import write_lexicon

from checker.evidence import Relation
from checker.nli.types import CATEGORIES
from checker.training.batching import _twins
from checker.training.corruption.inflection import inflect
from checker.training.corruption.lexicon import Lexicon
from checker.training.recipe import Source
from checker.training.sources.told import told_events
from checker.training.telling import Story, draw
from checker.training.telling.cast import Cast, sounds_plural
from checker.training.telling.clauses import clause, sentence_of
from checker.training.telling.events import SLOTS, Frame, frames
from checker.training.telling.figures import (
    draw_time,
    excluded_by,
    in_words,
    other_number,
    other_time,
    written,
)
from checker.training.telling.manners import DONE, IMPERSONAL, MANNERS, contrary, differing


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lexicon(tmp_path_factory.mktemp("telling"))


def stories(folder: Path, seed: int, *, loose: bool, count: int = 80) -> list[Story]:
    rng = random.Random(seed)
    cast = Cast(Lexicon(folder), rng)
    return [draw(cast, rng, loose=loose) for _ in range(count)]


def frame_with(words: str) -> Frame:
    return next(frame for frame in frames() if words in " ".join((*frame.same[0].before, frame.same[0].verb)))


def test_every_way_fills_its_slots_and_has_a_verb_that_inflects() -> None:
    assert len(frames()) > 100
    for frame in frames():
        for way in (*frame.same, *frame.opposite):
            used = {word for word in (*way.before, *way.after) if word in SLOTS}
            assert used <= {*frame.slots, *(["Q"] if "N" in frame.slots else [])}
            assert not way.verb or way.verb == "be" or (inflect(way.verb, "VBD") and inflect(way.verb, "VBG"))
        assert len(frame.same) > 1


def test_what_is_mutual_has_no_direction() -> None:
    assert any(frame.directed for frame in frames())
    assert not any(frame.directed for frame in frames() if frame.mutual or "B" not in frame.slots)


@pytest.mark.parametrize("loose", [True, False])
def test_an_error_is_a_change_at_its_place_and_nowhere_else(folder: Path, loose: bool) -> None:
    for story in stories(folder, 5, loose=loose):
        assert story.sentence.spans == ()
        for wrong in story.wrong:
            assert wrong.category in CATEGORIES
            kept = wrong.text
            for span in reversed(wrong.spans):
                assert span.of(wrong.text).strip() == span.of(wrong.text) != ""
                kept = kept[: span.start] + " " + kept[span.end :]
            rest = [word.lower().strip(",.") for word in kept.split()]
            right = [word.lower().strip(",.") for word in story.sentence.text.split()]
            assert wrong.text != story.sentence.text
            extra = [word for word in rest if word not in right]
            assert len(extra) <= 2, (story, wrong)  # is for are, did not, and the like


def test_a_strict_story_leaves_nothing_out_and_adds_nothing(folder: Path) -> None:
    assert not any(story.more for story in stories(folder, 6, loose=False))
    assert any(story.more for story in stories(folder, 6, loose=True))


def test_the_same_seed_tells_the_same(folder: Path) -> None:
    assert stories(folder, 7, loose=True, count=20) == stories(folder, 7, loose=True, count=20)


def test_sides_exchanged_are_both_marked(folder: Path) -> None:
    turned = [
        (story, wrong)
        for story in stories(folder, 8, loose=False, count=150)
        for wrong in story.wrong
        if wrong.category.endswith("role")
    ]
    assert len(turned) > 20
    for story, wrong in turned:
        one, other = (span.of(wrong.text) for span in wrong.spans)
        said = story.sentence.text.lower()
        assert said.index(other.lower()) < said.index(one.lower())


def test_a_clause_takes_the_number_of_its_subject_and_the_form_its_manner_wants() -> None:
    frame = frame_with("A invade")
    values = {"A": "the Hawks", "B": "Peru"}
    active, passive = frame.same[0], frame.same[1]
    assert sentence_of(clause(active, values, "BE expected to base", plural=True))[0] == (
        "The Hawks are expected to invade Peru."
    )
    assert sentence_of(clause(passive, values, "HAVE part", plural=False))[0] == "Peru has been invaded by the Hawks."
    assert sentence_of(clause(active, values, "PLAN to base", plural=False))[0] == "The Hawks plans to invade Peru."
    noun = next(way for way in frame.same if not way.verb)
    assert sentence_of(clause(noun, values, "past"))[0] == "The Hawks' invasion of Peru."


@pytest.mark.parametrize(
    ("phrase", "plural"),
    [("the talks", True), ("sales of wine", True), ("the press", False), ("Fees", False), ("the crisis", False),
     ("fees", True), ("the Lions", True), ("Paris", False), ("the ambassador to Wales", False)],
)  # fmt: skip
def test_a_plural_is_told_by_its_head(phrase: str, plural: bool) -> None:
    assert sounds_plural(phrase) is plural


def test_manners_that_may_both_hold_are_no_error_for_each_other() -> None:
    assert "not done" not in differing("refused", tuple(MANNERS))
    assert "refused" in differing(DONE, tuple(MANNERS))
    assert set(differing(DONE, IMPERSONAL)) == set(IMPERSONAL) - {DONE}
    assert contrary(DONE, "not done")
    assert not contrary(DONE, "possible")


def test_quantifiers_that_may_both_hold_are_no_error_for_each_other() -> None:
    assert "some" not in excluded_by("most")
    assert {"all", "some"} <= set(excluded_by("none"))
    assert excluded_by("some") == ["none"]


@pytest.mark.parametrize("number", [2, 10, 48, 61.5, 300, 120_000])
def test_another_figure_is_another(number: float) -> None:
    rng = random.Random(3)
    for _ in range(50):
        made = other_number(number, rng)
        assert made > 1
        assert written(made) != written(number)


def test_numbers_are_written_as_news_writes_them() -> None:
    assert [in_words(n) for n in (7, 13, 40, 84)] == ["seven", "thirteen", "forty", "eighty-four"]
    assert written(3200) == "3,200"
    assert written(7.5) == "7.5"
    assert written(48, words=True) == "forty-eight"


def test_another_time_is_of_the_same_kind() -> None:
    rng = random.Random(2)
    for _ in range(100):
        time = draw_time(rng)
        other = other_time(time, rng)
        assert other.joined_by == time.joined_by
        assert not set(other.forms) & set(time.forms)


def test_each_wrong_sentence_stands_beside_a_clean_twin(folder: Path) -> None:
    source = Source("told_events", 60, options={"lexicon": folder.name, "context": 0.5})
    groups = told_events(folder.parent, source, random.Random(4))
    seen = set()
    for _ in range(60):
        group = next(groups)
        wrong = [place for place, example in enumerate(group) if example.error == 1.0]
        paired = {bad for bad, _ in _twins(list(group))}
        assert paired == set(wrong)
        seen.add(group[0].relation)
        if group[0].relation is Relation.CONTEXT:
            silent = group[-1]
            assert (silent.error, silent.spans, silent.label) == (0.0, (), "not_contradiction")
            assert silent.hypothesis == group[-2].hypothesis
            assert silent.premise != group[-2].premise
    assert seen == {Relation.CONTEXT, Relation.REFERENCE}
