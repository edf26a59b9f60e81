"""Recipes: what is misspelt is an error, never ignored."""

from pathlib import Path

import pytest

from checker.errors import UsageError
from checker.training.recipe import load_recipe

MODELS = Path(__file__).parents[2] / "models"

GOOD = """
name = "tiny"
[schedule]
steps = 3
[[source]]
loader = "labelled_pairs"
count = 2
file = "pairs.jsonl.gz"
"""


def test_reads_tables_and_defaults(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(GOOD, encoding="utf-8")
    recipe = load_recipe(path)
    assert (recipe.name, recipe.schedule.steps, recipe.seed) == ("tiny", 3, 0)
    assert recipe.sources[0].weight == 1.0


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (GOOD.replace("steps", "stepps"), "stepps"),
        (GOOD.replace("loader", "loadre"), "loadre"),
        (GOOD.replace("count = 2\n", ""), "count"),
        ("name = ", "TOML"),
        (GOOD + "\n[los]\nlabel = 1.0\n", "los"),
    ],
)
def test_errors_name_the_key(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=named):
        load_recipe(path)


def test_missing_recipe(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_recipe(tmp_path / "none.toml")


def test_recipes_of_shipped_models_are_valid() -> None:
    recipes = sorted(MODELS.glob("*/recipe*.toml"))
    assert recipes
    for path in recipes:
        recipe = load_recipe(path)
        takes_groups = f"checker train {path.name} --groups" in path.read_text(encoding="utf-8")  # of another recipe
        assert recipe.sources or takes_groups or recipe.schedule.steps == 0
