"""Translations whose errors professional raters marked (MQM), held against an independent reference.

Raters disagree, so what several of them judged becomes a soft target: each word weighs as the mean over raters, and the
sentence holds an error with the share of raters who found one that matters.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from checker.document.language import DEFAULT_LANGUAGE
from checker.evidence import Relation
from checker.training.examples import Example, GoldSpan, Group
from checker.training.recipe import Source
from checker.training.sources.articles import corruptor_of
from checker.training.sources.reading import is_held_out, read_rows
from checker.training.sources.twins import twins

SEVERITY = {"critical": 1.0, "major": 1.0, "minor": 0.4, "neutral": 0.0}
LONGEST = 520
SHORTEST = 35  # characters of an output that is corrupted
NEXT_TO_NOTHING = 0.3  # share of raters times severity
CATEGORY_OF = {
    "Accuracy/Omission": "accuracy/omission",
    "Accuracy/Addition": "accuracy/addition",
    "Accuracy/Untranslated": "accuracy/untranslated",
    "Accuracy/Untranslated text": "accuracy/untranslated",
    "Locale convention/Name format": "accuracy/mistranslation/entity",
    "Locale_conventions/Number_format": "accuracy/mistranslation/number",
    "Locale_conventions/Measurement_format": "accuracy/mistranslation/unit",
    "Locale convention/Currency format": "accuracy/mistranslation/unit",
    "Locale convention/Date format": "accuracy/mistranslation/date",
}
BY_PREFIX = (
    ("Accuracy", "accuracy/mistranslation"),
    ("Terminology", "accuracy/mistranslation/word-sense"),
    ("Fluency/Grammar", "fluency/grammar"),
    ("Linguistic_conventions/Grammar", "fluency/grammar"),
    ("Style", "fluency/grammar"),
    ("Fluency", "fluency/typography"),
    ("Linguistic_conventions", "fluency/typography"),
    ("Locale", "fluency/typography"),
)


def rated_translations(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """One example an output, over all its raters. Documents held out for evaluation are left out.

    Options: `every` (take each n-th output, default 1); `alone` (true: without the reference, for the language view,
    which learns what raters, or the person who mended the output, marked and a reader can see); `beside` ("reference",
    or "source": the sentence in its own language, for the model that reads originals).
    """
    for ratings in _outputs(data, source, rng)[:: int(source.options.get("every", 1))]:
        example = _example(ratings, source)
        yield (_alone(example) if source.options.get("alone") else example,)


def rated_twins(data: Path, source: Source, rng: random.Random) -> Iterator[Group]:
    """Outputs in which raters found next to nothing, between their corrupted twins, beside an independent reference.

    Such references say the same far more loosely than one translation beside another. Options as in `twins`.
    """
    corruptor = corruptor_of(data, source, rng)
    for ratings in _outputs(data, source, rng):
        judged = _example(ratings, source)
        if judged.error is not None and judged.error <= NEXT_TO_NOTHING and len(judged.hypothesis) >= SHORTEST:
            premise, hypothesis = judged.premise, judged.hypothesis
            yield twins(premise, hypothesis, judged.relation, corruptor, rng, source, clean_weight=1.0)


def _outputs(data: Path, source: Source, rng: random.Random) -> list[list[dict[str, Any]]]:
    """The ratings of each output that has a reference and may be trained on, shuffled.

    Option `longest`: characters of output and reference together (default 520).
    """
    longest = int(source.options.get("longest", LONGEST))
    outputs: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in read_rows(data / source.file):
        usable = row.get("reference") and row.get("errors") is not None and not is_held_out(str(row["document_id"]))
        if usable and len(row["reference"]) + len(row["translation"]) <= longest:
            outputs[str(row["document_id"]), str(row["segment_id"]), row["translation"]].append(row)
    keys = sorted(outputs)
    rng.shuffle(keys)
    return [outputs[key] for key in keys]


def _example(ratings: Sequence[dict[str, Any]], source: Source) -> Example:
    translation = ratings[0]["translation"]
    spans: dict[tuple[int, int, str], float] = defaultdict(float)
    found = 0.0
    for rating in ratings:
        worst = 0.0
        for error in rating["errors"]:
            worth = SEVERITY.get(error["severity"] or "minor", 0.4)
            if error["category"].endswith(("Punctuation", "encoding", "Register")):
                worth *= 0.3
            worst = max(worst, worth)
            if error["end"] - error["start"] < 0.8 * len(translation) and worth > 0:
                spans[error["start"], error["end"], _category(error["category"])] += worth / len(ratings)
        found += worst / len(ratings)
    gold = tuple(GoldSpan(*place, min(1.0, weight)) for place, weight in sorted(spans.items()))
    label = "entailment" if found == 0 else None
    beside = source.options.get("beside", "reference")
    return Example(
        ratings[0][beside],
        translation,
        Relation.REFERENCE,
        label,
        round(found, 3),
        gold,
        "mqm",
        source.weight,
        ratings[0]["source_lang"][:2] if beside == "source" else DEFAULT_LANGUAGE,
    )


def _alone(example: Example) -> Example:
    """The translation without its reference: labels need a premise."""
    return replace(example, premise="", relation=Relation.LANGUAGE, label=None)


def _category(theirs: str) -> str:
    if theirs in CATEGORY_OF:
        return CATEGORY_OF[theirs]
    return next((ours for prefix, ours in BY_PREFIX if theirs.startswith(prefix)), "accuracy/mistranslation")
