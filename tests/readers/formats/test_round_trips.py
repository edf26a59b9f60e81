"""Random paragraphs written by each format's own library, or as its standard has it, read back with right places."""

import io
import json
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Span
from checker.readers import read_with_positions

WORD = st.text(alphabet="abcdefgäßéžЖ漢😀&<>\"'’-1", min_size=1, max_size=8)
SENTENCE = st.lists(WORD, min_size=2, max_size=8).map(lambda words: "X" + " ".join(words) + "y.")
TEXTS = st.lists(SENTENCE, min_size=1, max_size=5, unique=True)
EXAMPLES = settings(max_examples=25, deadline=None)


def check(data, texts, *, decode=None, path=None, sources=None):
    """The texts are the document's paragraphs; every character leads to what `decode` says it is written as."""
    reading = read_with_positions(data, path=path)
    document = reading.document
    assert document.text.split("\n\n") == texts
    for stretch, text in zip(whole_paragraphs(reading.places), texts, strict=True):
        assert stretch.of(document.text) == text
        if decode is not None:
            for start in range(stretch.start, stretch.end):
                found = reading.file_span(Span(start, start + 1))
                assert found is not None
                assert decode(found.of(reading.decoded)) == document.text[start]
    if sources is not None:
        assert [unit.text for unit in document.source.units] == sources
    return reading


def whole_paragraphs(places):
    """Spans of the places, where those of the runs of one paragraph are one."""
    spans, paragraph = [], None
    for place in places:
        name, _, run = place.locator.partition(", run ")
        if run and name == paragraph:
            assert spans[-1].end == place.span.start
            spans[-1] = Span(spans[-1].start, place.span.end)
        else:
            spans.append(place.span)
        paragraph = name
    return spans


def decode_xml(text):
    return {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}.get(text, text)


@EXAMPLES
@given(TEXTS)
def test_nitf(texts):
    body = "".join(f"<p>{escape(text)}</p>\n" for text in texts)
    check(f"<nitf><body><body.content>{body}</body.content></body></nitf>".encode(), texts, decode=decode_xml)


@EXAMPLES
@given(TEXTS, st.booleans())
def test_ninjs(texts, plain_ascii):
    body = "".join(f"<p>{escape(text)}</p>" for text in texts)
    data = json.dumps({"headline": "", "body_html": body}, ensure_ascii=plain_ascii)
    check(data.encode(), texts, decode=lambda text: decode_xml(json.loads(f'"{text}"')))


@EXAMPLES
@given(TEXTS)
def test_json_lines(texts):
    data = "".join(json.dumps({"source": text, "target": text}) + "\n" for text in texts)
    check(data.encode(), texts, decode=lambda text: json.loads(f'"{text}"'), sources=texts)


@EXAMPLES
@given(TEXTS)
def test_csv(texts):
    import csv

    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["source", "target"])
    writer.writerows([text, text] for text in texts)
    check(written.getvalue().encode(), texts, decode=lambda text: '"' if text == '""' else text, sources=texts)


@EXAMPLES
@given(TEXTS)
def test_po(texts):
    polib = pytest.importorskip("polib")
    file = polib.POFile(wrapwidth=30)
    file.metadata = {"Language": "de", "Content-Type": "text/plain; charset=UTF-8"}
    file.extend(polib.POEntry(msgid=text, msgstr=text) for text in texts)
    check(str(file).encode(), texts, decode=lambda text: text.removeprefix("\\"), sources=texts)


@EXAMPLES
@given(TEXTS)
def test_xliff_and_tmx(texts):
    xliff = pytest.importorskip("translate.storage.xliff")
    from translate.storage import tmx

    file = xliff.xlifffile()
    file.setsourcelanguage("en")
    file.settargetlanguage("de")
    memory = tmx.tmxfile()
    for text in texts:
        unit = file.addsourceunit(text)
        unit.target = text
        memory.addtranslation(text, "en", text, "de")
    check(bytes(file), texts, decode=decode_xml, sources=texts)
    check(bytes(memory), texts, decode=decode_xml, sources=texts)


@EXAMPLES
@given(TEXTS)
def test_word_documents(texts):
    library = pytest.importorskip("docx")
    document = library.Document()
    for text in texts:
        document.add_paragraph(text[:3]).add_run(text[3:]).italic = True
    document.save(written := io.BytesIO())
    check(written.getvalue(), texts, decode=decode_xml)


@EXAMPLES
@given(TEXTS)
def test_opendocument_texts(texts):
    pytest.importorskip("odf")
    from odf import text as odf
    from odf.opendocument import OpenDocumentText

    document = OpenDocumentText()
    for text in texts:
        document.text.addElement(odf.P(text=text))
    document.write(written := io.BytesIO())
    check(written.getvalue(), texts, decode=decode_xml)


@EXAMPLES
@given(st.lists(SENTENCE.filter(lambda text: "<" not in text), min_size=1, max_size=5, unique=True))
def test_subtitles(texts):
    pysubs2 = pytest.importorskip("pysubs2")
    file = pysubs2.SSAFile()
    for number, text in enumerate(texts):
        file.append(pysubs2.SSAEvent(start=number * 1000, end=number * 1000 + 900, text=text))
    for form in ("srt", "vtt"):
        reading = read_with_positions(file.to_string(form).encode())
        assert reading.document.text.split("\n") == texts
        for place, text in zip(reading.places, texts, strict=True):
            assert reading.file_span(place.span).of(reading.decoded) == text
