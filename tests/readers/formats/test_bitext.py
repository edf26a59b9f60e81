"""Bitext: the translation is the document, the original is aligned with it as the file has it."""

import io
import zipfile

import pytest

from checker.document import AlignedSource, PartKind, SourceUnit, Span
from checker.errors import UnreadableFileError
from checker.readers import read_bytes, read_original, read_with_positions

XLIFF_1 = """<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="en-GB"
 target-language="de" datatype="plaintext"><body><group><trans-unit id="t1"><source>The &lt;old&gt; harbour.</source>
<target>Der <g id="1">alte</g> Hafen<ph id="2">{0}</ph>.</target><alt-trans><target>Nein.</target></alt-trans>
</trans-unit></group><trans-unit id="t2"><source>It closes.</source></trans-unit>
<trans-unit id="t3" translate="no"><source>ID</source><target>ID</target></trans-unit></body></file></xliff>"""
XLIFF_2 = """<xliff version="2.0" srcLang="en" trgLang="de" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f">
<unit id="u1"><segment id="s1"><source>The harbour.</source><target>Der <pc id="1">Hafen</pc>.</target></segment>
<ignorable><source> </source></ignorable><segment id="s2"><source>It closes.</source><target>Er schließt.</target>
</segment></unit></file></xliff>"""
TMX = """<tmx version="1.4"><header srclang="en" datatype="plaintext"/><body><tu tuid="a">
<tuv xml:lang="fr"><seg>Le port.</seg></tuv>
<tuv xml:lang="EN-us"><seg>The <hi>harbour</hi>.</seg></tuv>
<tuv xml:lang="de"><seg>Der <bpt i="1">&lt;b></bpt>Hafen.</seg></tuv>
</tu></body></tmx>"""
PO = r"""# Comment
msgid ""
msgstr ""
"Language: de\n"
"Content-Type: text/plain; charset=UTF-8\n"

#: a.c:1
msgctxt "menu"
msgid "The \"harbour\""
msgstr ""
"Der \"Hafen\""
" ist\noffen."

#~ msgid "old"
#~ msgstr "alt"
"""


def units(document):
    return [(unit.id, unit.span.of(document.text), unit.text) for unit in document.source.units]


def test_xliff_1():
    document = read_bytes(XLIFF_1.encode())
    assert document.text == "Der alte Hafen."
    assert units(document) == [("t1", "Der alte Hafen.", "The <old> harbour.")]
    assert (document.language, document.source.language) == ("de", "en")
    assert document.notes == ("1 of 2 units have no translation and were not checked",)


def test_xliff_2():
    document = read_bytes(XLIFF_2.encode())
    assert units(document) == [("u1/s1", "Der Hafen.", "The harbour."), ("u1/s2", "Er schließt.", "It closes.")]
    assert [part.kind for part in document.parts] == [PartKind.UNIT, PartKind.UNIT]


def test_tmx_has_many_languages_and_one_is_asked_for():
    document = read_bytes(TMX.encode())
    assert (document.text, document.source.language, document.language) == ("Le port.", "en", "fr")
    assert "fr of fr, de was checked" in document.notes[0]
    assert units(read_bytes(TMX.encode(), language="de")) == [("a", "Der Hafen.", "The harbour.")]
    with pytest.raises(UnreadableFileError, match="no translation into it"):
        read_bytes(TMX.encode(), language="it")


def test_po():
    reading = read_with_positions(PO.encode())
    assert units(reading.document) == [('menu: The "harbour"', 'Der "Hafen" ist offen.', 'The "harbour"')]
    assert reading.document.language == "de"
    assert reading.file_span(Span(5, 10)).of(reading.decoded) == "Hafen"


def test_subtitles_are_running_text():
    text = "1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>The mayor said that</i>\r\nthe harbour\r\n\r\n"
    text += "2\r\n00:00:03,000 --> 00:00:04,000\r\n{\\an8}will close. Soon.\r\n\r\n"
    text += "3\r\n00:00:05,000 --> 00:00:06,000\r\n- No!\r\n"
    for data in (text, "WEBVTT\n\nNOTE x\n\n" + text.replace(",000", ".000").replace("{\\an8}", "<v Ann>")):
        reading = read_with_positions(data.encode())
        assert reading.document.text == "The mayor said that the harbour will close. Soon.\n- No!"
        assert [sentence.text for sentence in reading.document.sentences][1:] == ["Soon.", "- No!"]
        assert reading.place(reading.document.sentences[1].span).locator.startswith("cue 2 at 00:00:03")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('id,source,target\n7,"A ""b"", c","Er, ""so"",\nda."\n', [("7", 'Er, "so", da.', 'A "b", c')]),
        ("source;target\r\nOne.;Eins.\r\n\r\nTwo.;Zwei.", [("2", "Eins.", "One."), ("4", "Zwei.", "Two.")]),
        ("MT\tOriginal\nEins.\tOne.\n", [("2", "Eins.", "One.")]),
    ],
)
def test_tables(text, expected):
    assert units(read_bytes(text.encode())) == expected


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "id,source\n1,x\n"])
def test_a_table_without_a_column_for_the_translation_says_how_to_name_it(text):
    with pytest.raises(UnreadableFileError, match="name the columns source and target"):
        read_bytes(text.encode(), path="a.csv")


