"""Slips of the typesetter: spelling, capitals, punctuation, white space."""

from __future__ import annotations

import random
import re

from checker.training.corruption.inflection import verb_tags
from checker.training.corruption.scene import NOUNS, Rule, Scene, first_that_fits, one_of, swap_range
from checker.training.corruption.types import Edit

_STRAY_SIGNS = (*"~^*#|_;:", "''", " -")
_SIGN = re.compile(r"(?<=\w)[,;:](?=\s)|[()\[\]“”]|(?<!\s)[.?!](?=[\s\"”]*$)")
_ONE_SIGN = 0.4


def typography(scene: Scene, rng: random.Random) -> Edit | None:
    """A misspelt word, a wrong capital, a lost, stray or misplaced sign, signs set apart as a tokeniser does."""
    rules: tuple[tuple[float, Rule], ...] = (
        (3.0, _misspelt), (2.0, _wrong_case), (1.5, _wrong_sign), (1.0, _stray_sign), (1.5, _set_apart),
        (1.0, _no_stop), (1.0, _small_start), (0.7, _all_small),
    )  # fmt: skip
    return one_of(rng, rules, scene)


def _misspelt(scene: Scene, rng: random.Random) -> Edit | None:
    def slip(at: int) -> Edit | None:
        text = scene.words[at].text
        i = rng.randrange(1, len(text) - 1)
        new = rng.choice(
            (text[:i] + text[i + 1] + text[i] + text[i + 2 :], text[:i] + text[i + 1 :], text[:i] + text[i] + text[i:])
        )
        known = new.lower() in scene.lexicon.frequency or bool(verb_tags(new.lower()))
        return None if new == text or known else Edit(scene.words[at].start, scene.words[at].end, new)

    return first_that_fits(rng, [i for i, w in enumerate(scene.words) if w.is_alpha and len(w.text) > 4], slip)


def _wrong_case(scene: Scene, rng: random.Random) -> Edit | None:
    def cased(at: int) -> Edit | None:
        word = scene.words[at]
        small = word.text[:1].lower() + word.text[1:] if word.is_capital else word.text[:1].upper() + word.text[1:]
        return Edit(word.start, word.end, small)

    slots = [i for i, w in enumerate(scene.words) if w.is_alpha and i > 0 and len(w.text) > 3]
    names = [i for i in slots if scene.words[i].is_capital and not scene.words[i].text.isupper()]
    common = [i for i in slots if scene.words[i].tag in NOUNS and not scene.words[i].is_capital]
    return first_that_fits(rng, names if names and rng.random() < 0.7 else common, cased)


def _wrong_sign(scene: Scene, rng: random.Random) -> Edit | None:
    """A sign doubled, or with the space on the wrong side; the sign and the word before it are marked."""

    def wrong(at: int) -> Edit | None:
        word, sign = scene.words[at - 1], scene.words[at]
        if word.end != sign.start:
            return None
        options = [f"{word.text} {sign.text}", f"{word.text}{sign.text}{sign.text}"]
        if at + 1 < len(scene.words):
            follower = scene.words[at + 1]
            if follower.is_alpha and follower.start == sign.end + 1:
                options.append(f"{word.text}{sign.text}{follower.text}")
        new = rng.choice(options)
        last = at + 1 if len(options) == 3 and new == options[2] else at
        return swap_range(scene, at - 1, last, new)

    return first_that_fits(
        rng, [i for i, w in enumerate(scene.words) if w.text in ",;." and i > 0 and scene.words[i - 1].is_alpha], wrong
    )


def _stray_sign(scene: Scene, rng: random.Random) -> Edit | None:
    """`melamine` -> `melamine~`."""

    def strayed(at: int) -> Edit | None:
        return Edit(scene.words[at].start, scene.words[at].end, scene.words[at].text + rng.choice(_STRAY_SIGNS))

    return first_that_fits(rng, [i for i, w in enumerate(scene.words) if w.is_alpha], strayed)


def _set_apart(scene: Scene, rng: random.Random) -> Edit | None:
    """`spectroscopy (FTIR).` -> `spectroscopy ( FTIR ) .`: all signs of the sentence, or the last one."""
    signs = list(_SIGN.finditer(scene.text))
    if not signs:
        return None
    if rng.random() < _ONE_SIGN:
        signs = signs[-1:]
    first, last = signs[0].start(), signs[-1].end()
    new, marks, done = "", [], first
    for sign in signs:
        new += scene.text[done : sign.start()]
        before = new or scene.text[:first]
        new += " " if before and not before[-1].isspace() else ""
        marks.append((len(new), len(new) + len(sign.group())))
        new += sign.group()
        done = sign.end()
        new += " " if done < last and not scene.text[done].isspace() else ""
    return Edit(first, last, new, tuple(marks))


def _no_stop(scene: Scene, _: random.Random) -> Edit | None:
    """The full stop at the end is missing; the last word carries the error."""
    if len(scene.words) < 2 or scene.words[-1].text not in ".?!" or not scene.words[-2].is_alpha:
        return None
    return swap_range(scene, len(scene.words) - 2, len(scene.words) - 1, scene.words[-2].text)


def _small_start(scene: Scene, _: random.Random) -> Edit | None:
    """`The ship left` -> `the ship left`."""
    first = scene.words[0]
    if not first.is_alpha or not first.text[0].isupper() or first.text.isupper():
        return None
    return Edit(first.start, first.end, first.text[0].lower() + first.text[1:])


def _all_small(scene: Scene, _: random.Random) -> Edit | None:
    """Every capital is lost; each word that had one is marked."""
    marks = tuple((word.start, word.end) for word in scene.words if word.text != word.text.lower())
    return Edit(0, len(scene.text), scene.text.lower(), marks) if len(marks) > 1 else None
