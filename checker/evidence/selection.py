"""The few texts that one sentence is judged against: facts, the rest of its article, its counterpart in the source.

Everything is embedded once and looked up through an index, so that the cost grows with the number of sentences, and the
model is never asked about a pair that has nothing in common.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from checker.document import AlignedSource, Document, PartKind, Sentence, SourceUnit, split_sentences
from checker.evidence.alignment import Alignment, align_source
from checker.evidence.joining import join_facts
from checker.evidence.ranking import Embed, Embedder, Match
from checker.evidence.remembered import FactMemory, Found, Sheet
from checker.evidence.restating import with_restated, with_retold
from checker.evidence.retrieval import Retriever, normalised
from checker.evidence.store import StoreView
from checker.evidence.types import Evidence, EvidenceKind, Fact, sentence_range, source_evidence

_TOLD_AGAIN = frozenset({PartKind.HEADLINE, PartKind.SUMMARY, PartKind.CAPTION})
# Facts of a sentence that are asked even where they have little in common with it: of a sheet, and of a store, in which
# one is near every sentence.
NEAREST = 4
NEAREST_STORED = 2
PART = 4_000  # sentences, of one text, among which evidence is looked for
# What the model can read, and how to say it.
READABLE = {"en": "English"}


class SkippedEvidence(NamedTuple):
    """Evidence that was given and could not be used: `what` it was, and the `reason`."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Selection:
    """`evidence` holds one tuple for each sentence of the document, in order, empty where nothing is related.

    In a sentence's tuple the reference comes first, then the rest by relevance, and last what was joined of several
    facts.
    """

    evidence: tuple[tuple[Evidence, ...], ...]
    skipped: tuple[SkippedEvidence, ...] = ()


def select_evidence(
    document: Document,
    facts: Sequence[Fact],
    source: Document | AlignedSource | None,
    embed: Embed,
    per_sentence: int = 4,
    *,
    stores: Sequence[StoreView] = (),
    model: str = "",
    memory: FactMemory | None = None,
    restated: bool = False,
    retold: bool = False,
    originals: Sequence[Evidence | None] | None = None,
) -> Selection:
    """At most `per_sentence` pieces of evidence for each sentence of `document`, and one more joined of several facts.

    `embed` gives unit-length vectors, shape (texts, width), and sees each distinct text of a kind once; `model` is the
    hash of its weights, under which `stores` may have such vectors already. Facts come from `facts` and `stores` alike;
    those that `memory` holds are not looked for again, where there are no stores.
    A sentence's counterpart in `source` (by likeness, or as that is aligned) is its reference; facts and other
    sentences of the article are context and share the places that are left. A copy of the sentence elsewhere in the
    article counts: it supports. With `restated` a fact that says the sentence in nearly the same words is its reference
    too, and not mere context; with `retold` the most relevant other one is marked where it may say the sentence too.
    `originals` are what the sentences translate where the source is in a language that this model does not read and
    another does; they take no place of others. Facts and a source in a language that no model reads are left out and
    named in `skipped`. Validity dates are the caller's business. Raises ValueError for `per_sentence` below 1.
    """
    if per_sentence < 1:
        raise ValueError(f"a sentence needs room for at least one piece of evidence, not {per_sentence}")
    texts = [sentence.text for sentence in document.sentences]
    skipped = _skipped(facts, stores, source, readable=originals is not None)
    if not texts:
        return Selection((), skipped)
    vectors = _embed_distinct(texts, embed)
    references = _references(document, vectors, source, embed)
    row_of = {text: row for row, text in enumerate(texts)}

    def look(some: list[str]) -> list[Found]:
        searched = _Facts(facts, stores, Embedder(model, embed))
        found = searched.find(some, per_sentence, vectors[[row_of[text] for text in some]])
        return [Found(*each) for each in zip(found, join_facts(some, found, searched.find), strict=True)]

    if memory is None or stores:
        from_facts = look(texts)
    else:
        from_facts = memory.find(Sheet(tuple(facts), model, per_sentence), texts, look)
    from_article = _article_evidence(document, vectors, per_sentence)
    chosen = [
        _share_places(reference, found.facts, article, per_sentence)
        for reference, found, article in zip(references, from_facts, from_article, strict=True)
    ]
    if restated:
        chosen = [with_restated(text, evidence) for text, evidence in zip(texts, chosen, strict=True)]
    if retold:
        chosen = [with_retold(text, evidence) for text, evidence in zip(texts, chosen, strict=True)]
    chosen = [(*each, found.joined) if found.joined else each for each, found in zip(chosen, from_facts, strict=True)]
    if originals is not None:
        chosen = [(one, *each) if one else each for one, each in zip(originals, chosen, strict=True)]
    return Selection(tuple(chosen), skipped)


