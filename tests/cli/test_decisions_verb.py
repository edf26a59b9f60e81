"""`checker decisions`, and decisions as a baseline, from the outside."""

import json

import pytest

ARTICLE = "A wrong typo here."


@pytest.fixture
def decided(tmp_path):
    """A store in which the first alert of ARTICLE was called no error, and another was accepted."""
    from datetime import UTC, datetime

    from checker.decisions import Decision, DecisionKind, DecisionStore

    noon = datetime(2026, 1, 31, 12, tzinfo=UTC)
    with DecisionStore.open(tmp_path / "n.decisions") as store:
        store.add(
            [
                Decision(
                    fingerprint="wrong-0",
                    kind=DecisionKind.NOT_AN_ERROR,
                    at=noon,
                    by="Ada",
                    text="wrong",
                    confidence=0.9,
                ),
                Decision(
                    fingerprint="other",
                    kind=DecisionKind.ACCEPTED,
                    at=noon,
                    by="Bo",
                    text="cover",
                    replacement="summit",
                    reason="plain\nto see",
                    confidence=0.8,
                ),
            ]
        )
    return "n.decisions"


def test_dismissed_alerts_are_not_shown_again(run, article, decided):
    result = run("check", article(ARTICLE), "--baseline", decided, "--max-alerts", "1", "--format", "json")
    assert [finding["text"] for finding in json.loads(result.out)["findings"]] == ["typo"]


def test_a_reopened_alert_is_shown_again(run, article, decided):
    told = run("decisions", "reopen", decided, "wrong-0", "--by", "Ilse", "--reason", "it is one")
    assert (told.code, told.err) == (0, "checker: wrong-0: “wrong” is shown again\n")
    result = run("check", article(ARTICLE), "--baseline", decided, "--max-alerts", "1", "--format", "json")
    assert [finding["text"] for finding in json.loads(result.out)["findings"]] == ["wrong"]
    assert "reopened  Ilse" in run("decisions", "list", decided).out.decode()
    again = run("decisions", "reopen", decided, "wrong-0")
    assert (again.code, "nothing is decided about it" in again.err) == (2, True)


def test_list_shows_a_line_a_decision(run, decided):
    lines = run("decisions", "list", decided).out.decode().splitlines()
    assert lines == [
        '2026-01-31 12:00  not_an_error  Ada  "wrong"  (0.90, wrong-0)',
        '2026-01-31 12:00  accepted  Bo  "cover" -> "summit"  plain to see  (0.80, other)',
    ]
    chosen = run("decisions", "list", decided, "--kind", "accepted", "--format", "json").out.splitlines()
    assert [json.loads(line)["fingerprint"] for line in chosen] == ["other"]
    assert run("decisions", "list", decided, "--since", "2026-02-01").out == b""
    assert run("decisions", "list", decided, "--by", "Ada", "--newest").out.decode().splitlines() == lines[:1]


def test_an_export_is_imported_once(run, decided):
    assert run("decisions", "export", decided, "--output", "out.jsonl").code == 0
    assert "2 new, 0 there" in run("decisions", "import", "m.decisions", "out.jsonl").err
    assert "0 new, 2 there" in run("decisions", "import", "m.decisions", "out.jsonl").err
    assert run("decisions", "export", "m.decisions").out == run("decisions", "export", decided).out
    assert b"not_an_error,wrong" in run("decisions", "export", decided, "--format", "csv").out


def test_statistics(run, decided):
    told = run("decisions", "stats", decided).out.decode()
    assert "2 findings decided" in told
    assert "right: 1 of 2 (50%)" in told
    data = json.loads(run("decisions", "stats", decided, "--format", "json").out)
    assert data["overall"] == {"right": 1, "judged": 2}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("list", "none.decisions"), 3, "no such decision store"),
        (("stats", "sheet.txt"), 3, "not a decision store"),
        (("import", "sheet.txt", "sheet.txt"), 3, "not a decision store"),
        (("import", "m.decisions", "none.jsonl"), 3, "cannot be read"),
        (("import", "m.decisions", "sheet.txt"), 3, "sheet.txt:1: no line of"),
        (("list", "n.decisions", "--kind", "shrugged"), 2, "shrugged"),
    ],
)
def test_what_goes_wrong_is_one_line(run, article, decided, arguments, code, said):
    article("The harbour opened.", "sheet.txt")
    result = run("decisions", *arguments)
    assert result.code == code
    assert said in result.err
    assert "Traceback" not in result.err


class Model:
    weights_hash = "0123456789abcdef"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "either a model's folder with --data, or --decisions"),
        (("m", "--decisions", "n.decisions"), 2, "either"),
        (("m", "--data", "d", "--output", "o"), 2, "belong to --decisions"),
        (("--decisions", "n.decisions"), 2, "--output"),
        (("--decisions", "none.decisions", "--output", "o"), 3, "no such decision store"),
        (("--decisions", "n.decisions", "--output", "o"), 2, "not enough decisions to calibrate with"),
    ],
)
def test_calibrating_by_decisions_says_what_is_missing(run, decided, scripted, monkeypatch, arguments, code, said):
    monkeypatch.setattr(scripted, "predictor", Model(), raising=False)
    result = run("calibrate", *arguments)
    assert result.code == code
    assert said in result.err


def test_calibrating_by_decisions_writes_a_file_that_settings_can_name(run, scripted, monkeypatch, tmp_path):
    from datetime import UTC, datetime

    from checker.decisions import Decision, DecisionKind, DecisionStore
    from checker.findings import load_recalibration

    monkeypatch.setattr(scripted, "predictor", Model(), raising=False)
    noon = datetime(2026, 1, 31, 12, tzinfo=UTC)
    kinds = [DecisionKind.NOT_AN_ERROR, DecisionKind.ACCEPTED]
    about = {"at": noon, "confidence": 0.9, "evidence_kind": "fact", "model": Model.weights_hash, "detector": "nli"}
    with DecisionStore.open(tmp_path / "n.decisions") as store:
        store.add(Decision(fingerprint=f"{number}", kind=kinds[number % 2], **about) for number in range(400))
    result = run("calibrate", "--decisions", "n.decisions", "--output", "n.json")
    assert result.code == 0
    assert "fact: 200 of 400 alerts were right" in result.err
    assert 'calibration = "n.json"' in result.err
    assert load_recalibration(tmp_path / "n.json").shifts["fact"].of(0.9) < 0.6


@pytest.mark.parametrize(
    "arguments",
    [
        ("decisions", "export", "n.decisions", "--output", "n.decisions"),
        ("calibrate", "--decisions", "n.decisions", "--output", "n.decisions"),
        ("check", "article.txt", "--baseline", "n.decisions", "--output", "n.decisions"),
    ],
)
def test_a_store_is_not_replaced_by_what_is_made_of_it(run, article, decided, tmp_path, arguments):
    article(ARTICLE)
    before = (tmp_path / decided).read_bytes()
    result = run(*arguments)
    assert (result.code, "n.decisions: --output would replace the " in result.err) == (2, True)
    assert (tmp_path / decided).read_bytes() == before
