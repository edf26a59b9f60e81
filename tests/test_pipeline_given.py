"""What a check is given: an article that the model cannot read, and what is no article, fact or day at all."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from checker import Checker, Fact, FactStore, Settings, Verdict
from checker.document import AlignedSource, SourceUnit, Span, make_document
from checker.errors import FactStoreError, UnreadableFileError, UsageError
from checker.nli import Prediction
from checker.report.completeness import NOTHING_TO_CHECK, is_incomplete

ARTICLE = "The port was opened."
DENIAL = "The port was shut."
GERMAN = "Der Hafen wurde am Montag geöffnet. Am Dienstag wurde der Hafen geschlossen."


class Supporting:
    """Confirms whatever it is asked, and keeps the premises."""

    name, weights_hash, backend = "scripted", "0" * 16, "none"

    def __init__(self):
        self.asked = []

    def predict(self, pairs):
        self.asked += [pair.premise for pair in pairs]
        return [Prediction(0.98, 0.01, 0.01, 0.01) for _ in pairs]

    def embed(self, texts):
        return np.ones((len(texts), 4), dtype=np.float32) / 2


@pytest.fixture
def model():
    return Supporting()


@pytest.fixture
def checker(model):
    return Checker(predictor=model)


def test_an_article_in_another_language_is_told_as_not_checked(checker, model):
    report = checker.check(GERMAN, facts=["Der Hafen ist offen."])
    assert {each.verdict for each in report.sentences} == {Verdict.NOT_CHECKED}
    reason = "the text reads as de; this model reads English only"
    assert {each.reason for each in report.sentences} == {reason}
    assert [each.reason for each in report.skipped] == [reason]
    assert is_incomplete(report)
    assert model.asked == []
    assert checker.explain(report.document.sentences[0]).evidence == ()


def test_watching_it_changes_nothing(checker):
    seen = []
    watched = checker.check(GERMAN, watch=lambda judged, find: seen.append(judged))
    assert watched == checker.check(GERMAN)
    assert seen == [0]


def test_exact_rules_are_run_on_it(checker):
    report = checker.check(
        "Der Hafen wurde am Montag mit 300 Schiffen geöffnet.", source="El puerto abrió el lunes con 400 barcos."
    )
    assert [finding.text for finding in report.findings] == ["300"]
    assert is_incomplete(report)


def test_an_english_article_is_read_with_german_in_it(checker, model):
    report = checker.check(f"The mayor of the port said: “{GERMAN}” The port was shut, he said.", facts=[DENIAL])
    assert DENIAL in model.asked
    assert report.skipped == ()


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_article_is_told_as_such(checker, text):
    assert [each.reason for each in checker.check(text).skipped] == [NOTHING_TO_CHECK]


@pytest.mark.parametrize("given", [DENIAL, DENIAL.encode(), {DENIAL: 1}, Fact("a", DENIAL), 5, None, Path("facts.txt")])
def test_what_is_no_collection_of_facts_is_refused(checker, given):
    with pytest.raises(UsageError, match=rf"facts is of type {type(given).__name__}; give a list of texts"):
        checker.check(ARTICLE, facts=given)


def test_a_frame_is_no_collection_of_facts_and_its_column_is(checker, model):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"text": [DENIAL]})
    with pytest.raises(UsageError, match="facts is of type DataFrame"):
        checker.check(ARTICLE, facts=frame)
    checker.check(ARTICLE, facts=frame.text)
    assert DENIAL in model.asked


@pytest.mark.parametrize("several", [list, tuple, iter, set])
def test_any_collection_of_facts_is_read_whole(checker, model, several):
    checker.check(ARTICLE, facts=several([DENIAL]))
    assert DENIAL in model.asked


@pytest.mark.parametrize("given", [5, None, float("nan"), {"text": DENIAL}])
def test_a_fact_that_is_none_is_named(checker, given):
    with pytest.raises(UsageError, match=rf"facts\[1\] is of type {type(given).__name__}"):
        checker.check(ARTICLE, facts=[DENIAL, given])


@pytest.mark.parametrize("given", [None, 5, float("nan"), Path("article.txt"), b"text"])
def test_what_is_no_article_is_refused(checker, given):
    with pytest.raises(UsageError, match=f"the article is of type {type(given).__name__}; give its text"):
        checker.check(given)


def test_what_is_no_source_is_refused(checker):
    with pytest.raises(UsageError, match="source is of type int; give the original's text"):
        checker.check(ARTICLE, source=5)


BROKEN = "Rome \ud800 opened."
HALF = r"holds half a character \(a broken \\u escape\); send whole ones"


@pytest.mark.parametrize("given", [BROKEN, make_document(BROKEN)])
def test_half_a_character_in_the_article_is_refused(checker, given):
    with pytest.raises(UsageError, match=f"^the text {HALF}"):
        checker.check(given)


@pytest.mark.parametrize(
    "given", [BROKEN, make_document(BROKEN), AlignedSource((SourceUnit("1", Span(0, 4), BROKEN),), "it")]
)
def test_half_a_character_in_the_source_is_refused(checker, given):
    with pytest.raises(UsageError, match=f"^the source {HALF}"):
        checker.check(ARTICLE, source=given)


@pytest.mark.parametrize("given", [BROKEN, Fact("a", BROKEN), Fact("\udfff", DENIAL), Fact("a", DENIAL, origin=BROKEN)])
def test_half_a_character_in_a_fact_is_refused(checker, given):
    with pytest.raises(UsageError, match=rf"^the fact facts\[1\] {HALF}"):
        checker.check(ARTICLE, facts=[DENIAL, given])


def test_a_file_with_half_a_character_is_not_the_fault_of_the_request(checker):
    with pytest.raises(UnreadableFileError, match=rf"^wire\.json: the text {HALF}"):
        checker.check(make_document(BROKEN, path="wire.json"))


def test_whole_characters_beyond_the_first_plane_are_read(checker):
    assert checker.check("Rome \U0001f6a2 opened.", facts=["Rome \U0001f6a2 shut."]).sentences


def test_a_text_of_numpy_becomes_plain(checker):
    report = checker.check(np.str_(ARTICLE), facts=[np.str_(DENIAL)], source=np.str_("El puerto abrió."))
    assert type(report.document.text) is str
    assert report == checker.check(ARTICLE, facts=[DENIAL], source="El puerto abrió.")


@pytest.mark.parametrize("given", ["checker-mini-en", "", {"model": "x"}, 5])
def test_what_are_no_settings_is_refused_at_once(given):
    with pytest.raises(UsageError, match=rf"settings is of type {type(given).__name__}; pass Settings\(model="):
        Checker(given)


def test_a_checker_names_its_model_and_what_was_chosen(model):
    assert repr(Checker()) == f"Checker('checker-mini-en', settings {Settings().hash()})"
    chosen = Settings(max_alerts=3, fail_on="minor")
    shown = f"Checker('scripted', max_alerts=3, fail_on='minor', settings {chosen.hash()})"
    assert repr(Checker(chosen, model)) == shown


@pytest.mark.parametrize("given", [np.datetime64("NaT"), None])
def test_no_day_is_today(checker, given):
    facts = [Fact("a", DENIAL, valid_from="2000-01-01")]
    assert checker.check(ARTICLE, facts=facts, as_of=given).signature.as_of == date.today().isoformat()


@pytest.mark.parametrize(
    "day",
    [
        "2022-05-23",
        datetime(2022, 5, 23, 10),
        date(2022, 5, 23),
        *map(np.datetime64, ("2022-05-23", "2022-05-23T10:30")),
    ],
)
def test_a_day_may_be_text_or_a_point_in_time(checker, day):
    facts = [Fact("a", DENIAL, valid_until="2022-05-23")]
    assert checker.check(ARTICLE, facts=facts, as_of=day).signature.as_of == "2022-05-23"


def test_a_day_far_off_any_calendar_is_refused(checker):
    with pytest.raises(UsageError, match="which is no day"):
        checker.check(ARTICLE, as_of=np.datetime64("12022-05-23"))


def test_what_is_no_day_is_refused(checker):
    with pytest.raises(UsageError, match="as_of is 'May', which is no day; give a date"):
        checker.check(ARTICLE, as_of="May")


def test_a_fact_that_ends_before_it_begins_is_refused(checker):
    with pytest.raises(UsageError, match=r"facts\[0\]: valid_until 2020-01-01 is before valid_from 2021-01-01"):
        checker.check(ARTICLE, facts=[Fact("a", DENIAL, valid_from="2021-01-01", valid_until="2020-01-01")])


def test_a_closed_store_says_so(checker, tmp_path):
    with FactStore.open(tmp_path / "s.facts") as store:
        store.add([DENIAL])
    with pytest.raises(FactStoreError, match="is closed; open it again"):
        checker.check(ARTICLE, facts=store)


def test_a_checker_is_not_sent_to_another_process(checker):
    with pytest.raises(UsageError, match="make one in each process"):
        pickle.dumps(checker)
