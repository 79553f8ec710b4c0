r"""Tables in the markup of wikis and of TeX, their spans kept and every cell at its place in the text."""

import pytest

from extractor.document import Document, Source, Table
from extractor.formats import read_document

WIKI = """标题
{| class="wikitable"
|-
! colspan="2" rowspan="2" | 项目
! colspan="2" | 件数
|-
! 新收 !! 办结
|-
! rowspan=2 | 甲
! 乙
| 3 || 4
|-
! 丙
| 5
| colspan="1" | 6
|}
正文。
"""
TEX = r"""标题
\begin{tabular}{|c|c|c|c|}
\hline
\multicolumn{2}{|c|}{\multirow{2}{*}{项目}} & \multicolumn{2}{|c|}{件数} \\
\cline{3-4}
\multicolumn{2}{|c|}{} & 新收 & 办结 \\ \hline
\multirow{2}{*}{甲} & 乙 & 3 & 4 \\
\hline
 & 丙 & 5 & 6 \\[2pt]
\hline
\end{tabular}
正文。
"""


def read(text: str) -> Document:
    return read_document(Source("a.txt", text.encode()))


def tables_of(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("text", [WIKI, TEX])
def test_cells_stand_where_their_spans_put_them(text: str) -> None:
    document = read(text)
    (table,) = tables_of(document)
    assert [(c.row, c.column, c.text, c.row_span, c.column_span) for c in table.cells] == [
        (0, 0, "项目", 2, 2),
        (0, 2, "件数", 1, 2),
        (1, 2, "新收", 1, 1),
        (1, 3, "办结", 1, 1),
        (2, 0, "甲", 2, 1),
        (2, 1, "乙", 1, 1),
        (2, 2, "3", 1, 1),
        (2, 3, "4", 1, 1),
        (3, 1, "丙", 1, 1),
        (3, 2, "5", 1, 1),
        (3, 3, "6", 1, 1),
    ]
    assert all(document.text[c.locator.start : c.locator.end] == c.text for c in table.cells)
    assert [block.text for block in document.blocks if not isinstance(block, Table)] == ["标题", "正文。"]


@pytest.mark.parametrize(
    "text",
    [
        WIKI.replace("| 5\n", "| 5\n又一行\n"),  # words that are no cell
        WIKI.replace("|}\n", ""),
        TEX.replace("4 \\\\\n", "4\n"),  # a row that goes on in the next line
        TEX.replace("\\end{tabular}\n", ""),
    ],
)
def test_what_is_not_understood_whole_is_no_such_table(text: str) -> None:
    assert not any(cell.row_span > 1 for table in tables_of(read(text)) for cell in table.cells)
