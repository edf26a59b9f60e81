"""`checker facts` from the outside: what is printed where, and the exit codes."""

import json

import pytest

HARBOUR = "The harbour of Velmar opened in 1911."
QUIET = "--no-vectors"


def ids(result):
    return result.out.decode().split()


def test_a_store_from_first_to_last(run, article):
    sheet = article(f"{HARBOUR}\nThe Orsa tunnel is 14 kilometres long.\n", "sheet.txt")
    assert run("facts", "import", "n.facts", sheet, QUIET, "--tag", "desk").code == 0
    added = run("facts", "add", "n.facts", "Ilse Brandt is mayor of Velmar.", "--valid-until", "2015-06-30", QUIET)
    assert "1 new" in added.err
    (mayor,) = ids(added)
    listed = [json.loads(line) for line in run("facts", "list", "n.facts", "--format", "json").out.splitlines()]
    assert [fact["origin"] for fact in listed[:2]] == ["sheet.txt:1", "sheet.txt:2"]
    assert listed[2]["valid_until"] == "2015-06-30"
    found = run("facts", "search", "n.facts", "mayor Ilse Brandt of Velmar", QUIET).out.decode()
    assert found.splitlines()[0].endswith(f"{mayor}  Ilse Brandt is mayor of Velmar.  (valid to 2015-06-30)")
    assert mayor not in run("facts", "search", "n.facts", "Ilse Brandt", QUIET, "--as-of", "2020-01-01").out.decode()
    doubts = run("facts", "check", "n.facts", "--no-judge")
    assert (doubts.code, doubts.out.decode().splitlines()[0]) == (1, "stale")
    assert run("facts", "mark", "n.facts", "retired", mayor).code == 0
    assert run("facts", "check", "n.facts", "--no-judge").code == 0
    assert run("facts", "remove", "n.facts", mayor, "nobody").code == 3
    assert run("facts", "export", "n.facts", "--output", "out.csv", "--format", "csv").code == 0
    assert run("facts", "import", "m.facts", "out.csv", QUIET).code == 0
    assert "2 new" not in run("facts", "import", "m.facts", "out.csv", QUIET).err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("list", "none.facts"), 3, "no such fact store"),
        (("list", "sheet.txt"), 3, "not a fact store"),
        (("add", "sheet.txt", "A fact of Velmar.", QUIET), 3, "not a fact store"),
        (("import", "n.facts", "none.txt", QUIET), 3, "cannot be read"),
        (("add", "n.facts", "...", QUIET), 2, "empty"),
        (("add", "n.facts", "One.", "Two.", "--id", "x", QUIET), 2, "--id"),
        (("list", "n.facts", "--as-of", "yesterday"), 2, "yesterday"),
    ],
)
def test_what_goes_wrong_is_one_line(run, article, arguments, code, said):
    article(HARBOUR, "sheet.txt")
    result = run("facts", *arguments)
    assert result.code == code
    assert said in result.err
    assert "Traceback" not in result.err


def test_lines_that_cannot_be_imported_are_named(run, article):
    result = run("facts", "import", "n.facts", article(f'"{HARBOUR}"\nnonsense\n', "f.jsonl"), QUIET)
    assert result.code == 3
    assert "f.jsonl:2: not valid JSON" in result.err
    assert "1 new" in result.err


def test_a_file_that_cannot_be_read_costs_no_other(run, article):
    sheet = article(HARBOUR, "sheet.txt")
    triples = article("Velmar\tpopulation\t48,000\n", "wd.tsv")
    result = run("facts", "import", "n.facts", "none.txt", triples, sheet, QUIET)
    assert result.code == 3
    assert "none.txt: cannot be read" in result.err
    assert "--format triples" in result.err
    assert "sheet.txt: 1 new" in result.err
    assert "1 new" in run("facts", "import", "n.facts", triples, "--format", "triples", QUIET).err


def test_what_is_not_found_is_said(run):
    run("facts", "add", "n.facts", HARBOUR, QUIET)
    result = run("facts", "search", "n.facts", "An unrelated sentence about football.", QUIET)
    assert (result.code, result.out) == (0, b"")
    assert "no active fact" in result.err


def test_check_takes_a_store_as_facts(run, article, scripted):
    run("facts", "add", "n.facts", HARBOUR, QUIET)
    assert run("check", article("All is well here."), "--facts", "n.facts").code == 0
    ((_, given, _),) = scripted.made[0].asked
    assert [str(each.path) for each in given] == ["n.facts"]
    (checked,) = [article("SQLite format 3\x00 no store", "bad.facts")]
    result = run("check", article("All is well here."), "--facts", checked)
    assert result.code == 3
    assert b"Not used: facts bad.facts: is not a fact store" in result.out


def test_a_store_is_not_replaced_by_its_export(run, article, tmp_path):
    run("facts", "import", "n.facts", article("The ferry runs.", "f.txt"), QUIET)
    before = (tmp_path / "n.facts").read_bytes()
    result = run("facts", "export", "n.facts", "--output", "n.facts")
    assert (result.code, "--output would replace the fact store n.facts" in result.err) == (2, True)
    assert (tmp_path / "n.facts").read_bytes() == before
    told = run("facts", "list", "n.facts", "--as-of", "2026-02-30")
    assert (told.code, told.err.count("\n"), "is no day" in told.err) == (2, 1, True)
