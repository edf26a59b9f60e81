"""The page: complete, harmless whatever the data set holds, honest about what it leaves out, and never too big."""

import base64
import hashlib
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from audit_samples import make_evidence, make_finding, make_sentence
from audit_stories import make_story, summarise, write_audit, write_stories
from hypothesis import example, given, settings
from hypothesis import strategies as st

from checker.audit.dataset import AuditReader, write_summary
from checker.audit.page import make_page
from checker.audit.page.build import MOST_ROWS
from checker.audit.schema import DocumentRow, SpanRow, Status
from checker.errors import UsageError

HOSTILE = (
    """<script>alert(1)</script> "><img src=x onerror='y'> {{ 7*7 }} {% raw %} </style> \u202eevil\x1b[31m & "q\""""
)
VOID = {"meta", "br", "input"}
SVG = {"rect", "line", "circle"}  # closed in place


class Seen(HTMLParser):
    """Elements, attributes and text of a page, and whether its elements nest properly."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.open, self.text, self.badly_nested = [], [], "", []
        self.feed(page)
        self.close()

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.badly_nested.append(tag)

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.text += data

    def tags(self):
        return {tag for tag, _ in self.elements}

    def shown(self):
        return " ".join(self.text.split())


def story_of(position=0, text="approved", **more):
    """A document with one finding, whose strings are `more`, and its sentence."""
    finding = make_finding(position, text=text, **more)
    row = DocumentRow(
        position=position, id="a", path="a.txt", status=Status.CHECKED, language="en", sentences=1, words=4,
        contradicted=1, findings=1, worst="major", day=date(2022, 5, 1 + position % 9),
    )  # fmt: skip
    return row, [finding], [make_sentence(position)]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return make_page(AuditReader(write_audit(tmp_path_factory.mktemp("audit"), 80)))


def test_it_is_well_formed_and_shows_everything(page):
    seen = Seen(page)
    assert not seen.badly_nested
    assert not seen.open
    shown = seen.shown()
    for words in (
        "Audit of 80 documents", "real", "Findings by day of publication", "Category", "MT engine", "Languages", "Desk",
        "Agency", "Errors that repeat", "Documents to read first", "wrong name", "Cover of the Coasts",
        "Summit of the Coasts", "La Cumbre de las Costas", "the file is empty", "es → en", "north-mt 4",
        "model tiny 0123456789abcdef",
    ):  # fmt: skip
        assert words in shown, words


def test_the_counts_are_those_of_the_data_set(tmp_path):
    stories = [story_of(number, confidence=0.75, severity="major") for number in range(4)]
    stories.append(story_of(4, confidence=1.0, severity="critical", text="lawful", suggestions=()))
    write_stories(tmp_path, stories)
    shown = Seen(make_page(AuditReader(tmp_path))).shown()
    assert "5 findings in 5 of 5 documents: about 4 of these 5 are real" in shown
    # documents, words, suggestion, category, findings, real ones
    assert re.search(r"4\s*approved\s*rejected\s*opposite meaning\s*4\s*3\s*2022-05-01 to 2022-05-04", shown)


def test_it_loads_nothing_and_the_policy_allows_exactly_what_is_there(page):
    assert "http" not in re.sub("http-equiv", "", page)
    assert not {"link", "img", "iframe", "object", "image", "use"} & Seen(page).tags()
    assert "url(" not in page
    assert "@import" not in page
    for kind in ("style", "script"):
        (content,) = re.findall(f"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in page
    assert "default-src 'none'" in page


def test_no_element_has_a_style_or_a_handler_of_its_own(page):
    names = {name for _, attrs in Seen(page).elements for name in attrs}
    assert "style" not in names
    assert not {name for name in names if name.startswith("on")}


def test_both_spans_are_marked(page):
    entry = next(part for part in page.split("<details")[1:] if "Cover of the Coasts</mark> →" in part)
    assert re.search(r'<p class="context".*The <mark class="major">Cover of the Coasts</mark> opens', entry, re.DOTALL)
    assert '<mark class="evidence">Cumbre de las Costas</mark>' in entry


def test_a_finding_has_the_sentences_around_it(tmp_path):
    row, (finding,), (own,) = story_of(sentence=1)
    around = [
        replace(own, index=0, text="It rained.", findings=0),
        replace(own, index=1),
        replace(own, index=2, text="Ai."),
    ]
    write_stories(tmp_path, [(row, [finding], around)])
    text = Seen(make_page(AuditReader(tmp_path))).shown()
    assert "It rained. The council approved it. Ai." in text


def hostile_stories(text):
    evidence = make_evidence(text=f"{text} so", span=SpanRow(0, len(text), text), id=text, origin=text)
    strings = {"message": text, "suggestions": (text,), "context": text, "category": f"accuracy/{text}", "path": text}
    strings |= {"start": 0, "end": len(text), "detector": text, "fingerprint": text, "document": text}
    for position in range(2):
        row, findings, sentences = story_of(position, text, evidence=(evidence,), **strings)
        names = dict.fromkeys(("id", "path", "title", "agency", "engine", "language", "source_language"), text)
        row = replace(row, **names, desk=f"{position} {text}", notes=(text,))
        yield row, findings, [replace(sentences[0], text=text, document=text)]
    yield DocumentRow(position=2, id=text, path=text, status=Status.SKIPPED, reason=text), [], []


def write_hostile(folder, text):
    stories = list(hostile_stories(text))
    write_stories(folder, stories)
    summary = summarise(stories) | {"signature": dict.fromkeys(("checker", "model", "model_hash"), text)}
    write_summary(folder, summary | {"skipped": [{"what": text, "reason": text}]})
    return AuditReader(folder)


@pytest.fixture(scope="module")
def calm(tmp_path_factory):
    return Seen(make_page(write_hostile(tmp_path_factory.mktemp("tame"), "word")))


@settings(max_examples=8, deadline=None)
@example(HOSTILE)
@given(st.text(alphabet="<>\"'&{}%a/= \u202e\x1b\ud800\n-!", min_size=1, max_size=30))
def test_hostile_text_stays_text(tmp_path_factory, calm, text):
    page = make_page(write_hostile(tmp_path_factory.mktemp("hostile"), text))
    seen = Seen(page)
    assert seen.tags() <= calm.tags()
    names = {name for _, attrs in calm.elements for name in attrs}
    assert {name for _, attrs in seen.elements for name in attrs} <= names
    assert not seen.badly_nested
    assert not seen.open
    assert "\u202e" not in page
    assert "\x1b" not in page


def test_what_is_not_on_the_page_is_said_and_counted(tmp_path):
    reader = AuditReader(write_audit(tmp_path, 60, error_rate=0.5))
    total = sum(1 for _ in reader.findings())
    page = make_page(reader, findings=7)
    assert page.count('<details class="entry') == 7
    shown = Seen(page).shown()
    assert f"7 findings are on this page, the gravest and surest; {total - 7} more are counted" in shown
    assert f"{total} findings in" in shown
    assert page.count('<tr><td class="count">') <= MOST_ROWS


def test_the_findings_shown_are_those_of_the_greatest_harm(tmp_path):
    grades = (("minor", 0.99), ("critical", 0.6), ("major", 0.9), ("critical", 0.9), ("neutral", 0.99))
    write_stories(tmp_path, [story_of(n, severity=level, confidence=said) for n, (level, said) in enumerate(grades)])
    entries = Seen(make_page(AuditReader(tmp_path), findings=3)).elements
    shown = [attrs["data-confidence"] for tag, attrs in entries if tag == "details"]
    assert shown == ["0.9", "0.6", "0.9"]


def test_links_from_charts_ask_for_what_is_there(page):
    elements = Seen(page).elements
    details = [attrs for tag, attrs in elements if tag == "details"]
    links = [attrs for tag, attrs in elements if tag == "a" and "data-key" in attrs]
    assert links
    for link in links:
        assert any(entry.get(f"data-{link['data-key']}") == link["data-option"] for entry in details), link


def test_an_audit_without_findings_is_not_called_clean_where_something_was_not_checked(tmp_path):
    clean = DocumentRow(position=0, id="a", path="a.txt", status=Status.CHECKED, sentences=1, supported=1)
    lost = DocumentRow(position=1, id="", path="b.txt", status=Status.SKIPPED, reason="the file is empty")
    write_stories(tmp_path, [(clean, [], []), (lost, [], [])])
    shown = Seen(make_page(AuditReader(tmp_path))).shown()
    assert "No finding in 1 document; 1 document could not be checked" in shown


def test_nothing_checked_is_said(tmp_path):
    write_stories(tmp_path, [(DocumentRow(position=0, id="", path="b", status=Status.SKIPPED, reason="empty"), [], [])])
    assert "Not checked: no document could be checked" in Seen(make_page(AuditReader(tmp_path))).shown()


def test_an_empty_audit_has_a_page(tmp_path):
    write_stories(tmp_path, [])
    assert not Seen(make_page(AuditReader(tmp_path))).badly_nested


def test_the_same_audit_makes_the_same_page(tmp_path):
    one, two = (make_page(AuditReader(write_audit(tmp_path / name, 30))) for name in ("one", "two"))
    assert one == two


def test_an_audit_that_has_not_ended_has_no_page(tmp_path):
    write_audit(tmp_path, 5)
    (tmp_path / "summary.json").unlink()
    with pytest.raises(UsageError, match="has not ended"):
        make_page(AuditReader(tmp_path))


def test_a_part_of_an_audit_says_so(tmp_path):
    import random

    stories = [make_story(random.Random(1), 0, 3, 0.5)]
    write_stories(tmp_path, stories)
    write_summary(tmp_path, summarise(stories) | {"complete": False})
    assert "This audit is not complete" in Seen(make_page(AuditReader(tmp_path))).shown()
