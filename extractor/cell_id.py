"""Splits the id of a standard cell, `table.row.column` in the codes of the form, into its parts."""

from typing import NamedTuple

from extractor.patterns import kept_pattern

_NAMED = kept_pattern(r"[a-z]+\.[a-z0-9_]+\.[a-z0-9_]+")


class CellId(NamedTuple):
    """The three parts of an id. A row may end in * where an edition uses it for several rows at once."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        """Return the id as in the output.

        >>> str(CellId("requests", "new", "total"))
        'requests.new.total'
        """
        return ".".join(self)

    @property
    def whole_row(self) -> str:
        """The id of the row, `table.row`."""
        return f"{self.table}.{self.row}"


def split_cell_id(cell_id: str) -> CellId:
    """Return the parts of an id.

    Raises:
        ValueError: It does not have three parts.

    >>> split_cell_id("requests.new.total").row
    'new'
    """
    table, row, column = cell_id.split(".")
    return CellId(table, row, column)


def table_of(cell_id: str) -> str:
    """Return the table of a cell.

    >>> table_of("requests.new.total")
    'requests'
    """
    return cell_id.partition(".")[0]


def cell_ids_in(text: str) -> list[str]:
    """Return all ids in a text, such as the message of a notice, in order.

    >>> cell_ids_in("requests.new.total 与 requests.new.natural_person")
    ['requests.new.total', 'requests.new.natural_person']
    """
    return _NAMED.findall(text)
