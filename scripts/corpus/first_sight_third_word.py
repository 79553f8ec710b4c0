"""Word files of further habits: text boxes, turned pages, tables in cells, form fields, tall rows."""

import re
from collections.abc import Callable

from . import first_sight_third_grids as shape
from . import render_docx as word
from .docx_file import pack
from .draft import Draft, Heading, Paragraph
from .grid import Grid, GridCell, grid_of
from .render_html import TablesOf, usual_tables
from .render_pdf import WIDTHS
from .truth import Truth

TableXml = Callable[[Truth, str], str]
_TEXT = re.compile(r'<w:r><w:t xml:space="preserve">([^<]*)</w:t></w:r>')
_SMALL = '<w:r><w:rPr><w:sz w:val="14"/></w:rPr>'
_MARK = 'w:id="31" w:author="审核" w:date="2024-01-11T15:20:00Z"'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def written(draft: Draft, table: TableXml) -> bytes:
    """Return a Word file whose tables are written by a function of their own."""
    parts = [word.paragraph(line, '<w:jc w:val="center"/>') for line in draft.title]
    for block in draft.blocks:
        if isinstance(block, Heading):
            parts.append(word.paragraph(block.text + block.tail))
        elif isinstance(block, Paragraph):
            parts.append(word.paragraph(block.text, '<w:ind w:firstLine="640"/>'))
        else:
            parts.append(table(draft.truth, block.code))
    return pack("".join(parts))


def _table(grid: Grid, manner: word.Manner | None = None, widths: tuple[int, ...] = ()) -> str:
    xml = word.table(grid, manner or word.Manner())
    widths = widths or tuple(int(20 * w) for w in _widths(grid))
    if widths:
        columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
        xml = re.sub(r"<w:tblGrid>.*?</w:tblGrid>", f"<w:tblGrid>{columns}</w:tblGrid>", xml)
    return xml.replace("<w:tblPr/>", f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>")


def _widths(grid: Grid) -> list[float]:
    count = sum(cell.column_span for cell in grid[0])
    return next((w for w in WIDTHS.values() if len(w) == count), [])


def _small(text: str) -> str:
    """Return a run of small letters, so that long labels keep to one line."""
    return word.run(text).replace("<w:r>", _SMALL)


def of_grids(tables: TablesOf) -> TableXml:
    """Return what writes the grids of a shape one behind the other."""
    return lambda truth, code: "".join(_table(grid) for grid in tables(truth, code))


def in_text_boxes(truth: Truth, code: str) -> str:
    """Return each table inside a text box that floats on the page."""
    inner = _table(grid_of(truth, code), word.Manner(runs=_small))
    return (
        '<w:p><w:r><w:pict><v:shape type="#_x0000_t202" style="width:500pt;height:660pt" stroked="f">'
        f"<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )


def over_turned_pages(truth: Truth, code: str) -> str:
    """Return long tables on pages on their side, going on under 续表 on the next."""
    pieces = [_table(grid) for grid in shape.in_sections(truth, code)]
    if len(pieces) == 1:
        return pieces[0]
    upright = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr></w:p>'
    turned = upright.replace('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906" w:orient="landscape"')
    onward = word.paragraph("（续表）", '<w:pageBreakBefore/><w:jc w:val="right"/>')
    return upright + onward.join(pieces) + turned


def nested_values(truth: Truth, code: str) -> str:
    """Return a table in whose rows the numbers stand in a small table pasted into one cell."""
    grid = grid_of(truth, code)
    if code in ("proactive", "disputes"):
        return _table(grid)
    rows: list[list[GridCell]] = []
    for row in grid:
        values = [c for c in row if c.cell]
        if len(values) < 2:
            rows.append(list(row))
            continue
        span = sum(c.column_span for c in values)
        marks = "\u2063".join(c.text for c in values)
        rows.append([*(c for c in row if not c.cell), GridCell(f"\u2063{marks}\u2063", 1, span)])
    xml = _table(tuple(tuple(row) for row in rows))
    return re.sub(r"<w:p>(?:(?!</w:p>).)*\u2063(?:(?!</w:p>).)*</w:p>", _as_small_table, xml)


def _as_small_table(found: re.Match[str]) -> str:
    texts = "".join(_TEXT.findall(found[0])).strip("\u2063").split("\u2063")
    return _table((tuple(GridCell(text) for text in texts),))


def _field(text: str) -> str:
    """Return a number as the result of a form field."""
    if not text.strip("-.0123456789") and text:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Text1"/><w:enabled/>'
            '<w:textInput><w:default w:val="请填写"/></w:textInput></w:ffData></w:fldChar></w:r>'
            '<w:r><w:instrText xml:space="preserve"> FORMTEXT </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{word.run(text)}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )
    return word.run(text)


def form_fields(truth: Truth, code: str) -> str:
    """Return a table whose numbers are the contents of fields that a template leaves to fill."""
    return _table(grid_of(truth, code), word.Manner(runs=_field))


def _split(content: str) -> str:
    size = '<w:pPr><w:rPr><w:sz w:val="14"/></w:rPr></w:pPr>'
    return content.replace("\n", f'</w:t></w:r></w:p><w:p>{size}{_SMALL}<w:t xml:space="preserve">')


def tall_rows(truth: Truth, code: str) -> str:
    """Return tables whose rows are paragraphs of one row."""
    widths = {"requests": (5800, *[560] * 7), "statistics": (7400, 800, 1200)}.get(code, ())
    manner = word.Manner(runs=_small, around_cell=_split)
    return "".join(_table(grid, manner, widths) for grid in shape.stacked(truth, code))


def with_replaced_rows(truth: Truth, code: str) -> str:
    """Return a table with rows of an earlier draft still there, marked as taken out."""
    xml = "".join(_table(grid) for grid in usual_tables(truth, code))
    rows = re.findall(r"<w:tr>.*?</w:tr>", xml)
    for number, row in enumerate(rows):
        is_plain = "<w:vMerge" not in row and any(t.isdigit() for t in _TEXT.findall(row))
        if is_plain and number % 2:
            xml = xml.replace(row, _taken_out(row) + row, 1)
    return xml


def _taken_out(row: str) -> str:
    def old(found: re.Match[str]) -> str:
        text = str(int(found[1]) + 4) if found[1].isdigit() else found[1]
        run = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
        return f"<w:del {_MARK}>{run}</w:del>"

    return _TEXT.sub(old, row).replace("<w:tr>", f"<w:tr><w:trPr><w:del {_MARK}/></w:trPr>", 1)
