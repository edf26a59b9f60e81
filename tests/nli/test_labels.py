"""What a checkpoint's labels mean, and which are refused."""

import pytest

from checker.errors import ModelError
from checker.nli.labels import LabelOrder, error_labels, nli_label_order


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (("entailment", "neutral", "contradiction"), (0, 1, 2)),
        (("CONTRADICTION", "ENTAILMENT", "NEUTRAL"), (1, 2, 0)),
        (("SUPPORTS", "REFUTES", "NOT ENOUGH INFO"), (0, 2, 1)),
        (("entailment", "not_entailment"), (0, 1, None)),
        (("Not Entailment", "Entailment"), (1, 0, None)),
        (("contradiction", "entailment"), (1, None, 0)),
    ],
)
def test_order_is_read_from_the_names(names: tuple[str, ...], order: tuple[int, int | None, int | None]) -> None:
    assert nli_label_order(dict(enumerate(names))) == LabelOrder(*order)


def test_keys_of_json_are_strings() -> None:
    assert nli_label_order({"1": "neutral", "2": "entailment", "0": "contradiction"}).entailment == 2


def test_generic_names_are_looked_up_the_other_way_round() -> None:
    generic = {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"}
    assert nli_label_order(generic, {"neutral": 0, "entailment": 1, "contradiction": 2}) == LabelOrder(1, 0, 2)


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (("LABEL_0", "LABEL_1", "LABEL_2"), "0=LABEL_0"),
        (("positive", "negative"), "0=positive"),
        (("entailment", "entails", "neutral"), "1=entails"),
        (("entailment",), "not an NLI model"),
        (("entailment", "neutral", "contradiction", "other"), "3=other"),
        ((), "missing"),
    ],
)
def test_other_names_are_refused_and_named(names: tuple[str, ...], says: str) -> None:
    with pytest.raises(ModelError, match=says):
        nli_label_order(dict(enumerate(names)))


def test_mappings_that_disagree_are_refused() -> None:
    given = {0: "entailment", 1: "neutral", 2: "contradiction"}
    with pytest.raises(ModelError, match="disagree"):
        nli_label_order(given, {"entailment": 2, "neutral": 1, "contradiction": 0})


def test_gap_in_the_numbers_is_refused() -> None:
    with pytest.raises(ModelError, match="not numbered 0 to 2"):
        nli_label_order({0: "entailment", 1: "neutral", 3: "contradiction"})


def test_rte_names_an_order_and_mnli_does_not() -> None:
    two = {0: "LABEL_0", 1: "LABEL_1"}
    assert nli_label_order(two, task="rte") == LabelOrder(0, 1, None)
    with pytest.raises(ModelError, match="says nothing about their meaning"):
        nli_label_order(two | {2: "LABEL_2"}, task="mnli")


@pytest.mark.parametrize(
    ("names", "errors"),
    [
        (("supported", "hallucinated"), (1,)),
        (("BAD", "OK"), (0,)),
        (("O", "B-minor", "I-minor", "B-major", "I-major"), (1, 2, 3, 4)),
        (("LABEL_0", "LABEL_1"), (1,)),
        ((), (1,)),
    ],
)
def test_error_labels(names: tuple[str, ...], errors: tuple[int, ...]) -> None:
    assert error_labels(dict(enumerate(names))) == errors


@pytest.mark.parametrize(
    "names", [("O", "B-PER", "I-PER"), ("LABEL_0", "LABEL_1", "LABEL_2"), ("OK", "correct"), ("minor", "major")]
)
def test_taggers_of_another_kind_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(ModelError):
        error_labels(dict(enumerate(names)))
