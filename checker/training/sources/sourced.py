"""Translations beside what they translate: the premise is in another language, the hypothesis in English.

For the model that reads originals. Real machine translations with what revisers marked, human translations with made
errors, and both beside lines of the original that they do not translate.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from checker.document import Span
from checker.errors import UnreadableFileError
from checker.evidence import Relation
from checker.training.examples import Example, Group, gold_spans
from checker.training.recipe import Source
from checker.training.sources.articles import corruptor_of
from checker.training.sources.reading import is_held_out, normalised, read_rows
from checker.training.sources.reviewed import Reviewed, example_of, read_reviewed
from checker.training.sources.twins import twins
from checker.training.written import Part
from checker.training.written.wire import read_wire

LONGEST = 640  # characters of both sides
SHORTEST = 12  # characters of either side
BLOCK = 25  # lines of a parallel file that are held out together, for neighbours are of one document
AS_CONTEXT = 0.3  # of the groups, how many stand beside a passage of the original, in which they have more around them
ASTRAY = 0.12  # of the groups, how many have their first sentence beside a line that it does not translate as well
WITH_A_HUMAN = 0.3  # of the groups of reviewed translations, how many have the human one among them
WHOLE = 0.35  # of the spliced lines, how many have a whole line behind them
ADDITION = "accuracy/addition"
NEIGHBOUR = 0.5  # of the lines whose words are taken, how many are the neighbour
HEAPS = 0.5  # of these groups, how many are heaps of words
LONG_WORD = 4  # letters
MISTRANSLATION = "accuracy/mistranslation"
WORD_SENSE = "accuracy/mistranslation/word-sense"
KINDS = {  # of written records
    "sense": ("not_entailment", WORD_SENSE),
    "opposite": ("contradiction", "accuracy/mistranslation/polarity"),
    "role": ("contradiction", "accuracy/mistranslation/role"),
    "modality": ("not_entailment", "accuracy/mistranslation/modality"),
    "quantity": ("contradiction", "accuracy/mistranslation/number"),
    "name": ("not_entailment", "accuracy/mistranslation/entity"),
    "scope": ("not_entailment", "accuracy/mistranslation/quantifier"),
}


class Line(NamedTuple):
    """A line of a parallel file; `key` is the same for its block of neighbours, and in all languages of one text."""

    source: str
    english: str
    key: str

    @property
    def is_kept_apart(self) -> bool:
        """True for what no training example comes from: by its place, and where translations of it were reviewed."""
        return is_held_out(self.key) or is_held_out(self.source)


def sourced_reviews(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Groups of all reviewed translations of one source sentence beside it, once each.

    Where a translation is right by its source and the human one says something else it is right here. Option
    `longest`: characters of both sides (default 640).
    """
    longest = int(source.options.get("longest", LONGEST))
    found = [some for some in read_reviewed(data / source.file) if some[0].source and not is_held_out(some[0].source)]
    for some in rng.sample(found, len(found)):
        other = rng.choice(found)[0].source
        group = _placed(_in_turns(some, rng, source), other, rng)
        yield from _short_enough(group, longest, some[0].language)


