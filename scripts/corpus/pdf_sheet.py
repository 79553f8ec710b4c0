"""Draws text and ruled tables on the pages of a PDF, with page breaks where a page is full."""

import io
from collections.abc import Sequence

from msgspec import Struct
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]  # no stubs
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]  # no stubs
from reportlab.pdfgen import canvas  # type: ignore[import-untyped]  # no stubs

from .grid import Grid, GridCell

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
FONT = "STSong-Light"
MARGIN = 56.0
LEADING = 1.4
_PADDING = 3.0


class PdfManner(Struct, frozen=True):
    """How a PDF is laid out."""

    ruled: bool = True
    repeat_header: bool = False
    cut_labels: bool = False  # a row that meets the page end is divided, its label with it
    vertical_heads: bool = False  # tall labels one character a line
    page_numbers: bool = False
    running_header: str = ""
    rotated: bool = False
    framed_prose: bool = False
    scanned: str | None = None  # this table is only a picture


def wrap(text: str, width: float, size: float) -> list[str]:
    """Return the lines of a text that fit into a width."""
    lines = [""]
    for character in text:
        if pdfmetrics.stringWidth(lines[-1] + character, FONT, size) > width and lines[-1]:
            lines.append("")
        lines[-1] += character
    return lines


class Sheet:
    """Pages that fill from the top; y is counted downwards from the top of the page."""

    def __init__(self, manner: PdfManner) -> None:
        """Begin with an empty page."""
        self.manner = manner
        self.width, self.height = (842.0, 595.0) if manner.rotated else (595.0, 842.0)
        self._out = io.BytesIO()
        self.canvas = canvas.Canvas(self._out, pagesize=(595.0, 842.0), invariant=1)
        self.page = 0
        self.y = 0.0
        self._begin_page()

    @property
    def bottom(self) -> float:
        """The lowest y that text may reach."""
        return self.height - MARGIN

    def _begin_page(self) -> None:
        self.page += 1
        self.y = MARGIN
        if self.manner.rotated:
            self.canvas.setPageRotation(90)
            self.canvas.transform(0, 1, -1, 0, 595.0, 0)
        if self.manner.running_header:
            self.text(MARGIN, 24, self.manner.running_header, 9)
        if self.manner.page_numbers:
            self.text(self.width / 2 - 12, self.height - 36, f"- {self.page} -", 9)

    def break_page(self) -> None:
        """Go on at the top of a new page."""
        self.canvas.showPage()
        self._begin_page()

    def finish(self) -> bytes:
        """Return the bytes of the whole file."""
        self.canvas.save()
        return self._out.getvalue()

    def text(self, x: float, y: float, text: str, size: float) -> None:
        """Write one line whose top is at y."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - y - size * 0.88, text)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a thin line."""
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw the frame of a rectangle."""
        for x in (x0, x1):
            self.rule(x, y0, x, y1)
        for y in (y0, y1):
            self.rule(x0, y, x1, y)

    def paragraph(self, text: str, size: float = 11, indent: bool = True) -> None:
        """Write running text, its first line set in by two characters."""
        lines = wrap(("　　" if indent else "") + text, self.width - 2 * MARGIN, size)
        for line in lines:
            if self.y + size * LEADING > self.bottom:
                self.break_page()
            if self.manner.framed_prose and indent:
                self.box(MARGIN - 4, self.y - 2, self.width - MARGIN + 4, self.y + size * LEADING)
            self.text(MARGIN, self.y, line, size)
            self.y += size * LEADING
        self.y += 4

    def title(self, text: str, size: float = 16) -> None:
        """Write one centred line."""
        width = pdfmetrics.stringWidth(text, FONT, size)
        if width > self.width - 2 * MARGIN:
            size *= (self.width - 2 * MARGIN) / width
            width = self.width - 2 * MARGIN
        self.text((self.width - width) / 2, self.y, text, size)
        self.y += size * LEADING + 6

    def cell_text(self, area: tuple[float, float, float, float], lines: Sequence[str], size: float) -> None:
        """Write lines into the middle of a rectangle."""
        x0, y0, x1, y1 = area
        y = y0 + max(_PADDING, (y1 - y0 - len(lines) * size * 1.2) / 2)
        for line in lines:
            width = pdfmetrics.stringWidth(line, FONT, size)
            self.text(x0 + max(1.0, (x1 - x0 - width) / 2), y, line, size)
            y += size * 1.2


def cell_lines(cell: GridCell, width: float, size: float, manner: PdfManner) -> list[str]:
    """Return the lines of a cell's text in a column of this width."""
    if manner.vertical_heads and cell.row_span > 4 and not cell.cell:
        return list(cell.text)
    return wrap(cell.text, width - 2 * _PADDING, size) if cell.text else []


def header_rows(grid: Grid) -> int:
    """Return how many rows of a grid stand before its first value."""
    return next(i for i, row in enumerate(grid) if any(cell.cell for cell in row))
