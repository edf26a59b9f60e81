"""A small article, checked by a scripted model."""

import pytest
from scripted_model import ARTICLE, FACT, ScriptedModel

from checker import Checker


@pytest.fixture
def checker():
    return Checker(predictor=ScriptedModel())


@pytest.fixture
def report(checker):
    return checker.check(ARTICLE, facts=[FACT])
