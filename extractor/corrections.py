"""Corrections made by people, stored apart from the reports that they are about (corrections.jsonl).

A correction names a document by its SHA-256 and one cell. It is applied to a report on request:
what is printed stays in `raw`, a notice names who corrected what, and every equation is tested again.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from extractor.checks import known_values, run_checks
from extractor.document import Notice
from extractor.errors import InvalidDefinition, MissingFile
from extractor.outcome import Outcome
from extractor.report import OPEN_STATES, Number, Report, Verdict
from extractor.rules.causes import Correction, with_changes
from extractor.rules.editions import tables_of

_ENCODER = msgspec.json.Encoder(decimal_format="number")


class CellCorrection(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a person says is in one cell of a document: one line of the file."""

    document: str  # sha256 of the bytes, hexadecimal
    cell: str
    value: Number | None  # None: the cell is blank
    who: str
    when: str  # ISO 8601
    why: str = ""
    # Whether the program misread the cell, or the office printed it wrongly.
    of: Literal["reading", "publisher"] = "reading"
    seen: str = ""  # what was looked at: a page and box, or the sha256 of a picture
    withdrawn: bool = False  # withdraws the earlier corrections of the cell


_DECODER = msgspec.json.Decoder(CellCorrection)
_REPORT_DECODER = msgspec.json.Decoder(Report)

Corrections = Mapping[str, Mapping[str, CellCorrection]]  # by document and cell


def load_corrections(path: Path) -> dict[str, dict[str, CellCorrection]]:
    """Return the corrections of a file by document and cell; the last one of each cell counts.

    Raises:
        MissingFile: There is no such file.
        InvalidDefinition: A line is not a correction.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise MissingFile(f"{path}: 打不开（{error.strerror}）") from error
    found: dict[str, dict[str, CellCorrection]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            correction = _DECODER.decode(line)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise InvalidDefinition(f"{path} 第{number}行: 不是一条更正（{error}）") from error
        own = found.setdefault(correction.document, {})
        if correction.withdrawn:
            own.pop(correction.cell, None)
        else:
            own[correction.cell] = correction
    return {document: own for document, own in found.items() if own}


def add_correction(path: Path, correction: CellCorrection) -> None:
    """Append one correction as a line of the file. Raise OSError if it cannot be written."""
    with path.open("ab") as file:
        file.write(_ENCODER.encode(correction) + b"\n")


def corrected_outcome(outcome: Outcome, data: bytes, corrections: Corrections) -> tuple[Outcome, bytes]:
    """Return the result for a document, and its report as JSON, corrected.

    Both are unchanged if there are none.
    """
    if not data or outcome.document not in corrections:
        return outcome, data
    report = with_corrections(_REPORT_DECODER.decode(data), corrections)
    return replace(outcome, verdict=report.verdict), report.to_json()


def with_corrections(report: Report, corrections: Corrections) -> Report:
    """Return the report with the corrections of this document applied; those of other documents are ignored.

    A notice names each correction, and says if equations that held before it now fail.
    """
    own = corrections.get(report.source.document, {})
    notices = [
        Notice("correction-without-cell", f"更正的 {cell} 这份报告里没有，没有采用")
        for cell in own
        if cell not in report.cells
    ]
    applied = {cell: correction for cell, correction in own.items() if cell in report.cells}
    if not applied:
        return replace(report, notices=(*report.notices, *notices)) if notices else report
    corrected = _with_equations_tested(_with_cells(report, applied))
    broken = _failing_places(corrected) - _failing_places(report)
    for cell, correction in applied.items():
        notices.append(Notice("corrected", _told(report, correction), report.cells[cell].locator))
    for rule, at in sorted(broken):
        message = f"更正以后，{rule} @ {at} 不再成立：请核对更正的数"
        notices.append(Notice("correction-breaks-sum", message))
    verdict = _verdict_of(corrected, report.verdict)
    return replace(corrected, verdict=verdict, notices=(*report.notices, *notices))


def _told(report: Report, correction: CellCorrection) -> str:
    before, after = report.cells[correction.cell].value, correction.value
    whose = "读取" if correction.of == "reading" else "公布者"
    why = f"，{correction.why}" if correction.why else ""
    shown = ("空" if value is None else str(value) for value in (before, after))
    told = f"更正{whose}；{correction.who}，{correction.when}{why}"
    return f"{correction.cell} 由 {' 改为 '.join(shown)}（{told}）"


def _with_cells(report: Report, applied: Mapping[str, CellCorrection]) -> Report:
    """Return the report with corrected values; what the publisher printed wrongly stays marked as such."""
    changes = [
        Correction(cell, report.cells[cell].value, correction.value)
        for cell, correction in applied.items()
        if correction.value is not None
    ]
    cells = dict(report.cells)
    for cell, correction in applied.items():
        state = "blank" if correction.value is None else "read"
        if correction.of == "publisher":
            state = "repaired"
        cells[cell] = replace(cells[cell], value=correction.value, state=state)
    return with_changes(replace(report, cells=cells), changes)


def _with_equations_tested(report: Report) -> Report:
    """Return the report with the equations of its tables tested again on its present numbers."""
    tables = tables_of(report)
    facts = known_values(report.cells)
    kept = (check for check in report.checks if check.id.partition("/")[0] not in tables)
    checks = [check for table in tables.values() for check in run_checks(table, facts)]
    return replace(report, checks=(*checks, *kept))


def _failing_places(report: Report) -> set[tuple[str, str]]:
    return {(check.id, check.at) for check in report.failing_equations()}


def _verdict_of(report: Report, before: Verdict) -> Verdict:
    """Return the verdict after corrections; cells that are still open limit it as before."""
    if before not in ("verified", "inconsistent", "doubtful"):
        return before
    if any(cell.state in OPEN_STATES for cell in report.cells.values()):
        return "doubtful"
    other_doubts = {
        "reading-in-question",
        "blanks-possible",
        "broken-or-misread",
        "part-of-year",
        "no-number",
    }
    if before == "doubtful" and any(notice.code in other_doubts for notice in report.notices):
        return "doubtful"
    return "inconsistent" if report.failing_equations() else "verified"
