"""Draws a table with one cell that is tried, by operators of PDF, and reads that cell twice."""

from collections.abc import Callable
from io import BytesIO

from pdf_drawing import HEIGHT, Sheet, drawn, tables
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc

from extractor.document import Cell, Document, Source
from extractor.formats import pdf

XS, YS = [72, 172, 272, 372], [100, 130, 160, 190]
LEFT, BASE = 190.0, HEIGHT - 149.0  # where the number of the cell in the middle begins, in page space
CELL = (173.0, HEIGHT - 159.0, 98.0, 28.0)  # inside of that cell: left, bottom, width, height
Draw = Callable[[Sheet], None]


def raw(sheet: Sheet, operators: str) -> None:
    """Add operators to the page; F1 is Helvetica."""
    sheet.canvas._code.append(f"q {operators} Q")


def number(text: str, x: float = LEFT, y: float = BASE, size: float = 12) -> str:
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET"


def shown(sheet: Sheet) -> None:
    raw(sheet, number("17"))


def old_under(*cover: str) -> Draw:
    """Draw an old number, what covers it, and the new one on top."""
    return lambda sheet: raw(sheet, " ".join([number("94"), *cover, number("17")]))


def beside(operators: str) -> Draw:
    """Draw the number and something before it."""

    def draw(sheet: Sheet) -> None:
        shown(sheet)
        raw(sheet, operators)

    return draw


def rectangle(colour: str, box: tuple[float, float, float, float] = CELL) -> str:
    return f"q {colour} {box[0]} {box[1]} {box[2]} {box[3]} re f Q"


def before(text: str, x: float = LEFT - 6.7) -> str:
    return number(text, x)


def picture(
    sheet: Sheet,
    text: str | None,
    box: tuple[float, float, float, float] = CELL,
    ground: object = "white",
    ink: object = "black",
) -> None:
    image = Image.new("RGBA", (round(box[2] * 3), round(box[3] * 3)), ground)  # type: ignore[arg-type]
    if text:
        ImageDraw.Draw(image).text((50, 20), text, fill=ink, font_size=36)
    out = BytesIO()
    image.save(out, "PNG")
    sheet.canvas.drawImage(ImageReader(out), *box, mask="auto")


def watermark(sheet: Sheet) -> None:
    picture(sheet, "2024", (60, 500, 330, 260), (255, 255, 255, 0), (225, 225, 225))


def annotation(
    sheet: Sheet, subtype: str, appearance: str | None, contents: str = "", **more: object
) -> None:
    x, y, width, height = CELL
    entries = {
        "Type": pdfdoc.PDFName("Annot"),
        "Subtype": pdfdoc.PDFName(subtype),
        "Rect": pdfdoc.PDFArray([x, y, x + width, y + height]),
        "Contents": pdfdoc.PDFString(contents),
        "F": 4,
        **more,
    }
    if appearance is not None:
        document = sheet.canvas._doc
        font = {"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica"}
        resources = pdfdoc.PDFDictionary({"Font": pdfdoc.PDFDictionary({"F1": pdfdoc.PDFDictionary(font)})})
        stream = pdfdoc.PDFStream(content=appearance)
        stream.dictionary = pdfdoc.PDFDictionary(
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                "BBox": pdfdoc.PDFArray([0, 0, width, height]),
                "Resources": resources,
            }
        )
        entries["AP"] = pdfdoc.PDFDictionary({"N": document.Reference(stream)})
    sheet.canvas._addAnnotation(pdfdoc.PDFDictionary(entries))


def cell_in(document: Document) -> Cell:
    (table,) = tables(document)
    (cell,) = [cell for cell in table.cells if (cell.row, cell.column) == (1, 1)]
    return cell


def page(draw: Draw) -> Source:
    def whole(sheet: Sheet) -> None:
        sheet.table(XS, YS, [["行", "甲", "乙"], ["子", "", "3"], ["丑", "5", "8"]])
        sheet.text(72, 60, "云岭县档案局政府信息公开工作年度报告")
        draw(sheet)

    return drawn(whole)


def read_cell(draw: Draw) -> Cell:
    source = page(draw)
    first, second = cell_in(pdf.read(source)), cell_in(pdf.reread(source))
    assert (first.text, bool(first.unread)) == (second.text, bool(second.unread))
    return first
