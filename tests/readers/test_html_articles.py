import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Span
from checker.errors import UnreadableFileError
from checker.readers import blocks, file_span, read_bytes, read_html, read_with_positions

FIRST = "The council voted on Tuesday to keep the old bridge open for another year, officials said."
SECOND = "The mayor called the decision a compromise, and promised that a new bridge would follow soon."
THIRD = "Work will start in March; the city will pay for most of it, according to the plan."
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><title>Bridge stays open - The Daily Example</title>
<script>var text = "<p>{SECOND} Not this.</p>";</script><style>p {{ color: red }}</style></head>
<body class="has-sidebar">
<header><a href="/">The Daily Example</a></header>
<nav><ul><li><a href="/a">Politics news from all over the country today</a></li></ul></nav>
<main><article>
<h1>Bridge stays open</h1>
<p class="byline">By A. Writer, staff reporter of the example desk in town</p>
<p>{FIRST}</p>
<aside><p>Read also: the long and sad story of the other bridge, which fell down last year.</p></aside>
<figure><img src="a.jpg"><figcaption>The bridge, seen from the north on a fine day in May.</figcaption></figure>
<h2>A compromise</h2>
<p>The mayor called the decision&nbsp;a
   <em>compromise</em>, and promised that a new bridge would follow soon.</p>
