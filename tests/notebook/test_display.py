"""What a notebook shows: complete, escaped, without scripts, and with plain text for where there is no HTML."""

import re
import sys
from datetime import date
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import make_report
from scripted_model import ARTICLE, PIECES, ScriptedModel

from checker import Checker, Document, Fact, FactStore, Finding
from checker.document import Span
from checker.evidence import FactStatus
from checker.findings import Scored
from checker.nli import Pair, Prediction, TokenProbability
from checker.notebook import HeatMap, enable_display
from checker.notebook.display import VIEWS
from checker.report.pieces import heat_of

HOSTILE = "<script>alert(1)</script> <img src=x onerror='y'> {{ 7*7 }} \u202eevil\x1b[31m & \"q\" lawful seizure of it."
SAFE = {"div", "style", "p", "span", "table", "tr", "th", "td", "details", "summary", "mark", "strong", "q", "sup"}


class Shown(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.open, self.text = set(), set(), [], ""
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data


def views(checker, report):
    pair = Pair("The seizure was not lawful.", report.document.sentences[0].text)
    said = checker.predictor.predict([pair])[0]
    yield from (VIEWS[type(one)](one) for one in (report.document, *report.findings, said, checker.score([pair])[0]))
    yield report._repr_html_()
    yield HeatMap(pair, said)._repr_html_()
    yield from (checker.explain(one)._repr_html_() for one in (*report.findings, *report.document.sentences))


@pytest.mark.parametrize("text", [ARTICLE, f"{HOSTILE}\n\nThe seizure of it was not lawful {HOSTILE[:50]}. No more."])
def test_views_are_well_formed_and_harmless(text):
    checker = Checker(predictor=ScriptedModel())
    report = checker.check(text)
    assert report.findings
    for view in views(checker, report):
        shown = Shown(view)
        assert shown.tags <= SAFE
        assert not {name for name in shown.attributes if name.startswith("on")} | ({"id", "href"} & shown.attributes)
        assert "\x1b" not in view
        assert "\u202e" not in view


def test_a_document_shows_its_numbered_sentences(report):
    text = re.sub(r"\s+", " ", Shown(VIEWS[Document](report.document)).text)
    assert "0Envoys praised the lawful seizure of the ship." in text
    assert "3The court will hear the sailors next week." in text
    assert "4 sentences" in text


def test_a_finding_shows_its_card(report):
    view = VIEWS[Finding](report.findings[0])
    assert "<details" in view
    assert " open" in view
    assert "not lawful" in Shown(view).text


def test_an_explanation_shows_heat_evidence_and_thresholds(checker, report):
    text = re.sub(r"\s+", " ", Shown(checker.explain(report.findings[0])._repr_html_()).text)
    for words in ("Sentence 0: contradicted", "leads: the surest evidence", "silent", "Thresholds: word 0.50", "0.92"):
        assert words in text


def test_colours_have_a_dark_form(report):
    style = re.search("<style>(.*?)</style>", report._repr_html_(), re.DOTALL)[1]
    assert '[data-jp-theme-light="false"]' in style
    assert ".vscode-dark" in style


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=8))
def test_a_heat_map_shows_every_character_once(text, places):
    tokens = [TokenProbability(Span(min(place), max(place)), 0.5) for place in places]
    assert "".join(piece.text for piece in heat_of(text, tokens)) == text


def test_a_heat_map_without_html_marks_hot_words(checker):
    heat = HeatMap.of(checker, Pair("It was not lawful.", "It was lawful."))
    assert str(heat) == "It was [0.95 lawful]."
    assert heat.pair.hypothesis == "It was lawful."
    assert PIECES.findall(heat.pair.hypothesis) == ["It", "was", "lawful", "."]


def test_plain_text_is_the_terminal_s(report):
    printed = []
    report._repr_pretty_(SimpleNamespace(text=printed.append), False)
    assert "1 alert" in printed[0]
    assert "⟦lawful⟧" in printed[0]


class Formatter:
    def __init__(self):
        self.known = {}

    def for_type(self, kind, render):
        self.known[kind] = render


def test_display_is_registered_with_the_session(monkeypatch):
    formatter = Formatter()
    session = SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": formatter}))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: session))
    assert enable_display()
    assert set(formatter.known) == {Document, FactStore, Finding, Prediction, Scored}
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: None))
    assert not enable_display()


def test_a_report_of_marked_text_has_a_fragment():
    assert "checker-critical" not in make_report("All is well.")._repr_html_().split("</style>")[1]


def test_the_text_form_shows_nothing_by_itself(monkeypatch, report):
    """Inside a kernel rich would display each line that the terminal renderer writes."""
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    shown = []
    monkeypatch.setattr("rich.jupyter.display", lambda *args: shown.append(args))
    report._repr_pretty_(SimpleNamespace(text=lambda _: None), False)
    assert not shown


def test_a_store_shows_its_facts(tmp_path):
    with FactStore.open(tmp_path / "newsroom.facts") as store:
        store.add(
            [
                Fact("h", HOSTILE.replace("\x1b", ""), origin="<b>register</b>", tags=("ports", "sea")),
                Fact("m", "Ilse Brandt is mayor.", valid_until=date(2015, 6, 30), status=FactStatus.DISPUTED),
                *(Fact(f"n{n}", f"Berth {n} is deep.") for n in range(1200)),
            ]
        )
        view = VIEWS[FactStore](store)
        assert repr(store) == f"FactStore({str(store.path)!r}, 1,202 facts)"
    shown = Shown(view)
    text = re.sub(r"\s+", " ", shown.text)
    assert shown.tags <= SAFE
    assert "\u202e" not in view
    for words in (
        "1,202 facts, 1,201 of them active",
        "ports, sea",
        "m, disputed",
        "valid to 2015-06-30",
        "1,192 more",
    ):
        assert words in text
    assert repr(store).endswith("closed)")
    assert "closed" in Shown(VIEWS[FactStore](store)).text


def test_an_empty_store_says_so(tmp_path):
    with FactStore.open(tmp_path / "newsroom.facts") as store:
        assert "0 facts" in Shown(VIEWS[FactStore](store)).text
