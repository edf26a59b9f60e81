"""Slips of form: grammar, literal word order, repetition, and text that makes no sense."""

from __future__ import annotations

import random

from checker.training.corruption.inflection import inflect, lemma_of, match_case
from checker.training.corruption.realise import takes_an
from checker.training.corruption.scene import (
    FINITE,
    NOUNS,
    WEEKDAYS,
    Rule,
    Scene,
    drop,
    first_that_fits,
    insert_before,
    one_of,
    swap,
    swap_range,
)
from checker.training.corruption.types import Edit

_PREPOSITIONS = ("in", "on", "at", "of", "for", "to", "by", "with", "from", "about", "into")
_AGREEMENT = {"was": "were", "were": "was", "is": "are", "are": "is", "has": "have", "have": "has", "does": "do"}
_CASES = {"he": "him", "she": "her", "they": "them", "we": "us", "him": "he", "them": "they", "us": "we"}
_DEMONSTRATIVES = {"this": "these", "these": "this", "that": "those", "those": "that"}


def word_order(scene: Scene, rng: random.Random) -> Edit | None:
    """Spanish order: `peaceful agreement` -> `agreement peaceful`, `end of the conflict` -> `conflict of the end`."""
    return one_of(rng, ((2.0, _noun_first), (2.0, _of_turned), (1.0, _verb_first), (1.0, _compound_turned)), scene)


def _noun_first(scene: Scene, rng: random.Random) -> Edit | None:
    def turned(at: int) -> Edit | None:
        if (
            scene.tag(at + 1) not in NOUNS
            or scene.tag(at + 2) in (*NOUNS, "POS")
            or scene.tag(at - 1) in ("RB", "JJ")
            or not scene.words[at].is_alpha
        ):
            return None
        if scene.text[scene.words[at].end : scene.words[at + 1].start] != " ":
            return None
        return _turned(scene, at, at + 1)

    return first_that_fits(rng, scene.of_tags(("JJ",)), turned)


def _turned(scene: Scene, one: int, other: int) -> Edit:
    a, b = scene.words[one].text, scene.words[other].text
    if one == 0 and scene.tag(0) != "NNP":
        a, b = a[:1].lower() + a[1:], b[:1].upper() + b[1:]
    return swap_range(scene, one, other, f"{b} {a}")


def _of_turned(scene: Scene, rng: random.Random) -> Edit | None:
    """`the immediate end of the conflict` -> `the conflict of immediate` or `the conflict of the end`."""

    def turned(at: int) -> Edit | None:
        if scene.tag(at - 1) not in NOUNS or at < 2:
            return None
        after = at + 2 if scene.lower(at + 1) in ("the", "a", "an", "its", "their") else at + 1
        if (
            scene.tag(after) not in (*NOUNS, "NNP")
            or scene.tag(after + 1) in (*NOUNS, "NNP", "POS", "CC")
            or scene.is_named(at)
        ):
            return None
        has_adjective = scene.tag(at - 2) == "JJ"
        left = scene.words[at - 2 if has_adjective and rng.random() < 0.6 else at - 1].text
        first = at - 2 if has_adjective else at - 1
        article = scene.text[scene.words[at].start : scene.words[after].start]
        keeps = rng.random() < 0.5 and left == scene.words[at - 1].text
        joint = article if keeps else "of "
        new = f"{scene.words[after].text} {joint}{left}"
        return swap_range(scene, first, after, new)

    slots = [
        i
        for i, w in enumerate(scene.words)
        if w.lower == "of" and scene.lower(i - 1) not in ("number", "lot", "majority")
    ]
    return first_that_fits(rng, slots, turned)


def _verb_first(scene: Scene, rng: random.Random) -> Edit | None:
    """`the minister resigned` -> `resigned the minister`."""

    def turned(at: int) -> Edit | None:
        if (
            scene.tag(at - 1) not in NOUNS
            or scene.tag(at - 2) not in ("DT", "PRP$")
            or (at < 3 and scene.tag(0) == "NNP")
            or not scene.words[at].is_alpha
        ):
            return None
        subject = scene.tagged.slice(at - 2, at - 1)
        verb = scene.words[at].text
        if at == 2:
            subject, verb = subject[:1].lower() + subject[1:], verb[:1].upper() + verb[1:]
        return swap_range(scene, at - 2, at, f"{verb} {subject}")

    return first_that_fits(rng, scene.of_tags(("VBD",)), turned)


