"""What is taken away: each format holds the article and its findings."""

import base64
import json
from io import BytesIO

import pytest
from docx import Document
from report_samples import make_report
from scripted_desk import ARTICLE, FACTS

from checker.editor.docx_export import to_docx


def exported(client, format_, text=ARTICLE):
    answer = client.post(f"/api/v1/export/{format_}", json={"text": text, "facts": FACTS})
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    return answer.content


def test_clean_text_is_the_text(client):
    assert exported(client, "clean", "Café 👩‍🚀 café.\n").decode("utf-8") == "Café 👩‍🚀 café.\n"


def test_reports_have_the_findings(client):
    assert len(json.loads(exported(client, "json"))["findings"]) == 2
    assert b"unlawful" in exported(client, "html")
    assert exported(client, "csv").count(b"\n") == 3


def test_an_unknown_format_is_refused(client):
    assert client.post("/api/v1/export/pdf", json={"text": "A."}).status_code == 422


def word_file():
    """The article as somebody else set it in type, a word in bold, some white space more than is read."""
    word = Document()
    word.core_properties.author = "Ilse"
    for text in ARTICLE.split("\n\n"):
        before, wrong, after = text.partition("lawful")
        paragraph = word.add_paragraph(f"{before} ", style="Quote")
        paragraph.add_run(wrong).bold = True
        paragraph.add_run(after)
    word.save(written := BytesIO())
    return written.getvalue()


def own_export(client, format_, name, data, **more):
    """The answer to an export of a file that was read before, as the page asks for it."""
    read = client.post("/api/v1/documents", params={"name": name}, content=data).json()
    request = {key: read[key] for key in ("text", "title", "parts", "units", "source_language")} | {"facts": FACTS}
    file = {"name": name, "content": base64.b64encode(data).decode()}
    return client.post(f"/api/v1/export/{format_}", json=request | {"file": file} | more)


def test_a_word_file_comes_back_with_comments_and_its_looks(client):
    answer = own_export(client, "marked", "Kreuzer “Nürnberg”.docx", word_file())
    assert answer.status_code == 200
    disposition = "attachment; filename=\"Kreuzer _N_rnberg_-marked.docx\"; filename*=UTF-8''Kreuzer%20_N%C3%BCrnberg_"
    assert answer.headers["content-disposition"] == f"{disposition}-marked.docx"
    word = Document(BytesIO(answer.content))
    assert word.core_properties.author == "Ilse"
    assert [paragraph.style.name for paragraph in word.paragraphs] == ["Quote", "Quote"]
    assert [run.text for paragraph in word.paragraphs for run in paragraph.runs if run.bold and run.text] == ["lawful"]
    assert sorted("unlawful" in comment.text for comment in word.comments) == [False, True]


def test_what_was_changed_on_the_page_is_in_the_file(client):
    text = ARTICLE.replace("lawful", "unlawful").replace("next week", "in June")
    made = {
        format_: own_export(client, format_, "a.docx", word_file(), text=text, parts=[])
        for format_ in ("corrected", "marked")
    }
    corrected, marked = (Document(BytesIO(answer.content)) for answer in made.values())
    assert [run.text for run in corrected.paragraphs[0].runs if run.bold and run.text] == ["unlawful"]
    assert corrected.paragraphs[1].text.rstrip().endswith("hear the sailors in June.")
    assert (len(list(corrected.comments)), len(list(marked.comments))) == (0, 1)
    joined = own_export(client, "marked", "a.docx", word_file(), text=ARTICLE.replace("\n\n", " "), parts=[])
    assert joined.status_code == 422
    assert "export the text instead" in joined.json()["error"]


@pytest.mark.parametrize(
    ("name", "data", "mark"),
    [
        ("a.html", "<!doctype html><h1>A ship</h1><p>The open harbour was full of boats.</p>", '<mark class="checker"'),
        (
            "a.xlf",
            '<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file '
            'original="a" source-language="en" target-language="en" datatype="plaintext"><body><trans-unit id="1">'
            "<source>The harbour was closed.</source><target>The open harbour&#13;&#10;was full.</target></trans-unit>"
            "</body></file></xliff>",
            '<mrk mtype="x-checker"',
        ),
    ],
)
def test_other_files_come_back_in_their_own_form(client, name, data, mark):
    """Also bitext whose text has a carriage return, which no page keeps."""
    text = client.post("/api/v1/documents", params={"name": name}, content=data.encode()).json()["text"]
    lines = {"text": text.replace("\r\n", "\n"), "parts": [], "units": []}
    answer = own_export(client, "marked", name, data.encode(), **lines)
    assert answer.content.decode().count(mark) == 1
    assert own_export(client, "corrected", name, data.encode(), **lines).content == data.encode()


def test_a_file_that_cannot_be_marked_says_so(client):
    assert "no place for alerts" in own_export(client, "marked", "a.txt", ARTICLE.encode()).json()["error"]
    changed = own_export(client, "corrected", "a.txt", ARTICLE.encode(), text=f"{ARTICLE} More.", parts=[])
    assert changed.content == f"{ARTICLE} More.".encode()
    without = client.post("/api/v1/export/marked", json={"text": ARTICLE})
    assert (without.status_code, "send it as `file`" in without.json()["error"]) == (422, True)
    broken = client.post("/api/v1/export/marked", json={"text": "A.", "file": {"name": "a", "content": "%"}})
    assert broken.status_code == 422


def test_docx_has_a_comment_on_each_finding(client):
    word = Document(BytesIO(exported(client, "docx")))
    assert "\n\n".join(paragraph.text for paragraph in word.paragraphs) == ARTICLE
    assert len(list(word.comments)) == 2
    assert any("unlawful" in comment.text for comment in word.comments)


@pytest.mark.parametrize(
    "marked",
    [
        "One ⟦word⟧.",
        "⟦Two paragraphs\n\nare⟧ marked.",
        "A \x0bcontrol\x00 sign and ⟦\ufffe⟧ another.",
        "Nothing ⟦⟧ is missing.",
    ],
)
def test_docx_of_any_text(marked):
    report = make_report(marked)
    word = Document(BytesIO(to_docx(report)))
    assert len(list(word.comments)) == 1
