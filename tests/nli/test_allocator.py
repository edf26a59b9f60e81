"""The heap's limits: set once, unless the environment sets them."""

import ctypes

import pytest

from checker.nli import allocator


class Library:
    """Remembers what is asked of it."""

    def __init__(self) -> None:
        self.asked: dict[int, int] = {}

    def mallopt(self, limit: int, size: int) -> int:
        """As glibc's: 1 for success."""
        self.asked[limit] = size
        return 1


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    found = Library()
    monkeypatch.setattr(ctypes, "CDLL", lambda _: found)
    for name in ("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "GLIBC_TUNABLES"):
        monkeypatch.delenv(name, raising=False)
    return found


def test_limits_are_fixed(library: Library) -> None:
    allocator.hold_heap_small()
    assert library.asked == {-3: 1_572_864, -1: 33_554_432}


def test_what_the_environment_sets_stays(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MALLOC_TRIM_THRESHOLD_", "65536")
    allocator.hold_heap_small()
    assert library.asked == {}


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: object())
    allocator.hold_heap_small()
