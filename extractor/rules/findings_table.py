"""Findings as a table: one row each, passes included, with the rule, severity and fault."""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import msgspec

from extractor.errors import MissingDependency, to_install
from extractor.report import Number
from extractor.rules.finding import Finding

_TEXTS = ("rule", "severity", "scope", "says", "report", "agency", "at", "outcome", "fault", "message")
COLUMNS = (
    *("document", *_TEXTS, "suggestion", "quote"),
    *("year", "ordinal", "left", "right", "difference", "cells", "sides", "follows"),
)
_NUMBERS = ("left", "right", "difference")
_LARGEST = Decimal(10) ** 26
_JSON = msgspec.json.Encoder(decimal_format="number")

Row = dict[str, Any]


def finding_rows(findings: Iterable[tuple[Finding, str]]) -> Iterator[Row]:
    """Yield the rows of findings, each given with the SHA-256 of its document."""
    for finding, document in findings:
        row: Row = {name: getattr(finding, name) or None for name in (*_TEXTS, "suggestion", "quote")}
        row |= {"document": document, "year": finding.year, "ordinal": finding.ordinal}
        row |= {name: getattr(finding, name) for name in _NUMBERS}
        row["cells"] = _JSON.encode([cell.id for cell in finding.cells]).decode()
        row["sides"] = _JSON.encode(finding.sides).decode()
        row["follows"] = _JSON.encode(finding.follows).decode()
        yield {name: row[name] for name in COLUMNS}


def csv_of(rows: Iterable[Row]) -> bytes:
    """Return the rows as CSV that Excel opens."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(format(value, "f") if isinstance(value, Decimal) else value for value in row.values())
    return text.getvalue().encode("utf-8-sig")


def parquet_of(rows: Iterable[Row]) -> bytes:
    """Return the rows as Parquet; numbers are exact to twelve places.

    Raises:
        MissingDependency: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingDependency(f"写 Parquet 需要 pyarrow：{to_install('archive')}") from error
    kinds: dict[str, Any] = dict.fromkeys(COLUMNS, pa.string()) | {"year": pa.int64(), "ordinal": pa.int64()}
    kinds |= dict.fromkeys(_NUMBERS, pa.decimal128(38, 12))
    schema = pa.schema(list(kinds.items()))
    told = [row | {name: _exact(row[name]) for name in _NUMBERS} for row in rows]
    data = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(told, schema=schema), data, compression="zstd")
    return data.getvalue()


def _exact(value: Number | None) -> Decimal | None:
    """Return a number that fits the column: infinite decimals are rounded to twelve places."""
    if value is None or abs(Decimal(value)) >= _LARGEST:
        return None
    return round(Decimal(value), 12)
