"""`checker score`: a line for a line, whatever is in it."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from checker.cli.pairs import read_line
from checker.cli.score import LINES_AT_ONCE
from checker.evidence import Relation
from checker.nli import Pair


def line(**keys):
    return json.dumps({"premise": "The vote was lost.", "hypothesis": "The vote was won."} | keys) + "\n"


def written(result):
    return [json.loads(each) for each in result.out.decode("utf-8").splitlines()]


@pytest.fixture
def pairs(tmp_path):
    """Writes lines to a file and gives its name."""

    def write(*lines, name="pairs.jsonl"):
        (tmp_path / name).write_bytes(b"".join(each if isinstance(each, bytes) else each.encode() for each in lines))
        return name

    return write


def test_the_same_keys_come_out_with_the_view(run, pairs):
    result = run("score", pairs(line(id=7, tags=["ä"], entailment="old")))
    assert result.code == 0
    assert result.err == ""
    (answer,) = written(result)
    assert list(answer) == [
        *("premise", "hypothesis", "id", "tags"),
        *("entailment", "neutral", "contradiction", "error_probability", "spans", "truncated"),
    ]
    # Three decimals would tie pairs that the model tells apart, and this figure is there to rank as well.
    assert (answer["id"], answer["tags"], answer["error_probability"]) == (7, ["ä"], 0.12345)
    assert (answer["entailment"], answer["neutral"], answer["contradiction"]) == (0.334, 0.333, 0.333)
    assert answer["spans"] == [
        {"start": 0, "end": 1, "text": "x", "probability": 0.988, "category": "accuracy/addition"}
    ]
    assert "ä" in result.out.decode("utf-8")


def test_relations_reach_the_model(run, pairs, scripted):
    lines = [
        line(),
        line(relation="reference"),
        line(relation="context"),
        line(premise=" "),
        line(premise="", relation="context"),
    ]
    assert run("score", pairs(*lines)).code == 0
    (asked,) = scripted.made[0].scored
    assert [pair.relation for pair in asked] == [
        *(Relation.REFERENCE, Relation.REFERENCE, Relation.CONTEXT),
        *(Relation.LANGUAGE, Relation.LANGUAGE),
    ]
    assert asked[3] == Pair("", "The vote was won.", Relation.LANGUAGE)


def test_the_language_of_a_premise_is_told_from_its_words(run, pairs, scripted):
    spanish = "El gobierno rechazó ayer la propuesta de los sindicatos, que piden una subida de los salarios."
    russian = "Правительство отклонило предложение профсоюзов."
    lines = [line(premise=text) for text in (spanish, russian, "The vote was lost in Nueva Loja, said Pérez.")]
    assert run("score", pairs(*lines)).code == 0
    (asked,) = scripted.made[0].scored
    assert [pair.language for pair in asked] == ["es", "ru", "en"]


BAD_LINES = [
    (b"\n", "line 1: empty"),
    (b"{\n", "line 1: not JSON"),
    (b"[1]\n", "line 1: not a JSON object"),
    (b'"text"\n', "line 1: not a JSON object"),
    (b"\xff\xfe\n", "line 1: not UTF-8"),
    (b'{"premise": "a"}\n', "has no key 'hypothesis'"),
    (b'{"hypothesis": "a"}\n', "has no key 'premise'"),
    (b'{"premise": null, "hypothesis": "a"}\n', "premise is null; give a string"),
    (b'{"premise": true, "hypothesis": "a"}\n', "premise is true; give a string"),
    (b'{"premise": "a", "hypothesis": 3}\n', "hypothesis is a number; give a string"),
    (b'{"premise": "a", "hypothesis": ["b"]}\n', "hypothesis is a list; give a string"),
    (b'{"premise": "a", "hypothesis": {"b": 1}}\n', "hypothesis is an object; give a string"),
    (b'{"premise": "a", "hypothesis": " "}\n', "the hypothesis is empty"),
    (b'{"premise": "a", "hypothesis": "\\ud83d"}\n', "half a surrogate pair"),
    (b'{"premise": "a", "hypothesis": "b", "relation": "language"}\n', 'give "reference" or "context"'),
    (b'{"premise": "a", "hypothesis": "b", "relation": null}\n', "relation is null"),
    (b'{"premise": "a", "hypothesis": "b", "relation": []}\n', "relation is []"),
    (b'{"premise": "a", "hypothesis": "b", "x": NaN}\n', "NaN"),
    (b'{"premise": "a", "hypothesis": "b", "x": 1e999}\n', "too large"),
    (b'{"premise": "a", "hypothesis": "b", "x": ' + b"9" * 5000 + b"}\n", "line 1: holds a number that is too long"),
    (b'{"premise": "a", "hypothesis": "b", "x": ' + b"[" * 100_000 + b"}\n", "line 1"),
]


@pytest.mark.parametrize(("bad", "told"), BAD_LINES, ids=[told for _, told in BAD_LINES])
def test_a_bad_line_keeps_its_place(run, pairs, bad, told):
    result = run("score", pairs(bad, line(id=2)))
    assert result.code == 3
    first, second = written(result)
    assert list(first) == ["error"]
    assert told in first["error"]
    assert second["id"] == 2
    assert result.err == "checker: 1 of 2 lines could not be scored; each says why in its place\n"


def test_no_line_is_lost_or_moved_over_many_chunks(run, pairs, scripted):
    lines = [b"broken\n" if number % 100 == 5 else line(id=number) for number in range(2 * LINES_AT_ONCE + 30)]
    answers = written(run("score", pairs(*lines)))
    assert [answer.get("id", number) for number, answer in enumerate(answers)] == list(range(len(lines)))
    assert [number for number, answer in enumerate(answers) if "error" in answer] == list(range(5, len(lines), 100))
    assert len(scripted.made[0].scored) == 3


def test_line_separators_within_a_string_do_not_end_a_line(run, pairs):
    raw = '{"premise": "a\u2028b\u0085c", "hypothesis": "d"}'
    (answer,) = written_lines(run("score", pairs(raw)))
    assert answer["premise"] == "a\u2028b\u0085c"


def written_lines(result):
    return [json.loads(each) for each in result.out.decode("utf-8").split("\n") if each]


def test_windows_line_ends_and_a_byte_order_mark(run, pairs):
    marked = b"\xef\xbb\xbf" + line(id=1).strip().encode() + b"\r\n"
    result = run("score", pairs(marked, line(id=2), marked))
    assert (result.code, len(written(result))) == (0, 3)


def test_standard_input_and_an_output_file(run, tmp_path):
    result = run("score", "-", "--output", "out.jsonl", stdin=line(id=1).encode())
    assert (result.code, result.out) == (0, b"")
    assert json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["id"] == 1


def test_the_pairs_are_not_replaced(run, pairs, tmp_path):
    result = run("score", pairs(line(id=1)), "--output", "./pairs.jsonl")
    assert (result.code, "--output would replace the pairs pairs.jsonl" in result.err) == (2, True)
    assert (tmp_path / "pairs.jsonl").read_text() == line(id=1)


def test_gzip_is_read(run, pairs):
    assert len(written(run("score", pairs(gzip.compress(line().encode() * 3), name="p.jsonl.gz")))) == 3


def test_a_damaged_gzip_file_is_named(run, pairs):
    result = run("score", pairs(gzip.compress(line().encode() * 3)[:-9], name="p.jsonl.gz"))
    assert result.code == 3
    assert "p.jsonl.gz: damaged" in result.err


def test_nothing_in_nothing_out(run, pairs):
    result = run("score", pairs())
    assert (result.code, result.out) == (0, b"")


def test_a_missing_file(run):
    result = run("score", "none.jsonl")
    assert (result.code, result.out) == (3, b"")
    assert "none.jsonl: cannot be read" in result.err


@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
@hypothesis_settings(max_examples=100, deadline=None)
def test_any_bytes_are_a_pair_or_an_error(raw):
    found = read_line(raw, 1)
    assert (found.pair is None) == (found.error is not None)
