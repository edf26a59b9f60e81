"""Harmless edits: the same in other words. What they change must not change the meaning."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from checker.training.corruption.equivalents import EQUIVALENTS, ONE_WAY
from checker.training.corruption.inflection import inflect, lemma_of, match_case
from checker.training.corruption.kinds.roles import sides
from checker.training.corruption.kinds.values import SMALL, TENS, is_day, is_month, is_year
from checker.training.corruption.realise import realise
from checker.training.corruption.scene import NOUNS, POS_OF_TAG, VERBS, WEEKDAYS, Scene, drop, swap, swap_range
from checker.training.corruption.shortening import opening_phrase
from checker.training.corruption.tokens import word_set
from checker.training.corruption.types import Edit, Paraphrase

_DIGITS = {word: str(number) for number, word in enumerate((*SMALL, TENS[0]), start=1)}
_WORDS = {v: k for k, v in _DIGITS.items()}
_CONTRACTIONS = {
    "did not": "didn't", "does not": "doesn't", "do not": "don't", "is not": "isn't", "are not": "aren't",
    "was not": "wasn't", "were not": "weren't", "has not": "hasn't", "have not": "haven't", "had not": "hadn't",
    "would not": "wouldn't", "could not": "couldn't", "should not": "shouldn't", "will not": "won't", "cannot": "can't",
    "it is": "it's", "that is": "that's", "we are": "we're", "they are": "they're", "we will": "we'll", "I am": "I'm",
}  # fmt: skip
_OFFICES = word_set("President Senator Sen. Governor Gov. Rep. Mr. Mrs. Ms. Dr. Professor Congressman Congresswoman")

Rewording = Callable[[Scene], Iterator[Edit]]


def _numbers(scene: Scene) -> Iterator[Edit]:
    for i, word in enumerate(scene.words):
        if scene.tag(i + 1) not in ("NNS",) or scene.text[word.end : word.end + 1] == "-" or scene.tag(i - 1) == "CD":
            continue
        if word.lower in _DIGITS and i > 0 and word.tag == "CD":
            yield swap(scene, i, _DIGITS[word.lower])
        elif word.text in _WORDS and scene.text[word.start - 1 : word.start] == " " and i > 0:
            yield swap(scene, i, _WORDS[word.text])


def _percent(scene: Scene) -> Iterator[Edit]:
    for i, word in enumerate(scene.words):
        if scene.tag(i - 1) != "CD" or not scene.words[i - 1].text[0].isdigit():
            continue
        gap = Edit(scene.words[i - 1].end, word.end, "%")
        if word.lower == "percent":
            yield gap
            yield Edit(word.start, word.end, "per cent")
        elif word.text == "%":
            yield Edit(scene.words[i - 1].end, word.end, " percent")
        elif word.lower == "per" and scene.lower(i + 1) == "cent":
            yield Edit(scene.words[i - 1].end, scene.words[i + 1].end, "%")


def _contractions(scene: Scene) -> Iterator[Edit]:
    for full, short in _CONTRACTIONS.items():
        for new, old in ((short, full), (full, short)):
            if old in ("it's", "that's"):
                continue
            for match in re.finditer(rf"(?<![\w']){re.escape(old)}(?![\w'])", scene.text, re.IGNORECASE):
                ends = scene.text[match.end() : match.end() + 1] in (".", ",", "?", ";") or scene.text[
                    match.end() :
                ].startswith((" only", " the", " a "))
                if not ends or "not" in old:
                    yield Edit(
                        match.start(), match.end(), match_case(new, match.group()) if match.group() != "I am" else new
                    )


def _magnitude(scene: Scene) -> Iterator[Edit]:
    """`$5 million` <-> `5 million dollars`; `5,000` <-> `5000`."""
    for i, word in enumerate(scene.words):
        if (
            word.text == "$"
            and scene.tag(i + 1) == "CD"
            and scene.tag(i - 1) not in ("NNP",)
            and not scene.text[max(0, word.start - 1) : word.start].isalpha()
        ):
            last = i + 2 if scene.lower(i + 2) in ("million", "billion", "trillion") else i + 1
            if (
                scene.tag(last + 1) not in NOUNS
                and scene.text[scene.words[last].end : scene.words[last].end + 1] != "-"
            ):
                yield swap_range(scene, i, last, f"{scene.tagged.slice(i + 1, last)} dollars")
        if re.match(r"\d,\d{3}$", word.text):
            yield swap(scene, i, word.text.replace(",", ""))


def _safe_words(scene: Scene) -> Iterator[Edit]:
    text = scene.text
    for one, other, when in EQUIVALENTS:
        for old, new in ((one, other), (other, one)):
            if old.split()[0].casefold() not in text.casefold():
                continue
            yield from _safe_pair(scene, old, new, when)


def _safe_pair(scene: Scene, old: str, new: str, when: str) -> Iterator[Edit]:
    if old in ONE_WAY:
        return
    length = len(old.split())
    for i in range(len(scene.words) - length + 1):
        word = scene.words[i]
        if when in ("V", "N"):
            if not word.tag.startswith(when) or word.tag == "NNP" or lemma_of(word.lower, word.tag) != old:
                continue
            form = inflect(new, word.tag)
            if form and form != word.lower and not (when == "V" and scene.tag(i + 1) in ("TO", "VBG", "IN", "RB")):
                yield swap(scene, i, form)
            continue
        if scene.tagged.slice(i, i + length - 1).lower() != old.lower() or (
            when == "CD" and not _before_figure(scene, i + length)
        ):
            continue
        if old in ("U.S.",) and i == len(scene.words) - 1:
            continue
        if old[:1].isupper() and (not word.is_capital or not _whole_name(scene, i, i + length - 1)):
            continue
        if when in ("DT", "NNS", "JJ") and scene.tag(i + length) not in ((when,) if when != "JJ" else NOUNS):
            continue
        yield _exchanged(scene, i, length, new)


def _exchanged(scene: Scene, at: int, length: int, new: str) -> Edit:
    """The pair's other member; `the` comes and goes with country names."""
    cased = new if new[:1].isupper() else match_case(new, scene.words[at].text)
    return swap_range(scene, at, at + length - 1, cased)


