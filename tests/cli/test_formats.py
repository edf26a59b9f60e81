"""`checker formats`, and `check` on other files than plain text, with `--annotate`."""

import json

import pytest

TEXT = "The council met on wrong Monday."
NITF = "<nitf><body><body.content><p>The council met on wrong Monday.</p></body.content></body></nitf>"
XLIFF = """<xliff version="1.2"><file source-language="en" target-language="en"><body><trans-unit id="1">
<source>A.</source><target>The council met on wrong Monday.</target></trans-unit></body></file></xliff>"""


def test_formats_are_listed(run):
    text = run("formats").out.decode()
    assert "xliff" in text
    listed = json.loads(run("formats", "--format", "json").out)
    assert len({each["name"] for each in listed}) == len(listed) == len(text.splitlines()) == 18
    assert next(each for each in listed if each["name"] == "docx")["annotated"] == "comments"


def test_a_wire_message_is_checked_and_annotated(run, article, tmp_path):
    result = run("check", article(NITF, "a.xml"), "--annotate", "out.xml")
    assert result.code == 1
    assert (tmp_path / "out.xml").read_text() == NITF
    page = json.loads((tmp_path / "out.xml.annotations.jsonld").read_text(encoding="utf-8"))
    assert page["items"][0]["target"]["selector"][0]["refinedBy"]["exact"] == "wrong"


def test_several_files_are_annotated_into_a_folder_and_a_bad_one_costs_no_other(run, article, tmp_path):
    result = run(
        "check", article(NITF, "a.xml"), article("<nitf>", "bad.xml"), article(XLIFF, "b.xlf"), "--annotate", "out"
    )
    assert result.code == 3
    assert "checker: bad.xml: this XML file is damaged" in result.err
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.xml", "a.xml.annotations.jsonld", "b.xlf"]
    assert 'mtype="x-checker"' in (tmp_path / "out" / "b.xlf").read_text()


def test_an_article_is_never_replaced_by_its_copy(run, article, tmp_path):
    for place in ("a.xml", "-", "no/such/folder.xml"):
        assert run("check", article(NITF, "a.xml"), "--annotate", place).code == 2
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.xml").write_text(NITF)
    assert run("check", "a.xml", "more/a.xml", "--annotate", "out").code == 2
    assert (tmp_path / "a.xml").read_text() == NITF


@pytest.mark.parametrize(
    "outputs",
    [
        ("--annotate", "x.txt", "-o", "x.txt"),
        ("--annotate", "x.txt", "-o", "./x.txt"),
        ("--annotate", "x.txt", "-o", "x.txt.annotations.jsonld"),
        ("--annotate", "folder", "-o", "folder/article.txt"),
    ],
)
def test_two_outputs_are_two_files(run, article, tmp_path, outputs):
    (tmp_path / "folder").mkdir()
    result = run("check", article(TEXT), *outputs)
    assert result.code == 2
    assert result.err.endswith(": the two options name the same file: --output, --annotate; give each its own\n")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["article.txt"]


def test_a_refused_annotation_leaves_no_folder(run, article, tmp_path):
    assert run("check", article(TEXT), article(TEXT, "b.txt"), "--annotate", "out", "-o", "b.txt").code == 2
    assert not (tmp_path / "out").exists()


def test_the_source_can_be_in_any_format(run, article, scripted):
    run("check", article("The council met on Monday."), "--source", article(NITF, "source.xml"))
    assert scripted.made[-1].asked[0][2].text == "The council met on wrong Monday."


def test_the_document_of_a_bitext_file_brings_its_source(run, article, scripted):
    run("check", article(XLIFF, "b.xlf"))
    document, _, source = scripted.made[-1].asked[0]
    assert source is None
    assert [unit.text for unit in document.source.units] == ["A."]


FEED = """<rss version="2.0"><channel>
<item><title>One</title><description>The council met on wrong Monday.</description></item>
<item><link>x</link></item><item><title>Two</title><description>It was a wrong Friday.</description></item>
</channel></rss>"""


def test_each_item_of_a_feed_gets_its_report(run, article, tmp_path):
    result = run("check", article(FEED, "f.xml"), "--format", "json", "--annotate", "out.xml")
    reports = json.loads(result.out)
    assert [report["document"]["path"] for report in reports] == ["f.xml#1", "f.xml#3"]
    assert result.code == 3
    assert "f.xml#2: this item of the feed holds no text" in result.err
    assert (tmp_path / "out.xml").read_text() == FEED
    items = json.loads((tmp_path / "out.xml.annotations.jsonld").read_text())["items"]
    places = [item["target"]["selector"][-1] for item in items]
    assert [FEED.encode()[place["start"] : place["end"]] for place in places] == [b"wrong", b"wrong"]
    assert places[0]["start"] < places[1]["start"]


def test_a_feed_has_no_source_of_its_own(run, article):
    result = run("check", article(FEED, "f.xml"), "--source", article("A.", "a.txt"))
    assert result.code == 2
    assert "f.xml holds 3 articles" in result.err


def test_what_is_attached_to_a_message_is_checked_too(run, article, tmp_path):
    from email.message import EmailMessage

    made = EmailMessage()
    made["From"], made["To"], made["Date"] = "a@example.org", "b@example.org", "Tue, 05 Mar 2024 08:15:00 +0100"
    made.set_content("The council met on wrong Monday.")
    made.add_attachment(b"It was a wrong Friday.", maintype="text", subtype="plain", filename="b.txt")
    result = run("check", article(made.as_string(), "m.eml"), "--format", "json", "--annotate", "out.eml")
    assert [report["document"]["path"] for report in json.loads(result.out)] == ["m.eml", "m.eml!b.txt"]
    items = json.loads((tmp_path / "out.eml.annotations.jsonld").read_text())["items"]
    assert [[one["type"] for one in item["target"]["selector"]] for item in items] == [["TextQuoteSelector"]] * 2


def test_a_message_that_holds_nothing_but_a_file_stays_as_it_is(run, article, tmp_path):
    from email.message import EmailMessage

    made = EmailMessage()
    made["From"], made["To"], made["Date"] = "a@example.org", "b@example.org", "Tue, 05 Mar 2024 08:15:00 +0100"
    made.add_attachment(XLIFF.encode(), maintype="application", subtype="xml", filename="b.xlf")
    run("check", article(made.as_string(), "m.eml"), "--annotate", "out.eml")
    assert (tmp_path / "out.eml").read_text() == made.as_string()
    assert json.loads((tmp_path / "out.eml.annotations.jsonld").read_text())["items"]


def test_one_report_of_a_feed_of_several_items_is_an_array_too(run, article):
    feed = FEED.replace("<title>Two</title><description>It was a wrong Friday.</description>", "<link>y</link>")
    reports = json.loads(run("check", article(feed, "f.xml"), "--format", "json").out)
    assert [report["document"]["path"] for report in reports] == ["f.xml#1"]
