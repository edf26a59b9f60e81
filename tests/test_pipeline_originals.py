"""The whole flow with an original in another language: the second model is asked, and its word reaches the report."""

import json

import numpy as np
import pytest

from checker import Checker, Settings
from checker.document import AlignedSource, SourceUnit, Span, make_document
from checker.errors import ModelError
from checker.evidence import Relation
from checker.findings import Verdict
from checker.loading import load_originals
from checker.nli import Pair, Prediction
from checker.nli.dictionary import key_of, save_dictionary
from checker.nli.types import TokenProbability
from checker.originals import Originals
from checker.report.completeness import is_incomplete
from checker.report.json import from_dict, to_dict

SPANISH = "El ministro abrió el puerto el lunes. La huelga duró poco, según los vecinos de la ciudad."
SENSE = "accuracy/mistranslation"
ENGLISH = "The minister closed the port on Monday. The strike was short, according to the people of the city."


class Blind:
    """Neutral about everything; remembers what it was asked."""

    name, weights_hash, backend = "blind", "0" * 16, "none"

    def __init__(self):
        self.asked = []

    def predict(self, pairs):
        self.asked += pairs
        return [Prediction(0.1, 0.8, 0.1, 0.0) for _ in pairs]

    def embed(self, texts):
        return np.eye(8, dtype=np.float32)[np.arange(len(texts)) % 8]


class Reader(Blind):
    """Says that "closed" is wrong, and that everything else is right."""

    name, weights_hash = "reader", "1" * 16

    def predict(self, pairs):
        self.asked += pairs
        return [self._say(pair.hypothesis) for pair in pairs]

    def _say(self, text):
        words = [Span(place, place + len(word)) for word in text.split() for place in [text.index(word)]]
        tokens = tuple(TokenProbability(span, 0.95 if span.of(text) == "closed" else 0.01, SENSE) for span in words)
        wrong = "closed" in text
        return Prediction(0.02, 0.03, 0.95, 0.97, tokens) if wrong else Prediction(0.95, 0.03, 0.02, 0.02, tokens)


def checker_with(reader, languages=("es",), **settings):
    return Checker(Settings(**settings), Blind(), Originals(lambda: languages, lambda: reader))


def check(checker, source=SPANISH, language="es"):
    return checker.check(make_document(ENGLISH, language="en"), source=make_document(source, language=language))


def test_what_the_original_denies_is_found_and_nothing_is_left_out():
    reader = Reader()
    checker = checker_with(reader)
    report = check(checker)
    (finding,) = report.findings
    assert (finding.text, finding.detector) == ("closed", "nli")
    assert finding.evidence[0].evidence.kind == "source"
    assert finding.message == (
        "“closed” does not seem to be what the original-language article says: “El ministro abrió el puerto el lunes.”."
    ).replace(".”.", ".”")
    assert finding.suggestions == ()
    assert [each.verdict for each in report.sentences] == [Verdict.CONTRADICTED, Verdict.SUPPORTED]
    assert not report.skipped
    assert not is_incomplete(report)
    assert [(pair.relation, pair.language) for pair in reader.asked] == [(Relation.REFERENCE, "es")] * 2
    assert all(pair.language == "en" for pair in checker.predictor.asked)


def test_a_dictionary_tells_which_word_of_the_original_it_is_and_what_that_means(tmp_path):
    words = {"ministro": "minister", "abrió": "opened", "puerto": "port", "lunes": "monday"}
    save_dictionary([f"es\t{key_of(word)}\t0.90\t{meaning}" for word, meaning in words.items()], tmp_path)
    reader = Reader()
    reader.folder = tmp_path
    (finding,) = check(checker_with(reader)).findings
    assert finding.suggestions == ("opened",)
    assert finding.evidence[0].conflict.of(finding.evidence[0].evidence.text) == "abrió"
    (finding,) = check(checker_with(reader), language="es-MX").findings
    assert finding.suggestions == ("opened",)


