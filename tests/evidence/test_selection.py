"""Evidence for a whole article: who gets what, how places are shared, and what is said about what is left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Document
from checker.evidence import EvidenceKind, Fact, Relation, SkippedEvidence, ranking, select_evidence, selection

Make = Callable[..., Document]

ARTICLE = [
    "Harbour officials in Velmar met ferry owners on Tuesday to talk about the new toll.",
    "Owners called the toll a fair burden on small Velmar ferries, the harbour office wrote.",
    "“A toll that doubles in a year is not fair,” ferry owner Alda Brunner said.",
    "Both sides will meet again at the Cover of the Islands in June.",
    "The Forum of the Islands brings nine ports together each summer.",
    "Rain is expected all week.",
    "Bakers in Orsa raised bread prices by a tenth.",
]

ARTICLE_FACTS = [
    "Nine lawyers of a mountain village wrote down last Tuesday what the snow had done to their only road north.",
    "Ferry owners in Velmar pay a toll to the harbour.",
    "Snow has closed the mountain road.",
]


def ids(document: Document, sentence: int, embed: object, **options: object) -> list[str]:
    chosen = select_evidence(document, (), None, embed, **options).evidence[sentence]  # type: ignore[arg-type]
    return [evidence.id for evidence in chosen]


def test_a_reversed_word_meets_the_sentence_that_contradicts_it(embed: object, make_document: Make) -> None:
    assert "s2" in ids(make_document(ARTICLE), 1, embed)


def test_a_mangled_name_meets_the_right_one_and_the_other_way_round(embed: object, make_document: Make) -> None:
    document = make_document(ARTICLE)
    assert ids(document, 3, embed)[0] == "s4"
    assert ids(document, 4, embed)[0] == "s3"


def test_what_may_deny_a_sentence_may_be_denied_by_it(embed: object, make_document: Make) -> None:
    document = make_document(["Ferry toll unfair", *ARTICLE])
    chosen = [ids(document, index, embed, per_sentence=9) for index in range(len(document.sentences))]
    assert chosen[0]
    for index, own in enumerate(chosen):
        assert all(f"s{index}" in chosen[int(other[1:])] for other in own)


def test_sentences_with_nothing_in_common_get_nothing(embed: object, make_document: Make) -> None:
    document = make_document(ARTICLE)
    assert ids(document, 5, embed) == []
    assert ids(document, 6, embed) == []


def test_article_evidence_points_into_the_document(embed: object, make_document: Make) -> None:
    document = make_document(ARTICLE, path="toll.txt")
    selection = select_evidence(document, (), None, embed)  # type: ignore[arg-type]
    assert len(selection.evidence) == len(ARTICLE)
    for sentence, chosen in zip(document.sentences, selection.evidence, strict=True):
        for evidence in chosen:
            assert (evidence.kind, evidence.relation) == (EvidenceKind.ARTICLE, Relation.CONTEXT)
            assert evidence.span is not None
            assert evidence.span.of(document.text) == evidence.text
            assert evidence.id != f"s{sentence.index}"
            assert evidence.origin == "toll.txt"


def test_in_a_book_evidence_comes_from_the_part_the_sentence_stands_in(
    embed: object, make_document: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = make_document([f"The Velmar ferry toll is fair, said owner number{n}." for n in range(10)])
    monkeypatch.setattr(selection, "PART", 4)  # three parts, of 3, 3 and 4 sentences
    chosen = [ids(document, index, embed, per_sentence=9) for index in range(10)]
    assert [len(each) for each in chosen] == [2] * 6 + [3] * 4
    for index, each in enumerate(chosen):
        part = next(part for part in (range(3), range(3, 6), range(6, 10)) if index in part)
        assert all(int(other[1:]) in part for other in each)


def test_a_copy_of_the_sentence_counts_once(embed: object, make_document: Make) -> None:
    document = make_document([ARTICLE[0], *ARTICLE[5:], ARTICLE[0], ARTICLE[0]])
    assert ids(document, 0, embed) == ["s3"]


def test_the_nearest_facts_of_a_sheet_are_asked_though_they_look_little_relevant(
    embed: object, make_document: Make
) -> None:
    document = make_document(ARTICLE)
    facts = [Fact(id=f"f{number}", text=text) for number, text in enumerate(ARTICLE_FACTS)]
    chosen = select_evidence(document, facts, None, embed).evidence[0]  # type: ignore[arg-type]
    facts_asked = [evidence.id for evidence in chosen if evidence.kind is EvidenceKind.FACT]
    assert facts_asked == ["f1", "f0"]
    relevance = {evidence.id: evidence.relevance for evidence in chosen}
    assert relevance["f0"] < ranking.RELEVANCE_FLOOR <= relevance["f1"]


def test_facts_and_article_share_the_places(embed: object, make_document: Make) -> None:
    document = make_document([f"The Velmar ferry toll is fair, said owner number{n}." for n in range(6)])
    facts = [Fact(f"f{n}", f"The Velmar ferry toll was set by office number{n}.", origin="sheet") for n in range(6)]
    (first, *_) = select_evidence(document, facts, None, embed, per_sentence=4).evidence  # type: ignore[arg-type]
    kinds = [evidence.kind for evidence in first]
    assert len(first) == 4
    assert kinds.count(EvidenceKind.FACT) >= 2
    assert kinds.count(EvidenceKind.ARTICLE) >= 2
    assert [evidence.relevance for evidence in first] == sorted((e.relevance for e in first), reverse=True)
    assert {evidence.origin for evidence in first if evidence.kind is EvidenceKind.FACT} == {"sheet"}


def test_one_place_goes_to_the_reference_or_the_most_relevant(embed: object, make_document: Make) -> None:
    document = make_document(ARTICLE)
    fact = Fact("f", "The Forum of the Islands is held in June.")
    (chosen,) = select_evidence(document, [fact], None, embed, per_sentence=1).evidence[3:4]  # type: ignore[arg-type]
    assert len(chosen) == 1
    source = make_document(ARTICLE)
    (chosen,) = select_evidence(document, [fact], source, embed, per_sentence=1).evidence[3:4]  # type: ignore[arg-type]
    assert chosen[0].relation is Relation.REFERENCE


def test_an_english_source_gives_the_reference_first(embed: object, make_document: Make) -> None:
    document = make_document(ARTICLE)
    source = make_document(
        [*ARTICLE[:3], "Both sides will meet again at the Forum of the Islands in June."], path="s.txt"
    )
    selection = select_evidence(document, (), source, embed)  # type: ignore[arg-type]
    reference = selection.evidence[3][0]
    assert (reference.kind, reference.relation, reference.id) == (EvidenceKind.SOURCE, Relation.REFERENCE, "source:3")
    assert (reference.text, reference.span, reference.origin) == (source.sentences[3].text, None, "s.txt")
    assert all(evidence.kind is not EvidenceKind.SOURCE for evidence in selection.evidence[6])
    assert selection.skipped == ()


def test_what_the_model_cannot_read_is_named(embed: object, make_document: Make) -> None:
    source = make_document(["La lluvia cae."], language="es", path="origen.txt")
    facts = [Fact("a", "El puerto abre.", "es"), Fact("b", "Le port ouvre.", "fr"), Fact("c", "La tasa.", "es")]
    selection = select_evidence(make_document(ARTICLE), facts, source, embed)  # type: ignore[arg-type]
    assert selection.skipped == (
        SkippedEvidence("origen.txt", "source is in es; this model reads English only"),
        SkippedEvidence("2 facts", "written in es; this model reads English only"),
        SkippedEvidence("1 fact", "written in fr; this model reads English only"),
    )
    assert all(evidence.kind is EvidenceKind.ARTICLE for chosen in selection.evidence for evidence in chosen)


def test_empty_document_and_empty_source(embed: object, make_document: Make) -> None:
    empty = make_document([])
    assert select_evidence(empty, (), None, embed).evidence == ()  # type: ignore[arg-type]
    selection = select_evidence(make_document(ARTICLE), (), empty, embed)  # type: ignore[arg-type]
    assert selection.skipped == (SkippedEvidence("source", "source has no sentences"),)


def test_no_room_is_refused(embed: object, make_document: Make) -> None:
    with pytest.raises(ValueError, match="room"):
        select_evidence(make_document(ARTICLE), (), None, embed, per_sentence=0)  # type: ignore[arg-type]


def test_each_sentence_is_embedded_once(embed: object, make_document: Make) -> None:
    select_evidence(make_document([*ARTICLE, ARTICLE[0]]), [Fact("f", "A toll.")], None, embed)  # type: ignore[arg-type]
    assert sorted(embed.seen) == sorted([*ARTICLE, "A toll."])  # type: ignore[attr-defined]


PIECES = st.lists(st.sampled_from([*ARTICLE, "Yes.", "42", "The toll of Velmar is 12 percent."]), max_size=8)


@settings(max_examples=25, deadline=None)
@given(sentences=PIECES, facts=PIECES, source=PIECES, places=st.integers(1, 5))
def test_limits_order_and_repeatability(
    embedder: type, sentences: list[str], facts: list[str], source: list[str], places: int, make_document: Make
) -> None:
    document, origin = make_document(sentences), make_document(source)
    known = [Fact(f"f{number}", text) for number, text in enumerate(facts)]
    one = select_evidence(document, known, origin, embedder(), per_sentence=places)
    assert one == select_evidence(document, known, origin, embedder(), per_sentence=places)
    assert len(one.evidence) == len(sentences)
    for chosen in one.evidence:
        assert len(chosen) <= places
        assert all(evidence.relation is Relation.CONTEXT for evidence in chosen[1:])
        assert all(0 <= evidence.relevance <= 1 for evidence in chosen)
