"""A measurement as a table for a terminal, and as JSON (`checker.verdicts/1`) for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from checker.audit.review.measuring import Measurement, Share
from checker.report.json import dumps
from checker.report.wording import count

SCHEMA = "checker.verdicts/1"


def render_text(measurement: Measurement) -> str:
    """Shares with their 95 % intervals, reliability by confidence, precision by category."""
    return "\n".join(_lines(measurement)) + "\n"


def render_json(measurement: Measurement) -> str:
    """The same as one object; shares that could not be measured are null."""
    return dumps({"schema": SCHEMA, **{name: _plain(value) for name, value in asdict(measurement).items()}})


def _lines(measurement: Measurement) -> Iterator[str]:
    yield _main("Precision", measurement.precision, "findings")
    yield _main("Errors in sentences without a finding", measurement.missed, "sentences")
    yield _main("Recall", measurement.recall, "findings and sentences")
    if measurement.bands:
        yield ""
        yield from _table("confidence", measurement.bands)
        yield ""
        yield from _table("category", measurement.categories)
    yield ""
    if measurement.unjudged:
        yield f"Nothing is said of {measurement.unjudged:,} findings and sentences in strata that nobody judged."
    yield f"{measurement.unsure} unsure and {count(measurement.blank, 'blank row')} were not counted."


def _main(title: str, share: Share | None, of: str) -> str:
    if share is None:
        return f"{title}: not measured, nothing of it was judged"
    said = "" if share.said is None else f"; by its confidence {share.said:.3f}"
    low, high = share.interval
    judged = f"{share.reviewed:,} of {share.size:,} {of} judged"
    return f"{title}: {share.share:.3f} ({low:.3f} to {high:.3f}), {judged}{said}"


def _table(title: str, shares: Sequence[Share]) -> Iterator[str]:
    width = max(len(title), *(len(share.name) for share in shares))
    yield f"{title:<{width}}  findings  judged  said   right  95 % interval"
    for share in shares:
        low, high = share.interval
        said = f"{share.said:.3f}" if share.said is not None else "     "
        yield (
            f"{share.name:<{width}}  {share.size:>8,}  {share.reviewed:>6,}  {said}  {share.share:.3f}  "
            f"{low:.3f} to {high:.3f}"
        )


def _plain(value: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """Numbers rounded to three decimals."""
    if isinstance(value, float):
        return round(value, 3) + 0.0
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
