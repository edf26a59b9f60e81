"""A network that reads its sides apart first: what each layer sees, and that batches change nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from checker.evidence import Relation
from checker.nli.checkpoint import CheckpointPredictor, load_network
from checker.nli.encoding import PairEncoder
from checker.nli.matching import Matching, places_of, words_of
from checker.nli.network import Batch, collate
from checker.nli.types import Pair


def batch_of(folder: Path, *pairs: Pair) -> Batch:
    encoder = PairEncoder(Tokenizer.from_file(str(folder / "tokenizer.json")))
    return collate(encoder.encode(pairs), encoder.padding)


def test_a_side_does_not_see_the_other_before_they_are_matched(folder: Path) -> None:
    network = load_network(folder).eval()
    one = batch_of(folder, Pair("The council met.", "The ferry left at noon."))
    two = batch_of(folder, Pair("The council met.", "Nine new berths opened."))
    premise = slice(0, int(one.segments[0].argmax()))
    with torch.no_grad():
        first, second = network.encoder.states(one), network.encoder.states(two)
    for before in (0, 1):
        assert torch.allclose(first[before][0, premise], second[before][0, premise], atol=1e-6)
    assert not torch.allclose(first[2][0, premise], second[2][0, premise], atol=1e-3)


def test_words_are_neither_markers_nor_padding(folder: Path) -> None:
    batch = batch_of(folder, Pair("The council met.", "The ferry left."), Pair("", "Noon.", Relation.LANGUAGE))
    words = words_of(batch)
    pieces = [Tokenizer.from_file(str(folder / "tokenizer.json")).id_to_token(int(number)) for number in batch.ids[0]]
    kept = [piece for piece, inside in zip(pieces, words[0].tolist(), strict=True) if inside]
    assert kept == ["the", "council", "met", ".", "the", "ferry", "left", "."]
    assert int(words[1].sum()) == int(batch.hypothesis[1].sum())


def test_both_sides_are_counted_from_their_own_beginning(folder: Path) -> None:
    batch = batch_of(folder, Pair("The council met.", "The ferry left."))
    places = places_of(batch.segments)[0].tolist()
    first = int(batch.segments[0].argmax())
    assert places[:first] == list(range(first))
    assert places[first:] == list(range(1, 1 + len(places) - first))


def test_the_nearest_word_of_the_other_side_is_told() -> None:
    matching = Matching(8, 1e-12)
    seen = []
    matching.project.register_forward_hook(lambda _module, told, _made: seen.append(told[0].detach()))
    hidden = torch.randn(1, 6, 8, generator=torch.Generator().manual_seed(1))
    hidden[0, 4] = hidden[0, 1]  # one word stands on both sides
    segments = torch.tensor([[0, 0, 0, 1, 1, 1]])
    blank = torch.zeros_like(segments)
    matching(hidden, segments, torch.ones(1, 6, dtype=torch.bool), blank)
    nearest = seen[0][0, :, 16]
    assert int(nearest[3:].argmax()) == 1
    alone = matching(hidden, blank, torch.ones(1, 6, dtype=torch.bool), blank)
    assert bool(torch.isfinite(alone).all())
    assert float(seen[1][0, :, 16].abs().max()) == 0.0


def test_what_is_said_of_a_pair_does_not_depend_on_its_batch(folder: Path) -> None:
    predictor = CheckpointPredictor.load(folder)
    pairs = [
        Pair("Le café de l’été a rouvert.", "The ferry left at noon with 250 people on board.", language="fr"),
        Pair("The council met.", "Nine berths.", Relation.CONTEXT),
        Pair("", "The ferry left.", Relation.LANGUAGE),
        Pair("The harbour council met on Friday. " * 60, "The ferry left at noon."),
    ]
    together = predictor.predict(pairs)
    for pair, said in zip(pairs, together, strict=True):
        (alone,) = predictor.predict([pair])
        assert alone.error == pytest.approx(said.error, abs=1e-5)
        assert [one.probability for one in alone.tokens] == pytest.approx(
            [one.probability for one in said.tokens], abs=1e-5
        )
        assert [one.span for one in alone.tokens] == [one.span for one in said.tokens]
    assert predictor.backend.startswith("torch")