def test_json_lines():
    text = (
        '{"id": "x", "source": "One \\"a\\".", "target": "Eins \\u201ea\\u201c \\ud83d\\ude00."}\n\n{"target": null}\n'
    )
    reading = read_with_positions(text.encode())
    assert units(reading.document) == [("x", "Eins „a“ 😀.", 'One "a".')]
    assert reading.file_span(Span(6, 7)).of(reading.decoded) == "a"
    with pytest.raises(UnreadableFileError, match="line 2: this JSON is damaged"):
        read_bytes(b'{"target": "Eins."}\n{"target": \n')


def test_parquet():
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    written = io.BytesIO()
    parquet.write_table(arrow.table({"source": ["One.", None], "target": ["Eins.", "Zwei."], "n": [1, 2]}), written)
    reading = read_with_positions(written.getvalue())
    assert reading.document.text == "Eins.\n\nZwei."
    assert units(reading.document) == [("1", "Eins.", "One.")]
    assert reading.place(Span(8, 9)).locator == "row 2, column target"
    with pytest.raises(UnreadableFileError, match="Parquet file is damaged"):
        read_bytes(written.getvalue()[:-9])


def test_formats_are_told_by_content_whatever_the_name():
    assert read_with_positions(XLIFF_1.encode(), path="a.txt").format == "xliff"
    assert read_with_positions(PO.encode(), path="a.csv").format == "po"
    assert read_with_positions(TMX.encode(), path="a.html").format == "tmx"
    with zipfile.ZipFile(written := io.BytesIO(), "w") as package:
        package.writestr("a.txt", "text")
    with pytest.raises(UnreadableFileError, match="zip archive"):
        read_bytes(written.getvalue(), path="a.docx")


def test_a_unit_is_found_by_what_lies_in_it():
    source = AlignedSource((SourceUnit("a", Span(0, 5), "One"), SourceUnit("b", Span(7, 9), "Two")), "en")
    assert source.unit_at(Span(1, 5)).id == "a"
    assert source.unit_at(Span(7, 8)).id == "b"
    assert source.unit_at(Span(4, 8)) is source.unit_at(Span(5, 6)) is None


@pytest.mark.parametrize(
    ("name", "content", "language", "text"),
    [
        ("a.xlf", XLIFF_1, "en", "The <old> harbour.\n\nIt closes."),
        ("a.tmx", TMX, "en", "The harbour."),
        ("a.po", PO, "en", 'The "harbour"'),
        (
            "a.csv",
            "source,target\nEl puerto está abierto todo el año.,The harbour.\n",
            "es",
            "El puerto está abierto todo el año.",
        ),
        (
            "a.jsonl",
            '{"source": "El puerto está abierto todo el año.", "target": ""}\n',
            "es",
            "El puerto está abierto todo el año.",
        ),
        ("a.txt", "El puerto está abierto todo el año.", "es", "El puerto está abierto todo el año."),
    ],
)
def test_a_file_that_is_the_source_of_another_is_read_by_its_original_side(tmp_path, name, content, language, text):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    original = read_original(path)
    assert (original.text, original.language, original.path, original.source) == (text, language, str(path), None)
    assert any("original side" in note for note in original.notes) == (name != "a.txt")


def test_units_that_nobody_translated_yet_are_an_original_and_no_article(tmp_path):
    path = tmp_path / "a.xlf"
    path.write_text(
        XLIFF_2.replace('<target>Der <pc id="1">Hafen</pc>.</target>', "").replace("<target>Er schließt.</target>", "")
    )
    assert read_original(path).text == "The harbour.\n\nIt closes."
    with pytest.raises(UnreadableFileError, match="no unit of this file is translated"):
        read_bytes(path.read_bytes())
