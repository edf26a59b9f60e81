"""The loaders that a recipe may name, and the step that turns a recipe into a file of groups."""

from __future__ import annotations

import hashlib
import logging
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from checker.errors import UsageError
from checker.training.examples import Group, read_groups, write_groups
from checker.training.recipe import Recipe, Source

log = logging.getLogger(__name__)
Loader = Callable[[Path, Source, random.Random], Iterator[Group]]

# Name in a recipe -> module of this package. Modules are imported when a recipe names them: some read large word lists.
LOADERS = {
    "labelled_pairs": "labelled",
    "identical_pairs": "labelled",
    "unlabelled_pairs": "labelled",
    "rated_translations": "rated",
    "rated_twins": "rated",
    "translated_pairs": "paraphrased",
    "turned_pairs": "paraphrased",
    "edited_pairs": "paraphrased",
    "article_pairs": "context",
    "hidden_sentences": "context",
    "stated_facts": "context",
    "shared_names": "context",
    "shared_numbers": "context",
    "opposed_modifiers": "opposed",
    "differing_modifiers": "opposed",
    "broken_sentences": "language",
    "confused_senses": "language",
    "own_false_alarms": "mined",
    "told_events": "told",
    "written_records": "written",
    "written_pairs": "written",
    "reviewed_translations": "reviewed",
    "noted_translations": "noted",
    "namesakes": "namesakes",
    "backtranslations": "backtranslated",
    "desk_articles": "desk",
    "sourced_reviews": "sourced",
    "sourced_pairs": "sourced",
    "sourced_splices": "sourced",
    "sourced_words": "sourced",
    "sourced_senses": "sourced",
    "sourced_verdicts": "sourced",
    "sourced_records": "sourced",
}


def prepare(recipe: Recipe, data: Path, output: Path, *, workers: int = 1) -> Counter[str]:
    """Write the groups of every source of `recipe` to `output`; returns the number of examples by source and label.

    `data` is the folder that the recipe's `file` entries are relative to. The same recipe, data and seed make the same
    file, whatever the number of `workers` (processes, a source at a time each). Each source is written to a part of its
    own beside `output`, so that an interrupted run goes on where it stopped. Raises UsageError for an unknown loader,
    UnreadableFileError for a missing file.
    """
    for source in recipe.sources:
        _loader(source)
    parts = [output.parent / f"{output.name}.parts" / _part_name(recipe, place) for place in range(len(recipe.sources))]
    parts[0].parent.mkdir(parents=True, exist_ok=True)
    places = range(len(parts))
    if workers == 1:
        counts = [_prepare_part(recipe, place, data, parts[place]) for place in places]
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            made = [pool.submit(_prepare_part, recipe, place, data, parts[place]) for place in places]
            counts = [each.result() for each in made]
    partial = output.with_suffix(".partial")
    with partial.open("wb") as stream:
        for part in parts:
            stream.write(part.read_bytes())  # gzip members after one another are one gzip file
    partial.replace(output)
    shutil.rmtree(parts[0].parent)
    return sum(counts, Counter())


def _part_name(recipe: Recipe, place: int) -> str:
    """Of the part of one source; another where anything that decides what is in it is different."""
    decides = repr((recipe.seed, place, recipe.sources[place]))
    return f"{place:03}-{hashlib.sha256(decides.encode()).hexdigest()[:12]}.jsonl.gz"


def _prepare_part(recipe: Recipe, place: int, data: Path, part: Path) -> Counter[str]:
    """Write the groups of one source unless they are there already, and count their examples."""
    source = recipe.sources[place]
    if not part.is_file():
        rng = random.Random(f"{recipe.seed}-{place}-{source.loader}")
        groups = write_groups(part, islice(_loader(source)(data, source, rng), source.count))
        log.info("%s %s: %d groups", source.loader, source.file, groups)
    counts: Counter[str] = Counter()
    for group in read_groups(part):
        for example in group:
            counts[f"{source.loader} {example.label} {'error' if example.error else 'clean'}"] += 1
    return counts


def _loader(source: Source) -> Loader:
    if source.loader not in LOADERS:
        raise UsageError(f"the recipe names loader {source.loader!r}; known loaders: {', '.join(sorted(LOADERS))}")
    loader: Loader = getattr(import_module(f"checker.training.sources.{LOADERS[source.loader]}"), source.loader)
    return loader
