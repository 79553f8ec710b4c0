"""Writes a draft as a PDF with a text layer."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]  # no stubs

from .draft import Draft, Heading, Paragraph, TableHere
from .grid import grid_of
from .pdf_sheet import MARGIN, PdfManner, Sheet
from .pdf_table import draw_table

WIDTHS = {
    "proactive": [120.0] * 4,
    "requests": [24.0, 62.0, 117.0, *[40.0] * 7],
    "disputes": [32.0] * 15,
    "statistics": [330.0, 50.0, 90.0],
}


def pdf(draft: Draft, manner: PdfManner) -> bytes:
    """Return the bytes of a PDF of this report."""
    sheet = Sheet(manner)
    set_out(sheet, draft, lambda block: _draw(sheet, draft, block))
    return sheet.finish()


def set_out(sheet: Sheet, draft: Draft, draw: Callable[[TableHere], None]) -> None:
    """Put the titles, headings, paragraphs and tables of a report on a sheet, from top to bottom."""
    for line in draft.title:
        sheet.title(line)
    for block in draft.blocks:
        if isinstance(block, Heading):
            sheet.paragraph(block.text + block.tail, indent=bool(block.tail))
        elif isinstance(block, Paragraph):
            sheet.paragraph(block.text)
        else:
            draw(block)


def _draw(sheet: Sheet, draft: Draft, block: TableHere) -> None:
    if sheet.manner.scanned == block.code:
        sheet.break_page()
        _draw_picture(sheet)
        sheet.break_page()
        return
    draw_table(sheet, grid_of(draft.truth, block.code), WIDTHS[block.code])


def _draw_picture(sheet: Sheet) -> None:
    """Fill the page with the picture of a table, as a scanner leaves it."""
    picture = Image.new("L", (480, 700), 255)
    pen = ImageDraw.Draw(picture)
    for y in range(0, 700, 25):
        pen.line((0, y, 480, y), fill=0)
    for x in range(0, 480, 60):
        pen.line((x, 0, x, 700), fill=0)
    out = io.BytesIO()
    picture.save(out, "PNG")
    sheet.canvas.drawImage(ImageReader(out), MARGIN, MARGIN, 480, 700)
