"""`checker formats`, and `check` on other files than plain text, with `--annotate`."""

import json

NITF = "<nitf><body><body.content><p>The council met on wrong Monday.</p></body.content></body></nitf>"
XLIFF = """<xliff version="1.2"><file source-language="en" target-language="en"><body><trans-unit id="1"><source>A.</source>
<target>The council met on wrong Monday.</target></trans-unit></body></file></xliff>"""


def test_formats_are_listed(run):
    text = run("formats").out.decode()
    assert "xliff" in text
    listed = json.loads(run("formats", "--format", "json").out)
    assert len({each["name"] for each in listed}) == len(listed) == len(text.splitlines()) == 16
    assert next(each for each in listed if each["name"] == "docx")["annotated"] == "comments"


def test_a_wire_message_is_checked_and_annotated(run, article, tmp_path):
    result = run("check", article(NITF, "a.xml"), "--annotate", "out.xml")
    assert result.code == 1
    assert (tmp_path / "out.xml").read_text() == NITF
    page = json.loads((tmp_path / "out.xml.annotations.jsonld").read_text(encoding="utf-8"))
    assert page["items"][0]["target"]["selector"][0]["refinedBy"]["exact"] == "wrong"


def test_several_files_are_annotated_into_a_folder_and_a_bad_one_costs_no_other(run, article, tmp_path):
    result = run("check", article(NITF, "a.xml"), article("<nitf>", "bad.xml"), article(XLIFF, "b.xlf"), "--annotate", "out")
    assert result.code == 3
    assert "checker: bad.xml: this XML file is damaged" in result.err
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a.xml", "a.xml.annotations.jsonld", "b.xlf"]
    assert 'mtype="x-checker"' in (tmp_path / "out" / "b.xlf").read_text()


def test_an_article_is_never_replaced_by_its_copy(run, article, tmp_path):
    assert run("check", article(NITF, "a.xml"), "--annotate", "a.xml").code == 2
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.xml").write_text(NITF)
    assert run("check", "a.xml", "more/a.xml", "--annotate", "out").code == 2
    assert (tmp_path / "a.xml").read_text() == NITF


def test_the_source_can_be_in_any_format(run, article, scripted):
    run("check", article("The council met on Monday."), "--source", article(NITF, "source.xml"))
    assert scripted.made[-1].asked[0][2].text == "The council met on wrong Monday."


def test_the_document_of_a_bitext_file_brings_its_source(run, article, scripted):
    run("check", article(XLIFF, "b.xlf"))
    document, _, source = scripted.made[-1].asked[0]
    assert source is None
    assert [unit.text for unit in document.source.units] == ["A."]
