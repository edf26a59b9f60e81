"""What is taken away: each format holds the article and its findings."""

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
