"""Wire copy with errors in known places, for `audit.py quality`: whole articles, or articles cut into wire briefs.

There are 714 articles that the model never saw, and some 45,000 briefs in all 14,738: so a run at size takes as many
briefs of the former as there are, up to half, and tells their figures apart from the others'. Half of what is written
is clean; a quarter has errors that sentences of its own contradict, a quarter errors that a store of facts denies.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from checker.audit.dataset import AuditReader
from checker.audit.intervals import wilson
from checker.document import Document, Span, make_document
from checker.evaluation.planted import (
    ARTICLES,
    LEXICON,
    PlantedArticle,
    held_out_articles,
    plant,
    plant_repeated,
    planted_articles,
    repeated_articles,
)
from checker.evidence import FactStore
from checker.training.corruption import Corruptor
from checker.training.sources.reading import is_for_calibration, is_held_out, read_rows

ERRORS = 2  # in a text that has any
SHORTEST, LONGEST = 5, 8  # sentences of a brief
WIRE, FACTS, GOLD = "wire.jsonl", "sheet.facts", "gold.json"
KINDS = ("clean", "article", "facts")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a folder holds: so many briefs, or so many whole articles where `briefs` is false."""

    texts: int
    briefs: bool
    seed: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is written; `right` are the sentences it had before errors came in, for the store of facts."""

    kind: str
    unseen: bool
    text: str
    errors: tuple[Span, ...] = ()
    right: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """What is known of a text by its place in the input; `unseen` says that no training or calibration read it."""

    kind: str
    unseen: bool
    errors: tuple[Span, ...]
    words: int


def prepare(folder: Path, data: Path, asked: Asked) -> list[Gold]:
    """Writes texts, facts and what is known of them into `folder`, or reads it where that was done before.

    What is known is written last, so after a kill in the middle everything is made again, and is the same.
    """
    place = folder / GOLD
    if not place.exists():
        texts = list(_briefs(data, asked) if asked.briefs else _articles(data, asked))
        random.Random(asked.seed).shuffle(texts)  # so that what is done when a run is looked at early is a fair sample
        _write(folder, texts, asked)
    content = json.loads(place.read_text(encoding="utf-8"))
    if content["asked"] != asdict(asked):
        raise SystemExit(f"{folder} holds {content['asked']}; give another --keep")
    return [
        Gold(kind, unseen, tuple(Span(*each) for each in errors), words)
        for kind, unseen, errors, words in content["texts"]
    ]


def _write(folder: Path, texts: list[Text], asked: Asked) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{FACTS}*"):  # of a run that was killed before it had written everything
        left.unlink()
    with (folder / WIRE).open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": each.text}) + "\n" for each in texts)
    with FactStore.open(folder / FACTS) as store:
        store.add(dict.fromkeys(sentence for each in texts for sentence in each.right))
    known = [
        (each.kind, each.unseen, [(one.start, one.end) for one in each.errors], len(each.text.split()))
        for each in texts
    ]
    partial = folder / f".{GOLD}.partial"
    partial.write_text(json.dumps({"asked": asdict(asked), "texts": known}), encoding="utf-8")
    partial.replace(folder / GOLD)


def _articles(data: Path, asked: Asked) -> Iterator[Text]:
    """Whole articles, all of them unseen."""
    quarter = asked.texts // 4
    for clean in held_out_articles(data, asked.seed)[: asked.texts // 2]:
        yield Text("clean", True, clean.text)
    taken = set()
    for _, one in zip(range(quarter), repeated_articles(data, errors=ERRORS, seed=asked.seed), strict=False):
        taken.add(one.document.id)
        yield _planted("article", True, one)
    others = (one for one in planted_articles(data, errors=ERRORS, seed=asked.seed) if one.clean.id not in taken)
    for _, one in zip(range(quarter), others, strict=False):
        yield _planted("facts", True, one)


def _briefs(data: Path, asked: Asked) -> Iterator[Text]:
    """Unseen briefs up to half, then others; each brief comes once, and no two have the same text."""
    unseen: dict[str, Document] = {}
    seen: dict[str, Document] = {}
    for row in read_rows(data / ARTICLES):
        held_out = is_held_out(row["id"]) and not is_for_calibration(row["id"])
        for brief in _cut(row):
            if brief.text not in unseen and brief.text not in seen:
                (unseen if held_out else seen)[brief.text] = brief
    corruptor = Corruptor(data / LEXICON, asked.seed)
    first = list(_with_errors(list(unseen.values()), asked.texts // 2, corruptor, asked.seed, unseen=True))
    yield from first
    yield from _with_errors(list(seen.values()), asked.texts - len(first), corruptor, asked.seed, unseen=False)


def _cut(row: dict[str, str]) -> Iterator[Document]:
    """Runs of whole paragraphs of an article with five to eight sentences; what fits into none is left out."""
    run: list[str] = []
    sentences = 0
    for paragraph in filter(str.strip, row["text"].split("\n")):
        run.append(paragraph)
        sentences += len(make_document(paragraph, language="en").sentences)
        if sentences < SHORTEST:
            continue
        if sentences <= LONGEST:
            yield make_document("\n".join(run), title=row["title"], language="en")
        run, sentences = [], 0


def _with_errors(
    briefs: list[Document], number: int, corruptor: Corruptor, seed: int, *, unseen: bool
) -> Iterator[Text]:
    """`number` briefs drawn at random, or as many as there are: half of them clean, the others with errors."""
    rng = random.Random(seed)
    rng.shuffle(briefs)
    number = min(number, len(briefs))
    clean, rest = briefs[: number // 2], iter(briefs[number // 2 :])
    for brief in clean:
        yield Text("clean", unseen, brief.text)
    passed_over: list[Document] = []
    repeated, planted = number // 4, number - number // 2 - number // 4
    while repeated and (brief := next(rest, None)):
        one = plant_repeated(brief, corruptor, rng, ERRORS)
        if one.errors:
            repeated -= 1
            yield _planted("article", unseen, one)
        else:
            passed_over.append(brief)
    passed_over += rest
    for brief in rng.sample(passed_over, min(planted, len(passed_over))):
        yield _planted("facts", unseen, plant(brief, corruptor, rng, ERRORS))


def _planted(kind: str, unseen: bool, one: PlantedArticle) -> Text:
    right = [" ".join(sentence.text.split()) for sentence in one.clean.sentences] if kind == "facts" else ()
    facts = tuple(sentence for sentence in right if any(map(str.isalnum, sentence)))
    return Text(kind, unseen, one.document.text, tuple(error.span for error in one.errors), facts)


def report(output: Path, gold: list[Gold]) -> Iterator[str]:
    """A line for each kind of text, unseen ones first: of what the parts of the data set hold, which may not be all."""
    reader = AuditReader(output)
    done = {row.position: row.status.value for row in reader.documents()}
    found: dict[int, list[tuple[Span, float]]] = {}
    for finding in reader.findings():
        found.setdefault(finding.position, []).append((Span(finding.start, finding.end), finding.confidence))
    if len(done) < len(gold):
        yield f"the first {len(done)} of {len(gold)} texts"
    for unseen in (True, False):
        for kind in KINDS:
            places = [place for place in done if (gold[place].kind, gold[place].unseen) == (kind, unseen)]
            if places:
                yield f"{'unseen' if unseen else 'others'}, {_line(kind, places, gold, found)}"
    unchecked = [place for place, status in done.items() if status != "checked"]
    if unchecked:
        yield f"{len(unchecked)} texts were not checked, the first at {unchecked[0]}"


def _line(kind: str, places: list[int], gold: list[Gold], found: dict[int, list[tuple[Span, float]]]) -> str:
    words = sum(gold[place].words for place in places)
    errors = [(place, span) for place in places for span in gold[place].errors]
    alarms = [(place, span, sure) for place in places for span, sure in found.get(place, ())]
    hit = sum(any(span.overlaps(one) for one, _ in found.get(place, ())) for place, span in errors)
    right = sum(any(span.overlaps(one) for one in gold[place].errors) for place, span, _ in alarms)
    wrong = len(alarms) - right
    low, high = wilson(hit, len(errors))
    recall = f", {hit} of {len(errors)} errors found ({hit / len(errors):.3f}, {low:.3f}-{high:.3f})" if errors else ""
    return (
        f"{kind}: {len(places)} texts{recall}; {wrong} alarms elsewhere, {1000 * wrong / max(1, words):.2f} in 1,000 "
        f"words; {right} of {len(alarms)} alarms right, {sum(sure for _, _, sure in alarms):.1f} expected"
    )
