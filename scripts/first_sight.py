"""Reads the layouts of one round for the first time, and writes down what came out, as it was.

Draw a round before the reader is run on it: from format.md's kind of knowledge and the habits of editors,
Word, WPS, converters and scrapers, without a look at the reader. Then run this once. A round that stands
in scripts/first_sight.jsonl is never written again: figures after mending are no first sight; `--again`
prints them and writes nothing.
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from zlib import crc32

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.corpus.first_sight_layouts import ROUNDS  # noqa: E402
from scripts.corpus.layouts import Layout  # noqa: E402
from scripts.corpus.printing import Style  # noqa: E402
from scripts.corpus.prose import Manner, write  # noqa: E402
from scripts.corpus.scores import Marked  # noqa: E402
from scripts.corpus.truth import draw  # noqa: E402
from scripts.evaluate import measure  # noqa: E402

RECORD = ROOT / "scripts" / "first_sight.jsonl"
_EACH = 3  # reports of a layout


def read_layout(layout: Layout, turn: int, seed: str) -> Marked:
    """Draw one report in a layout and read it."""
    number = crc32(f"{seed}/{layout.name}/{turn}".encode()) % 1_000_000
    edition = layout.editions[turn % len(layout.editions)]
    draft = write(draw(number, edition, "medium", Style()), Manner())
    rendered = layout.render(draft)
    return measure((layout.format, layout.name, edition, number), rendered.data, rendered.expected)


def entry_of(round_number: int, name: str, marked: list[Marked]) -> dict[str, object]:
    """Return what is written down of one layout."""
    return {
        "round": round_number,
        "layout": name,
        "date": date.today().isoformat(),
        "reports": len(marked),
        "cells": sum(m.cells for m in marked),
        "right": sum(m.right for m in marked),
        "silent": sum(m.silent for m in marked if m.verdict == "verified"),
        "false_alarms": sum(m.is_false_alarm for m in marked),
        "verdicts_right": sum(m.is_verdict_right for m in marked),
        "verdicts": sorted(m.verdict for m in marked),
    }


def summary(entries: list[dict[str, object]]) -> str:
    """Return one line of totals."""
    total = {
        k: sum(int(str(e[k])) for e in entries)
        for k in ("reports", "cells", "right", "silent", "verdicts_right")
    }
    cells, verdicts = (
        total["right"] / max(1, total["cells"]),
        total["verdicts_right"] / max(1, total["reports"]),
    )
    return f"{len(entries)} layouts, cells {cells:.2%}, verdicts {verdicts:.1%}, silent {total['silent']}"


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("round", type=int, choices=sorted(ROUNDS))
    parser.add_argument("--again", action="store_true", help="read a round once more and write nothing")
    parser.add_argument("--seed", default="first sight")
    args = parser.parse_args()
    known = [json.loads(line) for line in RECORD.read_text("utf-8").splitlines()] if RECORD.exists() else []
    if not args.again and any(entry["round"] == args.round for entry in known):
        print(f"round {args.round} was read before: --again prints what comes out today", file=sys.stderr)
        return 1
    entries = []
    for layout in ROUNDS[args.round]:
        marked = [read_layout(layout, turn, args.seed) for turn in range(_EACH)]
        entries.append(entry_of(args.round, layout.name, marked))
        print(json.dumps(entries[-1], ensure_ascii=False))
        for m in marked if args.again else ():
            print("   ", m.edition, m.verdict, *m.notes[:2], sep=" | ")
    print(summary(entries))
    if not args.again:
        with RECORD.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
    return 0


if __name__ == "__main__":
    sys.exit(main())
