"""Twenty real wire messages, each looked at by eye: right headline, language, date, paragraphs and a clean body.

The files are other people's copy and stay outside of the project; only short facts about them are here.
"""

import hashlib
import html
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from checker.readers import open_file

SAMPLES = Path(__file__).parents[3].parent / "shared" / "data" / "wire_samples"


class Facts(NamedTuple):
    """`headline` is the beginning of its SHA-256; `parts` counts paragraphs; `words` are those of the body."""

    name: str
    format: str
    language: str
    published: str | None
    headline: str
    parts: str
    words: int


FACTS = [
    Facts(
        "iptc7901_ats_latin1_fr.txt", "iptc7901", "fr", "2018-12-09T12:23:00", "5dc7a14b2b11", "headline:1 body:3", 129
    ),
    Facts(
        "iptc7901_dpa_en.txt", "iptc7901", "en", "2013-11-13T11:37:00+00:00", "b72bdc031292", "headline:1 body:5", 164
    ),
    Facts("iptc7901_kyodo_en.txt", "iptc7901", "en", "2018-12-09T21:37:00", "1fe2fceb4df7", "headline:1 body:11", 350),
    Facts(
        "newsml12_efe_es.xml", "newsml-1", "es", "2019-01-21T10:36:00+00:00", "ee00c66380a8", "headline:1 body:9", 303
    ),
    Facts(
        "newsml_businesswire_zh.xml",
        "newsml-1",
        "zh",
        "2013-06-05T21:00:00+00:00",
        "a7aec7f33ac0",
        "headline:1 body:13",
        50,
    ),
    Facts(
        "newsmlg2_ansa_en.xml",
        "newsml-g2",
        "en",
        "2017-10-11T10:41:00+01:00",
        "56ab7573917e",
        "headline:1 summary:1 body:4",
        67,
    ),
    Facts(
        "newsmlg2_dpa_dateline_de.xml",
        "newsml-g2",
        "de",
        "2025-01-28T09:18:34+01:00",
        "a48942104a61",
        "headline:1 summary:1 body:15",
        611,
    ),
    Facts(
        "newsmlg2_dpa_politics_de.xml",
        "newsml-g2",
        "de",
        "2024-09-24T09:42:36+02:00",
        "36545150fb44",
        "headline:1 body:61",
        1496,
    ),
    Facts(
        "newsmlg2_listing25_inline_nitf.xml", "newsml-g2", "en", None, "1a2bb749947e", "headline:1 summary:1 body:1", 47
    ),
    Facts(
        "newsmlg2_listing2_text_en.xml",
        "newsml-g2",
        "en",
        "2018-11-21T16:22:45-05:00",
        "c639d8020c53",
        "headline:1 body:2",
        133,
    ),
    Facts(
        "newsmlg2_stt_fi.xml",
        "newsml-g2",
        "en",
        "2017-12-25T11:16:43+02:00",
        "f0f13a20f2e6",
        "headline:1 body:37",
        1041,
    ),
    Facts(
        "newsmlg2_tt_sv.xml",
        "newsml-g2",
        "sv",
        "2021-09-19T20:57:43+02:00",
        "d099bf89c70b",
        "headline:1 body:5 caption:1",
        121,
    ),
    Facts(
        "ninjs3_ap_simple_en.json", "ninjs", "en", "2013-07-09T10:37:00+00:00", "de56c1c1ceab", "headline:1 body:4", 158
    ),
    Facts(
        "ninjs3_dpa_html_de.json", "ninjs", "de", "2019-05-10T16:02:28+02:00", "d3a0f8cf1ccb", "headline:1 body:9", 437
    ),
    Facts("ninjs3_ntb_nb.json", "ninjs", "no", "2019-08-09T09:46:53+00:00", "24d020f076ce", "headline:1 body:1", 22),
    Facts(
        "ninjs3_with_nitf_body_en.json",
        "ninjs",
        "en",
        "2023-10-08T02:34:03+02:00",
        "c3c1c68c7532",
        "headline:1 body:18",
        484,
    ),
    Facts(
        "nitf31_pa_latin1_en.xml", "nitf", "en", "2016-10-11T00:13:27+01:00", "db4e9bc084e3", "headline:1 body:18", 530
    ),
    Facts(
        "nitf32_efe_en.xml", "nitf", "en", "2017-01-02T22:28:00+00:00", "143b8ea0c303", "headline:1 summary:1 body:1", 6
    ),
    Facts("nitf34_ap_en.xml", "nitf", "en", "2015-12-10T19:10:44+00:00", "2ae4a3c28d21", "headline:1 body:27", 1046),
    Facts(
        "nitf36_ntb_nb.xml", "nitf", "no", "2021-05-16T09:00:04", "848e56a476c7", "headline:1 body:21 caption:1", 480
    ),
]
# What must not be left in a body: markup, what is twice escaped, notes to desks, marks of the end, control characters.
DEBRIS = (
    "<p",
    "</",
    "&#",
    "&quot;",
    "&amp;",
    "not for publication",
    "\x03",
    "\x7f",
    "\r",
    "+++",
    "***",
    "==Kyodo",
    "©NTB",
)


def described(document):
    counts = (f"{part.kind}:{len(part.span.of(document.text).split(chr(10) * 2))}" for part in document.parts)
    return " ".join(counts)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the wire samples are not on this machine")
@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: facts.name)
def test_a_real_wire_message(facts):
    reading = open_file(SAMPLES / facts.name)
    document = reading.document
    assert (reading.format, document.language) == (facts.format, facts.language)
    assert (document.published and document.published.isoformat()) == facts.published
    assert hashlib.sha256(document.title.encode()).hexdigest().startswith(facts.headline)
    assert described(document) == facts.parts
    body = next(part for part in document.parts if part.kind == "body").span.of(document.text)
    assert len(body.split()) == facts.words
    assert not [debris for debris in DEBRIS if debris in document.text]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the wire samples are not on this machine")
@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: facts.name)
def test_each_sentence_of_a_real_message_leads_back_to_its_place(facts):
    reading = open_file(SAMPLES / facts.name)
    for sentence in reading.document.sentences:
        place = reading.file_span(sentence.span)
        found = html.unescape(html.unescape(re.sub("<[^>]*>|\\\\[nr]", "", place.of(reading.decoded))))
        found = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), found)
        assert "".join(found.split()) == "".join(sentence.text.split())
        assert reading.place(sentence.span).locator


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the wire samples are not on this machine")
def test_a_tag_that_the_text_contradicts_is_reported():
    notes = open_file(SAMPLES / "newsmlg2_ansa_en.xml").document.notes
    assert notes == ("declared as it, but the text reads as en; checked as en",)
