"""Tables in markup that marks each cell: their spans kept, every cell at its place in the text."""

import pytest

from extractor.document import Document, Source, Table
from extractor.formats import read_document

LIST_TABLE = """标题

.. list-table:: 件数
   :header-rows: 1

   * - 项目
     - 新收
     - 办结
   * - 甲
     - **3**
     -
   * - 乙的
       后半
     - 5
     - 6

正文。
"""
ASCIIDOC = """标题

[cols="2,2*^",options="header"]
|===
.2+|项目
2+|件数

|新收
|办结

|甲 |**3**
|

|乙
2+|5
|===

正文。
"""
FORUM = """标题
[table=98%]
[tr][td=1,2]项目[/td][td=2,1]件数[/td][/tr]
[tr][td]新收[/td][td=90]办结[/td][/tr]
[tr][td]甲[/td][td][b]3[/b][/td][td][/td][/tr]
[tr][td]乙[/td][td=2,1][align=center]5[/align][/td][/tr]
[/table]
正文。
"""


def read(text: str) -> Document:
    return read_document(Source("a.txt", text.encode()))


def tables_of(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def places(table: Table) -> list[tuple[int, int, str, int, int]]:
    return [(c.row, c.column, c.text, c.row_span, c.column_span) for c in table.cells]


@pytest.mark.parametrize("text", [ASCIIDOC, FORUM])
def test_cells_stand_where_their_spans_put_them(text: str) -> None:
    document = read(text)
    (table,) = tables_of(document)
    assert places(table) == [
        (0, 0, "项目", 2, 1),
        (0, 1, "件数", 1, 2),
        (1, 1, "新收", 1, 1),
        (1, 2, "办结", 1, 1),
        (2, 0, "甲", 1, 1),
        (2, 1, "3", 1, 1),
        (2, 2, "", 1, 1),
        (3, 0, "乙", 1, 1),
        (3, 1, "5", 1, 2),
    ]
    assert all(document.text[c.locator.start : c.locator.end] == c.text for c in table.cells)
    assert [block.text for block in document.blocks if not isinstance(block, Table)] == ["标题", "正文。"]


def test_a_list_of_lists_is_a_table_and_its_title_stays_in_the_text() -> None:
    document = read(LIST_TABLE)
    (table,) = tables_of(document)
    assert [(row, column, "".join(text.split())) for row, column, text, _, _ in places(table)] == [
        (0, 0, "项目"),
        (0, 1, "新收"),
        (0, 2, "办结"),
        (1, 0, "甲"),
        (1, 1, "3"),
        (1, 2, ""),
        (2, 0, "乙的后半"),
        (2, 1, "5"),
        (2, 2, "6"),
    ]
    assert "件数" in "".join(block.text for block in document.blocks if not isinstance(block, Table))


@pytest.mark.parametrize(
    "text",
    [
        LIST_TABLE.replace("     - 5\n", ""),  # a row of fewer cells
        ASCIIDOC.replace("|乙\n2+|5", "|乙\n|5"),  # a last row that is not full
        ASCIIDOC.replace(".2+|项目", ".9+|项目"),  # a cell that hangs out of the table
        FORUM.replace("[/table]", "") + "[/td]",
        FORUM.replace("[td]新收[/td]", "[td][table][tr][td]9[/td][/tr][/table][/td]"),
    ],
)
def test_what_is_not_understood_whole_is_no_such_table(text: str) -> None:
    assert not any(cell.column_span > 1 or cell.row > 2 for t in tables_of(read(text)) for cell in t.cells)


@pytest.mark.parametrize("text", ["[s]3[/s]", "[color=white]3[/color]", "[b][s]3[/s][/b]"])
def test_a_number_struck_out_or_coloured_is_no_plain_one(text: str) -> None:
    (table,) = tables_of(read(FORUM.replace("[b]3[/b]", text)))
    assert "3" not in [cell.text for cell in table.cells]


@pytest.mark.parametrize("rule", [":-:", ":--", "---"])
def test_numbers_in_bold_type_are_numbers_below_any_rule_of_markdown(rule: str) -> None:
    (table,) = tables_of(read(f"| 项目 | 件数 |\n| {rule} | {rule} |\n| 甲 | **3** |\n| 乙 | ~~4~~ |\n"))
    assert [cell.text for cell in table.cells] == ["项目", "件数", "甲", "3", "乙", "~~4~~"]


def test_headings_lose_the_marks_of_their_markup() -> None:
    text = "## **一、总体情况**\n== 二、主动公开\n[b]三、收到[/b]\n正文。\n"
    assert [block.text for block in read(text).blocks if not isinstance(block, Table)] == [
        "一、总体情况",
        "二、主动公开",
        "三、收到",
        "正文。",
    ]
