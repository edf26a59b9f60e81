"""`checker check`: formats, exit codes, where things are printed, and everything that can go wrong with its input."""

import json
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

CLEAN = "The council met on Monday. The ferry runs again."
WRONG = "The council met on wrong Monday."


def test_a_clean_article(run, article):
    result = run("check", article(CLEAN))
    assert result.code == 0
    assert b"Checked, fine: no alert in 2 sentences" in result.out
    assert result.err == ""


@pytest.mark.parametrize(
    ("text", "arguments", "code"),
    [
        (WRONG, (), 1),
        ("A small typo here.", (), 0),
        ("A small typo here.", ("--fail-on", "minor"), 1),
        (WRONG, ("--fail-on", "critical"), 0),
        ("A fatal slip here.", ("--fail-on", "critical"), 1),
        ("This sentence stays unread today.", (), 3),
        ("This sentence stays unread and wrong today.", (), 3),
        (WRONG, ("--model", "missing"), 3),
        (WRONG, ("--fail-on", "neutral"), 2),
        (WRONG, ("--min-confidence", "2"), 2),
        (WRONG, ("--min-confidence", "high"), 2),
        (WRONG, ("--max-alerts", "0"), 2),
        (WRONG, ("--language", "klingon"), 2),
        (WRONG, ("--language", "en-GB"), 1),
        (WRONG, ("--format", "docx"), 2),
        (WRONG, ("--unknown",), 2),
        (WRONG, ("--output", "no/such/folder/report.txt"), 2),
        (WRONG, ("--output", "."), 2),
        (WRONG, ("--baseline", "none.json"), 2),
    ],
)
def test_exit_codes(run, article, text, arguments, code):
    result = run("check", article(text), *arguments)
    assert result.code == code
    assert result.code in (0, 1) or result.err or b"Not checked" in result.out
    assert "Traceback" not in result.err


def test_nothing_to_check_is_wrong_usage(run):
    assert run("check").code == 2


def test_json_of_one_file_is_an_object_and_standard_output_holds_nothing_else(run, article):
    result = run("check", article(WRONG), "--format", "json")
    data = json.loads(result.out)
    assert data["schema"] == "checker.report/1"
    assert data["document"]["path"] == "article.txt"
    assert [finding["text"] for finding in data["findings"]] == ["wrong"]
    assert result.err == "checker: article.txt: 1 alert: 1 major\n"


def test_several_files_are_an_array_even_if_one_can_be_read(run, article):
    result = run("check", article(WRONG), "missing.txt", "--format", "json")
    assert result.code == 3
    assert [report["document"]["path"] for report in json.loads(result.out)] == ["article.txt"]
    assert "checker: missing.txt: no such file" in result.err


def test_a_file_that_trips_the_program_does_not_cost_the_others(run, article):
    result = run("check", article("A crash.", "bad.txt"), article(WRONG), "-f", "json")
    assert result.code == 3
    assert len(json.loads(result.out)) == 1
    assert "checker: bad.txt: internal error: RuntimeError: the roof fell in; run again with --debug" in result.err
    assert "Traceback" not in result.err


def test_the_traceback_is_there_on_demand(run, article, caplog):
    result = run("check", article("A crash."), "--debug")
    assert result.code == 3
    assert "--debug" not in result.err
    assert "RuntimeError" in caplog.text


@pytest.mark.parametrize("format_", ["text", "html", "json"])
def test_nothing_is_printed_where_nothing_was_checked(run, format_):
    result = run("check", "missing.txt", "--format", format_)
    assert (result.code, result.out) == (3, b"")


def test_csv_has_its_header_where_nothing_was_checked(run):
    result = run("check", "missing.txt", "--format", "csv")
    assert result.code == 3
    assert result.out.startswith(b"document,path,")
    assert result.out.count(b"\r\n") == 1


