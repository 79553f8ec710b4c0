"""Writes a draft as plain text: what browsers, scrapers and converters make of a page."""

from collections.abc import Callable, Iterator

from .draft import Draft, Heading, Paragraph
from .grid import Grid, GridCell, grid_of
from .truth import Truth

TableText = Callable[[Grid], str]


def lines_of(draft: Draft, table_text: TableText) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a report in order, each with whether it is a table."""
    for line in draft.title:
        yield line, False
    for block in draft.blocks:
        if isinstance(block, Heading):
            yield block.text + block.tail, False
        elif isinstance(block, Paragraph):
            yield block.text, False
        else:
            yield table_text(grid_of(draft.truth, block.code)), True


def text_of(draft: Draft, table_text: TableText, separator: str = "\n") -> str:
    """Return the whole report, its pieces apart by `separator`."""
    return separator.join(piece for piece, _ in lines_of(draft, table_text)) + "\n"


def positions(grid: Grid) -> list[list[tuple[GridCell, bool]]]:
    """Return the grid with every position filled; True where the cell begins there."""
    width = sum(cell.column_span for cell in grid[0])
    filled: dict[tuple[int, int], tuple[GridCell, bool]] = {}
    for y, row in enumerate(grid):
        x = 0
        for cell in row:
            while (y, x) in filled:
                x += 1
            for dy in range(cell.row_span):
                for dx in range(cell.column_span):
                    filled[y + dy, x + dx] = (cell, dy == dx == 0)
            x += cell.column_span
    return [[filled[y, x] for x in range(width) if (y, x) in filled] for y in range(len(grid))]


def tabbed(grid: Grid) -> str:
    """Return a browser copy: a tab before each cell, a line each, a blank line between rows."""
    rows = []
    for row in positions(grid):
        cells = [cell.text or "\u00a0" if first else "" for cell, first in _one_a_row(row)]
        rows.append("\n".join(f"\t{cell}" for cell in cells))
    return "\n\n".join(rows) + "\n\n"


def _one_a_row(row: list[tuple[GridCell, bool]]) -> Iterator[tuple[GridCell, bool]]:
    """Leave out the further columns of a cell that spans several."""
    previous: GridCell | None = None
    for cell, first in row:
        if cell is not previous:
            yield cell, first
        previous = cell


def counted_returns(grid: Grid) -> str:
    """Return bare carriage returns: 3 between cells, 5 between rows, 3 more for each blank."""
    rows = ["\r\r\r".join(cell.text for cell in row) for row in grid]
    return "\r" * 5 + "\r\r\r\r\r".join(rows) + "\r" * 5


def blank_lines(grid: Grid) -> str:
    """Return one cell a line, a blank line between cells and three between rows; blanks keep a line."""
    rows = ["\n\n".join(cell.text or "\u3000" for cell in row) for row in grid]
    return "\n\n\n" + "\n\n\n\n".join(rows) + "\n\n\n"


def cell_a_line(grid: Grid) -> str:
    """Return one cell a line; blank cells leave nothing behind."""
    return "\n".join(cell.text for row in grid for cell in row if cell.text)


def piped(grid: Grid) -> str:
    """Return rows joined by pipes, the further positions of merged cells empty."""
    rows = [[cell.text if first else "" for cell, first in row] for row in positions(grid)]
    return "\n".join(" | ".join(row) for row in rows)


def markdown(grid: Grid) -> str:
    """Return a Markdown table, merged cells repeated at every position."""
    rows = [[cell.text for cell, _ in row] for row in positions(grid)]
    rule = "|" + "---|" * len(rows[0])
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n" + "\n".join([lines[0], rule, *lines[1:]]) + "\n"


def aligned(grid: Grid) -> str:
    """Return columns aligned by spaces, full-width characters counting two."""
    rows = [[cell.text if first else "" for cell, first in row] for row in positions(grid)]
    widths = [
        max(map(_width, column)) for column in zip(*[r for r in rows if len(r) == len(rows[0])], strict=True)
    ]
    return "\n".join(
        "  ".join(text + " " * (w - _width(text)) for text, w in zip(row, widths, strict=False)).rstrip()
        for row in rows
    )


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2000 else 1 for character in text)


def value_first(grid: Grid) -> str:
    """Return each row's values before its labels, as raw PDF text has them."""
    lines: list[str] = []
    for row in grid:
        lines += [cell.text for cell in row if cell.cell and cell.text]
        lines += [cell.text for cell in row if not cell.cell]
    return "\n".join(lines)


def glued(grid: Grid) -> str:
    """Return the table without any border."""
    return "".join(cell.text for row in grid for cell in row)


def glued_with_spaces(grid: Grid) -> str:
    """Return the table without borders but for a space behind every fifth value."""
    values = [cell for row in grid for cell in row if cell.cell]
    return "".join(
        cell.text + (" " if cell.cell and values.index(cell) % 5 == 2 else "") for row in grid for cell in row
    )


def without_repeats(text: str) -> str:
    """Return the lines of a text, each only the first time that it stands there."""
    return "\n".join(dict.fromkeys(text.split("\n")))


def scraper_header(truth: Truth, title: str) -> str:
    """Return the lines that a crawler writes above a page's text."""
    return (
        f"标题: {title}\n发布时间: {truth.year + 1}-01-18 10:20\n文号: \n发布机构: {truth.agency.name}\n"
        f"栏目: 政府信息公开年报\n原文链接: https://www.example.invalid/zwgk/t{truth.seed}.htm\n"
        "======== 正文 ========\n"
    )


BREADCRUMB = (
    "当前位置： 首页政务公开政府信息公开年报 来源：本站 时间：2024-01-18 10:20 微信 微博 QQ空间 文字版 "
)
