"""The query command: SQL over the output of a batch, as a table for people or as CSV."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import typer

from extractor.analysis import load
from extractor.cli.output import write_file, write_to_stdout
from extractor.cli.table import align
from extractor.cli.terminal import say, visible_line
from extractor.errors import ExitCode
from extractor.export import harmless

_SHOWN = 200  # rows of a printed table


def query_tables(folder: str, sql: str, *, csv_out: str | None) -> ExitCode:
    """Execute one query.

    Args:
        folder: The output folder of a batch.
        sql: DuckDB's SQL, or the name of a table or view.
        csv_out: Where to write CSV: a file, "-" for standard output, None to print a table.

    Raises:
        ExtractorError: There is no output, or the SQL is wrong.
    """
    with load(folder) as tables:
        if sql.isidentifier() and sql not in tables.names:
            raise typer.BadParameter(_no_such_table(sql, tables.names), param_hint="SQL")
        answer = tables.arrow(sql) if sql in tables.names else tables.query(sql)
    if csv_out is None:
        _print_table(answer)
    elif csv_out == "-":
        write_to_stdout(_csv_of(answer).rstrip("\r\n").encode())
    else:
        write_file(Path(csv_out), _csv_of(answer).encode("utf-8-sig"))
    return ExitCode.OK


def _no_such_table(name: str, names: Sequence[str]) -> str:
    close = get_close_matches(name, names, n=3)
    others = f"，是不是 {'、'.join(close)}" if close else f"，有 {'、'.join(names)}"
    return f"没有 {name} 这张表或视图{others}"


def _print_table(answer: Any) -> None:
    rows = answer.slice(0, _SHOWN).to_pylist()
    printed = [
        answer.column_names,
        *([visible_line(_value_as_text(value)) for value in row.values()] for row in rows),
    ]
    write_to_stdout("\n".join(align(printed)).encode())
    if answer.num_rows > _SHOWN:
        say(f"共 {answer.num_rows} 行，只显示前 {_SHOWN} 行；全部请用 --csv")


def _csv_of(answer: Any) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(answer.column_names)
    for batch in answer.to_batches():
        writer.writerows([_csv_value(value) for value in row.values()] for row in batch.to_pylist())
    return text.getvalue()


def _csv_value(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else _value_as_text(value)


def _value_as_text(value: Any) -> str:
    """Return a value as text: numbers without trailing zeros."""
    if value is None:
        return ""
    if isinstance(value, Decimal | float):
        text = format(value, "f") if isinstance(value, Decimal) else repr(value)
        return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text
    return str(value)
