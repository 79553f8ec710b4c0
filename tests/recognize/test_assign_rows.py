"""Rows below headers that are whole, in another order, with strange columns, or silent."""

from collections.abc import Sequence

import pytest

from extractor.document import Cell, Locator
from extractor.forms import load_form
from extractor.located import FoundTable
from extractor.recognize.tables.assign_columns import take_rows
from extractor.recognize.tables.cell_kind import kind_of_text
from extractor.recognize.tables.grid import ValueRow
from extractor.recognize.tables.header import HeaderColumn

FOUND = load_form("2021").table("requests")
assert FOUND is not None
TABLE = FOUND
COLUMNS = [column.id for column in TABLE.columns]
VALUES = ["41", "5", "3", "2", "8", "1", "60"]
LABEL = "本年新收政府信息公开申请数量"
STRANGE = "甲乙丙"  # a head that is like none of the form's


def row(values: Sequence[str], heads: Sequence[str | None] = (), *, aligned: bool = True) -> ValueRow:
    """Return a row below heads with these ids; None is a head that nobody knows."""
    cells = tuple(
        Cell(0, at, text, locator=Locator(table=1, row=1, column=at + 1)) for at, text in enumerate(values, 1)
    )
    header = tuple(
        HeaderColumn(name, at, at + 1, "" if name else STRANGE) for at, name in enumerate(heads, 1)
    )
    return ValueRow(0, LABEL, kind_of_text(LABEL), cells, header, aligned, reach=1 + len(header))


def taken(*rows: ValueRow, doubtful: frozenset[str] = frozenset()) -> tuple[FoundTable, list[str]]:
    """Return what was placed of rows that are all `new`, and the codes of the notices."""
    found = FoundTable("2021", "requests")
    notices = take_rows(TABLE, [("new", each) for each in rows], found, doubtful)
    return found, [notice.code for notice in notices]


def placed(found: FoundTable) -> dict[str, str]:
    return {cell.rpartition(".")[2]: there.text for cell, there in found.located.items()}


def columns_of_the_glued(found: FoundTable) -> list[str]:
    (run,) = found.glued
    return [cell.rpartition(".")[2] for cell in run.cells]


SWAPPED = [COLUMNS[1], COLUMNS[0], *COLUMNS[2:]]


def test_the_order_of_the_header_decides() -> None:
    found, _ = taken(row(VALUES, SWAPPED))
    assert placed(found) == dict(zip(SWAPPED, VALUES, strict=True))
    assert found.glued == []


def test_a_row_without_a_header_has_the_order_of_the_form() -> None:
    found, _ = taken(row(VALUES, aligned=False))
    assert placed(found) == dict(zip(COLUMNS, VALUES, strict=True))


@pytest.mark.parametrize("at", range(1, 7))
def test_a_strange_column_stands_behind_the_one_that_it_was_met_behind(at: int) -> None:
    heads = [*COLUMNS[:at], None, *COLUMNS[at:]]
    values = [*VALUES[:at], "99", *VALUES[at:]]
    found, _ = taken(row(values, heads, aligned=False))
    assert placed(found) == dict(zip(COLUMNS, VALUES, strict=True))


def test_numbers_that_are_too_few_are_given_on_in_the_order_of_the_header() -> None:
    found, codes = taken(row(VALUES[:5], SWAPPED))
    assert placed(found) == {}
    assert columns_of_the_glued(found) == SWAPPED
    assert [piece.text for piece in found.glued[0].pieces] == VALUES[:5]
    assert (found.glued[0].lost, codes) == (False, [])


def test_numbers_that_are_too_few_for_a_header_with_strange_columns_are_lost() -> None:
    heads = [None if name in ("research", "legal_service") else name for name in SWAPPED]
    found, codes = taken(row(VALUES[:6], heads))
    assert placed(found) == {}
    assert columns_of_the_glued(found) == COLUMNS
    assert (found.glued[0].lost, codes) == (True, ["header-in-question"])


def test_numbers_below_strange_heads_belong_to_one_of_the_missing_columns_and_are_lost() -> None:
    heads = [None if name in ("research", "legal_service") else name for name in SWAPPED]
    found, codes = taken(row(VALUES, heads))
    assert placed(found) == {
        name: value for name, value in zip(heads, VALUES, strict=True) if name is not None
    }
    assert columns_of_the_glued(found) == ["research", "legal_service"]
    assert [piece.text for piece in found.glued[0].pieces] == ["3", "8"]
    assert (found.glued[0].lost, codes) == (True, ["header-in-question"])


def test_a_header_whose_known_heads_stand_elsewhere_gives_nothing_away() -> None:
    found, _ = taken(row(VALUES, [COLUMNS[1], COLUMNS[0]]))
    assert placed(found) == {}
    assert found.glued[0].lost
    assert columns_of_the_glued(found) == COLUMNS


def test_a_row_that_is_met_again_changes_nothing() -> None:
    found, _ = taken(row(VALUES, COLUMNS), row(["7"] * 7, COLUMNS), row([], COLUMNS))
    assert placed(found) == dict(zip(COLUMNS, VALUES, strict=True))


def test_a_row_without_any_cell_is_blank_until_it_is_met_with_numbers() -> None:
    found, _ = taken(row([], COLUMNS))
    assert placed(found) == dict.fromkeys(COLUMNS, "")
    assert found.glued == []


def test_of_a_doubtful_row_nothing_is_placed() -> None:
    found, _ = taken(row(VALUES, COLUMNS), doubtful=frozenset({"new"}))
    assert placed(found) == {}
    assert found.glued[0].lost


def test_blanks_too_many_are_left_out_where_no_number_stands() -> None:
    found, _ = taken(row([""] * 9, aligned=False))
    assert placed(found) == dict.fromkeys(COLUMNS, "")
