"""Inflection with a cache: replacement words take the form of the word they replace."""

from __future__ import annotations

from functools import lru_cache

from checker.training.corruption.tokens import word_set

_VERB_TAGS = ("VB", "VBP", "VBD", "VBZ", "VBG", "VBN")
_UPOS = {"N": "NOUN", "V": "VERB", "J": "ADJ", "R": "ADV"}


@lru_cache(maxsize=100_000)
def lemmas(word: str) -> dict[str, tuple[str, ...]]:
    """Universal part of speech -> lemmas of a lower-case word; empty where the word is unknown."""
    from lemminflect import getAllLemmas

    found: dict[str, tuple[str, ...]] = getAllLemmas(word)  # type: ignore[no-untyped-call]
    return found


@lru_cache(maxsize=100_000)
def inflect(lemma: str, tag: str) -> str | None:
    """The form of `lemma` with a Penn tag (VBD, NNS, JJR …); the lemma for base forms; None where there is none."""
    if tag in ("VB", "VBP", "NN", "JJ", "RB"):
        return lemma
    from lemminflect import getInflection

    head, space, tail = lemma.partition(" ")
    forms: tuple[str, ...] = getInflection(head, tag=tag)  # type: ignore[no-untyped-call]
    return forms[0] + space + tail if forms else None


@lru_cache(maxsize=100_000)
def lemma_of(word: str, tag: str) -> str:
    """Lemma of a lower-case word under a Penn tag; the word itself where it is unknown."""
    if tag in ("NN", "JJ", "RB", "VB", "VBP"):
        return word
    found = lemmas(word).get(_UPOS.get(tag[:1], ""), ())
    return found[0] if found else word


@lru_cache(maxsize=100_000)
def verb_tags(word: str) -> frozenset[str]:
    """Penn verb tags that a lower-case form can carry."""
    tags: set[str] = set()
    for lemma in lemmas(word).get("VERB", ()):
        if lemma == word:
            tags |= {"VB", "VBP"}
        for tag in ("VBD", "VBN"):
            if word != lemma or word in _INVARIANT:
                from lemminflect import getInflection

                if word in getInflection(lemma, tag=tag):  # type: ignore[no-untyped-call]
                    tags.add(tag)
        if word.endswith("ing") and word != lemma:
            tags.add("VBG")
        elif word.endswith("s") and word != lemma:
            tags.add("VBZ")
    return frozenset(tags)


_INVARIANT = word_set("put set cut hit let shut hurt cost cast split spread quit read beat become come run burst bid")


def match_case(replacement: str, model: str) -> str:
    """`replacement` with the capitalisation of `model` (first letter, or all letters)."""
    if len(model) > 1 and model.isupper() and not any(c.isdigit() for c in model):
        return replacement.upper()
    if model[:1].isupper():
        return replacement[:1].upper() + replacement[1:]
    return replacement
