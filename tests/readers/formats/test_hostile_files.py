"""Files that mean harm or are broken: one clear line, no expansion, nothing fetched, and quickly."""

import io
import os
import threading
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import UnreadableFileError
from checker.readers import files, read_bytes, read_with_positions
from checker.readers.formats import package

BODY = "<body><body.content><p>The council voted.</p></body.content></body>"
BOMB = '<!DOCTYPE nitf [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def refusal(data, path="a.xml"):
    with pytest.raises(UnreadableFileError) as raised:
        read_bytes(data, path=path)
    assert "\n" not in str(raised.value)
    return str(raised.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{BOMB}<nitf>{BODY.replace('council', '&b;')}</nitf>", "defines entities"),
        (f'<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf>{BODY}</nitf>', "defines entities"),
        (f'<!DOCTYPE nitf [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><nitf>{BODY}</nitf>', "defines entities"),
        (f"<nitf>{BODY}", "line 1, column"),
        ("<nitf><body></nitf>", "mismatched tag"),
        ("<nitf>" + "<p>" * 300 + "</p>" * 300 + "</nitf>", "too much markup"),
        ('{"headline": "A' + "\\u12", "JSON"),
        ('{"body_text": ' + "[" * 5000 + "]" * 5000 + "}", "nested too deeply"),
    ],
)
def test_hostile_and_broken_text(text, said):
    assert said in refusal(text.encode(), "a.json" if text.startswith("{") else "a.xml")


def test_a_document_type_elsewhere_is_never_fetched(tmp_path):
    pipe = tmp_path / "dtd"
    os.mkfifo(pipe)  # opening it would block for ever
    text = f'<!DOCTYPE nitf SYSTEM "{pipe}"><nitf>{BODY.replace("voted", "voted&nbsp;twice")}</nitf>'
    done = []
    thread = threading.Thread(target=lambda: done.append(read_bytes(text.encode())), daemon=True)
    thread.start()
    thread.join(20)
    assert done[0].text == "The council voted\u00a0twice."


def zipped(**parts):
    with zipfile.ZipFile(written := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return written.getvalue()


def test_a_zip_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(package, "LARGEST_PART", 100_000)
    data = zipped(word__document_xml=b"<w:document>" + b" " * 1_000_000)
    assert len(data) < 2_000
    assert "unpacks to more than" in refusal(data, "a.docx")


def test_a_broken_package():
    data = zipped(word__document_xml=b"<w:document><w:body/></w:document>" * 50)
    assert "damaged" in refusal(data, "a.docx")
    broken = bytearray(zipped(content_xml=b"<a>" + os.urandom(2_000) + b"</a>"))
    broken[60:70] = b"\xff" * 10
    assert "damaged" in refusal(bytes(broken), "a.odt")
    assert "no text document" in refusal(zipped(content_xml=b"<a><body><spreadsheet/></body></a>"), "a.ods")


def test_entities_are_refused_in_packages_and_bitext_too():
    declared = BOMB.replace("nitf", "w:document")
    word = f"{declared}<w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    assert "defines entities" in refusal(zipped(word__document_xml=word), "a.docx")
    assert "defines entities" in refusal(zipped(content_xml=f"{BOMB}<a><body><text/></body></a>"), "a.odt")
    for root in ("xliff", "tmx", "NewsML", "newsItem", "feed"):
        assert "defines entities" in refusal(f"{BOMB}<{root}><entry>&b;</entry></{root}>".encode())


def test_macros_are_never_looked_at():
    word = "<w:document><w:body><w:p><w:r><w:t>The council voted.</w:t></w:r></w:p></w:body></w:document>"
    data = zipped(word__document_xml=word, word__vbaProject=b"\xd0\xcf\x11\xe0 Sub AutoOpen()")
    document = read_bytes(data, path="a.docm")
    assert (document.text, document.notes, document.omitted) == ("The council voted.", (), ())


def test_a_file_over_the_limit_names_it(monkeypatch):
    monkeypatch.setattr(files, "LARGEST_FILE", 1_000_000)
    monkeypatch.setattr(files, "LARGEST_PACKAGE", 2_000_000)
    assert "larger than 1 MB" in refusal(f"<nitf>{BODY}</nitf>".encode() + b" " * 1_000_000)
    assert "larger than 2 MB" in refusal(zipped(word__document_xml=b"<a/>") + b" " * 2_000_000, "a.docx")


@pytest.mark.parametrize(
    ("declared", "encoding", "note"),
    [
        ("utf-8", "cp1252", "decoded as windows-1252"),
        ("iso-8859-1", "utf-8", None),
        ("utf-16", "utf-8", None),
        ("no-such-thing", "utf-8", None),
    ],
)
def test_a_wrong_declaration_of_the_encoding_does_no_harm(declared, encoding, note):
    text = f'<?xml version="1.0" encoding="{declared}"?><nitf>{BODY.replace("council", "café à Orléans")}</nitf>'
    document = read_bytes(text.encode(encoding))
    assert document.text == "The café à Orléans voted."
    assert document.notes == ((note,) if note else ())


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_utf_16_and_byte_order_marks(mark):
    text = f'<?xml version="1.0" encoding="utf-8"?><nitf>{BODY}</nitf>'
    assert read_bytes(mark + text.encode()).text == read_bytes(text.encode("utf-16")).text == "The council voted."


STARTS = st.sampled_from(
    [
        "",
        "<nitf>",
        "<nitf><body>",
        "<xliff>",
        "<tmx><body>",
        '{"headline":',
        "\x01abcdef\x02",
        "WEBVTT\n",
        'msgid "',
        "source,target\n",
        '{"target": "',
        "1\n00:00:01,000 --> 00:00:02,000\n",
        "<newsItem><contentSet>",
    ]
)
INSIDE = st.text(alphabet="<>/&;\"'\\{}[]:,=! \nab1\x01\x02\x03-#é😀", max_size=60)


@settings(max_examples=250, deadline=None)
@given(STARTS, INSIDE, st.sampled_from(["", "a.csv", "a.json", "a.xml", "a.po"]))
def test_whatever_comes_there_is_a_document_or_one_line(start, inside, path):
    try:
        reading = read_with_positions((start + inside).encode(), path=path or None)
    except UnreadableFileError as error:
        assert "\n" not in str(error)  # noqa: PT017
        return
    document = reading.document
    assert all(sentence.span.of(document.text) == sentence.text for sentence in document.sentences)
    assert all(place.span.end <= len(document.text) for place in reading.places)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(["<!-- -->", "<!--", "<?x ?>", "<?x ", "<!DOCTYPE x>", " \n"]), st.integers(1, 3_000))
def test_a_long_prologue_is_no_trap(start, times):
    """Comments before the first tag once took for ever: each could end where a later one does."""
    try:
        assert read_bytes((start * times + "There is no article here.").encode()).text
    except UnreadableFileError as error:
        assert "export" in str(error)  # noqa: PT017
