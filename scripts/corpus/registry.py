"""All layouts together."""

from .layouts import Layout
from .layouts_docx import DOCX_LAYOUTS
from .layouts_html import HTML_LAYOUTS
from .layouts_ofd import OFD_LAYOUTS
from .layouts_pdf import PDF_LAYOUTS
from .layouts_text import TEXT_LAYOUTS
from .layouts_xlsx import XLSX_LAYOUTS

LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (*HTML_LAYOUTS, *DOCX_LAYOUTS, *PDF_LAYOUTS, *OFD_LAYOUTS, *XLSX_LAYOUTS, *TEXT_LAYOUTS)
}
