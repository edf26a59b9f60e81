"""Random findings in random texts, written into each format by its writer: the copy opens and reads as before."""

import io
import json
from xml.sax.saxutils import escape

import pytest
import report_samples
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from checker.annotate import annotate
from checker.document import Span
from checker.readers import read_with_positions
from checker.report import Report

WORD = st.text(alphabet="abcäé漢😀&<>\"'’-", min_size=1, max_size=6)
SENTENCE = st.lists(WORD, min_size=2, max_size=6).map(lambda words: "X" + " ".join(words) + "y.")
TEXTS = st.lists(SENTENCE, min_size=1, max_size=4, unique=True)


def xliff_1(texts):
    units = "".join(
        f'<trans-unit id="{n}"><source>a</source><target>{escape(text[:2])}<g id="1">{escape(text[2:4])}</g>'
        f"{escape(text[4:])}</target></trans-unit>"
        for n, text in enumerate(texts)
    )
    head = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="en"'
    return f'{head} target-language="de" original="a" datatype="plaintext"><body>{units}</body></file></xliff>'.encode()


def xliff_2(texts):
    units = "".join(
        f'<unit id="u{n}"><segment><source>a</source><target>{escape(text[:3])}'
        f'<pc id="1">{escape(text[3:])}</pc></target>'
        "</segment></unit>"
        for n, text in enumerate(texts)
    )
    head = '<xliff version="2.0" srcLang="en" trgLang="de" xmlns="urn:oasis:names:tc:xliff:document:2.0">'
    return f'{head}<file id="f">{units}</file></xliff>'.encode()


def tmx(texts):
    units = "".join(
        f'<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="de"><seg>{escape(text)}</seg></tuv></tu>'
        for text in texts
    )
    return f'<tmx version="1.4"><header srclang="en"/><body>{units}</body></tmx>'.encode()


def po(texts):
    polib = pytest.importorskip("polib")
    file = polib.POFile(wrapwidth=20)
    file.metadata = {"Language": "de", "Content-Type": "text/plain; charset=UTF-8"}
    file.extend(polib.POEntry(msgid=f"a {text}", msgstr=text) for text in texts)
    return str(file).encode()


def docx(texts):
    library = pytest.importorskip("docx")
    document = library.Document()
    for text in texts:
        document.add_paragraph(text[:3]).add_run(text[3:]).italic = True
    document.save(written := io.BytesIO())
    return written.getvalue()


def odt(texts):
    pytest.importorskip("odf")
    from odf import text as odf
    from odf.opendocument import OpenDocumentText

    document = OpenDocumentText()
    for text in texts:
        paragraph = odf.P(text=text[:3])
        paragraph.addElement(odf.Span(text=text[3:]))
        document.text.addElement(paragraph)
    document.write(written := io.BytesIO())
    return written.getvalue()


def html(texts):
    body = "".join(f"<p>The council of Valmera said so: <i>{escape(text)}</i></p>\n" for text in texts)
    return f"<html><body><article>{body}</article></body></html>".encode()


def nitf(texts):
    body = "".join(f"<p>{escape(text)}</p>" for text in texts)
    return f"<nitf><body><body.content>{body}</body.content></body></nitf>".encode()


def ninjs(texts):
    return json.dumps(
        {"headline": "Harbour", "body_html": "".join(f"<p>{escape(text)}</p>" for text in texts)}
    ).encode()


def marked(data, drawn):
    """The document, its annotated copy, and what was marked."""
    reading = read_with_positions(data)
    spans = []
    for sentence in reading.document.sentences[:3]:
        start = drawn.draw(st.integers(sentence.span.start, sentence.span.end - 1))
        span = Span(start, drawn.draw(st.integers(start + 1, sentence.span.end)))
        assume(span.of(reading.document.text).strip())  # findings are about words: HTML has no mark for white space
        spans.append(span)
    findings = [
        report_samples.make_finding(reading.document, span, number, fingerprint=f"f{number}")
        for number, span in enumerate(spans)
    ]
    report = Report(reading.document, tuple(findings), (), (), report_samples.SIGNATURE)
    return reading, annotate(data, reading, report, name="copy"), spans


@pytest.mark.parametrize("write", [xliff_1, xliff_2, tmx, po, docx, odt, html], ids=lambda write: write.__name__)
@settings(max_examples=12, deadline=None)
@given(texts=TEXTS, drawn=st.data())
def test_a_copy_with_notes_reads_as_before(write, texts, drawn):
    reading, made, _ = marked(write(texts), drawn)
    copy = read_with_positions(made.content)
    assert copy.format == reading.format
    assert copy.document.text == reading.document.text
    assert [part.span for part in copy.document.parts] == [part.span for part in reading.document.parts]
    assert made.content.count(b"checker") or copy.format in ("docx", "odt")


@pytest.mark.parametrize("write", [nitf, ninjs], ids=lambda write: write.__name__)
@settings(max_examples=12, deadline=None)
@given(texts=TEXTS, drawn=st.data())
def test_web_annotations_name_the_bytes(write, texts, drawn):
    data = write(texts)
    reading, made, spans = marked(data, drawn)
    assert made.content == data
    items = json.loads(made.sidecar)["items"]
    said = [item["target"]["selector"] for item in items]
    for span, selectors in zip(sorted(spans), said, strict=True):
        quote = next(each for each in selectors if each["type"] == "TextQuoteSelector")
        place = next(each for each in selectors if each["type"] == "DataPositionSelector")
        assert quote["exact"] == span.of(reading.document.text)
        written = data[place["start"] : place["end"]].decode()
        written = json.loads(f'"{written}"') if write is ninjs else written
        for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
            written = written.replace(entity, character)
        assert written == quote["exact"]
