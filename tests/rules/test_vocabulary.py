"""Dictionaries that are searched without being taken apart: the same counts as their files have."""

import gzip
import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.rules.vocabulary import Dictionary, frequency, occurrences


@pytest.mark.parametrize("language", ["es", "ru"])
def test_a_file_has_the_counts_that_a_reader_of_it_finds(language):
    data = gzip.decompress(files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes())
    counts, dictionary = json.loads(data), Dictionary(data)
    assert dictionary.total == sum(counts.values())
    assert all(dictionary.count(word) == count for word, count in counts.items())
    lacking = [word + ending for word in list(counts)[::50] for ending in ("x", " ", "'", '"')]
    assert all(dictionary.count(word) == counts.get(word, 0) for word in lacking)


@given(st.dictionaries(st.text("abcßñж'- ", min_size=1), st.integers(0, 10**12)), st.sampled_from([None, 0]))
def test_a_file_in_any_order_and_layout_is_read(counts, indent):
    dictionary = Dictionary(json.dumps(counts, ensure_ascii=False, indent=indent).encode())
    assert {word: dictionary.count(word) for word in counts} == counts
    assert dictionary.total == sum(counts.values())


def test_a_word_is_as_frequent_as_its_share():
    assert frequency("the", "en") > 100 * frequency("lighthouse", "en") > 0.0
    assert frequency("farolero", "en") == occurrences("farolero", "en") == 0
    assert frequency("durante", "es") > 1000 * frequency("durante", "en")
