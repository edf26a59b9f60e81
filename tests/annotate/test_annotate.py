"""Findings written back: the copy opens in the format's own library, says what was found, and reads as before."""

import io
import json

import pytest
import report_samples
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.annotate import annotate
from checker.document import Span
from checker.readers import read_bytes, read_with_positions
from checker.report import Report

SAID = "The facts say the opposite."


def annotated(data, *words, path=None):
    """The copy, with a finding on each of `words`."""
    reading = read_with_positions(data, path=path)
    findings = []
    for number, word in enumerate(words):
        start = reading.document.text.index(word)
        span = Span(start, start + len(word))
        findings.append(report_samples.make_finding(reading.document, span, number, fingerprint=f"f{number}"))
    report = Report(reading.document, tuple(findings), (), (), report_samples.SIGNATURE)
    return annotate(data, reading, report, name="copy.xml")


XLIFF_1 = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="en"
 target-language="de" datatype="plaintext"><body><trans-unit id="t1"><source>The old harbour &amp; more.</source>
<target>Der <g id="1">alte</g> Hafen &amp; mehr.</target></trans-unit></body></file></xliff>"""
XLIFF_2 = """<xliff version="2.0" srcLang="en" trgLang="de" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f">
<unit id="u1"><segment id="s1"><source>The harbour.</source><target>Der <pc id="1">Hafen</pc> da.</target></segment>
</unit></file></xliff>"""


def test_xliff_1():
    lxml = pytest.importorskip("lxml.etree")
    made = annotated(XLIFF_1.encode(), "alte Hafen", "mehr")
    root = lxml.fromstring(made.content)
    names = {"x": "urn:oasis:names:tc:xliff:document:1.2"}
    assert root.xpath("//x:target/x:mrk/text() | //x:g/x:mrk/text()", namespaces=names) == ["alte", " Hafen", "mehr"]
    assert all(SAID in mark.get("comment") for mark in root.xpath("//x:mrk", namespaces=names))
    notes = root.xpath("//x:trans-unit/x:target/following-sibling::x:note[@from='checker']", namespaces=names)
    assert [note.text.split("”")[0] for note in notes] == ["“alte Hafen", "“mehr"]
    assert read_bytes(made.content).text == read_bytes(XLIFF_1.encode()).text


def test_xliff_2():
    lxml = pytest.importorskip("lxml.etree")
    made = annotated(XLIFF_2.encode(), "Hafen", "da")
    names = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
    root = lxml.fromstring(made.content)
    unit = root.find(".//x:unit", names)
    assert [child.tag.partition("}")[2] for child in unit] == ["notes", "segment"]
    marks = {mark.get("ref").removeprefix("#n="): mark.text for mark in root.iterfind(".//x:mrk", names)}
    assert marks == {note.get("id"): text for note, text in zip(unit[0], ("Hafen", "da"), strict=True)}
    again = annotated(made.content, "Der")
    assert len(lxml.fromstring(again.content).findall(".//x:notes", names)) == 1


def test_a_mark_is_never_written_into_character_data():
    text = XLIFF_1.replace("Der <g id=\"1\">alte</g> Hafen &amp; mehr.", "<![CDATA[Der alte Hafen & mehr.]]>")
    made = annotated(text.encode(), "alte Hafen")
    assert b"<![CDATA[Der alte Hafen & mehr.]]>" in made.content
    assert b"<note" in made.content


def test_tmx():
    lxml = pytest.importorskip("lxml.etree")
    text = '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>One.</seg></tuv>'
    text += '<tuv xml:lang="de"><seg>Eins.</seg></tuv></tu></body></tmx>'
    unit = lxml.fromstring(annotated(text.encode(), "Eins").content).find(".//tu")
    assert [child.tag for child in unit] == ["note", "tuv", "tuv"]
    assert SAID in unit[0].text


def test_po():
    polib = pytest.importorskip("polib")
    text = 'msgid ""\nmsgstr "Language: de\\n"\n\n#. For the door\nmsgctxt "door"\nmsgid "Open"\nmsgstr "Zu"\n\nmsgid "Shut"\nmsgstr ""\n"Auf"\n'
    made = annotated(text.encode(), "Zu", "Auf")
    first, second = polib.pofile(made.content.decode())
    assert (first.msgctxt, first.msgstr, first.comment) == ("door", "Zu", "For the door")
    assert first.tcomment.startswith("checker: “Zu”")
    assert second.tcomment.startswith("checker: “Auf”")


def test_html():
    text = "<html><body><h1>The harbour closes</h1><p>The council <b>never &eacute;ver</b> voted for it, they said.</p>"
    made = annotated(text.encode("cp1252"), "council never éver voted", path="a.html").content.decode("cp1252")
    assert made.count("<mark ") == made.count("</mark>") == 3
    assert ">never &eacute;ver</mark></b>" in made
    assert read_bytes(made.encode(), path="a.html").text == read_bytes(text.encode(), path="a.html").text


def test_word_documents():
    docx = pytest.importorskip("docx")
    document = docx.Document()
    paragraph = document.add_paragraph("The council ")
    paragraph.add_run("never voted").bold = True
    paragraph.add_run(" for it.")
    document.save(written := io.BytesIO())
    once = annotated(written.getvalue(), "council never", "it")
    twice = annotated(once.content, "voted for")
    read = docx.Document(io.BytesIO(twice.content))
    assert read.paragraphs[0].text == "The council never voted for it."
    comments = list(read.comments)
    assert [(comment.author, SAID in comment.text) for comment in comments] == [("checker", True)] * 3
    assert len({comment.comment_id for comment in comments}) == 3
    assert [run.text for run in read.paragraphs[0].runs if run.bold] == ["never", " ", "voted"]
    assert commented(read, comments[0].comment_id) == "council never"
    assert commented(read, comments[2].comment_id) == "voted for"


def commented(document, number):
    """The text between the beginning and the end of a comment."""
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    text, inside = "", False
    for element in document.element.body.iter():
        if element.get(f"{name}id") == str(number) and element.tag.startswith(f"{name}commentRange"):
            inside = element.tag.endswith("Start")
        if inside and element.tag == f"{name}t":
            text += element.text or ""
    return text


def test_opendocument_texts():
    pytest.importorskip("odf")
    from odf import office, opendocument, teletype
    from odf import text as odf

    document = opendocument.OpenDocumentText()
    paragraph = odf.P(text="The council ")
    paragraph.addElement(odf.Span(text="never"))
    paragraph.addText(" voted.")
    document.text.addElement(paragraph)
    document.write(written := io.BytesIO())
    made = annotated(written.getvalue(), "council never", "voted")
    read = opendocument.load(io.BytesIO(made.content))
    notes = read.getElementsByType(office.Annotation)
    assert [SAID in teletype.extractText(note) for note in notes] == [True, True]
    assert len(read.getElementsByType(office.AnnotationEnd)) == 2
    assert made.content[30:38] == b"mimetype"  # first and not compressed, as the standard wants it
    assert read_bytes(made.content).text == "The council never voted."


NITF = """<nitf><body><body.content><p>Ein Café.</p><p>The council
 <em>never</em> voted.</p></body.content></body></nitf>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_wire_messages_stay_as_they_are_and_get_web_annotations(encoding):
    lxml = pytest.importorskip("lxml.etree")
    data = NITF.encode(encoding)
    made = annotated(data, "council never")
    assert made.content == data
    page = json.loads(made.sidecar)
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    (item,) = page["items"]
    assert (item["type"], item["id"], item["target"]["source"]) == ("Annotation", "urn:checker:f0", "copy.xml")
    assert [body["purpose"] for body in item["body"]] == ["commenting", "editing"]
    xpath, quote, place = item["target"]["selector"]
    (paragraph,) = lxml.fromstring(NITF.encode()).xpath(xpath["value"])
    assert "".join(paragraph.itertext()).split()[-1] == "voted."
    assert xpath["refinedBy"] == quote
    assert (quote["exact"], quote["suffix"]) == ("council never", " voted.")
    assert data[place["start"] : place["end"]].decode(encoding.removesuffix("-sig").replace("16", "16-le")) == (
        "council\n <em>never"
    )


def test_annotations_in_json_have_a_pointer():
    data = json.dumps({"headline": "A b c", "body_html": "<p>The “council” never voted.</p>"}).encode()
    made = annotated(data, "council")
    selector, _, place = json.loads(made.sidecar)["items"][0]["target"]["selector"]
    assert (selector["value"], selector["conformsTo"][-7:]) == ("/body_html", "rfc6901")
    assert data[place["start"] : place["end"]] == b"council"


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet="ab <&>\"'é\n", min_size=1, max_size=30), st.data())
def test_any_span_of_a_page_can_be_marked_without_changing_what_it_says(text, data):
    from html import escape

    page = f"<html><body><p>The council voted {escape(text)} and that was all of it.</p></body></html>".encode()
    read = read_bytes(page, path="a.html")
    start = data.draw(st.integers(0, len(read.text) - 1))
    end = data.draw(st.integers(start + 1, len(read.text)))
    made = annotated(page, read.text[start:end], path="a.html")
    assert read_bytes(made.content, path="a.html").text == read.text
