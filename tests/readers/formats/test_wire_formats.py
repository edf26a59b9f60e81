"""Wire formats: what each calls headline, date, language and caption; what is no part of an article."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from checker.document import PartKind
from checker.errors import UnreadableFileError
from checker.readers import read_bytes, read_with_positions
from checker.readers.formats.dates import read_date, read_telex_date
from checker.readers.formats.xml_tree import parse_xml

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "nitf-3-5.dtd">
<nitf baselang="en-GB"><head><title>Slug</title>
<docdata><date.issue norm="20240305T081500+0100"/><ed-msg info="embargo"/></docdata></head>
<body><body.head>
<hedline><hl1>Harbour stays open</hl1><hl2>Council votes after long debate</hl2></hedline>
<byline>By Ada Holm<byttl>Harbour Correspondent</byttl></byline><dateline><location>VALMERA</location></dateline>
<abstract><p>The council decided &mdash; at last.</p></abstract></body.head>
<body.content><p>VALMERA (AP) &#8211; The <org>council</org> voted
   to keep the <em>harbour</em> open.</p><p>A second paragraph.<br/>With a line.</p>
<hl2>What comes next</hl2><p>Third.</p><p>ends</p>
<media media-type="image"><media-reference source="x.jpg"/><media-caption>Boats in the harbour.</media-caption>
<media-producer>A. Photographer</media-producer></media></body.content>
<body.end><tagline>desk@example.org</tagline></body.end></body></nitf>"""


def parts(document):
    return [(part.kind.value, part.span.of(document.text)) for part in document.parts]


def test_nitf():
    document = read_bytes(NITF.encode(), path="a.xml")
    assert document.title == "Harbour stays open"
    assert (document.byline, document.dateline) == ("By Ada Holm Harbour Correspondent", "VALMERA")
    assert document.published == datetime(2024, 3, 5, 8, 15, tzinfo=timezone(timedelta(hours=1)))
    assert document.language == "en"
    assert parts(document) == [
        ("headline", "Harbour stays open"),
        ("summary", "Council votes after long debate"),
        ("summary", "The council decided — at last."),
        (
            "body",
            "VALMERA (AP) – The council voted to keep the harbour open.\n\nA second paragraph.\nWith a line."
            "\n\nWhat comes next\n\nThird.",
        ),
        ("caption", "Boats in the harbour."),
    ]


@pytest.mark.parametrize(
    "prologue",
    [
        "<!DOCTYPE nitf [<!ELEMENT p ANY><!-- é ]> <p>no</p> -->]>",
        '<!DOCTYPE nitf [<!ATTLIST p a CDATA "]>\'">]>',
        "<!-- <nitf> é😀 --><?x <nitf>?>",
    ],
)
def test_places_are_right_behind_any_prologue(prologue):
    text = f"{prologue}\n<nitf><p a='x > y'>The <em>é😀</em> harbour.</p></nitf><!-- é -->"
    paragraph = parse_xml(text).root.child("p")
    assert text[paragraph.tag_start : paragraph.end] == "<p a='x > y'>The <em>é😀</em> harbour.</p>"
    assert [text[part.start : part.end] for part in paragraph.texts()] == ["The ", "é😀", " harbour."]


def test_places_in_xml_are_xpaths():
    lxml = pytest.importorskip("lxml.etree")
    for text in (NITF.replace("&mdash;", "-"), NITF.replace("<nitf ", '<nitf xmlns="urn:x" ').replace("&mdash;", "-")):
        reading = read_with_positions(text.encode())
        tree = lxml.fromstring(text.encode())
        for place in reading.places:
            (found,) = tree.xpath(place.locator)
            assert place.span.of(reading.document.text).split()[0] in "".join(found.itertext())


def test_a_summary_that_the_body_begins_with_and_a_repeated_headline_are_said_once():
    text = "<nitf><body><body.head><hedline><hl1>One two three</hl1></hedline><abstract>It began well, and</abstract>"
    text += (
        "</body.head><body.content><p>One two three</p><p>It began well, and ended.</p></body.content></body></nitf>"
    )
    assert parts(read_bytes(text.encode())) == [("headline", "One two three"), ("body", "It began well, and ended.")]


