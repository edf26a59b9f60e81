"""A fact store on a server: every machine sees every change, ranks alike, and loses nothing that was acknowledged."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checker.cli.material import read_material
from checker.errors import FactStoreError, UsageError
from checker.evidence import Added, Embedder, Fact, FactStatus, FactStore
from checker.evidence.store.server import Address, is_address
from checker.evidence.store.shared import SharedFactStore

HARBOUR = Fact("h", "The harbour of Velmar opened in 1911.", origin="register", tags=("ports",))
TUNNEL = Fact("t", "The Orsa tunnel is 14 kilometres long.")
FERRY = Fact("f", "The ferry to Orsa opened in 1911.")

Machine = Callable[[], FactStore]


@pytest.fixture
def machine(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """Each call opens the store from a machine of its own, whose copy is empty at first."""
    opened: list[FactStore] = []

    def connect() -> FactStore:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / f"machine{len(opened)}"))
        opened.append(FactStore.open(address))
        return opened[-1]

    yield connect
    for store in opened:
        store.close()


def state(store: FactStore) -> list[Fact]:
    return list(store.list())


def test_every_machine_sees_every_change(machine: Machine) -> None:
    one, two = machine(), machine()
    assert one.path != two.path
    assert one.add([HARBOUR, TUNNEL], by="Ada") == Added(2, 0, 0)
    assert state(two) == state(one)
    assert two.add([TUNNEL, Fact("h", "The harbour of Velmar opened in 1912.")]) == Added(0, 1, 1)
    assert two.mark(["t"], FactStatus.DISPUTED) == 1
    assert one.remove(["h", "nobody"]) == 1
    assert [(fact.id, fact.status) for fact in state(two)] == [("t", FactStatus.DISPUTED)]
    assert state(machine()) == state(one) == state(two)


def test_all_machines_rank_and_number_alike(machine: Machine) -> None:
    """Whoever came late, or missed a removal, breaks ties between facts as the others do."""
    one, two = machine(), machine()
    one.add([HARBOUR, TUNNEL])
    assert len(two) == 2
    one.add([FERRY])
    one.remove(["h", "f"])  # the highest number is free again, and must stay so on each machine
    two.add([Fact("g", FERRY.text)])
    one.add([HARBOUR, Fact("h2", HARBOUR.text.upper())])
    two.add([Fact("t", "The Velmar tunnel opened in 1911.")])
    three = machine()
    asked = ("What opened in 1911?", "the harbour of Velmar", "The harbour of Orsa opened in 1911.")
    answers = [[[each.fact.id for each in store.search(query)] for query in asked] for store in (one, two, three)]
    assert answers[0] == answers[1] == answers[2]
    assert [fact.id for fact in state(three)] == [fact.id for fact in state(one)] == ["t", "g", "h", "h2"]
    assert one.digests() == two.digests() == three.digests()


def test_vectors_are_made_once_for_all_machines(machine: Machine, embed: object) -> None:
    asked: list[str] = []

    def counted(texts):  # type: ignore[no-untyped-def]
        asked.extend(texts)
        return embed(texts)  # type: ignore[operator]

    one, two = machine(), machine()
    one.add([HARBOUR, TUNNEL], embedder=Embedder("m", counted))
    assert sorted(asked) == sorted([HARBOUR.text, TUNNEL.text])
    assert two.search("harbour", embedder=Embedder("m", counted))[0].fact.id == "h"
    assert asked[2:] == ["harbour"]
    two.remove(["h"])
    assert not list(one.embed(Embedder("m", counted)))


def test_an_import_goes_on_from_another_machine(machine: Machine) -> None:
    one, two = machine(), machine()
    one.add([HARBOUR], position=("sheet", 1))
    assert two.import_position("sheet") == 1
    two.end_import("sheet")
    assert one.import_position("sheet") == 0


def test_machines_that_write_at_once_lose_nothing(machine: Machine) -> None:
    stores = [machine() for _ in range(3)]

    def write(number: int, store: FactStore) -> None:
        for turn in range(5):
            store.add([Fact(f"{number}-{turn}", f"Berth {number} of Velmar is {turn} metres deep.")])

    threads = [threading.Thread(target=write, args=each) for each in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(state(stores[0])) == 15
    assert state(stores[0]) == state(stores[1]) == state(stores[2])


def test_a_change_that_the_server_does_not_take_is_not_made(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    store = machine()
    store.add([HARBOUR])
    with pytest.raises(UsageError, match="zero byte"):
        store.add([TUNNEL, Fact("z", "A fact\0 of Velmar.")])
    assert state(store) == state(machine()) == [fact for fact in state(store) if fact.id == "h"]


def test_a_machine_that_dies_after_the_server_s_commit_catches_up(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = machine()
    store.add([HARBOUR])
    server = store._server  # type: ignore[attr-defined]
    sent = server.put_facts
    monkeypatch.setattr(server, "put_facts", lambda rows, change: (sent(rows, change), server._rows("COMMIT"), 1 / 0))
    with pytest.raises(ZeroDivisionError):
        store.add([TUNNEL])
    monkeypatch.undo()
    assert [fact.id for fact in state(store)] == ["h", "t"]
    assert store.add([TUNNEL, FERRY]) == Added(1, 0, 1)


def test_a_connection_that_was_lost_is_made_anew(machine: Machine) -> None:
    one, two = machine(), machine()
    one.add([HARBOUR])
    kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'checker' AND pid <> :own"
    server = one._server  # type: ignore[attr-defined]
    server._connection.run(kill, own=server._connection.run("SELECT pg_backend_pid()")[0][0])
    assert [fact.id for fact in state(two)] == ["h"]
    two.add([TUNNEL])
    assert len(one) == 2


def test_a_server_that_was_set_back_is_noticed(machine: Machine) -> None:
    store = machine()
    store.add([HARBOUR])
    store._server._connection.run("UPDATE clock SET changed = 0")  # type: ignore[attr-defined]
    with pytest.raises(FactStoreError, match="older state than this machine's copy; remove"):
        len(store)


def test_a_newer_store_is_refused(machine: Machine) -> None:
    store = machine()
    store._server._connection.run("UPDATE about SET version = 99")  # type: ignore[attr-defined]
    with pytest.raises(FactStoreError, match="newer checker"):
        machine()


def test_it_is_checked_against_as_any_store(machine: Machine, address: str) -> None:
    """Also where the address went through a Path, as those of the command line do."""
    store = machine()
    store.add([HARBOUR])
    assert isinstance(store, SharedFactStore)
    assert Address.of(store.written) == Address.of(address)
    assert repr(store) == f"SharedFactStore({store.name!r}, 1 fact)"
    material = read_material([Path(address)], None)
    assert material.skipped == ()
    (opened,) = material.facts
    assert isinstance(opened, FactStore)
    with opened:
        assert [each.fact.id for each in opened.search("the harbour of Velmar")] == ["h"]


def test_no_store_is_made_to_read_it(address: str) -> None:
    with pytest.raises(FactStoreError, match="no such fact store; make one"):
        FactStore.open(address, create=False)
    (problem,) = read_material([Path(address)], None).skipped
    assert "no such fact store" in problem.reason


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("postgresql://ada:secret@host/db", "write no password there; put it into PGPASSWORD"),
        ("postgresql://host", "not an address"),
        ("postgresql://host:port/db", "not an address"),
        ("postgresql://host/db?schema=a;drop", "not an address"),
        ("postgresql://host/db?colour=red", "not an address"),
    ],
)
def test_what_is_no_address_is_refused_in_one_line(written: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as refused:
        FactStore.open(written)
    with pytest.raises(UsageError):  # and not noted in a report, with all that it holds
        read_material([Path(written)], None)
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_server_that_is_not_there_is_one_line() -> None:
    pytest.importorskip("pg8000", reason="needs the server extra")
    with pytest.raises(FactStoreError, match="cannot be reached") as refused:
        FactStore.open("postgresql://127.0.0.1:9/db")
    assert "\n" not in str(refused.value)


def test_addresses() -> None:
    assert is_address(Path("postgresql://host/db"))
    assert not is_address(Path("newsroom.facts"))
    one = Address.of("postgresql:/ada@facts.example/news?schema=desk")
    assert (one.host, one.port, one.user, one.database, one.schema) == ("facts.example", 5432, "ada", "news", "desk")
    assert one.encrypted
    assert not Address.of("postgresql://localhost/news").encrypted
    open_one = Address.of("postgresql://facts.example/news?sslmode=disable")
    assert not open_one.encrypted
    assert Address.of(str(open_one)) == open_one
    assert str(one) == "postgresql://ada@facts.example:5432/news?schema=desk"
