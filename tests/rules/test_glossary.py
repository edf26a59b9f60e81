"""Glossaries: three formats, and what is said of a row that cannot be used."""

import pytest

from checker.errors import UsageError
from checker.rules import Term, load_glossary

from .material import run, words

TBX = """<?xml version="1.0"?><martif><text><body>
<termEntry id="c1"><langSet xml:lang="en"><tig><term>Kyiv</term></tig>
<tig><term>Kiev</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet></termEntry>
<termEntry id="c2"><langSet xml:lang="en"><tig><term>alone</term></tig></langSet></termEntry>
</body></text></martif>"""
TMX = """<?xml version="1.0"?><tmx version="1.4"><body>
<tu><tuv xml:lang="en"><seg>Summit</seg></tuv><tuv xml:lang="es"><seg>Cumbre</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>lonely</seg></tuv></tu></body></tmx>"""


def load(tmp_path, name, content):
    (tmp_path / name).write_text(content, encoding="utf-8")
    return load_glossary(tmp_path / name)


def test_csv_names_the_broken_row_and_keeps_the_rest(tmp_path):
    rows = "preferred,forbidden,source\nKyiv,Kiev|Kiew,\nonly,\n,,\nSummit,,Cumbre\n"
    glossary = load(tmp_path, "terms.csv", rows)
    path = tmp_path / "terms.csv"
    assert glossary.terms == (
        Term(("Kyiv",), ("Kiev", "Kiew"), None, f"{path}:2"),
        Term(("Summit",), (), "Cumbre", f"{path}:5"),
    )
    assert [where for where, _ in glossary.problems] == [f"{path}:3", f"{path}:4"]


def test_tbx(tmp_path):
    glossary = load(tmp_path, "terms.tbx", TBX)
    assert [(term.preferred, term.forbidden) for term in glossary.terms] == [(("Kyiv",), ("Kiev",))]
    assert "c2" in glossary.problems[0][0]


def test_tmx(tmp_path):
    glossary = load(tmp_path, "terms.tmx", TMX)
    assert [(term.preferred, term.source) for term in glossary.terms] == [(("Summit",), "Cumbre")]
    assert len(glossary.problems) == 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("terms.doc", "x", "a glossary is a .csv"),
        ("terms.csv", "word\nx\n", "names the columns"),
        ("terms.csv", "preferred,colour\nx,y\n", "unknown column 'colour'"),
        ("terms.tmx", "<tmx>", "broken XML"),
        ("terms.tmx", '<!DOCTYPE t [<!ENTITY a "b">]><tmx/>', "entities"),
    ],
)
def test_a_file_that_is_no_glossary_says_so(tmp_path, name, content, told):
    with pytest.raises(UsageError, match=told):
        load(tmp_path, name, content)


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        load_glossary(tmp_path / "none.csv")


LOADED = Term(("government",), row="terms.csv:2", loaded=("regime",), justified=("régimen", "dictadura"))


@pytest.mark.parametrize(
    ("source", "text", "wrong"),
    [
        ("El gobierno cayó.", "The regime fell.", ["regime"]),
        ("El régimen cayó.", "The regime fell.", []),
        ("Las dictaduras caen.", "Regimes fall.", []),
        ("El gobierno cayó.", "The “regime” fell.", []),
        ("El gobierno cayó.", "The government fell.", []),
    ],
)
def test_a_loaded_word_needs_one_in_the_source(source, text, wrong):
    assert words(text, run("loaded-terms", text, source, terms=[LOADED])) == wrong


def test_a_loaded_word_without_a_source_is_left_alone():
    assert run("loaded-terms", "The regime fell.", terms=[LOADED]) == []


def test_csv_has_loaded_words(tmp_path):
    glossary = load(tmp_path, "terms.csv", "preferred,loaded,justified\ngovernment,regime,régimen|dictadura\n")
    assert glossary.terms[0].loaded == ("regime",)
    assert glossary.terms[0].justified == ("régimen", "dictadura")
