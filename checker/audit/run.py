"""An audit from beginning to end: choose → read → group → check → enter → write parts → sum up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from checker.audit.checking import Means, Ready
from checker.audit.dataset import Part, part_name, write_summary
from checker.audit.engines.types import Engine
from checker.audit.given import Item
from checker.audit.grouping import form_groups
from checker.audit.inputs import Inputs
from checker.audit.ledger import DOCUMENTS_IN_PART, Ledger, Progress, follow
from checker.audit.reading import Days, Job, read_item, where_and_why
from checker.audit.schema import Status, Table
from checker.audit.selecting import Choice, Plan, chosen_items, make_plan
from checker.audit.summary import summarise
from checker.errors import CheckerError, UsageError

# What there can be several of; of anything else one says "another".
_OTHERS = {
    "facts": "other facts",
    "facts_hash": "other facts",
    "columns": "other columns",
    "inputs": "other inputs",
    "originals": "another model of originals",
}

Watch = Callable[[Progress, int], object]  # how far it is, of how many documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked for. `as_of` is the day of the facts, None for each article's own."""

    inputs: Inputs
    choice: Choice
    means: Means
    output: Path
    as_of: date | None = None
    resume: bool = False

    def items(self) -> Iterator[Item]:
        """What is to be checked, without what the audit itself writes. Raises as `Inputs.items` does."""
        return self.inputs.items(self.output)


def run_audit(request: Request, engine: Engine, watch: Watch | None = None) -> dict[str, Any]:
    """Runs an audit, or what is left of it, and gives what summary.json says.

    Interrupted at any moment, also killed, it goes on with `resume` and gives the same bytes as if it never had been.
    Raises UsageError where the output is read, or holds another audit or one of other files, ModelError, CheckerError
    where it cannot be written or where the input has no article at all, or none that can be read.
    """
    request.inputs.refuse_impossible(request.output)
    ready = engine.ready()
    with closing(Ledger(ledger_path(request))) as ledger:
        try:
            begun = _begin_or_resume(request, ready, ledger)
        except CheckerError:
            ledger.discard()  # nothing is to be in the way of the right command
            raise
        _check_all(request, engine, ledger, begun, watch or _unwatched)
        (request.output / _finished_name(request.choice)).touch()
        return _sum_up(request, ready)


def _unwatched(progress: Progress, total: int) -> None:
    """Nobody looks."""


def ledger_path(request: Request) -> Path:
    """Where the ledger of this audit, or of this shard of it, is."""
    return request.output / f".ledger{_shard_mark(request.choice)}.sqlite"


@dataclass(frozen=True, slots=True)
class _Begun:
    """What is fixed for an audit when it begins."""

    plan: Plan
    days: Days


def _begin_or_resume(request: Request, ready: Ready, ledger: Ledger) -> _Begun:
    about = _about(request, ready)
    begun = ledger.plan
    if begun is None:
        _refuse_other_parts(request)
    else:
        _refuse_another(request, begun["about"], about)
    plan = make_plan(request.items, request.choice)
    if begun is None:
        _refuse_nothing(request)
        begun = {"about": about, "total": plan.total, "trail": plan.trail, "today": date.today().isoformat()}
        ledger.begin(begun)
    elif (plan.total, plan.trail) != (begun["total"], begun.get("trail", plan.trail)):
        raise _other_files(request)
    today = date.fromisoformat(begun["today"])
    return _Begun(plan, Days(today, request.as_of, matter=bool(request.means.facts)))


def _check_all(request: Request, engine: Engine, ledger: Ledger, begun: _Begun, watch: Watch) -> None:
    progress = ledger.progress
    watch(progress, begun.plan.total)
    items = _left(request, begun.plan, progress)
    groups = form_groups(items, begun.days, ledger.first_with, progress.done)
    name = _part_namer(request.choice)
    if progress.done % DOCUMENTS_IN_PART == 0:  # killed when a part was complete and not written
        ledger.write_part(request.output, name(progress.parts))
    for group, parts in engine.check(groups):
        rows = group.rows(parts, ledger.first_with)
        progress = _further(ledger.progress, rows)
        ledger.enter(rows, progress)
        if progress.done % DOCUMENTS_IN_PART == 0:
            ledger.write_part(request.output, name(progress.parts))
        watch(progress, begun.plan.total)
    ledger.write_part(request.output, name(ledger.progress.parts))
    for table in Table:  # also where there was nothing to check
        (request.output / table).mkdir(parents=True, exist_ok=True)


def _left(request: Request, plan: Plan, progress: Progress) -> Iterator[tuple[int, Item]]:
    """What is not done yet. Raises UsageError where what is done is no longer what the input begins with."""
    items = chosen_items(request.items, request.choice, plan)
    trail = ""
    for _ in range(progress.done):
        _, item = next(items, (0, None))
        trail = follow(trail, item.path) if item is not None else "ended"
    if trail != progress.trail:
        raise _other_files(request)
    return items


