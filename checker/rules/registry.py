"""The rules, written out, so that reading this file tells what there is."""

from __future__ import annotations

from collections.abc import Collection

from checker.errors import UsageError
from checker.rules import (
    additions,
    attribution,
    bounds,
    calques,
    countries,
    dates,
    loaded,
    lost_names,
    measures,
    names,
    numbers,
    omissions,
    quotations,
    relative_dates,
    repetition,
    spelling,
    terminology,
    typography,
    untranslated,
    weekdays,
    zones,
)
from checker.rules.types import Rule

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        numbers.RULE,
        bounds.RULE,
        measures.RULE,
        dates.RULE,
        relative_dates.RULE,
        zones.RULE,
        countries.RULE,
        names.RULE,
        lost_names.RULE,
        omissions.RULE,
        additions.RULE,
        weekdays.RULE,
        repetition.RULE,
        spelling.RULE,
        quotations.RULE,
        attribution.RULE,
        untranslated.RULE,
        calques.RULE,
        terminology.RULE,
        loaded.RULE,
        typography.RULE,
    )
}


def find_rule(name: str) -> Rule:
    """The rule of that id; raises UsageError that lists the known ones."""
    if name not in RULES:
        raise UsageError(f"no rule is called {name!r}; known: {', '.join(RULES)}")
    return RULES[name]


def chosen_rules(disabled: Collection[str] = (), enabled: Collection[str] = ()) -> list[Rule]:
    """Rules that are normally on or `enabled`, without the `disabled`, in order; UsageError for an unknown id."""
    for name in (*disabled, *enabled):
        find_rule(name)
    return [rule for rule in RULES.values() if (rule.normally_on or rule.id in enabled) and rule.id not in disabled]
