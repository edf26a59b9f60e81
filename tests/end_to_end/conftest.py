"""The embedded model, loaded once for all end-to-end tests."""

from __future__ import annotations

import pytest

from checker import Checker


@pytest.fixture(scope="session")
def embedded() -> Checker:
    """A checker with the model that travels with the package and default settings."""
    return Checker()
