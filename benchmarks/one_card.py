"""A teacher, then its pupil, on one graphics processor for a few minutes: how stage 22 was trained.

`checker train` does the same by the recipes; this is quicker where minutes count. Steps are made once, by all the
processor's cores while the teacher already learns, and stay on the card; what the teacher says of a step is asked once
and read again the next time through. Everything can be carried in pieces: the card's machine needs this project,
NumPy, torch and tokenizers, and no network.

    python benchmarks/one_card.py pack GROUPS.jsonl.gz … PACKS     # here: examples, small
    python benchmarks/one_card.py shrink MODEL 4 TEACHER           # here: weights, 4 or 8 bits each
    python benchmarks/one_card.py shrink MODEL 8 PUPIL
    python benchmarks/one_card.py build PACKS STEPS TOKENIZER 14 & # there, 14 processes
    python benchmarks/one_card.py train STEPS TEACHER PUPIL TOKENIZER OUTPUT 265 435  # there, seconds for each

OUTPUT becomes a model folder without a tokenizer, written anew every minute.
"""

from __future__ import annotations

import gzip
import json
import lzma
import os
import pickle
import random
import sys
import time
from collections.abc import Mapping
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor

from checker.nli.attention_kernels import suit_any_shape
from checker.nli.checkpoint import save_network
from checker.nli.encoding import PairEncoder
from checker.nli.network import Batch, EncoderConfig, Network, Outputs, collate
from checker.nli.types import Pair
from checker.training.batching import Step, Targets, length_of, split, targets_of
from checker.training.examples import read_example
from checker.training.objective import losses, weighted_sum
from checker.training.opinions import Opinions, mean_opinion, opinion_losses
from checker.training.recipe import Recipe, load_recipe
from checker.training.run import make_optimiser, set_rates
from checker.training.sources.reading import bucket
from checker.training.start import start
from checker.training.teacher import Teacher

PACKS = 78
HALF = 16_384  # tokens of a teacher's step, half of a pupil's
QUANTISED = 64  # weights that share a scale
SMALL = ("mask", "segments", "matches", "neighbours", "shapes", "settings", "hypothesis", "links")  # fit a byte
RECIPES = Path(__file__).parents[1] / "models/checker-mini-en"
SENTENCES = 8000
CLS, SEP = [101], [102]  # in BERT's vocabulary
Half = dict[str, Tensor]


def pack(files: list[Path], folder: Path) -> None:
    """Groups by what they share first, each text once: a fifth of what gzip makes of them."""
    folder.mkdir(parents=True, exist_ok=True)
    bins: list[list[list[list[Any]]]] = [[] for _ in range(PACKS)]
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as stream:
            for line in stream:
                group = json.loads(line)
                first = group[0][0] or group[0][1]
                bins[bucket(first, PACKS)].append(group)
    for number, groups in enumerate(bins):
        texts = sorted({text for group in groups for example in group for text in example[:2]})
        places = {text: place for place, text in enumerate(texts)}
        numbered = [[[places[one[0]], places[one[1]], *one[2:]] for one in group] for group in groups]
        blob = json.dumps([texts, sorted(numbered, key=lambda group: group[0][:2])], ensure_ascii=False)
        (folder / f"{number:03}.xz").write_bytes(lzma.compress(blob.encode(), preset=9 | lzma.PRESET_EXTREME))


def build(packs: Path, folder: Path, tokenizer: Path, workers: int) -> None:
    """Steps from packs; the groups are dealt out anew first, for those of one pack are alike."""
    files = sorted(packs.glob("*.xz"))
    for number in range(len(files)):
        (folder / f"dealt/{number:03}").mkdir(parents=True, exist_ok=True)
    with Pool(workers) as pool:
        pool.starmap(_deal, [(file, folder, len(files)) for file in files])
        jobs = [(folder, number, tokenizer) for number in range(len(files))]
        for done in pool.imap_unordered(_build_one, jobs):
            print(done, flush=True)
    (folder / "all").touch()


