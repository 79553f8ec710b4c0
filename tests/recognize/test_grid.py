"""Rows of values in a table that has kept its cells."""

import pytest
from papers import Rows, disputes, requests, table_of

from extractor.recognize.tables.cell_kind import kind_of_text
from extractor.recognize.tables.grid import is_numbering, read_grid


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "１２",
        "1,113",
        "-5",
        "/",
        "—",
        "无",
        "",
        "\u3000",
        "\u200b",
        "4\u200b3",
        "12件",
        "22（其中修订16件）",
    ],
)
def test_numbers_marks_and_blanks_are_values(text: str) -> None:
    assert kind_of_text(text).is_value
    assert not kind_of_text(text).labels


@pytest.mark.parametrize("text", ["2.其他法律", "注：含修改2件", "小计", "第3页"])
def test_words_are_no_values(text: str) -> None:
    assert not kind_of_text(text).is_value


def test_a_unit_is_neither_a_value_nor_a_label() -> None:
    seen = kind_of_text("万元")
    assert seen.is_unit
    assert not seen.is_text


def test_a_header_is_read_over_all_its_rows_from_left_to_right() -> None:
    row = read_grid(0, table_of(requests())).rows[0]
    assert [column.id for column in row.header] == [
        "natural_person", "business", "research", "social_organization", "legal_service",
        "other_organization", "total",
    ]  # fmt: skip
    assert [column.first for column in row.header] == [3, 4, 5, 6, 7, 8, 9]


def test_what_stands_over_several_columns_is_kept_with_its_extent() -> None:
    row = read_grid(0, table_of(disputes())).rows[0]
    assert [(group.id, group.first, group.last) for group in row.groups] == [
        ("review", 0, 5),
        ("litigation_direct", 5, 10),
        ("litigation_after_review", 10, 15),
    ]


def test_a_value_merged_downwards_is_in_each_of_its_rows() -> None:
    rows = read_grid(0, table_of([["行政处罚", ("7", 2, 1)], ["行政强制"]])).rows
    assert [(row.label, [cell.text for cell in row.values]) for row in rows] == [
        ("行政处罚", ["7"]),
        ("行政强制", ["7"]),
    ]


def test_a_label_written_into_every_place_that_it_covers_is_one_label() -> None:
    (row,) = read_grid(0, table_of([["（七）总计", "（七）总计", "（七）总计", "3", "3"]])).rows
    assert [cell.text for cell in row.values] == ["3", "3"]


def test_only_the_numbers_one_to_the_last_count_columns() -> None:
    counted, other = (table_of([list(row)]).cells for row in ("12345", "12346"))
    assert is_numbering(counted)
    assert not is_numbering(other)
    assert not is_numbering(counted[:3])


def test_a_row_of_blanks_whose_label_names_a_column_too_is_no_header_below_its_group() -> None:
    rows = read_grid(
        0, table_of([["三、本年度办理结果", "（六）其他处理", "3.其他", "", "", "", "", "", "", ""]])
    ).rows
    assert [(row.label, len(row.values)) for row in rows] == [("3.其他", 7)]


def test_the_label_of_a_row_is_the_last_name_of_a_row_and_no_name_of_a_column() -> None:
    rows: Rows = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "现行有效件数", "2", "1"],
    ]
    row = read_grid(0, table_of(rows)).rows[0]
    assert (row.label, [cell.text for cell in row.values]) == ("规章", ["现行有效件数", "2", "1"])
