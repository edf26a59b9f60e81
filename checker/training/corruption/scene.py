"""One sentence as the rules see it: tagged words, the names in it, the word lists; and the moves that rules share."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from checker.training.corruption.inflection import match_case
from checker.training.corruption.lexicon import Lexicon
from checker.training.corruption.tagging import Tagger
from checker.training.corruption.tokens import Tagged, Word, word_set
from checker.training.corruption.types import Edit

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
CALENDAR = frozenset(word.lower() for word in WEEKDAYS + MONTHS)
TITLES = word_set(
    "president minister prime chancellor senator sen. rep. gov. governor mr. mrs. ms. dr. gen. general judge "
    "justice king queen prince princess pope sir lord lady secretary ambassador mayor congressman congresswoman "
    "representative chief director professor prof. captain colonel lt. sgt. sergeant officer detective coach "
    "chairman chairwoman spokesman spokeswoman spokesperson vice deputy former attorney speaker leader premier "
    "foreign defense defence"
)
ORGANISATION_WORDS = word_set(
    "party university court ministry bank company council committee agency department association union "
    "corporation corp institute office service commission federation organization organisation group club inc ltd "
    "news times post foundation school college hospital senate congress parliament house force army navy police "
    "bureau center centre summit treaty agreement league cup street city county act"
)
_NAMED_COUNTRIES = word_set("u.s. us u.k. uk america britain england scotland")
BE = word_set("is are was were 's 're")
NOUNS = frozenset(("NN", "NNS"))
VERBS = frozenset(("VB", "VBP", "VBD", "VBZ", "VBG", "VBN"))
FINITE = frozenset(("VBP", "VBD", "VBZ"))
POS_OF_TAG = {"N": "n", "V": "v", "J": "a", "R": "r"}


@dataclass(frozen=True, slots=True)
class Name:
    """Words `first` to `last` (both included) are one name; `type` is person, surname, given, place, country,
    nationality, organisation or other."""

    first: int
    last: int
    type: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A tagged sentence with its names."""

    tagged: Tagged
    names: tuple[Name, ...]
    lexicon: Lexicon

    @property
    def text(self) -> str:
        """The sentence."""
        return self.tagged.text

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words."""
        return self.tagged.words

    def tag(self, index: int) -> str:
        """Tag of a word; empty outside the sentence."""
        return self.tagged.tag(index)

    def lower(self, index: int) -> str:
        """Lower-case form of a word; empty outside the sentence."""
        return self.tagged.lower(index)

    def is_named(self, index: int) -> bool:
        """True where the word belongs to a name."""
        return any(name.first <= index <= name.last for name in self.names)

    def name_text(self, name: Name) -> str:
        """The name as written."""
        return self.tagged.slice(name.first, name.last)

    def of_tags(self, tags: Iterable[str]) -> list[int]:
        """Places of the words with one of these tags."""
        wanted = frozenset(tags)
        return [i for i, word in enumerate(self.words) if word.tag in wanted]


Rule = Callable[[Scene, random.Random], Edit | None]


def look(text: str, tagger: Tagger, lexicon: Lexicon) -> Scene:
    """The scene of a sentence."""
    tagged = tagger.tag(text)
    return Scene(tagged, tuple(_names(tagged, lexicon)), lexicon)


def swap(scene: Scene, index: int, new: str) -> Edit:
    """Replace one word, its capital kept."""
    word = scene.words[index]
    keep = word.tag not in ("NNP",) or index == 0
    return Edit(word.start, word.end, match_case(new, word.text) if keep else new)


def swap_range(scene: Scene, first: int, last: int, new: str, marks: tuple[tuple[int, int], ...] | None = None) -> Edit:
    """Replace words `first` to `last`, both included."""
    return Edit(scene.words[first].start, scene.words[last].end, new, marks)


def drop(scene: Scene, first: int, last: int) -> Edit:
    """Delete words with the space on one side; the neighbours are marked."""
    start, end = scene.words[first].start, scene.words[last].end
    if end < len(scene.text) and scene.text[end] == " ":
        end += 1
    elif start > 0 and scene.text[start - 1] == " ":
        start -= 1
    return Edit(start, end, "", ())


def exchange(scene: Scene, a: tuple[int, int], b: tuple[int, int]) -> Edit | None:
    """Exchange two ranges of words, both ends included; both are marked. None where they are the same words."""
    start, end = scene.words[a[0]].start, scene.words[b[1]].end
    one, other = scene.tagged.slice(*a), scene.tagged.slice(*b)
    if one.lower() == other.lower():
        return None
    first_small = scene.words[a[0]].tag != "NNP" and a[0] == 0
    if first_small:
        one = one[:1].lower() + one[1:]
    between = scene.text[scene.words[a[1]].end : scene.words[b[0]].start]
    new = other + between + one
    return Edit(start, end, new, ((0, len(other)), (len(new) - len(one), len(new))))


def insert_before(scene: Scene, index: int, new: str) -> Edit:
    """Put words before a word; only they are marked."""
    at = scene.words[index].start
    return Edit(at, at, new + " ", ((0, len(new)),))


def insert_after(scene: Scene, index: int, new: str) -> Edit:
    """Put words after a word; only they are marked."""
    at = scene.words[index].end
    return Edit(at, at, " " + new, ((1, len(new) + 1),))


def first_that_fits(rng: random.Random, slots: Sequence[int], make: Callable[[int], Edit | None]) -> Edit | None:
    """The edit at a random slot, or at the next one where none can be made there."""
    for slot in rng.sample(slots, len(slots)):
        edit = make(slot)
        if edit is not None:
            return edit
    return None


def one_of(rng: random.Random, rules: Sequence[tuple[float, Rule]], scene: Scene) -> Edit | None:
    """The edit of a rule drawn by weight, or of the next one where it does not fit."""
    left = list(rules)
    while left:
        at = rng.choices(range(len(left)), [weight for weight, _ in left])[0]
        edit = left.pop(at)[1](scene, rng)
        if edit is not None:
            return edit
    return None


def _names(tagged: Tagged, lexicon: Lexicon) -> list[Name]:
    out: list[Name] = []
    at = 0
    while at < len(tagged.words):
        if not _begins_name(tagged, at):
            at += 1
            continue
        last = _run_end(tagged, at, lexicon)
        out += _split(tagged, at, last, lexicon)
        at = last + 1
    return out


def _begins_name(tagged: Tagged, at: int) -> bool:
    word = tagged.words[at]
    return word.tag == "NNP" and word.lower not in CALENDAR and word.lower not in ("i", "mr", "the")


def _run_end(tagged: Tagged, at: int, lexicon: Lexicon) -> int:
    """Last word of the capitalised run that starts at `at`; `of (the)` inside an organisation's name is crossed."""
    last = at
    while last + 1 < len(tagged.words):
        if _begins_name(tagged, last + 1) and tagged.words[last + 1].is_alpha:
            last += 1
            continue
        step = 2 if tagged.lower(last + 2) == "the" else 1
        crossing = tagged.lower(last + 1) == "of" and last + step + 1 < len(tagged.words)
        head = tagged.words[at : last + 1]
        is_thing = head[0].text not in lexicon.given and not all(
            w.lower in TITLES or w.text in lexicon.demonyms for w in head
        )
        if crossing and is_thing and head[-1].lower not in lexicon.entities and _begins_name(tagged, last + step + 1):
            last += step + 1
            continue
        break
    return last


