"""Fit the early exit of a model's network on articles, choose its limits on others, and write it beside the weights."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from checker.errors import UsageError
from checker.evaluation.exit_pairs import exit_pairs
from checker.findings.suspects import LEAST_SUSPICION
from checker.nli.checkpoint import CheckpointPredictor, hash_file, load_network
from checker.nli.early_exit import FILE_NAME, Limits, describe
from checker.nli.encoding import PairEncoder
from checker.nli.exit_heads import save_heads
from checker.training.exit_fitting import (
    AFTER,
    ExitQuality,
    ask_network,
    choose_limits,
    fit_heads,
    measure_exit,
)

ARTICLES = 92  # to fit the heads on: some 7,000 pairs
HELD_BACK = 108  # for the limits: one pair in fourteen of them matters

Tell = Callable[[str, int, int], object]


def fit_exit(
    folder: Path,
    data: Path,
    *,
    after: int = AFTER,
    articles: int = ARTICLES,
    held_back: int = HELD_BACK,
    tell: Tell = lambda *_: None,
) -> ExitQuality:
    """Fit and write `<folder>/exit.safetensors`, after layer `after`; what it does with the pairs held back.

    `tell` hears what is done, how far it is and of how much. Raises ModelError for a folder without a model of this
    program, UsageError for a layer that the network cannot be left after and for missing word lists,
    UnreadableFileError for missing articles.
    """
    from tokenizers import Tokenizer

    embed = CheckpointPredictor.load(folder).embed
    network = load_network(folder).eval()
    _refuse_layer(after, network.config.num_hidden_layers)
    encoder = PairEncoder(Tokenizer.from_file(str(folder / "tokenizer.json")))
    lessons = []
    for count, held, what in ((articles, False, "to fit on"), (held_back, True, "held back")):
        pairs = exit_pairs(data, embed, count, held_back=held, tell=partial(tell, f"pairs {what}"))
        rows = encoder.encode(pairs)
        lessons.append(ask_network(network, rows, after, partial(tell, f"what the network says of pairs {what}")))
    anything = Limits(after, 1.0, 1.0, suspicion=LEAST_SUSPICION)
    heads = fit_heads(network.config.hidden_size, lessons[0], anything, tell=partial(tell, "fitting the exit"))
    limits = choose_limits(heads, lessons[1], anything)
    save_heads(heads, folder / FILE_NAME, describe(limits, hash_file(folder / "model.safetensors")))
    return measure_exit(heads, lessons[1], limits)


def _refuse_layer(after: int, layers: int) -> None:
    if not 0 < after < layers:
        raise UsageError(f"the network has {layers} layers and can be left after 1 to {layers - 1}, not after {after}")