NEWSML_G2 = """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2024-03-05T08:15:00Z</sent></header>
<itemSet><newsItem xml:lang="de"><contentMeta><headline>Hafen bleibt offen</headline>
<headline rank="3">HAFEN</headline><by>Von Ada Holm</by><dateline>Valmera (dpa) - </dateline>
<description role="drol:summary">Der Rat hat entschieden.</description></contentMeta>
<contentSet>{content}</contentSet></newsItem>
<newsItem><contentMeta><description role="drol:caption">Boote im Hafen.</description></contentMeta>
<contentSet><remoteContent href="x.jpg"/></contentSet></newsItem></itemSet></newsMessage>"""
XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title>
</head><body><header><p>05.03.2024</p></header><h1>Hafen bleibt offen</h1><p class="byline">Von Ada Holm</p>
<p>Der Rat stimmte &amp;quot;klar&amp;quot; zu.</p>
<figure><figcaption>Ein Kran.</figcaption></figure></body></html></inlineXML>"""


@pytest.mark.parametrize(
    ("content", "body", "more"),
    [
        (XHTML, 'Der Rat stimmte "klar" zu.', ["Ein Kran."]),
        ("<inlineData contenttype='text/plain'>Der Rat stimmte zu.\n\nEndlich.</inlineData>", None, []),
        ("<inlineData contenttype='text/html'>&lt;p&gt;Der Rat stimmte zu.&lt;p&gt;Endlich.</inlineData>", None, []),
        ("<inlineData><![CDATA[<p>Der Rat stimmte zu.</p><p>Endlich.</p>]]></inlineData>", None, []),
        (
            "<inlineXML><nitf><body><body.content><p>Der Rat stimmte zu.</p><p>Endlich.</p></body.content></body>"
            "</nitf></inlineXML>",
            None,
            [],
        ),
    ],
)
def test_newsml_g2(content, body, more):
    document = read_bytes(NEWSML_G2.format(content=content).encode())
    assert (document.title, document.language, document.byline) == ("Hafen bleibt offen", "de", "Von Ada Holm")
    assert (document.dateline, document.published) == ("Valmera", datetime(2024, 3, 5, 8, 15, tzinfo=UTC))
    assert parts(document) == [
        ("headline", "Hafen bleibt offen"),
        ("summary", "Der Rat hat entschieden."),
        ("body", body or "Der Rat stimmte zu.\n\nEndlich."),
        *[("caption", text) for text in [*more, "Boote im Hafen."]],
    ]


def test_of_several_articles_the_rest_is_reported_as_not_checked():
    item = "<newsItem><contentSet><inlineData>{}</inlineData></contentSet></newsItem>"
    text = f"<newsMessage><itemSet>{item.format('First text.')}{item.format('Second text.')}</itemSet></newsMessage>"
    document = read_bytes(text.encode())
    assert document.text == "First text."
    assert "first of 2 articles" in document.omitted[0]


NEWSML_1 = """<NewsML Version="1.2"><NewsItem><NewsManagement>
<ThisRevisionCreated>20240305T081500+0000</ThisRevisionCreated>
</NewsManagement><NewsComponent><NewsLines><HeadLine>Puerto abierto</HeadLine><ByLine>Ada Holm</ByLine>
<DateLine>Valmera</DateLine></NewsLines><DescriptiveMetadata><Language FormalName="es"/></DescriptiveMetadata>
<NewsComponent><Role FormalName="StyleSheet"/><ContentItem><MimeType FormalName="text/css"/>
<DataContent>p {color: red}</DataContent></ContentItem></NewsComponent>
<NewsComponent><Role FormalName="Caption"/><ContentItem><DataContent>Barcos.</DataContent></ContentItem></NewsComponent>
<NewsComponent><Role FormalName="Body"/><ContentItem><MimeType FormalName="text/plain"/>
<DataContent>El consejo vota hoy.</DataContent></ContentItem></NewsComponent></NewsComponent></NewsItem></NewsML>"""


def test_newsml_1():
    document = read_bytes(NEWSML_1.encode())
    assert (document.byline, document.dateline, document.language) == ("Ada Holm", "Valmera", "es")
    assert document.published == datetime(2024, 3, 5, 8, 15, tzinfo=UTC)
    assert parts(document) == [("headline", "Puerto abierto"), ("body", "El consejo vota hoy."), ("caption", "Barcos.")]


@pytest.mark.parametrize(
    "body",
    [
        '"body_html": "<p>The council voted.</p><p>It \\u201cwon\\u201d.</p>", "body_text": "Short."',
        '"body_text": "The council voted.\\n\\nIt \\u201cwon\\u201d."',
        '"bodies": [{"role": "t", "contenttype": "text/plain", "value": "No."},'
        ' {"contentType": "text/html", "value": "<p>The council voted.<p>It &ldquo;won&rdquo;."}]',
        '"bodies": [{"role": "nitf", "contentType": "text/vnd.IPTC.NITF", "value": "<nitf><body><body.content>'
        '<p>The council voted.</p><p>It \\u201cwon\\u201d.</p></body.content></body></nitf>"}]',
    ],
)
def test_ninjs(body):
    text = f'{{"uri": "x", "versioncreated": "2024-03-05T08:15:00Z", "language": "en", "headline": "Harbour", {body},'
    text += '"associations": {"main": {"type": "picture", "description_text": "Boats."}}, "byline": "Ada Holm"}'
    reading = read_with_positions(text.encode())
    document = reading.document
    assert parts(document) == [
        ("headline", "Harbour"),
        ("body", "The council voted.\n\nIt “won”."),
        ("caption", "Boats."),
    ]
    assert (document.byline, document.published) == ("Ada Holm", datetime(2024, 3, 5, 8, 15, tzinfo=UTC))
    won = document.sentences[2].span
    assert reading.file_span(won).of(reading.decoded).startswith("It ")
    assert reading.place(won).locator.startswith(("/body_html", "/body_text", "/bodies/1/value", "/bodies/0/value"))


TELEX = (
    "\x01abc123 4 i 99 xyz\r\n\r\nharbour/\r\n\x02Harbour stays open =\r\n\r\n"
    "   Valmera (dpa) - The council voted to\r\n"
    "keep the harbour open.\r\n   A second paragraph that\r\ngoes on.\r\n# dpa NOTEBOOK\r\nnot for print\r\n\x03"
    "051215 GMT Mar 24\r\n\x7f\x04"
)


def test_iptc7901():
    document = read_bytes(TELEX.encode("latin-1"))
    assert (document.dateline, document.published) == ("Valmera", datetime(2024, 3, 5, 12, 15, tzinfo=UTC))
    assert parts(document) == [
        ("headline", "Harbour stays open"),
        (
            "body",
            "Valmera (dpa) - The council voted to keep the harbour open.\n\nA second paragraph that goes on.",
        ),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<nitf/>",
        "<NewsML/>",
        "<newsItem/>",
        '{"headline": " "}',
        "\x01a\x02 \x03",
        "<newsItem><contentSet><remoteContent/></contentSet></newsItem>",
    ],
)
def test_a_message_without_text_is_refused(text):
    with pytest.raises(UnreadableFileError) as raised:
        read_bytes(text.encode(), path="a.xml")
    assert str(raised.value).startswith("a.xml: ")
    assert "\n" not in str(raised.value)


def test_a_headline_is_a_sentence_of_its_own_and_never_runs_into_the_text():
    text = "<nitf><body><body.head><hedline><hl1>Mayor meets Dr.</hl1></hedline></body.head><body.content>"
    document = read_bytes(f"{text}<p>Smith came late. He left.</p></body.content></body></nitf>".encode())
    assert [sentence.text for sentence in document.sentences] == ["Mayor meets Dr.", "Smith came late.", "He left."]
    assert document.part_at(document.sentences[0].span).kind is PartKind.HEADLINE
    assert document.part_at(document.sentences[1].span).kind is PartKind.BODY


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20161011T001327+0100", "2016-10-11T00:13:27+01:00"),
        ("2021-05-16", "2021-05-16T00:00:00"),
        ("2021-05-16T09:00:04.123Z", "2021-05-16T09:00:04+00:00"),
        ("20010732", None),
        ("Monday", None),
        (None, None),
    ],
)
def test_dates(text, expected):
    found = read_date(text)
    assert (found and found.isoformat()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("051215 GMT Mar 24", "2024-03-05T12:15:00+00:00"),
        ("091223 dec 18", "2018-12-09T12:23:00"),
        ("KWS-21:37-09-12-18", "2018-12-09T21:37:00"),
        ("991223 dec 18", None),
        ("no date", None),
    ],
)
def test_telex_dates(text, expected):
    found = read_telex_date(text)
    assert (found and found.isoformat()) == expected
