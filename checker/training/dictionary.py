"""Learns the dictionary of a model of originals: `python -m checker.training.dictionary DATA FOLDER`.

IBM model 1 in both directions (Brown et al. 1993, with an empty word), a pair of words weighed by the geometric mean of
the two probabilities. It reads the parallel texts and the human translations of the training data, and nothing that is
kept apart for figures.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from checker.document.language import DEFAULT_LANGUAGE as ENGLISH
from checker.nli.dictionary import english_key, save_dictionary
from checker.nli.encoding import PairEncoder
from checker.nli.wording import split_words
from checker.training.sources.reading import is_held_out, normalised, read_rows
from checker.training.sources.sourced import language_of, read_lines, references_of

PARALLEL = ("newstest", "newstest2008_2012", "europarl20k", "tatoeba", "tatoeba_test", "tico19", "pud", "flores_dev")
REVIEWED = (
    "text/mt_vs_reference.en.jsonl.gz", "mt_errors/da_wmt15-17_x-en.jsonl.gz", "mt_errors/mlqe_et-en_multiref.jsonl.gz",
    "mt_errors/mlqe_pe_et-en.jsonl.gz", "mt_errors/mlqe_pe_ro-en.jsonl.gz", "mt_errors/mlqe_pe_ru-en.jsonl.gz",
)  # fmt: skip
KEPT_APART = (
    "mt_errors/demetr_shared.jsonl.gz", "mt_errors/mqm_wmt21_zh-en.jsonl.gz", "mt_errors/bio_mqm_x-en.jsonl.gz",
)  # fmt: skip
ROUNDS = 5
FEWEST, MOST = 2, 0.3  # sentences that have a word, and the share of them: outside of that it says nothing
LEAST, LEAST_OF_BEST = 0.08, 0.12  # weight of a translation, and beside the word's best
SURE = 0.15  # weight of the best
TRANSLATIONS = 8
DOUBT, DOUBTED = 0.6, 1.6  # counts of a word before any is seen

Numbers = NDArray[np.int32]
Shares = NDArray[np.float32]


class _Side(NamedTuple):
    """The words of all sentences one after another.

    `owner` is the sentence of each, `word` the number of its key in `names`, `form` that of the word itself in `forms`.
    """

    names: list[str]
    owner: Numbers
    word: Numbers
    forms: list[str]
    form: Numbers


class _Pairs(NamedTuple):
    """All pairs of words that share a sentence: their places on both sides, and which pair of words each is of."""

    here: Numbers
    there: Numbers
    kind: Numbers
    kinds: NDArray[np.int64]


def read_translations(data: Path) -> dict[str, list[tuple[str, str]]]:
    """(its sentence, the English one) by language, each once."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for language, one, other in (*_parallel(data), *_reviewed(data)):
        found.setdefault(language, {})[one, other] = None
    return {language: list(pairs) for language, pairs in found.items()}


def _parallel(data: Path) -> Iterator[tuple[str, str, str]]:
    excluded = references_of(data, KEPT_APART)
    for path in sorted((data / "text").glob("parallel.*-en.*.tsv.gz")):
        if path.name.split(".")[2] not in PARALLEL:
            continue
        for line in read_lines(path):
            if not line.is_kept_apart and normalised(line.english) not in excluded:
                yield language_of(path.name), line.source, line.english


def _reviewed(data: Path) -> Iterator[tuple[str, str, str]]:
    for file in REVIEWED:
        for row in read_rows(data / file):
            if row["source"] and row["reference"] and not is_held_out(row["source"]):
                yield row["source_lang"][:2], row["source"], row["reference"]


