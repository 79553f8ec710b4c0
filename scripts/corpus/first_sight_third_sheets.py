"""PDF files of further makers: printed web pages, booklets, turned tables, spreadsheets, forms."""

from collections.abc import Callable, Sequence

from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]  # no stubs

from .draft import Draft
from .first_sight_third_grids import with_sheet_headings
from .grid import grid_of
from .pdf_sheet import FONT, PdfManner, Sheet
from .pdf_table import draw_table
from .render_pdf import WIDTHS, set_out

_PLAIN = PdfManner(page_numbers=True)


def _is_number(text: str) -> bool:
    return bool(text) and not text.strip("-.0123456789")


def drawn(draft: Draft, sheet: Sheet) -> bytes:
    """Return a report drawn on a sheet with its tables in their usual shape."""
    set_out(sheet, draft, lambda b: draw_table(sheet, grid_of(draft.truth, b.code), WIDTHS[b.code]))
    return sheet.finish()


def on(kind: type[Sheet], manner: PdfManner = _PLAIN) -> Callable[[Draft], bytes]:
    """Return what draws a report on a kind of sheet."""
    return lambda draft: drawn(draft, kind(manner))


class _WebPrint(Sheet):
    """Pages as a browser prints them: time and title above, address and count below."""

    pages = 0
    name = ""

    def _begin_page(self) -> None:
        super()._begin_page()
        if self.name:
            self._margins()

    def _margins(self) -> None:
        self.text(24, 18, "2025/2/11 16:41", 8)
        self.text(220, 18, f"{self.name}-政府信息公开", 8)
        self.text(24, self.height - 24, "https://www.yunling.example/zwgk/nb/t20250118_88.html", 8)
        self.text(self.width - 48, self.height - 24, f"{self.page}/{self.pages}", 8)


def web_print(draft: Draft) -> bytes:
    """Return what a browser prints of a page, rows divided where a page ends."""
    pages = 1
    for _ in range(2):
        sheet = _WebPrint(PdfManner(cut_labels=True))
        sheet.pages, sheet.name = pages, "".join(draft.title)
        sheet._margins()
        sheet.paragraph(
            "首页 > 政务公开 > 政府信息公开年报    字体：大 中 小    打印本页    关闭窗口", 9, False
        )
        data = drawn(draft, sheet)
        pages = sheet.page
    return data


class TwoUp(Sheet):
    """Two pages side by side on one large sheet, as a booklet is printed."""

    shift = 0.0

    def _begin_page(self) -> None:
        self.canvas.setPageSize((1190.0, 842.0))
        super()._begin_page()

    def break_page(self) -> None:
        """Go on at the right side, or at the left side of a new sheet."""
        if self.shift:
            self.shift = 0.0
            super().break_page()
            return
        self.shift = 595.0
        self._begin_page()

    def text(self, x: float, y: float, text: str, size: float) -> None:
        """Write one line on the current side."""
        super().text(x + self.shift, y, text, size)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a line on the current side."""
        super().rule(x0 + self.shift, y0, x1 + self.shift, y1)


class _Sideways(Sheet):
    """Upright pages of which some are written from the bottom to the top."""

    is_turned = False

    def _begin_page(self) -> None:
        self.width, self.height = (842.0, 595.0) if self.is_turned else (595.0, 842.0)
        if self.is_turned:
            self.canvas.translate(595.0, 0)
            self.canvas.rotate(90)
        super()._begin_page()


def sideways(draft: Draft) -> bytes:
    """Return a report whose wide tables are written along the long side of upright pages."""
    sheet = _Sideways(_PLAIN)
    widths = {"requests": [30.0, 80.0, 200.0, *[60.0] * 7], "disputes": [48.0] * 15}

    def draw(code: str) -> None:
        if code not in widths:
            draw_table(sheet, grid_of(draft.truth, code), WIDTHS[code])
            return
        for is_turned in (True, False):
            sheet.is_turned = is_turned
            sheet.break_page()
            if is_turned:
                draw_table(sheet, grid_of(draft.truth, code), widths[code])

    set_out(sheet, draft, lambda block: draw(block.code))
    return sheet.finish()


class Spread(Sheet):
    """Labels spread over the width of their cells, each character drawn by itself."""

    def cell_text(self, area: tuple[float, float, float, float], lines: Sequence[str], size: float) -> None:
        """Spread a label of one short line; leave numbers and longer texts together."""
        if len(lines) != 1 or _is_number(lines[0]) or not 1 < len(lines[0]) < 9:
            super().cell_text(area, lines, size)
            return
        x0, y0, x1, y1 = area
        text = lines[0]
        rest = x1 - x0 - 8 - pdfmetrics.stringWidth(text, FONT, size)
        gap = min(14.0, max(0.0, rest / (len(text) - 1)))
        x = x0 + max(4.0, (x1 - x0 - pdfmetrics.stringWidth(text, FONT, size) - gap * (len(text) - 1)) / 2)
        for character in text:
            self.text(x, (y0 + y1 - size * 1.2) / 2, character, size)
            x += pdfmetrics.stringWidth(character, FONT, size) + gap


class DoubleLines(Sheet):
    """Every line is two, each made of short pieces."""

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw two rows of pieces."""
        length = max(abs(x1 - x0), abs(y1 - y0))
        count = max(1, int(length / 18))
        for off in (-0.8, 0.8):
            dx, dy = (0.0, off) if y0 == y1 else (off, 0.0)
            for i in range(count):
                a, b = i / count, (i + 0.93) / count
                super().rule(
                    x0 + (x1 - x0) * a + dx,
                    y0 + (y1 - y0) * a + dy,
                    x0 + (x1 - x0) * b + dx,
                    y0 + (y1 - y0) * b + dy,
                )


def sheet_headings(draft: Draft) -> bytes:
    """Return a printed spreadsheet with the letters of its columns and the numbers of its rows."""
    sheet = Sheet(_PLAIN)
    begun = 3

    def draw(code: str) -> None:
        nonlocal begun
        grid = with_sheet_headings(grid_of(draft.truth, code), begun)
        begun += len(grid)
        factor = 465 / sum(WIDTHS[code])
        draw_table(sheet, grid, [18.0, *(w * factor for w in WIDTHS[code])])

    set_out(sheet, draft, lambda block: draw(block.code))
    return sheet.finish()


class FilledForm(Sheet):
    """Numbers are the values of form fields that lie on the page."""

    def cell_text(self, area: tuple[float, float, float, float], lines: Sequence[str], size: float) -> None:
        """Lay a field over a cell that holds a number."""
        if len(lines) != 1 or not _is_number(lines[0]):
            super().cell_text(area, lines, size)
            return
        x0, y0, x1, y1 = area
        number = self.__dict__.get("fields", 0)
        self.__dict__["fields"] = number + 1
        self.canvas.acroForm.textfield(
            name=f"field{number}",
            value=lines[0],
            x=x0 + 2,
            y=self.height - y1 + 2,
            width=x1 - x0 - 4,
            height=min(14.0, y1 - y0 - 4),
            fontSize=8,
            borderWidth=0,
            fieldFlags="readOnly",
        )
