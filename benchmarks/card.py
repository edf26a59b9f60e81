"""Fill the table of figures in a model card from the JSON of `checker evaluate`, one file a benchmark.

    python benchmarks/card.py CARD.md RESULTS [--keep-before]

RESULTS is a folder with `NAME.json` for each benchmark (`checker evaluate NAME --format json -o RESULTS/NAME.json`).
What was "now" in the table becomes "before", and "now" is what was measured; with --keep-before the former stays as it
is. A row without a result keeps what it has, with a dagger. Rows are known by their order, which `ROWS` gives.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

HEADER = "| name, N | measure | before | now | aim |"
DAGGER = " †"
TOLD = "{errors_found} / {3:clean_flagged}"
SURE = "{right#}; {right_at_0.9#}"
# Of each row the benchmark and what is shown: {figure} with its interval, {figure!} without, {figure#} also of how
# many, {3:figure} with three digits.
ROWS = (
    ("nli", "{3:accuracy}"),
    ("nli", "{3:label_ece}"),
    ("demetr", "{3:critical}"),
    ("demetr", "{3:major}"),
    ("demetr", "{3:minor}"),
    ("demetr", "{3:error_ece}"),
    ("mqm", "{3:major_f1}"),
    ("bio", "{3:major_f1}"),
    ("bio", "{3:major_area}"),
    ("paraphrases", "{3:translations_flagged}"),
    ("paraphrases", "{3:two_references_flagged}"),
    ("paraphrases", "{3:unmarked_mt_flagged}"),
    ("reviewed", "{3:error_area}"),
    ("reviewed", "{wrong_flagged} / {right_flagged}"),
    ("reviewed", "{major_f1}; {any_f1}"),
    ("reviewed", "{3:error_ece}"),
    ("reviewed-told", TOLD),
    ("reviewed-told", "{right#}"),
    ("reviewed-noted", "{3:errors_found} / {3:clean_flagged}"),
    ("reviewed-noted", "{right#}"),
    ("reviewed-alone", "{3:errors_found} / {3:clean_flagged}"),
    ("reviewed-alone", SURE),
    ("calibration", "{3:error_ece}"),
    ("calibration", "{3:right_at_0.9#}"),
    ("calibration", "{3:error_area}"),
    ("equal", "{3:flagged!}"),
    ("clean", "{article_alerts_per_1000_words}"),
    ("clean", "{article_silent!} / {facts_silent!}"),
    ("clean", "{facts_alerts_per_1000_words}"),
    ("crowded", "{clean_alerts_per_1000_words}; {clean_silent!}"),
    ("crowded", "{told: errors_found} / {told: clean_flagged}"),
    ("crowded", "{told: right#}"),
    ("desk", "{errors_found}; {right#}"),
    ("desk", "{clean_alerts_per_1000_words}; {clean_silent!}"),
    ("planted", "{span_precision!} / {span_recall!} / {span_f1}"),
    ("planted", "{3:right_at_0.9#}"),
    ("restated", "{errors_found!} / {3:clean_flagged!}"),
    ("restated", "{3:right_at_0.9#}"),
    ("retold", TOLD),
    ("retold", SURE),
    ("handwritten", "{held back: errors_found} / {held back: clean_flagged}"),
    ("handwritten", "{held back: right#}"),
    ("handwritten", "{held back 2: errors_found} / {held back 2: clean_flagged}"),
    ("handwritten", "{held back 2: right#}"),
    ("handwritten", "{shaping: errors_found} / {shaping: clean_flagged}"),
    ("written", "{fact: errors_found} / {fact: clean_flagged}"),
    ("written", "{fact: right#}; {fact: right_at_0.9#}"),
    ("written", "{trap: errors_found} / {trap: clean_flagged}"),
    ("written", "{trap: right#}; {trap: right_at_0.9#}"),
    ("written", "{words alone: errors_found} / {words alone: clean_flagged}"),
    ("written", "{words alone: right#}; {words alone: right_at_0.9#}"),
    ("written-translations", "{bad_judged_worse}"),
    ("written-translations", "{bad_flagged} / {good_flagged}"),
    ("written-twins", "{bad_judged_worse}"),
    ("written-twins", "{bad_flagged} / {good_flagged}"),
    ("written-contrasts", "{bad_judged_worse}"),
    ("written-contrasts", "{bad_flagged} / {good_flagged}"),
    ("backtranslated", "{all_worse}"),
    ("backtranslated", "{changed_flagged} / {sound_flagged}"),
    ("repeated", "{span_precision!} / {span_recall!}"),
    ("repeated", "{3:true}"),
    ("repeated", "{3:true_at_0.9#}"),
    ("translated", "{meaning_recall}"),
    ("translated", "{alerts_per_1000_words}"),
    ("translated", "{span_precision}"),
    ("rated-news", "{span_precision} / {alerts_per_1000_words!}"),
    ("breaking", "{3:two_way_accuracy}"),
    ("symmetric", "{3:two_way_accuracy}"),
    ("passages", "{qags_wrong_flagged!} / {cliff_wrong_flagged!} / {wice_wrong_flagged!} / {summedits_wrong_flagged!}"),
    ("passages", "{qags_right_flagged!} / {cliff_right_flagged!} / {wice_right_flagged!} / {summedits_right_flagged!}"),
    (
        "passages",
        "{qags_ece!} / {cliff_ece!} / {wice_ece!} / {summedits_ece!}; "
        "{qags_area!} / {cliff_area!} / {wice_area!} / {summedits_area!}",
    ),
    ("wice", "{3:error_area}"),
    ("summedits", "{3:error_area}"),
    ("xsumfaith", "{3:character_f1}"),
    ("equate", "{3:accuracy}"),
)
_CELL = re.compile(r"\{(?:(\d):)?([^}#!]+)([#!]?)\}")


def main() -> None:
    """Rewrite the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("card", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--keep-before", action="store_true")
    given = parser.parse_args()
    lines = given.card.read_text(encoding="utf-8").splitlines()
    first = lines.index(HEADER) + 2
    for place, line in enumerate(lines[first:], start=first):
        if not line.startswith("|"):
            break
        number = place - first
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        now = _measured(given.results, *ROWS[number]) if number < len(ROWS) else None
        if now is None:
            cells[3] = cells[3].removesuffix(DAGGER) + DAGGER
        else:
            if not given.keep_before:
                cells[2] = _bare(cells[3])
            cells[3] = now
        lines[place] = f"| {' | '.join(cells)} |"
    given.card.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _measured(results: Path, benchmark: str, shown: str) -> str | None:
    """None where the benchmark has no result; a figure that is missing in one is named in an error."""
    file = results / f"{benchmark}.json"
    if not file.is_file():
        return None
    figures = json.loads(file.read_text(encoding="utf-8"))["outcomes"][0]["figures"]

    def cell(match: re.Match[str]) -> str:
        digits, name, manner = int(match[1] or 2), match[2], match[3]
        if name not in figures:
            raise SystemExit(f"{file} has no {name!r}; it has: {', '.join(figures)}")
        figure = figures[name]
        if figure["value"] is None:
            return "–"
        low, high = (_number(each, digits) for each in figure["interval"])
        value = _number(figure["value"], digits)
        interval = "" if manner == "!" else f" ({low}-{high})"
        return f"{value}{interval}" + (f" of {figure['units']}" if manner == "#" else "")

    return _CELL.sub(cell, shown)


def _number(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    return text[1:] if text.startswith("0.") else text


def _bare(cell: str) -> str:
    """Without intervals and dagger."""
    return re.sub(r" \([^)]*\)", "", cell).removesuffix(DAGGER)


if __name__ == "__main__":
    main()
