"""Parts a sheet of separated values that holds a whole report into its tables."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.formats.text.lines import TextPiece, is_number, is_section_heading


def tables_of_sheet(text: str, rows: Sequence[Sequence[TextPiece]]) -> Iterator[tuple[int, int]]:
    """Yield where each table of a sheet begins and ends, as numbers of rows; one if nothing parts them.

    The tables share the sheet's columns, and what is a label in one of them stands where another has numbers.
    A heading alone in its row parts them, if a header row follows each: 一、主动公开情况 right above a row
    with its number is a row of one table. No table holds a heading that parts, or rows of one text each.
    """
    headings = _headings(text, rows)
    if not headings:
        yield 0, len(rows)
        return
    for before, stop in pairwise([-1, *headings, len(rows)]):
        if any(_fills_several(row) for row in rows[before + 1 : stop]):
            yield before + 1, stop


def _headings(text: str, rows: Sequence[Sequence[TextPiece]]) -> list[int]:
    """Return which rows are headings; none if a number stands in the first row of several texts below one."""
    found: list[int] = []
    starts_a_table = True
    for at in range(len(rows) - 1, -1, -1):
        if _is_heading(text, rows[at]):
            if not starts_a_table:
                return []
            found.append(at)
        elif _fills_several(rows[at]):
            starts_a_table = not any(is_number(text[piece.start : piece.end]) for piece in rows[at])
    return found[::-1]


def _is_heading(text: str, row: Sequence[TextPiece]) -> bool:
    own, *others = (text[piece.start : piece.end] for piece in row)
    return is_section_heading(own) and not any(others)


def _fills_several(row: Sequence[TextPiece]) -> bool:
    return sum(piece.start < piece.end for piece in row) > 1
