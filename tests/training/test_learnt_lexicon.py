"""Tables of translations are learnt from pairs of sentences."""

import gzip

import pytest

from checker.errors import UnreadableFileError
from checker.training.lexicon import learn_lexicon, main

NOUNS = "gato=cat perro=dog casa=house barco=ship reloj=clock queso=cheese luna=moon libro=book calle=street ojo=eye"
VERBS = (
    "duerme=sleeps brilla=shines falta=lacks cambia=changes crece=grows arde=burns llega=arrives tiembla=trembles "
    "pesa=weighs gira=turns"
)


def read(words):
    return [tuple(pair.split("=")) for pair in words.split()]


PAIRS = [(f"{noun} {verb}", f"{english} {does}") for noun, english in read(NOUNS) for verb, does in read(VERBS)] * 2


def test_words_that_go_together_are_translations():
    rows = [row.split("\t") for row in learn_lexicon(PAIRS, "es")]
    table = {word: words for side, word, _, *words in rows if side == "es"}
    assert {noun: table[noun] for noun, _ in read(NOUNS)} == {noun: [english[:6]] for noun, english in read(NOUNS)}
    assert all(0.9 < float(share) < 1.0 for _, _, share, *_ in rows)
    assert {word for side, word, *_ in rows if side == "en"} == {words[0] for words in table.values()}


def test_what_stands_in_most_sentences_is_no_translation():
    rows = learn_lexicon([(f"siempre {one}", f"always {two}") for one, two in PAIRS], "es")
    assert not any("siempr" in row or "always" in row for row in rows)


def test_the_order_of_the_pairs_does_not_matter():
    assert learn_lexicon(PAIRS, "es") == learn_lexicon(PAIRS[::-1], "es")


def test_a_folder_without_texts_is_named(tmp_path):
    with pytest.raises(UnreadableFileError, match="give the folder with the data"):
        main(tmp_path, tmp_path)


def test_a_table_a_language_is_written(tmp_path):
    (tmp_path / "text").mkdir()
    for language in ("es", "fr", "de", "pt", "it", "ru"):
        with gzip.open(tmp_path / f"text/parallel.{language}-en.tatoeba_test.tsv.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(f"{one}\t{two}\n" for one, two in PAIRS)
    main(tmp_path, tmp_path)
    assert "es\tqueso\t" in (tmp_path / "es.tsv").read_text(encoding="utf-8")
