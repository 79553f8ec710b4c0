"""Positions the cells of tables in markup, taking spans into account."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from extractor.document import Cell
from extractor.formats.text.lines import TextPiece

MOST_SPANNED = 200  # rows and columns that a cell may span


class WrittenCell(Struct, frozen=True):
    """A cell in markup: its text and its spans."""

    piece: TextPiece
    row_span: int = 1
    column_span: int = 1


def placed_cells(
    text: str, rows: Sequence[Sequence[WrittenCell]], fills_below_spans: bool = False
) -> Iterator[Cell]:
    """Yield cells at the positions that the spans of others leave free.

    Args:
        text: The text that they are pieces of.
        rows: The cells of each row, from left to right.
        fills_below_spans: Whether markup has an empty cell where one from above extends down, as in TeX.
    """
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            if fills_below_spans and (number, column) in taken and cell.piece.start == cell.piece.end:
                column += cell.column_span
                continue
            while (number, column) in taken:
                column += 1
            taken.update(
                (number + down, column + across)
                for down in range(cell.row_span)
                for across in range(cell.column_span)
            )
            line, start, end = cell.piece
            place = line.place(start, end)
            yield Cell(number, column, text[start:end], place, cell.row_span, cell.column_span)
            column += cell.column_span
