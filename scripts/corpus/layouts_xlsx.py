"""The workbook layouts."""

from msgspec import structs

from .draft import Draft
from .layouts import WITH_REQUESTS, Layout, Rendered
from .unplain_xlsx import XLSX_WAYS, unplain_xlsx


def _unplain_cells(draft: Draft) -> Rendered:
    """A row is no heading unless it is numbered as a section of the standard is."""
    data, expected = unplain_xlsx(draft, XLSX_WAYS)
    sections = tuple((code, heading) for code, heading in expected.sections if "." not in code)
    return Rendered(data, structs.replace(expected, sections=sections))


XLSX_LAYOUTS = (
    Layout("xlsx-unplain-cells", "xlsx", "xlsx", _unplain_cells, WITH_REQUESTS, faultless=True, styled=False),
)
