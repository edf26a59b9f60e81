"""Benchmark on translations back from a changed foreign sentence, from documents that no training reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from checker.evaluation.judges import Judge
from checker.evaluation.measures import Measure, character_measures, roc_area, share
from checker.evaluation.metrics import preference
from checker.evaluation.pairs import FLAG_AT, sample
from checker.findings import Scored
from checker.findings.categories import OMISSION
from checker.nli import Pair
from checker.training.sources.backtranslated import FILE, read_backtranslations
from checker.training.sources.reading import is_held_out


def backtranslated(judge: Judge, data: Path, limit: int) -> list[Measure]:
    """Is a changed translation judged worse than a sound one, beside the original; how many of each are flagged.

    By kind of change, then over all; characters are those of words that were changed or added.
    """
    known = sample([one for one in read_backtranslations(data / FILE) if is_held_out(one.document)], limit)
    changes = [(one, each) for one in known for each in one.changed]
    sound = _errors(judge.score([Pair(one.original, one.sound[0]) for one, _ in changes]))
    said = judge.score([Pair(one.original, each.text) for one, each in changes])
    wrong = _errors(said)
    wins = defaultdict(list)
    for (_, each), bad, good in zip(changes, wrong, sound, strict=True):
        wins[each.category.rpartition("/")[2]].append(preference(bad, good))
    new = [(one, each) for one, (_, each) in zip(said, changes, strict=True) if each.category != OMISSION]
    return [
        share("all_worse", [each for won in wins.values() for each in won]),
        *(share(f"{kind}_worse", won) for kind, won in sorted(wins.items())),
        roc_area("error_area", wrong + sound, [True] * len(wrong) + [False] * len(sound)),
        share("changed_flagged", [figure >= FLAG_AT for figure in wrong]),
        share("sound_flagged", [figure >= FLAG_AT for figure in sound]),
        *character_measures(
            "new_", [[span.span for span in one.spans] for one, _ in new], [each.marks for _, each in new]
        ),
    ]


def _errors(scored: Sequence[Scored]) -> list[float]:
    return [one.error_probability for one in scored]
