"""Numbers drawn in cells of workbooks, Word files, OFD and PDF pages as pictures, outlines or text boxes."""

import zipfile
from io import BytesIO

import openpyxl
from docx_paper import p, paper, tables, tbl, tc, tr
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from pdf_cells import picture as picture_in_pdf
from pdf_cells import read_cell
from test_picture_number import file_of, picture

from extractor.document import Cell, Source, Table
from extractor.formats import docx
from extractor.formats.office.workbook import read_unplain

PNG = file_of(picture("17"))


def told(cell: Cell) -> list[tuple[str, str, bool]]:
    return [(each.kind, each.guess, each.shown) for each in cell.unread]


def workbook(value: object, *, last: tuple[int, int] = (1, 1), merged: str = "", shape: str = "") -> Cell:
    """Return the cell B2 of a workbook with a picture or shape from it to the cell `last` (row, column)."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["信息内容", "本年", "上年"], ["行政许可", value, 5], ["行政处罚", 3, 8]):
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    image = SheetImage(BytesIO(PNG))
    begin = AnchorMarker(col=1, row=1, colOff=20_000, rowOff=20_000)
    end = AnchorMarker(col=last[1], row=last[0], colOff=300_000, rowOff=100_000)
    image.anchor = TwoCellAnchor(_from=begin, to=end)
    sheet.add_image(image)
    out = BytesIO()
    book.save(out)
    data = _with_shape(out.getvalue(), shape) if shape else out.getvalue()
    document = read_unplain(Source("样本.xlsx", data))
    assert document is not None
    table = document.blocks[0]
    assert isinstance(table, Table)
    return next(cell for cell in table.cells if (cell.row, cell.column) == (1, 1))


def _with_shape(data: bytes, shape: str) -> bytes:
    """Return the workbook with a shape in the place of its picture."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/drawings/drawing"):
                text = part.decode()
                head, rest = text.split("<pic", 1) if "<pic" in text else text.split("<xdr:pic", 1)
                prefix = "xdr:" if "<xdr:pic" in text else ""
                tail = rest.split(f"</{prefix}pic>", 1)[1]
                part = (head + shape.replace("X:", prefix) + tail).encode()
            new.writestr(name, part)
    return out.getvalue()


def box(text: str, fill: str = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>') -> str:
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    body = f"<X:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></X:txBody>"
    return f"<X:sp {space}><X:spPr>{fill}</X:spPr>{body}</X:sp>"


def test_the_number_of_a_picture_in_a_blank_cell_of_a_workbook_is_read() -> None:
    assert told(workbook(None)) == [("picture", "17", True)]
    assert told(workbook(None, last=(1, 2), merged="B2:C2")) == [("picture", "17", True)]
    assert told(workbook(None, last=(1, 2))) == [("picture", "", False)]  # over two cells
    assert workbook(94).doubt == "overlay"


def test_a_text_box_over_a_cell_of_a_workbook_is_what_is_seen() -> None:
    over = workbook(94, shape=box("17"))
    assert (over.text, over.unread, over.doubt) == ("17", (), "overlay")
    assert told(workbook(None, shape=box("1,204", ""))) == [("drawing", "1,204", True)]
    assert told(workbook(94, shape=box("17", ""))) == [("drawing", "17", True)]  # both are seen
    assert told(workbook(94, shape=box("17"), last=(1, 2))) == [("drawing", "", False)]
    assert told(workbook(94, shape=box("见附件3"))) == [("drawing", "", False)]


def test_the_number_of_a_picture_in_a_word_file_is_read() -> None:
    drawing = (
        '<w:r><w:drawing><a:graphic><pic:pic><a:blip r:embed="a"/></pic:pic></a:graphic></w:drawing></w:r>'
    )
    source = paper(tbl(tr("甲", tc(p(drawing)), tc(p(drawing + drawing.replace('"a"', '"b"'))))))
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(source.data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            if name == "word/_rels/document.xml.rels":
                for key, file in (("a", "a.png"), ("b", "none.png")):
                    added = f'<Relationship Id="{key}" Type="x/image" Target="media/{file}"/></Relationships>'
                    part = part.replace("</Relationships>", added)
            new.writestr(name, part)
        new.writestr("word/media/a.png", PNG)
    (table,) = tables(docx.read(Source("样本.docx", out.getvalue())))
    assert told(table.cells[1]) == [("picture", "17", True)]
    assert told(table.cells[2]) == [("picture", "17", True), ("picture", "", False)]


def test_numbers_of_pictures_and_outlines_in_a_pdf_are_read() -> None:
    assert told(read_cell(lambda sheet: picture_in_pdf(sheet, "17"))) == [("picture", "17", True)]
    cell = read_cell(lambda sheet: sheet.canvas._code.append(_outlines()))
    assert told(cell) == [("drawing", "17", True)]


def _outlines() -> str:
    """Return operators that fill the outlines of two digits: a 1 and a 7 of straight lines."""
    one = "0 7 m 2.4 9 l 3.6 9 l 3.6 1 l 5.4 1 l 5.4 0 l 0.4 0 l 0.4 1 l 2.4 1 l 2.4 7.7 l 0 6 l h f"
    seven = "7.5 9 m 13.5 9 l 13.5 8.2 l 10.2 0 l 9 0 l 12.2 7.9 l 7.5 7.9 l h f"
    return f"q 1 0 0 1 195 {842 - 150} cm {one} {seven} Q"
