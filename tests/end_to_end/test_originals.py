"""The model of originals that is part of the project, on sentences written here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker import Checker
from checker.cli import main
from checker.nli import Pair

# Original, its language, right and wrong English.
SENTENCES = (
    ("El ministro de Hacienda rechazó el lunes subir los impuestos.", "es",
     "The finance minister refused on Monday to raise taxes.",
     "The finance minister promised on Monday to raise taxes."),
    ("La invasión injustificada fue condenada por los ministros.", "es",
     "The unjustified invasion was condemned by the ministers.",
     "The justified invasion was condemned by the ministers."),
    ("La fiscal pidió ocho años de cárcel para el alcalde.", "es",
     "The prosecutor asked for eight years in prison for the mayor.",
     "The prosecutor asked for eight years in prison for the bishop."),
    ("Le syndicat a suspendu la grève après trois jours de négociations.", "fr",
     "The union suspended the strike after three days of negotiations.",
     "The union suspended the strike after three days of celebrations."),
    ("Der Fluss trat nach dem Regen über die Ufer und überflutete zwei Dörfer.", "de",
     "The river burst its banks after the rain and flooded two villages.",
     "The river burst its banks after the rain and flooded two factories."),
    ("Президент отменил встречу с послом из-за болезни.", "ru",
     "The president cancelled the meeting with the ambassador because of illness.",
     "The president cancelled the meeting with the ambassador because of the war."),
)  # fmt: skip


def test_what_the_original_does_not_say_is_likelier_an_error() -> None:
    pairs = [Pair(source, text, language=language) for source, language, *texts in SENTENCES for text in texts]
    figures = [scored.error_probability for scored in Checker().score(pairs)]
    worse = [wrong > right for right, wrong in zip(figures[::2], figures[1::2], strict=True)]
    assert sum(worse) >= len(SENTENCES) - 1


def test_an_original_is_read_and_nothing_is_called_incomplete(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    source, _, right, _ = zip(*SENTENCES[:3], strict=True)
    (tmp_path / "original.txt").write_text("\n\n".join(source), encoding="utf-8")
    (tmp_path / "article.txt").write_text("\n\n".join(right), encoding="utf-8")
    code = main(
        ["check", str(tmp_path / "article.txt"), "--source", str(tmp_path / "original.txt"), "--format", "json"]
    )
    assert code == 0
    report = json.loads(capsysbinary.readouterr().out)
    assert report["skipped"] == []
    assert report["findings"] == []
    assert report["signature"]["originals"].startswith("checker-mini-xx-en ")
    assert all(sentence["probabilities"] for sentence in report["sentences"])
