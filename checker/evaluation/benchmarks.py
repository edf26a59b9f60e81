"""The benchmarks behind the figures in the model card; `checker evaluate NAME --data DIR` runs one.

None of them reads what training reads: published test sets, or documents of the tenth that training leaves out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checker.errors import UsageError
from checker.evaluation import (
    backtranslated,
    copy,
    crowd,
    desk,
    one_sided,
    pairs,
    passages,
    retrieval,
    reviewed,
    rules,
    sourced,
    store_costs,
    written,
)
from checker.evaluation.judges import Judge
from checker.evaluation.measures import Measure
from checker.evidence import Relation
from checker.pipeline import Checker
from checker.training.sources.reading import is_held_out


@dataclass(frozen=True, slots=True)
class PairBenchmark:
    """Measured on pairs, which baselines can judge too; `run` takes a limit of cases, 0 for all."""

    name: str
    description: str
    split: str
    run: Callable[[Judge, Path, int], list[Measure]]


@dataclass(frozen=True, slots=True)
class CheckerBenchmark:
    """Measured on whole articles, which take a whole checker."""

    name: str
    description: str
    split: str
    run: Callable[[Checker, Path, int], list[Measure]]


@dataclass(frozen=True, slots=True)
class RuleBenchmark:
    """Measured on the exact rules, which take no model."""

    name: str
    description: str
    split: str
    run: Callable[[Path, int], list[Measure]]


@dataclass(frozen=True, slots=True)
class StoreBenchmark:
    """Measured on fact stores, which take long to build: `run` is also given what hears how far it is."""

    name: str
    description: str
    split: str
    run: Callable[[Checker, Path, int, Callable[[str], object]], list[Measure]]


Benchmark = PairBenchmark | CheckerBenchmark | RuleBenchmark | StoreBenchmark

UNSEEN = "documents left out of training and calibration"
_ALL: tuple[Benchmark, ...] = (
    PairBenchmark(
        "nli", "MNLI: accuracy of the three labels", "dev matched", pairs.nli("nli/mnli.dev_matched.jsonl.gz")
    ),
    PairBenchmark("demetr", "DEMETR: is the perturbed translation judged worse", "shared part", pairs.demetr),
    PairBenchmark(
        "mqm",
        "MQM WMT21 zh-en: characters that raters marked",
        "all",
        pairs.rated("mt_errors/mqm_wmt21_zh-en.jsonl.gz"),
    ),
    PairBenchmark(
        "bio",
        "Bio-MQM es-en: characters that raters marked",
        UNSEEN,
        pairs.rated(
            "mt_errors/bio_mqm_x-en.jsonl.gz",
            lambda row: row["source_lang"] == "es" and is_held_out(str(row["document_id"])),
        ),
    ),
    PairBenchmark("paraphrases", "Pairs that say the same: how many are flagged", UNSEEN, pairs.paraphrases),
    PairBenchmark(
        "backtranslated",
        "Translations back from a changed sentence: judged worse than sound ones, flagged",
        UNSEEN,
        backtranslated.backtranslated,
    ),
    PairBenchmark("calibration", "Error probabilities against the truth", UNSEEN, pairs.error_calibration),
    PairBenchmark("equal", "Text that is its own evidence", UNSEEN, pairs.equal),
    PairBenchmark("breaking", "BreakingNLI: one word replaced", "all", pairs.contradicted("nli/breaking_nli.jsonl.gz")),
    PairBenchmark("equate", "EQUATE: quantities", "all", pairs.nli("nli/equate.all.jsonl.gz", Relation.CONTEXT)),
    PairBenchmark("symmetric", "FEVER-Symmetric", "dev, test", pairs.contradicted("nli/fever_symmetric.jsonl.gz")),
    PairBenchmark(
        "summaries",
        "CLIFF, Goyal & Durrett: wrong spans of summaries",
        "all",
        pairs.supported("nli/cliff_goyal21.spans.jsonl.gz"),
    ),
    PairBenchmark("xsumfaith", "XSumFaith: wrong spans", "all", pairs.supported("nli/xsumfaith_errors.spans.jsonl.gz")),
    PairBenchmark(
        "passages", "QAGS, CLIFF, WiCE, SummEdits: claims beside a passage as reference", "all", passages.passages
    ),
    PairBenchmark(
        "wice", "WiCE: claims and cited pages", "dev, test", pairs.supported("nli/wice.claim_oracle_chunks.jsonl.gz")
    ),
    PairBenchmark(
        "summedits",
        "SummEdits: edited summaries",
        "seven domains",
        pairs.supported("nli/summedits_other_domains.jsonl.gz"),
    ),
    PairBenchmark("originals", "Translations beside their original: errors told from none", UNSEEN, sourced.originals),
    CheckerBenchmark("sourced", "News beside its original: false alarms, made errors", UNSEEN, sourced.sourced),
    CheckerBenchmark("clean", "Clean articles: false alarms", UNSEEN, copy.clean),
    CheckerBenchmark("crowded", "Clean articles and sentences beside a store of 10,000 facts", UNSEEN, crowd.crowded),
    CheckerBenchmark("planted", "Articles with planted errors: spans, recall by category", UNSEEN, copy.planted),
    CheckerBenchmark("restated", "Sentences beside a fact in nearly their words", UNSEEN, copy.restated),
    CheckerBenchmark("retold", "Sentences beside a fact that says them in other words", UNSEEN, copy.retold),
    CheckerBenchmark(
        "handwritten", "Sentences of our own beside a fact in other words", "written here", copy.handwritten
    ),
    CheckerBenchmark(
        "written", "Sentences of our own of the kinds that training saw", "a tenth, kept", written.sentences
    ),
    PairBenchmark(
        "written-translations", "Good and bad translations of our own", "a tenth, kept", written.translations
    ),
    PairBenchmark(
        "written-twins", "Translations of our own, right and wrong, by another hand", "a tenth, kept", written.twins
    ),
    CheckerBenchmark(
        "desk",
        "Articles of our own beside a fact sheet in other words, right and gone wrong",
        "a tenth, kept",
        desk.desk,
    ),
    PairBenchmark(
        "written-contrasts",
        "Sentences of our own in which something is exchanged: values, roles, sides",
        "a tenth, kept",
        written.contrasts,
    ),
    PairBenchmark(
        "reviewed", "Real machine translations: what revisers marked, beside a reference", UNSEEN, reviewed.translations
    ),
    CheckerBenchmark(
        "reviewed-told", "The same as sentences beside a fact that says them in other words", UNSEEN, reviewed.told
    ),
    CheckerBenchmark(
        "reviewed-noted", "Those with an error, and mended, beside a fact noted against it", UNSEEN, reviewed.noted
    ),
    CheckerBenchmark(
        "reviewed-alone",
        "Those of the same whose error a reader saw in the words alone, no evidence",
        UNSEEN,
        reviewed.alone,
    ),
    CheckerBenchmark("repeated", "Articles that contradict themselves: spans", UNSEEN, copy.repeated),
    RuleBenchmark("rules", "Exact rules: clean translations, injected slips", "dev sets", rules.translations),
    RuleBenchmark("rules-articles", "Exact rules: clean articles, injected slips", UNSEEN, rules.articles),
    RuleBenchmark(
        "rules-sentences",
        "Exact rules: sentences left out or added, in documents",
        "ntrex, newstest",
        one_sided.whole_sentences,
    ),
    RuleBenchmark("rules-equate", "Exact rules: which amounts are equal", "EQUATE, all", rules.equate),
    CheckerBenchmark("rated-news", "Machine-translated news that raters marked", "held-out documents", copy.rated),
    CheckerBenchmark(
        "translated", "Really machine-translated news: hand-marked errors", "shared part", copy.translated
    ),
)
# They build stores, which takes minutes: run where they are named. The limit bounds claims or sizes.
_ON_REQUEST: tuple[Benchmark, ...] = (
    StoreBenchmark("retrieval", "Fact store: recall of what settles a claim, by words", "dev", retrieval.by_words),
    StoreBenchmark("retrieval-hybrid", "Fact store: the same by words and meaning", "dev", retrieval.by_meaning),
    StoreBenchmark("store-costs", "Fact store: time and memory, random vectors", "-", store_costs.costs),
)
BENCHMARKS = {one.name: one for one in (*_ALL, *_ON_REQUEST)}


def find_benchmarks(names: list[str]) -> list[Benchmark]:
    """Benchmarks by name, all but the slow ones for no name; raises UsageError that lists the known ones."""
    for name in names:
        if name not in BENCHMARKS:
            raise UsageError(f"no benchmark is called {name!r}; known: {', '.join(BENCHMARKS)}")
    return [BENCHMARKS[name] for name in names] or list(_ALL)
