"""Letters over the columns and numbers before the rows, as spreadsheets and data frames have them."""

import pytest

from extractor.document import Cell, Source, Table
from extractor.formats import read_document
from extractor.formats.margins import without_margins

BODY = [["项目", "新收", "办结"], ["甲", "3", "4"], ["乙", "5", "6"], ["丙", "7", "8"]]


def table_of(rows: list[list[str]]) -> Table:
    return Table(tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)))


def texts(table: Table) -> list[list[str]]:
    height = max(cell.row for cell in table.cells) + 1
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(height)]


def framed(above: list[str], first: int) -> list[list[str]]:
    return [above, *([str(first + at), *row] for at, row in enumerate(BODY))]


@pytest.mark.parametrize(
    "rows",
    [
        framed(["", "A", "B", "C"], 18),
        framed(["", "0", "1", "2"], 0),
        framed(["", "1", "2", "3"], 1),
        framed(["", "A", "B", "C"], 18)[1:],
    ],
)
def test_margins_are_left_out(rows: list[list[str]]) -> None:
    found = without_margins(table_of(rows))
    assert texts(found) == BODY
    assert {cell.column for cell in found.cells} == {0, 1, 2}


@pytest.mark.parametrize(
    "rows",
    [
        BODY,
        framed(["", "A", "C", "D"], 18),
        [row if at != 2 else ["9", *row[1:]] for at, row in enumerate(framed(["", "A", "B", "C"], 18))],
        [
            ["序号", *BODY[0]],
            *([str(at), *row] for at, row in enumerate(BODY[1:], 1)),
        ],  # a column of the table
        [["1", "2", "3"], ["2", "5", "7"], ["3", "9", "9"], ["4", "1", "1"]],  # numbers, and no head
    ],
)
def test_a_table_without_margins_stays_as_it_is(rows: list[list[str]]) -> None:
    assert texts(without_margins(table_of(rows))) == rows


def test_a_saved_data_frame_is_a_table_without_its_index() -> None:
    text = "标题\n" + "\n".join(",".join(row) for row in framed(["", "0", "1", "2"], 0)) + "\n"
    document = read_document(Source("a.csv", text.encode()))
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert (texts(table), table.aligned) == (BODY, True)
