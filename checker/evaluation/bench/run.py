"""The whole bench, top to bottom: the machine, the paths side by side, an article as an editor meets it."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import ModelError
from checker.evaluation.bench.material import write_article, write_sentences
from checker.evaluation.bench.timing import matmul_rate, process_cost, times
from checker.evidence import Relation
from checker.nli import Pair
from checker.pipeline import Checker
from checker.settings import Settings

if TYPE_CHECKING:
    from checker.nli.checkpoint import CheckpointPredictor
    from checker.nli.network import EncoderConfig

ARTICLE = 40  # sentences
FACTS = 20
PAIRS = 256
SLOW_PAIRS = 24  # for what takes long a pair
REPEATS = 5
WARM_UP = 8
LENGTHS = (10, 100, 1_000)  # sentences, for how cost grows


@dataclass(frozen=True, slots=True)
class Figure:
    """Several measurements of one thing, higher or lower being better as `unit` tells (…/s: higher, s: lower)."""

    name: str
    unit: str
    values: tuple[float, ...]
    aim: str = ""

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    @property
    def spread(self) -> tuple[float, float]:
        """Lowest and highest."""
        return min(self.values), max(self.values)


@dataclass(frozen=True, slots=True)
class Bench:
    """All figures of one run, in the order in which they were measured, and on what."""

    model: str
    weights_hash: str
    backend: str
    threads: int
    figures: tuple[Figure, ...]


def bench(
    settings: Settings | None = None,
    *,
    repeats: int = REPEATS,
    lengths: Sequence[int] = LENGTHS,
    tell: Callable[[str], object] = lambda _: None,
) -> Bench:
    """Measure this machine. `tell` hears what is measured. Raises ModelError for a model that is not the project's."""
    import torch

    chosen = settings or Settings()
    predictor = _own_model(chosen)
    figures: list[Figure] = []
    for figure in _figures(predictor, chosen, repeats, lengths):
        tell(f"{figure.name}: {figure.median:.4g} {figure.unit}")
        figures.append(figure)
    backend = predictor.backend
    return Bench(predictor.name, predictor.weights_hash, backend, torch.get_num_threads(), tuple(figures))


def _figures(
    predictor: CheckpointPredictor, settings: Settings, repeats: int, lengths: Sequence[int]
) -> Iterator[Figure]:
    machine = Figure("large matrix product", "FLOP/s", tuple(matmul_rate(max(repeats, 3), settings.backend)))
    yield machine
    yield from _paths(predictor, machine, repeats)
    yield from _article(predictor, settings, repeats)
    for length in lengths:
        text = write_article(length, seed=length)
        found = times(lambda: Checker(settings, predictor).check(text), 1)  # noqa: B023 called at once
        yield Figure(f"article of {length} sentences, for each sentence", "s", tuple(each / length for each in found))


def _paths(predictor: CheckpointPredictor, machine: Figure, repeats: int) -> Iterator[Figure]:
    """Pairs a second: the main path, the same weights in a plain pipeline, a bigger model in a plain pipeline."""
    from tokenizers import Tokenizer

    from checker.evaluation.bench.rivals import deberta_shaped, plain_pipeline
    from checker.nli.checkpoint import load_network

    pairs = [Pair(*both, Relation.CONTEXT) for both in pairwise(write_sentences(PAIRS + 1))]
    lengths = predictor.lengths(pairs)
    network = load_network(_folder(predictor))
    tokenizer = Tokenizer.from_file(str(_folder(predictor) / "tokenizer.json"))
    predictor.predict(pairs[:WARM_UP])
    seconds = times(partial(predictor.predict, pairs), repeats)
    ours = Figure("main path", "pairs/s", tuple(len(pairs) / each for each in seconds))
    yield ours
    yield Figure("main path", "tokens/s", tuple(sum(lengths) / each for each in seconds))
    whole = [Pair(pair.premise, pair.hypothesis) for pair in pairs]  # of these none leaves the network early
    useful = sum(flops(network.config, length) for length in lengths)
    share = tuple(useful / each / machine.median for each in times(partial(predictor.predict, whole), repeats))
    yield Figure("main path, share of the matrix product's rate", "", share, ">= .6")
    rivals = (
        ("same weights, plain pipeline", plain_pipeline(network, tokenizer), PAIRS // 2, ">= 4"),
        ("DeBERTa-v3-base's sizes, plain pipeline", deberta_shaped(tokenizer), SLOW_PAIRS, ">= 30"),
    )
    for name, judge, count, aim in rivals:
        some = pairs[:count]
        judge(some[:WARM_UP])
        rate = Figure(name, "pairs/s", tuple(count / each for each in times(partial(judge, some), repeats)))
        yield rate
        yield Figure(f"main path against: {name}", "times", (ours.median / rate.median,), aim)


def _article(predictor: CheckpointPredictor, settings: Settings, repeats: int) -> Iterator[Figure]:
    """An article with facts: warm, after one changed sentence, and as a process of its own."""
    from checker.nli.cache import RememberingPredictor

    text, facts = write_article(ARTICLE, seed=1), write_sentences(FACTS, seed=2)
    known: list[str] = list(facts)
    what = f"{ARTICLE} sentences, {FACTS} facts"
    warm = times(lambda: Checker(settings, predictor).check(text, facts=known), repeats)
    yield Figure(f"{what}: warm", "s", tuple(warm), "< 1")
    checker = Checker(settings, RememberingPredictor(predictor))
    checker.check(text, facts=known)
    edits = iter(range(repeats))

    def edit() -> None:
        changed = text.replace("The ", f"The {('new', 'old', 'last', 'first', 'next')[next(edits) % 5]} ", 1)
        checker.check(changed, facts=known)

    yield Figure(f"{what}: one sentence changed", "s", tuple(times(edit, repeats)), "< .1")
    with tempfile.TemporaryDirectory() as folder:
        article, sheet = Path(folder) / "article.txt", Path(folder) / "facts.txt"
        article.write_text(text, encoding="utf-8")
        sheet.write_text("\n".join(facts) + "\n", encoding="utf-8")
        means = ("--model", str(_folder(predictor)), "--backend", settings.backend.value)
        arguments = ("check", str(article), "--facts", str(sheet), *means)
        costs = [process_cost(arguments) for _ in range(repeats)]
    yield Figure(f"{what}: cold process", "s", tuple(cost.seconds for cost in costs), "< 4")
    yield Figure(f"{what}: most memory", "MB", tuple(cost.megabytes for cost in costs), "< 500")
    helped = [process_cost(("--help",)).seconds for _ in range(repeats)]
    yield Figure("checker --help", "s", tuple(helped), "< .3")


def flops(sizes: EncoderConfig, length: int) -> float:
    """Floating-point operations of the encoder's matrix products for one row of `length` tokens."""
    width, inner = sizes.hidden_size, sizes.intermediate_size
    weights = 4 * width * width + 2 * width * inner
    attention = 2 * length * width  # scores and mixing, for each token
    return 2.0 * sizes.num_hidden_layers * length * (weights + attention)


def _own_model(settings: Settings) -> CheckpointPredictor:
    from checker.nli.checkpoint import CheckpointPredictor
    from checker.nli.registry import load_predictor

    predictor = load_predictor(
        settings.model, batch_size=settings.batch_size, threads=settings.threads, backend=settings.backend
    )
    if not isinstance(predictor, CheckpointPredictor):
        raise ModelError(f"{settings.model}: the bench measures models of this project; name one of `checker models`")
    return predictor


def _folder(predictor: CheckpointPredictor) -> Path:
    if predictor.folder is None:
        raise ModelError("the model has no folder; save it first")
    return predictor.folder