<p>{THIRD}</p>
<div class="share-tools"><p>Share this article with all of your friends on every network there is.</p></div>
<h3>Related</h3>
<ul><li><a href="/b">Another bridge was closed in the north of the country</a></li></ul>
</article></main>
<div id="comments"><p>I think that this decision of the council is quite wrong, said nobody ever.</p></div>
<footer><p>Copyright by the Daily Example, all rights reserved, in every country of the world.</p></footer>
</body></html>"""


def paragraphs(html):
    return read_html(html).text.split("\n\n")


def test_the_article_and_nothing_else():
    article = read_html(PAGE)
    assert article.title == "Bridge stays open"
    assert article.text.split("\n\n") == [
        "Bridge stays open",
        FIRST,
        "A compromise",
        SECOND.replace("decision a", "decision\u00a0a"),
        THIRD,
    ]


def test_every_sentence_leads_back_to_the_file():
    reading = read_with_positions(PAGE.encode(), path="a.html")
    places = [reading.file_span(sentence.span).of(reading.decoded) for sentence in reading.document.sentences]
    assert places[0] == "Bridge stays open"
    assert places[1] == FIRST
    assert places[3].startswith("The mayor called the decision&nbsp;a\n   <em>compromise</em>")


def test_a_word_is_found_behind_entities_and_tags():
    html = (
        f"<p>Caf&eacute; &amp; bar: <b>un</b>justified &#8220;claim&#8221;, so said the council on Tuesday. {FIRST}</p>"
    )
    article = read_html(html)
    for word, there in [
        ("unjustified", "un</b>justified"),
        ("Café", "Caf&eacute;"),
        ("“claim”", "&#8220;claim&#8221;"),
    ]:
        start = article.text.index(word)
        assert file_span(article.runs, Span(start, start + len(word))).of(html) == there
    assert file_span(article.runs, Span(3, 3)) is None


def test_unmarked_pages_are_judged_by_their_prose():
    links = "".join(f'<li><a href="/{n}">Something else happened in town number {n}</a></li>' for n in range(30))
    html = f"<body><ul>{links}</ul><div><div><p>{FIRST}<p>{SECOND}<p>{THIRD}</div></div><ul>{links}</ul>"
    assert paragraphs(html) == [FIRST, SECOND, THIRD]


def test_linked_data_says_which_blocks_are_the_article():
    body = f"{FIRST} {SECOND} {THIRD}"
    html = (
        f'<script type="application/ld+json">{{"@graph": [{{"articleBody": "{body}"}}]}}</script>'
        f"<div><p>{FIRST}</p><p>Subscribe today, and you will never again miss a single story of ours.</p>"
        f"<p>{SECOND}</p><p>{THIRD}</p></div>"
    )
    assert paragraphs(html) == [FIRST, SECOND, THIRD]


def test_names_that_hold_the_whole_article_are_not_believed():
    html = f'<div class="related sidebar"><p>{FIRST}</p><p>{SECOND}</p></div>'
    assert paragraphs(html) == [FIRST, SECOND]


def test_line_breaks():
    assert paragraphs(f"<div>{FIRST}<br>{SECOND}<br><br>{THIRD}</div>") == [f"{FIRST}\n{SECOND}", THIRD]
    assert paragraphs(f"<pre>{FIRST}\n{SECOND}</pre>") == [f"{FIRST}\n{SECOND}"]


def test_hidden_text_and_soft_hyphens_are_left_out():
    html = (
        f'<p>The coun&shy;cil vo\u00adted.<span hidden>secret</span><span style="display: none">more</span> {FIRST}</p>'
    )
    assert paragraphs(html) == [f"The council voted. {FIRST}"]


def test_declared_charset():
    html = f'<html><meta charset="windows-1251"><p>Президент заявил: «Переговоры идут», сказал он. {FIRST}</p>'
    document = read_bytes(html.encode("cp1251"))
    assert document.text.startswith("Президент заявил")
    assert document.notes == ("decoded as windows-1251",)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<html><head><title>Only a title here</title></head></html>",
        "<html><body><nav><a href='/'>One link to another page of the site</a></nav></body></html>",
        "<div id=root></div><noscript>You need to enable JavaScript to run this application.</noscript>",
    ],
)
def test_a_page_without_article_is_refused(html):
    with pytest.raises(UnreadableFileError, match="copy the article"):
        read_html(html)


def test_a_page_of_markup_is_refused(monkeypatch):
    monkeypatch.setattr(blocks, "MOST_ELEMENTS", 1_000)
    with pytest.raises(UnreadableFileError, match="too much markup"):
        read_html("<p>" * 1_001)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 10_000 + f"<p>{FIRST}</p>" + "</div>" * 10_000,
        "<span>" * 10_000 + f"<p>{FIRST}</p>",
        "<!-- never closed " * 5_000 + f"><p>{FIRST}</p>",
        f'<p class="{"a " * 200_000}">{FIRST}</p>',
        f"<p {'a=b ' * 100_000}>{FIRST}</p>",
        f"<p {'a=' * 100_000}>{FIRST}</p>",
        "<" * 100_000 + f"<p>{FIRST}</p>",
        "</" * 100_000 + f"><p>{FIRST}</p>",
        "</div>" * 20_000 + f"<p>{FIRST}</p>",
        "<![CDATA[" * 5_000 + f"><p>{FIRST}</p>",
        f"<p>\x00{FIRST}\x00</p>",
        f"<title>never closed<p>{FIRST}</p>",
        f"<p>{FIRST}",
        f"{FIRST}",
        f"</p></b></html><p>{FIRST}</p></body><p>",
        f"<b><p>{FIRST}</b></p>",
        f"<table><tr><td>{FIRST}<td>x</table>",
    ],
)
def test_hostile_pages_are_read(html):
    assert FIRST in read_html(html).text


def test_entity_soup():
    soup = "&amp;&lt;&bogus;&#xD800;&#0;&#99999999;&;&#;&am" * 2_000
    assert FIRST in read_html(f"<p>{soup} {FIRST}</p>").text
    assert "\ufffd" not in read_html(f"<p>{soup} {FIRST}</p>").text


PARTS = st.sampled_from(
    ["<p>", "</p>", "<div class='a'>", "</div>", "<b>", "</b>", "<br>", "<li>", "<ul>", "<!--", "-->", "<script>",
     "</script>", "<", ">", "&amp;", "&nbsp;", "&", " ", "\n", '"', "'", "=", "<a href='", FIRST, SECOND, "word",
     "<pre>", "\x00", "é", "😀"]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(PARTS, max_size=50).map("".join))
def test_any_markup_is_read_with_exact_positions_or_refused(html):
    try:
        article = read_html(html)
    except UnreadableFileError:
        return
    assert article.text == article.text.strip()
    position = 0
    for run in article.runs:
        assert run.text_start >= position
        assert article.text[position : run.text_start] in ("", "\n\n")
        position = run.text_start + run.length
        here, there = article.text[run.text_start : position], html[run.file_start : run.file_start + run.file_length]
        if run.is_copy:
            assert here == there or here.split() == there.split()
        else:
            assert here.isspace() or there.startswith(("&", "<br"))
    assert position == len(article.text)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(PARTS, max_size=30).map("".join),
    st.sampled_from(["p", "li", "h2"]),
    st.sampled_from(["<ul>", "<p>", "<pre>", "<a href='x'>", "<nav>", ""]),
)
def test_a_paragraph_read_at_once_is_as_one_read_tag_by_tag(html, name, around):
    """ "<p>text</p>" takes a shorter way than "<p >text</p>"; no reader may see a difference."""
    whole = f"{around}<p>Before &amp; it.{html}<{name}>A  b &eacute;\u00ad c </{name}>{html}"
    apart = whole.replace("<p>", "<p >").replace("<li>", "<li >").replace("<h2>", "<h2 >")
    assert blocks_of(whole) == blocks_of(apart)


def blocks_of(html):
    page = blocks.read_page(html)
    elements = [(each.tag, each.parent, each.barred, each.in_article, each.in_link) for each in page.elements]
    return elements, [(block.tag, block.element, block.text, block.linked) for block in page.blocks]
