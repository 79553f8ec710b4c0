"""One agency through the years of a batch."""

from collections.abc import Callable
from decimal import Decimal
from difflib import get_close_matches
from typing import Protocol

from extractor.errors import Misused
from extractor.forms import load_forms

Number = int | Decimal

# Identifies the agency of a report, as in reports_used.
_ONE = "coalesce(agency_id, concat_ws('/', agency, region_code))"
# Ways to identify an agency; the first one that matches any report is used.
_KEYS = (
    f"asked IN ({_ONE}, agency_id_today)",
    "asked IN (agency, agency_full)",
    "asked = region_code AND kind = 'government'",
)
_MOST_NAMED = 5  # agencies listed in a message


class RowsOfQuery(Protocol):
    """The result of a query: rows as dicts."""

    def to_pylist(self) -> list[dict[str, object]]:
        """Return the rows."""


class AgencyTables:
    """The reports of one agency in a batch: see Tables.agency()."""

    def __init__(self, query: Callable[[str], RowsOfQuery], agency: str) -> None:
        """Take the query function of the tables, and the agency's id, name or region code.

        Raises:
            Misused: No report in use is of this agency, or several agencies match.
        """
        self._query = query
        self._one = self._only_agency(agency)

    def series(self, cell: str) -> dict[int, Number | None]:
        """Return the value of a cell by year, from the report that is used for each.

        None if that report gives no number; years without a report, or without such a cell in their form, are
        omitted.

        Args:
            cell: Its id, as in a report: requests.new.total.

        Raises:
            Misused: No edition of the form has this cell.
        """
        _require_known(cell)
        table, row, column = (_quoted(part) for part in cell.split("."))
        answer = self._query(
            "SELECT reports_used.year, cells.value FROM reports_used JOIN cells USING (document) "
            f'WHERE cells."table" = {table} AND cells."row" = {row} AND cells."column" = {column} '
            f"AND document IN (SELECT document FROM reports_used WHERE {_ONE} = {_quoted(self._one)}) "
            "ORDER BY reports_used.year"
        )
        return {int(str(row["year"])): _number(row["value"]) for row in answer.to_pylist()}

    def _only_agency(self, asked: str) -> str:
        """Return the agency that is meant, in the form of _ONE."""
        for key in _KEYS:
            answer = self._query(
                f"SELECT {_ONE} AS one, any_value(agency) AS name "
                f"FROM (SELECT *, {_quoted(asked)} AS asked FROM reports_used) WHERE {key} "
                "GROUP BY 1 ORDER BY 1"
            ).to_pylist()
            if len(answer) == 1:
                return str(answer[0]["one"])
            if answer:
                names = "、".join(f"{row['one']}（{row['name']}）" for row in answer[:_MOST_NAMED])
                raise Misused(f"{asked} 有 {len(answer)} 个机关：{names}；请给机关编号")
        raise Misused(f"没有 {asked} 的报告{self._near(asked)}")

    def _near(self, asked: str) -> str:
        names = [
            str(row["agency"])
            for row in self._query("SELECT DISTINCT agency FROM reports_used ORDER BY 1").to_pylist()
        ]
        close = get_close_matches(asked, names, n=3)
        return f"；是 {' 或 '.join(close)} 吗？" if close else ""


def _require_known(cell: str) -> None:
    known = {id_ for form in load_forms() for table in form.tables for id_ in table.cell_ids()}
    if cell not in known:
        close = get_close_matches(cell, sorted(known), n=3)
        near = f"；是 {' 或 '.join(close)} 吗？" if close else ""
        raise Misused(f"各版标准表都没有 {cell} 这一格{near}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _number(value: object) -> Number | None:
    """Return a count as int; money unchanged."""
    if value is None:
        return None
    number = Decimal(str(value))
    return int(number) if number == number.to_integral_value() else number.normalize()
