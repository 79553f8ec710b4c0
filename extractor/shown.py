"""How a report is displayed at a prompt and in a notebook; works on plain texts and numbers."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    import pandas
    import polars

Value = TypeVar("Value")
Number = int | Decimal
Record = dict[str, str | int | Decimal | None]
Library = Literal["pandas", "polars"]


class ByCode(dict[str, Value]):
    """A mapping with codes as keys. For a missing code, the error suggests similar ones.

    >>> ByCode(requests=1, disputes=2)["request"]
    Traceback (most recent call last):
        ...
    KeyError: '没有 request；是 requests 吗？（有 requests、disputes）'
    """

    def __missing__(self, code: str) -> Value:
        """Raise KeyError with a suggestion."""
        from difflib import get_close_matches  # only needed for this error

        near = get_close_matches(code, self, n=3)
        asked = f"；是 {' 或 '.join(near)} 吗？" if near else ""
        raise KeyError(f"没有 {code}{asked}（有 {'、'.join(self) or '无'}）")


class TableValues(ByCode[dict[str, Number | None]]):
    """One standard table: row codes to column codes to numbers."""

    def __repr__(self) -> str:
        """Return the table as aligned text, `-` for no number."""
        columns = list(dict.fromkeys(column for row in self.values() for column in row))
        lines = [["", *columns]]
        for code, row in self.items():
            lines.append([code, *(_text_of_value(row[c]) if c in row else "" for c in columns)])
        widths = [max(len(line[i]) for line in lines) for i in range(len(columns) + 1)]
        rows = ([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])] for line in lines)
        return "\n".join("  ".join(cells).rstrip() for cells in rows)


def _text_of_value(value: Number | None) -> str:
    return "-" if value is None else str(value)


def html_of(
    heading: str,
    verdict: str,
    tables: Mapping[str, Mapping[str, Mapping[str, Number | None]]],
    states: Mapping[str, str],
    doubts: Sequence[str],
) -> str:
    """Return a report as HTML for a notebook: the verdict, doubts, tables.

    Args:
        heading: The agency and the year.
        verdict: As in the report.
        tables: Table, row and column codes to numbers.
        states: The state of each cell, by its id.
        doubts: One sentence for each thing that fails or is undecided.
    """
    parts = [f"<h4>{escape(heading)}</h4><p><b>{escape(verdict)}</b></p>"]
    if doubts:
        parts.append("<ul>" + "".join(f"<li>{escape(doubt)}</li>" for doubt in doubts) + "</ul>")
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows.values() for column in row))
        head = "".join(f"<th>{escape(column)}</th>" for column in columns)
        body = "".join(_row_of(name, code, row, columns, states) for code, row in rows.items())
        parts.append(
            f"<details open><summary>{escape(name)}</summary>"
            f"<table><tr><th></th>{head}</tr>{body}</table></details>"
        )
    return "".join(parts)


def _row_of(
    table: str, code: str, row: Mapping[str, Number | None], columns: Iterable[str], states: Mapping[str, str]
) -> str:
    cells = []
    for column in columns:
        state = states.get(f"{table}.{code}.{column}", "")
        value = row.get(column)
        style = ' style="background:#fff3c4"' if state in ("undecided", "unreadable", "repaired") else ""
        cells.append(f'<td title="{state}"{style}>{"" if value is None else value}</td>')
    return f"<tr><th>{escape(code)}</th>{''.join(cells)}</tr>"


def pandas_frame(records: Sequence[Record]) -> "pandas.DataFrame":
    """Return records as a pandas DataFrame; numbers stay as they are."""
    import pandas

    return pandas.DataFrame(list(records))


def polars_frame(records: Sequence[Record]) -> "polars.DataFrame":
    """Return records as a polars DataFrame; a column with counts and money is decimal."""
    import polars

    return polars.DataFrame(list(records), infer_schema_length=None)
