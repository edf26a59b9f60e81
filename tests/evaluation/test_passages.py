"""Cases beside a passage: from the shared data where it is present."""

from collections import Counter
from pathlib import Path

import pytest

from checker.evaluation.passages import passage_cases
from checker.findings import is_passage

DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")
def test_cases_are_passages_right_and_wrong_and_the_same_every_time():
    cases = passage_cases(DATA, 40)
    assert cases == passage_cases(DATA, 40)
    assert all(is_passage(case.pair) for case in cases)
    counts = Counter(case.wrong for case in cases)
    assert counts[True] == counts[False] > 30
    assert all(span.of(case.pair.hypothesis) for case in cases for span in case.spans)
