"""The fact store: reference facts in one SQLite file, which any number of programs can search while one adds to it."""

from checker.evidence.store.store import FactStore, FoundFact, StoreView
from checker.evidence.store.temporary import temporary_store
from checker.evidence.store.writing import Added

__all__ = ["Added", "FactStore", "FoundFact", "StoreView", "temporary_store"]
