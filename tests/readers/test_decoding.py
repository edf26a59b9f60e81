import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import UnreadableFileError
from checker.readers import decode
from checker.readers.mojibake import damage_notes

COPY = {
    "windows-1252": "Le président a déclaré mardi à Genève : “Nous n’accepterons pas”, selon l’agence – déjà vu.",
    "windows-1251": "Президент России заявил во вторник, что переговоры с Украиной продолжатся.",
    "windows-1250": "Premier powiedział we wtorek, że rząd będzie rozmawiać z związkami zawodowymi.",
    "koi8-r": "Президент России заявил во вторник, что переговоры с Украиной продолжатся.",
    "mac-roman": "Le président a déclaré mardi à Genève que l’année dernière était différente.",
    "cp866": "Президент России заявил во вторник, что переговоры с Украиной продолжатся.",
    "windows-1253": "Ο πρόεδρος δήλωσε την Τρίτη ότι οι διαπραγματεύσεις θα συνεχιστούν στην Αθήνα.",
    "gb18030": "总统星期二在北京表示，两国之间的谈判将继续进行，并感谢各方为和平作出的努力。",
    "big5": "總統星期二在台北表示，兩國之間的談判將繼續進行，並感謝各方為和平作出的努力。",
    "euc_kr": "대통령은 화요일 서울에서 기자회견을 열고 양국의 협상은 계속될 것이라고 말했다.",
    "euc_jp": "首相は火曜日、東京で記者会見を開き、両国の交渉は続くと述べた。",
    "shift_jis": "首相は火曜日、東京で記者会見を開き、両国の交渉は続くと述べた。詳しい内容は明らかにしなかった。",
}
SENTENCE = "Le Gouvernement a décidé que l’Hôtel-Dieu d’Orléans fermera ses portes en août ; « déjà » trop tard."


@pytest.mark.parametrize("encoding", COPY)
def test_undeclared_legacy_encodings_are_told_and_noted(encoding):
    decoded = decode(COPY[encoding].encode(encoding))
    assert decoded.text == COPY[encoding]
    assert decoded.note == f"decoded as {decoded.encoding}"


@pytest.mark.parametrize(
    "text", ["El niño comió.", "Só não há pão.", "Straße in Köln", "Ça va ? Oui, à Orléans.", "€ 5"]
)
def test_one_accent_is_enough(text):
    assert decode(text.encode("cp1252")).text == text


def test_plain_utf8_needs_no_note():
    assert decode(SENTENCE.encode()) == decode(SENTENCE.encode(), "windows-1251")
    assert decode(SENTENCE.encode()).note is None


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_marks_are_believed_and_removed(mark, encoding):
    decoded = decode(mark + SENTENCE.encode(encoding), "windows-1252")
    assert (decoded.text, decoded.encoding) == (SENTENCE, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [SENTENCE, COPY["windows-1251"], "Plain ASCII text."])
def test_wide_encodings_without_a_mark(encoding, text):
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.note) == (text, f"decoded as {encoding}")


def test_declaration_decides_where_the_bytes_do_not():
    data = "Zażółć gęślą jaźń".encode("iso8859_2")
    assert decode(data, "iso-8859-2").text == "Zażółć gęślą jaźń"
    assert decode("naïve “quote”".encode("cp1252"), "iso-8859-1").text == "naïve “quote”"


def test_a_false_declaration_is_not_believed():
    assert decode(COPY["windows-1251"].encode("cp1251"), "utf-8").text == COPY["windows-1251"]
    assert decode(COPY["windows-1251"].encode("cp1251"), "no-such-charset").text == COPY["windows-1251"]
    assert decode(COPY["windows-1251"].encode("cp1251"), "iso-8859-1").text == COPY["windows-1251"]


def test_stray_bytes_in_utf8_are_read_and_noted():
    data = (SENTENCE * 5).encode() + b" a pasted \x93quote\x94"
    decoded = decode(data)
    assert decoded.text.endswith("a pasted “quote”")
    assert "2 bytes" in decoded.note


def test_iso_2022_jp_hides_in_ascii():
    text = "首相は記者会見を開いた。"
    assert decode(text.encode("iso2022_jp"), "iso-2022-jp").text == text


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\x03" * 50, bytes(range(256)) * 4, b"abc\x00def", codecs.BOM_UTF16_LE + b"a"]
)
def test_binary_is_refused(data):
    with pytest.raises(UnreadableFileError, match="export"):
        decode(data)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200).filter(lambda text: "\x00" not in text))
def test_utf8_round_trip(text):
    assert decode(text.encode("utf-8", "ignore")).text == text.encode("utf-8", "ignore").decode().removeprefix("\ufeff")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SENTENCE.split() + COPY["windows-1252"].split()), min_size=1, max_size=30))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_western_round_trip(encoding, words):
    text = " ".join(words)
    assert decode(text.encode(encoding)).text == text


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([word for word in SENTENCE.replace("’", "'").split() if word != ";"]), min_size=1))
def test_latin_1_round_trip(words):
    text = " ".join(words)
    assert decode(text.encode("latin-1")).text == text


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(COPY["windows-1251"].split()), min_size=6, max_size=30, unique=True))
def test_cyrillic_round_trip(words):
    """From six different words on: eight letters tell no encoding."""
    text = " ".join(words)
    assert decode(text.encode("cp1251")).text == text


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.one_of(st.none(), st.text(max_size=12)))
def test_any_bytes_give_text_or_one_clear_line(data, declared):
    try:
        decoded = decode(data, declared)
    except UnreadableFileError:
        return
    assert "\ufffd" not in decoded.text or decoded.encoding != "utf-8" or "\ufffd".encode() in data


@pytest.mark.parametrize("sound", [SENTENCE, *COPY.values(), "LE CAFÉ» À LA", "SÃO PAULO", "ÀÉÎÕÜ", "“É”", "Ü“"])
def test_sound_text_has_no_damage(sound):
    assert damage_notes(sound) == ()


@pytest.mark.parametrize("whole", ["café", "it’s", "“so”", "naïve – yes", "Привет", "España"])
@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_double_encoding_is_noted_and_left_alone(whole, wrong):
    data = whole.encode()
    damaged = "".join(bytes([byte]).decode(wrong, "ignore") or chr(byte) for byte in data)
    assert decode(damaged.encode()).text == damaged
    (note,) = damage_notes(damaged)
    assert note.startswith("warning: wrongly decoded")


def test_lost_characters_are_noted():
    (note,) = damage_notes("caf\ufffd and th\ufffd")
    assert "2 characters lost" in note
