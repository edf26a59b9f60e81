"""Short fact-like statements taken from news sentences: what a fact sheet would say about the same matter.

They train the view of a premise as context: the statement contradicts the sentence where its matter was changed there,
and says nothing about an error anywhere else in the sentence.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from checker.document import Span
from checker.training.corruption import Corruption, Corruptor
from checker.training.corruption.kinds.content import NO_MODIFIER, modifier_slots, phrase_end
from checker.training.corruption.kinds.roles import sides
from checker.training.corruption.realise import realise
from checker.training.corruption.scene import NOUNS, WEEKDAYS, Name, Scene, insert_before
from checker.training.corruption.tokens import word_set

_CORRUPTED_BY = {
    "attribute": ("prefix", "antonym"),
    "office": ("entity",),
    "age": ("number",),
    "count": ("number",),
    "change": ("number",),
    "direction": ("antonym",),
    "place": ("entity",),
    "day": ("date",),
    "action": ("antonym", "negation_added"),
}
_ELSEWHERE = ("number", "date", "entity", "word_sense", "antonym", "prefix", "unit", "addition", "quantifier")
_TRIES = 60
_EVENTS = word_set(
    "summit meeting attack explosion bombing protest shooting earthquake conference hearing rally ceremony crash "
    "riot demonstration talks debate accident raid"
)
_MOVES = word_set("rose fell increased decreased grew dropped climbed declined jumped gained lost")
_OFFICES = word_set("president king queen emperor chancellor premier ambassador")
# Adjectives without a negating prefix whose opposite holds in any sense of theirs.
_OPPOSED = word_set(
    "violent peaceful guilty innocent safe dangerous weak strong rich poor temporary permanent alive dead"
)
_ATTRIBUTIVE_ONLY = word_set(
    "former latter main chief sole only mere major senior national local political legal official general social "
    "public federal military medical nuclear economic financial international foreign domestic northern southern "
    "eastern western presidential electoral criminal civil constitutional technical professional popular regular "
    "early late current long short top hard low high big little great full human black white dark light minor "
    "easy good bad difficult previous next last first second old new young own same other such certain joint "
    "primary secondary ultimate"
)


@dataclass(frozen=True, slots=True)
class Proposition:
    """A statement that holds where `sentence` does.

    `matter` are the words of `text` that carry the fact; `place` the words of `sentence` that say it; `used` everything
    of `sentence` that the statement repeats. `kind` is one of attribute, office, age, count, change, direction, place,
    day, action.
    """

    text: str
    matter: Span
    kind: str
    sentence: str
    place: Span
    used: tuple[Span, ...]


def propositions(sentence: str, corruptor: Corruptor) -> list[Proposition]:
    """Statements that a sentence implies, in text order within each kind; empty where none is safe."""
    if sentence.rstrip().endswith("?") or any(sign in sentence for sign in '"“”'):
        return []
    scene = corruptor.scene(sentence)
    if any(w.lower in _UNSURE for w in scene.words):
        return []
    found = [made for rule in _RULES for made in rule(scene)]
    return list({made.text: made for made in found}.values())


_UNSURE = word_set("if whether would could may might should unless")


def corrupt_matter(proposition: Proposition, corruptor: Corruptor, rng: random.Random) -> Corruption | None:
    """The sentence changed where it says the fact, so that the statement contradicts it; None where that fails."""

    def hits(made: Corruption) -> bool:
        start, end = proposition.place.start, proposition.place.end
        return (
            start - 5 <= made.original_span.start <= end
            and made.original_span.end <= end
            and bool(made.original_text or _adds_not(made))
        )

    return _try(proposition, corruptor, rng, _CORRUPTED_BY[proposition.kind], hits)


def corrupt_elsewhere(proposition: Proposition, corruptor: Corruptor, rng: random.Random) -> Corruption | None:
    """The sentence with an error that the statement says nothing about; None where none can be made."""

    def misses(made: Corruption) -> bool:
        start, end = made.original_span.start, made.original_span.end
        return all(end < used.start or start > used.end for used in proposition.used)

    return _try(proposition, corruptor, rng, _ELSEWHERE, misses)


def unrelated_adjective(sentence: str, rng: random.Random, corruptor: Corruptor) -> Corruption | None:
    """The sentence with an adjective that has an opposite put before a noun; None without a fit noun."""
    scene = corruptor.scene(sentence)
    slots = modifier_slots(scene)
    pool = [word for word in corruptor.lexicon.opposed_adjectives if word not in scene.text.lower()]
    if not slots or not pool:
        return None
    edit = insert_before(scene, rng.choice(slots), rng.choice(pool))
    return realise(sentence, edit, category="accuracy/addition", kind="unrelated_adjective")


def _adds_not(made: Corruption) -> bool:
    return made.replacement_text.strip() in ("not", "never")


def _try(
    proposition: Proposition,
    corruptor: Corruptor,
    rng: random.Random,
    kinds: tuple[str, ...],
    fits: Callable[[Corruption], bool],
) -> Corruption | None:
    for _ in range(_TRIES):
        made = corruptor.corrupt(proposition.sentence, rng, kinds)
        if made is None:
            continue
        if fits(made):
            return made
    return None


def _made(
    scene: Scene, text: str, matter: str, kind: str, place: tuple[int, int], used: list[tuple[int, int]]
) -> Proposition:
    """A proposition from word ranges; the first letter becomes a capital and the full stop is added."""
    text = text[:1].upper() + text[1:] + "."
    start = text.casefold().rindex(matter.casefold())
    spans = tuple(Span(scene.words[a].start, scene.words[b].end) for a, b in used)
    at = Span(scene.words[place[0]].start, scene.words[place[1]].end)
    return Proposition(text, Span(start, start + len(matter)), kind, scene.text, at, spans)


def _attributes(scene: Scene) -> Iterator[Proposition]:
    """`Russia's unprovoked invasion of Ukraine` -> `Russia's invasion of Ukraine is unprovoked.`"""
    lexicon = scene.lexicon
    for at in scene.of_tags(("JJ", "VBN")):
        word = scene.words[at]
        opposed = word.lower in lexicon.prefixed or word.lower in _OPPOSED
        if not opposed or word.lower in _ATTRIBUTIVE_ONLY or scene.tag(at + 1) not in NOUNS or scene.is_named(at):
            continue
        head = at + 1
        while scene.tag(head + 1) in NOUNS:
            head += 1
        owner = _owner(scene, at)
        if owner is None or scene.tag(head + 1) in ("JJ", "POS", "NNP"):
            continue
        first, subject = owner
        last = _tail(scene, head)
        vague = scene.lower(at - 1) != "the" or scene.lower(head) in NO_MODIFIER
        if subject == "the" and last == head and vague:
            continue  # from `at a difficult time`: `The time is difficult.` says of no one what is difficult
        rest = scene.tagged.slice(at + 1, last)
        be = "are" if scene.tag(head) == "NNS" else "is"
        yield _made(scene, f"{subject} {rest} {be} {word.lower}", word.lower, "attribute", (at, at), [(first, last)])


def _owner(scene: Scene, at: int) -> tuple[int, str] | None:
    """What stands before the adjective: a possessive name, `the`, or `a`, which becomes `the`."""
    before = at - 1
    if scene.lower(before) == "'s":
        name = next((n for n in scene.names if n.last == before - 1), None)
        return (name.first, scene.tagged.slice(name.first, before)) if name else None
    if scene.lower(before) in ("the", "a", "an") and scene.tag(before) == "DT":
        return before, "the"
    return None


def _tail(scene: Scene, head: int) -> int:
    """Last word of `of Ukraine`, `on the city` after a noun; the noun itself where no such phrase follows."""
    if scene.lower(head + 1) not in ("of", "on", "against", "in"):
        return head
    start = head + (3 if scene.lower(head + 2) == "the" else 2)
    named = next((n for n in scene.names if n.first == start), None)
    if named is not None:
        if scene.lower(named.last + 1).startswith("-"):
            return head  # `critic of the U.S.-led campaign`
        return named.last if scene.tag(named.last + 1) not in (*NOUNS, "POS", "NNP", "CC", "JJ") else head
    last = phrase_end(scene, head + 1)
    return head if last is None else last


def _offices(scene: Scene) -> Iterator[Proposition]:
    """`Ukrainian President Volodymyr Zelensky` -> `Volodymyr Zelensky is the president of Ukraine.`"""
    countries = scene.lexicon.country_of
    for name in scene.names:
        title, origin = name.first - 1, name.first - 2
        if (
            name.type != "person"
            or scene.lower(title) not in _OFFICES
            or not scene.words[title].is_capital
            or origin < 0
        ):
            continue
        country = countries.get(scene.words[origin].text)
        if (
            country is None
            or scene.lower(origin - 1) in ("former", "-", "ex", "then")
            or scene.tag(origin - 1) == "NNP"
        ):
            continue
        text = f"{scene.name_text(name)} is the {scene.lower(title)} of {country}"
        yield _made(scene, text, country, "office", (origin, origin), [(origin, name.last)])


def _ages(scene: Scene) -> Iterator[Proposition]:
    """`Maria Lopez, 42,` -> `Maria Lopez is 42 years old.`"""
    for name in scene.names:
        at = name.last + 2
        if name.type != "person" or scene.lower(at - 1) != "," or scene.lower(at + 1) != ",":
            continue
        if scene.words[at].text.isdigit() and 9 < int(scene.words[at].text) < 110:
            age = scene.words[at].text
            yield _made(scene, f"{scene.name_text(name)} is {age} years old", age, "age", (at, at), [(name.first, at)])


def _counts(scene: Scene) -> Iterator[Proposition]:
    """`at least 12 people were killed in Kabul` -> `At least 12 people were killed in Kabul.`"""
    for at in scene.of_tags(("CD",)):
        first = at - 2 if (scene.lower(at - 2), scene.lower(at - 1)) in (("at", "least"), ("more", "than")) else at
        noun = at + 1 if scene.tag(at + 1) == "NNS" else at + 2
        clean = scene.tag(noun) == "NNS" and (noun == at + 1 or scene.tag(at + 1) == "JJ")
        if not clean or not (
            first == 0 or scene.lower(first - 1) in (",", "that", "said", "and", "but", "when", "as", "after")
        ):
            continue
        verb = noun + 1
        passive = scene.lower(verb) in ("were", "are") and scene.tag(verb + 1) == "VBN"
        if not passive:
            continue
        last = verb + 1
        if scene.tag(last + 1) == "IN" and scene.lower(last + 1) in ("in", "on", "at", "near", "during"):
            last = phrase_end(scene, last + 1) or last
        figure = scene.words[at].text
        text = scene.tagged.slice(first, last)
        matter = _made(scene, text, figure, "count", (at, at), [(first, last)])
        start = scene.words[at].start - scene.words[first].start
        yield Proposition(
            matter.text, Span(start, start + len(figure)), "count", matter.sentence, matter.place, matter.used
        )


def _changes(scene: Scene) -> Iterator[Proposition]:
    """`exports rose 5 percent` -> `Exports rose 5 percent.` with the verb or the figure as the matter."""
    for at in scene.of_tags(("VBD",)):
        if scene.lower(at) not in _MOVES or scene.tag(at - 1) not in NOUNS:
            continue
        figure = at + 2 if scene.lower(at + 1) in ("by", "to") else at + 1
        if scene.tag(figure) != "CD" or scene.lower(figure + 1) not in ("percent", "%"):
            continue
        first = at - 1
        while scene.tag(first - 1) in ("JJ", "NN", "NNS", "DT"):
            first -= 1
        if first > 0 and scene.lower(first - 1) not in (",", "that", "said", "and", "but", "while", "as"):
            continue
        text = scene.tagged.slice(first, figure + 1)
        used = [(first, figure + 1)]
        yield _made(scene, text, scene.words[figure].text, "change", (figure, figure), used)
        yield _made(scene, text, scene.words[at].text, "direction", (at, at), used)


def _event_places(scene: Scene) -> Iterator[Proposition]:
    """`the summit in Madrid on Friday` -> `The summit took place in Madrid.`, `The summit took place on Friday.`"""
    for at in scene.of_tags(NOUNS):
        if scene.lower(at) not in _EVENTS or scene.tag(at + 1) != "IN":
            continue
        first = at
        while scene.tag(first - 1) in ("JJ", "NN", "NNP"):
            first -= 1
        if scene.lower(first - 1) not in ("the", "a", "an"):
            continue
        event = f"the {scene.tagged.slice(first, at)}"
        named = _place_at(scene, at + 2)
        if scene.lower(at + 1) == "in" and named is not None and scene.tag(named.last + 1) not in (*NOUNS, "POS", "CC"):
            place = scene.name_text(named)
            yield _made(
                scene,
                f"{event} took place in {place}",
                place,
                "place",
                (named.first, named.last),
                [(first, named.last)],
            )
            day_at = named.last + 1
        else:
            day_at = at + 1
        if scene.lower(day_at) == "on" and day_at + 1 < len(scene.words) and scene.words[day_at + 1].text in WEEKDAYS:
            day = scene.words[day_at + 1].text
            yield _made(
                scene,
                f"{event} took place on {day}",
                day,
                "day",
                (day_at + 1, day_at + 1),
                [(first, at), (day_at, day_at + 1)],
            )


def _place_at(scene: Scene, at: int) -> Name | None:
    return next((n for n in scene.names if n.first == at and n.type in ("place", "country")), None)


def _actions(scene: Scene) -> Iterator[Proposition]:
    """`the court rejected the appeal` -> `The court rejected the appeal.`"""
    for at in scene.of_tags(("VBD",)):
        found = sides(scene, at)
        opposed = (scene.lower(at), "VBD") in scene.lexicon.antonyms and scene.lower(at) not in (
            "took",
            "gave",
            "made",
            "went",
        )
        if found is None or not opposed:
            continue
        left, right = found
        if left[0] > 0 and scene.lower(left[0] - 1) not in (",", "that", "said", "but"):
            continue
        after = scene.lower(right[1] + 1)
        if after not in (".", ",", "in", "on", "after", "during") or scene.tag(left[1] + 1) != "VBD":
            continue
        text = scene.tagged.slice(left[0], right[1])
        yield _made(scene, text, scene.words[at].text, "action", (at, at), [(left[0], right[1])])


_RULES: tuple[Callable[[Scene], Iterator[Proposition]], ...] = (
    _attributes, _offices, _ages, _counts, _changes, _event_places, _actions
)  # fmt: skip
