"""Tables as text tools, converters and spreadsheets write them: drawn from the world, not from the reader."""

import csv
import io
from collections.abc import Callable

from .grid import Grid
from .render_text import positions

_LABEL_WIDTH = 24


def wide(text: str) -> int:
    """Return the columns of a console that a text takes."""
    return sum(2 if ord(character) > 0x2000 else 1 for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - wide(text))


def matrix(grid: Grid, *, repeated: bool = False) -> list[list[str]]:
    """Return the rows of a table, a merged cell's text in its first place or in each."""
    return [[cell.text if first or repeated else "" for cell, first in row] for row in positions(grid)]


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of so many console columns."""
    lines = [""]
    for character in text.replace("\n", ""):
        if wide(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines


def _in_lines(rows: list[list[str]]) -> tuple[list[list[list[str]]], list[int]]:
    """Return every cell in its lines, and how wide each column is."""
    cells = [[wrapped(text, _LABEL_WIDTH) for text in row] for row in rows]
    widths = [max(wide(line) for cell in column for line in cell) for column in zip(*cells, strict=True)]
    return cells, [max(width, 2) for width in widths]


def _line(cells: list[list[str]], at: int, widths: list[int], bar: str) -> str:
    padded = [
        _padded(cell[at] if at < len(cell) else "", width) for cell, width in zip(cells, widths, strict=True)
    ]
    return bar.join(padded)


def grid_table(grid: Grid) -> str:
    """Return pandoc's grid table: labels wrapped inside their cells."""
    cells, widths = _in_lines(matrix(grid))
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    lines = [rule]
    for row in cells:
        lines += [f"| {_line(row, at, widths, ' | ')} |" for at in range(max(map(len, row)))]
        lines.append(rule)
    return "\n".join(lines)


def multiline_table(grid: Grid) -> str:
    """Return pandoc's multiline table: columns told by blanks, labels wrapped, a blank line between rows."""
    cells, widths = _in_lines(matrix(grid))
    whole = "-" * (sum(widths) + len(widths) - 1)
    lines = [whole]
    for row in cells:
        lines += [_line(row, at, widths, " ").rstrip() for at in range(max(map(len, row)))]
        lines.append("")
    return "\n".join([*lines[:-1], whole])


def boxed(grid: Grid) -> str:
    """Return a table that a console draws with box characters."""
    rows = matrix(grid)
    widths = [max(map(wide, column)) for column in zip(*rows, strict=True)]

    def rule(left: str, middle: str, right: str) -> str:
        return left + middle.join("─" * (width + 2) for width in widths) + right

    lines = [
        "│ " + " │ ".join(_padded(t, w) for t, w in zip(row, widths, strict=True)) + " │" for row in rows
    ]
    between = "\n" + rule("├", "┼", "┤") + "\n"
    return rule("┌", "┬", "┐") + "\n" + between.join(lines) + "\n" + rule("└", "┴", "┘")


def data_frame(grid: Grid) -> str:
    """Return a Markdown table out of a data frame: unnamed heads, NaN where a merged cell goes on."""
    rows = [[text or "NaN" for text in row] for row in matrix(grid)]
    head = [t if t != "NaN" else f"Unnamed: {i}" for i, t in enumerate(rows[0])]
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows[1:])]
    return "\n" + "\n".join(lines) + "\n"


def quoted_copy(grid: Grid) -> str:
    """Return what a spreadsheet's copy leaves: tabs, and quotes around text that breaks inside."""
    out = io.StringIO()
    rows = [[_broken(text) for text in row] for row in matrix(grid)]
    csv.writer(out, delimiter="\t", lineterminator="\r\n").writerows(rows)
    return out.getvalue().rstrip("\r\n")


def _broken(text: str) -> str:
    return f"{text[:6]}\n{text[6:]}" if len(text) > 9 else text


def semicolons(grid: Grid) -> str:
    """Return the rows as a spreadsheet of another country exports them, every cell quoted."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(matrix(grid))
    return out.getvalue().rstrip("\n")


def recognized_rows(grid: Grid) -> str:
    """Return the lines of a recognizer: one a row, its cells apart by one blank, tall labels halfway down."""
    lines: list[str] = []
    for row in grid:
        labels = [c.text for c in row if not c.cell and c.row_span <= 3]
        values = [c.text for c in row if c.cell]
        lines.append(" ".join([*labels, *values]))
    for top, row in enumerate(grid):
        for cell in row:
            if cell.row_span > 3:
                lines[top + cell.row_span // 2] = f"{cell.text} {lines[top + cell.row_span // 2]}"
    return "\n".join(lines)


def matrix_tabs(grid: Grid) -> str:
    """Return a line a row, its cells apart by tabs."""
    return "\n".join("\t".join(row) for row in matrix(grid))


def quoted_mail(text: str) -> str:
    """Return the text as a reply quotes it."""
    return "".join(f"> {line}\n" for line in text.splitlines())


def reader_page(title: str, text: str) -> str:
    """Return a page as a reading service hands it out."""
    return (
        f"Title: {title}\n\nURL Source: https://www.example.invalid/zwgk/nb.html\n\n"
        f"Published Time: 2025-01-20T08:00:00Z\n\nMarkdown Content:\n{text}"
    )


def sparse_markdown(grid: Grid) -> str:
    """Return a Markdown table whose head is empty, merged cells in their first place alone."""
    rows = matrix(grid)
    lines = ["| " + " | ".join(row) + " |" for row in ([""] * len(rows[0]), ["---"] * len(rows[0]), *rows)]
    return "\n" + "\n".join(lines) + "\n"


TextOf = Callable[[Grid], str]
