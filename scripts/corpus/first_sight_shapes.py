"""Tables in the shapes that offices give them: a second drawing, from the world and not from the reader."""

import re
from collections.abc import Callable
from html import escape

from msgspec import structs

from . import render_docx as word
from . import render_html as html
from .draft import Draft, Heading, Paragraph
from .grid import Grid, GridCell, Row, grid_of, item_grid
from .printed_forms import PROACTIVE
from .render_text import positions
from .truth import Truth, draw

Shaped = Callable[[Truth, str], tuple[Grid, ...]]


def _plain(truth: Truth, table: str) -> Grid:
    return grid_of(truth, table)


def items_in_a_left_column(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return table 二 with its items in a tall cell at the left, not in rows of their own."""
    if table != "proactive":
        return (grid_of(truth, table),)
    rows: list[Row] = []
    for item in PROACTIVE[truth.proactive or ""]:
        block = item_grid(item, truth.cells, 4)[1:]
        rows += [(GridCell(item.title, len(block)), *block[0]), *block[1:]]
    return (tuple(rows),)


def repeated_labels(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return each table with no merged cell: its text stands again in each place."""
    grid = _plain(truth, table)
    return (
        tuple(tuple(structs.replace(c, row_span=1, column_span=1) for c in _all(row)) for row in _full(grid)),
    )


def _full(grid: Grid) -> list[list[tuple[GridCell, bool]]]:
    return positions(grid)


def _all(row: list[tuple[GridCell, bool]]) -> list[GridCell]:
    """Return the cells of a row; a value that spans columns stands once and leaves blanks behind it."""
    return [c if first or not c.cell else GridCell("") for c, first in row]


def one_label_column(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return table 三 with one column of labels, the group and its item joined by a dash."""
    grid = _plain(truth, table)
    if table != "requests":
        return (grid,)
    head = [structs.replace(c, column_span=1) if c.column_span == 3 else c for c in grid[0]]
    rows: list[Row] = [tuple(head), *grid[1:3]]
    for cells in _full(grid)[3:]:
        labels = list(dict.fromkeys(c.text for c, _ in cells[:3]))
        shown = labels[1:] if len(labels) > 1 else labels
        rows.append((GridCell("——".join(shown)), *(c for c, _ in cells[3:])))
    return (tuple(rows),)


def without_serials(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return each table with its serial numbers lost, as lists numbered by a style leave them in a copy."""
    if table != "requests":
        return (_plain(truth, table),)
    change = re.compile(r"^(?:[一二三四]、|（[一二三四五六七]）|\d\.)")
    return (
        tuple(
            tuple(structs.replace(c, text=change.sub("", c.text)) if c.cell is None else c for c in row)
            for row in _plain(truth, table)
        ),
    )


def disputes_in_two(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return table 四 as one table of 行政复议 and one of 行政诉讼."""
    grid = _plain(truth, table)
    if table != "disputes":
        return (grid,)
    return (
        ((grid[0][0],), tuple(structs.replace(c, row_span=1) for c in grid[1][:5]), grid[3][:5]),
        ((grid[0][1],), grid[1][5:], grid[2], grid[3][5:]),
    )


def total_first(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return table 三 with 总计 before the kinds of applicants."""
    grid = _plain(truth, table)
    if table != "requests":
        return (grid,)
    rows: list[Row] = [grid[0], (grid[1][2], *grid[1][:2]), grid[2]]
    return ((*rows, *((*r[:-7], r[-1], *r[-7:-1]) for r in grid[3:])),)


def last_year_below(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return table 三 and below it that of the year before, each with its year in a row above."""
    if table != "requests":
        return (_plain(truth, table),)
    other = draw(truth.seed + 1, truth.form, "small")
    return tuple(
        ((GridCell(f"{year}年度", 1, 10),), *grid_of(t, table))
        for t, year in ((truth, truth.year), (other, truth.year - 1))
    )


def with_note_row(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return each table with a note and the names of those who filled it in as its last rows."""
    grid = _plain(truth, table)
    width = len(_full(grid)[0])
    note = "注：本表数据截至当年12月31日，由3个科室汇总。"
    signed = "填报人：张某　　审核人：李某　　联系电话：0000-7654321"
    return ((*grid, (GridCell(note, 1, width),), (GridCell(signed, 1, width),)),)


def header_apart(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return each table as two: its heads, and what stands below them."""
    grid = _plain(truth, table)
    if table == "proactive":
        return (grid,)
    at = next(i for i, row in enumerate(grid) if any(c.cell for c in row))
    return (grid[:at], grid[at:])


def cut_wide(truth: Truth) -> tuple[Grid, Grid]:
    """Return table 三 as a printout wider than a page: its last three columns have no labels."""
    grid = _plain(truth, "requests")
    first = (
        (grid[0][0], GridCell("申请人情况", column_span=4)),
        (GridCell("自然人", 2), GridCell("法人或其他组织", column_span=3)),
        grid[2][:3],
        *(r[:-3] for r in grid[3:]),
    )
    second = (
        (GridCell("", column_span=3),),
        (GridCell("", column_span=2), GridCell("总计", 2)),
        grid[2][3:],
        *(r[-3:] for r in grid[3:]),
    )
    return first, second


def as_blocks(draft: Draft) -> str:
    """Return the article with tables that are made of blocks, a style sheet sets them in rows."""
    parts = [f'<div class="title">{escape(line)}</div>\n' for line in draft.title]
    for block in draft.blocks:
        if isinstance(block, Heading):
            parts.append(f'<div class="h{block.level}">{escape(block.text + block.tail)}</div>\n')
        elif isinstance(block, Paragraph):
            parts.append(f"<div>{escape(block.text)}</div>\n")
        else:
            parts.append(_block_table(grid_of(draft.truth, block.code)))
    return "".join(parts)


def _block_table(grid: Grid) -> str:
    rows = "".join(
        '<div style="display:table-row">'
        + "".join(
            f'<div style="display:table-cell">{escape(c.text) if first else ""}</div>' for c, first in row
        )
        + "</div>\n"
        for row in _full(grid)
    )
    return f'<div style="display:table;border-collapse:collapse">\n{rows}</div>\n'


def _by_section(draft: Draft, markup: html.Markup) -> list[tuple[str, str]]:
    """Return the heading and the HTML of each section of the first level, the opening first."""
    parts: list[tuple[str, str]] = [("", "".join(f"<h1>{escape(line)}</h1>" for line in draft.title))]
    for block in draft.blocks:
        if isinstance(block, Heading) and block.level == 1:
            parts.append((block.text, ""))
        elif isinstance(block, Heading):
            add = markup.paragraph(block.text + block.tail)
            parts[-1] = (parts[-1][0], parts[-1][1] + add)
        elif isinstance(block, Paragraph):
            parts[-1] = (parts[-1][0], parts[-1][1] + markup.paragraph(block.text))
        else:
            table = html.tables_html(draft.truth, block, markup, html.usual_tables)
            parts[-1] = (parts[-1][0], parts[-1][1] + table)
    return parts


def folded(draft: Draft) -> str:
    """Return the article with each section in a part that a click opens."""
    first, *others = _by_section(draft, html.CLEAN)
    return first[1] + "".join(
        f"<details><summary>{escape(name)}</summary>{content}</details>\n" for name, content in others
    )


def in_panes(draft: Draft) -> str:
    """Return the article with its sections in panes, all but the first of them hidden."""
    first, *others = _by_section(draft, html.CLEAN)
    tabs = "".join(f'<li><a href="#p{i}">{escape(name)}</a></li>' for i, (name, _) in enumerate(others))
    panes = "".join(
        f'<div class="tab-pane" id="p{i}"{" style=display:none" if i else ""}>{content}</div>\n'
        for i, (_, content) in enumerate(others)
    )
    return f'{first[1]}<ul class="nav-tabs">{tabs}</ul><div class="tab-content">{panes}</div>\n'


def word_rows_of_tabs(grid: Grid) -> str:
    """Return a table that was typed into Word with tabs, one paragraph a row."""
    tab = "<w:r><w:tab/></w:r>"
    lines = []
    for row in _full(grid):
        runs = tab.join(word.run(cell.text) if first else "" for cell, first in row)
        lines.append(f"<w:p>{runs}</w:p>")
    return "".join(lines)


def word_old_merges(grid: Grid) -> str:
    """Return a Word table whose cells are merged by hMerge and vMerge, one cell a place."""
    rows = []
    for y, row in enumerate(_full(grid)):
        cells = []
        for x, (cell, _) in enumerate(row):
            across = "" if cell.column_span == 1 else _merge("h", x == 0 or row[x - 1][0] is not cell)
            down = "" if cell.row_span == 1 else _merge("v", not _stands_above(grid, cell, y, x))
            begins = "continue" not in across + down
            text = word.paragraph(cell.text if begins else "")
            cells.append(f"<w:tc><w:tcPr>{across}{down}</w:tcPr>{text}</w:tc>")
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    columns = '<w:gridCol w:w="800"/>' * len(_full(grid)[0])
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl><w:p/>"


def _stands_above(grid: Grid, cell: GridCell, y: int, x: int) -> bool:
    return y > 0 and _full(grid)[y - 1][x][0] is cell


def _merge(way: str, begins: bool) -> str:
    return f'<w:{way}Merge w:val="{"restart" if begins else "continue"}"/>'
