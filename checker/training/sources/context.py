"""Pairs whose premise speaks of the same matters without saying the same: facts, and sentences of one article.

Clean copy is the largest supply of negatives, and the traps are made on purpose: a wrong word that the premise says
nothing about is no error *given this premise*, so that the model cannot call an odd word an error without evidence.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from checker.nli.wording import Word, split_words
from checker.training.corruption import Corruption, Corruptor
from checker.training.examples import Group
from checker.training.propositions import (
    Proposition,
    corrupt_elsewhere,
    corrupt_matter,
    propositions,
    unrelated_adjective,
)
from checker.training.recipe import Source
from checker.training.sources.articles import (
    FUNCTION_WORDS,
    Line,
    articles,
    clean_example,
    corruptor_of,
    is_content,
    wrong_example,
)

SILENT_SHARE = 0.25  # of clean article pairs, how many carry an error that the premise is silent on
JOINING = frozenset(["of", "the", "and", "for", "in", "on", "de", "la", "del", "al"])
KEPT_KINDS = ("accuracy/mistranslation/", "terminology")  # tense, a mere mistranslation, may well differ in context


def article_pairs(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Two sentences of one article that share uncommon words: clean, so never contradicted.

    A part of the groups also holds the hypothesis with an error in words that the premise does not speak of.
    """
    corruptor = corruptor_of(data, source, rng)
    for lines in articles(data, source, rng):
        rarity = _rarity(lines)
        for hypothesis in rng.sample(lines, min(3, len(lines))):
            premise = _related(hypothesis, lines, rarity, rng)
            if premise is None:
                continue
            group = [clean_example(premise.text, hypothesis.text, "not_contradiction", source)]
            if rng.random() < SILENT_SHARE:
                corruption = _content_corruption(corruptor, hypothesis.text, rng)
                if corruption is not None and not _speaks_of(premise, corruption):
                    group.append(clean_example(premise.text, corruption.text, "not_contradiction", source))
            yield tuple(group)