def _compound_turned(scene: Scene, rng: random.Random) -> Edit | None:
    def turned(at: int) -> Edit | None:
        if scene.tag(at + 1) not in NOUNS or scene.tag(at - 1) in NOUNS or scene.tag(at + 2) in NOUNS:
            return None
        return _turned(scene, at, at + 1) if not scene.is_named(at) and scene.text[scene.words[at].end] == " " else None

    return first_that_fits(rng, scene.of_tags(("NN",)), turned)


def grammar(scene: Scene, rng: random.Random) -> Edit | None:
    """Agreement, tense, preposition, article, infinitive, number of a noun."""
    rules: tuple[tuple[float, Rule], ...] = (
        (2.0, agreement), (2.0, verb_form), (2.5, preposition), (2.0, article), (1.0, noun_number), (1.0, lost_subject),
        (2.0, word_order), (1.5, lost_connective), (1.0, pronoun_case),
    )  # fmt: skip
    return one_of(rng, rules, scene)


def function_word(scene: Scene, rng: random.Random) -> Edit | None:
    """A small word that joins others: lost, or another one."""
    return one_of(rng, ((2.0, preposition), (1.5, article), (2.5, lost_connective)), scene)


def agreement(scene: Scene, rng: random.Random) -> Edit | None:
    """`he has` -> `he have`; `these people` -> `this people`."""

    def wrong(at: int) -> Edit | None:
        word = scene.words[at]
        if word.lower in _AGREEMENT:
            if (
                scene.tag(at - 1) not in ("NN", "NNS", "PRP", "NNP")
                or scene.lower(at - 1) in ("police", "team", "group")
                or word.text.isupper()
            ):
                return None
            return swap(scene, at, _AGREEMENT[word.lower])
        if word.lower in _DEMONSTRATIVES:
            noun = next((i for i in (at + 1, at + 2) if scene.tag(i) in NOUNS), None)
            fits = noun is not None and (scene.tag(noun) == "NNS") == (word.lower in ("these", "those"))
            return swap(scene, at, _DEMONSTRATIVES[word.lower]) if fits and word.tag == "DT" else None
        if word.tag == "VBZ" and word.is_alpha and scene.tag(at - 1) in ("NN", "NNP", "PRP", "WH"):
            return swap(scene, at, lemma_of(word.lower, "VBZ"))
        if word.tag == "VBP" and scene.tag(at - 1) in ("NNS", "PRP") and word.is_alpha:
            form = inflect(word.lower, "VBZ")
            return swap(scene, at, form) if form else None
        return None

    return first_that_fits(rng, [*scene.of_tags((*FINITE, "DT"))], wrong)


def verb_form(scene: Scene, rng: random.Random) -> Edit | None:
    """`to leave` -> `to leaving`, `has gone` -> `has go`, `said` -> `say`."""

    def wrong(at: int) -> Edit | None:
        word, before = scene.words[at], scene.tag(at - 1)
        if not word.is_alpha or word.lower in (
            "is",
            "was",
            "were",
            "are",
            "be",
            "been",
            "has",
            "had",
            "have",
            "do",
            "did",
            "does",
        ):
            return None
        choices = {
            "VB": ("VBG", "VBD", "VBZ"),
            "VBD": ("VB", "VBG"),
            "VBN": ("VB", "VBG"),
            "VBG": ("VB", "VBD"),
            "VBZ": ("VBG", "VB"),
        }
        if (word.tag == "VB" and before not in ("TO", "MD")) or (
            word.tag == "VBN" and before not in ("VBZ", "VBD", "VBP", "VB")
        ):
            return None
        if (word.tag == "VBG" and before not in ("VBZ", "VBD", "VBP", "IN")) or (
            word.tag == "VBD" and before not in ("NN", "NNS", "NNP", "PRP")
        ):
            return None
        form = inflect(lemma_of(word.lower, word.tag), rng.choice(choices[word.tag]))
        if form is None or form == word.lower or (word.tag == "VBN" and before == "VBD" and form.endswith("ing")):
            return None
        return swap(scene, at, form)

    return first_that_fits(rng, scene.of_tags(("VB", "VBD", "VBN", "VBG", "VBZ")), wrong)


