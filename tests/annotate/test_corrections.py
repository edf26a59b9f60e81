"""What a person changed comes back into a copy of the file, and into nothing else of it."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.annotate.corrections import changes_between, correct
from checker.errors import UsageError
from checker.readers import read_with_positions

HTML = (
    "<!doctype html>\n<html><body><h1>The harbour</h1>\n"
    "<p>The <b>op</b>en&nbsp;harbour &amp; the quay\n were full.</p><p>A second one.</p></body></html>"
)
XLIFF = (
    '<?xml version="1.0"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" '
    'source-language="en" target-language="en" datatype="plaintext"><body><trans-unit id="1"><source>It shut.</source>'
    "<target>The open harbour&#13;&#10;was full.</target></trans-unit></body></file></xliff>"
)
NINJS = '{"uri": "a", "type": "text", "headline": "Harbour", "body_text": "The open harbour.\\r\\nIt was full."}'
PO = 'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "Uno"\nmsgstr "The open harbour \\"was\\" full."\n'
SRT = "1\r\n00:00:01,000 --> 00:00:02,000\r\nThe open harbour\r\nwas full.\r\n"
TEXT = "The harbour\r\n\r\nThe open harbour was full.\r\nA second one.\r\n"


def corrected(data, before, after, path=None):
    """The copy in which `after` stands for `before`, decoded."""
    reading = read_with_positions(data, path=path)
    text = reading.document.text.replace("\r\n", "\n")
    assert before in text
    wanted = text.replace(before, after, 1)
    made = correct(data, reading, wanted, path=path)
    assert made.reading.document.text.split() == wanted.split()
    assert read_with_positions(made.content, path=path).document == made.reading.document
    return made.content


@pytest.mark.parametrize(
    ("file", "path", "before", "after", "in_file"),
    [
        (HTML, "a.html", "full", "“empty” & <shut>", "were “empty” &amp; &lt;shut&gt;.</p>"),
        (HTML, "a.html", "open", "closed", "<b>closed</b>&nbsp;harbour"),
        (HTML, "a.html", " & the quay", "", "&nbsp;harbour were full"),
        (HTML, "a.html", "The harbour", "The old harbour", "<h1>The old harbour</h1>"),
        (HTML, "a.html", "quay were", "quay  were", HTML[-60:]),
        (HTML, "a.html", "\n\nA second", "\n\n\nA second", HTML),
        (HTML, "a.html", "second one.", "second one. A third.", "<p>A second one. A third.</p>"),
        (XLIFF, "a.xlf", "open harbour", "closed harbour", "The closed harbour&#13;&#10;was"),
        (XLIFF, "a.xlf", "full", "shut & full", "was shut &amp; full.<"),
        (NINJS, "a.json", "open", '"closed"', 'The \\"closed\\" harbour.\\r\\n'),
        (PO, "a.po", "full", 'not "full"', '\\"was\\" not \\"full\\".'),
        (SRT, "a.srt", "open", "closed", "closed harbour\r\nwas full.\r\n"),
        (TEXT, "a.txt", "open", "closed", "\r\n\r\nThe closed harbour was full.\r\nA second"),
        (TEXT, "a.txt", "full.\nA second one.", "full. A second one.\nA third.", "full. A second one.\r\nA third.\r\n"),
    ],
)
def test_words_are_written_where_they_came_from(file, path, before, after, in_file):
    assert in_file in corrected(file.encode(), before, after, path).decode()


def test_nothing_else_of_the_file_changes():
    made = corrected(HTML.encode(), "full", "empty", "a.html").decode()
    assert made == HTML.replace("full", "empty")


def test_a_file_without_a_change_is_the_file():
    data = TEXT.encode()
    reading = read_with_positions(data, path="a.txt")
    assert correct(data, reading, reading.document.text).content is data
    assert correct(data, reading, TEXT).content is data


def test_the_encoding_is_kept():
    data = "The cafés were open.".encode("cp1252")
    assert corrected(data, "open", "près d’ici") == "The cafés were près d’ici.".encode("cp1252")


@pytest.mark.parametrize(
    ("file", "path", "before", "after"),
    [
        (HTML, "a.html", "full.\n\nA second", "full. A second"),
        (HTML, "a.html", "A second one.", "A second one.\n\nA third one."),
        (NINJS, "a.json", "full.", "full.\n\nMore."),
        ("The cafés were open.".encode("cp1252"), "a.txt", "open", "открыт"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_line(file, path, before, after):
    with pytest.raises(UsageError, match="export the text instead") as refused:
        corrected(file if isinstance(file, bytes) else file.encode(), before, after, path)
    assert "\n" not in str(refused.value)


def word_document(*paragraphs):
    """A Word document whose paragraphs are lists of runs, each a text and whether it is bold."""
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text, bold in runs:
            paragraph.add_run(text).bold = bold
    document.save(written := io.BytesIO())
    return written.getvalue()


def test_a_word_document_keeps_its_looks():
    docx = pytest.importorskip("docx")
    data = word_document([("The op", True), ("en", False), (" harbour ", False), ("was", None), (" full.", None)])
    made = corrected(data, "open", "closed")
    runs = docx.Document(io.BytesIO(made)).paragraphs[0].runs
    assert [(run.text, run.bold) for run in runs] == [
        *(("The closed", True), ("", False), (" harbour ", False), ("was", None), (" full.", None))
    ]
    spaced = corrected(made, "was", "is no longer")
    with zipfile.ZipFile(io.BytesIO(spaced)) as package:
        assert b'<w:t xml:space="preserve">is no longer</w:t>' in package.read("word/document.xml")


def test_a_line_break_of_a_word_document_is_no_text():
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("One line").runs[0].add_break()
    document.paragraphs[0].add_run("and another.")
    document.save(written := io.BytesIO())
    with pytest.raises(UsageError, match="export the text instead"):
        corrected(written.getvalue(), "line\nand", "line and")


def test_an_odt_is_written_back():
    odf = pytest.importorskip("odf.opendocument")
    text = pytest.importorskip("odf.text")
    document = odf.OpenDocumentText()
    document.text.addElement(text.P(text="The open harbour was full."))
    document.save(written := io.BytesIO())
    made = corrected(written.getvalue(), "open", "closed & shut")
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert package.namelist()[0] == "mimetype"
        assert "The closed &amp; shut harbour" in package.read("content.xml").decode()


WORDS = st.lists(st.sampled_from(["the", "open", "harbour", "&", "was", "“full”", "<shut>", "😀", "a."]), max_size=8)


@settings(max_examples=80, deadline=None)
@given(WORDS, WORDS)
def test_changes_turn_one_text_into_the_other(before, after):
    old, new = (" ".join(words).replace(". ", ".\n") for words in (before, after))
    changed, position = "", 0
    for change in changes_between(old, new):
        assert position <= change.span.start
        changed += old[position : change.span.start] + change.words
        position = change.span.end
    assert changed + old[position:] == new


TRAPS = ["shut", "&", "“so”", "<b>", "😀", "e\u0301", "\\", '"', "'"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["shut", "&", "“so”", "<b>", "😀", "é", "\\", '"', "'"]), min_size=1, max_size=5),
    st.data(),
)
def test_any_words_are_read_again_or_refused(words, data):
    """Whatever is written, the copy reads as it should; html, JSON and Word have different traps."""
    file, path = data.draw(
        st.sampled_from([(HTML.encode(), "a.html"), (NINJS.encode(), "a.json"), (XLIFF.encode(), "a.xlf")])
    )
    old = data.draw(st.sampled_from(["open", "full", "harbour"]))
    with suppress(UsageError):
        corrected(file, old, " ".join(words), path)