def hidden_sentences(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """What a sentence says in other words, shortened or beside a neighbour, against the sentence clean and in error.

    Option `paragraph`: true puts it into a premise of two to four sentences of the article, in place of a neighbour.
    """
    paragraph = bool(source.options.get("paragraph"))
    corruptor = corruptor_of(data, source, rng)
    for lines in articles(data, source, rng):
        for place in rng.sample(range(len(lines)), min(2, len(lines))):
            said = _said_otherwise(corruptor, lines[place].text, rng)
            if said is None:
                continue
            premise = said
            if paragraph:
                premise = _among_others(said, lines, place, rng)
            elif rng.random() < 0.35:
                neighbour = lines[place - 1] if rng.random() < 0.5 else lines[(place + 1) % len(lines)]
                premise = f"{neighbour.text} {said}" if rng.random() < 0.5 else f"{said} {neighbour.text}"
            group = _context_twins(Line(premise), lines[place].text, corruptor, rng, source)
            if len(group) > 1:
                yield group


def _among_others(said: str, lines: Sequence[Line], place: int, rng: random.Random) -> str:
    """`said` in place of its sentence between one to three of the sentences before and after it."""
    before = rng.randrange(3)
    after = rng.randrange(0 if before else 1, 4 - before)
    others = [line.text for line in lines]
    return " ".join([*others[max(0, place - before) : place], said, *others[place + 1 : place + 1 + after]])


def stated_facts(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """A short statement drawn from a sentence, against the sentence clean, contradicting it, and wrong elsewhere.

    Half of the sentences get an adjective first that has an opposite, so that any noun may be called anything.
    """
    corruptor = corruptor_of(data, source, rng)
    for lines in articles(data, source, rng):
        for line in rng.sample(lines, min(6, len(lines))):
            sentence = line.text
            if rng.random() < 0.5:
                qualified = unrelated_adjective(sentence, rng, corruptor)
                sentence = qualified.text if qualified is not None else sentence
            found = propositions(sentence, corruptor)
            if found:
                yield from _fact_groups(rng.choice(found), corruptor, rng, source)


def _fact_groups(proposition: Proposition, corruptor: Corruptor, rng: random.Random, source: Source) -> Iterator[Group]:
    wrong = corrupt_matter(proposition, corruptor, rng)
    if wrong is None:
        return
    fact = _stated(proposition, corruptor, rng)
    group = [
        clean_example(fact, proposition.sentence, "not_contradiction", source),
        wrong_example(fact, wrong, source),
    ]
    elsewhere = corrupt_elsewhere(proposition, corruptor, rng)
    if elsewhere is not None and rng.random() < 0.5:
        group.append(clean_example(fact, elsewhere.text, "not_contradiction", source))
    yield tuple(group)


def _stated(proposition: Proposition, corruptor: Corruptor, rng: random.Random) -> str:
    """The statement as it is, as what somebody said, or with the denied opposite of its adjective."""
    text, matter = proposition.text, proposition.matter
    if proposition.kind == "attribute" and rng.random() < 0.5:
        opposites = corruptor.lexicon.prefixed.get(text[matter.start : matter.end].lower(), ())
        if opposites:
            text = f"{text[: matter.start]}not {rng.choice(opposites)}{text[matter.end :]}"
    if rng.random() < 0.3:
        speaker = rng.choice(("Officials said", "The minister said", "Critics say", "According to the government,"))
        text = f"{speaker} {text if text[:1].isupper() and text.split()[0] != 'The' else text[:1].lower() + text[1:]}"
    return text


def shared_names(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Two sentences of an article that share a name or phrase; one word inside it is replaced in the hypothesis.

    Option `names_only`: phrases of common words are left out.
    """
    names_only = bool(source.options.get("names_only"))
    corruptor = corruptor_of(data, source, rng)
    for lines in articles(data, source, rng):
        pairs = [(one, other) for one in lines for other in lines if one is not other]
        rng.shuffle(pairs)
        made = 0
        for premise, hypothesis in pairs[:120]:
            shared = shared_phrase(premise, hypothesis)
            if shared is None or (names_only and not hypothesis.text[shared[0]].isupper()):
                continue
            group = phrase_twins(premise, hypothesis, shared, corruptor, rng, source)
            if len(group) > 1:
                yield group
                made += 1
            if made == 3:
                break


def shared_numbers(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Two sentences of an article with the same figure and the same word after it; the figure is changed in one."""
    corruptor = corruptor_of(data, source, rng)
    for lines in articles(data, source, rng):
        by_figure: dict[tuple[str, str], list[Line]] = defaultdict(list)
        for line in lines:
            for word, following in zip(line.words, line.words[1:], strict=False):
                if word.folded[:1].isdigit() and following.folded not in FUNCTION_WORDS:
                    by_figure[word.folded, following.stem].append(line)
        for (figure, _), found in sorted(by_figure.items()):
            if len(found) < 2 or found[0] is found[1]:
                continue
            premise, hypothesis = rng.sample(found, 2)
            corruption = corruptor.corrupt(hypothesis.text, rng, kinds=_kinds(corruptor, "number"))
            if corruption is not None and figure in corruption.original_text:
                yield (
                    clean_example(premise.text, hypothesis.text, "not_contradiction", source),
                    wrong_example(premise.text, corruption, source, "contradiction"),
                )


def _rarity(lines: Sequence[Line]) -> dict[str, float]:
    """Stem -> inverse frequency in this article."""
    counts = Counter(stem for line in lines for stem in line.stems)
    return {stem: math.log(1 + len(lines) / count) for stem, count in counts.items()}


def _related(hypothesis: Line, lines: Sequence[Line], rarity: dict[str, float], rng: random.Random) -> Line | None:
    """One of the three other sentences that share most with it, as retrieval would find."""
    scored = [
        (sum(rarity[stem] for stem in hypothesis.stems & line.stems), place)
        for place, line in enumerate(lines)
        if line is not hypothesis and hypothesis.stems & line.stems
    ]
    best = sorted(scored, reverse=True)[:3]
    return lines[rng.choice(best)[1]] if best else None


def _content_corruption(corruptor: Corruptor, sentence: str, rng: random.Random) -> Corruption | None:
    for _ in range(4):
        corruption = corruptor.corrupt(sentence, rng)
        if corruption is not None and corruption.category.startswith(KEPT_KINDS):
            return corruption
    return None


def _kinds(corruptor: Corruptor, name: str) -> list[str]:
    return [kind for kind in corruptor.kinds() if kind.startswith(name)]


def _speaks_of(premise: Line, corruption: Corruption) -> bool:
    """True where the premise shares a word with what was replaced or with what stands there now.

    For an inserted or removed negation that is the word it applies to.
    """
    start, end = corruption.original_span.start, corruption.original_span.end
    before = (
        corruption.text[:start] + corruption.original_text + corruption.text[start + len(corruption.replacement_text) :]
    )
    near = [word for word in split_words(before) if word.end > start - 25 and word.start < end + 25]
    touched = {word.stem for word in near} | {word.stem for word in split_words(corruption.replacement_text)}
    content = {stem for stem in touched if stem not in FUNCTION_WORDS}
    replaced = {word.stem for word in split_words(corruption.original_text)} - FUNCTION_WORDS
    return bool((replaced or content) & premise.stems) or bool(
        {word.stem for word in split_words(corruption.replacement_text)} & premise.stems
    )


def _context_twins(premise: Line, hypothesis: str, corruptor: Corruptor, rng: random.Random, source: Source) -> Group:
    """Clean, plus an error in what the premise says, or an error where it is silent (no error given the premise)."""
    group = [clean_example(premise.text, hypothesis, "not_contradiction", source)]
    for _ in range(3):
        corruption = _content_corruption(corruptor, hypothesis, rng)
        if corruption is None:
            break
        replaced = {word.stem for word in split_words(corruption.original_text)} - FUNCTION_WORDS
        if replaced and replaced <= premise.stems:
            group.append(wrong_example(premise.text, corruption, source))
            break
        if not _speaks_of(premise, corruption):
            group.append(clean_example(premise.text, corruption.text, "not_contradiction", source))
            break
    return tuple(group)


def _said_otherwise(corruptor: Corruptor, sentence: str, rng: random.Random) -> str | None:
    """The sentence reworded, shortened, or both; None where neither can be done."""
    said = corruptor.reduce(sentence) if rng.random() < 0.6 else None
    reworded = corruptor.paraphrase(said or sentence, rng)
    return reworded.text if reworded is not None else said


def shared_phrase(premise: Line, hypothesis: Line) -> tuple[int, int] | None:
    """Place in the hypothesis of the longest name or phrase of at least two content words that the premise has too."""
    starts: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(premise.words):
        starts[word.folded].append(place)
    ours = hypothesis.words
    best: tuple[int, int, int] | None = None
    for first, word in enumerate(ours):
        if not is_content(word):
            continue
        for place in starts.get(word.folded, ()):
            length = _common_length(hypothesis, first, premise.words[place:])
            content = sum(is_content(one) for one in ours[first : first + length])
            if content >= 2 and (best is None or content > best[0]):
                best = (content, word.start, ours[first + length - 1].end)
    return None if best is None else best[1:]


def _common_length(line: Line, first: int, theirs: Sequence[Word]) -> int:
    """How many words agree from `first` on, within one name or one run of common words, joining words apart."""
    last = 0
    capital = line.text[line.words[first].start].isupper()
    for length, (word, other) in enumerate(zip(line.words[first:], theirs, strict=False), start=1):
        joins = word.folded in JOINING
        if word.folded != other.folded or not (joins or is_content(word)):
            break
        if not joins and line.text[word.start].isupper() != capital:
            break
        if not joins:
            last = length
    return last


def phrase_twins(
    premise: Line, hypothesis: Line, shared: tuple[int, int], corruptor: Corruptor, rng: random.Random, source: Source
) -> Group:
    """The clean pair and one whose shared phrase has another word in it; the rest of the phrase still stands."""
    clean = clean_example(premise.text, hypothesis.text, "not_contradiction", source)
    start, end = shared
    inside_name = hypothesis.text[start].isupper()
    wanted = [*_kinds(corruptor, "entity" if inside_name else "polarity"), *_kinds(corruptor, "word")]
    for attempt in range(6):
        corruption = corruptor.corrupt(hypothesis.text, rng, kinds=wanted if attempt < 5 else None)
        if corruption is None:
            break
        place = corruption.original_span
        inside = start <= place.start and place.end <= end and len(place) < end - start
        replaced = {word.stem for word in split_words(corruption.original_text)} - FUNCTION_WORDS
        new = {word.stem for word in split_words(corruption.replacement_text)}
        if inside and replaced and not new & premise.stems and corruption.category.startswith(KEPT_KINDS):
            return (clean, wrong_example(premise.text, corruption, source))
    return (clean,)
