"""Each family makes the error it is named for, and every corruption keeps its promises on offsets."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import UsageError
from checker.training.corruption import Corruptor

# family, sentence, one of the texts that must appear among the outcomes
CASES = [
    (
        "polarity",
        "Russia's unprovoked invasion of Ukraine was illegal.",
        "Russia's provoked invasion of Ukraine was illegal.",
    ),
    ("polarity", "The plan was not legal.", "The plan was legal."),
    ("polarity", "The army did not invade Poland.", "The army invaded Poland."),
    ("polarity", "Prices rose in Madrid.", "Prices fell in Madrid."),
    ("number", "The war cost 5 billion euros.", "The war cost 5 million euros."),
    ("date", "The court met on Tuesday.", "The court met on Friday."),
    ("unit", "The city is 30 miles away.", "The city is 30 kilometers away."),
    ("entity", "The army invaded Ukraine.", "The army invaded Spain."),
    ("entity_word", "The Supreme Court rejected the plan.", "The Supreme Cut rejected the plan."),
    ("word_sense", "The summit was huge.", "The peak was huge."),
    ("role", "The police attacked the protesters.", "The protesters attacked the police."),
    ("role", "Russia accused Ukraine.", "Ukraine accused Russia."),
    ("modality", "The company may sell the house.", "The company will sell the house."),
    ("quantifier", "Some soldiers left the city.", "All soldiers left the city."),
    ("omission", "The peaceful protesters left.", "The protesters left."),
    ("omission", "The protesters left Ukraine.", "The protesters left."),
    ("omission", "The war began when the soldiers left.", "The war began when left."),
    ("exchange", "They sold 54 houses and built 36.", "They sold 36 houses and built 54."),
    ("exchange", "The army left three villages and nine cities.", "The army left nine villages and three cities."),
    ("exchange", "The price fell from 12 to 9 euros.", "The price fell from 9 to 12 euros."),
    ("exchange", "The army won 3-1.", "The army won 1-3."),
    ("exchange", "He arrived on Monday and left on Friday.", "He arrived on Friday and left on Monday."),
    ("exchange", "The war began in 2019 and ended in 2021.", "The war began in 2021 and ended in 2019."),
    ("tense", "The house is legal.", "The house was legal."),
    ("tense", "The army attacked the village.", "The army attacks the village."),
    ("tense", "The army will attack the village.", "The army attacked the village."),
    ("tense", "The court would reject the plan.", "The court will reject the plan."),
    ("untranslated", "The army is here.", "The ejército is here."),
    ("grammar", "They signed a peaceful agreement.", "They signed an agreement peaceful."),
    ("grammar", "The army left because the war began.", "The army left the war began."),
    ("grammar", "They left Ukraine.", "Them left Ukraine."),
    ("duplication", "The army left.", "The army army left."),
    ("tense", "The army attacked the village.", "The army had attacked the village."),
    ("tense", "The army attacked the village.", "The army was attacking the village."),
    ("question", "The war was illegal, the court said.", "The war was illegal, the court said?"),
    ("question", "The army was in the village.", "Was the army in the village?"),
    ("typography", "The army left (in May).", "The army left ( in May ) ."),
    ("typography", "The army left Ukraine.", "The army left Ukraine ."),
    ("typography", "The army left Ukraine.", "The army left Ukraine"),
    ("typography", "The army left Ukraine.", "the army left Ukraine."),
    ("typography", "The army left Ukraine.", "the army left ukraine."),
    ("typography", "The army left Ukraine.", "The army~ left Ukraine."),
]


def outcomes(corruptor, sentence, family, tries=250):
    rng = random.Random(5)
    return [made for _ in range(tries) if (made := corruptor.corrupt(sentence, rng, [family]))]


@pytest.mark.parametrize(("family", "sentence", "wanted"), CASES)
def test_family_makes_its_error(corruptor, family, sentence, wanted):
    assert wanted in {made.text for made in outcomes(corruptor, sentence, family)}


def test_family_without_a_fit_gives_none(corruptor):
    assert corruptor.corrupt("The army left.", random.Random(1), ["unit"]) is None
    assert corruptor.corrupt("The army left.", random.Random(1), ["number"]) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The court met on Monday and Friday.",  # the same days
        "They met between Monday when he came and Friday.",
        "They sold 54 houses in 2019.",  # a year is no number of houses
        "The army has 4 planes of type G550.",  # nor is a part of a name
        "They paid 3 million for 7000 houses.",  # nobody would take one for the other
        "Prices rose by 2.5 percent and 30 houses were sold.",
        "They sold 54 houses and built 54.",
    ],
)
def test_figures_change_places_only_where_each_might_be_the_other(corruptor, sentence):
    assert not outcomes(corruptor, sentence, "exchange", tries=20)


def test_both_that_changed_places_are_marked(corruptor):
    made = outcomes(corruptor, "They sold 54 houses and built 36.", "exchange", tries=1)[0]
    assert [span.of(made.text) for span in made.spans] == ["36", "54"]


def test_unknown_kind_is_refused_with_the_known_ones(corruptor):
    with pytest.raises(UsageError, match="polarity"):
        corruptor.corrupt("The army left.", random.Random(1), ["nonsense"])


def test_missing_folder_is_refused(tmp_path):
    with pytest.raises(UsageError, match="word lists"):
        Corruptor(tmp_path, 1)


def test_article_follows_the_new_word(corruptor):
    texts = {made.text for made in outcomes(corruptor, "It was an unprovoked war.", "polarity")}
    assert "It was a provoked war." in texts


def test_gap_marks_the_words_around_it(corruptor):
    made = next(
        m for m in outcomes(corruptor, "The peaceful protesters left.", "omission") if m.text == "The protesters left."
    )
    assert [span.of(made.text) for span in made.spans] == ["The", "protesters"]


def test_each_sign_that_was_set_apart_is_marked(corruptor):
    made = next(
        m
        for m in outcomes(corruptor, "The army left (in May).", "typography")
        if m.text == "The army left ( in May ) ."
    )
    assert [span.of(made.text) for span in made.spans] == ["(", ")", "."]


def test_weekday_is_no_name_and_year_no_number(corruptor):
    assert all("Tuesday" in m.text for m in outcomes(corruptor, "Ivan Petrov left on Tuesday.", "entity"))
    assert not outcomes(corruptor, "The court met in 2019.", "number", tries=20)


def test_same_seed_same_errors(corruptor):
    sentence = "Russia's unprovoked invasion of Ukraine was illegal."
    runs = [[corruptor.corrupt(sentence, rng) for _ in range(20)] for rng in (random.Random(9), random.Random(9))]
    assert runs[0] == runs[1]


WORDS = """
The the army president Maria Lopez Ukraine 's not did is 12 1,200 2019 May Tuesday , . ' " ( % $ 5 million two the
Supreme Court protesters attacked unprovoked invasion an a by U.S. won't cannot — é all some may on
"""
SENTENCES = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=14).map(" ".join)


@settings(max_examples=120, deadline=None)
@given(sentence=SENTENCES, seed=st.integers(0, 10_000))
def test_offsets_hold_for_any_text(corruptor, sentence, seed):
    made = corruptor.corrupt(sentence, random.Random(seed))
    if made is None:
        return
    place = made.original_span
    assert place.of(sentence) == made.original_text
    assert made.text == sentence[: place.start] + made.replacement_text + sentence[place.end :]
    assert made.text != sentence
    assert made.spans
    assert list(made.spans) == sorted(made.spans)
    assert all(span.of(made.text).strip() == span.of(made.text) != "" for span in made.spans)


@settings(max_examples=60, deadline=None)
@given(sentence=SENTENCES, seed=st.integers(0, 10_000))
def test_rewording_never_fails(corruptor, sentence, seed):
    reworded = corruptor.paraphrase(sentence, random.Random(seed))
    assert reworded is None or (reworded.text != sentence and reworded.changes)
    shorter = corruptor.reduce(sentence)
    assert shorter is None or len(shorter) < len(sentence)
