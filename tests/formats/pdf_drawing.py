"""Draws small PDFs for the tests: text and rules at places counted from the top left."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from extractor.document import Cell, Document, Paragraph, Source, Table

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
FONT = "STSong-Light"
HEIGHT = 842.0
WIDTH = 595.0


class Sheet:
    """A canvas whose y grows downwards from the top of the page."""

    def __init__(self, size: tuple[float, float] = (WIDTH, HEIGHT), **options: Any) -> None:
        """Options go to the canvas."""
        self._bytes = BytesIO()
        self.size = size
        self.canvas = canvas.Canvas(self._bytes, pagesize=size, **options)

    def text(self, x: float, y: float, text: str, size: float = 12, font: str = FONT) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.size[1] - y - size * 0.8, text)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        self.canvas.setLineWidth(width)
        self.canvas.line(x0, self.size[1] - y0, x1, self.size[1] - y1)

    def box(self, x0: float, y0: float, x1: float, y1: float, *, fill: int = 0, stroke: int = 1) -> None:
        self.canvas.rect(x0, self.size[1] - y1, x1 - x0, y1 - y0, fill=fill, stroke=stroke)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def cells(self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        for top, row in zip(ys, rows, strict=False):
            for left, text in zip(xs, row, strict=False):
                if text:
                    self.text(left + 4, top + 4, text)

    def table(self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        self.grid(xs, ys)
        self.cells(xs, ys, rows)

    def page(self) -> None:
        self.canvas.showPage()

    def source(self) -> Source:
        self.canvas.save()
        return Source("样本.pdf", self._bytes.getvalue())


def drawn(*draw: Callable[[Sheet], None], **options: Any) -> Source:
    """Return a PDF with one page for each drawing."""
    sheet = Sheet(**options)
    for page in draw:
        page(sheet)
        sheet.page()
    return sheet.source()


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def paragraphs(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def rows(table: Table) -> list[list[str]]:
    """Return the texts of the cells row by row, merged cells once."""
    count = max(cell.row for cell in table.cells) + 1
    lines: list[list[str]] = [[] for _ in range(count)]
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        lines[cell.row].append(cell.text)
    return lines


def cell(table: Table, text: str) -> Cell:
    (found,) = [cell for cell in table.cells if cell.text == text]
    return found


def codes(document: Document) -> list[str]:
    return [notice.code for notice in document.notices]
