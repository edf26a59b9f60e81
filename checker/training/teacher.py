"""The starting encoder as the teacher of sentence vectors, so that retrieval keeps working after fine-tuning."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from checker.errors import ModelError
from checker.nli.encoding import PairEncoder
from checker.nli.network import Batch, Network, collate
from checker.training.examples import Group

SENTENCES = 6000  # that the teacher is asked about, at most about twice as many
AT_ONCE = 32  # sentences of one step of 3,072 tokens; more in longer steps
USUAL_STEP = 3072
LONGEST = 300  # characters


class Teacher:
    """Batches of sentences with the vectors that the encoder gave them before training."""

    def __init__(self, batches: Sequence[tuple[Batch, Tensor]]) -> None:
        self._batches = batches

    def loss(self, network: Network, turn: int) -> Tensor:
        """One minus the cosine between today's sentence vectors and the teacher's, mean over batch number `turn`."""
        batch, wanted = self._batches[turn % len(self._batches)]
        today = network.sentence_vectors(batch).float()
        return (1.0 - (today * wanted).sum(-1)).mean()


def make_teacher(
    network: Network, encoder: PairEncoder, groups: list[Group], cache: Path, *, fresh: bool, tokens: int, device: str
) -> Teacher:
    """Ask the network for its vectors before it is trained, or read from `cache` what it said then.

    `fresh`: it is not trained yet. `tokens`: of a training step. Raises ModelError where a trained network has no
    `cache`.
    """
    if cache.is_file():
        stored = torch.load(cache, weights_only=True)
    elif fresh:
        stored = _ask(network, encoder, groups, device)
        torch.save(stored, cache)
    else:
        raise ModelError(f"{cache}: the teacher's vectors are missing; start again with --fresh")
    texts, vectors = stored["texts"], stored["vectors"]
    size = max(AT_ONCE, AT_ONCE * tokens // USUAL_STEP)
    batches = []
    for start in range(0, len(texts), size):
        batch = collate(encoder.encode_single(texts[start : start + size]), encoder.padding)
        batches.append((batch.to(device), vectors[start : start + size].to(device)))
    return Teacher(batches)


def _ask(network: Network, encoder: PairEncoder, groups: list[Group], device: str) -> dict[str, object]:
    stride = max(1, len(groups) // SENTENCES)
    texts = [group[0].hypothesis[:LONGEST] for group in groups[::stride]]
    vectors = []
    network.eval()
    with torch.inference_mode():
        for start in range(0, len(texts), 64):
            rows = encoder.encode_single(texts[start : start + 64])
            vectors.append(network.sentence_vectors(collate(rows, encoder.padding).to(device)).cpu())
    return {"texts": texts, "vectors": torch.cat(vectors).clone()}
