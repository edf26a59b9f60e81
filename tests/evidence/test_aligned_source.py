"""Evidence where the parts of a document are known: the unit's own original, and the body for a headline."""

import numpy as np
import pytest

from checker import Checker, Settings
from checker.document import AlignedSource, PartKind, SourceUnit, Span
from checker.evidence import EvidenceKind, Relation, select_evidence
from checker.nli import Prediction
from checker.readers import read_bytes

XLIFF = """<xliff version="1.2"><file source-language="{language}" target-language="en"><body>
<trans-unit id="a"><source>The ferry owners met. They did not agree.</source>
<target>The ferry owners met. They agreed.</target></trans-unit>
<trans-unit id="b"><source>One. Two. Three.</source><target>Bakers raised prices. Bread is dear.</target></trans-unit>
<trans-unit id="c"><source>Rain.</source><target>Nothing in common at all.</target></trans-unit>
</body></file></xliff>"""


def references(document, source, embed):
    chosen = select_evidence(document, (), source, embed).evidence
    found = [[each for each in evidence if each.kind is EvidenceKind.SOURCE] for evidence in chosen]
    assert all(each.relation is Relation.REFERENCE for evidence in found for each in evidence)
    return [[each.text for each in evidence] for evidence in found]


def test_a_unit_is_the_reference_of_its_sentences(embed):
    document = read_bytes(XLIFF.format(language="en").encode())
    assert references(document, document.source, embed) == [
        ["The ferry owners met."],  # as many sentences on both sides: one by one
        ["They did not agree."],
        ["One. Two. Three."],  # else all of the unit
        ["One. Two. Three."],
        ["Rain."],
    ]


def test_a_sentence_outside_of_all_units_has_no_reference(embed):
    document = read_bytes(b"The ferry owners met. They agreed.")
    source = AlignedSource((SourceUnit("a", Span(0, 21), "Die Eigner kamen."),), "en")
    assert references(document, source, embed) == [["Die Eigner kamen."], []]


def test_a_source_that_the_model_cannot_read_is_named(embed):
    document = read_bytes(XLIFF.format(language="de").encode(), path="a.xlf")
    selection = select_evidence(document, (), document.source, embed)
    assert not any(each.kind is EvidenceKind.SOURCE for evidence in selection.evidence for each in evidence)
    assert selection.skipped == (("a.xlf", "source is in de; this model reads English only"),)


def test_a_headline_is_held_against_the_body(embed):
    text = "<nitf><body><body.head><hedline><hl1>Ferry owners reject harbour toll</hl1></hedline></body.head>"
    text += "<body.content><p>Rain is expected. Ferry owners accepted the harbour toll on Monday.</p></body.content></body></nitf>"
    document = read_bytes(text.encode())
    evidence = select_evidence(document, (), None, embed).evidence[0]
    assert [document.part_at(each.span).kind for each in evidence] == [PartKind.BODY]
    assert evidence[0].text.startswith("Ferry owners accepted")


class Neutral:
    """A model that finds nothing, and remembers what it was asked."""

    name, weights_hash, backend = "neutral", "0" * 16, "none"

    def __init__(self, embed):
        self.embed = embed
        self.asked = []

    def predict(self, pairs):
        self.asked += pairs
        return [Prediction(0.1, 0.8, 0.1, 0.0) for _ in pairs]


def test_the_check_of_a_bitext_document_uses_the_source_that_came_with_it(embed):
    model = Neutral(embed)
    document = read_bytes(XLIFF.format(language="en").encode())
    Checker(Settings(), model).check(document)
    asked = [pair.premise for pair in model.asked if pair.relation is Relation.REFERENCE]
    assert asked[:2] == ["The ferry owners met.", "They did not agree."]
    Checker(Settings(), model).check(document, source=AlignedSource((), "en"))
    assert len([pair for pair in model.asked if pair.relation is Relation.REFERENCE]) == len(asked)


def test_what_was_not_read_of_a_file_is_skipped_in_the_report(embed):
    item = "<newsItem><contentSet><inlineData>{}</inlineData></contentSet></newsItem>"
    text = f"<newsMessage><itemSet>{item.format('One text.')}{item.format('Other.')}</itemSet></newsMessage>"
    report = Checker(Settings(), Neutral(embed)).check(read_bytes(text.encode(), path="a.xml"))
    assert [(skipped.what, "first of 2" in skipped.reason) for skipped in report.skipped] == [("a.xml", True)]


@pytest.mark.parametrize("language", ["en", "de"])
def test_vectors_are_asked_for_the_document_alone(language, embed):
    document = read_bytes(XLIFF.format(language=language).encode())
    select_evidence(document, (), document.source, embed)
    assert not any("did not agree" in text for text in embed.seen)
    assert isinstance(embed(["a"]), np.ndarray)