def learn_dictionary(pairs: Sequence[tuple[str, str]], tokenizer: Tokenizer, language: str) -> list[str]:
    """The rows of the table of one language, in order."""
    encoder = PairEncoder(tokenizer)
    others = _counted(({key: key for key in encoder.foreign_keys(one)} for one, _ in pairs), len(pairs))
    english = _counted(
        ({english_key(word.stem): word.folded for word in split_words(text)} for _, text in pairs), len(pairs)
    )
    shared = _pairs(others, english, len(pairs))
    forward = _probabilities(shared.kind, shared.kinds // len(english.names), shared.there, len(shared.kinds))
    backward = _probabilities(shared.kind, shared.kinds % len(english.names), shared.here, len(shared.kinds))
    weights = np.sqrt(forward * backward)
    chosen = _chosen(weights, shared.kinds // len(english.names), len(others.names))
    good = np.zeros(len(shared.kinds), dtype=bool)
    good[chosen] = True
    kept = _kept(others, shared.here[good[shared.kind]])
    english_kept = _kept(english, shared.there[good[shared.kind]])
    forms = _usual_forms(shared, good, english)
    rows: dict[str, list[str]] = {}
    for kind in chosen:
        rows.setdefault(others.names[shared.kinds[kind] // len(english.names)], []).append(forms[kind])
    offered = sorted({english.names[shared.kinds[kind] % len(english.names)] for kind in chosen})
    shares = dict(zip(others.names, kept, strict=True))
    english_shares = dict(zip(english.names, english_kept, strict=True))
    found = ["\t".join((language, word, f"{shares[word]:.2f}", *rows[word])) for word in sorted(rows)]
    return found + [f"{ENGLISH}-{language}\t{word}\t{english_shares[word]:.2f}" for word in offered]


def _counted(texts: Iterable[Mapping[str, str]], total: int) -> _Side:
    """The words by their keys, without those that are in too few or too many sentences, and without figures."""
    numbers: dict[str, int] = {}
    form_numbers: dict[str, int] = {}
    owner, word, form = [], [], []
    for place, keys in enumerate(texts):
        for key in sorted(keys):
            if key[:1].isalpha():
                owner.append(place)
                word.append(numbers.setdefault(key, len(numbers)))
                form.append(form_numbers.setdefault(keys[key], len(form_numbers)))
    owners, words, forms = (np.array(column, dtype=np.int32) for column in (owner, word, form))
    counts = np.bincount(words, minlength=len(numbers))
    usual = (counts >= FEWEST) & (counts <= MOST * total)
    renumbered = np.cumsum(usual).astype(np.int32) - 1
    names = [name for name, number in numbers.items() if usual[number]]
    inside = usual[words]
    return _Side(names, owners[inside], renumbered[words[inside]], list(form_numbers), forms[inside])


def _pairs(others: _Side, english: _Side, sentences: int) -> _Pairs:
    sizes = np.bincount(english.owner, minlength=sentences)
    starts = np.cumsum(sizes) - sizes
    repeats = sizes[others.owner]
    here = np.repeat(np.arange(len(others.word), dtype=np.int32), repeats)
    before = np.repeat((np.cumsum(repeats) - repeats).astype(np.int64), repeats)
    there = np.repeat(starts[others.owner], repeats) + np.arange(len(here)) - before
    there = there.astype(np.int32)
    code = others.word[here].astype(np.int64) * len(english.names) + english.word[there]
    kinds, kind = np.unique(code, return_inverse=True)
    return _Pairs(here, there, kind.astype(np.int32), kinds)


def _probabilities(kind: Numbers, giver: NDArray[np.int64], taker: Numbers, kinds: int) -> Shares:
    """How likely the giving word of each kind of pair is translated by the other.

    `taker` are the places of the words that have to be explained, each by one word of the other side or the empty one.
    """
    shares = np.ones(kinds, dtype=np.float32)
    empty = np.float32(1.0)
    for _ in range(ROUNDS):
        likely = shares[kind]
        total = np.bincount(taker, likely).astype(np.float32)
        likely /= (total + empty)[taker]
        counts = np.bincount(kind, likely, minlength=kinds)
        totals = np.bincount(giver, counts)
        shares = (counts / totals[giver]).astype(np.float32)
        empty = np.float32(0.01)  # of the probability of a word that nothing explains
    return shares


def _chosen(weights: Shares, giver: NDArray[np.int64], words: int) -> list[int]:
    """Numbers of the kinds of pairs that are translations, the likeliest of a word first."""
    best = np.zeros(words, dtype=np.float32)
    np.maximum.at(best, giver, weights)
    enough = (best[giver] >= SURE) & (weights >= np.maximum(LEAST, LEAST_OF_BEST * best[giver]))
    places = np.flatnonzero(enough)
    ordered = places[np.lexsort((-weights[places], giver[places]))]
    taken: dict[int, int] = {}
    found = []
    for place in ordered:
        word = int(giver[place])
        taken[word] = taken.get(word, 0) + 1
        if taken[word] <= TRANSLATIONS:
            found.append(int(place))
    return found


def _usual_forms(shared: _Pairs, good: NDArray[np.bool_], english: _Side) -> dict[int, str]:
    """For each kind of pair the form in which its English word stands most often beside the other."""
    inside = good[shared.kind]
    code = shared.kind[inside].astype(np.int64) * len(english.forms) + english.form[shared.there[inside]]
    codes, counts = np.unique(code, return_counts=True)
    usual: dict[int, str] = {}
    for place in np.argsort(counts, kind="stable"):  # the most frequent is written last
        kind, form = divmod(int(codes[place]), len(english.forms))
        usual[kind] = english.forms[form]
    return usual


def _kept(side: _Side, hits: Numbers) -> NDArray[np.float64]:
    """For each word the share of its sentences whose other side has one of its translations."""
    hit = np.zeros(len(side.word), dtype=bool)
    hit[hits] = True
    have = np.bincount(side.word, minlength=len(side.names))
    found: NDArray[np.float64] = (np.bincount(side.word, hit, minlength=len(side.names)) + DOUBT) / (have + DOUBTED)
    return found


def main(data: Path, folder: Path) -> None:
    """Writes the table into a model folder, whose tokenizer says what the words of Chinese and Japanese are."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    languages = set(json.loads((folder / "config.json").read_text(encoding="utf-8"))["languages"])
    rows: list[str] = []
    for language, pairs in sorted(read_translations(data).items()):
        if language in languages:
            rows += learn_dictionary(pairs, tokenizer, language)
    save_dictionary(rows, folder)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
