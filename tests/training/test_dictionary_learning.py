"""A dictionary is learnt from translations: what stands for what, how often, and in which form."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from checker.nli.dictionary import Link, load_dictionaries, save_dictionary
from checker.nli.encoding import MARKERS
from checker.training import dictionary
from checker.training.dictionary import learn_dictionary, main, read_translations
from checker.training.sources.sourced import read_lines

WHO = {"alcalde": "mayor", "puerto": "port", "huelga": "strike", "juez": "judge", "trigo": "wheat"}
WHAT = {"cerró": "closed", "pagó": "paid", "visitó": "visited", "perdió": "lost"}


def translations() -> list[tuple[str, str]]:
    """Each thing with each other and each deed."""
    return [
        (f"El {one} {deed} el {two}.", f"The {WHO[one]} {WHAT[deed]} the {WHO[two]}.")
        for one in WHO
        for two in WHO
        if one != two
        for deed in WHAT
    ]


@pytest.fixture(autouse=True)
def _so_few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "MOST", 0.6)


@pytest.fixture
def tokenizer() -> Tokenizer:
    vocabulary = {
        piece: place for place, piece in enumerate([*["[PAD]", "[UNK]", "[CLS]", "[SEP]"], *MARKERS.values()])
    }
    vocabulary |= {sign: len(vocabulary) + place for place, sign in enumerate("abcdefghijklmnopqrstuvwxyzéó.")}
    vocabulary |= {f"##{sign}": len(vocabulary) + place for place, sign in enumerate("abcdefghijklmnopqrstuvwxyzéó")}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 a token of text
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def test_words_are_paired_by_where_they_stand_together(
    tokenizer: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_dictionary(learn_dictionary(translations(), tokenizer, "es"), tmp_path)
    found = load_dictionaries(tmp_path)["es"]
    assert {word: found.translations[word][0] for word in WHO} == WHO
    assert found.translations["perdio"][0] == "lost"
    assert found.kept["trigo"] > 0.9
    theirs, ours = found.links(["trigo", "alcalde"], ["mayor", "judg"])
    assert theirs == [Link.LOST_SURELY, Link.TRANSLATED]
    assert ours == [Link.TRANSLATED, Link.LOST_SURELY]


def test_a_translation_has_its_usual_form(
    tokenizer: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = [*translations(), ("Las huelgas del puerto.", "The strikes of the port.")]
    save_dictionary(learn_dictionary(pairs, tokenizer, "es"), tmp_path)
    assert load_dictionaries(tmp_path)["es"].translations["huelga"] == ("strike",)


def write_lines(path: Path, pairs: list[tuple[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(f"{one}\t{other}\n" for one, other in pairs)


def write_rows(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


def test_nothing_is_learnt_from_what_is_kept_apart(tmp_path: Path, tokenizer: Tokenizer) -> None:
    parallel = tmp_path / "text" / "parallel.es-en.pud.tsv.gz"
    write_lines(parallel, translations() * 10)
    write_lines(tmp_path / "text" / "parallel.es-en.ntrex.tsv.gz", [("El ntrex", "The ntrex")])
    row = {"source": "El juez perdió", "reference": "The judge lost the wheat", "source_lang": "es"}
    for file in dictionary.REVIEWED:
        write_rows(tmp_path / file, [row])
    excluded = translations()[0][1]
    for file in dictionary.KEPT_APART:
        write_rows(tmp_path / file, [{"reference": excluded}])
    pairs = read_translations(tmp_path)
    assert list(pairs) == ["es"]
    seen = set(pairs["es"])
    held = {line[:2] for line in read_lines(parallel) if line.is_kept_apart}
    assert held, "no line of the file is kept apart"
    usable = {line[:2] for line in read_lines(parallel) if not line.is_kept_apart and line.english != excluded}
    assert seen - {(row["source"], row["reference"])} == usable
    folder = tmp_path / "model"
    folder.mkdir()
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "config.json").write_text('{"languages": ["es"]}', encoding="utf-8")
    main(tmp_path, folder)
    assert load_dictionaries(folder)["es"].translations["trigo"][0] == "wheat"
