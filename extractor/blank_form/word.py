"""The blank form as a Word file, in the layout of official documents."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt

from extractor.blank_form.grid import BlankForm, FormPart, column_widths, places

_TITLE, _HEADING, _BODY = "方正小标宋简体", "黑体", "仿宋"
_SMALL = 9.0  # points; font size in tables
_A4 = (Cm(21.0), Cm(29.7))
_MARGINS = (Cm(2.5), Cm(2.0))  # at top and bottom, and at the sides


def word_form(form: BlankForm) -> bytes:
    """Return the bytes of a .docx file."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = _A4
    section.top_margin = section.bottom_margin = _MARGINS[0]
    section.left_margin = section.right_margin = _MARGINS[1]
    _set_font(document.styles["Normal"], _BODY, 16)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set_font(title.add_run(form.title), _TITLE, 22)
    document.add_paragraph()
    for part in form.parts:
        _set_font(document.add_paragraph().add_run(part.heading), _HEADING, 16)
        if part.rows:
            _add_table(document, part)
        document.add_paragraph()
    document.core_properties.title = form.title
    document.core_properties.author = ""
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def _set_font(styled: Any, name: str, points: float) -> None:
    """Set the font of a run or a style, for Chinese characters too."""
    styled.font.name = name
    styled.font.size = Pt(points)
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _add_table(document: Any, part: FormPart) -> None:
    table = document.add_table(rows=len(part.rows), cols=part.width, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = column_widths(part)
    room = _A4[0] - 2 * _MARGINS[1]
    grid = [list(row.cells) for row in table.rows]
    for at, width in enumerate(widths):
        table.columns[at].width = Emu(room * width // sum(widths))
    for y, x, placed in places(part.rows):
        here = grid[y][x]
        if placed.row_span > 1 or placed.column_span > 1:
            here = here.merge(grid[y + placed.row_span - 1][x + placed.column_span - 1])
        paragraph = here.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if placed.text:
            _set_font(paragraph.add_run(placed.text), _BODY, _SMALL)
        else:
            _set_size_of_what_comes(paragraph)


def _set_size_of_what_comes(paragraph: Any) -> None:
    """Give empty cells the font size of the labels, for text typed into them."""
    style = paragraph.part.document.styles
    if "Form Value" not in style:
        value = style.add_style("Form Value", 1)
        value.base_style = style["Normal"]
        _set_font(value, _BODY, _SMALL)
    paragraph.style = style["Form Value"]
