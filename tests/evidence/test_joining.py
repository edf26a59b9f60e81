"""Several facts as one premise: who belongs together, and that nothing is joined where one fact is enough."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import make_document
from checker.evidence import Evidence, Fact, FactStore, select_evidence
from checker.evidence.joining import MOST_JOINED, join_facts, parts_of
from checker.evidence.names import is_same_name, names_of

FACTS = {
    "mayor": "The mayor of Velmar is Alda Brunner.",
    "born": "Alda Brunner was born in Tarnow",
    "studied": "Brunner studied law in Orsa before she was 30.",
    "namesake": "Alda Kessler was born in Kessin.",
    "owner": "Kestrel Airways is owned by the Norwick Group.",
    "seat": "The Norwick Group is based in Oslo.",
    "people": "Velmar has 12,000 inhabitants.",
    "harbour": "The harbour of Velmar was built in 1903.",
}
CASES = [
    ("The mayor of Velmar was born in Kessin.", {"mayor", "born"}),
    ("The mayor of Velmar was born in Kessin and studied law in Orsa.", {"mayor", "born", "studied"}),
    ("The owner of Kestrel Airways is based in Madrid.", {"owner", "seat"}),
    ("Velmar, a town of 15,000 inhabitants, has a harbour that was built in 1903.", {"people", "harbour"}),
    ("The mayor of Velmar is Ilse Brandt.", set()),  # one fact is enough
    ("The Norwick Group is based in Madrid.", set()),
    ("The mayor likes old ships.", set()),  # nothing is said of ships
    ("A law for children born abroad passed parliament after years of debate.", set()),  # two words are by chance
    ("Rain is expected all week.", set()),
]


def facts_of(texts: dict[str, str]) -> list[Fact]:
    return [Fact(name, text, origin=f"{name}.txt", valid_from=date(2020, 1, 1)) for name, text in texts.items()]


def joined_of(sentence: str, facts: Sequence[Fact], embed: object, **options: object) -> Evidence | None:
    (chosen,) = select_evidence(make_document(sentence, language="en"), facts, None, embed, **options).evidence  # type: ignore[arg-type]
    several = [evidence for evidence in chosen if evidence.joined]
    assert len(several) <= 1
    assert not several or chosen[-1] is several[0]
    return several[0] if several else None


@pytest.mark.parametrize(("sentence", "wanted"), CASES)
def test_facts_are_joined_where_each_has_words_that_the_other_lacks(
    sentence: str, wanted: set[str], embed: object
) -> None:
    joined = joined_of(sentence, facts_of(FACTS), embed)
    assert ({part.id for part in joined.joined} if joined else set()) == wanted


@pytest.mark.parametrize(("sentence", "wanted"), CASES)
def test_a_store_joins_the_same_facts(sentence: str, wanted: set[str], embed: object, tmp_path: Path) -> None:
    with FactStore.open(tmp_path / "s.facts") as store:
        store.add(facts_of(FACTS))
        joined = joined_of(sentence, (), embed, stores=[store.view(None)], model="hashed")
    assert joined == joined_of(sentence, facts_of(FACTS), embed)
    assert bool(joined) == bool(wanted)


def test_each_fact_keeps_its_origin_dates_and_place(embed: object) -> None:
    joined = joined_of(CASES[1][0], facts_of(FACTS), embed)
    assert joined is not None
    assert joined.origin is None
    assert joined.relevance == max(part.relevance for part in joined.joined)
    for part, place in parts_of(joined):
        assert place.of(joined.text) == part.text == FACTS[part.id]
        assert (part.origin, part.valid_from) == (f"{part.id}.txt", date(2020, 1, 1))
    assert "Tarnow. " in joined.text + " "  # what has no full stop gets one, or two facts would read as one sentence


def test_a_fact_that_words_alone_hide_is_found_by_the_name_that_links_it(embed: object) -> None:
    """Of forty people's births one is the mayor's; the sentence does not name her."""
    births = {f"p{n}": f"Person{chr(97 + n % 26)}a Number{n}x was born in Kessin." for n in range(40)}
    joined = joined_of("The mayor of Velmar was born in Kessin.", facts_of(births | FACTS), embed)
    assert joined is not None
    assert [part.id for part in joined.joined] == ["mayor", "born"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The mayor of Velmar is Alda Brunner.", {("velmar",), ("alda", "brunner")}),
        ("Norwick Group, of Oslo, builds ships.", {("norwick", "group"), ("oslo",)}),
        ("The Bank of Velmar was founded in 1903.", {("bank", "velmar")}),
        ("Mayor Opens New Velmar Harbour Bridge", set()),
        ("nothing here, in 1903 or 1904", set()),
    ],
)
def test_names_as_they_are_written(text: str, names: set[tuple[str, ...]]) -> None:
    assert names_of(text) == names


def test_the_same_name_may_be_cut_at_the_front() -> None:
    assert is_same_name(("brunner",), ("alda", "brunner"))
    assert not is_same_name(("alda",), ("alda", "brunner"))
    assert not is_same_name(("north", "korea"), ("south", "korea"))


WORDS = st.sampled_from(["Velmar", "Brunner", "Oslo", "mayor", "born", "harbour", "built", "toll", "in", "the", "1903"])
TEXTS = st.lists(st.lists(WORDS, min_size=2, max_size=7).map(" ".join), min_size=1, max_size=8, unique=True)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.lists(WORDS, min_size=2, max_size=9).map(" ".join))
def test_what_is_joined_is_bounded_and_the_same_every_time(texts: list[str], sentence: str) -> None:
    facts = [Evidence("fact", f"f{n}", text, 0.5) for n, text in enumerate(texts)]  # type: ignore[arg-type]
    found = [facts[:3]]
    (joined,) = join_facts([sentence], found, lambda queries, count: [facts[:count] for _ in queries])
    assert join_facts([sentence], found, lambda queries, count: [facts[:count] for _ in queries]) == [joined]
    if joined is not None:
        assert 2 <= len(joined.joined) <= MOST_JOINED
        assert len({part.id for part in joined.joined}) == len(joined.joined)
        assert all(place.of(joined.text) == part.text for part, place in parts_of(joined))
