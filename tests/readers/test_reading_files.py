import io
import os
import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Span
from checker.errors import UnreadableFileError
from checker.readers import files, read_bytes, read_file, read_text, read_with_positions

COPY = "Bridge stays open\n\nThe council voted on Tuesday.\nThe mayor said it was “right”.\n"


def refusal(data, **keywords):
    with pytest.raises(UnreadableFileError) as raised:
        read_bytes(data, **keywords)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_a_text_file(tmp_path):
    path = tmp_path / "copy.txt"
    path.write_text(COPY, encoding="utf-8")
    document = read_file(path)
    assert (document.text, document.path, document.title) == (COPY, str(path), "Bridge stays open")
    assert document.sentences[0].text == "Bridge stays open"
    assert (document.language, document.notes, len(document.sentences)) == ("en", (), 3)
    assert read_file(str(path), language="de").language == "de"


def test_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(COPY.encode("utf-16"))))
    document = read_file("-")
    assert (document.text, document.path) == (COPY, "-")


def test_legacy_encoding_leaves_a_note():
    assert read_bytes(COPY.encode("cp1252")).notes == ("decoded as windows-1252",)


def test_declared_charset_of_the_transport():
    data = "Zażółć gęślą jaźń i tyle.".encode("iso8859_2")
    document = read_bytes(data, content_type="text/plain; charset=ISO-8859-2")
    assert document.text == "Zażółć gęślą jaźń i tyle."


def test_double_encoding_is_a_warning_not_a_repair():
    document = read_bytes("The cafÃ© closed on Tuesday.".encode())
    assert "cafÃ©" in document.text
    assert document.notes[0].startswith("warning")


def test_missing_folder_and_odd_names(tmp_path):
    for path, said in [(tmp_path / "no.txt", "no such file"), (tmp_path, "folder"), ("a\0b", "cannot be read")]:
        with pytest.raises(UnreadableFileError, match=said):
            read_file(path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text("x")
    path.chmod(stat.S_IWUSR)
    with pytest.raises(UnreadableFileError, match="not permitted"):
        read_file(path)


def test_permission_is_explained(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.Path, "open", refuse)
    with pytest.raises(UnreadableFileError, match="not permitted"):
        read_file(tmp_path / "a.txt")


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf \r\n"])
def test_nothing_to_check(data):
    assert "empty" in refusal(data)


def test_too_large(tmp_path):
    path = tmp_path / "huge.txt"
    path.write_bytes(b"word " * 4_000_000)
    with pytest.raises(UnreadableFileError, match=r"huge\.txt: .*split the file"):
        read_file(path)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n...",
        b"PK\x03\x04\x14\x00",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"{\\rtf1 text}",
        b"\x1f\x8b\x08",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"\x7fELF",
        b"\x01\x02\x03\x04\x05 text \x06\x07",
        bytes(range(256)),
        b"<?xml version='1.0'?><rss><channel/></rss>",
        b'{"weather": "A text."}',
    ],
)
def test_what_is_no_text_is_refused_with_advice(data):
    assert "export" in refusal(data, path="a.bin")


def test_a_refusal_names_the_file():
    assert refusal(b"", path="desk/a.txt").startswith("desk/a.txt: ")
    assert refusal(b"").startswith("standard input: ")


def test_a_byte_order_mark_is_no_part_of_the_text():
    reading = read_with_positions(b"\xef\xbb\xbfOne. Two.")
    assert reading.document.text == reading.decoded == "One. Two."


def test_positions_survive_line_endings():
    reading = read_with_positions(b"One.\r\nTwo.\rThree.\n")
    assert reading.document.text == "One.\nTwo.\nThree.\n"
    place = reading.file_span(reading.document.sentences[2].span)
    assert place.of(reading.decoded) == "Three."
    assert reading.file_span(Span(4, 5)).of(reading.decoded) == "\r\n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Bridge stays open\n\nThe council voted on Tuesday.", "Bridge stays open"),
        ("Will the bridge stay?\nThe council voted on Tuesday to keep it.", "Will the bridge stay?"),
        ("The council voted on Tuesday.\n\nThe mayor said it was right, after all.", None),
        ("The council voted on Tuesday", None),
        ("The council voted\non Tuesday to keep the bridge.", None),
        ("- one item of a list\n- another item of the same list", None),
        ("word\n\nThe council voted on Tuesday.", None),
    ],
)
def test_headline(text, title):
    assert read_text(text).title == title


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab é😀\r\n.", max_size=80))
def test_every_character_leads_back_to_its_place(text):
    article = read_text(text)
    assert article.text == text.replace("\r\n", "\n").replace("\r", "\n")
    for run in article.runs:
        here = article.text[run.text_start : run.text_start + run.length]
        there = text[run.file_start : run.file_start + run.file_length]
        assert here == there.replace("\r\n", "\n").replace("\r", "\n")
    assert sum(run.length for run in article.runs) == len(article.text)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([None, "a.txt", "a.html"]))
def test_any_bytes_are_read_or_refused(data, path):
    try:
        document = read_bytes(data, path=path)
    except UnreadableFileError:
        return
    assert document.text.strip()
