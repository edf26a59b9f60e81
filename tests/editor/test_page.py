"""The page in a real browser: type, see, apply, dismiss, reload, still dismissed; and what UTF-16 changes."""

import json
import os
import shutil
import threading
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from docx import Document as WordDocument
from playwright import sync_api
from scripted_desk import ARTICLE, FACTS, ScriptedModel, make_desk

from checker.editor.serve_settings import ServeSettings
from checker.editor.serving import Server, address, listen

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
EMOJI = (
    "Envoys 👩‍🚀🇺🇦 praised the cafe\u0301 and the lawful seizure of the ship. 🚢\n\nThe open harbour was full of boats."
)
SEEN = 20_000  # milliseconds to wait for something at most

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed; set CHROMIUM to one")
expect = sync_api.expect
expect.set_options(timeout=SEEN)


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(params=[True])
def keeps(request):
    """Whether the server keeps decisions."""
    return request.param


@pytest.fixture
def url(model, decisions, keeps):
    """A server of its own."""
    settings = ServeSettings(port=0, stop_seconds=1)
    listening = listen(settings)
    server = Server(make_desk(model, decisions=decisions if keeps else None), settings)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield address(settings, listening)
    model.gate.set()
    server.should_exit = True
    thread.join(30)
    listening.close()


