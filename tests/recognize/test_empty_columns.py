"""A column without anything in it changes no number, wherever an editor left it."""

from pathlib import Path

import pytest
from msgspec import structs
from papers import REQUESTS, disputes, paper, proactive, read, requests, table_of

import extractor
from extractor.document import Cell, Document, Table
from extractor.formats import read_document
from extractor.forms import load_form
from extractor.pipeline import report_on
from extractor.recognize.tables.empty_columns import without_empty_columns

FIXTURES = Path(__file__).parents[2] / "fixtures/cases"


def widened(table: Table, at: int) -> Table:
    """Put an empty column in front of the column `at`, as an editor does."""
    cells = []
    covered = set()
    for cell in table.cells:
        if cell.column >= at:
            cells.append(structs.replace(cell, column=cell.column + 1))
        elif cell.column + cell.column_span > at:
            cells.append(structs.replace(cell, column_span=cell.column_span + 1))
            covered.update(range(cell.row, cell.row + cell.row_span))
        else:
            cells.append(cell)
    height = max(cell.row + cell.row_span for cell in table.cells)
    cells += [Cell(row, at, "") for row in range(height) if row not in covered]
    return structs.replace(table, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


@pytest.mark.parametrize("name", ["html-plain-2021", "html-uneven-colspans", "html-plain-2014"])
@pytest.mark.parametrize("at", [0, 1, 2, 3, 4, 7, -1])
def test_an_empty_column_changes_nothing(name: str, at: int) -> None:
    source = extractor.Source("a.html", (FIXTURES / name / "source.html").read_bytes())
    document = read_document(source)
    as_it_is = report_on(source, document)
    blocks = tuple(
        widened(block, min(at, width) if at >= 0 else width)
        if isinstance(block, Table)
        and (width := max(cell.column + cell.column_span for cell in block.cells)) > 2
        else block
        for block in document.blocks
    )
    with_columns = report_on(source, Document(document.format, blocks))
    assert with_columns.verdict == as_it_is.verdict == "verified"
    assert {i: c.value for i, c in with_columns.cells.items()} == {
        i: c.value for i, c in as_it_is.cells.items()
    }


def grid(*rows: str) -> Table:
    return Table(
        tuple(Cell(y, x, text) for y, row in enumerate(rows) for x, text in enumerate(row.split("|")))
    )


def texts(table: Table) -> list[tuple[int, str]]:
    return [(cell.column, cell.text) for cell in table.cells]


def test_a_column_that_a_row_does_not_reach_is_kept() -> None:
    assert texts(without_empty_columns(grid("自然人|b|", "1|2|"))) == [
        (0, "自然人"),
        (1, "b"),
        (0, "1"),
        (1, "2"),
    ]
    short = grid("自然人|b|", "1|")
    assert without_empty_columns(short) is short


def test_a_column_with_a_head_or_anything_else_in_it_is_kept() -> None:
    for table in (grid("自然人|b|c", "1|2|"), grid("自然人|b|", "1|2|/"), grid("自然人||c")):
        assert without_empty_columns(table) is table
    hidden = Table(
        (Cell(0, 0, "自然人"), Cell(0, 1, ""), Cell(1, 0, "1"), Cell(1, 1, "", doubt="hidden-text"))
    )
    assert without_empty_columns(hidden) is hidden
    crooked = structs.replace(grid("自然人|b|", "1|2|"), aligned=False)
    assert without_empty_columns(crooked) is crooked


def row_ids() -> list[str]:
    table = load_form("2021").table("requests")
    assert table is not None
    return [row.id for row in table.rows]


def test_a_blank_column_of_a_part_without_heads_is_one_of_the_form() -> None:
    """Where a page end parts the heads from the rows, a column of blanks is a column of zeros left out."""
    values = {row: (*v[:3], "", *v[4:6], sum((*v[:3], *v[4:6]))) for row, v in REQUESTS.items()}
    rows = requests({**dict.fromkeys(row_ids(), ("",) * 7), **values})
    report = read(paper(proactive(), rows[:12], table_of(rows[12:]), disputes()))
    assert {cell.state for cell in report.cells.values()} == {"read", "blank"}