def _before_figure(scene: Scene, at: int) -> bool:
    return (scene.tag(at) == "CD" and not is_year(scene, at)) or scene.lower(at) == "$"


def _whole_name(scene: Scene, first: int, last: int) -> bool:
    return any(n.first == first and n.last == last for n in scene.names)


def _synonyms(scene: Scene) -> Iterator[Edit]:
    """One synonym of a word that has one sense, or whose senses agree on it."""
    for i, word in enumerate(scene.words):
        pos = POS_OF_TAG.get(word.tag[:1], "")
        if (
            word.tag in VERBS
            or pos not in ("a", "r", "n")
            or scene.is_named(i)
            or scene.tag(i - 1) in ("JJ", "NN")
            or (scene.tag(i + 1) == "NN" and pos == "n")
        ):
            continue
        lemma = lemma_of(word.lower, word.tag)
        senses = scene.lexicon.synonyms.get((lemma, pos), ())
        if len(senses) != 1 or any((lemma, p) in scene.lexicon.synonyms for p in "nvar" if p != pos):
            continue
        for synonym in senses[0]:
            shared = scene.lexicon.spanish_sets.get(lemma, frozenset()) & scene.lexicon.spanish_sets.get(
                synonym, frozenset()
            )
            few = len(scene.lexicon.synonyms.get((synonym, pos), ())) <= 2
            if shared and few and " " not in synonym and scene.lexicon.frequency.get(synonym, 0) > 60:
                form = inflect(synonym, word.tag)
                if form:
                    yield swap(scene, i, form)


