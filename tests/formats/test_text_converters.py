"""Tables as converters, spreadsheets and mails leave them in plain text."""

from extractor.document import Document, Paragraph, Source, Table
from extractor.formats import read_document


def read(text: str) -> Document:
    return read_document(Source("a.txt", text.encode()))


def only_table(text: str) -> Table:
    (table,) = (block for block in read(text).blocks if isinstance(block, Table))
    return table


def cells(text: str) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, cell.text) for cell in only_table(text).cells]


GRID = """\
+----------+-----+-----+
| 申请情况 | 自然人    |
|          +-----+-----+
|          | 甲  | 乙  |
+==========+=====+=====+
| 1.属于国 | 3   |     |
| 家秘密   |     |     |
+----------+-----+-----+
"""


def test_a_cell_between_rules_has_all_its_lines() -> None:
    found = cells(GRID)
    assert (2, 0, "1.属于国\n家秘密") in found
    assert (2, 1, "3") in found
    assert (2, 2, "") in found


def test_cells_reach_as_far_as_no_rule_cuts_them() -> None:
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in only_table(GRID).cells}
    assert spans["申请情况"] == (2, 1)
    assert spans["自然人"] == (1, 2)
    assert spans["甲"] == (1, 1)


def test_each_line_of_a_cell_says_where_it_stands() -> None:
    document = read(GRID)
    label = next(cell for cell in only_table(GRID).cells if cell.text.startswith("1."))
    places = (label.locator, *label.locator.more)
    assert [document.text[place.start : place.end] for place in places] == ["1.属于国", "家秘密"]
    assert [place.line for place in places] == [6, 7]


def test_box_characters_take_one_column_beside_marks_that_take_two() -> None:
    box = (
        "┌────────────┬───┐\n│ 三“安全”一 │ 4 │\n├────────────┼───┤\n│ 规章       │ 0 │\n└────────────┴───┘\n"
    )
    assert cells(box) == [(0, 0, "三“安全”一"), (0, 1, "4"), (1, 0, "规章"), (1, 1, "0")]


def test_semicolons_set_fields_apart() -> None:
    rows = (
        '"指标";"单位";"数"\n"一、主动公开情况";"";""\n"（一）公开数";"条";"147"\n'
        '"其中：文件";"条";"0"\n"办结";"件";"8"\n'
    )
    assert cells(rows)[6:12] == [
        (2, 0, "（一）公开数"),
        (2, 1, "条"),
        (2, 2, "147"),
        (3, 0, "其中：文件"),
        (3, 1, "条"),
        (3, 2, "0"),
    ]


def test_a_field_in_quotes_goes_on_over_line_ends() -> None:
    rows = '行\t甲\t乙\r\n"二、上年\n结转"\t\t5\r\n规章\t1\t2\r\n'
    assert cells(rows)[3:6] == [(1, 0, "二、上年\n结转"), (1, 1, ""), (1, 2, "5")]


def test_columns_of_labels_alone_are_no_table_of_fields() -> None:
    text = "甲;乙;丙\n丁;戊;己\n庚;辛;壬\n子;丑;寅\n"
    assert not [block for block in read(text).blocks if isinstance(block, Table)]


def test_fillers_of_a_data_frame_are_empty() -> None:
    rows = "| 行 | Unnamed: 1 | Unnamed: 2 |\n| --- | --- | --- |\n| 规章 | NaN | 3 |\n"
    assert [text for _, _, text in cells(rows)] == ["行", "", "", "规章", "", "3"]


def test_nan_stands_where_no_data_frame_wrote_it() -> None:
    rows = "| 行 | 甲 | 乙 |\n| --- | --- | --- |\n| 规章 | NaN | 3 |\n"
    assert cells(rows)[4] == (1, 1, "NaN")


def test_a_quoted_mail_is_read_without_its_marks() -> None:
    document = read("> > 一、总体情况\n> \n> 全年公开3条。\n> 规章\t0\t1\n> 文件\t2\t3\n")
    first = document.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.text == "一、总体情况"
    assert (first.locator.line, first.locator.column) == (1, 5)
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert [cell.text for cell in table.cells] == ["规章", "0", "1", "文件", "2", "3"]


def test_a_lone_mark_stays_where_the_text_is_no_quoted_mail() -> None:
    blocks = read("一、总体情况\n> 全年公开3条。\n二、其他\n").blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)][1] == "> 全年公开3条。"
