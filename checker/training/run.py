"""The training run, top to bottom: recipe → groups → steps → checkpoint. It resumes where it stopped.

State is written to `<output>/run/` (weights, optimiser, step), the finished model to `<output>`.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from checker.errors import UsageError
from checker.nli.attention_kernels import suit_any_shape
from checker.nli.bfloat16 import is_fast_in_bfloat16
from checker.nli.checkpoint import save_network
from checker.nli.dictionary import FILE as DICTIONARY
from checker.nli.dictionary import load_dictionaries
from checker.nli.encoding import PairEncoder
from checker.nli.network import WORD_FEATURES, Batch, Network, Outputs
from checker.training.batching import Batcher, Step
from checker.training.examples import read_groups, texts_of
from checker.training.feeding import feed
from checker.training.machine import Machine, find_device
from checker.training.mirror import Mirror
from checker.training.objective import losses, weighted_sum
from checker.training.opinions import Panel, opinion_losses, rows_asked
from checker.training.recipe import Recipe, Schedule, load_recipe
from checker.training.start import mix_weights, start
from checker.training.teacher import Teacher, make_teacher

log = logging.getLogger(__name__)
Progress = Callable[[int, int, str], None]
LOGGED_EVERY = 50  # steps


@dataclass(frozen=True, slots=True)
class _Run:
    """What a run works with; the teachers are there where its recipe learns from them."""

    recipe: Recipe
    machine: Machine
    state_file: Path
    network: Network
    optimiser: torch.optim.Optimizer
    panel: Panel | None
    mirror: Mirror | None
    reduced: bool  # products in bfloat16
    teacher: Teacher | None = None  # of sentence vectors


def train(
    recipe_path: Path,
    groups_path: Path,
    output: Path,
    *,
    resume: bool = True,
    start_from: Sequence[Path] = (),
    teachers: Sequence[Path] = (),
    machine: Machine | None = None,
    progress: Progress | None = None,
) -> Path:
    """Train by the recipe on prepared groups (see `checker.training.sources.prepare`) and write a model folder.

    `start_from` are model folders to go on from, see `checker.training.start`; a recipe of no steps makes their mean
    and reads no groups. `teachers` are model folders whose opinions are learnt, see `checker.training.opinions`.
    Raises UsageError for a bad recipe, a device that is not there or an output that holds the run of another recipe,
    ModelError where there is no start.
    """
    recipe = load_recipe(recipe_path)
    schedule = recipe.schedule
    if schedule.steps == 0:
        output.mkdir(parents=True, exist_ok=True)
        copy_dictionary(start_from, output)
        return _finish(*start(start_from), recipe, recipe_path, output)
    machine = machine or Machine()
    machine = replace(machine, device=find_device(machine.device))
    torch.manual_seed(recipe.seed)
    if machine.device != "cpu":
        suit_any_shape()
    state_file = output / "run" / "state.pt"
    state_file.parent.mkdir(parents=True, exist_ok=True)
    groups = list(read_groups(groups_path))
    network, tokenizer = start(start_from, texts_of(groups) if recipe.languages else None)
    copy_dictionary(start_from, output)
    network.to(machine.device)
    freeze(network, schedule.frozen_layers)
    panel = Panel(network, start_from, machine.device, teachers) if recipe.loss.ask_panel else None
    mirror = _mirror(network, panel, recipe, machine)
    optimiser = make_optimiser(network, schedule, mirror)
    reduced = is_fast_in_bfloat16(machine.device)
    run = _Run(recipe, machine, state_file, network, optimiser, panel, mirror, reduced)
    step = _load_state(run) if resume and state_file.is_file() else 0
    encoder = PairEncoder(tokenizer, load_dictionaries(output))
    if recipe.loss.vector:
        teacher = make_teacher(
            network, encoder, groups, output / "run" / "teacher.pt",
            fresh=step == 0, tokens=schedule.tokens_per_batch, device=machine.device,
        )  # fmt: skip
        run = replace(run, teacher=teacher)
    # On a processor oneDNN makes code for every size of a product in bfloat16, and keeps it: gigabytes of it.
    multiple = 8 if machine.device != "cpu" else 16 if reduced else 1
    batcher = Batcher(encoder, tokens_per_batch=schedule.tokens_per_batch, seed=recipe.seed, multiple=multiple)
    steps = feed(batcher, groups, skip=step, workers=machine.workers, pinned=machine.device != "cpu")
    torch.set_flush_denormal(True)  # optimiser states that fade to denormal numbers would slow every step
    try:
        _loop(run, steps, step, progress)
    finally:
        torch.set_flush_denormal(False)
    network.to("cpu")
    if schedule.start_share:
        mix_weights(network, start(start_from)[0], schedule.start_share)
    return _finish(network, tokenizer, recipe, recipe_path, output)


def copy_dictionary(start_from: Sequence[Path], output: Path) -> None:
    """The first start's, if it has one: the network that learns with it is of no use without it."""
    if start_from and (dictionary := start_from[0] / DICTIONARY).is_file():
        shutil.copyfile(dictionary, output / DICTIONARY)