def _dates(scene: Scene) -> Iterator[Edit]:
    """`May 5, 2020` <-> `5 May 2020`."""
    for i, word in enumerate(scene.words):
        if not is_month(scene, i) or scene.text[word.end : word.end + 1] == "-":
            continue
        if is_day(scene, i + 1) and scene.words[i + 1].text.isdigit():
            year = is_year(scene, i + 3) and scene.lower(i + 2) == ","
            tail = f" {scene.words[i + 3].text}" if year else ""
            last = i + 3 if year else i + 1
            if year and scene.lower(i + 4) == ",":
                last = i + 4
                tail += ","
            if scene.lower(last + 1) not in ("and", "to", "-", "–", ",") or year:
                yield swap_range(scene, i, last, f"{scene.words[i + 1].text} {word.text}{tail}")


def _moved_opening(scene: Scene) -> Iterator[Edit]:
    """`On Tuesday, the court ruled.` -> `The court ruled on Tuesday.`; only for sentences of one clause."""
    found = opening_phrase(scene)
    if found is None or not scene.text.endswith(".") or any(w.text in ',;:"' for w in scene.words[found[0] + 1 :]):
        return
    comma, last = found
    rest = scene.words[comma + 1 :]
    if (
        not rest
        or len(rest) > 18
        or any(w.lower in ("that", "and", "but", "who", "which", "when", "after", "said") for w in rest)
    ):
        return
    phrase = scene.tagged.slice(0, last)
    phrase = phrase if scene.tag(0) == "NNP" else phrase[:1].lower() + phrase[1:]
    body = scene.text[rest[0].start : -1]
    yield Edit(0, len(scene.text), f"{body[:1].upper()}{body[1:]} {phrase}.")


def _weekday_moved(scene: Scene) -> Iterator[Edit]:
    """`said on Tuesday` <-> `said Tuesday`."""
    for i, word in enumerate(scene.words):
        if word.text not in WEEKDAYS or scene.lower(i + 1) in ("'s", "-") or scene.tag(i + 1) in (*NOUNS, "NNP"):
            continue
        if scene.lower(i - 1) == "on" and scene.tag(i - 2) in ("VBD", "VBN", "NN") and i > 2:
            yield drop(scene, i - 1, i - 1)
        elif scene.tag(i - 1) == "VBD":
            yield Edit(word.start, word.start, "on ")


def _that(scene: Scene) -> Iterator[Edit]:
    """`said that he` <-> `said he`."""
    for i, word in enumerate(scene.words):
        if word.lower not in ("said", "says", "believes", "believed", "thinks"):
            continue
        after = i + 1
        if scene.lower(after) == "that" and scene.tag(after + 1) in ("DT", "PRP", "NNP", "PRP$"):
            yield drop(scene, after, after)
        elif (
            scene.tag(after) == "PRP"
            and scene.tag(after + 1) in ("VBD", "MD", "VBZ", "VBP")
            and scene.tag(i - 1) in ("NN", "NNP", "PRP", "NNS")
            and scene.text[word.end : scene.words[after].start] == " "
        ):
            yield Edit(scene.words[after].start, scene.words[after].start, "that ")


def _attribution_moved(scene: Scene) -> Iterator[Edit]:
    """`…, he said.` -> `He said …`; `, said X` <-> `, X said`."""
    for i, word in enumerate(scene.words[:-2]):
        if word.text == "," and scene.lower(i + 1) == "said":
            named = next((n for n in scene.names if n.first == i + 2 and n.type == "person"), None)
            if named and scene.words[named.last + 1 if named.last + 1 < len(scene.words) else named.last].text == ".":
                yield swap_range(scene, i + 1, named.last, f"{scene.name_text(named)} said")
    if scene.text.endswith((", he said.", ", she said.")) and scene.text.count(",") == 1 and '"' not in scene.text:
        body, _, tail = scene.text[:-1].rpartition(", ")
        head = body if scene.tag(0) == "NNP" or body.startswith("I ") else body[:1].lower() + body[1:]
        yield Edit(0, len(scene.text), f"{tail[:1].upper()}{tail[1:]} that {head}.")


