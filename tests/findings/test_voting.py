"""Look-ups that save reading the whole article for every question answer as reading it would."""

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Span
from checker.evidence import Evidence, EvidenceKind
from checker.findings.aggregation import Candidate, Suspicion
from checker.findings.phrases import quoted
from checker.findings.voting import Ballot, _Register
from checker.findings.words import Kind, normal_text, words_of

from .marked import document_of

WORDS = st.sampled_from(["Summit", "Cover", "of", "the", "Isles", "isles", "met", "Summits", "Karvia’s", "No-one"])
SENTENCES = st.lists(st.lists(WORDS, min_size=1, max_size=7).map(" ".join), min_size=1, max_size=6)


def votes_by_reading(texts: list[str], text: str, span: Span) -> float | None:
    inside = [word for word in words_of(text) if word.span.overlaps(span)]
    if not any(word.kind is Kind.NAME for word in inside):
        return None
    name = f" {normal_text(quoted(text, span).of(text))} "
    stems = {word.stem for word in inside if word.counts}
    whole = sum(name in f" {normal_text(each)} " for each in texts)
    return whole + 0.5 * sum(bool(stems) and stems <= {word.stem for word in words_of(each)} for each in texts)


@settings(max_examples=150, deadline=None)
@given(SENTENCES, st.data())
def test_votes_are_those_of_reading_every_sentence(texts: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(texts))
    words = words_of(text)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    span = Span(words[first].span.start, words[last].span.end)
    assert Ballot(document_of(*texts)).votes(text, span) == votes_by_reading(texts, text, span)


@settings(max_examples=100, deadline=None)
@given(SENTENCES, st.lists(st.integers(0, 5), max_size=8), st.integers(0, 60), st.integers(0, 60))
def test_the_register_names_all_suspicions_that_a_stretch_can_concern(
    texts: list[str], places: list[int], one: int, other: int
) -> None:
    document = document_of(*texts)
    sentences = [document.sentences[place % len(texts)] for place in places]
    evidence = Evidence(EvidenceKind.FACT, "f", "x", 1.0)
    suspicions = [Suspicion((Candidate(each, Span(0, 1), 0.5, 0.5, evidence, 0.5),)) for each in sentences]
    stretch = Span(min(one, other), max(one, other))
    expected = [place for place, each in enumerate(sentences) if stretch.overlaps(each.span)]
    assert sorted(_Register(suspicions).at(stretch)) == expected
    assert _Register(suspicions).at(None) == []
