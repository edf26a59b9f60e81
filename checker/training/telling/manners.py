"""Whether it was done: verb groups that mean the same within one manner and something else in another.

In a verb group `past`, `part`, `ing` and `base` stand for forms of the verb, BE and HAVE for their present form, and a
word in capitals for the present form of that verb.
"""

from __future__ import annotations

DONE = "done"
MANNERS: dict[str, tuple[str, ...]] = {
    DONE: ("past", "past", "past", "HAVE part"),
    "possible": ("may base", "might base", "could base", "will perhaps base", "will possibly base"),
    "expected": ("BE expected to base", "BE likely to base", "will probably base", "will in all likelihood base"),
    "alleged": (
        "allegedly past", "reportedly past", "BE alleged to have part", "BE said to have part",
        "BE suspected of having part", "BE believed to have part", "supposedly past", "BE claimed to have part",
    ),
    "not done": ("did not base", "never past", "HAVE not part", "HAVE never part"),
    "almost": ("almost past", "nearly past", "came close to ing", "came within a hair's breadth of ing"),
    "planned": (
        "will base", "BE going to base", "BE to base", "PLAN to base", "INTEND to base", "BE preparing to base",
    ),
    "refused": ("refused to base", "declined to base", "was unwilling to base", "would not base"),
    "failed": ("failed to base", "was unable to base", "did not manage to base", "tried in vain to base"),
    "tried": ("tried to base", "attempted to base", "sought to base", "made an attempt to base"),
    "bound": ("must base", "HAVE to base", "BE obliged to base", "BE required to base", "BE under a duty to base"),
    "free": ("BE allowed to base", "BE free to base", "BE permitted to base", "HAVE permission to base"),
    "barred": ("must not base", "BE not allowed to base", "BE forbidden to base", "BE barred from ing"),
    "threatened": ("threatened to base", "warned of plans to base"),
    "promised": ("promised to base", "pledged to base", "vowed to base", "agreed to base", "gave an assurance to base"),
    "unsure": (
        "BE considering ing", "BE thinking about ing", "HAVE not decided whether to base",
        "BE weighing whether to base",
    ),
    "asked": ("was asked to base", "was urged to base", "was called on to base"),
}  # fmt: skip
# Those that a passive or converse way can take as well: they say of the event what they say, not of who acts.
IMPERSONAL = (DONE, "possible", "expected", "alleged", "not done", "almost")
# Manners that may both hold, so that one in place of the other is no error.
_COMPATIBLE = (
    {"refused", "not done"}, {"failed", "not done"}, {"almost", "not done"}, {"failed", "tried"}, {"failed", "almost"},
    {"almost", "tried"}, {"possible", "unsure"}, {"possible", "expected"}, {"planned", "expected"}, {"asked", "bound"},
    {"possible", "free"}, {"asked", "possible"}, {"asked", "refused"}, {"barred", "not done"}, {"tried", "not done"},
    {"unsure", "not done"}, {"threatened", "planned"}, {"planned", "bound"}, {"refused", "failed"},
    {"planned", "promised"}, {"possible", "planned"}, {"barred", "refused"}, {"possible", "alleged"},
    {"threatened", "possible"},
)  # fmt: skip
# What says the contrary, as far as labels go; between the others more or less is claimed than is known.
_CONTRARY = (
    {DONE, "not done"}, {DONE, "refused"}, {DONE, "failed"}, {DONE, "almost"}, {"free", "barred"}, {"bound", "barred"},
    {"planned", "refused"}, {"promised", "refused"}, {"expected", "refused"},
)  # fmt: skip


def differing(manner: str, allowed: tuple[str, ...]) -> list[str]:
    """Manners among `allowed` that cannot stand for `manner`."""
    return [other for other in allowed if other != manner and {manner, other} not in _COMPATIBLE]


def contrary(manner: str, other: str) -> bool:
    """Whether one excludes the other."""
    return {manner, other} in _CONTRARY
