"""The descriptor of the Data Package: which file is which table, its types, keys and meaning."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from extractor.export.columns import ColumnOfTable, TableOfBatch, load_tables
from extractor.export.harmless import DIALECT

_TYPES = {
    "string": "string",
    "json": "string",
    "integer": "integer",
    "decimal": "number",
    "timestamp": "datetime",
}
_MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/x-ndjson",
    "sqlite": "application/vnd.sqlite3",
    "duckdb": "application/octet-stream",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ABOUT = {
    "jsonl": ("全部报告，一份一行 JSON", "All reports, one line of JSON each"),
    "sqlite": ("全部表，SQLite", "All tables in SQLite"),
    "duckdb": ("全部表和视图，DuckDB", "All tables and views in DuckDB"),
    "xlsx": ("全部表，Excel", "All tables in Excel"),
}


def descriptor(paths: Mapping[str, Path], counts: dict[str, int]) -> bytes:
    """Return datapackage.json for the files of a folder.

    Args:
        paths: The present paths of the files, by their final names.
        counts: Number of rows of each table.
    """
    tables = load_tables()
    resources: list[dict[str, Any]] = []
    for name in sorted(paths, key=lambda name: not name.endswith(".csv")):
        stem, _, suffix = name.rpartition(".")
        taken = {resource["name"] for resource in resources}
        resource = _resource(paths[name], suffix, stem if stem not in taken else f"{stem}-{suffix}")
        if suffix in ("csv", "parquet"):
            resource |= _of_table(tables[stem], suffix, counts[stem], stem not in taken)
        else:
            resource |= {"description": _ABOUT[suffix][0], "description_en": _ABOUT[suffix][1]}
        resources.append(resource)
    package = {
        "profile": "data-package",
        "name": "disclosure-reports",
        "title": "政府信息公开工作年度报告",
        "title_en": "Annual reports on government information disclosure",
        "resources": resources,
    }
    return msgspec.json.format(msgspec.json.encode(package), indent=2) + b"\n"


def _resource(path: Path, suffix: str, name: str) -> dict[str, Any]:
    return {
        "name": name,
        # Files of other formats are checked by size and digest only: frictionless reads Parquet through
        # pandas, which has no null for times, and does not count its bytes.
        **({} if suffix == "csv" else {"type": "file"}),
        "path": path.name,
        "format": suffix,
        "mediatype": _MEDIA[suffix],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_sha256(path)}",
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _of_table(table: TableOfBatch, suffix: str, rows: int, is_first: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": table.title,
        "title_en": table.title_en,
        "description": table.about,
        "description_en": table.about_en,
        "rowCount": rows,
    }
    if suffix == "csv":
        told |= {"profile": "tabular-data-resource", "encoding": "utf-8-sig", "dialect": DIALECT}
    if is_first:
        told["schema"] = table_schema(table)
    return told


def table_schema(table: TableOfBatch) -> dict[str, Any]:
    """Return the Table Schema of a table."""
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    if table.foreign:
        schema["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": other, "fields": list(load_tables()[other].key)}}
            for name, other in table.foreign.items()
        ]
    return schema


def _field(column: ColumnOfTable) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.id,
        "type": _TYPES[column.type],
        "title": column.title,
        "title_en": column.title_en,
        "description": column.about,
        "description_en": column.about_en,
    }
    if column.unit:
        field["unit"] = column.unit
    told = {"required": column.required, "enum": list(column.enum), "pattern": column.pattern}
    if constraints := {name: value for name, value in told.items() if value}:
        field["constraints"] = constraints
    return field
