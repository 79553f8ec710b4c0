"""The sixth round of layouts, drawn anew after two sets that somebody drew who had not seen the reader.

What those sets said at first sight stands in scripts/first_sight.jsonl as rounds 6 and 7, by their own names.
"""

import csv
import io
from collections.abc import Callable

from msgspec import structs

from . import html_sites as sites
from . import render_html as html
from .draft import Draft, Heading, TableHere
from .expected import expect, without_raw
from .first_sight_sixth_pages import css_grid, flex_rows, inline_blocks, placed_boxes
from .first_sight_tables import cut_by_applicants as requests_cut_by_applicants
from .first_sight_tables import disputes_as_rows, of_disputes, of_requests
from .first_sight_third_grids import named
from .first_sight_third_pages import article
from .grid import Grid, GridCell, grid_of
from .layouts import Layout, Rendered
from .printed_forms import OUTCOMES, PROACTIVE
from .render_html import TablesOf, usual_tables
from .render_text import positions, text_of
from .truth import Truth

_EDITIONS = ("2021", "2019", "2021")


def _layout(name: str, form: str, write: Callable[[Draft], str]) -> Layout:
    def render(draft: Draft) -> Rendered:
        return Rendered(write(draft).encode(), without_raw(expect(draft)))

    return Layout(f"sight-{name}", form, "txt" if form == "text" else form, render, _EDITIONS)


def disputes_in_three(truth: Truth) -> tuple[Grid, ...]:
    """Return table 四 as three tables, each below its names."""
    values = grid_of(truth, "disputes")[-1]
    heads = tuple(GridCell(label) for _, label in OUTCOMES)
    names = (("行政复议",), ("行政诉讼", "未经复议直接起诉"), ("行政诉讼", "复议后起诉"))
    return tuple(
        (*((GridCell(name, 1, 5),) for name in above), heads, values[5 * at : 5 * at + 5])
        for at, above in enumerate(names)
    )


def _sums(truth: Truth) -> tuple[GridCell, ...]:
    values = grid_of(truth, "disputes")[-1]
    pairs = zip(values[5:10], values[10:], strict=True)
    return tuple(GridCell(str(sum(int(cell.text or 0) for cell in pair))) for pair in pairs)


def with_group_of_sums(truth: Truth) -> tuple[Grid, ...]:
    """Return table 四 with the sums of both kinds of 行政诉讼 as a fourth group."""
    grid = grid_of(truth, "disputes")
    heads = tuple(GridCell(label) for _, label in OUTCOMES)
    return (
        (
            (grid[0][0], structs.replace(grid[0][1], column_span=15)),
            (*grid[1], GridCell("合计", 1, 5)),
            (*grid[2], *heads),
            (*grid[3], *_sums(truth)),
        ),
    )


def with_row_of_sums(truth: Truth) -> tuple[Grid, ...]:
    """Return table 四 with a row for each kind and one for the sums of 行政诉讼."""
    return ((*disputes_as_rows(truth)[0], (GridCell("小计"), *_sums(truth))),)


def part_turned(truth: Truth, code: str) -> tuple[Grid, ...]:
    """Return table 二 with its first part turned: its rows are columns."""
    if code != "proactive":
        return usual_tables(truth, code)
    first = PROACTIVE[truth.proactive or ""][0]
    rows: list[tuple[GridCell, ...]] = [
        (GridCell(first.title, 1, 3),),
        (GridCell("信息内容"), *(GridCell(label) for _, label in first.rows)),
    ]
    for column, label in first.columns:
        ids = [f"proactive.{row}.{column}" for row, _ in first.rows]
        rows.append((GridCell(label), *(GridCell(truth.cells[i].raw, cell=i) for i in ids)))
    grid = grid_of(truth, code)
    rest = next(at for at, row in enumerate(grid) if at and len(row) == 1)
    return (tuple(rows), grid[rest:])


def names_run_together(truth: Truth, code: str) -> tuple[Grid, ...]:
    """Return table 二 as a list: a serial number, the row and the column in one, the number."""
    if code != "proactive":
        return usual_tables(truth, code)
    values = named(grid_of(truth, code))
    rows = [
        (GridCell(str(at)), GridCell(value.rows[-1] + value.columns[-1]), GridCell(value.text))
        for at, value in enumerate(values, 1)
    ]
    return (((GridCell("序号"), GridCell("项目"), GridCell("数量")), *rows),)


