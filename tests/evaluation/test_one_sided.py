"""The benchmark of whole sentences, on documents written here."""

import gzip

import pytest

from checker.errors import UnreadableFileError
from checker.evaluation.one_sided import LINES, whole_sentences

NAMES = ["Ortega", "Boric", "Petrovic", "Huang", "Pativilca", "Chancay", "Arequipa", "Belgrade", "Novak", "Lima"]


def rows(count):
    for number in range(count):
        one, two = NAMES[number % 10], NAMES[(number * 7 + number // 10) % 10]
        said = f"{one} y {two} firmaron el acuerdo numero {1000 + 37 * number} sobre la exportacion de minerales."
        yield f"{said}\t{one} and {two} signed the agreement number {1000 + 37 * number} on the export of minerals.\n"


def test_slips_are_made_and_found(tmp_path):
    (tmp_path / "text").mkdir()
    with gzip.open(tmp_path / "text/parallel.es-en.ntrex.tsv.gz", "wt", encoding="utf-8") as file:
        file.writelines(rows(3 * LINES))
    measures = {measure.name: measure.value() for measure in whole_sentences(tmp_path, 2)}
    assert measures["left-out: slips found"] > 0.0
    assert measures["left-out: alarms in 1,000 clean sentences"] == 0.0
    assert measures["added: alarms in 1,000 reordered sentences"] == 0.0


def test_without_data_one_is_told_what_to_give(tmp_path):
    with pytest.raises(UnreadableFileError, match="--data"):
        whole_sentences(tmp_path, 1)
