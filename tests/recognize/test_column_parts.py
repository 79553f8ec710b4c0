"""Tables cut into blocks by their columns: 自然人 in one, 法人或其他组织 in the next."""

import pytest
from papers import (
    CORNER,
    KINDS,
    REQUESTS,
    Rows,
    codes,
    disputes,
    numbers,
    paper,
    proactive,
    read,
    requests,
    states,
)

from extractor.report import Report

HEADS = ["自然人", *KINDS, "总计"]


def cut(*widths: int, values: dict[str, tuple[int, ...]] | None = None, labels: bool = True) -> list[Rows]:
    """Return table 三 in blocks of so many columns; without `labels` only the first one has row names."""
    whole = requests(values or dict(REQUESTS))[3:]
    blocks: list[Rows] = []
    start = 0
    for width in widths:
        first = labels or not start
        heads: Rows = [
            [(CORNER, 1, 3), *HEADS[start : start + width]] if first else HEADS[start : start + width]
        ]
        rows = [
            [*(row[:-7] if first else []), *row[len(row) - 7 + start : len(row) - 7 + start + width]]
            for row in whole
        ]
        blocks.append([*heads, *rows])
        start += width
    return blocks


def report_with(*blocks: Rows) -> Report:
    return read(paper(proactive(), *blocks, disputes()))


def is_read(report: Report) -> bool:
    return all(numbers(report, "requests", row) == tuple(values) for row, values in REQUESTS.items())


@pytest.mark.parametrize("widths", [(1, 6), (4, 3), (1, 5, 1), (2, 2, 3)])
def test_blocks_with_other_columns_of_the_same_rows_are_one_table(widths: tuple[int, ...]) -> None:
    report = report_with(*cut(*widths))
    assert (is_read(report), report.verdict, codes(report)) == (True, "verified", set())
    assert report.other_tables == ()


def test_blocks_below_each_other_in_one_table_are_one_table() -> None:
    first, second = cut(4, 3)
    report = report_with([*first, *second])
    assert (is_read(report), report.verdict) == (True, "verified")


def test_columns_without_row_names_are_matched_by_the_order_of_rows() -> None:
    report = report_with(*cut(5, 2, labels=False))
    assert (is_read(report), report.verdict, codes(report)) == (True, "verified", {"columns-apart"})
    assert states(report, "requests", "granted") == {"read", "decoded"}


def test_columns_without_row_names_that_do_not_add_up_are_doubted_and_accuse_nobody() -> None:
    wrong = {**REQUESTS, "granted": (12, 2, 1, 0, 3, 0, 81)}
    report = report_with(*cut(5, 2, labels=False, values=wrong))
    assert report.verdict == "doubtful"


def test_columns_without_row_names_and_of_another_height_stay_open() -> None:
    first, second = cut(5, 2, labels=False)
    report = report_with(first, second[:-1])
    assert report.cells["requests.new.total"].value is None
    assert report.verdict in ("doubtful", "partial")


def test_a_block_that_could_go_on_with_either_of_two_is_joined_to_neither() -> None:
    other = {row: tuple(2 * number for number in values) for row, values in REQUESTS.items()}
    first, last = cut(4, 3)
    second, end = cut(4, 3, values=other)
    report = report_with(first, second, last, end)
    assert report.cells["requests.new.total"].value is None
    assert report.verdict in ("doubtful", "partial")


def test_a_row_that_fails_its_sum_is_still_the_agencys_where_every_block_has_row_names() -> None:
    wrong = {**REQUESTS, "granted": (12, 2, 1, 0, 3, 0, 81)}
    assert report_with(*cut(4, 3, values=wrong)).verdict == "inconsistent"
