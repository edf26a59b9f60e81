"""The page and the fragment: complete, harmless whatever the article holds, and honest about what was not checked."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_samples import make_evidence, make_finding, make_report

from checker.document import Span
from checker.evidence import EvidenceKind
from checker.findings import Severity, Verdict
from checker.report import Skipped
from checker.report.html import render, render_fragment, render_page
from checker.report.visible import show_invisible

HOSTILE = (
    """<script>alert(1)</script> "><img src=x onerror='y'> {{ 7*7 }} {% raw %} </style> \u202eevil\x1b[31m & 'q' "q\""""
)


class Page(HTMLParser):
    """Elements, text and attributes of a page, and whether its elements nest properly."""

    VOID = frozenset({"meta", "br", "img", "link"})

    def __init__(self, page):
        super().__init__()
        self.elements, self.open, self.text, self.badly_nested = [], [], "", []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.badly_nested.append(tag)

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.text += data

    def all(self, attribute):
        return [attrs[attribute] for _, attrs in self.elements if attribute in attrs]

    def tags(self):
        return [tag for tag, _ in self.elements]


@pytest.fixture
def report():
    return make_report(
        "Plan ⟦approved⟧\nBy A. Writer\nThe plan was ⟦approved on Monday⟧. Nobody came.",
        title="Plan approved",
        path="plan.txt",
        findings=[{"severity": Severity.CRITICAL}, {"severity": Severity.MINOR}],
        verdicts=[Verdict.CONTRADICTED, Verdict.SUPPORTED, Verdict.UNSUPPORTED, Verdict.NOT_CHECKED],
        skipped=[Skipped("facts.txt:3", "has no 'text'")],
    )


@pytest.mark.parametrize("make", [render_page, render_fragment])
def test_markup_is_well_formed_and_shows_everything(report, make):
    page = Page(make(report))
    assert not page.badly_nested
    assert not page.open
    shown = " ".join(page.text.split())
    assert "2 alerts: 1 critical, 1 minor" in shown
    assert "2 with an alert" in shown
    assert "1 not checked (grey in the text)" in shown
    assert "Not used: facts.txt:3: has no 'text'" in shown
    assert "The council rejected the plan." in shown
    assert "opposite meaning" in shown
    assert "very likely, 90%" in shown


def test_every_link_leads_somewhere_and_ids_are_unique(report):
    page = Page(render([report, report]))
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in page.all("href")} <= set(ids)
    assert all(link.startswith("#") for link in page.all("href"))


def test_the_page_loads_nothing(report):
    page = render_page(report)
    assert "http" not in re.sub("http-equiv", "", page)
    assert not {"link", "img", "iframe", "object"} & set(Page(page).tags())
    assert "@import" not in page
    assert "url(" not in page


def test_the_policy_allows_exactly_what_is_there(report):
    page = render_page(report)
    for kind in ("style", "script"):
        content = re.search(f"<{kind}>(.*?)</{kind}>", page, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src &#39;sha256-{digest}&#39;" in page or f"{kind}-src 'sha256-{digest}'" in page


def test_alerts_can_be_reached_with_the_keyboard(report):
    numbers = [attrs for tag, attrs in Page(render_page(report)).elements if tag == "a" and "aria-label" in attrs]
    assert [attrs["aria-label"] for attrs in numbers] == [
        "Alert 1: opposite meaning, critical",
        "Alert 2: opposite meaning, minor",
    ]
    assert all("tabindex" not in attrs for attrs in numbers)


@pytest.mark.parametrize("make", [render_page, render_fragment])
def test_hostile_text_stays_text(make):
    evidence = make_evidence(HOSTILE, HOSTILE[3:9], EvidenceKind.ARTICLE, id=HOSTILE, origin=HOSTILE, span=Span(0, 3))
    more = {"message": HOSTILE, "suggestions": (HOSTILE,), "category": f"a/{HOSTILE}", "evidence": (evidence,)}
    report = make_report(
        f"⟦{HOSTILE}⟧ {HOSTILE}", findings=[more], title=HOSTILE, path=HOSTILE, skipped=[Skipped(HOSTILE, HOSTILE)]
    )
    same = {"title": "t", "skipped": [Skipped("w", "r")]}
    tame = make_report("⟦a⟧ b", findings=[more | {"message": "m", "category": "c", "suggestions": ("s",)}], **same)
    page = make(report)
    assert set(Page(page).tags()) <= set(Page(make(tame)).tags())
    assert "<script>alert" not in page
    assert "onerror" not in {name for _, attrs in Page(page).elements for name in attrs}
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "⟨U+202E⟩" in page
    assert "{{ 7*7 }}" in page
    assert not Page(page).badly_nested


@settings(max_examples=25, deadline=None)
@given(
    st.text(alphabet=st.characters(blacklist_characters="⟦⟧"), max_size=50),
    st.lists(st.integers(0, 50), max_size=6),
)
def test_the_article_is_all_there_wherever_findings_are(text, places):
    report = make_report(text + " end.")
    document = report.document
    ends = [min(place, len(document.text)) for place in places]
    spans = [Span(min(pair), max(pair)) for pair in pairwise(ends)]
    found = tuple(make_finding(document, span, number) for number, span in enumerate(spans) if document.sentences)
    page = render_page(replace(report, findings=found))
    article = Page(page[page.index("<article") : page.index("</article>")])
    without_numbers = re.sub(r"\s|‸|\d", "", article.text)
    assert without_numbers == re.sub(r"\s|‸|\d", "", show_invisible(document.text.replace("\r", "")))
    assert not Page(page).badly_nested


def test_several_articles_have_an_overview():
    page = Page(render([make_report("All is well here.", path="one.txt"), make_report("It ⟦is⟧ so.", path="two.txt")]))
    text = " ".join(page.text.split())
    assert "2 articles checked" in text
    assert "one.txt Checked, fine: no alert in 1 sentence" in text


def test_a_report_without_a_checked_sentence_is_not_called_fine():
    page = render_page(make_report("Nobody knows.", verdicts=[Verdict.NOT_CHECKED]))
    assert "Not checked: no sentence could be checked" in page
    assert "fine" not in Page(page).text


def test_headline_on_a_line_of_its_own(report):
    page = render_page(report)
    headline = page[page.index("<h3") : page.index("</h3>")]
    assert "By A. Writer" not in headline
    assert page.count("<h3") == 1


def test_a_title_that_the_text_lacks_is_shown():
    assert ">Harbour news</h3>" in render_page(make_report("The port is open.", title="Harbour news"))


def test_an_omission_has_a_place(report):
    omission = make_report("The plan was approved by⟦⟧ Monday.", findings=[{"category": "accuracy/omission"}])
    assert "‸" in render_page(omission)
    assert "‸" in render_fragment(omission)


def test_a_notebook_gets_the_fragment(report):
    fragment = report._repr_html_()
    assert fragment == render_fragment(report)
    assert "<script" not in fragment
    assert not Page(fragment).all("id")
