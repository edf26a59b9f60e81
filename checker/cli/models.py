"""`checker models`: which models are on this machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from checker.cli.terminal import open_output, say

if TYPE_CHECKING:
    from checker.nli.registry import ModelInfo


class ListFormat(StrEnum):
    """Formats of the list."""

    TEXT = "text"
    JSON = "json"


def models(
    format_: Annotated[ListFormat, typer.Option("--format", "-f", help="Format of the list.")] = ListFormat.TEXT,
) -> None:
    """List the models that are on this machine."""
    from checker.nli.registry import list_models
    from checker.report.json import dumps
    from checker.settings import Settings

    found = [_described(model) for model in list_models()]
    chosen = Settings()
    defaults = {chosen.model: "default", chosen.originals: "default for originals"}
    if not found:
        say("no model is on this machine; give a folder or a hub id as --model, or make one with `checker train`")
    text = dumps(found) if format_ is ListFormat.JSON else "".join(_paragraph(model, defaults) for model in found)
    with open_output(None) as write:
        write(text.encode("utf-8", "backslashreplace"))


def _described(model: ModelInfo) -> dict[str, Any]:
    return {
        "name": model.name,
        "description": model.description,
        "kind": model.kind.value,
        "size_bytes": model.size_bytes,
        "weights_hash": model.weights_hash,
        "labels": _labels(model),
        "folder": str(model.folder),
    }


def _labels(model: ModelInfo) -> list[str]:
    """What the model can say; our own checkpoints have no list in their config, because it is always the same."""
    from checker.nli.registry import ModelKind

    if model.kind is ModelKind.OWN:
        return ["entailment", "neutral", "contradiction"]
    try:
        labels = json.loads((model.folder / "config.json").read_bytes()).get("id2label") or {}
        return [str(labels[number]) for number in sorted(labels, key=int)]
    except (OSError, ValueError, AttributeError, TypeError):
        return []


def _paragraph(model: dict[str, Any], defaults: Mapping[str | None, str]) -> str:
    """Four lines and a blank one, each name a word, so that it can be read and cut by other programs."""
    from checker.report.visible import show_invisible

    name = f"{model['name']} ({defaults[model['name']]})" if model["name"] in defaults else model["name"]
    size = f"{model['size_bytes'] / 1e6:.1f} MB"
    labels = ", ".join(model["labels"]) or "not named in its config"
    lines = (
        name,
        f"    {model['description'] or 'no description'}",
        f"    {size}, weights {model['weights_hash']}",
        f"    labels: {labels}",
        f"    {model['folder']}",
    )
    return "".join(show_invisible(line) + "\n" for line in lines) + "\n"
