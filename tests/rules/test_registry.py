"""Every rule is documented, measured, and can be switched off."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import UsageError
from checker.findings.categories import CATEGORIES
from checker.rules import RULES, chosen_rules, confidence_of, find_by_rules
from checker.rules.confidence import measured_confidence

from .material import material_of, unmark
from .test_against_source import CASES


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_says_what_it_fails_and_what_it_passes(rule):
    assert rule.explanation.startswith(f"{rule.id}: ")
    assert "Fails:" in rule.explanation
    assert "Passes:" in rule.explanation
    assert 0.0 < confidence_of(rule.id) < 1.0


def test_rules_are_switched_on_and_off():
    ids = {rule.id for rule in chosen_rules()}
    assert "typography" not in ids
    assert "numbers" in ids
    assert "typography" in {rule.id for rule in chosen_rules(enabled=["typography"])}
    assert "numbers" not in {rule.id for rule in chosen_rules(disabled=["numbers"])}
    with pytest.raises(UsageError, match="no rule is called 'nmbers'; known: numbers"):
        chosen_rules(disabled=["nmbers"])


def test_candidates_have_categories_that_reports_know():
    for _, language, source, marked in CASES:
        for candidate in find_by_rules(material_of(unmark(marked)[0], source, language)):
            assert candidate.category in CATEGORIES


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120), st.sampled_from(["es", "de", "ru", "pl", "en"]))
def test_any_text_is_survived_and_spans_lie_inside(text, source, language):
    material = material_of(text, source, language)
    for candidate in find_by_rules(material, enabled=["typography"]):
        assert 0 <= candidate.span.start < candidate.span.end <= len(text)
        assert candidate.conflict is None or candidate.conflict.end <= len(candidate.evidence.text)


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_row_of_digits_too_long_for_an_amount_is_no_figure_to_compare(language):
    for told, expected in ((" de hombres", []), (" de 30 hombres", ["40"])):
        material = material_of("Some 40 men came.", f"Cuenta 1234567890123456{told}", language)
        assert [candidate.span.of(material.document.text) for candidate in find_by_rules(material)] == expected


def test_confidence_follows_recall_and_false_alarms():
    assert measured_confidence(0.0, 0.1) == 0.0
    assert measured_confidence(1.0, 0.0) == 0.99
    assert measured_confidence(0.9, 0.001) > measured_confidence(0.9, 0.002)
