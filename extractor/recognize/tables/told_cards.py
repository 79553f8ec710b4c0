"""Other shapes of values listed one by one: tables of label and value (cards), and outlines drawn as trees.

Used by `told_values`. A card of a mobile page lists the columns of one row below each other, in a table of
two columns; a printout joins such tables, so that a row label may stand before its first column's label.
"""

from collections.abc import Iterator

from extractor.document import Cell, Table
from extractor.forms import per_forms
from extractor.patterns import kept_pattern
from extractor.recognize.labels import serial_of
from extractor.recognize.tables.cell_kind import kind_of_text

_FEWEST = 3  # values of a card
_TREE = kept_pattern(r"[│┃|\s\u00a0]*[├└┌┬╰┣┗]\s?[─━-]*\s*")
_SHORTEST = 2  # characters of a label

CardLine = tuple[str, Cell | None]  # label, and its value if it has one


def depth_in_tree(text: str) -> int:
    """Return how far the branches drawn before a text reach (0 if none are drawn).

    >>> [depth_in_tree(text) for text in ("├─ 行政复议", "│  ├─ 结果维持：8", "结果维持：8")]
    [3, 6, 0]
    """
    drawn = _TREE.match(text)
    return drawn.end() if drawn else 0


def card_lines(table: Table) -> list[CardLine]:
    """Return the lines of a table of cards; an empty list if any row is more than a label and a value."""
    lines = list(_lines(table))
    values = [label for label, value in lines if value is not None]
    is_card = len(values) >= _FEWEST and all(map(_ends_in_a_column, values))
    return lines if is_card and len(lines) == len(table.rows()) else []


def _lines(table: Table) -> Iterator[CardLine]:
    for row in table.rows().values():
        told = [cell for cell in row if cell.speaks]
        kinds = [kind_of_text(cell.text) for cell in told]
        if len(told) == 1 and kinds[0].is_text:
            yield told[0].text, None
        elif len(told) == 2 and kinds[0].is_text and kinds[1].is_value:
            yield told[0].text, told[1]


def _ends_in_a_column(label: str) -> bool:
    return names_column(label) or bool(row_and_column(label))


def names_column(label: str) -> bool:
    """Return whether a label names a column of the form, and is not a row label by its serial number."""
    return kind_of_text(label).is_column and serial_of(label) is None


@per_forms(maxsize=4096)
def row_and_column(text: str) -> tuple[str, ...]:
    """Return the row label and the column label that a text consists of; empty if it does not.

    >>> row_and_column("（七）总计自然人"), row_and_column("自然人")
    (('（七）总计', '自然人'), ())
    """
    if kind_of_text(text).labels:
        return ()
    for cut in range(_SHORTEST, len(text) - _SHORTEST + 1):
        row, column = kind_of_text(text[:cut]), text[cut:]
        if row.is_row and names_column(column) and row.rows.keys() & set(kind_of_text(column).columns):
            return text[:cut], column
    return ()
