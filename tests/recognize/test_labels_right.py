"""Labels right of their values, codes of rows and columns beside them, and heads that every cell repeats."""

import pytest
from msgspec import structs
from papers import DISPUTES, REQUESTS, Rows, disputes, numbers, paper, proactive, read, requests, table_of

from extractor.document import Table, cells_from_the_right
from extractor.recognize.tables.labels_right import with_labels_at_the_left
from extractor.report import Report


def from_the_right(table: Table) -> Table:
    return structs.replace(table, cells=tuple(cells_from_the_right(table.cells)))


def is_right(report: Report) -> bool:
    rows = ("review", "litigation_direct", "litigation_after_review")
    return (
        all(numbers(report, "requests", row) == values for row, values in REQUESTS.items())
        and [numbers(report, "disputes", row) for row in rows] == list(DISPUTES.values())
        and report.verdict == "verified"
    )


def test_a_table_that_runs_from_right_to_left_is_read_by_its_heads() -> None:
    mirrored = [from_the_right(table_of(rows)) for rows in (proactive(), requests(), disputes())]
    assert is_right(read(paper(*mirrored)))


def test_nothing_is_turned_round_without_heads_to_tell_the_columns() -> None:
    bare = from_the_right(table_of(requests()[3:]))
    assert with_labels_at_the_left(bare) is bare


def test_labels_on_both_sides_are_read_once() -> None:
    rows: Rows = [[*requests()[0], ("办理情形", 3, 1)], *requests()[1:3]]
    rows += [[*row, row[-8]] for row in requests()[3:]]
    assert is_right(read(paper(proactive(), rows, disputes())))


def test_a_column_that_is_no_mere_echo_is_left_there() -> None:
    rows: Rows = [
        [*row, label] for row, label in zip(requests()[3:6], ("3.其他", "（七）总计", "1"), strict=True)
    ]
    table = table_of(rows)
    assert with_labels_at_the_left(table) is table


@pytest.mark.parametrize("letters", [("甲", "乙"), ("A", "B"), ("", "")])
def test_codes_of_rows_and_of_columns_are_no_numbers(letters: tuple[str, str]) -> None:
    head, below, kinds, *body = requests()
    codes: Rows = [[(letters[0], 1, 3), letters[1], *map(str, range(1, 8))]]
    coded: Rows = [[*row[:-7], str(number), *row[-7:]] for number, row in enumerate(body, 1)]
    rows: Rows = [[head[0], ("行次", 3, 1), *head[1:]], below, kinds, *codes, *coded]
    assert is_right(read(paper(proactive(), rows, disputes())))


def test_a_row_that_only_looks_like_codes_has_its_label() -> None:
    values = {**REQUESTS, "carried_in": (1, 2, 3, 4, 5, 6, 7)}
    report = read(paper(proactive(), requests(values), disputes()))
    assert numbers(report, "requests", "carried_in") == (1, 2, 3, 4, 5, 6, 7)


def headed(table: Table, heads: list[str]) -> Table:
    """Return the rows of values with the head of its column written in every cell."""
    body = [cell for cell in table.cells if cell.row > 2]
    values = [
        structs.replace(cell, row=cell.row - 3, text=f"{heads[max(0, cell.column - 2)]}：{cell.text}")
        for cell in body
        if cell.column >= 2
    ]
    return structs.replace(table, cells=tuple(values))


def test_labels_that_repeat_their_own_head_are_labels() -> None:
    kinds = ["商业企业", "科研机构", "社会公益组织", "法律服务机构"]
    heads = ["事项", "自然人", *(f"法人或其他组织-{kind}" for kind in kinds), "法人或其他组织-其他", "总计"]
    rows: Rows = [["", *["x"] * 7]] * 3
    rows += [[row[-8] if isinstance(row[-8], str) else row[-8][0], *row[-7:]] for row in requests()[3:]]
    table = table_of([["", "", *row] for row in rows])
    report = read(paper(proactive(), headed(table, heads), disputes()))
    assert is_right(report)
