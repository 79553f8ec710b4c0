"""Tables laid out in the paragraphs of other formats."""

from extractor.document import Locator, Paragraph, Source, Table
from extractor.formats import read_document
from extractor.formats.text.within import with_tables_of_lines


def paragraphs(*lines: str) -> list[Paragraph]:
    return [Paragraph(line, Locator(paragraph=number)) for number, line in enumerate(lines, 1)]


def test_rows_of_tabs_are_a_table_whose_cells_point_at_their_paragraphs() -> None:
    before, table, after = with_tables_of_lines(paragraphs("正文。", "项目\t甲\t乙", "子\t1\t2", "结尾。"))
    assert isinstance(table, Table)
    assert [(c.text, c.locator.paragraph) for c in table.cells][2:5] == [("乙", 2), ("子", 3), ("1", 3)]
    assert [b.text for b in (before, after) if isinstance(b, Paragraph)] == ["正文。", "结尾。"]


def test_lines_that_tabs_indent_stay_text() -> None:
    lines = paragraphs("正文。", "\t\t\t云岭县档案局", "\t\t\t2024年1月3日", "联系人：\t电话：")
    assert with_tables_of_lines(lines) == tuple(lines)


def test_a_list_of_contents_stays_text() -> None:
    lines = paragraphs("一、总体情况\t1", "二、主动公开\t3", "三、申请\t5")
    assert with_tables_of_lines(lines) == tuple(lines)


def test_a_paragraph_with_unread_content_is_left_alone() -> None:
    lines = [Paragraph("项目\t甲\t乙", doubt="overlay"), Paragraph("子\t1\t2", doubt="overlay")]
    assert with_tables_of_lines(lines) == tuple(lines)


def test_a_box_in_a_page_is_a_table_with_the_text_around_it() -> None:
    box = "表：\n┌────┬───┐\n│ 甲甲   │ 12   │\n├────┼───┤\n│        │ 3    │\n└────┴───┘\n完。"
    page = f"<meta charset=utf-8><body><p>前文。</p><pre>{box}</pre></body>"
    document = read_document(Source("a.html", page.encode()))
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [(c.row, c.column, c.text) for c in table.cells] == [
        (0, 0, "甲甲"), (0, 1, "12"), (1, 0, ""), (1, 1, "3"),
    ]  # fmt: skip
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["前文。", "表：", "完。"]


def test_headings_of_tex_are_headings() -> None:
    text = "\\section*{一、总体情况}\n正文。\n\\subsection{（一）主动公开}\n正文。\n"
    blocks = read_document(Source("a.txt", text.encode())).blocks
    told = [(b.text, b.level) for b in blocks if isinstance(b, Paragraph)]
    assert told[::2] == [("一、总体情况", 1), ("（一）主动公开", 2)]
