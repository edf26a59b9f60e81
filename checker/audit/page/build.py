"""From a survey to the page: which charts, tables and findings it shows, and what it has to admit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from checker.audit.dataset import AuditReader
from checker.audit.page.charts import DayCounts, Piece, axis_end, shade, stack, timeline, whisker
from checker.audit.page.entries import Numbers, details_of, make_entries, name_of, sentences_around
from checker.audit.page.views import (
    Bar,
    Breakdown,
    Cell,
    Figure,
    Filter,
    Matrix,
    Page,
    RepeatedError,
    WorstDocument,
)
from checker.audit.schema import Status
from checker.audit.survey import BANDS, DOCUMENT_FACETS, UNKNOWN, Flagged, Repeat, Survey, Tally, repeat_key, survey
from checker.audit.wording import FACET_TITLES, expected_words, facet_name, headline
from checker.findings import Verdict
from checker.report.wording import category_name, count, verdict_name

MOST_FINDINGS = 1_000
MOST_ROWS = 20  # of a table that has no end
MOST_BARS = 16
MOST_COLUMNS = 10
FACETS = ("category", "severity", "engine", "pair", "desk", "agency", "evidence")


def build_page(reader: AuditReader, *, findings: int = MOST_FINDINGS) -> Page:
    """The page of an audit with at most `findings` findings one by one; everything else counts all of them."""
    counted = survey(reader, shown=findings, worst=MOST_ROWS, repeats=MOST_ROWS)
    numbers = _numbers(counted)
    summary = reader.summary
    around = sentences_around(reader, [(finding.position, finding.sentence) for finding in counted.shown])
    return Page(
        title=f"Audit of {count(counted.statuses.total(), 'document')}",
        headline=headline(counted),
        subtitle=_subtitle(counted),
        figures=_figures(counted),
        remarks=_remarks(counted, summary),
        verdicts=_verdicts(counted),
        timeline=timeline({day: DayCounts(one.documents, one.severities) for day, one in counted.days.items()}),
        confidence=_confidence(counted),
        breakdowns=tuple(_breakdown(counted, facet, numbers) for facet in FACETS if counted.facets[facet]),
        matrix=_matrix(counted),
        worst=tuple(_worst(one, counted, numbers) for one in counted.worst),
        repeated=tuple(_repeated(one, numbers) for one in counted.repeats),
        filters=_filters(counted, numbers),
        entries=make_entries(counted.shown, counted.flagged, around, numbers),
        hidden=counted.total.findings - len(counted.shown),
        skipped=tuple(counted.reasons.most_common(MOST_ROWS)),
        signature=_signature(summary),
    )


def frame_views(counted: Survey, summary: Mapping[str, Any]) -> dict[str, Any]:
    """What a notebook shows of an audit: remarks, short tables of bars (name, width, findings, real ones), rows."""
    none = cast("Numbers", {"document": {}, "repeat": {}})
    most = max(1, counted.total.findings)
    tables = [
        (
            FACET_TITLES[facet],
            [
                (facet_name(facet, value), f"{10 * tally.findings / most:.1f}", tally.findings, tally.expected)
                for value, tally in _ranked(counted.facets[facet])[:8]
            ],
        )
        for facet in ("category", "engine", "desk")
        if counted.facets[facet]
    ]
    return {
        "remarks": _remarks(counted, summary),
        "tables": tables,
        "repeated": [_repeated(one, none) for one in counted.repeats[:8]],
        "worst": [_worst(one, counted, none) for one in counted.worst[:5]],
    }


def _numbers(counted: Survey) -> Numbers:
    """A number for each value that a filter of the page can ask for: those of the findings on the page."""
    numbers: dict[str, dict[Any, int]] = {
        facet: {value: place for place, (value, _) in enumerate(_ranked(values), start=1)}
        for facet, values in counted.facets.items()
    }
    places = dict.fromkeys(finding.position for finding in counted.shown)
    repeated = dict.fromkeys(repeat_key(finding) for finding in counted.shown)
    numbers["document"] = {position: place for place, position in enumerate(places, start=1)}
    numbers["repeat"] = {key: place for place, key in enumerate(repeated, start=1)}
    return numbers


def _ranked(values: Mapping[str, Tally]) -> list[tuple[str, Tally]]:
    """Values with their counts, most findings first, what is unknown last."""
    return sorted(values.items(), key=lambda item: (item[0] == UNKNOWN, -item[1].findings, item[0]))


def _subtitle(counted: Survey) -> str:
    days = list(counted.days)
    if not days:
        return ""
    return f"Published on {days[0]}" if len(days) == 1 else f"Published from {days[0]} to {days[-1]}"


def _figures(counted: Survey) -> tuple[Figure, ...]:
    total = counted.total
    low, high = total.expected_range()
    return (
        Figure(f"{total.documents:,}", "documents checked", f"{counted.words:,} words"),
        Figure(f"{total.flagged:,}", "have a finding", _percent(total.flagged, total.documents)),
        Figure(f"{total.findings:,}", "findings", f"{total.severities['critical']:,} critical"),
        Figure(expected_words(total), "probably real", f"{low:,.0f} to {high:,.0f} if confidence holds"),
        Figure(
            f"{counted.statuses[Status.SKIPPED]:,}",
            "documents not checked",
            f"{count(counted.verdicts['not_checked'], 'sentence')} not checked in the others",
        ),
    )


def _verdicts(counted: Survey) -> tuple[Piece, ...]:
    """All sentences as one bar, by verdict."""
    counts = {verdict.value: counted.verdicts[verdict.value] for verdict in Verdict}
    bar = stack(counts, sum(counts.values()), [*counts])
    return tuple(
        Piece(piece.start, piece.length, piece.kind, f"{counts[piece.kind]:,} {verdict_name(Verdict(piece.kind))}")
        for piece in bar
    )


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:.1%} of them" if whole else ""


def _remarks(counted: Survey, summary: Mapping[str, Any]) -> tuple[str, ...]:
    copies, hidden = counted.statuses[Status.DUPLICATE], counted.total.findings - len(counted.shown)
    unused = summary.get("skipped") or []
    said = [
        (summary.get("complete") is False, "This audit is not complete: go on with checker audit … --resume."),
        (
            copies,
            f"{count(copies, 'document')} have the same content as another and were not checked again; what was found "
            "there holds here, and is counted once.",
        ),
        (counted.known, f"{count(counted.known, 'finding')} are in the baseline and left out."),
        (counted.incomplete, f"In {count(counted.incomplete, 'document')} something could not be checked or used."),
        (
            hidden and counted.shown,
            f"{len(counted.shown):,} findings are on this page, the gravest and surest; {hidden:,} more are counted in "
            "all charts and are in the data set: checker audit export.",
        ),
    ]
    return (
        *(text for holds, text in said if holds),
        *(f"Not used: {one.get('what')}: {one.get('reason')}" for one in unused[:MOST_ROWS] if isinstance(one, dict)),
    )


def _confidence(counted: Survey) -> tuple[Piece, ...]:
    """A histogram: columns from the ground up, `length` their height."""
    most = max(*counted.bands, 1)
    first = next((band for band, number in enumerate(counted.bands) if number), 0)
    width = 100 / (BANDS - first)
    return tuple(
        Piece(
            round((band - first) * width, 3),
            round(100 * counted.bands[band] / most, 2),
            "plain",
            f"confidence {band / BANDS:.2f} to {(band + 1) / BANDS:.2f}: {counted.bands[band]:,} findings",
        )
        for band in range(first, BANDS)
    )


def _breakdown(counted: Survey, facet: str, numbers: Numbers) -> Breakdown:
    ranked = _ranked(counted.facets[facet])
    shown = ranked[:MOST_BARS]
    most = max((tally.findings for _, tally in shown), default=0)
    of_documents = facet in DOCUMENT_FACETS
    end = axis_end([(tally.flagged, tally.documents) for _, tally in shown]) if of_documents else 1.0
    bars = tuple(
        Bar(
            facet_name(facet, value),
            numbers[facet][value] if tally.findings else None,
            tally.findings,
            tally.expected,
            stack(tally.severities, most),
            tally.documents,
            whisker(tally.flagged, tally.documents, end) if of_documents else None,
        )
        for value, tally in shown
    )
    axis = f"{end:.0%}" if of_documents else None
    return Breakdown(facet, FACET_TITLES[facet], bars, axis, len(ranked) - len(shown))


def _matrix(counted: Survey) -> Matrix | None:
    """Categories by the first document facet that has at least two values: which engine makes which errors."""
    facet = next((one for one in ("engine", "pair", "desk", "agency") if len(counted.facets[one]) > 1), None)
    categories = [value for value, _ in _ranked(counted.facets["category"])][:MOST_COLUMNS]
    if facet is None or len(categories) < 2:
        return None
    values = [value for value, tally in _ranked(counted.facets[facet]) if tally.findings and value != UNKNOWN]
    cells = {value: [counted.cross.get((facet, value, one), 0) for one in categories] for value in values[:MOST_BARS]}
    most = max((number for row in cells.values() for number in row), default=0)
    return Matrix(
        f"{FACET_TITLES[facet]} and category",
        tuple(category_name(one) for one in categories),
        tuple((value, tuple(Cell(number, shade(number, most)) for number in row)) for value, row in cells.items()),
    )


def _worst(one: Flagged, counted: Survey, numbers: Numbers) -> WorstDocument:
    most = max(each.tally.findings for each in counted.worst)
    return WorstDocument(
        numbers["document"].get(one.row.position),
        name_of(one.row),
        details_of(one.row),
        one.tally.findings,
        stack(one.tally.severities, most),
        one.tally.expected,
        one.weight,
    )


def _repeated(one: Repeat, numbers: Numbers) -> RepeatedError:
    days = [day.isoformat() for day in (one.first_day, one.last_day) if day]
    return RepeatedError(
        numbers["repeat"].get(one.key),
        one.text or "‸",
        one.suggestion,
        category_name(one.category),
        one.worst,
        one.tally.findings,
        one.tally.flagged,
        one.tally.expected,
        " to ".join(dict.fromkeys(days)),
    )


def _filters(counted: Survey, numbers: Numbers) -> tuple[Filter, ...]:
    """A drop-down for each facet with at least two values among the findings, with how many of all have each."""
    filters = []
    for facet in FACETS:
        found = [(value, tally) for value, tally in _ranked(counted.facets[facet]) if tally.findings]
        if len(found) > 1:
            options = tuple((numbers[facet][value], facet_name(facet, value), tally.findings) for value, tally in found)
            filters.append(Filter(facet, FACET_TITLES[facet], options))
    return tuple(filters)


def _signature(summary: Mapping[str, Any]) -> str:
    """What made the audit, as at the foot of a report."""
    signature = summary.get("signature")
    known = signature if isinstance(signature, dict) else {}
    made = {
        "checker": known.get("checker"),
        "model": " ".join(str(known[key]) for key in ("model", "model_hash") if known.get(key)),
        "": known.get("backend"),
        "settings": known.get("settings_hash"),
    }
    return " · ".join(f"{name} {value}".strip() for name, value in made.items() if value)
