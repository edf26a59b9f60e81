"""From reviewers' verdicts to measured precision and recall, with how far they may be off.

Each verdict stands for as many findings (or sentences) as its stratum has for each one that was judged, so that a
sample with equal shares of rare and frequent categories still speaks for the whole audit.

- precision: of all findings, the share that is right;
- missed: of all sentences without a finding, the share with an error;
- recall: findings that are right, of those and the sentences with an error that nothing was found in. What was missed
  in a sentence that has another finding is not counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checker.audit.dataset import AuditReader
from checker.audit.intervals import Interval, Weighed, draw_interval, weigh
from checker.audit.review.sampling import key_of
from checker.audit.review.strata import Stratum, stratum_of
from checker.audit.schema import FindingRow, SentenceRow
from checker.errors import UsageError
from checker.report.wording import category_name


@dataclass(frozen=True, slots=True)
class Share:
    """A measured share with its 95 % interval; `reviewed` of `size` items were judged.

    `said` is the mean confidence of all `size` items, None where they have none.
    """

    name: str
    size: int
    reviewed: int
    share: float
    interval: Interval
    said: float | None = None


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a reviewed sheet tells of an audit. A share is None where nothing of its kind was judged."""

    precision: Share | None
    missed: Share | None
    recall: Share | None
    bands: tuple[Share, ...]
    categories: tuple[Share, ...]
    unsure: int
    blank: int
    unjudged: int  # findings and sentences in strata of which nothing was judged: nothing is said of them


@dataclass(frozen=True, slots=True)
class _Judged:
    stratum: Stratum
    error: bool


def measure(reader: AuditReader, answers: Mapping[str, bool | None], blank: int = 0) -> Measurement:
    """Measures by `answers` (see `read_sheet`). Raises UsageError where one is of an item that the audit lacks."""
    left = dict(answers)
    findings, finding_sizes, said = _judge(reader.findings(), left)
    unflagged, unflagged_sizes, _ = _judge((row for row in reader.sentences() if not row.findings), left)
    if left:
        first, *others = left
        named = f"{first} and {len(others)} more items are" if others else f"{first} is"
        raise UsageError(f"{named} not in this audit; name the audit that the sheet was drawn from")
    precision = _weighed(findings, finding_sizes)
    missed = _weighed(unflagged, unflagged_sizes)
    strata = {**finding_sizes, **unflagged_sizes}
    judged = {one.stratum for one in (*findings, *unflagged)}
    return Measurement(
        precision=_share("precision", precision, finding_sizes.total(), sum(said.values())),
        missed=_share("missed", missed, unflagged_sizes.total()),
        recall=_recall(precision, missed, finding_sizes.total(), unflagged_sizes.total()),
        bands=_groups(findings, finding_sizes, said, lambda stratum: stratum[0]),
        categories=_groups(findings, finding_sizes, said, lambda stratum: category_name(stratum[1])),
        unsure=sum(answer is None for answer in answers.values()),
        blank=blank,
        unjudged=sum(size for stratum, size in strata.items() if stratum not in judged),
    )


def _judge(
    rows: Iterable[FindingRow | SentenceRow], answers: dict[str, bool | None]
) -> tuple[list[_Judged], Counter[Stratum], dict[Stratum, float]]:
    """The rows that were judged, how many rows each stratum has, and the sum of their confidences.

    The answers that were found are taken out of `answers`.
    """
    judged: list[_Judged] = []
    sizes: Counter[Stratum] = Counter()
    said: dict[Stratum, float] = {}
    for row in rows:
        stratum = stratum_of(row)
        sizes[stratum] += 1
        if isinstance(row, FindingRow):
            said[stratum] = said.get(stratum, 0.0) + row.confidence
        key = key_of(row)
        if key in answers:
            answer = answers.pop(key)
            if answer is not None:
                judged.append(_Judged(stratum, answer))
    return judged, sizes, said


def _weighed(judged: Iterable[_Judged], sizes: Mapping[Stratum, int]) -> Weighed | None:
    """Each verdict weighs as many rows of its stratum as there are for each one that was judged."""
    some = list(judged)
    numbers = Counter(one.stratum for one in some)
    return weigh((float(one.error), sizes[one.stratum] / numbers[one.stratum]) for one in some)


def _share(name: str, weighed: Weighed | None, size: int, said: float | None = None) -> Share | None:
    if weighed is None:
        return None
    mean = None if said is None or not size else said / size
    return Share(name, size, weighed.reviewed, weighed.share, weighed.interval(), mean)


def _recall(precision: Weighed | None, missed: Weighed | None, findings: int, unflagged: int) -> Share | None:
    if precision is None or missed is None:
        return None

    def figure(shares: list[NDArray[np.float64]]) -> NDArray[np.float64]:
        right, wanting = shares[0] * findings, shares[1] * unflagged
        return right / np.maximum(right + wanting, 1e-9)

    value = float(figure([np.array([precision.share]), np.array([missed.share])])[0])
    return Share(
        "recall",
        findings + unflagged,
        precision.reviewed + missed.reviewed,
        value,
        draw_interval(figure, (precision, missed)),
    )


def _groups(
    judged: list[_Judged], sizes: Counter[Stratum], said: dict[Stratum, float], name_of: Callable[[Stratum], str]
) -> tuple[Share, ...]:
    """Precision within each group of strata, by name; groups of which nothing was judged are left out."""
    groups: dict[str, list[Stratum]] = {}
    for stratum in sorted(sizes):
        groups.setdefault(name_of(stratum), []).append(stratum)
    shares = (
        _share(
            name,
            _weighed((one for one in judged if one.stratum in strata), sizes),
            sum(sizes[stratum] for stratum in strata),
            sum(said[stratum] for stratum in strata),
        )
        for name, strata in sorted(groups.items())
    )
    return tuple(share for share in shares if share is not None)