def _csv(tables: TablesOf) -> Callable[[Draft], str]:
    """Return what writes a report as a sheet saved as CSV, a merged cell's text in its first place."""

    def write(draft: Draft) -> str:
        out = io.StringIO()
        sheet = csv.writer(out, lineterminator="\n")
        sheet.writerow(["".join(draft.title)])
        for block in draft.blocks:
            if not isinstance(block, TableHere):
                sheet.writerow([block.text + (block.tail if isinstance(block, Heading) else "")])
                continue
            for grid in tables(draft.truth, block.code):
                width = max(sum(cell.column_span for cell in row) for row in grid)
                rows = [[cell.text if first else "" for cell, first in row] for row in positions(grid)]
                sheet.writerows([row + [""] * (width - len(row)) for row in rows])
                sheet.writerow([])
        return out.getvalue()

    return write


def tsv_sheet(draft: Draft) -> str:
    """Return a report as one sheet of tabs: every row as long as the longest, merged texts in every place."""
    rows: list[list[str]] = [["".join(draft.title)]]
    for block in draft.blocks:
        if isinstance(block, TableHere):
            grid = grid_of(draft.truth, block.code)
            rows += [[cell.text for cell, _ in row] for row in positions(grid)]
        else:
            rows.append([block.text + (block.tail if isinstance(block, Heading) else "")])
    width = max(map(len, rows))
    return "".join("\t".join(row + [""] * (width - len(row))) + "\n" for row in rows)


def under_captions(draft: Draft) -> str:
    """Return a page whose table four is three tables, each below a numbered caption that names its row."""
    names = ("行政复议", "行政诉讼—未经复议直接起诉", "行政诉讼—复议后起诉")

    def tables(truth: Truth, code: str) -> str:
        if code != "disputes":
            return html.tables_html(truth, TableHere(code), html.CLEAN, usual_tables)
        parts = [html.CLEAN.table(_rows(grid[-2:])) for grid in disputes_in_three(truth)]
        named_parts = enumerate(zip(names, parts, strict=True), 1)
        return "".join(f"<p>表4-{at}　{name}</p>\n{part}\n" for at, (name, part) in named_parts)

    return sites.bare(draft, article(draft, tables))


def _rows(grid: Grid) -> str:
    return "".join(html.CLEAN.row("".join(map(html.CLEAN.cell, row))) for row in grid)


def heads_in_lines(grid: Grid) -> str:
    """Return a table in columns of blanks, its heads broken into lines after three characters."""
    rows: list[list[str]] = []
    for row in positions(grid):
        cells = [cell.text if first else "" for cell, first in row]
        values = any(cell.cell for cell, _ in row)
        height = 1 if values else max(1, *(-(-len(text) // 3) for text in cells if len(text) < 7))
        for line in range(height):
            rows.append(
                [
                    text[3 * line : 3 * line + 3] if not values and len(text) < 7 else "" if line else text
                    for text in cells
                ]
            )
    widths = [max(_wide(row[x]) for row in rows) + 2 for x in range(len(rows[0]))]
    return "\n".join(
        "".join(text + " " * (width - _wide(text)) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _wide(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


def _boxed(table: Callable[[Truth, str], str]) -> Callable[[Draft], str]:
    style = "<style>.r{display:flex;border-bottom:1px solid}</style>"
    return lambda draft: sites.bare(draft, style + article(draft, table))


def pairs(truth: Truth, code: str) -> tuple[Grid, ...]:
    """Return each table as a list of two columns: the labels of a number, and the number."""
    values = named(grid_of(truth, code))
    if code == "disputes":
        return (tuple((GridCell("—".join(v.columns)), GridCell(v.text)) for v in values),)
    return (tuple((GridCell("—".join((*v.rows, v.columns[-1]))), GridCell(v.text)) for v in values),)


def _page(tables: TablesOf) -> Callable[[Draft], str]:
    return lambda draft: sites.bare(draft, html.body(draft, tables_of=tables))


ROUND_6 = (
    _layout("placed-boxes", "html", placed_boxes),
    _layout("csv-disputes-in-three", "text", _csv(of_disputes(disputes_in_three))),
    _layout("csv-group-of-sums", "text", _csv(of_disputes(with_group_of_sums))),
    _layout("csv-cut-by-applicants", "text", _csv(of_requests(requests_cut_by_applicants))),
    _layout("tsv-sheet", "text", tsv_sheet),
    _layout("heads-in-lines", "text", lambda draft: text_of(draft, heads_in_lines)),
    _layout("css-grid", "html", _boxed(css_grid)),
    _layout("flex-rows", "html", _boxed(flex_rows)),
    _layout("inline-blocks", "html", _boxed(inline_blocks)),
    _layout("under-captions", "html", under_captions),
    _layout("csv-pairs", "text", _csv(pairs)),
    _layout("group-of-sums", "html", _page(of_disputes(with_group_of_sums))),
    _layout("row-of-sums", "html", _page(of_disputes(with_row_of_sums))),
    _layout("part-turned", "html", _page(part_turned)),
    _layout("names-run-together", "html", _page(names_run_together)),
)
