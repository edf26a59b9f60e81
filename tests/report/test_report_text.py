"""What stands in a terminal or a pipe."""

from dataclasses import replace

import pytest
from report_samples import make_evidence, make_report

from checker.findings import Verdict
from checker.report import Skipped
from checker.report.html import render_page
from checker.report.json import from_dict, to_dict
from checker.report.text import render
from checker.report.wording import confidence_words, document_name, headline

ADDRESS = "https://example.org/" + "a" * 150


def test_an_alert_with_all_that_explains_it():
    evidence = (make_evidence("The council rejected the plan.", "rejected", origin="facts.txt:1"),)
    report = make_report("The council ⟦approved⟧ the plan.", path="a.txt", findings=[{"evidence": evidence}])
    assert render([report]) == (
        "a.txt  5 words, 1 sentence, en\n"
        "1 alert: 1 major\n"
        "Sentences: 1 with an alert\n"
        "\n"
        " 1. MAJOR  opposite meaning  very likely (0.90)\n"
        "    The council ⟦approved⟧ the plan.\n"
        "    The facts say the opposite.\n"
        "    reference fact, facts.txt:1: The council ⟦rejected⟧ the plan.\n"
        "    → rejected\n"
    )


def test_no_word_is_broken_in_a_pipe():
    report = make_report(f"The plan is at {ADDRESS} and was ⟦approved⟧ there.")
    assert ADDRESS in render([report])
    assert all(line.count("⟦") == line.count("⟧") for line in render([report]).splitlines())


def test_a_terminal_keeps_its_width():
    report = make_report(f"The plan is at {ADDRESS} and was ⟦approved⟧ there. " + "It was long. " * 30)
    assert max(map(len, render([report], width=60).splitlines())) <= 60


def test_colours_only_on_demand():
    report = make_report("The council ⟦approved⟧ the plan.")
    assert "\x1b" not in render([report])
    coloured = render([report], colour=True, width=80)
    assert "\x1b[" in coloured
    assert "⟦" not in coloured


def test_an_article_cannot_command_the_terminal():
    report = make_report("A \x1b[2J\u202e [bold]⟦:smile:⟧[/bold] text.", findings=[{"message": "\x1b]0;x\x07"}])
    shown = render([report], colour=True, width=80)
    assert "\x1b[2J" not in shown
    assert "\x1b]0" not in shown
    assert "\u202e" not in shown
    assert "[bold]" in shown
    assert ":smile:" in shown


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (make_report("All is well."), "Checked, fine: no alert in 1 sentence"),
        (make_report("Who knows?", verdicts=[Verdict.NOT_CHECKED]), "Not checked: no sentence could be checked"),
        (
            make_report("Who knows? All is well.", verdicts=[Verdict.NOT_CHECKED]),
            "No alert in the 1 sentence that could be checked",
        ),
        (
            make_report("All is well.", skipped=[Skipped("facts.txt", "missing")]),
            "No alert in 1 sentence, but part of the request could not be used",
        ),
        (make_report("So it is.", verdicts=[Verdict.UNSUPPORTED]), "No alert in 1 sentence, none of them confirmed"),
        (make_report("So it is. Yes.", verdicts=[Verdict.UNSUPPORTED]), "No alert in 2 sentences, 1 of them confirmed"),
        (make_report("⟦All⟧ is ⟦well⟧."), "2 alerts: 2 major"),
    ],
)
def test_headline(report, told):
    assert headline(report) == told
    assert told in render([report])


@pytest.mark.parametrize(
    ("marked", "verdicts", "counts"),
    [
        (
            "It ⟦rose⟧. It fell.",
            [Verdict.CONTRADICTED, Verdict.CONTRADICTED],
            "1 with an alert · 1 no sure contradiction",
        ),
        ("It ⟦rose. It⟧ fell.", [Verdict.UNSUPPORTED, Verdict.UNSUPPORTED], "2 with an alert"),
        ("It rose⟦⟧. It fell.", [Verdict.SUPPORTED, Verdict.NOT_CHECKED], "1 with an alert · 1 not checked"),
        ("It rose. It fell.", [Verdict.UNSUPPORTED, Verdict.SUPPORTED], "1 confirmed · 1 neither confirmed nor"),
    ],
)
def test_what_is_counted_is_what_is_shown(marked, verdicts, counts):
    """The terminal and the page say the same of each sentence, and contradicted only by an alert."""
    report = make_report(marked, verdicts=verdicts)
    assert f"Sentences: {counts}" in render([report])
    assert counts in render_page(report)


def test_what_was_not_checked_is_said():
    report = make_report(
        "⟦Who⟧ knows? All is well.",
        verdicts=[Verdict.NOT_CHECKED],
        skipped=[Skipped("f.txt", "missing")],
        notes=["odd"],
    )
    assert render([report]).endswith("\nNot checked: 1 of 2 sentences: too long\nNot used: f.txt: missing\nNote: odd\n")


def test_alerts_that_had_no_room_are_told():
    report = replace(make_report("⟦Who⟧ knows? All is well.", findings=[{}]), held_back=2)
    assert "Note: 2 more alerts not shown; raise max_alerts (--max-alerts) to see more" in render([report])
    assert from_dict(to_dict(report), report.document.text).held_back == 2
    without = {key: value for key, value in to_dict(report).items() if key != "held_back"}  # an older report
    assert from_dict(without, report.document.text).held_back == 0


def test_a_long_sentence_is_shown_around_its_mark():
    report = make_report("word " * 200 + "⟦wrong⟧ " + "word " * 200 + "end.")
    shown = render([report])
    assert "⟦wrong⟧" in shown
    assert len(shown) < 1000
    assert "… word" in shown


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(1.0, "almost certain"), (0.95, "almost certain"), (0.8, "very likely"), (0.1, "possible")],
)
def test_confidence_words(confidence, words):
    assert confidence_words(confidence) == words


def test_names_of_documents():
    assert document_name(make_report("A.", path="-").document) == "standard input"
    assert document_name(make_report("A.", title="T").document) == "T"
    assert document_name(make_report("A.", id="x").document) == "x"
