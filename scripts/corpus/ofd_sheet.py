"""Draws a report on the pages of an OFD file, laid out as its PDF is."""

from msgspec import Struct
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]  # no stubs

from .draft import Draft
from .grid import grid_of
from .ofd_file import Ids, Page, annotation, pack, rule_object, text_object
from .pdf_sheet import FONT, PdfManner, Sheet
from .pdf_table import draw_table
from .render_pdf import WIDTHS, set_out

_MM = 25.4 / 72  # of a point
_PORTRAIT = (595.0, 842.0)


class OfdManner(Struct, frozen=True):
    """How an OFD file is laid out."""

    layout: PdfManner = PdfManner()
    no_deltas: bool = False  # the reader is left to advance by the widths of the font
    scaled: bool = False  # every text is drawn ten times as large and scaled down by its matrix
    template: bool = False  # a line of text in a template behind every page
    watermark: bool = False  # a slanted text over every page, and one as an annotation


class OfdSheet(Sheet):
    """Pages of an OFD file with the interface of the PDF's: lengths in points, y downwards."""

    def __init__(self, manner: OfdManner) -> None:
        """Begin with an empty page."""
        self.ofd = manner
        self.manner = manner.layout
        self.width, self.height = _PORTRAIT[::-1] if manner.layout.rotated else _PORTRAIT
        self.pages: list[Page] = []
        self.ids = Ids()
        self.page = 0
        self.y = 0.0
        self._begin_ofd_page()

    def _begin_ofd_page(self) -> None:
        self.pages.append(Page(template=self.ofd.template))
        self.page += 1
        self.y = 56.0
        if self.manner.running_header:
            self.text(56.0, 24, self.manner.running_header, 9)
        if self.manner.page_numbers:
            self.text(self.width / 2 - 12, self.height - 36, f"- {self.page} -", 9)

    def break_page(self) -> None:
        """Go on at the top of a new page."""
        self._begin_ofd_page()

    def text(self, x: float, y: float, text: str, size: float) -> None:
        """Write one line whose top is at y."""
        steps = [pdfmetrics.stringWidth(c, FONT, size) * _MM for c in text[:-1]]
        baseline = (y + size * 0.88) * _MM
        place, turn = (x * _MM, baseline), ""
        if self.manner.rotated:
            # The upright sheet lies on its left side: its top edge is the page's right one.
            place, turn = (_PORTRAIT[0] * _MM - baseline, x * _MM), "0 1 -1 0 0 0"
        scale = 10.0 if self.ofd.scaled else 1.0
        if self.ofd.scaled:
            turn = "0 0.1 -0.1 0 0 0" if turn else "0.1 0 0 0.1 0 0"
        if self.ofd.no_deltas:
            steps = []
        scaled = [step * scale for step in steps]
        self.pages[-1].objects.append(
            text_object(self.ids.next(), place, text, size * _MM * scale, scaled, turn=turn)
        )

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw a thin line."""
        box = (x0, y0, x1, y1)
        if self.manner.rotated:
            box = (_PORTRAIT[0] - y1, x0, _PORTRAIT[0] - y0, x1)
        self.pages[-1].objects.append(rule_object(self.ids.next(), *(side * _MM for side in box)))

    def finish(self) -> bytes:
        """Return the bytes of the whole file."""
        template = [text_object(self.ids.next(), (10, 6), "云岭县", 3, [3, 3])]
        if self.ofd.watermark:
            slanted = "0.7071 0.7071 -0.7071 0.7071 0 0"
            for page in self.pages:
                page.objects.append(
                    text_object(self.ids.next(), (60, 60), "内部资料", 20, [20] * 3, turn=slanted)
                )
                mark = text_object(self.ids.next(), (90, 150), "仅供查阅", 6, [6] * 3)
                page.annotations.append(annotation(self.ids.next(), "Watermark", mark))
        size = (_PORTRAIT[0] * _MM, _PORTRAIT[1] * _MM)
        return pack(self.pages, size, template=template if self.ofd.template else ())


def ofd(draft: Draft, manner: OfdManner) -> bytes:
    """Return the bytes of an OFD file of this report."""
    sheet = OfdSheet(manner)
    set_out(
        sheet, draft, lambda block: draw_table(sheet, grid_of(draft.truth, block.code), WIDTHS[block.code])
    )
    return sheet.finish()
