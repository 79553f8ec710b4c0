"""Aligned columns in a terminal, where a Chinese character is two cells wide."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size

from extractor.cli.language import translated_line


def display_width(text: str) -> int:
    """Return how many terminal cells the text takes.

    >>> display_width("2021年")
    6
    """
    return cell_len(text)


def fit(text: str, width: int) -> str:
    """Return the text padded to this many cells, or cut and ended with "…".

    >>> fit("云岭县", 8) + "|"
    '云岭县  |'
    >>> fit("云岭县档案局", 8) + "|"
    '云岭县 …|'
    """
    if cell_len(text) > width:
        return set_cell_size(text, width - 1) + "…"
    return set_cell_size(text, width)


def align(rows: Sequence[Sequence[str]], widest: int = 44) -> Iterable[str]:
    """Yield the rows as lines, with each column as wide as its widest text.

    No column but the last is wider than `widest`; a longer text is cut.

    >>> list(align([("年", "机关"), ("2021", "云岭县")]))
    ['年    机关', '2021  云岭县']
    """
    rows = [[translated_line(text) for text in row] for row in rows]
    widths = [min(widest, max(map(display_width, column))) for column in zip(*rows, strict=True)]
    for row in rows:
        cut = [fit(text, width) for text, width in zip(row[:-1], widths, strict=False)]
        yield "  ".join((*cut, row[-1])).rstrip()