def _finish(network: Network, tokenizer: Tokenizer, recipe: Recipe, recipe_path: Path, output: Path) -> Path:
    """Write the model folder."""
    save_network(network, output, description=recipe.description, languages=recipe.languages)
    tokenizer.save(str(output / "tokenizer.json"))
    shutil.copyfile(recipe_path, output / "recipe.toml")
    return output


def _loop(run: _Run, steps: Iterator[Step], step: int, progress: Progress | None) -> None:
    network, optimiser, schedule = run.network, run.optimiser, run.recipe.schedule
    window: dict[str, Tensor] = {}
    started, tokens = time.monotonic(), 0
    network.set_dropout(schedule.dropout)
    network.train()
    while (done := _done(step, schedule, run.machine, time.monotonic() - started)) < 1.0:
        built = next(steps)
        set_rates(optimiser, schedule, step, done)
        terms, loss = _losses_of(run, built, step)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        step += 1
        tokens += built.batch.ids.numel()
        _accumulate(window, terms)
        if step % LOGGED_EVERY == 0:
            line = _log_line(step, window, tokens / (time.monotonic() - started))
            _append(run.state_file.parent / "log.jsonl", line)
            if progress:
                progress(step, schedule.steps, json.dumps(line))
            window.clear()
        if step % schedule.checkpoint_every == 0:
            _save_state(run, step)
    if step % schedule.checkpoint_every:
        _save_state(run, step)