def unread_in(result):
    """The locations of a SARIF log's notifications, of the one run that it has."""
    (sarif_run,) = json.loads(result.out)["runs"]
    (invocation,) = sarif_run["invocations"]
    assert (result.code, invocation["executionSuccessful"]) == (3, False)
    notices = invocation["toolExecutionNotifications"]
    assert all(notice["level"] == "error" and notice["message"]["text"] for notice in notices)
    return [notice["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for notice in notices]


@pytest.mark.parametrize("files", [("missing.txt",), ("missing.txt", "none.txt"), ("article.txt", "none.txt")])
def test_sarif_names_every_file_that_could_not_be_checked(run, article, files):
    article(CLEAN)
    result = run("check", *files, "--format", "sarif")
    assert unread_in(result) == [name for name in files if name != "article.txt"]


def test_sarif_says_what_tripped_the_program_and_that_a_model_is_missing(run, article):
    assert unread_in(run("check", article("A crash.", "bad.txt"), article(WRONG), "-f", "sarif")) == ["bad.txt"]
    result = run("check", "bad.txt", "article.txt", "--model", "missing", "-f", "sarif")
    assert unread_in(result) == ["bad.txt", "article.txt"]
    assert result.err.count("no model named") == 1


def test_standard_input(run):
    result = run("check", "-", "--format", "json", stdin=WRONG.encode())
    assert result.code == 1
    assert json.loads(result.out)["findings"][0]["text"] == "wrong"


def test_standard_input_twice_is_wrong_usage(run, article):
    assert run("check", "-", "-").code == 2
    assert run("check", "-", "--source", "-").code == 2


def test_facts_and_source_reach_the_pipeline(run, article, scripted):
    facts = article("The council met on Friday.\nThe ferry is shut.", "facts.txt")
    result = run("check", article(CLEAN), "--facts", facts, "--source", article("Der Rat tagte am Freitag.", "q.txt"))
    assert result.code == 0
    ((_, given, source),) = scripted.made[0].asked
    assert [fact.text for fact in given] == ["The council met on Friday.", "The ferry is shut."]
    assert source.text == "Der Rat tagte am Freitag."


def test_of_a_bitext_source_the_original_side_is_used(run, article, scripted):
    rows = "source,target\nDer Rat tagte am Freitag.,The council met.\nEr beriet lange.,\n"
    assert run("check", article(CLEAN), "--source", article(rows, "q.csv")).code == 0
    ((_, _, source),) = scripted.made[0].asked
    assert source.text == "Der Rat tagte am Freitag.\n\nEr beriet lange."


def test_a_source_is_of_one_article(run, article):
    one = article(CLEAN)
    result = run("check", one, one, "--source", one)
    assert result.code == 2
    assert "--source" in result.err


def test_what_cannot_be_used_is_named_and_the_rest_is_used(run, article, scripted):
    facts = article('{"text": "The council met."}\n{"txt": "x"}\n{"text": "The ferry runs."}', "facts.jsonl")
    result = run("check", article(CLEAN), "--facts", facts, "--facts", "none.txt", "--source", "none.html")
    assert result.code == 3
    assert b"Not used: facts.jsonl:2: " in result.out
    assert b"Not used: facts none.txt: " in result.out
    assert b"Not used: source none.html: " in result.out
    assert len(scripted.made[0].asked[0][1]) == 2


def test_the_day_for_which_facts_must_be_valid(run, article, scripted):
    facts = article('{"text": "The mayor is Ilse Brandt.", "valid_until": "1999-12-31"}', "f.jsonl")
    assert run("check", article(CLEAN), "--facts", facts, "--as-of", "1999-05-01").code == 0
    assert scripted.made[0].days == [date(1999, 5, 1)]
    assert run("check", article(CLEAN), "--facts", facts).code == 0
    assert scripted.made[1].days == [None]
    assert run("check", article(CLEAN), "--as-of", "May 1999").code == 2


def test_output_goes_to_a_file(run, article, tmp_path):
    result = run("check", article(WRONG), "--format", "csv", "--output", "report.csv")
    assert (result.code, result.out) == (1, b"")
    assert (tmp_path / "report.csv").read_bytes().count(b"\r\n") == 2
    assert "article.txt: 1 alert" in result.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.txt", "report.csv"]


def test_a_failed_run_leaves_the_old_file(run, article, tmp_path):
    (tmp_path / "report.txt").write_text("old")
    assert run("check", article("To interrupt it."), "--output", "report.txt").code == 130
    assert (tmp_path / "report.txt").read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 2


def kept(folder):
    """What is in the files of a folder, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


READ = {
    "article.txt": "the article",
    "facts.txt": "the fact file",
    "source.txt": "the original",
    "base.json": "the baseline",
    "terms.csv": "the glossary",
    "ours.json": "the calibration",
    "checker.toml": "the settings",
}


@pytest.fixture
def reading(run, article, scripted):
    """A check that reads every file of READ; `made` stays empty where nothing was loaded."""
    run("check", article(WRONG), "-f", "json", "-o", "base.json")
    article("The ferry runs.", "facts.txt")
    article("Der Rat tagte.", "source.txt")
    article("nothing that could be read", "terms.csv")
    article("nothing that could be read", "ours.json")
    article('calibration = "ours.json"', "checker.toml")
    scripted.made.clear()
    given = ("--facts", "facts.txt", "--source", "source.txt", "--baseline", "base.json", "--glossary", "terms.csv")
    return lambda *more: run("check", "article.txt", *given, *more)


@pytest.mark.parametrize("option", ["--output", "--annotate"])
@pytest.mark.parametrize("name", READ)
def test_no_output_replaces_what_is_read(reading, scripted, tmp_path, option, name):
    before = kept(tmp_path)
    result = reading(option, name, "-f", "json")
    assert result.code == 2
    assert result.err == f"checker: {name}: {option} would replace {READ[name]} {name}; give another {option}\n"
    assert (kept(tmp_path), scripted.made) == (before, [])


@pytest.mark.parametrize("option", ["--output", "--annotate"])
@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_no_output_replaces_what_is_read_by_another_name(reading, tmp_path, option, link):
    (tmp_path / "more").mkdir()
    other = tmp_path / "more" / "link.txt"
    getattr(other, link)(tmp_path / "facts.txt")
    for place in ("more/link.txt", "more/../facts.txt", tmp_path / "facts.txt"):
        result = reading(option, place)
        assert (result.code, "would replace the fact file facts.txt" in result.err) == (2, True)
    assert kept(tmp_path)["facts.txt"] == other.read_bytes() == b"The ferry runs."


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no device that can be read and written")
def test_a_device_is_no_file_that_could_be_replaced(run, article):
    assert run("check", article(CLEAN), "--facts", "/dev/null", "--output", "/dev/null").code != 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--fail-on", "none"), "'--fail-on': 'none' is not one of 'minor', 'major', 'critical'."),
        (("--as-of", "2023-13-40"), "'--as-of': '2023-13-40' is no day; give one such as 2026-11-29"),
    ],
)
def test_a_value_that_an_option_does_not_take_is_one_line(run, article, arguments, said):
    result = run("check", article(CLEAN), *arguments)
    assert (result.code, result.err) == (2, f"checker: Invalid value for {said}\n")


def test_a_name_with_a_line_break_is_one_line(run, article):
    result = run("check", article(CLEAN, "two\nlines.txt"), "--facts", "no\nfacts.txt")
    lines = result.out.decode().splitlines()
    assert lines[0].startswith("two lines.txt  ")
    assert lines[-1].startswith("Not used: facts no facts.txt: ")


def test_a_dash_is_standard_output(run, article, tmp_path):
    assert b"1 alert" in run("check", article(WRONG), "--output", "-").out
    assert not (tmp_path / "-").exists()


def test_settings_reach_the_pipeline(run, article, scripted, tmp_path):
    (tmp_path / "checker.toml").write_text("max_alerts = 2\nevidence_per_sentence = 3")
    run("check", article(CLEAN), "--min-confidence", "0.7", "--language", "en", "--model", "other")
    settings = scripted.made[0].settings
    assert (settings.max_alerts, settings.evidence_per_sentence, settings.min_confidence) == (2, 3, 0.7)
    assert (settings.language, settings.model) == ("en", "other")


def test_the_folder_of_kept_answers_reaches_the_pipeline_and_is_no_part_of_the_settings_hash(run, article, scripted):
    run("check", article(CLEAN))
    run("check", article(CLEAN), "--cache", "kept")
    plain, keeping = (made.settings for made in scripted.made)
    assert (plain.cache, keeping.cache) == (None, "kept")
    assert plain.hash() == keeping.hash()


def test_alerts_of_a_baseline_are_not_shown_and_take_no_place(run, article, tmp_path):
    old = article("A wrong typo here.")
    run("check", old, "--format", "json", "--output", "before.json")
    new = article("A wrong typo fatal wrong here.", "new.txt")
    result = run("check", new, "--baseline", "before.json", "--max-alerts", "1", "--format", "json")
    data = json.loads(result.out)
    assert [finding["text"] for finding in data["findings"]] == ["fatal"]
    assert result.code == 1
    assert "2 known alerts left out, see before.json" in result.err
    again = run("check", old, "--baseline", "before.json", "--format", "json", "--max-alerts", "1")
    assert again.code == 0
    first = run("check", old, "--format", "json", "--max-alerts", "1")
    assert "left out" not in first.err
    plain = json.loads(first.out)
    assert json.loads(again.out)["signature"] == plain["signature"]


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"schema": "other", "findings": []}', "\xff"])
def test_a_baseline_has_to_be_a_report(run, article, tmp_path, content):
    (tmp_path / "before.json").write_bytes(content.encode("latin-1"))
    result = run("check", article(CLEAN), "--baseline", "before.json")
    assert result.code == 2
    assert "before.json" in result.err


def test_an_interrupt_is_quiet(run, article):
    result = run("check", article("To interrupt it."))
    assert (result.code, result.err, result.out) == (130, "", b"")


def test_messages_are_one_line_and_tame(run):
    result = run("check", "no\nsuch\x1b[31m.txt")
    assert result.err.count("\n") == 1
    assert "\x1b" not in result.err


def run_in_shell(folder, command):
    """A shell command in which `"$0" -c "$1"` is `checker` with the stand-in for the pipeline."""
    program = """
        import sys
        import checker.pipeline
        from scripted_checker import ScriptedChecker
        checker.pipeline.Checker = ScriptedChecker
        from checker.cli import main
        sys.exit(main())
    """
    return subprocess.run(  # noqa: S603
        ["/bin/bash", "-c", f"set -o pipefail; {command}", sys.executable, textwrap.dedent(program)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PATH": "/usr/bin:/bin"},
    )


def test_a_reader_that_goes_away_is_no_error(tmp_path):
    (tmp_path / "a.txt").write_text("All is well. " * 1_500)
    done = run_in_shell(tmp_path, '"$0" -c "$1" check a.txt --format json | head -c 10')
    assert done.stderr == "checker: a.txt: Checked, fine: no alert in 1,500 sentences\n"
    assert done.returncode == 0


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")


@FULL
@pytest.mark.parametrize("arguments", [("check", "article.txt"), ("score", "pairs.jsonl")])
def test_a_full_disk_is_said_in_one_line(run, article, arguments):
    article(WRONG)
    article('{"premise": "The vote was lost.", "hypothesis": "The vote was won."}\n', "pairs.jsonl")
    result = run(*arguments, "--output", "/dev/full")
    assert result.code == 3
    assert result.err == "checker: /dev/full: cannot be written any further (No space left on device); make room\n"


@FULL
def test_standard_output_on_a_full_disk_is_said_in_one_line(tmp_path):
    (tmp_path / "a.txt").write_text(CLEAN)
    done = run_in_shell(tmp_path, '"$0" -c "$1" check a.txt > /dev/full')
    assert done.returncode == 3
    assert (
        done.stderr == "checker: standard output: cannot be written any further (No space left on device); make room\n"
    )


def test_a_file_in_no_folder_is_called_by_the_name_that_was_given(run, article):
    result = run("check", article(CLEAN), "--output", "no/such/report.txt")
    assert result.code == 2
    assert result.err == "checker: no/such/report.txt: its folder does not exist; make it, or give another --output\n"


def test_the_summary_tells_what_was_not_checked(run, article):
    result = run("check", article("This stays unread. So does this."), article(CLEAN, "b.txt"), "--format", "json")
    assert result.code == 3
    assert result.err.splitlines() == [
        "checker: article.txt: Not checked: no sentence could be checked",
        "checker: article.txt: not checked: 2 of 2 sentences: longer than the model can read",
        "checker: b.txt: Checked, fine: no alert in 2 sentences",
        "checker: 0 alerts in 2 articles",
    ]
