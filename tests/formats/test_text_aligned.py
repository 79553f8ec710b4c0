"""Tables whose columns are aligned with spaces: sparse rows, broken labels, widths nobody agrees on."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Document, Paragraph, Source, Table
from extractor.formats.text import read
from extractor.formats.text.bands import Measure, chinese_width, east_asian_width

HEAD = [["信息内容", "", "申请人", "", "", "合计"], ["", "", "个人", "科研机构", "社会公益组织", ""]]
LABELS = [["一、新收申请", ""], ["二、上年结转的申请", ""], ["三、办理结果", "（一）公开"]]
LABELS += [["", "（二）部分公开（区分情形）"], ["", "（三）“三类”事项"], ["四、结转下年", ""]]

Justify = Callable[[str, int], str]


def read_text(text: str) -> Document:
    return read(Source("report.txt", text.encode()))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def grid(table: Table) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text for cell in table.cells}


def row_of(table: Table, label: str) -> list[str]:
    """Return what stands behind a label, by column."""
    found = next(cell for cell in table.cells if cell.text == label)
    cells = [cell for cell in table.cells if cell.row == found.row and cell.column > found.column]
    return [cell.text for cell in cells]


def aligned(rows: list[list[str]], justify: str = "left", measure: Measure = chinese_width) -> str:
    """Set rows in columns two blanks apart; labels always stand at the left."""
    widths = [max(measure(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = []
        for at, (text, width) in enumerate(zip(row, widths, strict=True)):
            free = width - measure(text)
            before = {"left": 0, "right": free, "centre": free // 2}[justify] if at > 1 else 0
            cells.append(" " * before + text + " " * (free - before))
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def requests(values: list[list[str]]) -> list[list[str]]:
    return [*HEAD, *([*labels, *row] for labels, row in zip(LABELS, values, strict=True))]


SPARSE = [
    ["7", "", "", "7"],
    ["", "", "2", "2"],
    ["1", "", "", "1"],
    ["", "", "", "0"],
    ["", "", "2", "2"],
    ["6", "", "", ""],
]


@pytest.mark.parametrize("justify", ["left", "right", "centre"])
@pytest.mark.parametrize("measure", [chinese_width, east_asian_width, len])
def test_sparse_rows_keep_their_blanks_wherever_the_numbers_stand(justify: str, measure: Measure) -> None:
    (table,) = tables(read_text(aligned(requests(SPARSE), justify, measure)))
    assert table.aligned
    for labels, values in zip(LABELS, SPARSE, strict=True):
        assert row_of(table, labels[1] or labels[0]) == values


def test_a_column_of_labels_that_a_row_leaves_out_has_no_cell_there() -> None:
    (table,) = tables(read_text(aligned(requests(SPARSE))))
    assert (2, 1) not in grid(table)
    assert (4, 0) in grid(table)
    assert (5, 0) not in grid(table)


def test_a_column_without_any_number_is_known_by_its_header() -> None:
    (table,) = tables(read_text(aligned(requests([["", "", "", "3"]] * 6))))
    assert [row_of(table, labels[1] or labels[0]) for labels in LABELS] == [["", "", "", "3"]] * 6


def test_a_row_without_numbers_has_its_empty_cells_where_no_label_goes_on() -> None:
    values = [[*row] for row in SPARSE]
    values[0] = values[5] = [""] * 4
    text = aligned(requests(values)) + "\n四、复议情况\n没有发生。"
    document = read_text("三、申请情况\n" + text)
    (table,) = tables(document)
    assert row_of(table, "一、新收申请") == [""] * 4
    assert row_of(table, "四、结转下年") == [""] * 4
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == [
        "三、申请情况",
        "四、复议情况",
        "没有发生。",
    ]


def test_the_first_line_of_a_broken_label_is_no_empty_row() -> None:
    text = (
        "事项                    件数    人数\n"
        "1.规章                   10       2\n"
        "2.要求确认或重新出具已获\n"
        "取信息的申请              3       1\n"
        "3.其他                    4       0\n"
    )
    (table,) = tables(read_text(text))
    assert row_of(table, "2.要求确认或重新出具已获") == []
    assert row_of(table, "取信息的申请") == ["3", "1"]


def test_headings_of_the_next_number_part_tables_and_rows_of_the_next_number_do_not() -> None:
    part = aligned(requests([["1", "2", "3", "6"]] * 6))
    document = read_text(f"三、申请情况\n{part}\n四、再次申请\n{part}\n五、问题\n没有。")
    assert [type(block).__name__ for block in document.blocks] == [
        "Paragraph",
        "Table",
        "Paragraph",
        "Table",
        "Paragraph",
        "Paragraph",
    ]


def test_one_row_of_numbers_below_a_header_of_many_words_is_a_table() -> None:
    head = [["维持", "纠正", "总计", "维持", "纠正", "总计"], ["行政复议", "", "", "行政诉讼", "", ""]]
    rows = [head[1], head[0], ["", "", "0", "12", "", "12"]]
    (table,) = tables(read_text(aligned(rows)))
    assert [grid(table)[2, column] for column in range(6)] == ["", "", "0", "12", "", "12"]


def test_blocks_whose_columns_do_not_agree_are_tables_of_their_own() -> None:
    text = (
        "信息内容      制发件数      废止件数      有效件数\n"
        "规章              1            12             3\n"
        "许可              4             5             6\n"
        "信息内容         采购数量              采购金额\n"
        "采购             1234567890123456       4021.5\n"
        "服务                     3               88.5\n"
    )
    first, second = tables(read_text(text))
    assert row_of(first, "规章") == ["1", "12", "3"]
    assert row_of(second, "采购") == ["1234567890123456", "4021.5"]


@pytest.mark.parametrize(
    "text",
    [
        # Numbers right of their header: which of its columns they stand in is not shown.
        "内容    甲    乙\n规章        1     2\n许可        3     4\n",
        # The same number would stand under two columns.
        "内容    甲  乙\n规章    1   2\n许可    12345\n处罚    4   5\n采购    7   8\n",
        # What stands behind a tab stands in no column.
        "内容    甲    乙\n规章    1    2\n许可\t    3    4\n",
    ],
)
def test_what_lines_up_with_no_header_is_no_table(text: str) -> None:
    assert tables(read_text(text)) == []


VALUES = st.sampled_from(["", "", "0", "7", "12", "1,234", "—", "3件"])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(VALUES, min_size=4, max_size=4), min_size=6, max_size=6),
    st.sampled_from(["left", "right", "centre"]),
    st.sampled_from([chinese_width, east_asian_width, len]),
)
def test_no_number_of_an_aligned_table_is_put_into_a_wrong_column(
    values: list[list[str]], justify: str, measure: Measure
) -> None:
    for table in tables(read_text(aligned(requests(values), justify, measure))):
        for labels, wanted in zip(LABELS, values, strict=True):
            label = labels[1] or labels[0]
            if label in grid(table).values():
                given_ = row_of(table, label)
                assert given_ in (wanted, [])
                assert given_ or not any(wanted)