def _deal(file: Path, folder: Path, hands: int) -> None:
    texts, groups = json.loads(lzma.decompress(file.read_bytes()))
    rng = random.Random(file.stem)
    dealt: list[list[Any]] = [[] for _ in range(hands)]
    for group in groups:
        rng.choice(dealt).append([[texts[one[0]], texts[one[1]], *one[2:]] for one in group])
    for number, hand in enumerate(dealt):
        (folder / f"dealt/{number:03}/{file.stem}").write_bytes(pickle.dumps(hand))


def _build_one(job: tuple[Path, int, Path]) -> str:
    folder, number, tokenizer = job
    torch.set_num_threads(1)
    encoder = PairEncoder(Tokenizer.from_file(str(tokenizer)))
    hands = sorted((folder / f"dealt/{number:03}").iterdir())
    plain = [group for hand in hands for group in pickle.loads(hand.read_bytes())]  # noqa: S301 written by _deal
    groups = [tuple(read_example(one) for one in group) for group in plain]
    random.Random(number).shuffle(groups)
    halves = list(split(sorted(groups, key=length_of), HALF))
    made: list[Half] = []
    for place in range(0, len(halves) - 1, 2):  # neighbours are padded to one length, so that they can be one step
        two = halves[place : place + 2]
        rows = [encoder.encode([Pair(one.premise, one.hypothesis, one.relation) for one in half]) for half in two]
        longest = -(-max(len(row) for some in rows for row in some) // 8) * 8
        for half, some in zip(two, rows, strict=True):
            step = Step(collate(some, encoder.padding, longest), targets_of(half, some, longest), ())
            made.append(_small(step))
    partial = folder / f"{number:03}.partial"
    torch.save(made, partial)
    partial.replace(folder / f"{number:03}.pt")
    return f"{len(made)} halves of steps in {number:03}"


def _small(step: Step) -> Half:
    batch, targets = step.batch, step.targets
    return {
        "ids": batch.ids.short(),
        "small": torch.stack([getattr(batch, name).to(torch.uint8) for name in SMALL]),
        "labels": targets.labels.to(torch.int8),
        "error": targets.error.half(),
        "tokens": targets.tokens.half(),
        "categories": targets.categories.to(torch.int8),
        "weights": targets.weights.half(),
        "twins": targets.twins.short(),
    }


def _whole(*halves: Half) -> tuple[Batch, Targets]:
    """Halves of steps as one."""
    parts = [_wide(half) for half in halves]
    rows, twins = 0, []
    for batch, targets in parts:
        twins.append(targets.twins + rows)
        rows += len(batch.ids)
    batch = Batch(*(torch.cat(planes) for planes in zip(*(batch for batch, _ in parts), strict=True)))
    targets = Targets(*(torch.cat(some) for some in zip(*(targets for _, targets in parts), strict=True)))
    return batch, targets._replace(twins=torch.cat(twins))


def _wide(half: Half) -> tuple[Batch, Targets]:
    planes = [
        plane.bool() if name in ("mask", "hypothesis") else plane.long()
        for name, plane in zip(SMALL, half["small"], strict=True)
    ]
    targets = Targets(
        half["labels"].long(), half["error"].float(), half["tokens"].float(), half["categories"].long(),
        half["weights"].float(), half["twins"].long(),
    )  # fmt: skip
    return Batch(half["ids"].long(), *planes), targets


def shrink(model: Path, bits: int, file: Path) -> None:
    """Weights in 4 or 8 bits each; of an MPNet checkpoint the encoder, whose heads are made anew."""
    network = start([model])[0]
    teacher = bool(network.config.relative_buckets)
    state = {
        name: _pressed(value, bits)
        for name, value in network.state_dict().items()
        if not teacher or name.startswith("encoder.")
    }
    torch.save({"config": network.config.to_dict(), "state": state}, file)


def _pressed(weight: Tensor, bits: int) -> Tensor | dict[str, Any]:
    if weight.dim() < 2:
        return weight
    flat = weight.float().flatten()
    flat = torch.cat([flat, flat.new_zeros(-len(flat) % QUANTISED)]).view(-1, QUANTISED)
    low = flat.amin(1, keepdim=True).half().float()
    step = ((flat.amax(1, keepdim=True) - low) / (2**bits - 1)).clamp(min=1e-7).half().float()
    codes = ((flat - low) / step).round().clamp(0, 2**bits - 1).to(torch.uint8).flatten()
    if bits == 4:
        codes = codes[::2] | (codes[1::2] << 4)
    return {"codes": codes, "low": low.half(), "step": step.half(), "shape": tuple(weight.shape), "bits": bits}


def _unpressed(weight: Tensor | dict[str, Any]) -> Tensor:
    if isinstance(weight, Tensor):
        return weight
    codes = weight["codes"]
    codes = torch.stack([codes & 15, codes >> 4], 1) if weight["bits"] == 4 else codes
    flat = codes.view(-1, QUANTISED).float() * weight["step"].float() + weight["low"].float()
    shape = torch.Size(weight["shape"])
    whole: Tensor = flat.flatten()[: shape.numel()].view(shape)
    return whole


def _read(file: Path, device: str) -> Network:
    plain = torch.load(file)
    network = Network(EncoderConfig(**plain["config"]))
    network.load_state_dict({name: _unpressed(value) for name, value in plain["state"].items()}, strict=False)
    network.to(device)
    if device == "cuda":
        for layer in network.encoder.layers:
            layer.compile(dynamic=True)
    return network


class Steps:
    """The halves of steps that are there so far, on the card."""

    def __init__(self, folder: Path, device: str) -> None:
        self._folder = folder
        self._device = device
        self._read: set[Path] = set()
        self.halves: list[Half] = []

    def read_more(self) -> bool:
        """Take in what has been built meanwhile; True when that is all."""
        complete = (self._folder / "all").exists()
        for file in sorted(set(self._folder.glob("*.pt")) - self._read):
            self._read.add(file)
            for half in torch.load(file):
                self.halves.append({name: tensor.to(self._device) for name, tensor in half.items()})
        return complete


class Learner:
    """A network that learns by a recipe for some seconds; the rate falls to zero by then."""

    def __init__(self, network: Network, recipe: Recipe) -> None:
        self.network = network
        self.weights, self.schedule = recipe.loss, recipe.schedule
        network.set_dropout(recipe.schedule.dropout)
        self._optimiser = make_optimiser(network, recipe.schedule)
        self.steps = 0

    def outputs(self, batch: Batch) -> Outputs:
        """In float32."""
        hidden = self.network.encoder.states(batch)[-1]
        return Outputs(*(logits.float() for logits in self.network.read(hidden, batch)))

    def learn(self, loss: Tensor, done: float) -> None:
        """One step down `loss`; `done` is the share of the time that is over."""
        set_rates(self._optimiser, self.schedule, self.steps, done)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimiser.step()
        self._optimiser.zero_grad(set_to_none=True)
        self.steps += 1


def train(
    folder: Path, teacher: Path, pupil: Path, tokenizer: Path, output: Path, seconds: tuple[float, float]
) -> None:
    """The teacher for the first of `seconds`, then the pupil for the second."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if device == "cuda":
        suit_any_shape()
        torch.set_float32_matmul_precision("high")
    recipe = load_recipe(RECIPES / "recipe-22.toml")
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    steps = Steps(folder, device)
    with torch.autocast(device, dtype=torch.bfloat16):
        master = _read(teacher, device)
        _teach(Learner(master.train(), load_recipe(RECIPES / "recipe-22-teacher.toml")), steps, seconds[0], rng)
        while not steps.read_more():
            time.sleep(0.5)
        padding = PairEncoder(Tokenizer.from_file(str(tokenizer))).padding
        network = _read(pupil, device)
        vectors = Teacher(_vectors(network.eval(), steps, padding, rng))
        _follow(Learner(network.train(), recipe), master.eval(), steps, vectors, output, seconds[1], rng)


def _teach(learner: Learner, steps: Steps, seconds: float, rng: random.Random) -> None:
    order: list[int] = []
    complete, known = steps.read_more(), 0
    while not steps.halves:
        time.sleep(0.5)
        complete = steps.read_more()
    began = time.monotonic()
    while (done := (time.monotonic() - began) / seconds) < 1.0:
        if not complete and learner.steps % 60 == 0:
            complete = steps.read_more()
        if known < len(steps.halves) or not order:
            order += range(known if known < len(steps.halves) else 0, len(steps.halves))
            known = len(steps.halves)
            rng.shuffle(order)
        batch, targets = _whole(steps.halves[order.pop()])
        terms = losses(learner.outputs(batch), targets)
        learner.learn(weighted_sum(terms, learner.weights), done)
        _tell("teacher", learner.steps, terms._asdict())


def _follow(
    learner: Learner, master: Network, steps: Steps, vectors: Teacher, output: Path, seconds: float, rng: random.Random
) -> None:
    weights, every = learner.weights, learner.schedule.distil_every
    said: dict[int, Opinions] = {}
    order: list[int] = []
    began = saved = time.monotonic()
    while (done := (time.monotonic() - began) / seconds) < 1.0:
        if not order:
            order = list(range(0, len(steps.halves), 2))
            rng.shuffle(order)
        place = order.pop()
        batch, targets = _whole(steps.halves[place], steps.halves[place + 1])
        if place not in said:
            with torch.no_grad():
                said[place] = mean_opinion([master(batch)], batch)
        outputs = learner.outputs(batch)
        terms, apart = losses(outputs, targets), opinion_losses(outputs, said[place])
        loss = weighted_sum(terms, weights) + weighted_sum(apart, weights)
        if learner.steps % every == 0:
            loss = loss + weights.vector * vectors.loss(learner.network, learner.steps // every)
        learner.learn(loss, done)
        _tell("pupil", learner.steps, terms._asdict() | apart._asdict())
        if time.monotonic() - saved > 60.0:
            save_network(learner.network, output, description="")
            saved = time.monotonic()
    save_network(learner.network, output, description="NLI and translation-error spans for English")


def _vectors(network: Network, steps: Steps, padding: int, rng: random.Random) -> list[tuple[Batch, Tensor]]:
    """What the start says of single texts, here the hypotheses of some rows: retrieval shall go on working."""
    rows: list[Tensor] = []
    for half in rng.sample(steps.halves, min(len(steps.halves), SENTENCES // 40)):
        inside = half["small"][SMALL.index("hypothesis")].bool()
        rows += [ids[where].long() for ids, where in zip(half["ids"][:40], inside[:40], strict=True)]
    found = []
    for start_at in range(0, len(rows), 320):
        some = rows[start_at : start_at + 320]
        framed = [torch.cat([row.new_tensor(CLS), row, row.new_tensor(SEP)]) for row in some]
        ids = torch.nn.utils.rnn.pad_sequence(framed, batch_first=True, padding_value=padding)
        nothing, mask = torch.zeros_like(ids), ids != padding
        batch = Batch(ids, mask, nothing, nothing, nothing, nothing, nothing, mask, nothing)
        with torch.no_grad():
            found.append((batch, network.sentence_vectors(batch).float()))
    return found


def _tell(who: str, step: int, terms: Mapping[str, Tensor]) -> None:
    if step % 400 == 0:
        print(who, step, {name: round(float(value.detach()), 4) for name, value in terms.items()}, flush=True)


def main() -> None:
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    what, *rest = sys.argv[1:] or ["help"]
    if what == "pack" and len(rest) > 1:
        pack([Path(file) for file in rest[:-1]], Path(rest[-1]))
    elif what == "shrink" and len(rest) == 3:
        shrink(Path(rest[0]), int(rest[1]), Path(rest[2]))
    elif what == "build" and len(rest) == 4:
        build(Path(rest[0]), Path(rest[1]), Path(rest[2]), int(rest[3]))
    elif what == "train" and len(rest) == 7:
        steps, teacher, pupil, tokenizer, output = (Path(path) for path in rest[:5])
        train(steps, teacher, pupil, tokenizer, output, (float(rest[5]), float(rest[6])))
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
