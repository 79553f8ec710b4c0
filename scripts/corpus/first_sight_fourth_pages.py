"""Pages of the fourth round: tables in cells, cards, panes, labels apart, boxes, a report in one table."""

from collections.abc import Callable
from html import escape
from itertools import groupby
from unicodedata import east_asian_width

from .draft import Draft, Heading, TableHere
from .first_sight_third_grids import Named, has_value, named
from .grid import Grid, GridCell, Row, grid_of
from .render_html import CLEAN, usual_tables
from .render_text import positions
from .truth import Truth

_WIDTH = 15  # columns of a sheet that holds the whole report


def table_html(grid: Grid, cell: Callable[[GridCell], str] = CLEAN.cell) -> str:
    """Return a table whose cells are written by a function of their own."""
    return CLEAN.table("".join(CLEAN.row("".join(map(cell, row))) for row in grid))


def nested_rows(truth: Truth, code: str) -> str:
    """Return a table in which the numbers, and the heads, of each row are a small table in one cell."""
    grid = grid_of(truth, code)
    if code != "requests":
        return table_html(grid)
    heads = list(dict.fromkeys(value.columns[-1] for value in named(grid)))
    lines = [f"<td colspan=3>项目</td><td>{_one_row(heads)}</td>"]
    for row in grid:
        if has_value(row):
            labels = "".join(CLEAN.cell(cell) for cell in row if not cell.cell)
            lines.append(f"{labels}<td>{_one_row([cell.text for cell in row if cell.cell])}</td>")
    return CLEAN.table("".join(f"<tr>{line}</tr>\n" for line in lines))


def _one_row(texts: list[str]) -> str:
    cells = "".join(f'<td width="60">{escape(text)}</td>' for text in texts)
    return f'<table border="1" width="420"><tr>{cells}</tr></table>'


def cards_at_two_ends(truth: Truth, code: str) -> str:
    """Return a card a row, with its path over it, each number at the other end of its name's line."""
    grid = grid_of(truth, code)
    if code == "statistics":
        return table_html(grid)
    cards: list[str] = []
    shown: tuple[str, ...] = ()
    for value in named(grid):
        head = tuple(c for c in value.columns[:-1] if c not in ("申请人情况", "法人或其他组织"))
        path = (*head, *value.rows)
        if path != shown:
            crumb = f'<span class="crumb">{escape(" › ".join(path[:-1]))}</span>'
            cards.append(f'</ul><div class="card">{crumb}<b>{escape(path[-1])}</b></div><ul class="kv">')
            shown = path
        cards.append(f"<li><span>{escape(value.columns[-1])}</span><em>{escape(value.text)}</em></li>")
    style = "<style>.kv li{display:flex;justify-content:space-between}.crumb{display:block}</style>"
    return f"{style}<div><ul>{''.join(cards)}</ul></div>\n"


def data_labels(truth: Truth, code: str) -> str:
    """Return rows without heads, each number behind the name of its column that a style sheet paints."""
    grid = grid_of(truth, code)
    if code != "requests":
        return table_html(grid)
    rows: dict[tuple[str, ...], list[Named]] = {}
    for value in named(grid):
        rows.setdefault(value.rows, []).append(value)
    style = '<style>td[data-label]::before{content:attr(data-label)"："}</style>'
    lines = (
        f"<tr><td>{escape(' '.join(labels))}</td>"
        + "".join(f'<td data-label="{v.columns[-1]}">{escape(v.text)}</td>' for v in values)
        for labels, values in rows.items()
    )
    return style + CLEAN.table("</tr>\n".join(lines) + "</tr>")


def stacked_groups(truth: Truth, code: str) -> str:
    """Return table 三 with the rows of each group typed into one row, a line each."""
    grid = grid_of(truth, code)
    if code != "requests":
        return table_html(grid)
    rows: list[Row] = []
    left = 0
    for row in grid:
        group = next((c for c in row[:-8] if c.row_span > 1 and has_value(row) and c is not row[0]), None)
        group = group or next((c for c in row[:1] if c.row_span > 1 and len(row) == 9), None)
        if group is not None and group.text != "三、本年度办理结果":
            rows.append((*row[: row.index(group)], GridCell(group.text), *row[-8:]))
            left = group.row_span - 1
        elif left:
            left -= 1
            lead, own = rows[-1][:-8], rows[-1][-8:]
            both = tuple(
                GridCell(f"{a.text}\n{b.text}", 1, 1, a.cell) for a, b in zip(own, row[-8:], strict=True)
            )
            rows[-1] = (*lead, *both)
        else:
            rows.append(row)
    height = len(rows) - next(y for y, r in enumerate(rows) if r[0].text == "三、本年度办理结果") - 1
    return table_html(
        tuple(
            tuple(GridCell(c.text, height, 1) if c.text == "三、本年度办理结果" else c for c in row)
            for row in rows
        ),
        lambda cell: CLEAN.cell(cell).replace("\n", "<br>"),
    )