def preposition(scene: Scene, rng: random.Random) -> Edit | None:
    """`accused of` -> `accused for`, `on Monday` -> `the Monday`, `in`, `at`."""

    def wrong(at: int) -> Edit | None:
        lower = scene.lower(at)
        if scene.words[at].tag not in ("IN", "TO") or scene.tag(at + 1) == "VB" or scene.is_named(at):
            return None
        near = [p for p in _PREPOSITIONS if p != lower]
        if scene.words[at + 1 if at + 1 < len(scene.words) else at].text in WEEKDAYS:
            return swap(scene, at, rng.choice(("at", "in", "the")))
        return swap(scene, at, rng.choice(near))

    return first_that_fits(rng, [i for i, w in enumerate(scene.words) if w.lower in _PREPOSITIONS], wrong)


def article(scene: Scene, rng: random.Random) -> Edit | None:
    """An article too few, too many, or of the wrong form."""
    return one_of(rng, ((2.0, _lost_article), (2.0, _extra_article), (1.0, _wrong_article), (0.7, _lost_to)), scene)


def _lost_article(scene: Scene, rng: random.Random) -> Edit | None:
    slots = [
        i
        for i, w in enumerate(scene.words)
        if w.lower in ("a", "an", "the") and scene.tag(i + 1) in ("NN", "JJ") and not scene.is_named(i)
    ]
    return first_that_fits(rng, slots, lambda at: drop(scene, at, at) if at else None)


def _extra_article(scene: Scene, rng: random.Random) -> Edit | None:
    names = [
        n.first
        for n in scene.names
        if n.type in ("person", "country", "place") and scene.tag(n.first - 1) in ("IN", "TO", "VBD", "VB")
    ]
    names = [at for at in names if scene.words[at].text not in ("U.S.", "US", "UK", "U.K.", "United")]
    plurals = [i for i in scene.of_tags(("NNS",)) if scene.tag(i - 1) in ("IN", "VB", "VBD") and not scene.is_named(i)]
    days = [i for i, w in enumerate(scene.words) if w.text in WEEKDAYS and scene.lower(i - 1) == "on"]
    slots = names + days + (plurals if not names or rng.random() < 0.2 else [])
    return first_that_fits(rng, slots, lambda at: insert_before(scene, at, "the") if at else None)


def _wrong_article(scene: Scene, rng: random.Random) -> Edit | None:
    def wrong(at: int) -> Edit | None:
        following = scene.words[at + 1].text if at + 1 < len(scene.words) else ""
        if not following[:1].isalpha():
            return None
        new = match_case("a" if takes_an(following) else "an", scene.words[at].text)
        # The noun travels with the article so that the seam repair, which looks before an edit, leaves it alone.
        return swap_range(scene, at, at + 1, f"{new} {following}", ((0, len(new)),))

    return first_that_fits(
        rng, [i for i, w in enumerate(scene.words) if w.lower in ("a", "an") and w.tag == "DT"], wrong
    )


def _lost_to(scene: Scene, rng: random.Random) -> Edit | None:
    slots = [i for i, w in enumerate(scene.words) if w.lower == "to" and scene.tag(i + 1) == "VB" and i > 0]
    return first_that_fits(rng, slots, lambda at: drop(scene, at, at))


def part_of_speech(scene: Scene, rng: random.Random) -> Edit | None:
    """`a quick vote` -> `a quickly vote`, `voted quickly` -> `voted quick`."""

    def wrong(at: int) -> Edit | None:
        word = scene.words[at]
        if word.tag == "RB":
            stem = word.lower.removesuffix("ly")
            known = word.lower.endswith("ly") and stem in scene.lexicon.frequency
            return swap(scene, at, stem) if known else None
        adverb = word.lower + "ly"
        known = word.is_alpha and adverb in scene.lexicon.frequency and scene.tag(at + 1) in NOUNS
        return swap(scene, at, adverb) if known else None

    return first_that_fits(rng, scene.of_tags(("JJ", "RB")), wrong)


def pronoun_case(scene: Scene, rng: random.Random) -> Edit | None:
    """`they left` -> `them left`, `told him` -> `told he`."""

    def wrong(at: int) -> Edit | None:
        lower = scene.lower(at)
        subject = scene.tag(at + 1) in (*FINITE, "MD")
        return swap(scene, at, _CASES[lower]) if subject == (lower in ("he", "she", "they", "we", "i")) else None

    return first_that_fits(rng, [i for i, w in enumerate(scene.words) if w.lower in _CASES], wrong)


