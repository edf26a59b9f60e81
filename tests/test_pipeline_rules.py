"""The whole flow with a model that sees nothing: what the rules find reaches the report."""

import numpy as np
import pytest

from checker import Checker, Settings
from checker.document import AlignedSource, SourceUnit, Span, make_document
from checker.errors import UsageError
from checker.findings import Verdict
from checker.nli import Prediction

SPANISH = "El plan cuesta 999 millones de pesos. Empieza el 5 de julio en la ciudad de Lima, según el ministro."
ENGLISH = "The plan costs 99 million pesos. It begins on June 5 in the city of Lima, according to the minister."


class BlindPredictor:
    """Neutral about everything."""

    name, weights_hash, backend = "blind", "0" * 16, "none"

    def predict(self, pairs):
        return [Prediction(0.1, 0.8, 0.1, 0.0) for _ in pairs]

    def embed(self, texts):
        return np.eye(8, dtype=np.float32)[np.arange(len(texts)) % 8]


def check(text, source=None, language="es", **settings):
    checker = Checker(Settings(**settings), BlindPredictor())
    original = make_document(source, language=language, path="es.txt") if source else None
    return checker.check(make_document(text, language="en"), source=original)


def test_a_source_in_another_language_is_evidence_for_the_rules():
    report = check(ENGLISH, SPANISH)
    assert {finding.detector: finding.text for finding in report.findings} == {
        "rule:numbers": "99 million",
        "rule:dates": "June",
    }
    assert {item.evidence.kind for finding in report.findings for item in finding.evidence} == {"source"}
    assert [verdict.verdict for verdict in report.sentences] == [Verdict.CONTRADICTED] * 2
    (skipped,) = report.skipped
    assert "this model reads English only; exact rules were run against it" in skipped.reason


def test_a_source_that_the_rules_do_not_read_is_said_and_the_rest_runs():
    report = check(f"{ENGLISH} He met the the minister.", "Plan kosztuje 999 milionów.", "pl")
    assert [finding.detector for finding in report.findings] == ["rule:repetition"]
    assert "only rules that need no source were run" in report.skipped[0].reason


def test_a_rule_can_be_switched_off():
    report = check(ENGLISH, SPANISH, disable_rules=("numbers",))
    assert [finding.detector for finding in report.findings] == ["rule:dates"]


def test_a_glossary_is_applied_and_its_broken_row_named(tmp_path):
    (tmp_path / "terms.csv").write_text("preferred,forbidden\nscheme,plan\nonly,\n")
    report = check(ENGLISH, glossary=str(tmp_path / "terms.csv"))
    assert [finding.text for finding in report.findings] == ["plan"]
    assert [skipped.what for skipped in report.skipped] == [f"{tmp_path}/terms.csv:3"]


def test_a_glossary_that_is_missing_is_wrong_usage(tmp_path):
    with pytest.raises(UsageError, match="the glossary cannot be read"):
        check(ENGLISH, glossary=str(tmp_path / "none.csv"))


def test_a_source_that_a_file_aligned_is_taken_as_it_is():
    place = ENGLISH.index(" It begins")
    units = (
        SourceUnit("u1", Span(0, place), "El plan cuesta 999 millones de pesos."),
        SourceUnit("u2", Span(place + 1, len(ENGLISH)), "Empieza el 5 de junio."),
    )
    checker = Checker(Settings(), BlindPredictor())
    report = checker.check(make_document(ENGLISH, language="en"), source=AlignedSource(units, "es"))
    assert [(finding.text, finding.evidence[0].evidence.id) for finding in report.findings] == [
        ("99 million", "source:u1")
    ]


def test_a_report_knows_what_each_sentence_translates():
    before, after = SPANISH.split(". ")
    assert check(ENGLISH, SPANISH).originals == (f"{before}.", after)
    assert check(ENGLISH, SPANISH, "pl").originals == check(ENGLISH).originals == ()
    start = ENGLISH.index("It begins")
    source = AlignedSource((SourceUnit("a", Span(start, len(ENGLISH)), after),), "es")
    report = Checker(Settings(), BlindPredictor()).check(make_document(ENGLISH, language="en"), source=source)
    assert report.originals == (None, after)


def test_a_sentence_that_two_passages_are_in_translates_both():
    text = "The plan costs 99 million pesos and begins on June 5."
    units = (SourceUnit("a", Span(0, 31), "El plan cuesta 99 millones"), SourceUnit("b", Span(31, 53), "y empieza."))
    report = Checker(Settings(), BlindPredictor()).check(text, source=AlignedSource(units, "es"))
    assert report.originals == ("El plan cuesta 99 millones y empieza.",)