def laid_flat(truth: Truth, code: str) -> str:
    """Return table 二 as one row of numbers below the names of its blocks, rows and columns."""
    if code != "proactive" or truth.form != "2021":
        return "".join(table_html(grid) for grid in usual_tables(truth, code))
    values = named(grid_of(truth, code))
    levels = [[v.columns[0] for v in values], [v.rows[-1] for v in values], [v.columns[-1] for v in values]]
    heads = [tuple(GridCell(text, 1, len(list(run))) for text, run in groupby(level)) for level in levels[:2]]
    names = tuple(GridCell(text) for text in levels[2])
    return table_html((*heads, names, tuple(GridCell(value.text) for value in values)))


def labels_beside(truth: Truth, code: str) -> str:
    """Return the labels of table 三 in one table and its numbers in another beside it."""
    grid = grid_of(truth, code)
    if code != "requests":
        return table_html(grid)
    body = [row for row in grid if has_value(row)]
    labels = (grid[0][:1], *(tuple(c for c in row if not c.cell) for row in body))
    labels = ((GridCell(grid[0][0].text, 1, 3),), *labels[1:])
    heads = (grid[0][1:], *grid[1:3])
    numbers = (*heads, *(tuple(c for c in row if c.cell) for row in body))
    return (
        f'<div style="display:flex"><div class="fixed">{table_html(labels)}</div>'
        f'<div class="scroll">{table_html(numbers)}</div></div>'
    )


def boxes(truth: Truth, code: str) -> str:
    """Return tables drawn with lines as wide as an ideograph, in preformatted text."""
    filled = positions(grid_of(truth, code))
    texts = [[cell.text.replace("\n", "") if first else "" for cell, first in row] for row in filled]
    widths = [max(_columns(row[at]) for row in texts) for at in range(len(texts[0]))]
    widths = [width + width % 2 + 2 for width in widths]
    lines = [_rule(widths, "┌┬┐")]
    for number, row in enumerate(texts):
        if number:
            lines.append(_rule(widths, "├┼┤"))
        padded = (f" {t}{' ' * (w - 1 - _columns(t))}" for t, w in zip(row, widths, strict=True))
        lines.append(f"│{'│'.join(padded)}│")
    return f"<pre>{escape(chr(10).join([*lines, _rule(widths, '└┴┘')]))}</pre>\n"


def _rule(widths: list[int], corners: str) -> str:
    return corners[0] + corners[1].join("─" * (width // 2) for width in widths) + corners[2]


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def behind_fields(draft: Draft) -> str:
    """Return the sections as panes of which a field chosen by its label shows one."""
    sections: list[tuple[str, list[str]]] = []
    front: list[str] = [CLEAN.heading(line, 0) for line in draft.title]
    for block in draft.blocks:
        if isinstance(block, Heading) and block.level == 1:
            sections.append((block.text, [f"<p>{escape(block.tail)}</p>"] if block.tail else []))
            continue
        into = sections[-1][1] if sections else front
        if isinstance(block, TableHere):
            into.append("".join(table_html(grid) for grid in usual_tables(draft.truth, block.code)))
        else:
            into.append(f"<p>{escape(block.text + (block.tail if isinstance(block, Heading) else ''))}</p>")
    fields = "".join(
        f'<input type="radio" name="part" id="part{n}"><label for="part{n}">{escape(heading)}</label>'
        for n, (heading, _) in enumerate(sections)
    )
    panes = "".join(
        f'<section class="pane pane{n}">{"".join(inside)}</section>' for n, (_, inside) in enumerate(sections)
    )
    shown = "".join(f"#part{n}:checked~.pane{n}{{display:block}}" for n in range(len(sections)))
    return f"<style>.pane{{display:none}}{shown}</style>{''.join(front)}<div>{fields}{panes}</div>"


def one_table(draft: Draft) -> Grid:
    """Return a whole report as the rows of one table."""
    rows: list[Row] = [(GridCell(line, 1, _WIDTH),) for line in draft.title]
    for block in draft.blocks:
        if isinstance(block, TableHere):
            rows += grid_of(draft.truth, block.code)
        else:
            tail = block.tail if isinstance(block, Heading) else ""
            rows.append((GridCell(block.text + tail, 1, _WIDTH),))
    return tuple(rows)


def in_one_table(draft: Draft) -> str:
    """Return a page that a spreadsheet saved: one table, the prose in merged rows."""
    return table_html(one_table(draft))
