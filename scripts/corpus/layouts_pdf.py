"""The PDF layouts."""

from collections.abc import Callable

from msgspec import structs

from .draft import Draft
from .expected import expect, where_much_is_lost
from .layouts import WITH_REQUESTS, Layout, Rendered
from .pdf_sheet import PdfManner
from .render_pdf import pdf
from .unplain_pdf import PDF_WAYS, unplain_pdf


def _pdf(manner: PdfManner) -> Callable[[Draft], Rendered]:
    return lambda draft: Rendered(pdf(draft, manner), expect(draft))


def _running(draft: Draft) -> Rendered:
    header = f"{draft.truth.agency.name}年度报告"
    return Rendered(pdf(draft, PdfManner(running_header=header, page_numbers=True)), expect(draft))


def _unruled(draft: Draft) -> Rendered:
    lost = where_much_is_lost(expect(draft), "verified", "doubtful", "partial")
    return Rendered(pdf(draft, PdfManner(ruled=False)), lost)


def _scanned(draft: Draft) -> Rendered:
    """Table 三 is only a picture: its cells are missing, the others are read."""
    expected = expect(draft)
    cells = {cell: e for cell, e in expected.cells.items() if not cell.startswith("requests.")}
    return Rendered(
        pdf(draft, PdfManner(scanned="requests")),
        structs.replace(expected, cells=cells, verdicts=("partial",)),
    )


def _unplain_cells(draft: Draft) -> Rendered:
    return Rendered(*unplain_pdf(draft, PDF_WAYS))


PDF_LAYOUTS = (
    Layout("pdf-ruled", "pdf", "pdf", _pdf(PdfManner())),
    Layout("pdf-header-repeated", "pdf", "pdf", _pdf(PdfManner(repeat_header=True))),
    Layout("pdf-label-cut", "pdf", "pdf", _pdf(PdfManner(cut_labels=True)), WITH_REQUESTS),
    Layout("pdf-vertical-heads", "pdf", "pdf", _pdf(PdfManner(vertical_heads=True)), WITH_REQUESTS),
    Layout("pdf-running-header", "pdf", "pdf", _running),
    Layout("pdf-rotated", "pdf", "pdf", _pdf(PdfManner(rotated=True))),
    Layout("pdf-unruled", "pdf", "pdf", _unruled, faultless=True),
    Layout("pdf-framed-prose", "pdf", "pdf", _pdf(PdfManner(framed_prose=True))),
    Layout("pdf-unplain-cells", "pdf", "pdf", _unplain_cells, WITH_REQUESTS, faultless=True, styled=False),
    Layout("pdf-scanned-page", "pdf", "pdf", _scanned, ("2021", "2019"), faultless=True),
)
