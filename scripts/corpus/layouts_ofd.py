"""The OFD layouts."""

from collections.abc import Callable

from .draft import Draft
from .expected import expect
from .layouts import WITH_REQUESTS, Layout, Rendered
from .ofd_sheet import OfdManner, ofd
from .pdf_sheet import PdfManner
from .unplain_ofd import OFD_WAYS, unplain_ofd


def _ofd(manner: OfdManner) -> Callable[[Draft], Rendered]:
    return lambda draft: Rendered(ofd(draft, manner), expect(draft))


def _unplain_cells(draft: Draft) -> Rendered:
    return Rendered(*unplain_ofd(draft, OFD_WAYS))


OFD_LAYOUTS = (
    Layout("ofd-ruled", "ofd", "ofd", _ofd(OfdManner())),
    Layout("ofd-unplain-cells", "ofd", "ofd", _unplain_cells, WITH_REQUESTS, faultless=True, styled=False),
    Layout("ofd-rotated", "ofd", "ofd", _ofd(OfdManner(PdfManner(rotated=True)))),
    Layout("ofd-scaled", "ofd", "ofd", _ofd(OfdManner(scaled=True))),
    Layout("ofd-no-deltas", "ofd", "ofd", _ofd(OfdManner(no_deltas=True))),
    Layout("ofd-watermark", "ofd", "ofd", _ofd(OfdManner(template=True, watermark=True))),
    Layout("ofd-label-cut", "ofd", "ofd", _ofd(OfdManner(PdfManner(cut_labels=True))), WITH_REQUESTS),
    Layout(
        "ofd-vertical-heads", "ofd", "ofd", _ofd(OfdManner(PdfManner(vertical_heads=True))), WITH_REQUESTS
    ),
)