def _split(tagged: Tagged, first: int, last: int, lexicon: Lexicon) -> list[Name]:
    """Nationality and title words at the front stand for themselves: `Russian President Vladimir Putin`."""
    out: list[Name] = []
    while first < last and (tagged.words[first].text in lexicon.demonyms or tagged.lower(first) in TITLES):
        whole = tagged.slice(first, last).lower()
        if whole in lexicon.entities or tagged.lower(last) in ORGANISATION_WORDS:
            break
        if tagged.words[first].text in lexicon.demonyms:
            out.append(Name(first, first, "nationality"))
        first += 1
    if tagged.lower(first) in TITLES and first == last:
        return out
    return [*out, Name(first, last, _type(tagged, first, last, lexicon))]


def _type(tagged: Tagged, first: int, last: int, lexicon: Lexicon) -> str:
    text = tagged.slice(first, last)
    lower = text.lower()
    if lower in _NAMED_COUNTRIES:
        return "country" if lower != "us" or text.isupper() else "other"
    if tagged.lower(last) in ORGANISATION_WORDS and last > first:
        return "organisation"
    known = lexicon.entities.get(lower)
    if known and known != "person":
        return known
    if first < last <= first + 2:
        named = tagged.words[first].text in lexicon.given and tagged.words[last].text not in lexicon.given_only
        return "person" if known or named else "other"
    if first == last and (known or text in lexicon.surnames):
        titled = tagged.lower(first - 1) in TITLES or tagged.lower(first - 1) == "mr."
        return "surname" if titled or lower not in lexicon.frequent_words else "other"
    if first == last and len(text) > 1 and text.isupper():
        return "organisation"
    return "other"
