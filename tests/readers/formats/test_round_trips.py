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


@EXAMPLES
@given(TEXTS, st.booleans())
def test_newsml_g2(texts, nitf):
    body = "".join(f"<p>{escape(text)}</p>" for text in texts)
    inline = (
        f"<nitf><body><body.content>{body}</body.content></body></nitf>"
        if nitf
        else f"<html><body>{body}</body></html>"
    )
    data = f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentSet><inlineXML>{inline}</inlineXML></contentSet></newsItem>'
    check(data.encode(), texts, decode=decode_xml)


@EXAMPLES
@given(TEXTS)
def test_newsml_1(texts):
    body = "".join(f"<p>{escape(text)}</p>" for text in texts)
    content = f"<ContentItem><DataContent><html><body>{body}</body></html></DataContent></ContentItem>"
    check(
        f"<NewsML><NewsItem><NewsComponent>{content}</NewsComponent></NewsItem></NewsML>".encode(),
        texts,
        decode=decode_xml,
    )


@EXAMPLES
@given(TEXTS)
def test_iptc_7901(texts):
    lines = "".join("   " + "\r\n".join(wrap(text)) + "\r\n" for text in texts)
    data = f"\x01abc0001 3 pl 12 XXX\r\n\x02Harbour stays=\r\n{lines}\x03 051015 GMT Mar 24\x04"
    reading = read_with_positions(data.encode())
    assert reading.document.text.split("\n\n") == ["Harbour stays", *texts]
    for place in reading.places:
        found = reading.file_span(place.span).of(reading.decoded)
        assert found.split() == place.span.of(reading.document.text).split()


def wrap(text):
    """Lines of three words each, as a telex has them, only narrower."""
    words = text.split()
    return [" ".join(words[start : start + 3]) for start in range(0, len(words), 3)]


@EXAMPLES
@given(TEXTS)
def test_parquet(texts):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = pyarrow.table({"source": texts, "target": texts})
    parquet.write_table(table, written := io.BytesIO())
    check(written.getvalue(), texts, sources=texts)


@EXAMPLES
@given(TEXTS)
def test_html(texts):
    long = [f"The council of Valmera said on Tuesday: {text}" for text in texts]
    body = "".join(f"<p>{escape(text)}</p>\n" for text in long)
    reading = read_with_positions(f"<html><body><article>{body}</article></body></html>".encode())
    assert reading.document.text.split("\n\n") == long
    for at, character in enumerate(reading.document.text):
        place = reading.file_span(Span(at, at + 1))
        assert (decode_xml(place.of(reading.decoded)) if place else "\n") == character


@EXAMPLES
@given(TEXTS, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_plain_text(texts, line_end, encoding):
    reading = read_with_positions((line_end * 2).join(texts).encode(encoding))
    assert reading.document.text.split("\n\n") == texts
    for at, character in enumerate(reading.document.text):
        place = reading.file_span(Span(at, at + 1))
        assert place.of(reading.decoded) == (line_end if character == "\n" else character)


@EXAMPLES
@given(TEXTS)
def test_xliff_2(texts):
    segments = "".join(
        f'<unit id="{number}"><segment><source>{escape(text)}</source><target>{escape(text)}</target></segment></unit>'
        for number, text in enumerate(texts)
    )
    head = '<xliff version="2.0" srcLang="en" trgLang="de" xmlns="urn:oasis:names:tc:xliff:document:2.0">'
    check(f'{head}<file id="f">{segments}</file></xliff>'.encode(), texts, decode=decode_xml, sources=texts)


def test_every_format_has_a_round_trip():
    from checker.readers.formats.registry import PACKAGE_FORMATS, PLAIN_FORMATS, TEXT_FORMATS

    tested = {
        *("nitf", "ninjs", "jsonl", "csv", "po", "xliff", "tmx", "docx", "odt", "subtitles", "newsml-g2", "newsml-1"),
        *("iptc7901", "parquet", "html", "text"),
        *("feed", "eml"),  # in test_feeds_and_mail.py
    }
    assert {each.name for each in (*PACKAGE_FORMATS, *PLAIN_FORMATS, *TEXT_FORMATS)} == tested
