"""Packs rows of cells with spans into a spreadsheet, one sheet a table."""

import io
import zipfile
from collections.abc import Sequence
from html import escape

from .grid import Grid
from .render_text import positions

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def spreadsheet(sheets: Sequence[Grid]) -> bytes:
    """Return the bytes of an .xlsx file with these tables."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(f'<sheet name="表{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
            + "".join(
                f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_KIND}.worksheet+xml"/>'
                for n in numbers
            )
            + "</Types>"
        ),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
        ),
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": _sheet(grid) for n, grid in enumerate(sheets, 1)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), _XML + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _sheet(grid: Grid) -> str:
    rows, merged = [], []
    for y, row in enumerate(positions(grid), 1):
        cells = []
        for x, (cell, first) in enumerate(row):
            if first:
                cells.append(_cell(f"{_letter(x)}{y}", cell.text))
                end = f"{_letter(x + cell.column_span - 1)}{y + cell.row_span - 1}"
                if end != f"{_letter(x)}{y}":
                    merged.append(f'<mergeCell ref="{_letter(x)}{y}:{end}"/>')
        rows.append(f'<row r="{y}">{"".join(cells)}</row>')
    spans = f"<mergeCells>{''.join(merged)}</mergeCells>" if merged else ""
    return f'<worksheet xmlns="{_SHEET}"><sheetData>{"".join(rows)}</sheetData>{spans}</worksheet>'


def _cell(place: str, text: str) -> str:
    if text.isascii() and text.isdigit():
        return f'<c r="{place}"><v>{text}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def _letter(column: int) -> str:
    """Return the letter of a column (0-based); reports have fewer than 26."""
    return chr(ord("A") + column)
