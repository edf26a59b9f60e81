"""`checker rules`: the list and the explanations."""

import json

from checker.rules import RULES


def test_the_list_has_every_rule_and_whether_it_is_on(run, tmp_path):
    (tmp_path / "checker.toml").write_text('disable_rules = ["names"]\n')
    rows = {row["id"]: row for row in json.loads(run("rules", "list", "--format", "json").out)}
    assert set(rows) == set(RULES)
    assert (rows["names"]["on"], rows["dates"]["on"], rows["typography"]["on"]) == (False, True, False)
    assert all(name in run("rules", "list").out.decode() for name in RULES)


def test_a_rule_explains_itself(run):
    result = run("rules", "explain", "numbers")
    assert result.code == 0
    assert "Passes:" in result.out.decode()


def test_an_unknown_rule_is_wrong_usage(run):
    result = run("rules", "explain", "nmbers")
    assert result.code == 2
    assert "known: numbers" in result.err


def test_an_unknown_rule_in_the_settings_is_wrong_usage(run, article):
    article("disable_rules = ['nmbers']", "checker.toml")
    result = run("check", article("Fine."))
    assert result.code == 2
    assert "no rule is called 'nmbers'" in result.err
