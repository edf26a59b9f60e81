"""Imports: every kind of source, what is lost is named, and an import that is killed goes on."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Span
from checker.errors import FactFileError, UsageError
from checker.evidence import Added, Fact, FactStatus, FactStore, facts_hash
from checker.facts.exporting import ExportFormat, export_facts
from checker.facts.importing import ImportFormat, ImportOptions, import_file
from checker.facts.sources import date_in

HARBOUR = "The harbour of Velmar opened in 1911."
TUNNEL = "The Orsa tunnel is 14 kilometres long."


@pytest.fixture
def store(tmp_path: Path):
    with FactStore.open(tmp_path / "s.facts") as opened:
        yield opened


def written(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("f.txt", f"# ours\n{HARBOUR}\n{TUNNEL}\n"),
        ("f.jsonl", f'{{"text": "{HARBOUR}"}}\n"{TUNNEL}"\n'),
        ("f.csv", f"text,tags\n{HARBOUR},\n{TUNNEL},\n"),
        ("f.yaml", f"- {HARBOUR}\n- {TUNNEL}\n"),
    ],
)
def test_fact_files(store: FactStore, tmp_path: Path, name: str, content: str) -> None:
    path = written(tmp_path, name, content)
    assert import_file(store, path, ImportOptions(tags=("desk",), by="Ada")).added == Added(2, 0, 0)
    assert [(fact.text, fact.tags, fact.added_by) for fact in store.list()] == [
        (HARBOUR, ("desk",), "Ada"),
        (TUNNEL, ("desk",), "Ada"),
    ]
    assert all(fact.origin and fact.origin.startswith(name) for fact in store.list())


def test_importing_again_changes_nothing_and_a_new_line_adds_one(store: FactStore, tmp_path: Path) -> None:
    path = written(tmp_path, "f.txt", f"{HARBOUR}\n")
    import_file(store, path)
    assert import_file(store, path).added == Added(0, 0, 1)
    written(tmp_path, "f.txt", f"{HARBOUR}\n{TUNNEL}\n")
    assert import_file(store, path).added == Added(1, 0, 1)


def test_bad_lines_are_named_and_cost_no_other(store: FactStore, tmp_path: Path) -> None:
    path = written(tmp_path, "f.jsonl", f'{{"text": "{HARBOUR}", "colour": 1}}\nnonsense\n{{"id": "x"}}\n"{TUNNEL}"\n')
    done = import_file(store, path, ImportOptions(batch=1))
    assert done.added.new == 2
    assert [(problem.where, problem.lost) for problem in done.problems] == [
        ("f.jsonl:1", False),
        ("f.jsonl:2", True),
        ("f.jsonl:3", True),
    ]


def test_triples_become_sentences(store: FactStore, tmp_path: Path) -> None:
    content = "Velmaria\tcapital\tVelmar\t1911-01-01\t\thttps://example.org/q1\n"
    content += "Orsa\tpatron saint\tAlda {x}\nonly two\tcells\n"
    done = import_file(store, written(tmp_path, "t.tsv", content), ImportOptions(format=ImportFormat.TRIPLES))
    assert [fact.text for fact in store.list()] == [
        "The capital of Velmaria is Velmar.",
        "The patron saint of Orsa is Alda {x}.",
    ]
    first = next(iter(store.list()))
    assert (first.valid_from, first.origin) == (date(1911, 1, 1), "https://example.org/q1")
    assert [problem.where for problem in done.problems] == ["t.tsv:3"]


def test_published_articles_become_facts_with_place_and_date(store: FactStore, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    one = written(folder, "2022/05/23/toll.txt", f"{HARBOUR} He agreed.\n\n{TUNNEL}\n")
    written(folder, "undated.txt", "Ferry owners met harbour officials in Velmar.\n")
    written(folder, "photo.jpg", "\xff\xd8\xff\x00")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\x00\x01")
    done = import_file(store, folder, ImportOptions(day=date(2020, 1, 1)))
    facts = list(store.list())
    assert [(fact.text, fact.origin, fact.valid_from) for fact in facts] == [
        (HARBOUR, "2022/05/23/toll.txt", date(2022, 5, 23)),
        (TUNNEL, "2022/05/23/toll.txt", date(2022, 5, 23)),
        ("Ferry owners met harbour officials in Velmar.", "undated.txt", date(2020, 1, 1)),
    ]
    text = one.read_text(encoding="utf-8").strip()
    assert all(fact.place and fact.place.of(text) == fact.text for fact in facts[:2])
    assert [problem.where for problem in done.problems] == ["archive/photo.jpg"]
    assert "image" in done.problems[0].reason


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2022/05/23/a.html", date(2022, 5, 23)),
        ("summit-20220523.txt", date(2022, 5, 23)),
        ("2022-13-40/1999-12-31.txt", date(1999, 12, 31)),
        ("id-1234567890.txt", None),
        ("a.txt", None),
    ],
)
def test_dates_in_names(name: str, day: date | None) -> None:
    assert date_in(name) == day


def test_parquet(store: FactStore, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = [{"text": HARBOUR, "tags": ["sea"], "valid_from": date(1911, 1, 1)}, {"text": TUNNEL, "tags": None}]
    parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "f.parquet")
    assert import_file(store, tmp_path / "f.parquet").added.new == 2
    first = next(iter(store.list()))
    assert (first.text, first.tags, first.valid_from) == (HARBOUR, ("sea",), date(1911, 1, 1))
    (tmp_path / "bad.parquet").write_bytes(b"PAR1nonsense")
    with pytest.raises(FactFileError, match="Parquet"):
        import_file(store, tmp_path / "bad.parquet")


def test_what_cannot_be_read_is_one_clear_error(store: FactStore, tmp_path: Path) -> None:
    for name, kind in (("none.txt", "auto"), ("none.parquet", "auto"), ("none", "articles")):
        with pytest.raises(FactFileError):
            import_file(store, tmp_path / name, ImportOptions(format=ImportFormat(kind)))
    with pytest.raises(UsageError):
        import_file(store, written(tmp_path, "f.txt", HARBOUR), ImportOptions(format=ImportFormat.ARTICLES))


SLOW_IMPORT = textwrap.dedent("""
    import sys, time
    from pathlib import Path
    from checker.evidence import FactStore
    from checker.facts.importing import ImportOptions, import_file
    def tell(done):
        print(done, flush=True)
        time.sleep(0.2)
    with FactStore.open(sys.argv[1]) as store:
        import_file(store, Path(sys.argv[2]), ImportOptions(batch=10), tell)
