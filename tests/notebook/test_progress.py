"""Bars: what they count, what a notebook shows, and that nothing is shown where nobody looks."""

import sys
from types import SimpleNamespace

import pytest
from scripted_model import ARTICLE, FACT

from checker.notebook import ProgressBar, track
from checker.report.pieces import render_progress


@pytest.fixture
def cell(monkeypatch):
    """What a notebook's cell shows, one entry for each time that it changes."""
    shown = []

    class Handle:
        def update(self, what):
            shown.append(what)

    def display(what, display_id):
        assert display_id
        shown.append(what)
        return Handle()

    kernel = SimpleNamespace(get_ipython=lambda: SimpleNamespace(kernel=object()))
    monkeypatch.setitem(sys.modules, "IPython", kernel)
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(display=display))
    monkeypatch.setattr("checker.notebook.progress.SECONDS_BETWEEN", 0.0)
    return shown


def test_a_notebook_s_cell_is_updated_and_ends_with_one_line(cell):
    assert list(track(["a", "b"], "reading")) == ["a", "b"]
    assert [repr(one) for one in cell] == ["reading: 0 of 2", "reading: 1 of 2", "reading: 2 of 2", "reading: 2 of 2"]
    assert '<progress max="2" value="2">' in cell[-1]._repr_html_()


def test_items_without_a_number_are_counted(cell):
    assert list(track(iter("abc"), "reading")) == ["a", "b", "c"]
    assert repr(cell[-1]) == "reading: 3"
    assert "<progress" not in cell[-1]._repr_html_()
    assert list(track([], "reading")) == []
    assert repr(cell[-1]) == "reading: 0 of 0"


def test_a_loop_that_is_left_says_how_far_it_came(cell):
    for item in track([1, 2, 3], "reading"):
        if item == 2:
            break
    assert repr(cell[-1]) == "reading: 1 of 3"


def test_a_check_can_be_watched_and_says_the_same(cell, checker):
    plain = checker.check(ARTICLE, facts=[FACT])
    with ProgressBar("judging", len(plain.document.sentences)) as bar:
        assert checker.check(ARTICLE, facts=[FACT], watch=bar.watch) == plain
    assert repr(cell[-1]) == "judging: 4 of 4"


def test_it_is_shown_a_few_times_a_second_at_most(cell, monkeypatch):
    monkeypatch.setattr("checker.notebook.progress.SECONDS_BETWEEN", 3600.0)
    assert len(list(track(range(1000), "reading"))) == 1000
    assert [repr(one) for one in cell] == ["reading: 0 of 1,000", "reading: 1,000 of 1,000"]


def test_without_a_notebook_and_a_terminal_nothing_is_written(capsys):
    assert list(track("ab", "reading")) == ["a", "b"]
    assert capsys.readouterr() == ("", "")


def test_what_is_shown_is_escaped():
    assert "<b>" not in render_progress("<b>", 1, 2)