@pytest.fixture
def page(browser, url):
    """The page, which must never fail, log an error or ask another server."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(SEEN)
    troubles, asked = [], []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    refusal = "the server responded with a status of 422"  # which the page tells the person
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(url)
    yield opened
    context.close()
    assert [each for each in troubles if refusal not in each] == []
    assert [each for each in asked if not each.startswith((url, "blob:", "data:"))] == []


def check(page, text=ARTICLE, facts=FACTS):
    page.evaluate("document.getElementById('against').open = true")
    page.fill("#facts", "\n".join(facts))
    page.fill("#article", text)


def cards(page):
    return page.locator("#alerts .card")


def underlined(page):
    return page.locator("#mirror .mark").all_inner_texts()


def test_type_see_apply_dismiss_reload(page, decisions):
    check(page)
    expect(cards(page)).to_have_count(2)
    expect(page.locator("#result")).to_contain_text("2 alerts")
    assert underlined(page) == ["lawful", "open"]

    first = cards(page).filter(has_text="unlawful")
    first.locator(".head").click()
    expect(first.locator(".own mark")).to_have_text("lawful")
    expect(first.locator(".others mark").first).to_contain_text("not lawful")
    expect(first.locator(".figures")).to_contain_text("(0.")
    first.get_by_role("button", name="Use “unlawful”").click()
    expect(page.locator("#article")).to_have_value(ARTICLE.replace("lawful", "unlawful"))
    expect(cards(page)).to_have_count(1)

    expect(cards(page).first.locator(".body")).to_be_visible()
    cards(page).first.get_by_role("button", name="Not an error").click()
    page.get_by_label("Reason").fill("it was open")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Dismiss the alert").click()
    expect(cards(page)).to_have_count(0)
    expect(page.locator("#hidden-count")).to_have_text("(1)")
    accepted, dismissed = decisions.list()
    assert (accepted.kind, accepted.text, accepted.replacement) == ("accepted", "lawful", "unlawful")
    assert accepted.sentence == "Envoys praised the lawful seizure of the ship."
    assert (dismissed.kind, dismissed.text, dismissed.by) == ("not_an_error", "open", "Ada")
    assert dismissed.sentence == "The open harbour was full of boats."
    assert dismissed.model == ScriptedModel.weights_hash

    page.reload()
    expect(page.locator("#article")).to_have_value(ARTICLE.replace("lawful", "unlawful"))
    expect(page.locator("#hidden-count")).to_have_text("(1)")
    expect(cards(page)).to_have_count(0)
    page.locator("#hidden summary").click()
    page.locator("#hidden .head").click()
    expect(page.locator("#hidden .figures")).to_contain_text("by Ada: it was open")
    page.get_by_role("button", name="Bring the alert back").click()
    expect(cards(page)).to_have_count(1)


def test_offsets_after_emoji_and_combining_characters(page):
    check(page, EMOJI)
    expect(cards(page)).to_have_count(2)
    assert underlined(page) == ["lawful", "open"]
    cards(page).filter(has_text="unlawful").locator(".head").click()
    expect(cards(page).filter(has_text="unlawful").locator(".own mark")).to_have_text("lawful")
    page.get_by_role("button", name="Use “unlawful”").click()
    expect(page.locator("#article")).to_have_value(EMOJI.replace("lawful", "unlawful"))


def test_keys_alone_will_do(page):
    check(page)
    expect(cards(page)).to_have_count(2)
    page.focus("#article")
    page.keyboard.press("Escape")
    expect(cards(page).first).to_be_focused()
    page.keyboard.press("j")
    expect(cards(page).nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("j")
    second = cards(page).nth(1).get_attribute("data-fingerprint")
    page.keyboard.press("x")
    page.keyboard.press("Enter")
    expect(page.locator(f'#alerts [data-fingerprint="{second}"]')).to_have_count(0)
    expect(cards(page)).to_have_count(1)
    expect(cards(page).first).to_be_focused()
    page.keyboard.press("u")
    expect(cards(page)).to_have_count(2)
    expect(page.locator("#result")).to_contain_text("2 alerts")
    page.keyboard.press("j")
    page.keyboard.press("k")
    if "unlawful" not in cards(page).first.inner_text():
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#article")).to_have_value(ARTICLE.replace("lawful", "unlawful"))
    page.keyboard.press("u")
    expect(page.locator("#article")).to_have_value(ARTICLE)
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()


def test_findings_come_while_the_rest_is_checked(page, model):
    text = "\n\n".join([ARTICLE, *(f"Port number {number} stayed shut on Monday." for number in range(60))])
    model.free_calls = 1
    model.gate.clear()
    check(page, text)
    expect(cards(page)).to_have_count(2)
    expect(page.locator("#result")).to_contain_text("of 64 sentences")
    model.gate.set()
    expect(page.locator("#result")).to_contain_text("2 alerts")
    expect(page.locator("#counts")).to_contain_text("64 sentences")
    page.locator("#sentence-list summary").click()
    expect(page.locator("#sentences li")).to_have_count(64)


def test_the_state_of_a_sentence_is_what_the_editor_sees(page, decisions):
    """An alert, a hidden one, or none: what the model only suspects is not called contradicted."""
    check(page)
    expect(page.locator("#counts")).to_contain_text("4 sentences: 2 with an alert, 2 ")
    page.locator("#sentence-list summary").click()
    expect(page.locator("#sentences .state.alert")).to_have_count(2)
    cards(page).filter(has_text="open").locator(".head").click()
    page.get_by_role("button", name="Fact is out of date").click()
    expect(page.locator("#counts")).to_contain_text("1 with an alert, 1 with a hidden alert, 2 ")
    expect(page.locator("#sentences li").nth(2)).to_contain_text("with a hidden alert")
    states = page.evaluate(
        """async () => {
            const { Article } = await import("/static/article.js");
            const article = new Article();
            article.sentences = [{ start: 0, end: 5, verdict: "contradicted", reason: null }];
            return article.states.map(({ state }) => state);
        }"""
    )
    assert states == ["doubtful"]


def test_what_was_not_checked_is_counted_and_never_called_fine(page):
    check(page, "A sentence that nothing speaks of.", [])
    expect(page.locator("#result")).to_contain_text("Not checked")
    expect(page.locator("#counts")).to_contain_text("1 not checked")
    expect(page.locator("#remarks")).to_contain_text("no evidence speaks of the same matters")
    expect(page.locator("#no-alerts")).to_contain_text("Not checked")


def test_on_a_phone_the_alert_leaves_its_words_in_sight(page):
    page.set_viewport_size({"width": 390, "height": 800})
    check(page)
    expect(cards(page)).to_have_count(2)
    page.evaluate("scrollTo(0, 0)")
    box = page.locator("#mirror .mark").nth(1).bounding_box()
    page.mouse.click(box["x"] + 8, box["y"] + 8)
    sheet = page.locator("#alerts .card.open")
    expect(sheet.locator(".own mark")).to_have_text("open")
    expect(sheet).to_be_in_viewport()
    page.wait_for_timeout(600)  # it scrolls smoothly
    assert page.locator("#mirror .mark").nth(1).bounding_box()["y"] < sheet.bounding_box()["y"]


@pytest.mark.parametrize("keeps", [True, False], indirect=True)
def test_a_fact_that_is_out_of_date_goes_and_comes_back(page, keeps):
    check(page, EMOJI)
    cards(page).filter(has_text="open").locator(".head").click()
    page.get_by_role("button", name="Fact is out of date").click()
    expect(page.locator("#facts")).to_have_value(FACTS[0])
    expect(cards(page)).to_have_count(1)
    expect(page.locator("#hidden-count")).to_have_text("(1)")
    page.locator("#article").press("Control+Home")
    page.keyboard.insert_text("😀 Breaking news. ")
    page.reload()
    expect(page.locator("#hidden-count")).to_have_text("(1)")
    page.locator("#hidden summary").click()
    page.locator("#hidden .head").click()
    expect(page.locator("#hidden .own mark")).to_have_text("open")
    expect(page.locator("#hidden .others mark")).to_have_text("closed")
    expect(page.locator("#hidden .figures")).to_contain_text("Fact out of date" if keeps else "Hidden in this tab")
    page.get_by_role("button", name="Bring the alert back").click()
    expect(page.locator("#facts")).to_have_value("\n".join(FACTS))
    expect(cards(page)).to_have_count(2)
    expect(page.locator("#hidden")).to_be_hidden()
    assert underlined(page) == ["lawful", "open"]


@pytest.mark.parametrize("keeps", [True, False], indirect=True)
def test_hidden_alerts_come_back_by_keys_alone(page, keeps):
    check(page)
    expect(cards(page)).to_have_count(2)
    page.focus("#article")
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    expect(cards(page)).to_have_count(1)
    page.keyboard.press("x")
    page.keyboard.press("Enter")
    hidden = page.locator("#hidden-list .card")
    expect(hidden).to_have_count(2)
    expect(cards(page)).to_have_count(0)
    expect(page.locator("#result")).to_contain_text("No alert" if keeps else "1 of them hidden")
    page.keyboard.press("h")
    expect(hidden.first).to_be_focused()
    expect(hidden.first.locator(".body")).to_be_visible()
    page.keyboard.press("j")
    expect(hidden.nth(1)).to_be_focused()
    page.keyboard.press("x")  # it is dismissed already
    expect(page.locator("#dismiss")).to_be_hidden()
    page.keyboard.press("h")
    expect(page.locator("#alerts-title")).to_be_focused()
    page.keyboard.press("h")
    page.keyboard.press("r")
    expect(hidden).to_have_count(1)
    expect(hidden.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#hidden")).to_be_hidden()
    expect(cards(page)).to_have_count(2)
    assert sorted(page.locator("#facts").input_value().split("\n")) == sorted(FACTS)
    assert page.locator("#article").input_value() == ARTICLE


def test_an_edit_moves_findings_and_checks_again(page):
    check(page)
    expect(cards(page)).to_have_count(2)
    page.locator("#article").press("Control+Home")
    page.keyboard.insert_text("😀 Breaking news today. ")
    assert underlined(page) == ["lawful", "open"]
    expect(page.locator("#counts")).to_contain_text("5 sentences")
    assert underlined(page) == ["lawful", "open"]
    page.fill("#article", "")
    expect(cards(page)).to_have_count(0)
    expect(page.locator("#result")).to_contain_text("Paste or drop")


def test_hostile_text_stays_text(page):
    hostile = '<img src=x onerror="alert(1)"> {{ 7*7 }} The open harbour was full of boats & <b>ships</b>.'
    check(page, hostile, ["The harbour was closed <script>alert(1)</script> and empty of boats."])
    expect(cards(page)).to_have_count(1)
    cards(page).first.locator(".head").click()
    assert page.locator("main img, main script, main b").count() == 0
    expect(cards(page).first.locator(".others")).to_contain_text("<script>alert(1)</script>")


def test_files_come_in_and_go_out(page, tmp_path):
    file = tmp_path / "ship.html"
    file.write_text("<!doctype html><h1>A ship</h1><p>The open harbour was full of boats.</p>", encoding="utf-8")
    facts = tmp_path / "facts.jsonl"
    facts.write_text(json.dumps({"id": "h", "text": FACTS[1], "origin": "desk note 7"}), encoding="utf-8")
    page.evaluate("document.getElementById('against').open = true")
    with page.expect_file_chooser() as chooser:
        page.click("#open-facts")
    chooser.value.set_files(facts)
    expect(page.locator("#facts")).to_have_value(FACTS[1])
    with page.expect_file_chooser() as chooser:
        page.click("#open-article")
    chooser.value.set_files(file)
    expect(cards(page)).to_have_count(1)
    cards(page).first.locator(".head").click()
    expect(cards(page).first.locator(".others")).to_contain_text("desk note 7")
    for name, start in {
        "Word": b"PK",
        "Clean": b"A ship",
        "page": b"<!DOCTYPE html>",
        "JSON": b'{\n  "schema"',
    }.items():
        page.locator("#export summary").click()
        with page.expect_download() as download:
            page.locator("#export").get_by_role("button", name=name).click()
        assert Path(download.value.path()).read_bytes().startswith(start)


def test_a_file_keeps_its_units_whatever_its_line_ends(page, tmp_path):
    """Word writes carriage returns into bitext as "&#13;"; a text field drops them, and places move."""
    file = tmp_path / "harbour.xlf"
    unit = (
        '<trans-unit id="{}"><source>The harbour was closed.</source>'
        "<target>{} open harbour&#13;&#10;was full of boats.</target></trans-unit>\r\n"
    )
    file.write_text(
        '<?xml version="1.0"?>\r\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file '
        f'original="a" source-language="en" target-language="en" datatype="plaintext"><body>{unit.format(1, "🚢 The")}'
        f"{unit.format(2, 'An')}</body></file></xliff>",
        encoding="utf-8",
        newline="",
    )
    with page.expect_file_chooser() as chooser:
        page.click("#open-article")
    chooser.value.set_files(file)
    expect(cards(page)).to_have_count(2)
    assert underlined(page) == ["open", "open"]
    expect(page.locator("#against-summary")).to_contain_text("the original in the file")
    expect(page.locator("#counts")).to_contain_text("4 sentences")
    cards(page).first.locator(".head").click()
    expect(page.locator("#alerts .others mark").first).to_have_text("closed")


def test_a_word_file_comes_back_as_it_was_opened(page, tmp_path):
    file = tmp_path / "ship.docx"
    word = WordDocument()
    for paragraph in ARTICLE.split("\n\n"):
        word.add_paragraph(paragraph, style="Quote")
    word.save(file)
    check(page, "")
    with page.expect_file_chooser() as chooser:
        page.click("#open-article")
    chooser.value.set_files(file)
    expect(cards(page)).to_have_count(2)
    cards(page).filter(has_text="unlawful").locator(".head").click()
    page.get_by_role("button", name="Use “unlawful”").click()
    expect(cards(page)).to_have_count(1)
    page.reload()  # the file is kept
    expect(cards(page)).to_have_count(1)
    saved = {}
    for label in ("ship.docx as corrected here", "ship.docx with comments"):
        page.locator("#export summary").click()
        expect(page.get_by_role("button", name="Word file with comments")).to_be_hidden()
        with page.expect_download() as download:
            page.get_by_role("button", name=label).click()
        saved[download.value.suggested_filename] = WordDocument(download.value.path())
    assert sorted(saved) == ["ship-corrected.docx", "ship-marked.docx"]
    for made in saved.values():
        assert [paragraph.style.name for paragraph in made.paragraphs] == ["Quote", "Quote"]
        assert made.paragraphs[0].text == ARTICLE.split("\n\n")[0].replace("lawful", "unlawful")
    assert [len(list(made.comments)) for _, made in sorted(saved.items())] == [0, 1]

    page.locator("#article").fill(page.locator("#article").input_value().replace("\n\n", " "))
    page.locator("#export summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="ship.docx with comments").click()
    expect(page.locator("#trouble")).to_contain_text("without the looks of ship.docx")
    assert len(WordDocument(download.value.path()).paragraphs) == 1
    page.fill("#article", "Another text.")
    page.locator("#export summary").click()
    expect(page.get_by_role("button", name="Word file with comments")).to_be_visible()
    expect(page.locator("[data-export=marked]")).to_be_hidden()


def test_a_source_is_read_by_its_original_side(page, tmp_path):
    file = tmp_path / "harbour.csv"
    file.write_text("source,target\r\nThe harbour was closed.,The open harbour was full.\r\n", newline="")
    check(page, "The open harbour was full of boats.", [])
    with page.expect_file_chooser() as chooser:
        page.click("#open-source")
    chooser.value.set_files(file)
    expect(page.locator("#source")).to_have_value("The harbour was closed.")
    expect(page.locator("#source-note")).to_contain_text("the original side was read")
    expect(cards(page)).to_have_count(1)


def test_colours_are_the_system_s_or_those_chosen(page):
    ground = "getComputedStyle(document.body).backgroundColor"
    light = in_colours(page, "light").evaluate(ground)
    dark = in_colours(page, "dark").evaluate(ground)
    assert light != dark
    page.select_option("#theme", "light")
    assert page.evaluate(ground) == light
    page.reload()
    assert page.evaluate(ground) == light
    expect(page.locator("#theme")).to_have_value("light")
    page.select_option("#theme", "")
    assert page.evaluate(ground) == dark


def in_colours(page, scheme):
    """The page as it is where the system is so."""
    page.emulate_media(color_scheme=scheme)
    expect(page.locator("html")).to_have_attribute("data-theme", scheme)
    return page


def test_the_mirror_breaks_lines_like_the_text(page):
    """Else underlines would lie under other words."""
    check(page, ARTICLE + "\n\n" + "A very long word: " + "x" * 300 + "\ttab  spaces   and an end\n\n")
    expect(cards(page)).to_have_count(2)
    page.check("#show-states")
    for width in (390, 700, 1300):
        page.set_viewport_size({"width": width, "height": 900})
        places = (
            "[...document.querySelectorAll('#article, #mirror')].map((each) => each.getBoundingClientRect().toJSON())"
        )
        field, mirror = page.evaluate(places)
        assert field == mirror
        assert page.evaluate("document.getElementById('article').scrollHeight") < field["height"] + 1


def test_axe_finds_nothing_serious(page):
    check(page)
    expect(cards(page)).to_have_count(2)
    cards(page).first.locator(".head").click()
    cards(page).nth(1).locator(".head").click()
    page.get_by_role("button", name="Fact is out of date").click()
    expect(page.locator("#hidden")).to_be_visible()
    page.keyboard.press("h")
    page.locator("#sentence-list summary").click()
    page.check("#show-states")
    for scheme, width in (("light", 1300), ("dark", 390)):
        in_colours(page, scheme).set_viewport_size({"width": width, "height": 900})
        assert grave_problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.locator("#export summary").click()
    assert grave_problems(page) == []
    page.keyboard.press("Escape")
    for opened, key in (("#help", "?"), ("#dismiss", "x")):
        page.keyboard.press("j")
        page.keyboard.press(key)
        expect(page.locator(opened)).to_be_visible()
        assert grave_problems(page) == []
        page.keyboard.press("Escape")


def grave_problems(page):
    """What axe finds that is serious or worse."""
    found = Axe().run(page).response["violations"]
    grave = [each for each in found if each["impact"] in ("serious", "critical")]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in grave]


def test_files_can_be_dropped_anywhere(page):
    """A file that misses the fields is meant for the article; on the field of the original it is that."""
    drop = """(element, [name, text]) => {
        const data = new DataTransfer();
        data.items.add(new File([text], name));
        for (const type of ["dragover", "drop"]) {
            element.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
        }
    }"""
    page.locator("footer").evaluate(drop, ["ship.txt", "A ship.\r\n\r\nThe open harbour was full of boats."])
    expect(page.locator("#article")).to_have_value("A ship.\n\nThe open harbour was full of boats.")
    page.evaluate("document.getElementById('against').open = true")
    page.locator("#source").evaluate(drop, ["original.txt", "The harbour was closed and empty."])
    expect(page.locator("#source")).to_have_value("The harbour was closed and empty.")
    expect(cards(page)).to_have_count(1)
    page.locator("#paper").evaluate(drop, ["bad.pdf", "%PDF-1.7 and so on"])
    expect(page.locator("#trouble")).to_contain_text("PDF")
    expect(page.locator("#article")).to_have_value("A ship.\n\nThe open harbour was full of boats.")


def test_offsets_and_edits_in_javascript(page):
    """The modules by themselves, held against what Python counts."""
    text = "a😀e\u0301👩‍🚀\n🇺🇦 z"
    units = [len(text[:place].encode("utf-16-le")) // 2 for place in range(len(text) + 1)]
    converted = page.evaluate(
        """async ([text, units]) => {
            const { converters } = await import("/static/offsets.js");
            const { toUnits, toPoints } = converters(text);
            return [units.map((_, place) => toUnits(place)), units.map((unit) => toPoints(unit))];
        }""",
        [text, units],
    )
    assert converted == [units, list(range(len(text) + 1))]
    parts = page.evaluate(
        """async () => {
            const { editBetween, partsAfter } = await import("/static/edits.js");
            const parts = [{ kind: "headline", start: 0, end: 4 }, { kind: "body", start: 6, end: 10 }];
            const before = "Head\\n\\nBody";
            const edited = ["XHead\\n\\nBody", "Head more\\n\\nBody", "Head\\nnew\\nBody", "Head\\n\\nBody end"];
            return [...edited, "Hedy", "Other"].map(
                (after) => partsAfter(parts, editBetween(before, after), before, after)
                    .map(({ kind, start, end }) => [kind[0], after.slice(start, end)]));
        }"""
    )
    assert parts == [
        [["h", "XHead"], ["b", "Body"]],
        [["h", "Head more"], ["b", "Body"]],
        [["h", "Head\nnew\n"], ["b", "Body"]],
        [["h", "Head"], ["b", "Body end"]],
        [["h", "He"], ["b", "dy"]],
        [],
    ]
