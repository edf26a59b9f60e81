"""An audit in a notebook: frames, figures, and a display that is complete and escaped."""

from types import SimpleNamespace

import pytest
from audit_stories import write_audit
from test_display import Shown

from checker.audit.dataset import AuditReader
from checker.errors import UsageError
from checker.notebook import Audit

pytest.importorskip("pandas", reason="needs the notebook extra")
SAFE = {"div", "style", "span", "table", "tr", "th", "td", "mark", "strong"}
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} \u202e"


@pytest.fixture(scope="module")
def audit(tmp_path_factory):
    return Audit.open(write_audit(tmp_path_factory.mktemp("audit"), 60))


def test_frames_hold_the_tables(audit):
    findings = audit.to_frame()
    assert len(findings) == sum(1 for _ in audit.reader.findings())
    assert len(audit.to_frame("documents")) == 60
    assert len(audit.to_frame("sentences")) == sum(1 for _ in audit.reader.sentences())
    with pytest.raises(UsageError, match="no table is called 'stories'"):
        audit.to_frame("stories")


def test_findings_have_the_columns_of_their_document(audit):
    findings = audit.to_frame()
    rows = {row.position: row for row in audit.reader.documents()}
    for finding in findings.itertuples():
        assert (finding.engine, finding.day) == (rows[finding.position].engine, rows[finding.position].day)
    assert findings.position.is_monotonic_increasing


def test_polars_has_the_same(audit):
    pytest.importorskip("polars", reason="needs the dev extra")
    assert audit.to_polars().columns == list(audit.to_frame().columns)
    assert audit.to_polars("documents").height == 60


def values(chart):
    (found,) = chart.to_dict()["datasets"].values()
    return found


@pytest.mark.parametrize("facet", ["category", "severity", "engine", "pair", "desk", "agency", "evidence", "day"])
def test_figures_count_every_finding(audit, facet):
    pytest.importorskip("altair", reason="needs the notebook extra")
    assert sum(one["findings"] for one in values(audit.plot_by(facet))) == len(audit.to_frame())


def test_other_figures(audit):
    pytest.importorskip("altair", reason="needs the notebook extra")
    assert sum(one["findings"] for one in values(audit.plot_confidence())) == len(audit.to_frame())
    with pytest.raises(UsageError, match="there are category, "):
        audit.plot_by("colour")


def test_it_shows_itself(audit):
    view = audit._repr_html_()
    shown = Shown(view)
    assert shown.tags <= SAFE
    assert not {"id", "href", "onclick"} & shown.attributes
    assert "of these" in shown.text
    assert "Cover of the Coasts" in shown.text
    printed = []
    audit._repr_pretty_(SimpleNamespace(text=printed.append), False)
    assert "wrong name" in printed[0]
    assert repr(audit).startswith("Audit('")


def test_hostile_text_stays_text(tmp_path, monkeypatch):
    import audit_stories

    errors = [(HOSTILE, HOSTILE, HOSTILE, f"accuracy/{HOSTILE}", "major", "", "")]
    monkeypatch.setattr(audit_stories, "ERRORS", errors)
    monkeypatch.setattr(audit_stories, "ENGINES", (HOSTILE, "b"))
    monkeypatch.setattr(audit_stories, "SENTENCES", (HOSTILE,))
    audit = Audit.open(write_audit(tmp_path, 20, error_rate=0.5))
    assert Shown(audit._repr_html_()).tags <= SAFE
    assert "\u202e" not in audit._repr_html_()


def test_a_folder_without_an_audit_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no audit is here"):
        Audit.open(tmp_path)


def test_nothing_is_read_before_it_is_asked_for(tmp_path, monkeypatch):
    write_audit(tmp_path, 3)
    monkeypatch.setattr(AuditReader, "documents", lambda self: pytest.fail("read"))
    Audit.open(tmp_path)
