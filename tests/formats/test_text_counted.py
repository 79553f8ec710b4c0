"""Tables whose cells are set apart by counted line ends."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor.document import Document, Paragraph, Source, Table
from extractor.formats.text import read

INTRO = ["云岭县档案局编制本报告，数据期限为一年。", "一、总体情况", "云岭县档案局公开了各类信息。"]
CLOSE = ["五、存在的问题", "公开的内容还不够丰富，下一年将改进。"]
HEAD = [["申请人情况"], ["自然人", "法人", "总计"], ["商业企业", "科研机构", "其他"]]
LABELS = [["一、新收申请"], ["二、上年结转"], ["三、办理结果", "（一）公开"], ["（二）部分公开"]]
LABELS += [["（三）不予公开", "1.国家秘密"], ["2.法律禁止"], ["3.内部事务"], ["（四）总计"], ["四、结转下年"]]

FIVE, SIX = "\r" * 5, "\r" * 6

Rows = list[list[str]]


def read_text(text: str) -> Document:
    return read(Source("report.txt", text.encode()))


def rows(table: Table) -> Rows:
    found: Rows = [[] for _ in range(table.cells[-1].row + 1)]
    for cell in table.cells:
        found[cell.row].append(cell.text)
    return found


def outline(document: Document) -> list[str | Rows]:
    return [block.text if isinstance(block, Paragraph) else rows(block) for block in document.blocks]


def counted(table: Rows, cell: int, row: int, line_end: str = "\r") -> str:
    """Write a table as a page without its tags has it: `cell` line ends a cell, `row` more a row."""
    return (line_end * (cell + row)).join((line_end * cell).join(cells) for cells in table)


def report(*tables: Rows, cell: int, row: int, before: int, after: int, line_end: str = "\r") -> str:
    text = line_end.join(INTRO)
    for number, table in zip("二三四", tables, strict=False):
        text += f"{line_end}{number}、申请和公开情况{line_end * before}"
        text += counted(table, cell, row, line_end) + line_end * (after - 1)
    return text + line_end + line_end.join(CLOSE)


REQUESTS = [*HEAD, *([*labels, *"1234567"] for labels in LABELS)]


def test_line_ends_are_counted_into_cells_and_rows() -> None:
    document = read_text(report(REQUESTS, cell=3, row=2, before=6, after=7))
    assert outline(document) == [*INTRO, "二、申请和公开情况", REQUESTS, *CLOSE]


@pytest.mark.parametrize(("cell", "row"), [(3, 2), (2, 1), (4, 2), (5, 3), (3, 1), (2, 3)])
@pytest.mark.parametrize("line_end", ["\r", "\n", "\r\n", "\n\u3000"])
def test_the_counts_are_inferred_from_the_text(cell: int, row: int, line_end: str) -> None:
    table = [list(cells) for cells in REQUESTS]
    table[5][3:9] = [""] * 6
    table[8][1:8] = [""] * 7
    text = report(table, cell=cell, row=row, before=cell + row + 9, after=cell + row, line_end=line_end)
    assert table in outline(read_text(text))


def test_rows_without_any_number_have_all_their_empty_cells() -> None:
    table = [
        *HEAD,
        ["一、新收", *"1000001"],
        ["二、结转", *"0000000"],
        ["三、结果", "（一）公开", *"1000001"],
    ]
    table += [["（二）部分公开", *[""] * 7], ["（三）不予公开", "1.秘密", *[""] * 7], ["2.禁止", *[""] * 7]]
    table += [["四、结转下年", *"0000000"]]
    document = read_text(report(table, cell=3, row=2, before=6, after=7))
    assert outline(document)[4] == table
    blank = next(c for b in document.blocks if isinstance(b, Table) for c in b.cells if not c.text)
    assert blank.locator.start == blank.locator.end


def test_a_row_without_a_label_begins_with_the_empty_cells_before_its_first_number() -> None:
    head = [["行政复议", "行政诉讼"], [*["维持", "纠正", "总计"] * 2]]
    disputes = [*head, ["", "", "0", "", "", "0"]]
    document = read_text(report(REQUESTS, disputes, cell=3, row=2, before=6, after=7))
    assert outline(document)[6] == disputes


def test_the_empty_cells_that_end_a_table_are_told_from_its_plain_end() -> None:
    table = [list(cells) for cells in REQUESTS]
    table[-1][5:] = [""] * 3
    text = report(REQUESTS, table, cell=3, row=2, before=6, after=7)
    assert outline(read_text(text))[6] == table


def test_a_label_broken_over_lines_is_one_cell() -> None:
    table = [list(cells) for cells in REQUESTS]
    table[2] = ["商业\r企业", "科研\r机构", "其他"]
    assert outline(read_text(report(table, cell=3, row=2, before=6, after=6)))[4] == table


def test_a_heading_between_tables_is_no_cell_even_if_its_line_ends_would_fit() -> None:
    document = read_text(report(REQUESTS, REQUESTS, cell=3, row=2, before=6, after=6))
    assert outline(document) == [
        *INTRO,
        "二、申请和公开情况",
        REQUESTS,
        "三、申请和公开情况",
        REQUESTS,
        *CLOSE,
    ]


STATISTICS = [["统计指标", "单位", "统计数"], ["一、主动公开情况", "", ""], ["（一）公开数", "条", "16"]]
STATISTICS += [["其中：文件数", "条", "4"], ["制发数", "件", "4"], ["二、申请情况", "", ""]]
STATISTICS += [["（一）收到数", "件", "1"], ["1.当面", "件", "0"], ["2.信函", "件", "1"]]


def test_a_single_line_end_between_cells_is_told_from_a_row_end_by_what_stands_there() -> None:
    (table,) = read_text("\r\r" + counted(STATISTICS, 1, 2) + "\r").blocks
    assert isinstance(table, Table)
    assert rows(table) == STATISTICS
    assert table.aligned


def test_a_broken_label_is_joined_where_units_and_numbers_of_other_rows_vouch_for_it() -> None:
    broken = [*STATISTICS[:4], ["制发数", "（含废止数）", "件", "4"], *STATISTICS[5:]]
    (table,) = read_text(counted(broken, 1, 2)).blocks
    assert isinstance(table, Table)
    assert rows(table)[4] == ["制发数\r（含废止数）", "件", "4"]


def test_a_signature_behind_the_last_number_is_no_cell() -> None:
    text = counted([["统计指标", "单位", "统计数"], *STATISTICS[2:5], *STATISTICS[6:]], 3, 2)
    document = read_text(f"附表{SIX}{text}{SIX}云岭县档案局\r2020年1月18日\r")
    _, table, *after = document.blocks
    assert isinstance(table, Table)
    assert rows(table)[-1] == ["2.信函", "件", "1"]
    assert [block.text for block in after if isinstance(block, Paragraph)] == [
        "云岭县档案局",
        "2020年1月18日",
    ]


@pytest.mark.parametrize("end", ["", "\r云岭县档案局\r2020年1月18日"])
def test_the_last_cell_is_empty_where_line_ends_for_it_are_left(end: str) -> None:
    table = [*STATISTICS[:-1], ["2.信函", "件", ""]]
    document = read_text(f"附表{SIX}{counted(table, 3, 2)}{FIVE}{end}\n")
    assert outline(document)[1] == table


def test_the_last_cell_is_absent_where_no_line_ends_are_left_for_it() -> None:
    table = [*STATISTICS[:-1], ["2.信函", "件"]]
    document = read_text(f"附表{SIX}{counted(table, 3, 2)}\r\r\r")
    assert outline(document)[1] == table


def test_a_numbered_row_whose_first_cells_are_empty_is_no_heading() -> None:
    table = [list(cells) for cells in REQUESTS]
    table[4][1:3] = ["", ""]
    table[-1][1] = ""
    assert outline(read_text(report(table, cell=3, row=2, before=6, after=6)))[4] == table


def test_numbered_rows_without_any_number_continue_the_rows_above() -> None:
    table = [*STATISTICS[:3], ["其中：文件数", "条", ""], *STATISTICS[5:]]
    found = outline(read_text(f"附表{SIX}{counted(table, 3, 2)}{SIX}六、其他\r没有其他事项。"))
    assert found == ["附表", table, "六、其他", "没有其他事项。"]


def test_a_last_row_keeps_its_blanks_below_a_header_of_its_width() -> None:
    blocks = [["内容", "上年", "增减", "决定"], ["许可", "1", "2", "3"], ["处罚", "4", "5", "6"]]
    blocks += [["内容", "采购数量", "采购金额"], ["采购", "43", ""]]
    found = outline(read_text(report(blocks, REQUESTS, cell=3, row=2, before=6, after=6)))
    assert found[4] == blocks


# Empty cells with a line of their own.


@pytest.mark.parametrize("filler", ["\u3000", "\xa0"])
def test_a_blank_line_that_a_page_shows_is_an_empty_cell(filler: str) -> None:
    table = [list(cells) for cells in REQUESTS]
    table[3][2:] = [""] * 6
    table[-1][1:] = [""] * 7
    disputes = [["行政复议", "行政诉讼"], [*["维持", "纠正", "总计"] * 2], ["", "3", "", "0", "", ""]]
    filled = [[[cell or filler for cell in cells] for cells in each] for each in (table, disputes)]
    found = outline(read_text(report(*filled, cell=2, row=2, before=4, after=4, line_end="\n")))
    assert found == [
        *INTRO,
        "二、申请和公开情况",
        table,
        "三、申请和公开情况",
        disputes,
        *CLOSE,
    ]


def test_blank_lines_between_all_cells_are_no_cells() -> None:
    text = report(REQUESTS, cell=1, row=1, before=1, after=1, line_end="\n\u3000")
    document = read_text(text)
    assert not any(cell.text == "" for b in document.blocks if isinstance(b, Table) for cell in b.cells)


def test_a_text_whose_row_ends_look_like_empty_cells_has_none_if_all_its_rows_are_even() -> None:
    disputes = [["行政复议", "行政诉讼"], [*["维持", "纠正", "总计"] * 2], [*"123456"]]
    found = outline(read_text(report(REQUESTS, disputes, cell=2, row=2, before=4, after=4)))
    assert found[4] == REQUESTS
    assert found[6] == disputes


def test_uneven_rows_leave_open_what_ends_a_row() -> None:
    table = [list(cells) for cells in REQUESTS]
    table[5][4] = ""
    for block in read_text(report(table, cell=2, row=2, before=4, after=4)).blocks:
        for cells in rows(block) if isinstance(block, Table) else []:
            assert "（一）公开" not in cells or len(cells) == len(table[5])


def test_uniform_line_ends_prove_no_table() -> None:
    for gap in (1, 2, 3):
        document = read_text(report(REQUESTS, cell=gap, row=0, before=gap, after=gap))
        assert all(isinstance(block, Paragraph) for block in document.blocks)


def test_line_ends_in_disorder_prove_no_table() -> None:
    gaps = [3, 4, 7, 2, 5, 9, 1, 6, 8, 3, 11, 4, 2, 10]
    items = ["规章", "0", "7", "许可", "5", "处罚", "1", "2", "强制", "0", "收费", "9", "采购", "4", "总计"]
    text = "".join(item + "\n" * gap for item, gap in zip(items, [*gaps, 1], strict=True))
    assert all(isinstance(block, Paragraph) for block in read_text(text).blocks)


values = st.sampled_from(["", "0", "0", "3", "12"])


@settings(max_examples=150, deadline=None)
@example([["0"] * 7] * 8 + [[""] * 7], 3, 2, 6, 6, "")
@example([["1", *[""] * 6]] * 9, 3, 2, 6, 7, "")
@given(
    st.lists(st.lists(values, min_size=7, max_size=7), min_size=9, max_size=9),
    st.integers(2, 5),
    st.integers(1, 4),
    st.integers(3, 8),
    st.integers(3, 8),
    st.sampled_from(["", "\u3000"]),
)
def test_a_number_is_never_put_into_a_wrong_column(
    numbers: Rows, cell: int, row: int, before: int, after: int, filler: str
) -> None:
    wanted = {labels[-1]: cells for labels, cells in zip(LABELS, numbers, strict=True)}
    table = [*HEAD, *([*labels, *cells] for labels, cells in zip(LABELS, numbers, strict=True))]
    filled = [[text or filler for text in cells] for cells in table]
    document = read_text(report(filled, cell=cell, row=row, before=before, after=after))
    for block in document.blocks:
        for cells in rows(block) if isinstance(block, Table) else []:
            labels = [at for at, text in enumerate(cells) if text in wanted]
            if labels:
                given = cells[labels[-1] + 1 :]
                # Empty cells at the very end of the table may stay unseen.
                assert given + [""] * (7 - len(given)) == wanted[cells[labels[-1]]]
