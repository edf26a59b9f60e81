"""A sentence to edit: the verdict follows the text, the rest of the article stays, and the page only shows."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted_model import ARTICLE, FACT, ScriptedModel

from checker import Checker
from checker.document import Part, PartKind, Span, make_document
from checker.errors import ModelError, UsageError

pytest.importorskip("anywidget", reason="needs the notebook extra")
from checker.notebook import SentenceWidget

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
DOCUMENT = make_document(ARTICLE, language="en", path="a.txt", title="Ship")


@pytest.fixture
def widget(checker):
    return SentenceWidget(checker, DOCUMENT, 0, facts=[FACT])


def shown(view):
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]+>", " ", view, flags=re.DOTALL))


def test_the_verdict_changes_with_the_sentence(widget):
    assert widget.sentence == "Envoys praised the lawful seizure of the ship."
    assert widget.told == "contradicted: 1 alert"
    assert "Sentence 0: contradicted" in shown(widget.view)
    widget.sentence = "Envoys praised the seizure of the ship."
    assert widget.told == "neither confirmed nor contradicted: 0 alerts"
    assert "Sentence 0: neither confirmed" in shown(widget.view)
    assert [finding.text for finding in widget.report.findings] == []
    widget.sentence = "Envoys praised the lawful seizure."
    assert widget.told == "contradicted: 1 alert"


def test_the_rest_of_the_article_stays(widget):
    widget.sentence = "Envoys praised the lawful seizure of it. They left."
    assert widget.report.document.text == ARTICLE.replace(DOCUMENT.sentences[0].text, widget.sentence)
    assert widget.told.count(";") == 1
    assert shown(widget.view).count("Sentence ") == 2
    assert (widget.report.document.path, widget.report.document.title) == ("a.txt", "Ship")


@pytest.mark.parametrize("index", [99, -1, len(DOCUMENT.sentences), "0", 1.0, None])
def test_a_sentence_that_there_is_not_is_refused(index):
    with pytest.raises(UsageError, match="give the number of a sentence from 0 to 3"):
        SentenceWidget(Checker(predictor=ScriptedModel()), DOCUMENT, index)


def test_a_document_without_sentences_has_none_to_edit():
    with pytest.raises(UsageError, match="this one has no sentences"):
        SentenceWidget(Checker(predictor=ScriptedModel()), make_document(""))


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_nothing_to_check_is_said(widget, text):
    widget.sentence = text
    assert widget.told == "There is no sentence to check."
    assert widget.view == ""


def test_what_is_typed_is_only_text(widget):
    widget.sentence = "Envoys <img src=x onerror=alert(1)> praised the lawful seizure of the ship."
    assert "<img" not in widget.view


def test_a_model_that_fails_is_one_line(widget, monkeypatch):
    def fail(*args, **options):
        raise ModelError("no model named 'missing'")

    monkeypatch.setattr(widget._checker, "check", fail)
    widget.sentence = "Envoys praised it."
    assert (widget.told, widget.view) == ("no model named 'missing'", "")


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 3), st.text(max_size=40))
def test_parts_keep_their_text(index, typed):
    text = "A headline.\n\nOne sentence. Another one.\n\nA caption."
    edges = [(0, 11), (13, 39), (41, len(text))]
    kinds = (PartKind.HEADLINE, PartKind.BODY, PartKind.CAPTION)
    parts = [Part(kind, Span(*edge)) for kind, edge in zip(kinds, edges, strict=True)]
    document = replace(make_document(text, language="en", parts=parts), byline="Ada")
    widget = SentenceWidget(Checker(predictor=ScriptedModel()), document, index)
    widget.sentence = typed
    made = widget.report.document
    whole = {part.kind: part.span.of(text) for part in parts}
    edited = next(part for part in parts if part.span.overlaps(document.sentences[index].span))
    whole[edited.kind] = whole[edited.kind].replace(document.sentences[index].text, typed)
    assert {part.kind: part.span.of(made.text) for part in made.parts} == whole
    assert made.byline == "Ada"


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed; set CHROMIUM to one")
def test_the_page_s_side(widget):
    """The script against a model of its own: it sends what is typed after a pause, and shows what comes back."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs the dev extra")
    script = widget._esm if isinstance(widget._esm, str) else str(widget._esm)
    page_side = script.replace("export default { render };", "window.render = render;")
    assert page_side != script
    model = """
        const kept = {sentence: "It was lawful.", language: "en", told: "contradicted: 1 alert", view: "<b>old</b>"};
        const heard = {};
        window.saved = [];
        window.model = {
            get: (name) => kept[name], set: (name, value) => { kept[name] = value; },
            save_changes: () => window.saved.push(kept.sentence),
            on: (name, what) => { heard[name] = what; }, off: (name) => { delete heard[name]; },
            answer: (told, view) => {
                Object.assign(kept, {told, view});
                heard["change:view"]();
                heard["change:told"]();
            },
            listeners: () => Object.keys(heard).length,
        };
        window.leave = window.render({model: window.model, el: document.body});
        void 0;  // else Playwright would call what the script ends with
    """
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_content("<body></body>")
        page.evaluate(page_side + model)
        field = page.get_by_label("Edit the sentence:")
        assert field.input_value() == "It was lawful."
        assert page.get_by_role("status").inner_text() == "contradicted: 1 alert"
        field.fill("It was not lawful.")
        sync_api.expect(page.get_by_role("status")).to_have_text("Checking …")
        assert page.evaluate("window.saved") == ["It was not lawful."]
        page.evaluate("window.model.answer('confirmed: 0 alerts', '<b>new</b>')")
        assert page.get_by_role("status").inner_text() == "confirmed: 0 alerts"
        assert page.locator("b").inner_text() == "new"
        page.evaluate("window.leave()")
        assert page.evaluate("window.model.listeners()") == 0
        browser.close()
