"""Data frames as Python prints them: the index is no number of the table."""

import pytest

from extractor.document import Document, Source, Table
from extractor.formats import read_document

FRAME = """标题
        信息内容  制发件数  废止件数
0           规章         3       NaN
1 行政规范性文件        14         2
正文。
  信息内容  决定数量
0 行政许可      2052
"""


def read(text: str) -> Document:
    return read_document(Source("a.txt", text.encode()))


def rows_of(document: Document) -> list[list[list[str]]]:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [[[cell.text for cell in table.rows()[row]] for row in sorted(table.rows())] for table in tables]


def test_a_frame_is_a_table_without_its_index() -> None:
    document = read(FRAME)
    assert rows_of(document) == [
        [["信息内容", "制发件数", "废止件数"], ["规章", "3", ""], ["行政规范性文件", "14", "2"]],
        [["信息内容", "决定数量"], ["行政许可", "2052"]],
    ]
    assert [block.text for block in document.blocks if not isinstance(block, Table)] == ["标题", "正文。"]


@pytest.mark.parametrize(
    "text",
    [
        FRAME.replace("\n1 行", "\n2 行"),  # no count
        FRAME.replace("14         2", "14           "),  # a cell that is not there
        FRAME.replace("     2052", "  2052   "),  # a cell below no head
    ],
)
def test_what_is_not_counted_or_set_flush_right_is_no_frame(text: str) -> None:
    assert len(rows_of(read(text))) < 2 or rows_of(read(text))[0][-1][0] != "行政规范性文件"
