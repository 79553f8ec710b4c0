"""Tables that a page makes of boxes: rows and columns as a browser displays them, or none at all."""

import pytest

from extractor.document import Document, Source, Table
from extractor.formats.html import read

NUMBERS = [["事项", "甲", "乙"], ["一项", "3", "4"], ["二项", "5", "6"]]


def page(body: str, css: str = "") -> Document:
    text = f"<meta charset=utf-8><style>{css}</style><h1>题目</h1><div>{body}</div><p>正文在此结束。</p>"
    return read(Source("a.html", text.encode()))


def tables(document: Document) -> list[list[list[str]]]:
    found = (block for block in document.blocks if isinstance(block, Table))
    return [[[cell.text for cell in row] for row in table.rows().values()] for table in found]


def rows(values: list[list[str]], row: str = "", box: str = "") -> str:
    return "".join(f"<div {row}>{''.join(f'<div {box}>{t}</div>' for t in each)}</div>" for each in values)


@pytest.mark.parametrize(
    ("row", "box", "css"),
    [
        ("class=r", "", ".r{display:flex}"),
        ("class=r", "class=c", ".r{display:table-row}.c{display:table-cell}"),
        ("", "style='display:inline-block;width:30%'", ""),
        ("", "style='float:left;width:30%'", ""),
        ("class=row", "class='col-md-4 x'", ""),
        ("role=row", "role=cell", ""),
        ("style='display:grid;grid-template-columns:2fr 1fr 1fr'", "", ""),
    ],
)
def test_boxes_beside_each_other_are_the_cells_of_a_row(row: str, box: str, css: str) -> None:
    assert tables(page(rows(NUMBERS, row, box), css)) == [NUMBERS]


@pytest.mark.parametrize(
    ("row", "box"),
    [
        ("", ""),  # below each other
        ("style='display:flex;flex-direction:column'", ""),
        ("style='display:flex;flex-direction:row-reverse'", ""),
        ("style='display:flex'", "style='order:1'"),
        ("style='display:flex'", "style='position:absolute;left:90px'"),
    ],
)
def test_boxes_elsewhere_than_in_the_order_of_the_source_are_no_row(row: str, box: str) -> None:
    assert tables(page(rows(NUMBERS, row, box))) == []


def test_a_hidden_box_is_no_cell() -> None:
    values = [[*row[:2], row[2]] for row in NUMBERS]
    body = rows(values, "class=r").replace("</div></div>", "</div><div style='display:none'>9</div></div>")
    assert tables(page(body, ".r{display:flex}")) == [NUMBERS]


def test_widths_tell_which_columns_a_box_covers() -> None:
    wide = "<div class=r><div style='flex:3'>事项</div><div style='flex:7'>其中</div></div>"
    for row in NUMBERS:
        boxes = (f"<div style=flex:{w}>{text}</div>" for text, w in zip(row, (3, 4, 3), strict=True))
        wide += f"<div class=r>{''.join(boxes)}</div>"
    (table,) = (b for b in page(wide, ".r{display:flex}").blocks if isinstance(b, Table))
    assert [(cell.text, cell.column, cell.column_span) for cell in table.rows()[0]] == [
        ("事项", 0, 1),
        ("其中", 1, 2),
    ]


def test_rows_of_unlike_boxes_without_widths_are_left_as_they_are() -> None:
    assert tables(page(rows([["事项", "其中"], *NUMBERS], "class=r"), ".r{display:flex}")) == []


def test_a_grid_places_its_boxes_with_their_spans() -> None:
    boxes = [("事项", 1, 2), ("其中", 2, 1), ("甲", 1, 1), ("乙", 1, 1), ("一项", 1, 1), ("3", 1, 1)]
    boxes += [("4", 1, 1), ("二项", 1, 1), ("5", 1, 1), ("6", 1, 1)]
    cells = "".join(
        f"<div style='grid-column:span {wide};grid-row:span {high}'>{text}</div>"
        for text, wide, high in boxes
    )
    body = f"<div style='display:grid;grid-template-columns:repeat(3, 1fr)'>{cells}</div>"
    assert tables(page(body)) == [[["事项", "其中"], ["甲", "乙"], ["一项", "3", "4"], ["二项", "5", "6"]]]


def test_a_menu_and_a_list_of_links_are_no_tables() -> None:
    body = rows([["首页", "公开", "互动"], ["新闻", "政策", "服务"]], "class=r")
    assert tables(page(body, ".r{display:flex}")) == []
