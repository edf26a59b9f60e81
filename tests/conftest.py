"""Puts this folder on the import path, so that tests of any part can `import report_samples`; fixtures for all."""

import pytest
from tiny_lexicon import write_lexicon

from checker.training.corruption import Corruptor


@pytest.fixture(scope="session")
def corruptor(tmp_path_factory):
    """A Corruptor on the tiny lists."""
    return Corruptor(write_lexicon(tmp_path_factory.mktemp("lexicon")), 3)
