"""Charts: geometry that adds up, also for days far apart and documents dated in another century."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.audit.page.charts import MOST_COLUMNS, DayCounts, axis_end, shade, stack, timeline, whisker

LEVELS = ("critical", "major", "minor", "neutral")
COUNTS = st.dictionaries(st.sampled_from(LEVELS), st.integers(0, 500))


@settings(max_examples=30, deadline=None)
@given(COUNTS, st.integers(0, 500))
def test_the_pieces_of_a_bar_follow_one_another(counts, more):
    full = sum(counts.values()) + more
    pieces = stack(counts, full)
    place = 0.0
    for piece in pieces:
        assert piece.start == pytest.approx(place, abs=0.01)
        place += piece.length
    assert place == pytest.approx(100 * sum(counts.values()) / full if full else 0, abs=0.05)
    assert [piece.kind for piece in pieces] == [level for level in LEVELS if counts.get(level)]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 50), st.integers(0, 50), st.sampled_from([0.01, 0.1, 1.0]))
def test_a_whisker_holds_its_share(hits, more, full):
    one = whisker(hits, hits + more, full)
    if not hits + more:
        assert one is None
    else:
        assert 0 <= one.low <= one.share <= one.high <= 100


def test_an_axis_ends_above_what_it_shows():
    assert axis_end([(5, 1000), (2, 1000)]) == 0.02
    assert axis_end([(60, 100)]) == 0.8
    assert axis_end([]) == 1.0


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 99))
def test_a_cell_is_dark_where_there_is_much(count):
    assert shade(count, 99) <= shade(count + 1, 99) <= 5
    assert (shade(count, 99) == 0) == (count == 0)


@pytest.mark.parametrize(
    ("gap", "unit"),
    [(1, "day"), (59, "day"), (60, "week"), (400, "week"), (800, "month"), (9000, "year"), (700_000, "year")],
)
def test_days_are_put_together_where_there_are_many(gap, unit):
    days = {date(1, 5, 4) + timedelta(days=step): DayCounts(2, {"major": 1}) for step in (0, gap // 2, gap)}
    made = timeline(days)
    assert made.unit == unit
    assert len(made.columns) <= 2 * MOST_COLUMNS + 2
    assert 1 < sum(column.documents > 0 for column in made.columns) <= 3
    assert max(piece.start + piece.length for column in made.columns for piece in column.pieces) == pytest.approx(100)


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.dates(), COUNTS.map(lambda counts: DayCounts(1, counts)), min_size=2, max_size=20))
def test_a_timeline_is_made_of_any_days(days):
    made = timeline(days)
    assert all(column.start >= 0 and column.start + column.width <= 100.01 for column in made.columns)
    assert [column.start for column in made.columns] == sorted(column.start for column in made.columns)


def test_one_day_is_no_trend():
    assert timeline({date(2022, 5, 1): DayCounts(3, {})}) is None