def _losses_of(run: _Run, built: Step, step: int) -> tuple[dict[str, Tensor], Tensor]:
    """The terms by name, and their weighted sum with the teacher's where it is its turn."""
    network, weights, device = run.network, run.recipe.loss, run.machine.device
    with torch.autocast(device, dtype=torch.bfloat16, enabled=run.reduced):
        batch = built.batch.to(device)
        states = network.encoder.states(batch)
        outputs = Outputs(*(logits.float() for logits in network.read(states[-1], batch)))
        found = losses(outputs, built.targets.to(device))
        terms, loss = found._asdict(), weighted_sum(found, weights)
        if run.panel and (rows := rows_asked(built.sources, weights.unasked)):
            # A slice is free, where all are asked; one index serves all planes, where not.
            where = slice(None) if len(rows) == len(built.sources) else torch.tensor(rows, device=device)
            asked = Batch(*(plane[where] for plane in batch))
            said = run.panel.ask(asked)
            apart = opinion_losses(Outputs(*(logits[where] for logits in outputs)), said)
            terms, loss = terms | apart._asdict(), loss + weighted_sum(apart, weights)
            if run.mirror:
                terms["hidden_opinion"] = run.mirror([state[where] for state in states], said.states, asked.mask)
                loss = loss + weights.hidden_opinion * terms["hidden_opinion"]
        every = run.recipe.schedule.distil_every
        if run.teacher and step % every == 0:
            loss = loss + weights.vector * run.teacher.loss(network, step // every)
    return terms, loss


def _done(step: int, schedule: Schedule, machine: Machine, seconds: float) -> float:
    """The share of the run that is over: of its steps, or of the time that it has, whichever ends it first."""
    by_steps = step / schedule.steps
    return by_steps if machine.minutes is None else max(by_steps, seconds / (60.0 * machine.minutes))


def _mirror(network: Network, panel: Panel | None, recipe: Recipe, machine: Machine) -> Mirror | None:
    if panel is None or not recipe.loss.hidden_opinion:
        return None
    return Mirror((network.config.num_hidden_layers, network.config.hidden_size), panel.sizes).to(machine.device)


def make_optimiser(network: Network, schedule: Schedule, mirror: Mirror | None = None) -> torch.optim.Optimizer:
    """AdamW at the schedule's two rates: the encoder's, and that of heads, word features and mirror."""
    trained = [(name, p) for name, p in network.named_parameters() if p.requires_grad]
    encoder = [p for name, p in trained if name.startswith("encoder.") and not _is_new(name)]
    heads = [p for name, p in trained if not name.startswith("encoder.") or _is_new(name)]
    if mirror:
        heads += mirror.parameters()
    return torch.optim.AdamW(
        [{"params": encoder, "peak": schedule.rate}, {"params": heads, "peak": schedule.head_rate}],
        lr=schedule.rate,
        betas=(0.9, 0.98),
        weight_decay=schedule.weight_decay,
        fused=True,
    )


def freeze(network: Network, layers: int) -> None:
    """Keep the embeddings and so many of the first layers as they are; none for 0."""
    if not layers:
        return
    encoder = network.encoder
    parts = (encoder.words, encoder.positions, encoder.segments, encoder.norm, *encoder.layers[:layers])
    for part in (*parts, *(getattr(encoder, name) for name in WORD_FEATURES)):
        part.requires_grad_(requires_grad=False)


def _is_new(name: str) -> bool:
    return any(part in name for part in (*WORD_FEATURES, "matching"))


def set_rates(optimiser: torch.optim.Optimizer, schedule: Schedule, step: int, done: float) -> None:
    """Warm up, stay, fall linearly to zero over the last `decay` part."""
    rise = min(1.0, (step + 1) / schedule.warmup)
    fall = min(1.0, (1.0 - done) / max(1e-9, schedule.decay))
    for group in optimiser.param_groups:
        group["lr"] = group["peak"] * min(rise, fall)


def _accumulate(window: dict[str, Tensor], terms: Mapping[str, Tensor]) -> None:
    """Sum up on the device: reading a number would make it wait."""
    for name, value in terms.items():
        window[name] = window[name] + value.detach() if name in window else value.detach()


def _log_line(step: int, window: dict[str, Tensor], speed: float) -> dict[str, float]:
    means = {name: round(float(total) / LOGGED_EVERY, 4) for name, total in window.items()}
    return {"step": step, **means, "tokens_per_second": round(speed)}


def _append(path: Path, line: dict[str, float]) -> None:
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line) + "\n")


def _identity(recipe: Recipe) -> str:
    """Tells a recipe from others; a schedule may be changed while it runs."""
    return hashlib.sha256(repr(replace(recipe, schedule=Schedule(0))).encode()).hexdigest()


def _save_state(run: _Run, step: int) -> None:
    partial = run.state_file.with_suffix(".partial")
    state = {"network": run.network.state_dict(), "optimiser": run.optimiser.state_dict(), "step": step}
    state["recipe"] = _identity(run.recipe)
    if run.mirror:
        state["mirror"] = run.mirror.state_dict()
    torch.save(state, partial)
    partial.replace(run.state_file)


def _load_state(run: _Run) -> int:
    """Go on where the state was saved; returns the steps done. Raises UsageError for the state of another recipe."""
    state = torch.load(run.state_file, weights_only=True)
    if state.get("recipe", _identity(run.recipe)) != _identity(run.recipe):
        folder = run.state_file.parent
        raise UsageError(f"{folder}: holds a run of another recipe; name another --output, or delete that folder")
    run.network.load_state_dict(state["network"])
    if run.mirror:
        run.mirror.load_state_dict(state["mirror"])
    run.optimiser.load_state_dict(state["optimiser"])
    step: int = state["step"]
    log.info("resumed at step %d", step)
    return step