def _other_files(request: Request) -> UsageError:
    return UsageError(f"{request.output}: files were added or taken away since this audit began; give another --output")


def _further(progress: Progress, rows: Part) -> Progress:
    trail = progress.trail
    for row in rows.documents:
        trail = follow(trail, row.path)
    return replace(
        progress,
        done=progress.done + len(rows.documents),
        findings=progress.findings + len(rows.findings),
        skipped=progress.skipped + sum(row.status is Status.SKIPPED for row in rows.documents),
        trail=trail,
    )


def _about(request: Request, ready: Ready) -> dict[str, Any]:
    """What has to be the same for an audit to go on, as plain data."""
    inputs, choice = request.inputs, request.choice
    return {
        "inputs": list(inputs.given),
        "options": {
            "match": inputs.naming.match,
            "source": inputs.naming.source,
            "columns": dict(sorted(inputs.columns.named.items())) or None,
            "language": inputs.language,
            "facts": [str(path) for path in request.means.facts] or None,
            "facts_hash": ready.facts_hash,
            "calibration": ready.calibration,
            "as_of": _iso(request.as_of),
            "changed_since": _iso(choice.changed_since),
            "sample": choice.sample,
            "seed": choice.seed if choice.sample else None,
            "limit": choice.limit,
            "baseline": len(request.means.known) or None,
        },
        "signature": ready.signature,
    }


def _iso(moment: date | datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _refuse_another(request: Request, begun: dict[str, Any], about: dict[str, Any]) -> None:
    if not request.resume:
        raise UsageError(f"{request.output}: an audit is here already; go on with --resume, or give another --output")
    flat = [{**each["options"], **each["signature"], "inputs": each["inputs"]} for each in (begun, about)]
    changed = [name for name in flat[1] if flat[0].get(name) != flat[1][name]]
    if changed:
        others = list(dict.fromkeys(_OTHERS.get(name, f"another {name}") for name in changed))
        same = "the same --facts" if others == [_OTHERS["facts"]] else "that" if len(others) == 1 else "the same"
        raise UsageError(
            f"{request.output}: this audit was begun with {', '.join(others)}; give {same}, or another --output"
        )


def _refuse_other_parts(request: Request) -> None:
    """An audit does not begin where parts of another are, save those of other shards of the same number."""
    shards = request.choice.shard[1]
    for path in sorted((request.output / Table.DOCUMENTS).glob("*.parquet")):
        if shards == 1 or f"-of-{shards}-" not in path.name or path.match(f"shard-{request.choice.shard[0]}-of-*"):
            raise UsageError(f"{request.output}: parts of another audit are here; give another --output")


def _refuse_nothing(request: Request) -> None:
    """An input without any article that can be read is a mistake: a slip in a name, a table without the column.

    All of the input is looked at up to the first that can be read, whatever is chosen of it: one of which nothing
    changed, or a share of it that is empty or holds bad files alone, is none.
    """
    first: str | None = None
    several = 0
    for position, item in enumerate(request.items()):
        read = read_item(position, item, Days(date.today()))
        if isinstance(read, Job):
            return
        first = first or where_and_why(item.path, read.reason)
        several += 1
    if first is not None:
        of = f" (the first of {several:,} documents, none of which can be read)" if several > 1 else ""
        raise CheckerError(f"nothing to check: {first}{of}")
    named = " named as --match says" if request.inputs.naming.match else ""
    raise CheckerError(f"nothing to check: no article{named} in {', '.join(request.inputs.given)}; check what you gave")


def _sum_up(request: Request, ready: Ready) -> dict[str, Any]:
    about = _about(request, ready)
    shards = request.choice.shard[1]
    here = [number for number in range(1, shards + 1) if (request.output / _finished_mark(number, shards)).exists()]
    summary = {
        "complete": len(here) == shards,
        "signature": about["signature"],
        "inputs": about["inputs"],
        "options": about["options"],
        "shards": [[number, shards] for number in here] if shards > 1 else [],
        **summarise(request.output),
        "skipped": [{"what": each.what, "reason": each.reason} for each in ready.skipped],
    }
    write_summary(request.output, summary)
    return summary


def _part_namer(choice: Choice) -> Callable[[int], str]:
    shard = choice.shard if choice.shard[1] > 1 else None
    return lambda number: part_name(number, shard)


def _shard_mark(choice: Choice) -> str:
    return "" if choice.shard[1] == 1 else f"-{choice.shard[0]}-of-{choice.shard[1]}"


def _finished_name(choice: Choice) -> str:
    return _finished_mark(*choice.shard)


def _finished_mark(number: int, shards: int) -> str:
    return f".finished-{number}-of-{shards}"
