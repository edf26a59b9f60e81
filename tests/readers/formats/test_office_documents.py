"""DOCX and ODT: paragraphs with their places, notes, page headers, tables, and tables of both languages."""

import io
import zipfile

import pytest

from checker.document import Span
from checker.readers import read_bytes, read_with_positions

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FOOTNOTES = f"""<w:footnotes {WORD}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> The toll was </w:t></w:r>
<w:r><w:t>doubled &amp; halved.</w:t></w:r></w:p></w:footnote></w:footnotes>"""
HEADER = f"<w:hdr {WORD}><w:p><w:r><w:t>Velmar desk</w:t></w:r></w:p><w:p><w:r><w:t>1</w:t></w:r></w:p></w:hdr>"


def docx(build):
    library = pytest.importorskip("docx")
    document = library.Document()
    build(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def odt(build):
    from odf.opendocument import OpenDocumentText

    document = OpenDocumentText()
    build(document)
    written = io.BytesIO()
    document.write(written)
    return written.getvalue()


def with_parts(data, **parts):
    """The package with more parts, whose names have "__" for "/"."""
    written = io.BytesIO(data)
    with zipfile.ZipFile(written, "a") as package:
        for name, content in parts.items():
            package.writestr(f"{name.replace('__', '/')}.xml", content)
    return written.getvalue()


def test_a_word_document():
    def build(document):
        document.add_paragraph("Harbour stays open", style="Title")
        paragraph = document.add_paragraph("The council ")
        paragraph.add_run("voted").bold = True
        paragraph.add_run(" to keep\tit & it won.")
        document.add_paragraph("Boats.", style="Caption")
        document.add_paragraph("")
        document.add_table(1, 2).cell(0, 1).text = "In a table."

    reading = read_with_positions(docx(build), path="a.docx")
    document = reading.document
    assert [(part.kind.value, part.span.of(document.text)) for part in document.parts] == [
        ("headline", "Harbour stays open"),
        ("body", "The council voted to keep it & it won.\n\nIn a table."),
        ("caption", "Boats."),
    ]
    voted = document.text.index("voted")
    assert reading.file_span(Span(voted, voted + 5)).of(reading.decoded) == "voted"
    assert reading.place(Span(voted, voted + 5)).locator == "paragraph 2, run 2"
    inside = document.text.index("In a table")
    assert reading.place(Span(inside, inside + 2)).locator == "table 1, row 1, cell 2, paragraph 1, run 1"


def test_a_word_document_with_notes_and_page_headers():
    data = docx(lambda document: document.add_paragraph("The council voted."))
    reading = read_with_positions(with_parts(data, word__footnotes=FOOTNOTES, word__header7=HEADER))
    document = reading.document
    assert [(part.kind.value, part.span.of(document.text)) for part in document.parts] == [
        ("body", "The council voted."),
        ("note", "The toll was doubled & halved."),
    ]
    note = document.parts[1].span
    assert reading.place(note).locator == "footnote 1, paragraph 1"
    assert reading.file_span(note) is None  # it stands in another part than `decoded`
    assert document.notes == ("page headers and footers (“Velmar desk”) were not checked",)
    assert document.omitted == ()


def test_runs_of_a_word_document_cover_their_paragraph():
    def build(document):
        paragraph = document.add_paragraph("  The ")
        for text in ("", "coun", "cil", "   ", "voted.  "):
            paragraph.add_run(text)

    reading = read_with_positions(docx(build))
    assert reading.document.text == "The council voted."
    assert [(place.locator, place.span.of(reading.document.text)) for place in reading.places] == [
        ("paragraph 1, run 1", "The "),
        ("paragraph 1, run 3", "coun"),
        ("paragraph 1, run 4", "cil"),
        ("paragraph 1, run 5", " "),
        ("paragraph 1, run 6", "voted."),
    ]


def test_a_word_document_with_a_table_of_both_languages_is_bitext():
    def build(document):
        document.add_paragraph("Notes for the translator.")
        table = document.add_table(2, 2)
        for (row, column), text in {(0, 0): "Source", (0, 1): "Target", (1, 0): "One.", (1, 1): "Eins."}.items():
            table.cell(row, column).text = text

    document = read_bytes(docx(build))
    assert document.text == "Eins."
    assert [(unit.id, unit.text) for unit in document.source.units] == [("2", "One.")]


def test_an_opendocument_text():
    from odf import text as odf
    from odf.office import Annotation

    def build(document):
        document.text.addElement(odf.H(outlinelevel=1, text="Harbour stays open"))
        paragraph = odf.P(text="The council")
        paragraph.addElement(odf.S(c=2))
        paragraph.addElement(odf.Span(text="voted"))
        note = Annotation()
        note.addElement(odf.P(text="A comment."))
        paragraph.addElement(note)
        footnote = odf.Note(noteclass="footnote")
        footnote.addElement(odf.NoteCitation(text="1"))
        body = odf.NoteBody()
        body.addElement(odf.P(text="By one vote."))
        footnote.addElement(body)
        paragraph.addElement(footnote)
        paragraph.addText(" twice.")
        document.text.addElement(paragraph)

    reading = read_with_positions(odt(build))
    document = reading.document
    assert document.title == "Harbour stays open"
    assert document.text == "Harbour stays open\n\nThe council voted twice.\n\nBy one vote."
    note = document.parts[-1]
    assert (note.kind.value, reading.place(note.span).locator) == ("note", "paragraph 2, note 1, paragraph 1")
    assert reading.file_span(note.span).of(reading.decoded) == "By one vote."


def test_tables_and_page_headers_of_an_opendocument_text():
    from odf import style
    from odf import text as odf
    from odf.table import Table, TableCell, TableRow

    def build(document, rows):
        layout = style.PageLayout(name="layout")
        document.automaticstyles.addElement(layout)
        page = style.MasterPage(name="Standard", pagelayoutname=layout)
        header = style.Header()
        header.addElement(odf.P(text="Velmar desk"))
        page.addElement(header)
        document.masterstyles.addElement(page)
        document.text.addElement(table := Table())
        for texts in rows:
            table.addElement(row := TableRow())
            for text in texts:
                row.addElement(cell := TableCell())
                cell.addElement(odf.P(text=text))

    reading = read_with_positions(odt(lambda document: build(document, [["One", "Two"], ["Three", "Four"]])))
    assert reading.document.text == "One\n\nTwo\n\nThree\n\nFour"
    assert reading.places[3].locator == "table 1, row 2, cell 2, paragraph 1"
    assert reading.document.notes == ("page headers and footers (“Velmar desk”) were not checked",)
    bitext = read_bytes(odt(lambda document: build(document, [["Original", "Translation"], ["One.", "Eins."]])))
    assert [(unit.id, unit.text) for unit in bitext.source.units] == [("2", "One.")]
