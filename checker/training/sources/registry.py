"""The loaders that a recipe may name, and the step that turns a recipe into a file of groups."""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path

from checker.errors import UsageError
from checker.training.examples import Group, write_groups
from checker.training.recipe import Recipe, Source

log = logging.getLogger(__name__)
Loader = Callable[[Path, Source, random.Random], Iterator[Group]]

# Name in a recipe -> module of this package. Modules are imported when a recipe names them: some read large word lists.
LOADERS = {
    "labelled_pairs": "labelled",
    "identical_pairs": "labelled",
    "rated_translations": "rated",
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
}


def prepare(recipe: Recipe, data: Path, output: Path) -> Counter[str]:
    """Write the groups of every source of `recipe` to `output`; returns the number of examples by source and label.

    `data` is the folder that the recipe's `file` entries are relative to. The same recipe, data and seed make the same
    file. Raises UsageError for an unknown loader, UnreadableFileError for a missing file.
    """
    counts: Counter[str] = Counter()
    write_groups(output, _all_groups(recipe, data, counts))
    return counts


def _all_groups(recipe: Recipe, data: Path, counts: Counter[str]) -> Iterator[Group]:
    for place, source in enumerate(recipe.sources):
        rng = random.Random(f"{recipe.seed}-{place}-{source.loader}")
        groups = 0
        for group in islice(_loader(source)(data, source, rng), source.count):
            groups += 1
            for example in group:
                counts[f"{source.loader} {example.label} {'error' if example.error else 'clean'}"] += 1
            yield group
        log.info("%s %s: %d groups", source.loader, source.file, groups)


def _loader(source: Source) -> Loader:
    if source.loader not in LOADERS:
        raise UsageError(f"the recipe names loader {source.loader!r}; known loaders: {', '.join(sorted(LOADERS))}")
    loader: Loader = getattr(import_module(f"checker.training.sources.{LOADERS[source.loader]}"), source.loader)
    return loader