def _title_dropped(scene: Scene) -> Iterator[Edit]:
    for name in scene.names:
        if name.type != "person" or name.first == 0 or scene.words[name.first - 1].text not in _OFFICES:
            continue
        if name.first == 1 or scene.tag(name.first - 2) not in ("NNP", "JJ", "DT", "NN", "POS", "PRP$", "NNS"):
            yield drop(scene, name.first - 1, name.first - 1)


def _possessive(scene: Scene) -> Iterator[Edit]:
    """`the president of Ukraine` <-> `Ukraine's president`."""
    for name in scene.names:
        if name.type not in ("country", "place"):
            continue
        owner, after = scene.name_text(name), name.last + 1
        office = scene.lower(name.first - 2)
        if office in _OFFICE_NOUNS and (scene.lower(name.first - 3), scene.lower(name.first - 1)) == ("the", "of"):
            if scene.lower(after) in (".", ",") or scene.tag(after) in ("VBD", "VBZ", "MD"):
                yield swap_range(scene, name.first - 3, name.last, f"{owner}'s {office}")
        elif scene.tag(after) == "POS" and scene.lower(after + 1) in _OFFICE_NOUNS:
            modified = scene.tag(name.first - 1) in ("DT", "JJ", "NNP", "CC") or scene.tag(after + 2) in (
                *NOUNS,
                "NNP",
                "CC",
            )
            if not modified:
                the = "The" if name.first == 0 else "the"
                yield swap_range(scene, name.first, after + 1, f"{the} {scene.lower(after + 1)} of {owner}")


_OFFICE_NOUNS = word_set("president government parliament capital economy population king queen constitution army")

_TRANSITIVE = word_set(
    "approved rejected attacked killed arrested invaded criticized criticised condemned signed launched announced "
    "accepted destroyed banned ordered blocked adopted passed imposed lifted won closed opened seized captured "
    "detained published issued bought sold built founded elected appointed dismissed defeated denied supported "
    "opposed investigated released cancelled canceled postponed suspended praised welcomed overturned upheld "
    "introduced"
)


def _passive(scene: Scene) -> Iterator[Edit]:
    """`The court rejected the appeal.` -> `The appeal was rejected by the court.`"""
    for at in scene.of_tags(("VBD",)):
        found = sides(scene, at) if scene.lower(at) in _TRANSITIVE else None
        if (
            found is None
            or found[0][0] != 0
            or scene.lower(found[1][1] + 1) not in (".", ",", "on", "in", "after", "for", "during")
        ):
            continue
        left, right = (scene.tagged.slice(*side) for side in found)
        participle = inflect(lemma_of(scene.lower(at), "VBD"), "VBN")
        if participle is None or found[0][1] + 1 != at or scene.tag(found[1][0]) == "PRP$":
            continue
        left = left if scene.tag(0) == "NNP" else left[:1].lower() + left[1:]
        be = "were" if scene.tag(found[1][1]) == "NNS" else "was"
        yield swap_range(scene, 0, found[1][1], f"{right[:1].upper()}{right[1:]} {be} {participle} by {left}")


_REWORDINGS: tuple[tuple[str, Rewording], ...] = (
    ("number", _numbers), ("percent", _percent), ("contraction", _contractions), ("amount", _magnitude),
    ("word", _safe_words), ("synonym", _synonyms), ("date", _dates), ("opening", _moved_opening),
    ("weekday", _weekday_moved), ("that", _that), ("attribution", _attribution_moved), ("title", _title_dropped),
    ("possessive", _possessive), ("passive", _passive),
)  # fmt: skip


def reworded(sentence: str, look: Callable[[str], Scene], rng: random.Random) -> Paraphrase | None:
    """Up to four rewordings of different kinds, each on the result of the one before."""
    changes: list[str] = []
    text = sentence
    for name, rule in rng.sample(_REWORDINGS, len(_REWORDINGS)):
        edits = list(rule(look(text)))
        if not edits or len(changes) == 4:
            continue
        made = realise(text, rng.choice(edits), category="", kind=name)
        if made is not None:
            text = made.text
            changes.append(name)
    return Paraphrase(text, tuple(changes)) if changes and text != sentence else None