""")


def test_an_import_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    lines = [f"Ferry number{number} left Velmar at dawn." for number in range(200)]
    source, path = written(tmp_path, "ferries.txt", "\n".join(lines)), tmp_path / "s.facts"
    running = subprocess.Popen(  # noqa: S603 - own interpreter
        [sys.executable, "-c", SLOW_IMPORT, str(path), str(source)], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout is not None
    told = [int(running.stdout.readline()) for _ in range(3)]
    running.kill()
    told += [int(line) for line in running.stdout]
    running.stdout.close()
    running.wait()
    with FactStore.open(path, create=False) as store:
        there = len(store)
        assert told[-1] <= there < len(lines)
        assert there % 10 == 0
        assert store.faults() == []
        done = import_file(store, source, ImportOptions(batch=10))
        assert (done.resumed, done.added) == (there, Added(len(lines) - there, 0, 0))
        assert [fact.text for fact in store.list()] == lines
        assert import_file(store, source).resumed == 0


TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30)
FACTS = st.builds(
    Fact,
    id=st.integers(0, 10**6).map(lambda number: f"id {number}"),
    text=TEXTS.map(lambda text: " ".join(f"Velmar {text}".split())),
    language=st.sampled_from(["en", "es"]),
    origin=st.sampled_from([None, "https://example.org/a?b=1,2;c", 'said "so", they say']),
    valid_from=st.none() | st.dates(max_value=date(2000, 1, 1)),
    valid_until=st.none() | st.dates(min_value=date(2000, 1, 1)),
    tags=st.lists(st.sampled_from(["sea", "a, b", "x;y", "[z]", "müll"]), unique=True, max_size=3).map(tuple),
    status=st.sampled_from(FactStatus),
    place=st.none() | st.builds(Span, st.integers(0, 5), st.integers(5, 9)),
)


@settings(max_examples=12, deadline=None)
@given(
    facts=st.lists(FACTS, min_size=1, max_size=4, unique_by=lambda fact: fact.id), kind=st.sampled_from(ExportFormat)
)
def test_an_export_imports_to_the_same_facts(
    tmp_path_factory: pytest.TempPathFactory, facts: list[Fact], kind: ExportFormat
) -> None:
    folder = tmp_path_factory.mktemp("export")
    with FactStore.open(folder / "s.facts") as one, FactStore.open(folder / "t.facts") as other:
        one.add(facts)
        path = written(folder, f"out.{kind}", "".join(export_facts(one.list(), kind)))
        done = import_file(other, path)
        assert done.problems == []
        # A fact without an origin gets the file it was read from.
        came_back = [
            fact if of.origin else replace(fact, origin=None) for fact, of in zip(other.list(), one.list(), strict=True)
        ]
        assert facts_hash(came_back) == facts_hash(one.list())
