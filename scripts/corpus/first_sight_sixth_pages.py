"""Pages of the sixth round: tables that style sheets make of boxes, and boxes placed one by one."""

from html import escape
from random import Random

from .draft import Draft, Heading, TableHere
from .grid import Grid, GridCell, grid_of
from .render_text import positions
from .truth import Truth

_LINE, _HIGH = 24, 26  # pixels between lines, height of a box
_WIDTHS = {
    "proactive": (200, 120, 120, 120),
    "requests": (70, 90, 260, *(60,) * 7),
    "disputes": (60,) * 15,
}


def placed_boxes(draft: Draft) -> str:
    """Return a page whose cells are bordered boxes placed one by one, in no order."""
    boxes: list[str] = []
    y = 20
    for block in draft.blocks:
        if isinstance(block, TableHere):
            grid = grid_of(draft.truth, block.code)
            boxes += _boxes_of(grid, _WIDTHS[block.code], y, draft.truth.seed)
            y += len(grid) * _HIGH + _LINE
            continue
        text = block.text + (block.tail if isinstance(block, Heading) else "")
        for at in range(0, len(text), 50):
            boxes.append(_placed(f"left:60px;top:{y}px;white-space:pre;font-size:15px", text[at : at + 50]))
            y += _LINE
    title = _placed("left:200px;top:0;font-size:18px;font-weight:bold", "".join(draft.title))
    body = f'<div style="position:relative;width:1000px;height:{y}px">{title}{"".join(boxes)}</div>'
    head = f"<meta charset=utf-8><title>{''.join(draft.title)}</title>"
    return f"<html><head>{head}</head><body>{body}</body></html>"


def _placed(style: str, text: str) -> str:
    return f'<div style="position:absolute;{style}">{escape(text)}</div>\n'


def _boxes_of(grid: Grid, widths: tuple[int, ...], top: int, seed: int) -> list[str]:
    boxes = []
    for y, row in enumerate(positions(grid)):
        for x, (cell, first) in enumerate(row):
            if not first or (y and positions(grid)[y - 1][x][0] is cell):
                continue
            wide = sum(widths[x : x + cell.column_span])
            style = (
                f"left:{60 + sum(widths[:x])}px;top:{top + y * _HIGH}px;width:{wide}px;"
                f"height:{cell.row_span * _HIGH}px;border:1px solid #000;font-size:11px;overflow:hidden"
            )
            boxes.append(_placed(style, cell.text))
    Random(seed).shuffle(boxes)
    return boxes


def css_grid(truth: Truth, code: str) -> str:
    """Return a table as one grid of a style sheet, its cells with their spans."""
    grid = grid_of(truth, code)
    width = sum(cell.column_span for cell in grid[0])
    boxes = "".join(
        f'<div style="grid-column:span {cell.column_span};grid-row:span {cell.row_span}">'
        f"{escape(cell.text)}</div>"
        for row in grid
        for cell in row
    )
    return f'<div style="display:grid;grid-template-columns:repeat({width}, 1fr)">{boxes}</div>\n'


def _stretches(row: list[tuple[GridCell, bool]]) -> list[tuple[str, int]]:
    """Return the cells of a row with their widths; one from above is empty."""
    found: list[tuple[str, int]] = []
    x = 0
    while x < len(row):
        cell, first = row[x]
        width = next((n for n in range(1, len(row) - x) if row[x + n][0] is not cell), len(row) - x)
        found.append((cell.text if first else "", width))
        x += width
    return found


def flex_rows(truth: Truth, code: str) -> str:
    """Return a table as rows of flexible boxes, each as wide as its columns."""
    rows = (
        "".join(f'<div style="flex:{width}">{escape(text)}</div>' for text, width in _stretches(row))
        for row in positions(grid_of(truth, code))
    )
    return f"<div>{''.join(f'<div class=r>{row}</div>' for row in rows)}</div>\n"


def inline_blocks(truth: Truth, code: str) -> str:
    """Return a table as lines of inline blocks, their widths in per cent."""
    lines = []
    for row in positions(grid_of(truth, code)):
        boxes = (
            f'<span style="display:inline-block;width:{100 * width / len(row):.2f}%">{escape(text)}</span>'
            for text, width in _stretches(row)
        )
        lines.append(f"<p>{''.join(boxes)}</p>")
    return f"<div>{''.join(lines)}</div>\n"
