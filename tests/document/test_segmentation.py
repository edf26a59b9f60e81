from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import split_sentences

LANGUAGES = ("en", "es", "fr", "de", "pt", "it", "ru", "xx")


def cases():
    for line in (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, _, marked = line.partition(": ")
            yield pytest.param(language, marked, id=f"{language}-{marked[:40]}")


def cut(text, language="en"):
    return [span.of(text) for span in split_sentences(text, language)]


@pytest.mark.parametrize(("language", "marked"), list(cases()))
def test_sentences(language, marked):
    expected = [sentence.strip() for sentence in marked.replace("¦", "‖").split("‖")]
    assert cut(marked.replace("‖ ", "").replace("‖", "").replace("¦", ""), language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bridge closes for repairs\nThe bridge closed on Monday.", 2),
        ("Bridge closes for repairs\n\nThe bridge closed on Monday. It is old.", 3),
        ("A blank line\n\nends a sentence", 2),
        ("A blank line\n \t\nends a sentence", 2),
        ("A blank line\r\n\r\nends a sentence", 2),
        ("The plan has three parts:\n- cheaper buses\n- safer roads\n- cleaner air", 4),
        ("The plan:\n1. Cheaper buses\n2. Safer roads. They come first.", 4),
        ("• One thing\n• Another thing", 2),
        ("", 0),
        (" \n\t ", 0),
        (".", 1),
        ("no full stop", 1),
    ],
)
def test_layout(text, expected):
    assert len(cut(text)) == expected


WRAPPED = """The council voted on Tuesday to keep the old bridge
open for another year, although engineers had told it
in spring that the northern pillar would not carry
heavy lorries any more. The mayor called the decision
a compromise.

Work on a new bridge will start in March, and the
city will pay for most of it.
"""


def test_hard_wrapped_lines_belong_together():
    sentences = cut(WRAPPED)
    assert len(sentences) == 3
    assert sentences[0].startswith("The council voted")
    assert sentences[0].endswith("any more.")
    assert sentences[1] == "The mayor called the decision\na compromise."


def test_headlines_a_line_each_are_not_wrapped_text():
    lines = ["Council keeps the old bridge open for a year", "Mayor calls the vote a compromise for the city"] * 3
    assert cut("\n".join(lines)) == lines


def test_list_items_in_wrapped_text_stay_apart():
    text = (
        WRAPPED + "\n- The first item of the list is long enough to be\n  wrapped in the middle\n- The second is not\n"
    )
    assert cut(text)[-1] == "- The second is not"


SNIPPETS = st.sampled_from(
    ["Mr.", "U.S.", "The", "he", "said", "“", "”", "\"", "...", "…", "?!", "3.5", "3.", "\n", "\n\n", " ", "\t", "(",
     ")", "«", "»", "z. B.", "г.", "—", "- ", "1. ", "\u00a0", "。", "😀", "e\u0301", "\r\n", "\u2028"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(SNIPPETS, max_size=60).map("".join))


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_every_visible_character_is_in_exactly_one_sentence(text, language):
    spans = split_sentences(text, language)
    covered = [0] * len(text)
    for span in spans:
        piece = span.of(text)
        assert piece
        assert piece == piece.strip()
        for index in range(span.start, span.end):
            covered[index] += 1
    assert all(count == 1 for count, character in zip(covered, text, strict=True) if not character.isspace())
    assert max(covered, default=0) <= 1
    assert list(spans) == sorted(spans)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_no_boundary_is_inside_a_word(text, language):
    for span in split_sentences(text, language)[:-1]:
        assert not (text[span.end - 1].isalnum() and text[span.end : span.end + 1].isalnum())


@settings(max_examples=50, deadline=None)
@given(first=TEXTS, second=TEXTS, language=st.sampled_from(LANGUAGES))
def test_a_blank_line_always_ends_a_sentence(first, second, language):
    text = f"{first}\n\n{second}"
    assert not any(span.start < len(first) < span.end for span in split_sentences(text, language))


@pytest.mark.parametrize("unit", ["U.S. ", "word ", "A. B. ", ". ", "… ", '." ', "x", "ab\n"])
def test_long_single_texts_are_cut_without_loss(unit):
    text = unit * (50_000 // len(unit))
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
