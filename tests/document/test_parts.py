"""Parts: each is cut into sentences by itself; declared languages are believed within reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Part, PartKind, Span, confirm_language, make_document

ENGLISH = "The council voted on Tuesday to keep the harbour open after a long debate about its cost. " * 4


def test_a_part_is_never_joined_with_the_next():
    text = "Mayor meets Dr. Smith came late."
    parts = (Part(PartKind.HEADLINE, Span(0, 15)), Part(PartKind.BODY, Span(16, len(text))))
    document = make_document(text, parts=parts)
    assert [sentence.text for sentence in document.sentences] == ["Mayor meets Dr.", "Smith came late."]
    assert [sentence.text for sentence in make_document(text).sentences] == [text]
    assert document.part_at(Span(15, 16)) is None


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Ab. \n", max_size=60), st.lists(st.integers(0, 60), max_size=6))
def test_sentences_lie_within_parts(text, cuts):
    edges = sorted({min(cut, len(text)) for cut in cuts} | {0, len(text)})
    parts = [Part(PartKind.UNIT, Span(a, b)) for a, b in zip(edges, edges[1:], strict=False)]
    document = make_document(text, language="en", parts=parts)
    for sentence in document.sentences:
        part = document.part_at(sentence.span)
        assert part is not None
        assert part.span.start <= sentence.span.start < sentence.span.end <= part.span.end
        assert sentence.text == sentence.span.of(text)
    inked = sum(not character.isspace() for character in text)
    assert inked == sum(not character.isspace() for one in document.sentences for character in one.text)


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        (ENGLISH, None, ("en", False)),
        (ENGLISH, "en-US", ("en", False)),
        (ENGLISH, "it_IT", ("en", True)),
        (ENGLISH[:60], "it", ("it", False)),  # too little text to doubt a declaration
        (ENGLISH, "sk", ("sk", False)),  # a language that is not told apart here
        ("Rådet stemte tirsdag for å holde havna åpen etter en lang debatt om hva den koster. " * 4, "nb-NO", ("no", False)),
        (ENGLISH, "x-none", ("en", False)),
    ],
)
def test_a_declared_language_stands_unless_the_text_contradicts_it(text, declared, expected):
    assert confirm_language(text, declared) == expected
