"""The whole flow on a wire message: headline, summary and caption are held against the body."""

import re
import zlib

import numpy as np
import pytest

from checker import Checker, Settings
from checker.document import PartKind, Span
from checker.findings import Verdict
from checker.nli import Prediction, TokenProbability
from checker.readers import read_bytes

WIDTH = 128
BODY = (
    "The council of Velmar approved the harbour toll on Tuesday after a long debate.",
    "Eleven of the nineteen members voted for the harbour toll, the council said.",
    "Ferry owners had asked the council to wait until the summer is over.",
)


class ContraryPredictor:
    """Hears a contradiction where one side approves and the other rejects; a word of no use elsewhere."""

    name, weights_hash, backend = "contrary", "0" * 16, "none"

    def __init__(self):
        self.asked = []

    def predict(self, pairs):
        self.asked += pairs
        return [self._judge(pair) for pair in pairs]

    def embed(self, texts):
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w{4,}", text.lower()):
                vectors[row, zlib.crc32(word.encode()) % WIDTH] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)

    def _judge(self, pair):
        words = [match.span() for match in re.finditer(r"\w+", pair.hypothesis)]
        wrong = "reject" in pair.hypothesis and "approve" in pair.premise
        tokens = tuple(
            TokenProbability(Span(*span), 0.98 if wrong and "reject" in pair.hypothesis[slice(*span)] else 0.01)
            for span in words
        )
        return Prediction(0.01, 0.02, 0.97, 0.98, tokens) if wrong else Prediction(0.1, 0.85, 0.05, 0.02, tokens)


def message(headline, summary="", caption=""):
    media = f"<media><media-caption>{caption}</media-caption></media>" if caption else ""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    abstract = f"<abstract><p>{summary}</p></abstract>" if summary else ""
    return (
        f"<nitf><body><body.head><hedline><hl1>{headline}</hl1></hedline>{abstract}</body.head>"
        f"<body.content>{paragraphs}{media}</body.content></body></nitf>"
    ).encode()


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        (PartKind.HEADLINE, {"headline": "Velmar council rejects harbour toll"}),
        (PartKind.SUMMARY, {"headline": "Velmar decides", "summary": "The Velmar council rejected the harbour toll."}),
        (PartKind.CAPTION, {"headline": "Velmar decides", "caption": "Members who rejected the Velmar harbour toll."}),
    ],
)
def test_what_the_body_denies_is_found(kind, parts):
    report = Checker(Settings(), ContraryPredictor()).check(read_bytes(message(**parts)))
    (finding,) = report.findings
    assert report.document.part_at(finding.span).kind is kind
    assert "reject" in finding.text
    assert report.sentences[finding.sentence].verdict is Verdict.CONTRADICTED
    shown = finding.evidence[0].evidence
    assert report.document.part_at(shown.span).kind is PartKind.BODY
    assert shown.text == BODY[0]


def test_a_message_that_agrees_with_itself_raises_nothing():
    report = Checker(Settings(), ContraryPredictor()).check(
        read_bytes(message("Velmar council approves harbour toll", "The council approved the harbour toll."))
    )
    assert report.findings == ()


def test_captions_that_say_the_same_do_not_take_the_places_of_the_body():
    """Five captions that are nearer to the headline than any sentence of the body."""
    captions = "</media-caption><media-caption>".join(
        f"Velmar council rejects harbour toll again, photograph {number}." for number in range(5)
    )
    predictor = ContraryPredictor()
    report = Checker(Settings(), predictor).check(
        read_bytes(message("Velmar council rejects harbour toll", caption=captions))
    )
    assert sum(part.kind is PartKind.CAPTION for part in report.document.parts) == 5
    premises = [pair.premise for pair in predictor.asked if pair.hypothesis == report.document.sentences[0].text]
    assert BODY[0] in premises
    assert BODY[1] in premises
    assert 0 in {finding.sentence for finding in report.findings}
