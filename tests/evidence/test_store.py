"""The fact store: nothing is lost, nothing hostile gets through, and it ranks as a fact file does."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from checker.document import Document, Span
from checker.errors import FactStoreError, UsageError
from checker.evidence import (
    Added,
    Embedder,
    Fact,
    FactStatus,
    FactStore,
    Retriever,
    combined_hash,
    facts_hash,
    select_evidence,
)
from checker.evidence import ranking as policy
from checker.evidence.store import schema
from checker.evidence.store.analysis import ANALYSIS, analyse
from checker.evidence.store.vectors import SignIndex, signs_of

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

HARBOUR = Fact("h", "The harbour of Velmar opened in 1911.", origin="https://example.org/h", tags=("ports", "sea"))
MAYOR = Fact("m", "Ilse Brandt is the mayor of Velmar.", valid_from=date(2010, 1, 1), valid_until=date(2015, 6, 30))
TUNNEL = Fact("t", "The Orsa tunnel is 14 kilometres long.", origin="guide", place=Span(3, 41), tags=("roads",))
PUERTO = Fact("p", "El puerto de Velmar abre.", "es")
ALL = (HARBOUR, MAYOR, TUNNEL, PUERTO)


@pytest.fixture(params=["file", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FactStore]:
    """One interface, two places: what holds for a file holds for a store on a server."""
    server = request.param == "server"
    with FactStore.open(request.getfixturevalue("address") if server else tmp_path / "newsroom.facts") as opened:
        yield opened


def said(fact: Fact | None) -> Fact:
    """A fact without who added it when."""
    assert fact is not None
    assert fact.added_at is not None
    return replace(fact, added_by=None, added_at=None)


def found(store: FactStore, sentence: str, **options: object) -> list[str]:
    return [each.fact.id for each in store.search(sentence, **options)]  # type: ignore[arg-type]


def test_facts_come_back_as_they_were(store: FactStore) -> None:
    assert store.add(ALL, by="Ada") == Added(4, 0, 0)
    assert [said(fact) for fact in store.list()] == list(ALL)
    assert said(store.get("t")) == TUNNEL
    assert {fact.added_by for fact in store.list()} == {"Ada"}
    assert store.get("nobody") is None
    assert len(store) == 4


def test_a_fact_of_the_same_id_replaces_the_older_one(store: FactStore) -> None:
    store.add(ALL)
    longer = replace(TUNNEL, text="The Orsa tunnel is 15 kilometres long.", tags=("tunnels",))
    assert store.add([longer, HARBOUR]) == Added(0, 1, 1)
    assert said(store.get("t")) == longer
    assert [fact.id for fact in store.list()] == ["h", "m", "t", "p"]
    assert found(store, "a tunnel of 15 kilometres") == ["t"]
    assert list(store.list(tags=["roads"])) == []


def test_removed_facts_are_not_found(store: FactStore) -> None:
    store.add(ALL)
    assert store.remove(["t", "nobody"]) == 1
    assert found(store, "the Orsa tunnel") == []
    assert "t" not in [fact.id for fact in store.list()]


def test_only_active_facts_are_found(store: FactStore) -> None:
    store.add(ALL)
    before = combined_hash(store.digests())
    assert store.mark(["t"], FactStatus.DISPUTED) == 1
    assert found(store, "the Orsa tunnel") == []
    assert [fact.id for fact in store.list(status=FactStatus.DISPUTED)] == ["t"]
    assert combined_hash(store.digests()) != before
    store.mark(["t"], FactStatus.ACTIVE)
    assert combined_hash(store.digests()) == before
    assert found(store, "the Orsa tunnel") == ["t"]


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (None, True),
        (date(2009, 12, 31), False),
        (date(2010, 1, 1), True),
        (date(2015, 6, 30), True),
        (date(2015, 7, 1), False),
    ],
)
def test_facts_of_a_day(store: FactStore, day: date | None, known: bool) -> None:
    store.add(ALL)
    assert ("m" in found(store, "Ilse Brandt is mayor", as_of=day)) is known
    assert ("m" in [fact.id for fact in store.list(as_of=day)]) is known


def test_facts_with_all_tags(store: FactStore) -> None:
    store.add(ALL)
    assert found(store, "the harbour of Velmar", tags=["sea", "ports"]) == ["h"]
    assert found(store, "the harbour of Velmar", tags=["sea", "roads"]) == []


def test_the_hash_is_that_of_the_same_facts_in_a_file(store: FactStore) -> None:
    store.add(ALL, by="Ada")
    assert combined_hash(store.digests()) == facts_hash(ALL)
    assert combined_hash(store.digests(as_of=date(2020, 1, 1))) == facts_hash([HARBOUR, TUNNEL, PUERTO])


@pytest.mark.parametrize(
    "bad",
    ["", "  ", Fact("x", "two\nlines"), "x" * 3000, Fact("a\0b", "So it is."), Fact("x", "So.", tags=("\ud800",))],
)
def test_what_is_no_fact_is_refused_and_nothing_is_added(store: FactStore, bad: Fact | str) -> None:
    with pytest.raises(UsageError):
        store.add([HARBOUR, bad])
    assert len(store) == 0


HOSTILE = st.one_of(
    st.sampled_from(
        [
            *("'; DROP TABLE facts; --", '" OR 1=1', "NEAR(a b)", "words: x", "a* AND NOT b", "^name ~name _6f", "{x}"),
            *("marks : \"a\" + 'b'", "0.ab.cd", "\x00null", "‮abc", "🦜 flies", "ß İ ﬁ ℡", "%s ? :a @b $c", "a-b"),
        ]
    ),
    st.text(min_size=1, max_size=40),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(HOSTILE, max_size=5), query=HOSTILE)
def test_hostile_text_is_only_text(tmp_path_factory: pytest.TempPathFactory, texts: list[str], query: str) -> None:
    usable = [
        Fact(f"f{number}", f"Parrots sing in Velmar harbour: {text}".strip()) for number, text in enumerate(texts)
    ]
    with FactStore.open(tmp_path_factory.mktemp("hostile") / "s.facts") as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(policy, "COMPARE_ALL", 0)
        patch.setattr("checker.evidence.store.state.COMPARE_ALL", 0)
        for fact in usable:
            try:
                store.add([fact])
            except UsageError:
                continue
        kept = list(store.list())
        store.search(query, tags=[query])
        for fact in kept:
            assert found(store, fact.text)
            assert store.get(fact.id) == fact
        assert store.remove([fact.id for fact in kept] + [query]) == len(kept)
        assert store.faults() == []


WORDS = st.sampled_from(
    ["Velmar", "bridge", "unfair", "fair", "Orsa", "bread", "the", "Council", "of", "Islands", "Forum", "12", "Brunner"]
)
SENTENCES = st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=10)


@settings(max_examples=12, deadline=None)
@given(texts=SENTENCES, gone=SENTENCES, queries=SENTENCES, by_meaning=st.booleans())
def test_a_store_ranks_as_a_file_of_the_same_facts(
    tmp_path_factory: pytest.TempPathFactory,
    embedder: type[Embed],
    texts: list[str],
    gone: list[str],
    queries: list[str],
    by_meaning: bool,
) -> None:
    texts = [f"x{number} {text}" for number, text in enumerate(texts)]
    facts = [Fact(f"f{number}", text) for number, text in enumerate(texts)]
    encoder = embedder()

    def embed(several: Sequence[str]) -> NDArray[np.float32]:
        return encoder(several).astype(np.float16).astype(np.float32)  # as a store keeps them

    with FactStore.open(tmp_path_factory.mktemp("same") / "s.facts") as store, pytest.MonkeyPatch.context() as patch:
        for number, text in enumerate(gone):  # what was there before leaves no trace
            store.add([Fact(f"g{number}", text)])
        store.add(facts, embedder=Embedder("m", embed))
        store.remove([f"g{number}" for number in range(len(gone))])
        patch.setattr(policy, "COMPARE_ALL", 0)
        patch.setattr("checker.evidence.store.state.COMPARE_ALL", 0)
        if by_meaning:
            expected = Retriever(texts, embed(texts)).search_many(queries, 4, vectors=embed(queries))
            ranked = store.search_many(queries, 4, embedder=Embedder("m", embed))
        else:
            zeros = np.zeros((len(texts), 1), dtype=np.float32)
            corpus = Retriever(texts, zeros)._corpus
            expected = policy.rank_many(corpus, queries, None, 4)
            ranked = store.search_many(queries, 4)
    assert [[(each.fact.id, each.relevance) for each in several] for several in ranked] == [
        [(f"f{match.index}", match.relevance) for match in several] for several in expected
    ]


def test_evidence_from_a_store_is_that_from_its_facts(
    store: FactStore, embed: Embed, make_document: Callable[..., Document]
) -> None:
    store.add(ALL)
    document = make_document(["The harbour of Velmar opened in 1912.", "The Orsa tunnel is short, said Ilse Brandt."])
    day = date(2012, 1, 1)
    of_store = select_evidence(document, (), None, embed, stores=[store.view(day)], model="m")
    assert of_store == select_evidence(document, ALL, None, embed)
    (first, *_) = (piece for piece in of_store.evidence[1] if piece.id == "m")
    assert (first.valid_from, first.valid_until) == (MAYOR.valid_from, MAYOR.valid_until)
    later = select_evidence(document, (), None, embed, stores=[store.view(date(2020, 1, 1))], model="m")
    assert "m" not in [piece.id for chosen in later.evidence for piece in chosen]
    assert [skipped.what for skipped in later.skipped] == ["1 fact"]


def test_each_text_is_embedded_once_for_a_model(store: FactStore, embed: Embed) -> None:
    store.add([HARBOUR, TUNNEL], embedder=Embedder("m", embed))
    store.add([replace(HARBOUR, id="again"), MAYOR], embedder=Embedder("m", embed))
    assert sorted(embed.seen) == sorted([HARBOUR.text, TUNNEL.text, MAYOR.text])  # type: ignore[attr-defined]
    assert list(store.embed(Embedder("m", embed))) == []
    assert list(store.embed(Embedder("other", embed), batch=3)) == [3, 1]


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 60), st.integers(1, 20), st.integers(0, 2**31))
def test_the_nearest_by_signs(count: int, wanted: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    vectors = rng.standard_normal((count, 70)).astype(np.float32)
    admitted = rng.random(count) < 0.7
    words = np.frombuffer(b"".join(signs_of(vectors)), dtype=np.uint64).reshape(count, -1)
    index = SignIndex(np.arange(count), np.arange(count), np.ascontiguousarray(words.T))
    query = rng.standard_normal(70).astype(np.float32)
    differing = ((vectors > 0) != (query > 0)).sum(axis=1)
    expected = [number for number in np.lexsort((np.arange(count), differing)) if admitted[number]][:wanted]
    assert index.nearest(query, wanted, admitted).tolist() == sorted(expected)


def test_another_program_is_seen_and_its_changes_too(store: FactStore) -> None:
    store.add([HARBOUR])
    assert found(store, "the Orsa tunnel") == []
    with FactStore.open(store.path, create=False) as other:
        other.add([TUNNEL])
    assert found(store, "the Orsa tunnel") == ["t"]


def test_readers_see_whole_batches_while_one_writes(store: FactStore) -> None:
    sizes: set[int] = set()
    done = threading.Event()

    def read() -> None:
        with FactStore.open(store.path, create=False) as reader:
            while not done.is_set():
                sizes.add(len(reader))
                reader.search("Ferry number3 left")

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for batch in range(5):
        store.add(Fact(f"{batch}.{number}", f"Ferry number{number} left at {batch}.") for number in range(20))
    done.set()
    for reader in readers:
        reader.join()
    assert all(size % 20 == 0 for size in sizes)


def test_one_store_serves_several_threads(store: FactStore) -> None:
    store.add(ALL)
    results: list[list[str]] = []
    threads = [threading.Thread(target=lambda: results.append(found(store, "the Orsa tunnel"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [["t"]] * 4


def test_a_batch_that_fails_leaves_nothing(store: FactStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add([HARBOUR])

    def fail(*_: object) -> None:
        raise RuntimeError("the roof fell in")

    monkeypatch.setattr("checker.evidence.store.writing.index_texts", fail)
    with pytest.raises(RuntimeError):
        store.add([TUNNEL])
    monkeypatch.undo()
    assert [fact.id for fact in store.list()] == ["h"]
    assert store.add([TUNNEL]) == Added(1, 0, 0)


def _database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("write", "reason"),
    [
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_text("A fact.\n"), "not a fact store"),
        (lambda path: path.write_bytes(b"SQLite format 3\x00" + b"\x01" * 40), "not a fact store"),
        (_database, "not a fact store"),
    ],
)
def test_another_file_is_refused_and_left_alone(tmp_path: Path, write: Callable[[Path], object], reason: str) -> None:
    path = tmp_path / "other.facts"
    write(path)
    before = path.read_bytes()
    for create in (True, False):
        with pytest.raises(FactStoreError, match=reason) as caught:
            FactStore.open(path, create=create)
        assert "\n" not in str(caught.value)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["other.facts"]


@pytest.mark.parametrize("part", [(100, 4000), (4096, 40_000), (0.5, 0.8)])
def test_a_damaged_store_is_one_clear_error(tmp_path: Path, part: tuple[float, float]) -> None:
    path = tmp_path / "s.facts"
    with FactStore.open(path) as store:
        store.add(Fact(f"f{number}", f"Ferry number{number} left Velmar at dawn.") for number in range(400))
    content = bytearray(path.read_bytes())
    start, end = (int(at * len(content)) if at < 1 else int(at) for at in part)
    content[start:end] = b"\xa5" * (end - start)
    path.write_bytes(content)
    said = _what_is_wrong(path)
    assert said
    assert not any("\n" in each for each in said)
    assert path.read_bytes() == content


def _what_is_wrong(path: Path) -> list[str]:
    try:
        with FactStore.open(path) as store:
            faults = list(store.faults())
            list(store.list())
            store.search("Ferry number7 left")
    except FactStoreError as error:
        return [str(error)]
    return faults


def test_a_missing_store_is_not_made_to_read_it(tmp_path: Path) -> None:
    with pytest.raises(FactStoreError, match="no such fact store"):
        FactStore.open(tmp_path / "none.facts", create=False)
    with pytest.raises(FactStoreError, match="check the permissions of the file and its folder"):
        FactStore.open(tmp_path / "no folder" / "none.facts")
    assert list(tmp_path.iterdir()) == []


def _raw(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_store_of_an_older_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.facts"
    with FactStore.open(path) as store:
        store.add(ALL)
    # Version 1 had the facts alone.
    _raw(path, "DROP TABLE term_rows", "DROP TABLE term_places", "DROP TABLE terms", "DROP TABLE lengths")
    _raw(path, "DROP TABLE derived", "DROP TABLE vectors", "PRAGMA user_version = 1")
    with FactStore.open(path, create=False) as store:
        assert [said(fact) for fact in store.list()] == list(ALL)
        assert found(store, "the Orsa tunnel") == ["t"]
        assert store.faults() == []


def test_an_index_of_another_analysis_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "old.facts"
    with FactStore.open(path) as store:
        store.add(ALL)
    _raw(path, "INSERT INTO terms (terms) VALUES ('delete-all')", "UPDATE derived SET version = version - 1")
    with FactStore.open(path, create=False) as store:
        assert found(store, "the Orsa tunnel") == ["t"]


def test_a_store_of_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new.facts"
    FactStore.open(path).close()
    _raw(path, f"PRAGMA user_version = {schema.KIND.version + 1}")
    with pytest.raises(FactStoreError, match="newer"):
        FactStore.open(path)


def test_the_analysis_of_a_text_is_pinned() -> None:
    """Whoever changes what this gives raises ANALYSIS, so that stores are indexed anew."""
    got = analyse("It’s unfair, said Ms. Muñoz: the Summit of the Americas cost $1,000 in 2022.")
    assert ANALYSIS == 1
    assert got.words == "unfair munoz summit america cost 1000 2022"
    assert got.bare == "fair"
    assert got.marks.split()[:3] == ["^america", "^summit", "~munoz"]
    assert (got.count, got.length) == (7, 8.5)


def test_one_text_is_no_list_of_texts_or_ids(store: FactStore) -> None:
    for change in (store.add, store.remove, lambda ids: store.mark(ids, FactStatus.RETIRED)):
        with pytest.raises(UsageError, match="is of type str; give a list of"):
            change("Velmar")
    assert len(store) == 0


def test_a_fact_that_ends_before_it_begins_is_refused(store: FactStore) -> None:
    with pytest.raises(UsageError, match="fact 1: valid_until 2010-01-01 is before valid_from 2015-06-30"):
        store.add([replace(MAYOR, valid_from=MAYOR.valid_until, valid_until=MAYOR.valid_from)])


def test_what_it_holds_is_counted_in_words(store: FactStore) -> None:
    store.add([HARBOUR])
    assert repr(store).endswith(", 1 fact)")
    store.add([TUNNEL])
    assert repr(store).endswith(", 2 facts)")


def test_a_closed_store_says_what_to_do(store: FactStore) -> None:
    store.close()
    for use in (lambda: len(store), lambda: store.add([HARBOUR]), lambda: store.search("The harbour opened.")):
        with pytest.raises(FactStoreError, match="is closed; open it again"):
            use()


@pytest.mark.parametrize("given", [None, 5, b"harbour"])
def test_what_is_no_sentence_is_not_searched_for(store: FactStore, given: Any) -> None:
    store.add([HARBOUR])
    with pytest.raises(UsageError, match=f"a sentence to search for is of type {type(given).__name__}; give a text"):
        store.search(given)
    with pytest.raises(UsageError, match=r"sentences is of type str; give a list of texts, \[text\] for one"):
        store.search_many("the harbour")


def test_one_text_is_no_list_of_tags(store: FactStore) -> None:
    """Its letters would be tags that no fact has, and nothing be found in silence."""
    store.add([HARBOUR])
    asking: list[Callable[[], object]] = [
        lambda: list(store.list(tags="ports")),
        lambda: store.search("the harbour", tags="ports"),
        lambda: store.view(None, "ports"),
        lambda: store.digests(tags="ports"),
        lambda: store.languages(tags="ports"),
    ]
    for ask in asking:
        with pytest.raises(UsageError, match=r"tags is of type str; give a list of tags, \[tag\] for one"):
            ask()
