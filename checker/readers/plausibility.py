"""Does a decoded text look like writing? Told from where its letters, capitals and quotes stand.

A wrong single-byte encoding puts symbols and capitals inside words ("voilˆ", "Prdsident"); the right one does not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Single-byte candidates; the earlier one wins a tie. Each comes with the letters beyond ASCII that copy in it uses.
_WESTERN = "àáâãäåæçèéêëìíîïñòóôõöøùúûüÿßœ"
_CANDIDATES = {
    "cp1252": _WESTERN + "šž",
    "cp1251": "",
    "koi8_r": "",
    "iso8859_15": _WESTERN + "šž",
    "cp1250": "áâäćčçďđéëęěíîłľĺńňóôöőřŕśšşťţúůüűýźžżąăß",
    "iso8859_2": "áâäćčçďđéëęěíîłľĺńňóôöőřŕśšşťţúůüűýźžżąăß",
    "cp1254": "çğıöşüâîû",
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
    "cp866": "",
    "iso8859_5": "",
    "cp1253": "",
}
_CYRILLIC = re.compile(r"[а-яёА-ЯЁіїєґІЇЄҐўЎ]")
_CYRILLIC_WORD = re.compile(r"[^\W\d_]+")
_COMMON_CYRILLIC = frozenset("оеаинтсрвлк")
_TYPOGRAPHY = frozenset("“”‘’„‚–—…«»‹›•·°§€£¢©®™†±½¼¾º¿¡№×¹²³´`\u00a0\u00ad")
_MULTI_BYTE = ["gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp1255", "cp1256", "cp949", "cp932", "iso8859_7"]
_SAMPLE = 65_536  # bytes or characters that are looked at
_LEAST_PLAUSIBLE = 0.85
_LEAST_CHAOS = 0.2  # charset-normalizer's measure of mess, 0 (none) to 1
_MOST_ACCENTS = 8  # accented letters in a text too short to judge their share
_DOUBTFUL = 0.3
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def looks_written(text: str) -> bool:
    """True where nearly all of `text` is letters, digits, marks and white space of no more than a few scripts."""
    sample = text[:_SAMPLE]
    if not sample or _CONTROL.search(sample):
        return False
    odd = sum(
        unicodedata.category(character) in ("Co", "Cn", "Cs", "Cc") for character in set(sample) - set("\t\n\r\f")
    )
    scripts = {unicodedata.name(character, "?").split()[0] for character in set(sample) if character.isalpha()}
    # Latin text read with its bytes swapped scatters over the CJK planes and has no spaces between words.
    spaced = any(character.isspace() for character in sample) or len(sample) < 20
    return not odd and len(scripts) <= 4 and spaced


def best_legacy_encoding(data: bytes) -> str | None:
    """Python's name of the legacy encoding that makes most sense of `data`, None where none does.

    Only the bytes beyond ASCII and their neighbours count, so a short text with one accent is enough to go by.
    """
    sample = _around_high_bytes(data)
    scored: list[tuple[float, str]] = []
    for encoding in _CANDIDATES:
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        scored.append((_plausibility(sample.decode(encoding, "ignore"), encoding), encoding))
    best = max(scored, key=lambda entry: entry[0], default=(0.0, ""))
    if best[0] >= _LEAST_PLAUSIBLE:
        return best[1]
    return _by_script(data) or _by_statistics(data)


def legacy_plausibility(text: str) -> float:
    """The share of characters beyond ASCII that stand where writing has them, 0 to 1, in whichever script fits best."""
    sample = text[:_SAMPLE]
    others = [character for character in sample if character > "\x7f"]
    if not others:
        return 1.0
    letters = sum(character.isalpha() or character in _TYPOGRAPHY for character in others)
    known = max(_plausibility(sample, encoding) for encoding in ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254"))
    wide = sum(ord(character) > 0x5FF for character in others) / len(others)
    return max(known, wide * letters / len(others))


def _around_high_bytes(data: bytes) -> bytes:
    """Up to _SAMPLE bytes from the first one beyond ASCII on, with some context before it."""
    match = re.search(rb"[\x80-\xff]", data)
    start = max(match.start() - 40, 0) if match else 0
    return data[start : start + _SAMPLE]


def _plausibility(text: str, encoding: str) -> float:
    cyrillic = encoding in ("cp1251", "koi8_r", "cp866", "iso8859_5")
    if cyrillic:
        return _cyrillic_plausibility(text)
    if encoding == "cp1253":
        return _greek_plausibility(text)
    lower, upper = _letters(encoding)
    good = total = 0
    for index, character in enumerate(text):
        if character <= "\x7f":
            continue
        total += 1
        before, after = text[index - 1 : index], text[index + 1 : index + 2]
        good += _fits(character, before, after, lower, upper)
    foreign = sum(character > "\x7f" for character in text if character.isalpha())
    if foreign > _MOST_ACCENTS and foreign > sum(character.isalpha() for character in text) / 2:
        return _DOUBTFUL  # no Latin orthography has more accented letters than plain ones
    return good / total if total else 1.0


@cache
def _letters(encoding: str) -> tuple[frozenset[str], frozenset[str]]:
    lower = _CANDIDATES[encoding]
    return frozenset(lower), frozenset(lower.upper())


def _fits(character: str, before: str, after: str, lower: frozenset[str], upper: frozenset[str]) -> bool:
    """True where a character beyond ASCII stands as it does in Latin writing."""
    if character in lower:  # "à" alone is a word; inside a word of capitals a small letter is wrong
        return not (before.isupper() and after.isupper())
    if character in upper:
        return not before.islower()
    if character in "„‚":
        return not after.isspace() and not before.isalpha()
    if character in "€£¢§©®™†±½¼¾×¹²³´`·•“«»‹›¿¡":
        return not (before.isalpha() and after.isalpha())
    return character in _TYPOGRAPHY


def _cyrillic_plausibility(text: str) -> float:
    others = [character for character in text if character > "\x7f"]
    if not others:
        return 1.0
    words = [word for word in _CYRILLIC_WORD.findall(text) if _CYRILLIC.match(word)]
    good = sum(len(word) for word in words if word.islower() or word.istitle() or word.isupper())
    letters = [character.lower() for character in others if _CYRILLIC.match(character)]
    common = sum(letter in _COMMON_CYRILLIC for letter in letters)
    if not letters or common < 0.45 * len(letters):
        return 0.0
    marks = sum(character in _TYPOGRAPHY for character in others)
    shouting = sum(len(word) for word in words if word.isupper() and len(word) > 1)
    return min(1.0, (good + marks) / len(others)) - (0.2 if shouting > 0.5 * len(letters) else 0.0)


def _greek_plausibility(text: str) -> float:
    others = [character for character in text if character > "\x7f"]
    greek = sum("\u0370" <= character <= "\u03ff" for character in others)
    marks = sum(character in _TYPOGRAPHY for character in others)
    vowels = sum(character in "αοιεητσάόίέήώ" for character in others)
    return (greek + marks) / len(others) if others and vowels > 0.4 * greek > 4 else 0.0


# How East Asian writing in each encoding is told, and the share that must match: Japanese by its kana, Korean by its
# syllables, Chinese by the lead bytes of the frequent characters (levels 1 of GB 2312 and Big5).
_EAST_ASIAN = (
    ("shift_jis", re.compile(r"[\u3041-\u30fe]"), 0.25),
    ("euc_jp", re.compile(r"[\u3041-\u30fe]"), 0.25),
    ("euc_kr", re.compile(r"[\uac00-\ud7a3]"), 0.7),
)
_CHINESE = (("gb18030", range(0xB0, 0xD8)), ("big5", range(0xA4, 0xC7)))
_LEAST_FREQUENT = 0.9


def _by_script(data: bytes) -> str | None:
    readings = {}
    for encoding in ("shift_jis", "euc_jp", "euc_kr", "gb18030", "big5"):
        try:
            readings[encoding] = [char for char in data.decode(encoding) if char > "\x7f" and char.isalpha()]
        except UnicodeDecodeError:
            continue
    for encoding, pattern, share in _EAST_ASIAN:
        letters = readings.get(encoding)
        if letters and len(pattern.findall("".join(letters))) >= share * len(letters):
            return encoding
    for encoding, leads in _CHINESE:
        letters = readings.get(encoding)
        if letters and sum(char.encode(encoding)[0] in leads for char in letters) >= _LEAST_FREQUENT * len(letters):
            return encoding
    return None


def _by_statistics(data: bytes) -> str | None:
    """charset-normalizer's choice among the encodings that neighbours of a letter cannot tell apart."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_MULTI_BYTE).best()
    if best is None or best.chaos > _LEAST_CHAOS:
        return None
    try:
        text = data.decode(best.encoding)
    except UnicodeDecodeError:
        return None
    return best.encoding if looks_written(text) else None