def noun_number(scene: Scene, rng: random.Random) -> Edit | None:
    """`three soldiers` -> `three soldier`, `a plan` -> `a plans`."""

    def wrong(at: int) -> Edit | None:
        word, before = scene.words[at], scene.lower(at - 1)
        counted = scene.tag(at - 1) == "CD" or before in ("many", "several", "these", "those", "few")
        if word.tag == "NNS" and counted and word.lower not in ("people", "police"):
            return swap(scene, at, lemma_of(word.lower, "NNS"))
        if word.tag == "NN" and before in ("a", "an", "this", "another", "every") and scene.tag(at + 1) not in NOUNS:
            form = inflect(word.lower, "NNS")
            return swap(scene, at, form) if form else None
        return None

    return first_that_fits(rng, scene.of_tags(NOUNS), wrong)


def lost_subject(scene: Scene, rng: random.Random) -> Edit | None:
    """`when he arrived` -> `when arrived`: Spanish leaves the subject out."""

    def lost(at: int) -> Edit | None:
        return drop(scene, at, at) if scene.tag(at + 1) in ("VBD", "VBZ", "MD", "VBP") and at > 0 else None

    return first_that_fits(
        rng, [i for i, w in enumerate(scene.words) if w.lower in ("he", "she", "it", "they", "there")], lost
    )


def lost_connective(scene: Scene, rng: random.Random) -> Edit | None:
    """`said that he left` -> `said he left` is fine, `left because it rained` -> `left it rained` is not."""
    words = ("and", "but", "or", "because", "although", "while", "if", "when", "who", "which", "as")
    slots = [i for i, w in enumerate(scene.words) if i > 0 and w.lower in words and not scene.is_named(i)]
    return first_that_fits(rng, slots, lambda at: drop(scene, at, at))


def duplication(scene: Scene, rng: random.Random) -> Edit | None:
    """`the the`, a phrase said twice, `the United States. United States and our partners`."""
    return one_of(rng, ((2.0, _word_twice), (2.0, _phrase_twice), (1.5, _name_twice), (1.0, _synonym_beside)), scene)


def _word_twice(scene: Scene, rng: random.Random) -> Edit | None:
    slots = [
        i for i, w in enumerate(scene.words) if w.is_alpha and w.lower not in ("that", "had", "very", "'s") and i > 0
    ]
    return first_that_fits(rng, slots, lambda at: insert_before(scene, at, scene.words[at].text))


def _phrase_twice(scene: Scene, rng: random.Random) -> Edit | None:
    def twice(at: int) -> Edit | None:
        last = at + rng.choice((1, 2, 3))
        if last >= len(scene.words) or not all(w.is_alpha for w in scene.words[at : last + 1]):
            return None
        phrase = scene.tagged.slice(at, last)
        end = scene.words[last].end
        return Edit(end, end, " " + phrase, ((1, len(phrase) + 1),))

    return first_that_fits(rng, list(range(1, len(scene.words))), twice)


def _name_twice(scene: Scene, rng: random.Random) -> Edit | None:
    def twice(index: int) -> Edit | None:
        name = scene.names[index]
        text = scene.name_text(name)
        end = scene.words[name.last].end
        sign = rng.choice((".", ",", "", ".")) if not text.endswith(".") else ""
        return Edit(end, end, f"{sign} {text}", ((len(sign) + 1, len(sign) + 1 + len(text)),))

    return first_that_fits(rng, [i for i, n in enumerate(scene.names) if n.type != "nationality"], twice)


def _synonym_beside(scene: Scene, rng: random.Random) -> Edit | None:
    """`the agreement accord`: two translations of a word side by side."""

    def beside(at: int) -> Edit | None:
        word = scene.words[at]
        pool = [
            s
            for sense in scene.lexicon.synonyms.get((word.lower, "n"), ())[:1]
            for s in sense
            if " " not in s and "-" not in s
        ]
        if not pool or scene.is_named(at):
            return None
        new = rng.choice(pool)
        return Edit(word.end, word.end, " " + new, ((1, len(new) + 1),))

    return first_that_fits(rng, [i for i in scene.of_tags(("NN",)) if scene.tag(i + 1) not in NOUNS], beside)


def scramble(scene: Scene, rng: random.Random) -> Edit | None:
    """Five to eight words in an order that makes no sense."""

    def scrambled(at: int) -> Edit | None:
        last = at + rng.randrange(4, 8)
        window = scene.words[at : last + 1]
        if last >= len(scene.words) or not all(w.text[0].isalnum() for w in window):
            return None
        texts = [w.text for w in window]
        shuffled = rng.sample(texts, len(texts))
        moved = sum(a != b for a, b in zip(texts, shuffled, strict=True))
        return swap_range(scene, at, last, " ".join(shuffled)) if moved > 3 else None

    return first_that_fits(rng, list(range(1, len(scene.words))), scrambled)
