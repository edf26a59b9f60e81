"""Puts this folder on the import path, so that tests of any part can `import report_samples`; fixtures for all."""

import pytest
from hypothesis import HealthCheck, settings
from tiny_lexicon import write_lexicon

from checker.training.corruption import Corruptor

# No test asserts a time: on a busy machine an import alone takes longer than an example may by default.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="session")
def corruptor(tmp_path_factory):
    """A Corruptor on the tiny lists."""
    return Corruptor(write_lexicon(tmp_path_factory.mktemp("lexicon")), 3)