def test_the_report_says_who_read_the_original_and_comes_back_from_json():
    report = check(checker_with(Reader()))
    assert report.signature.originals == f"reader {'1' * 16}"
    plain = json.loads(json.dumps(to_dict(report)))
    assert plain["signature"]["originals"] == f"reader {'1' * 16}"
    assert from_dict(plain, ENGLISH).signature == report.signature


def test_without_an_original_nobody_is_asked_and_the_signature_says_so():
    reader = Reader()
    report = checker_with(reader).check(ENGLISH)
    assert not reader.asked
    assert report.signature.originals is None


def test_an_original_in_a_language_that_is_not_read_is_told():
    reader = Reader()
    report = check(checker_with(reader, languages=("fr",)))
    assert not reader.asked
    assert "this model reads English only; exact rules were run against it" in report.skipped[0].reason
    assert report.signature.originals is None


def test_a_language_that_no_rule_reads_is_aligned_all_the_same():
    reader = Reader()
    polish = "Minister otworzył port w poniedziałek. Strajk trwał krótko, jak mówią mieszkańcy miasta."
    report = check(checker_with(reader, languages=("pl",)), polish, "pl")
    assert [finding.text for finding in report.findings] == ["closed"]
    assert not report.skipped


def test_units_of_a_bitext_are_taken_as_they_are():
    place = ENGLISH.index(" The strike")
    units = (
        SourceUnit("u1", Span(0, place), "El ministro abrió el puerto el lunes."),
        SourceUnit("u2", Span(place + 1, len(ENGLISH)), "La huelga duró poco."),
    )
    reader = Reader()
    report = checker_with(reader).check(make_document(ENGLISH, language="en"), source=AlignedSource(units, "es"))
    assert [finding.text for finding in report.findings] == ["closed"]
    assert [pair.premise for pair in reader.asked] == [unit.text for unit in units]


def test_several_sentences_of_one_passage_have_it_as_context():
    reader = Reader()
    text = "The minister closed the port on Monday. It was a holiday in all of the city, and nobody worked."
    place = len(text)
    units = (SourceUnit("u1", Span(0, place), "El ministro abrió el puerto el lunes, que era fiesta."),)
    checker = checker_with(reader)
    checker.check(make_document(text, language="en"), source=AlignedSource(units, "es"))
    assert len(reader.asked) == 2


def test_a_newsroom_may_leave_originals_to_exact_rules():
    assert Settings(originals="").originals is None
    report = Checker(Settings(originals=""), Blind()).check(ENGLISH, source=SPANISH)
    assert "reads English only" in report.skipped[0].reason


def test_a_missing_model_of_originals_is_named_when_it_is_needed():
    checker = Checker(Settings(originals="no-such-model"))
    with pytest.raises(ModelError, match="no model named 'no-such-model'"):
        checker.originals.reads("es")
    assert not checker.originals.reads("en")


def test_a_pair_with_a_foreign_premise_is_scored_by_the_model_that_reads_it():
    reader = Reader()
    checker = checker_with(reader)
    foreign = Pair("El ministro abrió el puerto.", "The minister closed the port.", language="es")
    english = Pair("The minister opened the port.", "The minister closed the port.")
    scored = checker.score([foreign, english])
    assert scored[0].contradiction > 0.9 > scored[1].contradiction
    assert reader.asked == [foreign]


def test_an_explanation_tells_what_the_original_says():
    checker = checker_with(Reader())
    report = check(checker)
    explained = checker.explain(report.findings[0], report)
    assert explained.evidence[0].evidence.kind == "source"


def test_where_the_usual_model_was_not_installed_there_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr("checker.nli.registry._places", lambda: iter([tmp_path]))
    report_of = Checker(Settings(), Blind(), load_originals(Settings()))
    assert "reads English only" in check(report_of).skipped[0].reason
