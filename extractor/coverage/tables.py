"""Coverage as CSV, JSON, XLSX and a page with a matrix."""

import csv
import io
from collections.abc import Iterator
from html import escape
from itertools import groupby

import msgspec

from extractor.coverage.assess import STATES, Coverage, CoverageCell
from extractor.errors import MissingDependency, to_install

FORMATS = ("csv", "json", "xlsx", "html")
_HEADS = (
    *("name", "region_code", "agency_id", "year", "state", "published"),
    *("versions", "formats", "addresses", "note"),
)
_SIGNS = {"published": "●", "unreadable": "▲", "withdrawn": "○", "not_found": "×", "not_looked": "·"}
_COLOURS = {
    "published": "#c6efce",
    "unreadable": "#ffeb9c",
    "withdrawn": "#d9d2e9",
    "not_found": "#ffc7ce",
    "not_looked": "#eeeeee",
}
_LONGEST = 32_000  # characters; Excel's own limit is 32,767
_STYLE = (
    "body{font:14px sans-serif;margin:2em}table{border-collapse:collapse}th,td{border:1px solid #bbb;"
    "padding:2px 8px;text-align:center}th:first-child,td:first-child{text-align:left;position:sticky;left:0;"
    "background:#fff}thead th{position:sticky;top:0;background:#fff}a{color:inherit;text-decoration:none}"
    + "".join(f".{state}{{background:{colour}}}" for state, colour in _COLOURS.items())
)


def as_bytes(coverage: Coverage, kind: str) -> bytes:
    """Return the coverage in one of FORMATS."""
    writers = {"csv": _csv, "json": _json, "xlsx": _xlsx, "html": _html}
    return writers[kind](coverage)


def _fields(cell: CoverageCell) -> tuple[str | int, ...]:
    return (
        *(cell.name, cell.region_code, cell.agency_id or "", cell.year, cell.state, cell.published),
        *(cell.versions, "、".join(cell.formats), "\n".join(cell.addresses), cell.note),
    )


def _csv(coverage: Coverage) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEADS)
    writer.writerows(_fields(cell) for cell in coverage.cells)
    return text.getvalue().encode("utf-8-sig")  # with a byte order mark Excel recognizes UTF-8


def _json(coverage: Coverage) -> bytes:
    return msgspec.json.format(msgspec.json.encode(coverage), indent=1)


def _bodies(coverage: Coverage) -> Iterator[list[CoverageCell]]:
    """Yield the cells of each body, one per year; bodies with the same name stay separate."""
    count = max(len(coverage.years), 1)
    for _, cells in groupby(enumerate(coverage.cells), key=lambda pair: pair[0] // count):
        yield [cell for _, cell in cells]


def _xlsx(coverage: Coverage) -> bytes:
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingDependency(f"写 XLSX 需要 xlsxwriter：{to_install('archive')}") from error
    data = io.BytesIO()
    book = xlsxwriter.Workbook(
        data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    colours = {
        state: book.add_format({"bg_color": colour, "border": 1}) for state, colour in _COLOURS.items()
    }
    matrix, rows = book.add_worksheet("矩阵"), book.add_worksheet("明细")
    matrix.write_row(0, 0, ["机关", "区划代码", *coverage.years], head)
    matrix.set_column(0, 0, 30)
    for line, cells in enumerate(_bodies(coverage), 1):
        matrix.write_row(line, 0, [cells[0].name, cells[0].region_code])
        for column, cell in enumerate(cells, 2):
            matrix.write_string(line, column, STATES[cell.state], colours[cell.state])
    matrix.freeze_panes(1, 2)
    rows.write_row(0, 0, _HEADS, head)
    for line, cell in enumerate(coverage.cells, 1):
        rows.write_row(line, 0, [v[:_LONGEST] if isinstance(v, str) else v for v in _fields(cell)])
    rows.freeze_panes(1, 1)
    book.close()
    return data.getvalue()


def _html(coverage: Coverage) -> bytes:
    counts = "　".join(
        f'<span class="{state}">{_SIGNS[state]} {STATES[state]} {count}</span>'
        for state, count in coverage.counts().items()
    )
    years = "".join(f"<th>{year}</th>" for year in coverage.years)
    rows = "".join(
        f"<tr><td>{escape(cells[0].name)}</td><td>{escape(cells[0].region_code)}</td>"
        f"{''.join(_html_cell(cell) for cell in cells)}</tr>\n"
        for cells in _bodies(coverage)
    )
    page = (
        '<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>年报公布情况</title>'
        f"<style>{_STYLE}</style></head><body><h1>政府信息公开工作年度报告公布情况</h1><p>{counts}</p>"
        f"<table><thead><tr><th>机关</th><th>区划代码</th>{years}</tr></thead><tbody>\n{rows}</tbody></table>"
        "</body></html>\n"
    )
    return page.encode()


def _html_cell(cell: CoverageCell) -> str:
    told = (STATES[cell.state], cell.published, "、".join(cell.formats), cell.note)
    hint = escape("　".join(piece for piece in told if piece), quote=True)
    sign = _SIGNS[cell.state]
    if cell.addresses and cell.addresses[0].startswith(("http://", "https://")):
        sign = f'<a href="{escape(cell.addresses[0], quote=True)}">{sign}</a>'
    return f'<td class="{cell.state}" title="{hint}">{sign}</td>'
