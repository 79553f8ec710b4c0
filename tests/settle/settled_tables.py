"""Table 三 of the papers as the recognizers hand it to settle, whole or with glued rows."""

from collections.abc import Mapping, Sequence

from papers import REQUESTS

from extractor.forms import TableForm, load_form
from extractor.located import FoundTable, GluedCells, GluedPiece, Located, Witness
from extractor.settle import Settled, settle_table


def form_of(table: str) -> TableForm:
    found = load_form("2021").table(table)
    assert found is not None
    return found


TABLE = form_of("requests")
COLUMNS = [column.id for column in TABLE.columns]


def cells_of_row(row: str) -> tuple[str, ...]:
    return tuple(f"requests.{row}.{column}" for column in COLUMNS)


def found_with(
    *runs: GluedCells, numbers: Mapping[str, Sequence[object]] = REQUESTS, **texts: str
) -> FoundTable:
    """Return table 三 of the papers; the rows of the runs are not located, and `row__column` texts differ."""
    in_runs = {cell for run in runs for cell in run.cells}
    found = FoundTable("2021", "requests", glued=list(runs))
    for row in TABLE.rows:
        for cell, value in zip(cells_of_row(row.id), numbers.get(row.id, (0,) * 7), strict=True):
            if cell not in in_runs:
                found.located[cell] = Located(str(value))
    for key, text in texts.items():
        found.located["requests." + key.replace("__", ".")] = Located(text)
    return found


def glued(row: str, *texts: str) -> GluedCells:
    return GluedCells(cells_of_row(row), tuple(GluedPiece(text) for text in texts), splittable=True)


def values(settled: Settled, row: str) -> tuple[object, ...]:
    return tuple(settled.cells[cell].value for cell in cells_of_row(row))


def settled_of(found: FoundTable, *, dropped: bool = False, witnesses: tuple[Witness, ...] = ()) -> Settled:
    return settle_table(TABLE, found, blanks_dropped=dropped, witnesses=witnesses)


def codes(settled: Settled) -> list[str]:
    return [notice.code for notice in settled.notices]
