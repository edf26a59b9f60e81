"""Learns the tables of `checker.evidence.lexicon`: `python -m checker.training.lexicon DATA checker/evidence/lexicon`.

IBM model 1 in both directions (Brown et al. 1993, with an empty word), a pair of words weighed by the geometric mean of
the two probabilities. Only texts that anybody may use are read, and none that the rules are measured on.
"""

from __future__ import annotations

import gzip
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from checker.errors import UnreadableFileError
from checker.evidence.lexicon import ENGLISH, LANGUAGES, stems

_FILES = ("tatoeba", "tatoeba_test", "europarl20k", "tico19")
_ROUNDS = 5
_FEWEST, _MOST = 2, 0.4  # sentences that have a word, and the share of them: outside of that it says nothing
_LEAST, _LEAST_OF_BEST = 0.15, 0.25  # weight of a translation, and beside the word's best
_SURE = 0.2  # weight of the best
_TRANSLATIONS = 5
_NEGLIGIBLE = 1e-3
_EMPTY = ""
_DOUBT, _DOUBTED = 0.6, 1.6  # counts of a word before any is seen

Sides = tuple[tuple[str, ...], tuple[str, ...]]
Table = dict[tuple[str, str], float]


def learn_lexicon(pairs: Iterable[tuple[str, str]], language: str) -> list[str]:
    """The rows of the table of one language, from (its sentence, the English one); in order."""
    seen = [(tuple(sorted(stems(one, language))), tuple(sorted(stems(other, ENGLISH)))) for one, other in pairs]
    known = _without_extremes(seen)
    forward, backward = _probabilities(known), _probabilities([(two, one) for one, two in known])
    translations = _translations(forward, backward)
    offers: dict[str, set[str]] = defaultdict(set)
    for word, words in translations.items():
        for each in words:
            offers[each].add(word)
    kept = _kept(seen, {word: set(words) for word, words in translations.items()})
    english_kept = _kept([(two, one) for one, two in seen], offers)
    rows = ["\t".join((language, word, f"{kept[word]:.2f}", *translations[word])) for word in sorted(translations)]
    return rows + [f"{ENGLISH}\t{word}\t{english_kept[word]:.2f}" for word in sorted(offers)]


def _without_extremes(pairs: Sequence[Sides]) -> list[Sides]:
    counts = [Counter(chain.from_iterable(pair[side] for pair in pairs)) for side in (0, 1)]
    most = _MOST * len(pairs)

    def kept(words: tuple[str, ...], side: int) -> tuple[str, ...]:
        return tuple(word for word in words if _FEWEST <= counts[side][word] < most)

    return [(kept(one, 0), kept(two, 1)) for one, two in pairs]


def _probabilities(pairs: Sequence[Sides]) -> Table:
    """How likely each word of the first side is translated by each of the second."""
    table: Table = {}
    for turn in range(_ROUNDS):
        counts: Table = defaultdict(float)
        totals: dict[str, float] = defaultdict(float)
        for words, others in pairs:
            for other in others:
                likely = [(word, table.get((word, other), 0.0) if turn else 1.0) for word in (*words, _EMPTY)]
                total = sum(share for _, share in likely)
                for word, share in likely if total else ():
                    counts[word, other] += share / total
                    totals[word] += share / total
        shares = ((pair, count / totals[pair[0]]) for pair, count in counts.items())
        table = {pair: share for pair, share in shares if share > _NEGLIGIBLE}
    return table


def _translations(forward: Table, backward: Table) -> dict[str, tuple[str, ...]]:
    weights: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (word, other), share in forward.items():
        if word and other and (other, word) in backward:
            weights[word].append((-math.sqrt(share * backward[other, word]), other))
    found: dict[str, tuple[str, ...]] = {}
    for word, some in weights.items():
        best = min(some)[0]
        if -best >= _SURE:
            enough = max(_LEAST, _LEAST_OF_BEST * -best)
            found[word] = tuple(other for weight, other in sorted(some) if -weight >= enough)[:_TRANSLATIONS]
    return found


def _kept(pairs: Sequence[Sides], translations: dict[str, set[str]]) -> dict[str, float]:
    """For each word the share of its sentences whose translation has one of its translations."""
    have: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for words, others in pairs:
        for word in words:
            if word in translations:
                have[word] += 1
                hit[word] += not translations[word].isdisjoint(others)
    return {word: (hit[word] + _DOUBT) / (have[word] + _DOUBTED) for word in translations}


def _read_pairs(data: Path, language: str) -> Iterator[tuple[str, str]]:
    paths = [path for name in _FILES if (path := data / f"text/parallel.{language}-en.{name}.tsv.gz").is_file()]
    if not paths:
        raise UnreadableFileError(f"{data}/text: no parallel.{language}-en.*.tsv.gz; give the folder with the data")
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                one, _, other = line.rstrip("\n").partition("\t")
                yield one, other


def main(data: Path, output: Path) -> None:
    """Writes a table a language into `output`; minutes a language."""
    for language in LANGUAGES:
        rows = learn_lexicon(_read_pairs(data, language), language)
        (output / f"{language}.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
