"""One agency through the years of a batch."""

from collections.abc import Callable
from decimal import Decimal
from typing import Protocol

Number = int | Decimal


class RowsOfQuery(Protocol):
    """What a query gives: rows as dicts."""

    def to_pylist(self) -> list[dict[str, object]]:
        """Return the rows."""


class AgencyTables:
    """What a batch holds of one agency: see Tables.agency()."""

    def __init__(self, query: Callable[[str], RowsOfQuery], agency: str) -> None:
        """Take the query of the tables and the id, region code or name of the agency."""
        self._query = query
        self._agency = agency

    def series(self, cell: str) -> dict[int, Number | None]:
        """Return the value of a cell by year, from the report that is used for each.

        Args:
            cell: Its id, as in a report: requests.new.total.
        """
        table, row, column = (_quoted(part) for part in cell.split("."))
        who = _quoted(self._agency)
        answer = self._query(
            "SELECT reports_used.year, cells.value FROM reports_used JOIN cells USING (document) "
            f'WHERE cells."table" = {table} AND cells."row" = {row} AND cells."column" = {column} '
            f"AND {who} IN (reports_used.agency_id, reports_used.region_code, reports_used.agency) "
            "ORDER BY reports_used.year"
        )
        return {int(str(row["year"])): _number(row["value"]) for row in answer.to_pylist()}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _number(value: object) -> Number | None:
    """Return a count as an integer, money as it stands."""
    if value is None:
        return None
    number = Decimal(str(value))
    return int(number) if number == number.to_integral_value() else number.normalize()
