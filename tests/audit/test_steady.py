"""A group's sentences are embedded at once, and what is asked at once depends on the group alone."""

import numpy as np
import pytest
from audit_runs import ShakyPredictor

from checker.audit.engines.local import OneProcess
from checker.audit.run import run_audit
from checker.audit.steady import SteadyPredictor


class NotingPredictor(ShakyPredictor):
    """Notes what it embeds at once; refuses texts with "unreadable"."""

    def __init__(self):
        self.embedded = []

    def embed(self, texts):
        self.embedded.append(list(texts))
        if any("unreadable" in text for text in texts):
            raise ValueError("unreadable")
        return super().embed(texts)


def test_held_texts_are_embedded_once_and_forgotten_with_their_group():
    model = NotingPredictor()
    steady = SteadyPredictor(model, ["A fact."])
    steady.hold(["One.", "Two here.", "A fact.", "One."])
    assert model.embedded == [["A fact."], ["One.", "Two here."]]
    vectors = steady.embed(["Two here.", "A fact.", "Another.", "One."])
    assert model.embedded[2:] == [["Another."]]
    assert np.array_equal(vectors, ShakyPredictor().embed(["Two here.", "A fact.", "Another.", "One."]))
    steady.hold(["Three."])
    steady.embed(["One."])
    assert model.embedded[3:] == [["Three."], ["One."]]


def test_where_a_text_cannot_be_embedded_the_others_are_still_answered():
    steady = SteadyPredictor(NotingPredictor())
    steady.hold(["Good.", "An unreadable one."])
    assert steady.embed(["Good."]).shape == (1, 2)
    with pytest.raises(ValueError, match="unreadable"):
        steady.embed(["An unreadable one."])


def test_an_audit_embeds_each_group_at_once_and_loses_only_the_document_at_fault(audit):
    for number, text in enumerate(("The mayor spoke. A road opened.", "It rained. The fair went on.", "All is well.")):
        audit.write(f"{number}.txt", text)
    model = NotingPredictor()
    request = audit.request()
    run_audit(request, OneProcess(request.means, model))
    sentences = ["The mayor spoke.", "A road opened.", "It rained.", "The fair went on.", "All is well."]
    assert model.embedded == [sentences]
    audit.write("1.txt", "An unreadable one. The fair went on.")
    request = audit.request(output="again")
    run_audit(request, OneProcess(request.means, NotingPredictor()))
    assert [row.status for row in audit.documents("again")] == ["checked", "skipped", "checked"]
