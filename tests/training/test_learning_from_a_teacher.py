"""A run that learns from a teacher of another size, from recipe to model folder."""

import json
from dataclasses import replace
from pathlib import Path

from tokenizers import Tokenizer, models, pre_tokenizers

from checker.evidence import Relation
from checker.nli.checkpoint import save_network
from checker.nli.network import EncoderConfig, Network
from checker.training.examples import Example, write_groups
from checker.training.opinions import rows_asked
from checker.training.run import LOGGED_EVERY, train

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[unused1]", "[unused2]", "[unused3]", "the", "port", "is", "open", "shut"]
SMALL = EncoderConfig(len(WORDS), 8, 1, 2, 8)
LARGE = replace(SMALL, hidden_size=12, num_hidden_layers=2, relative_buckets=32)
RECIPE = f"""
name = "pupil"
[schedule]
steps = {LOGGED_EVERY}
[loss]
vector = 0.0
label_opinion = 1.0
token_opinion = 1.0
error_opinion = 1.0
hidden_opinion = 1.0
"""


def saved(folder: Path, sizes: EncoderConfig) -> Path:
    save_network(Network(sizes), folder, description="")
    tokenizer = Tokenizer(models.WordPiece({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))  # noqa: S106 a token of text
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def test_opinions_of_unlabelled_pairs_are_learnt(tmp_path: Path) -> None:
    unlabelled = Example("the port is open", "the port is shut", Relation.CONTEXT, None, None, None, "nobody")
    groups, recipe = tmp_path / "groups.jsonl.gz", tmp_path / "recipe.toml"
    write_groups(groups, [(unlabelled,)])
    recipe.write_text(RECIPE)
    start, teacher = saved(tmp_path / "start", SMALL), saved(tmp_path / "teacher", LARGE)
    made = train(recipe, groups, tmp_path / "pupil", start_from=[start], teachers=[teacher])
    assert {file.name for file in made.iterdir()} >= {"model.safetensors", "config.json", "tokenizer.json"}
    assert json.loads((made / "config.json").read_text())["encoder"]["num_hidden_layers"] == 1
    [line] = map(json.loads, (made / "run" / "log.jsonl").read_text().splitlines())
    assert line["label"] == line["token"] == line["error"] == 0
    assert min(line[name] for name in line if name.endswith("_opinion")) > 0


def test_a_run_that_learns_hidden_states_goes_on_where_it_stopped(tmp_path: Path) -> None:
    pair = Example("the port is open", "the port is shut", Relation.CONTEXT, None, None, None, "nobody")
    groups, recipe = tmp_path / "groups.jsonl.gz", tmp_path / "recipe.toml"
    write_groups(groups, [(pair,)])
    start, teacher = saved(tmp_path / "start", SMALL), saved(tmp_path / "teacher", LARGE)
    for steps in (LOGGED_EVERY, 2 * LOGGED_EVERY):
        recipe.write_text(RECIPE.replace(f"steps = {LOGGED_EVERY}", f"steps = {steps}"))
        train(recipe, groups, tmp_path / "pupil", start_from=[start], teachers=[teacher])
    lines = [json.loads(line) for line in (tmp_path / "pupil/run/log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == [LOGGED_EVERY, 2 * LOGGED_EVERY]
    assert lines[1]["hidden_opinion"] < lines[0]["hidden_opinion"]


def test_no_opinion_is_heard_on_sources_that_the_recipe_names(tmp_path: Path) -> None:
    known = Example("the port is open", "the port is shut", Relation.CONTEXT, None, None, None, "old")
    new = replace(known, label="contradiction", source="new")
    start, teacher = saved(tmp_path / "start", SMALL), saved(tmp_path / "teacher", LARGE)
    lines = []
    for name, group in (("both", (known, new)), ("new", (new,)), ("old", (known,))):
        groups, recipe = tmp_path / f"{name}.jsonl.gz", tmp_path / f"{name}.toml"
        write_groups(groups, [group])
        recipe.write_text(f'{RECIPE}unasked = ["new"]\n')
        made = train(recipe, groups, tmp_path / name, start_from=[start], teachers=[teacher])
        lines.append(json.loads((made / "run" / "log.jsonl").read_text().splitlines()[0]))
    both, only_new, only_old = lines
    assert both["label"] > 0
    assert both["token_opinion"] > 0
    assert only_new["label"] > 0
    assert "token_opinion" not in only_new
    assert only_old["label"] == 0
    assert only_old["token_opinion"] > 0


def test_rows_whose_source_is_unasked_are_left_out() -> None:
    assert rows_asked(["a", "b", "a", "c"], ("b", "c")) == [0, 2]
    assert rows_asked(["a", "b"], ()) == [0, 1]
