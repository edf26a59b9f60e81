"""Files with several documents: each item of a feed, a mail message and what is attached to it."""

from email.message import EmailMessage
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Span
from checker.errors import UnreadableFileError
from checker.readers import documents_in, may_hold_several, read_bytes
from checker.readers.formats import mail

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>Valmera Daily</title><language>en-GB</language>
<item><title>Harbour &amp;amp; ferry stay</title><guid>1</guid><pubDate>Tue, 05 Mar 2024 08:15:00 GMT</pubDate>
 <dc:creator><![CDATA[Anna Writer]]></dc:creator><media:description>A ferry leaves.</media:description>
 <description><![CDATA[<p>The council voted to keep it [&#8230;]</p>
  <p>The post <a href="x">Harbour</a> appeared first on <a href="y">Valmera Daily</a>.</p>]]></description>
 <content:encoded><![CDATA[<p>The council voted to keep it, &ldquo;for now&rdquo;.</p><p>Caf&eacute;s stay open.</p>
  <p>The post <a href="x">Harbour</a> appeared first on <a href="y">Valmera Daily</a>.</p>]]></content:encoded></item>
<item><title>Flour</title><author>bob@example.org (Bob Baker)</author>
 <description>It costs &lt;b&gt;more&lt;/b&gt; &amp;amp; more.</description></item>
<item><link>https://example.org/3</link></item></channel></rss>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>V</title><items><rdf:Seq/></items></channel>
<item><title>Flour</title><description>It costs more.</description><dc:date>2024-03-05T08:15:00Z</dc:date></item>
</rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>V</title>
<entry><title type="html">Harbour &amp;lt;b&amp;gt; stays</title><updated>2024-03-06T08:00:00Z</updated>
 <published>2024-03-05T08:15:00+01:00</published><author><name>Anna</name></author><summary>A word on it.</summary>
 <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It <em>stays</em>.</p><p>So it is.</p></div>
 </content></entry><entry><title>Flour</title><content type="text">1 &lt; 2 is right.

So it is.</content></entry></feed>"""


def read_all(data, path="f.xml"):
    """Readings, and the messages of what cannot be read."""
    found = []
    for each in documents_in(data if isinstance(data, bytes) else data.encode(), path=path):
        try:
            found.append(each.read())
        except UnreadableFileError as error:
            assert "\n" not in str(error)  # noqa: PT017
            found.append(str(error))
    return found


def described(reading):
    document = reading.document
    return [(str(part.kind), part.span.of(document.text)) for part in document.parts]


def test_each_item_of_a_feed_is_a_document():
    first, second, message = read_all(RSS)
    document = first.document
    assert described(first) == [
        ("headline", "Harbour & ferry stay"),
        ("body", "The council voted to keep it, “for now”.\n\nCafés stay open."),
        ("caption", "A ferry leaves."),
    ]
    assert (document.path, document.language, document.byline) == ("f.xml#1", "en", "Anna Writer")
    assert document.published.isoformat() == "2024-03-05T08:15:00+00:00"
    assert described(second) == [("headline", "Flour"), ("body", "It costs more & more.")]
    assert second.document.byline == "Bob Baker"
    assert message == "f.xml#3: this item of the feed holds no text; open the page that it leads to"


def test_places_in_a_feed_are_those_in_its_file():
    lxml = pytest.importorskip("lxml.etree")
    first, second, _ = read_all(RSS)
    text = first.document.text
    start = text.index("“for")
    assert first.file_span(Span(start, start + 4)).of(first.decoded) == "&ldquo;for"
    start = second.document.text.index("more &")
    assert second.file_span(Span(start, start + 6)).of(second.decoded) == "more&lt;/b&gt; &amp;amp;"
    (element,) = lxml.fromstring(RSS.encode()).xpath(second.place(Span(start, start + 1)).locator)
    assert element.text.startswith("It costs")


def test_atom_and_rss_1():
    first, second = read_all(ATOM)
    assert described(first) == [
        ("headline", "Harbour <b> stays"),
        ("summary", "A word on it."),
        ("body", "It stays.\n\nSo it is."),
    ]
    assert (first.document.byline, first.document.published.isoformat()) == ("Anna", "2024-03-05T08:15:00+01:00")
    assert described(second) == [("headline", "Flour"), ("body", "1 < 2 is right.\n\nSo it is.")]
    (only,) = read_all(RDF)
    assert (only.document.path, only.document.published.year) == ("f.xml", 2024)


def test_one_document_of_a_feed_says_that_there_are_more():
    document = read_bytes(RSS.encode(), path="f.xml")
    assert document.title == "Harbour & ferry stay"
    assert document.omitted[0].startswith("one of 3 articles in this feed was checked")


def message(text=None, **headers):
    made = EmailMessage()
    headers = {"From": "Anna Wörter <anna@example.org>", "Date": "Tue, 05 Mar 2024 08:15:00 +0100", **headers}
    for name, value in headers.items():
        made[name] = value
    if text is not None:
        made.set_content(text)
    return made


def test_a_message_without_quotes_and_signature():
    text = (
        "The old harbour stays open for\nanother year. Cafés do too.\n\n> What of it?\n\nSo it is.\n\n-- \nAnna\nDesk"
    )
    made = message(text, Subject="Fwd: AW: Hafen – bleibt")
    made.add_alternative("<p>Other.</p>", subtype="html")
    (reading,) = read_all(made.as_bytes(), "m.eml")
    assert described(reading) == [
        ("headline", "Hafen – bleibt"),
        ("body", "The old harbour stays open for another year. Cafés do too.\n\nSo it is."),
    ]
    document = reading.document
    assert (reading.format, document.byline, document.published.hour) == ("eml", "Anna Wörter", 8)
    assert [place.locator for place in reading.places] == ["Subject", "line 1", "line 6"]
    start = document.text.index("open for another")
    assert reading.file_span(Span(start, start + 16)).of(reading.decoded) == "open for\nanother"


def test_what_is_attached_is_a_document_each_and_pictures_are_not():
    made = message("The ferry sails. It sails twice.", Subject="Copy")
    made.add_attachment(
        "Flour costs more. It does.".encode("cp1252"), maintype="text", subtype="plain", filename="b.txt"
    )
    made.add_attachment(RSS.encode(), maintype="application", subtype="octet-stream", filename="../f.xml")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    made.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="a.png")
    made.add_attachment(message("An inner word. And another.", Subject="Inner"))
    found = read_all(made.as_bytes(), "m.eml")
    names = [each if isinstance(each, str) else each.document.path for each in found]
    assert names == [
        "m.eml",
        "m.eml!b.txt",
        "m.eml!.._f.xml#1",
        "m.eml!.._f.xml#2",
        "m.eml!.._f.xml#3: this item of the feed holds no text; open the page that it leads to",
        "m.eml!a.pdf: this is a PDF, not text; export the article as plain text or HTML",
        "m.eml!Inner",
    ]
    assert all(reading.packed for reading in found if not isinstance(reading, str))
    assert read_bytes(made.as_bytes()).omitted == (
        "what is attached to this message (b.txt, .._f.xml, a.pdf, Inner) was not checked",
    )


def test_messages_within_messages_have_an_end():
    made = message("The ferry sails. It sails twice.", Subject="0")
    for number in range(1, 7):
        outer = message("The ferry sails. It sails twice.", Subject=str(number))
        outer.add_attachment(made)
        made = outer
    found = read_all(made.as_bytes(), "m.eml")
    assert "too many messages within one another" in found[-1]
    assert len(found) == 5


MIXED = "From: a@b.c\nDate: x\nTo: b\nContent-Type: multipart/mixed; boundary=a\n\n"


def test_hostile_messages():
    parts = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(300))
    for data, said in (
        (f"From: a@b.c\nDate: x\nTo: b\n{parts}{chr(10) * 99_000}", "too many parts"),
        (MIXED + "--a\n" * 6_000, "too many parts"),
        (f"From: a@b.c\nDate: x\nTo: b\nContent-Type: text/plain\n {';' * 9_000}\n\nA word.", "too many parts"),
        ('<!DOCTYPE rss [<!ENTITY a "aaa">]><rss><item><title>&a;</title></item></rss>', "defines entities"),
        ("<rss><item><title>", "damaged"),
        ("From: a@b.c\nDate: x\nTo: b\nContent-Type: multipart/encrypted; boundary=a\n\n--a\n\nx\n--a--", "encrypted"),
        ("From: a@b.c\nDate: x\nTo: b\n\n", "no text of its own"),
        (f"{MIXED}--a--", "no text of its own"),
    ):
        (message,) = read_all(data.encode(), "m.eml")
        assert said in message


def test_a_wrong_charset_is_told():
    head = b"From: a@b.c\nDate: Mon, 4 Mar 2024 08:15:00 -0000\nTo: b\nContent-Type: text/plain; charset=utf-8\n\n"
    (reading,) = read_all(head + "Das Café in Orléans öffnet. Es öffnet früh.".encode("cp1252"), "m.eml")
    assert reading.document.text == "Das Café in Orléans öffnet. Es öffnet früh."
    assert reading.document.notes == ("decoded as windows-1252",)


@pytest.mark.parametrize(
    "text",
    [
        "From: the desk\nTo be read with care: this is an article.\n\nIt has a body.",
        "Note: the council voted.\nDate: Tuesday\n\nIt has a body.",
        "The council voted.\n\nFrom: a\nTo: b\nDate: c\n\n",
    ],
)
def test_an_article_is_no_message(text):
    assert not mail.recognise(text.encode())
    assert not may_hold_several(text.encode())


WORDS = st.text(alphabet="abcäé漢😀&<>\"'’-1=_?", min_size=1, max_size=8)
SENTENCES = st.lists(WORDS, min_size=2, max_size=8).map(lambda words: "X" + " ".join(words) + "y.")
TEXTS = st.lists(SENTENCES, min_size=1, max_size=4, unique=True)
EXAMPLES = settings(max_examples=25, deadline=None)


@EXAMPLES
@given(st.lists(TEXTS, min_size=1, max_size=3), st.booleans())
def test_any_feed_is_read_as_it_was_written(items, data_section):
    def written(texts):
        body = "".join(f"<p>{escape(text)}</p>" for text in texts)
        return f"<![CDATA[{body}]]>" if data_section else escape(body)

    entries = "".join(f'<entry><title/><content type="html">{written(texts)}</content></entry>' for texts in items)
    found = read_all(f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>')
    assert [reading.document.text.split("\n\n") for reading in found] == items
    for reading in found:
        for at, character in enumerate(reading.document.text):
            place = reading.file_span(Span(at, at + 1))
            assert (place is None) == (character == "\n")
            if place:
                assert _unescaped(place.of(reading.decoded)) == character


def _unescaped(text):
    names = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
    text = text.replace("&amp;", "&") if len(text) > len("&amp;") else text
    return names.get(text, text)


@EXAMPLES
@given(TEXTS, st.sampled_from(["plain", "html"]), st.sampled_from(["7bit", "base64", "quoted-printable"]))
def test_any_message_is_read_as_it_was_written(texts, form, packing):
    made = message(Subject="Harbour stays")
    body = "".join(f"<p>{escape(text)}</p>" for text in texts) if form == "html" else "\n\n".join(texts)
    packing = "base64" if packing == "7bit" and not body.isascii() else packing
    made.set_content(body, subtype=form, charset="utf-8", cte=packing)
    (reading,) = read_all(made.as_bytes(), "m.eml")
    assert reading.document.text.split("\n\n") == ["Harbour stays", *texts]
    begin = len("Harbour stays\n\n")
    for at in range(begin, len(reading.document.text)):
        place = reading.file_span(Span(at, at + 1))
        assert place is None or _unescaped(place.of(reading.decoded)) == reading.document.text[at]