def _share_places(
    reference: Evidence | None, facts: Sequence[Evidence], article: Sequence[Evidence], places: int
) -> tuple[Evidence, ...]:
    """The reference, then facts and article by relevance, with half the places kept for each of the two.

    Otherwise a long fact sheet would hide that the article contradicts itself, and the other way round.
    """
    first = (reference,) if reference else ()
    left = places - len(first)
    half = left // 2
    kept = [*facts[:half], *article[:half]]
    rest = sorted([*facts[half:], *article[half:]], key=_by_relevance)
    kept += rest[: left - len(kept)]
    return (*first, *sorted(kept, key=_by_relevance))


def _by_relevance(evidence: Evidence) -> tuple[float, bool]:
    """Highest first; a fact before a sentence of the article that is as relevant."""
    return -evidence.relevance, evidence.kind is not EvidenceKind.FACT


def _article_evidence(document: Document, vectors: NDArray[np.float32], limit: int) -> list[list[Evidence]]:
    """The rest of the article for each sentence; for a headline, summary or caption the body comes first.

    Of a text as long as a book it is the rest of the part that the sentence stands in, so that its cost grows with the
    number of sentences and not with the square.
    """
    count = len(document.sentences)
    parts = -(-count // PART)
    edges = [part * count // parts for part in range(parts + 1)]
    return [found for part in pairwise(edges) for found in _evidence_within(document, range(*part), vectors, limit)]


def _evidence_within(
    document: Document, part: range, vectors: NDArray[np.float32], limit: int
) -> Iterator[list[Evidence]]:
    """For each sentence of a part others of that part."""
    sentences, vectors = document.sentences[part.start : part.stop], vectors[part.start : part.stop]
    texts = [sentence.text for sentence in sentences]
    retriever = Retriever(texts, vectors)
    found = retriever.search_many(texts, limit, vectors=vectors, exclude=[(place,) for place in range(len(texts))])
    outside = _outside_body(document, sentences)
    if outside:
        queries = [texts[place] for place in outside]
        bodies = retriever.search_many(queries, limit, vectors=vectors[outside], exclude=[outside] * len(outside))
        for place, body in zip(outside, bodies, strict=True):
            found[place] = [*body, *(match for match in found[place] if match not in body)][:limit]
    for matches in _both_ways(texts, found, limit, frozenset(outside)):
        yield [_article_piece(document, sentences[match.index], match.relevance) for match in matches]


def _outside_body(document: Document, sentences: Sequence[Sentence]) -> list[int]:
    """Places of sentences that tell once more what the body tells; none where there is no body beside them."""
    parts = [document.part_at(sentence.span) for sentence in sentences]
    kinds = [part.kind if part else PartKind.BODY for part in parts]
    return [index for index, kind in enumerate(kinds) if kind in _TOLD_AGAIN] if PartKind.BODY in kinds else []


def _both_ways(
    texts: Sequence[str], found: Sequence[Sequence[Match]], limit: int, outside: frozenset[int]
) -> list[list[Match]]:
    """Matches of each sentence, with those that chose it: what may deny a sentence may be denied by it.

    Else a headline could be accused by a quote that never answers for itself. The least relevant go where there are
    more than `limit`, for a sentence `outside` the body those that are outside too; what a sentence chose itself comes
    first, and a repetition counts once.
    """
    plain = [normalised(text) for text in texts]
    known = [{plain[match.index] for match in matches} for matches in found]
    chosen_by: list[list[Match]] = [[] for _ in found]
    for index, matches in enumerate(found):
        for match in matches:
            if plain[index] not in known[match.index]:
                known[match.index].add(plain[index])
                chosen_by[match.index].append(Match(index, match.relevance))
    both = []
    for index, (own, others) in enumerate(zip(found, chosen_by, strict=True)):
        last = outside if index in outside else frozenset()
        ranked = sorted((*own, *others), key=lambda match: (match.index in last, -match.relevance, match.index))
        both.append([match for match in (*own, *others) if match in ranked[:limit]])
    return both


def _article_piece(document: Document, sentence: Sentence, relevance: float) -> Evidence:
    return Evidence(
        kind=EvidenceKind.ARTICLE,
        id=f"s{sentence.index}",
        text=sentence.text,
        relevance=relevance,
        span=sentence.span,
        origin=document.path,
    )


class _Facts:
    """The facts of a check, given one by one and in stores, searched as one."""

    def __init__(self, facts: Sequence[Fact], stores: Sequence[StoreView], embedder: Embedder) -> None:
        self._facts = [fact for fact in facts if fact.language in READABLE]
        self._retriever = Retriever([fact.text for fact in self._facts], embed=embedder.embed)
        self._stores = stores
        self._embedder = embedder
        kept = (store.languages() for store in stores)
        self._count = len(self._facts) + sum(several[language] for several in kept for language in READABLE)

    def find(
        self, texts: Sequence[str], limit: int, vectors: NDArray[np.float32] | None = None
    ) -> list[list[Evidence]]:
        """For each text at most `limit` facts, by words alone where the texts' `vectors` are not given.

        The nearest are asked whether they look relevant or not: one fact in six that denies a sentence in other words
        does not.
        """
        nearest, faint = (NEAREST, NEAREST_STORED) if vectors is not None else (0, 0)
        matches = self._retriever.search_many(texts, limit, vectors=vectors, by_words=vectors is None, faint=nearest)
        found = [[self._piece(self._facts[match.index], match.relevance) for match in each] for each in matches]
        embedder = self._embedder if vectors is not None else None
        for store in self._stores:
            several = store.find(texts, limit, languages=READABLE, embedder=embedder, vectors=vectors, faint=faint)
            more = [[self._piece(each.fact, each.relevance) for each in one] for one in several]
            found = [_merged(*each, limit) for each in zip(found, more, strict=True)]
        return found

    def _piece(self, fact: Fact, relevance: float) -> Evidence:
        return Evidence(
            kind=EvidenceKind.FACT,
            id=fact.id,
            text=fact.text,
            relevance=relevance,
            origin=fact.origin,
            valid_from=fact.valid_from,
            valid_until=fact.valid_until,
            among=self._count,
        )


def _merged(facts: list[Evidence], more: list[Evidence], limit: int) -> list[Evidence]:
    """Those of two collections by relevance; of one alone in its own order, which is chosen for variety."""
    return sorted([*facts, *more], key=_by_relevance)[:limit] if facts and more else (facts or more)


def _references(
    document: Document, vectors: NDArray[np.float32], source: Document | AlignedSource | None, embed: Embed
) -> list[Evidence | None]:
    if source is None or source.language not in READABLE:
        return [None] * len(document.sentences)
    if isinstance(source, AlignedSource):
        return unit_references(document, source)
    if not source.sentences:
        return [None] * len(document.sentences)
    aligned = align_source(document.sentences, vectors, source.sentences, embed)
    return [_source_piece(source, each) if each else None for each in aligned]


def unit_references(document: Document, source: AlignedSource) -> list[Evidence | None]:
    """What each sentence translates by the file that aligned them, None where it is in no unit of it."""
    return [_unit_piece(document, sentence, source) for sentence in document.sentences]


def _source_piece(source: Document, aligned: Alignment) -> Evidence:
    first, last = source.sentences[aligned.first], source.sentences[aligned.last]
    text = source.text[first.span.start : last.span.end]
    return source_evidence(sentence_range(aligned.first, aligned.last), text, aligned.relevance, source.path)


def _unit_piece(document: Document, sentence: Sentence, source: AlignedSource) -> Evidence | None:
    """What the unit of a bitext says of a sentence; None where the sentence is in none."""
    unit = source.unit_at(sentence.span)
    if unit is None:
        return None
    text = _counterpart(document, sentence, unit, source.language)
    return source_evidence(unit.id, text, 1.0, source.path, source.language)


def _counterpart(document: Document, sentence: Sentence, unit: SourceUnit, language: str) -> str:
    """The sentence of a unit's original at the same place, where both have as many; else all of the unit."""
    first = bisect_left(document.sentences, unit.span.start, key=_start)
    own = bisect_left(document.sentences, unit.span.end, key=_start) - first
    originals = split_sentences(unit.text, language)
    if own == 1 or own != len(originals):
        return unit.text
    return originals[sentence.index - first].of(unit.text)


def _start(sentence: Sentence) -> int:
    return sentence.span.start


def _embed_distinct(texts: Sequence[str], embed: Embed) -> NDArray[np.float32]:
    """One row a text; a text that is repeated is embedded once."""
    row_of = {text: row for row, text in enumerate(dict.fromkeys(texts))}
    return embed(list(row_of))[[row_of[text] for text in texts]]


def _skipped(
    facts: Sequence[Fact], stores: Sequence[StoreView], source: Document | AlignedSource | None, *, readable: bool
) -> tuple[SkippedEvidence, ...]:
    """`readable`: whether another model reads the source where this one does not."""
    read = " and ".join(READABLE.values())
    skipped: list[SkippedEvidence] = []
    if source is not None and source.language not in READABLE and not readable:
        skipped.append(
            SkippedEvidence(source.path or "source", f"source is in {source.language}; this model reads {read} only")
        )
    elif isinstance(source, Document) and not source.sentences:
        skipped.append(SkippedEvidence(source.path or "source", "source has no sentences"))
    languages = Counter(fact.language for fact in facts)
    for store in stores:
        languages += store.languages()
    unread = {language: count for language, count in languages.items() if language not in READABLE}
    for language, count in sorted(unread.items()):
        what = "1 fact" if count == 1 else f"{count} facts"
        skipped.append(SkippedEvidence(what, f"written in {language}; this model reads {read} only"))
    return tuple(skipped)
