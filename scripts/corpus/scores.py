"""Adds up how well the reader did: one record a document, one row a group of documents."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from .compare import SILENT, differences
from .expected import Expected


class Marked(Struct, frozen=True):
    """How one document was read."""

    format: str
    layout: str
    edition: str
    seed: int
    seconds: float
    cells: int  # standard cells in the answer, those that are rightly left open not counted
    left_open: int  # cells of a layout that has lost so much that no number is right as well
    right: int
    silent: int  # cells given with confidence that are not so
    given_up: int  # cells without a number although the document shows one
    overconfident: int  # cells with a number although more than one reading is left
    verdict: str
    is_verdict_right: bool
    planted: bool
    is_found: bool  # the failing checks are exactly the planted ones
    is_false_alarm: bool
    is_all_right: bool
    notes: tuple[str, ...]  # the first differences, for people


class Row(Struct, frozen=True):
    """The sums of one group."""

    group: tuple[str, ...]
    reports: int
    cells_right: float  # share
    documents_right: float
    silent_verified: int
    silent_any: int
    given_up: int
    left_open: int
    overconfident: int
    planted: int
    found: int
    false_alarms: int
    verdicts_right: float
    seconds: float  # a report


def mark(
    about: tuple[str, str, str, int], expected: Expected, report: Mapping[str, Any], seconds: float
) -> Marked:
    """Compare one report with its answer; `about` is format, layout, edition and seed."""
    found = differences(expected, report)
    kinds = [d.kind for d in found]
    cell_kinds = ("wrong", "given_up", "overconfident", "state", "raw", "unit")
    wrong_cells = {d.place for d in found if d.kind in cell_kinds or d.kind == "invented"}
    lost = sum(
        e.optional and cell not in wrong_cells and _has_no_number(cell, report)
        for cell, e in expected.cells.items()
    )
    fails = any(c["outcome"] == "fails" and not c["id"].startswith("prose/") for c in report["checks"])
    planted = bool(expected.failing)
    return Marked(
        *about,
        seconds=seconds,
        cells=len(expected.cells) - lost,
        left_open=lost,
        right=len(expected.cells) - len(wrong_cells & expected.cells.keys()) - lost,
        silent=sum(kind in SILENT for kind in kinds),
        given_up=kinds.count("given_up"),
        overconfident=kinds.count("overconfident"),
        verdict=report["verdict"],
        is_verdict_right="verdict" not in kinds,
        planted=planted,
        is_found=planted and "checks" not in kinds,
        is_false_alarm=not planted and (report["verdict"] == "inconsistent" or (fails and "checks" in kinds)),
        is_all_right=not found,
        notes=tuple(map(str, found[:4])),
    )  # fmt: skip


def _has_no_number(cell: str, report: Mapping[str, Any]) -> bool:
    return cell not in report["cells"] or report["cells"][cell]["value"] is None


def add_up(group: tuple[str, ...], marked: Iterable[Marked]) -> Row:
    """Return the sums of these documents."""
    documents = list(marked)
    count = len(documents)
    return Row(
        group,
        count,
        cells_right=_share(sum(m.right for m in documents), sum(m.cells for m in documents)),
        documents_right=_share(sum(m.is_all_right for m in documents), count),
        silent_verified=sum(m.silent for m in documents if m.verdict == "verified"),
        silent_any=sum(m.silent for m in documents),
        given_up=sum(m.given_up for m in documents),
        left_open=sum(m.left_open for m in documents),
        overconfident=sum(m.overconfident for m in documents),
        planted=sum(m.planted for m in documents),
        found=sum(m.is_found for m in documents),
        false_alarms=sum(m.is_false_alarm for m in documents),
        verdicts_right=_share(sum(m.is_verdict_right for m in documents), count),
        seconds=sum(m.seconds for m in documents) / max(count, 1),
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 5) if whole else 1.0


HEADINGS = (
    "reports", "cells %", "docs %", "silent in verified", "silent", "given up", "left open", "overconfident",
    "planted", "found", "false alarms", "verdicts %", "s/report",
)  # fmt: skip


def table_text(rows: list[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = [f"| group | {' | '.join(HEADINGS)} |", "| --- |" + " ---: |" * len(HEADINGS)]
    for r in rows:
        entries = (
            r.reports, f"{100 * r.cells_right:.2f}", f"{100 * r.documents_right:.1f}", r.silent_verified,
            r.silent_any, r.given_up, r.left_open, r.overconfident, r.planted, r.found, r.false_alarms,
            f"{100 * r.verdicts_right:.1f}", f"{r.seconds:.3f}",
        )  # fmt: skip
        lines.append(f"| {' · '.join(r.group)} | {' | '.join(map(str, entries))} |")
    return "\n".join(lines)
