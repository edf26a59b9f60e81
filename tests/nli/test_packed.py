"""Rows without padding: the same figures as the padded network that training goes through."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from checker.evidence import Relation
from checker.nli.checkpoint import load_network
from checker.nli.encoding import PairEncoder, Row
from checker.nli.network import Network, collate
from checker.nli.packed import MULTIPLE, ROUND, judge, pack, sentence_vectors
from checker.nli.types import Pair

TOLERANCE = 1e-4  # of logits, which differ in the order of additions alone
TEXTS = ("", "The ferry left at noon.", "The harbour council met on Friday and opened nine new berths.", "ten", "🚢 a")
PAIRS = st.lists(st.builds(Pair, *[st.sampled_from(TEXTS)] * 2, st.sampled_from(Relation)), min_size=1, max_size=7)


@pytest.fixture(scope="module")
def network(checkpoints: Path) -> Network:
    """The tiny network, with word features that say something."""
    network = load_network(checkpoints / "own").eval()
    for table in (network.encoder.matches, network.encoder.neighbours, network.encoder.shapes):
        torch.nn.init.normal_(table.weight)
    return network


@pytest.fixture(scope="module")
def encoder(checkpoints: Path) -> PairEncoder:
    return PairEncoder(Tokenizer.from_file(str(checkpoints / "own" / "tokenizer.json")))


@settings(max_examples=60, deadline=None)
@given(pairs=PAIRS)
def test_every_head_says_what_it_says_of_padded_rows(network: Network, encoder: PairEncoder, pairs: list[Pair]) -> None:
    rows = encoder.encode(pairs)
    with torch.inference_mode():
        batch = collate(rows, encoder.padding)
        expected, found = network(batch), judge(network, pack(rows))
    torch.testing.assert_close(found.labels, expected.labels, atol=TOLERANCE, rtol=TOLERANCE)
    torch.testing.assert_close(found.error, expected.error, atol=TOLERANCE, rtol=TOLERANCE)
    for index, row in enumerate(rows):
        inside = slice(row.first_hypothesis, row.first_hypothesis + len(row.spans))
        torch.testing.assert_close(
            found.tokens[index, : len(row.spans)], expected.tokens[index, inside], atol=TOLERANCE, rtol=TOLERANCE
        )


def test_vectors_are_those_of_padded_rows(network: Network, encoder: PairEncoder) -> None:
    rows = encoder.encode_single(TEXTS)
    with torch.inference_mode():
        expected, found = (
            network.sentence_vectors(collate(rows, encoder.padding)),
            sentence_vectors(network, pack(rows)),
        )
    torch.testing.assert_close(found, expected, atol=TOLERANCE, rtol=TOLERANCE)


def test_products_in_bfloat16_have_few_sizes_and_say_nearly_the_same(network: Network, encoder: PairEncoder) -> None:
    reduced = deepcopy(network)
    sizes: set[int] = set()
    for part in reduced.encoder.layers.modules():
        if isinstance(part, torch.nn.Linear):
            part.to(torch.bfloat16).register_forward_pre_hook(lambda _, given: sizes.add(len(given[0])))
    for count in range(1, 60, 7):
        rows = encoder.encode([Pair(TEXTS[2], TEXTS[1])] * count)
        with torch.inference_mode():
            expected, found = judge(network, pack(rows)), judge(reduced, pack(rows))
        torch.testing.assert_close(found.error.sigmoid(), expected.error.sigmoid(), atol=0.05, rtol=0)
        assert found.tokens.shape == expected.tokens.shape
    assert len(sizes) < 12
    assert all(size % ROUND == 0 for size in sizes)


def test_rows_lie_end_to_end(encoder: PairEncoder) -> None:
    rows: list[Row] = encoder.encode([Pair("ten", "nine"), Pair("nine", "ten"), Pair("", "The ferry left.")])
    packed = pack(rows)
    assert packed.planes[0].tolist() == [number for row in rows for number in row.ids]
    assert [block.rows for block in packed.blocks] == [3]
    assert packed.blocks[0].tokens == MULTIPLE
    words = packed.planes[0][packed.hypothesis].tolist()
    assert words == [row.ids[row.first_hypothesis + place] for row in rows for place in range(len(row.spans))]
    assert packed.inside.sum(1).tolist() == [len(row.spans) for row in rows]
    assert np.array_equal(packed.planes[1][: len(rows[0])], np.arange(len(rows[0])))
