"""Pages that place their text box by box: only what is displayed is read, at the place where it is."""

from extractor.document import Document, Source, Table
from extractor.formats.html import read, reread

PAGE = "<meta charset=utf-8><style>{css}</style><div style='position:relative;height:400px'>{boxes}"
ROWS, COLUMNS = 12, 4


def box(x: int, y: int, text: str, more: str = "") -> str:
    style = f"position:absolute;left:{x}px;top:{y}px;width:80px;height:20px;font-size:12px;{more}"
    return f'<div style="{style}">{text}</div>'


def page(*extra: str, border: str = "border:1px solid", css: str = "") -> Source:
    cells = [
        box(80 * x, 20 * y, str(100 * y + x), border)
        for y in reversed(range(ROWS))
        for x in reversed(range(COLUMNS))
    ]
    return Source("a.html", PAGE.format(css=css, boxes="".join((*cells, *extra))).encode())


def texts(document: Document) -> list[list[str]]:
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return [[cell.text for cell in row] for row in table.rows().values()]


WHOLE = [[str(100 * y + x) for x in range(COLUMNS)] for y in range(ROWS)]


def test_boxes_in_any_order_of_the_source_are_rows_and_columns_as_displayed() -> None:
    document = read(page())
    assert texts(document) == WHOLE
    assert [notice.code for notice in document.notices] == ["placed-text"]


def test_a_cell_has_the_path_of_its_box() -> None:
    (table,) = (block for block in read(page()).blocks if isinstance(block, Table))
    paths = [cell.locator.path or "" for cell in table.cells]
    assert all(path.startswith("(//*)[") for path in paths)
    assert len(set(paths)) == len(paths)


def test_boxes_placed_by_classes_from_the_lower_edge_are_read_too() -> None:
    css = ".t{position:absolute;font-size:12px}" + "".join(
        f".x{x}{{left:{120 * x}px}}" for x in range(COLUMNS)
    )
    css += "".join(f".y{y}{{bottom:{380 - 24 * y}px}}" for y in range(ROWS)) + ".p{height:400px}"
    boxes = "".join(
        f'<div class="t x{x} y{y}">{100 * y + x}</div>' for x in range(COLUMNS) for y in range(ROWS)
    )
    data = f"<style>{css}</style><div class=p style='position:relative'>{boxes}</div>"
    assert texts(read(Source("a.html", data.encode()))) == WHOLE


def test_a_number_below_a_later_box_with_a_background_is_doubtful() -> None:
    covered = read(page(box(0, 0, "", "background:#fff")))
    (table,) = (block for block in covered.blocks if isinstance(block, Table))
    assert [cell.text for cell in table.cells if cell.doubt == "overlay"] == ["0"]
    clear = read(page(box(0, 0, "", "background:transparent")))
    (table,) = (block for block in clear.blocks if isinstance(block, Table))
    assert [cell for cell in table.cells if cell.doubt] == []


def test_a_number_wider_than_its_box_is_not_taken_as_whole() -> None:
    wide = page(box(320, 0, "123456789012345678", "border:1px solid;overflow:hidden"))
    (table,) = (block for block in read(wide).blocks if isinstance(block, Table))
    assert [cell.unread[0].kind for cell in table.cells if cell.unread] == ["cut"]


def test_a_box_that_is_hidden_is_not_read() -> None:
    assert texts(read(page(box(320, 0, "77", "border:1px solid;display:none")))) == WHOLE


def test_digits_in_a_font_of_the_page_are_doubtful() -> None:
    css = "@font-face{font-family:f;src:url(a.woff)}div{font-family:f}"
    (table,) = (block for block in read(page(css=css)).blocks if isinstance(block, Table))
    assert {cell.doubt for cell in table.cells} == {"text-layer"}


def test_a_page_with_little_text_in_boxes_is_read_as_any_other() -> None:
    flow = "<p>" + "一般的文字，" * 200 + "</p>"
    data = page().data.replace(b"</style>", b"</style>" + flow.encode())
    assert [notice.code for notice in read(Source("a.html", data)).notices] == []


def test_a_box_without_a_known_place_leaves_the_page_to_the_usual_reading() -> None:
    loose = '<div style="position:absolute;left:10%;top:3px">18</div>'
    assert "placed-text" not in [notice.code for notice in read(page(loose)).notices]


def test_a_second_reader_that_ignores_styles_is_not_asked() -> None:
    assert reread(page()) is None