def _in_turns(some: Sequence[Reviewed], rng: random.Random, source: Source) -> list[Example]:
    """Right and wrong in turn where there are both, so that each error meets what is right."""
    judged = [example_of(one, one.source, Relation.REFERENCE, source) for one in some]
    if rng.random() < WITH_A_HUMAN and not any(one.review.differs for one in some):
        human = Example(
            some[0].source, some[0].reference, Relation.REFERENCE, "entailment", 0.0, (), source.loader, source.weight
        )
        judged.append(human)
    ordered = sorted(judged, key=lambda one: one.error or 0.0)
    return [ordered[place // 2] if place % 2 else ordered[-1 - place // 2] for place in range(len(ordered))]


def sourced_pairs(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Lines of one parallel file (`source TAB english`, gzip), right and with made errors.

    Options: `lexicon` (folder); `exclude` (JSON-lines files whose `reference` texts are kept out); `longest` as above;
    `least` (of each side's characters, default 12); `errors`, `kinds` and `only` as in `twins`.
    """
    longest, least = int(source.options.get("longest", LONGEST)), int(source.options.get("least", SHORTEST))
    corruptor = corruptor_of(data, source, rng)
    excluded = references_of(data, source.options.get("exclude", ()))
    lines = read_lines(data / source.file)
    for place in rng.sample(range(len(lines)), len(lines)):
        line = lines[place]
        if line.is_kept_apart or min(map(len, line[:2])) < least or normalised(line.english) in excluded:
            continue
        group = twins(line.source, line.english, Relation.REFERENCE, corruptor, rng, source, clean_weight=1.0)
        neighbour = lines[place + rng.choice((-1, 1))].source if 0 < place < len(lines) - 1 else lines[0].source
        yield from _short_enough(_placed(group, neighbour, rng), longest, language_of(source.file))


def sourced_splices(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Lines of one parallel file with the end, or all, of a neighbour's English put behind them, beside their source.

    All of it is good English of one matter, so the source alone tells what does not belong: a model that has not yet
    learnt to look there learns it from these. Options: `longest`, `least` and `exclude` as above.
    """
    longest, least = int(source.options.get("longest", LONGEST)), int(source.options.get("least", SHORTEST))
    excluded = references_of(data, source.options.get("exclude", ()))
    lines = read_lines(data / source.file)
    for place in rng.sample(range(1, len(lines) - 1), len(lines) - 2):
        line, other = lines[place], lines[place + rng.choice((-1, 1))]
        held = line.is_kept_apart or other.is_kept_apart or normalised(line.english) in excluded
        if held or min(map(len, (*line[:2], *other[:2]))) < least:
            continue
        yield from _short_enough(_spliced(line, other, rng, source), longest, language_of(source.file))


def _spliced(line: Line, other: Line, rng: random.Random, source: Source) -> Group:
    """What is spliced beside its source, between the line alone and, where it is whole, beside both sources."""
    ours, theirs = line.english.split(), other.english.split()
    whole = rng.random() < WHOLE
    kept = ours if whole else ours[: rng.randint(len(ours) // 4, max(1, 3 * len(ours) // 4))]
    more = theirs if whole else theirs[rng.randint(len(theirs) // 4, max(1, 3 * len(theirs) // 4)) :]
    parts = [(" ".join(kept), False), (" ".join(more), True)]
    if rng.random() < 0.5:
        parts.reverse()
    text = " ".join(part for part, _ in parts)
    start = 0 if parts[0][1] else len(parts[0][0]) + 1
    wrong = gold_spans([Span(start, start + len(parts[0][0] if parts[0][1] else parts[1][0]))], ADDITION)
    beside, loader, weight = Relation.REFERENCE, source.loader, source.weight
    group = [
        Example(line.source, line.english, beside, "entailment", 0.0, (), loader, weight),
        Example(line.source, text, beside, "not_entailment", 1.0, wrong, loader, weight),
    ]
    if whole:
        both = " ".join((line.source, other.source) if not parts[0][1] else (other.source, line.source))
        group.append(Example(both, text, beside, "entailment", 0.0, (), loader, weight))
    return tuple(group)


def sourced_words(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Words of a line among another's, in any order, or some of a line's replaced by another's, beside its source.

    What a single word stands for in the source is learnt from these: many words are judged at once, and in a heap of
    words nothing but the source can tell. Options: `longest`, `least` and `exclude` as above.
    """
    longest, least = int(source.options.get("longest", LONGEST)), int(source.options.get("least", SHORTEST))
    excluded = references_of(data, source.options.get("exclude", ()))
    lines = [
        line
        for line in read_lines(data / source.file)
        if not line.is_kept_apart and min(map(len, line[:2])) >= least and normalised(line.english) not in excluded
    ]
    for place in rng.sample(range(len(lines)), len(lines)):
        line, other = lines[place], lines[place - 1] if rng.random() < NEIGHBOUR else rng.choice(lines)
        make = _heap if rng.random() < HEAPS else _replaced
        group = make(line, other, rng, source)
        if group:
            yield from _short_enough(group, longest, language_of(source.file))


def _heap(line: Line, other: Line, rng: random.Random, source: Source) -> Group:
    """The words that carry meaning of both, in any order; those of `other` alone are marked."""
    ours, theirs = _carrying(line.english), _carrying(other.english)
    known = {word.casefold() for word in ours}
    words = [(word, False) for word in ours] + [(word, True) for word in theirs if word.casefold() not in known]
    rng.shuffle(words)
    return (_marked(line, words, source, label=None, error=None),) if words else ()


def _replaced(line: Line, other: Line, rng: random.Random, source: Source) -> Group:
    """A line in which a quarter of the words that carry meaning are another's of like form, beside the line itself."""
    words = line.english.split()
    known = {word.casefold() for word in _carrying(line.english)}
    offered = [word for word in _carrying(other.english) if word.casefold() not in known]
    places = [place for place, word in enumerate(words) if _core(word) in _carrying(line.english)]
    made: list[tuple[str, bool]] = [(word, False) for word in words]
    for place in rng.sample(places, max(1, len(places) // 4)) if places else ():
        like = [word for word in offered if _form(word) == _form(_core(words[place]))]
        if like:
            made[place] = (words[place].replace(_core(words[place]), rng.choice(like)), True)
    if not any(wrong for _, wrong in made):
        return ()
    clean = Example(line.source, line.english, Relation.REFERENCE, "entailment", 0.0, (), source.loader, source.weight)
    return _marked(line, made, source, label="not_entailment", error=1.0), clean


def _marked(
    line: Line, words: Sequence[tuple[str, bool]], source: Source, *, label: str | None, error: float | None
) -> Example:
    spans, start = [], 0
    for word, wrong in words:
        if wrong:
            spans.append(Span(start, start + len(word)))
        start += len(word) + 1
    text, gold = " ".join(word for word, _ in words), gold_spans(spans, ADDITION)
    return Example(line.source, text, Relation.REFERENCE, label, error, gold, source.loader, source.weight)


def _core(word: str) -> str:
    return word.strip(".,;:!?()[]\"'“”‘’«»")


def _carrying(text: str) -> list[str]:
    """Words that carry meaning, once each: figures, names, and all that are not short."""
    cores = (_core(word) for word in text.split())
    return list(dict.fromkeys(word for word in cores if len(word) >= LONG_WORD or word[:1].isupper() or word.isdigit()))


def _form(word: str) -> tuple[bool, bool, str]:
    """Alike for words that may stand in each other's place by their looks."""
    return word[:1].isupper(), word[:1].isdigit(), word[-1:]


def sourced_senses(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Human translations with one word in another sense of the source's word (MuCoW), beside that source.

    A part of these senses mean nearly the same: give them little weight. Options: `leave_out` (documents).
    """
    left_out = set(source.options.get("leave_out", ()))
    rows = [row for row in read_rows(data / source.file) if row["document_id"] not in left_out and row["errors"]]
    rng.shuffle(rows)
    for row in rows:
        if is_held_out(row["source"]) or len(row["source"]) + len(row["translation"]) > LONGEST:
            continue
        spans = gold_spans([Span(error["start"], error["end"]) for error in row["errors"]], WORD_SENSE)
        beside, relation = row["source"], Relation.REFERENCE
        of = (source.loader, source.weight, row["source_lang"])
        yield (
            Example(beside, row["translation"], relation, "not_entailment", 1.0, spans, *of),
            Example(beside, row["reference"], relation, "entailment", 0.0, (), *of),
        )


def sourced_verdicts(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Translations that are called right or wrong as a whole (`label` OK or BAD), beside their source."""
    rows = [row for row in read_rows(data / source.file) if row["label"] in ("OK", "BAD")]
    rng.shuffle(rows)
    for row in rows:
        if is_held_out(row["source"]) or len(row["source"]) + len(row["translation"]) > LONGEST:
            continue
        wrong = row["label"] == "BAD"
        label, spans = ("not_entailment", None) if wrong else ("entailment", ())
        yield (
            Example(
                row["source"], row["translation"], Relation.REFERENCE, label, float(wrong), spans, source.loader,
                source.weight, row["source_lang"],
            ),
        )  # fmt: skip


def sourced_records(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Sentences written for this project beside their original, the right one between wrong ones; again and again."""
    del data
    records = read_wire(Part.TRAINING)
    while records:
        for record in rng.sample(records, len(records)):
            [(beside, english)] = ((one.source, one.english) for one in record.sentences)
            of = (source.loader, source.weight)
            group = [Example(beside, english, Relation.REFERENCE, "entailment", 0.0, (), *of)]
            for number, slip in enumerate(rng.sample(record.slips, len(record.slips))):
                label, category = KINDS.get(slip.kind, ("not_entailment", MISTRANSLATION))
                spans = gold_spans(slip.text.errors, category)
                wrong = Example(beside, slip.text.text, Relation.REFERENCE, label, 1.0, spans, *of)
                group.insert(0 if number else 1, wrong)
            other = rng.choice(records).sentences[0].source
            yield from _short_enough(_placed(group, other, rng), LONGEST, record.language)


def read_lines(path: Path) -> list[Line]:
    """All lines of a parallel file; raises UnreadableFileError that names it where it cannot be read."""
    kind = path.name.split(".")[2]  # parallel.ru-en.ntrex.tsv.gz
    try:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            sides = [line.rstrip("\n").partition("\t") for line in stream]
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(f"{path}: training data cannot be read ({error}); see the recipe's `file`") from error
    return [Line(left, right, f"{kind}-{place // BLOCK}") for place, (left, _, right) in enumerate(sides)]


def references_of(data: Path, files: Sequence[str]) -> set[str]:
    """The human translations in some files, normalised: no training text may be one of those that are kept apart."""
    return {normalised(row["reference"]) for file in files for row in read_rows(data / file) if row["reference"]}


def _placed(group: Sequence[Example], other: str, rng: random.Random) -> Group:
    """The group beside its source alone, or within a passage; now and then beside a line that it does not translate."""
    examples = list(group)
    if examples and rng.random() < AS_CONTEXT:
        passage = " ".join(rng.sample((examples[0].premise, other), 2))
        return tuple(replace(one, premise=passage, relation=Relation.CONTEXT) for one in examples)
    if examples and rng.random() < ASTRAY:
        relation = rng.choice((Relation.REFERENCE, Relation.CONTEXT))
        error, spans = (0.0, ()) if relation is Relation.CONTEXT else (None, None)
        astray = replace(examples[0], premise=other, relation=relation, label="neutral", error=error, spans=spans)
        examples.append(astray)
    return tuple(examples)


def language_of(file: str) -> str:
    """The language beside English, ISO 639-1, by the name of a parallel file: text/parallel.es-en.pud.tsv.gz."""
    return Path(file).name.split(".")[1][:2]


def _short_enough(group: Group, longest: int, language: str) -> Iterator[Group]:
    short = (one for one in group if len(one.premise) + len(one.hypothesis) <= longest)
    kept = tuple(replace(one, language=language) for one in short)
    if kept:
        yield kept
