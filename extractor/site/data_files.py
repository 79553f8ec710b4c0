"""The data files of a site: tables as Parquet and CSV, reports as JSON Lines, and the API as files."""

import gzip
import hashlib
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
from msgspec import Struct

from extractor.analysis import Tables
from extractor.errors import Misused
from extractor.export import FORMULA_LIKE, NUMBER_LIKE, TableOfBatch, load_tables
from extractor.site.holdings import RegisteredBody

DATA = "data"
_LEVEL = 4  # compression level: a tenth larger than with 6, in two thirds of the time


class DataFile(Struct, frozen=True):
    """A file to download."""

    name: str
    size: int  # bytes
    sha256: str
    table: str | None = None
    rows: int | None = None


def write_data(folder: Path, site: Path, tables: Tables) -> tuple[DataFile, ...]:
    """Write the tables of a batch and its reports; return the files, sorted by name.

    Raises:
        Misused: The batch has no Parquet.
    """
    data = site / DATA
    data.mkdir()
    files = []
    with ThreadPoolExecutor(1) as compressing:  # in parallel with the queries: zlib releases the lock
        lines = compressing.submit(_compress, folder / "reports.jsonl", data / "reports.jsonl.gz")
        texts = []
        for table in load_tables().values():
            parquet = folder / f"{table.id}.parquet"
            if not parquet.is_file():
                raise Misused(f"{parquet}: 没有，请用 --to parquet 再运行一次 batch（不会重读）")
            rows = tables.query(f'SELECT count(*) AS rows FROM "{table.id}"').to_pylist()[0]["rows"]
            shutil.copyfile(parquet, data / parquet.name)
            files.append(_data_file(data / parquet.name, table.id, rows))
            text = data / f"{table.id}.csv"
            quoted = str(text).replace("'", "''")
            tables.run(f"COPY ({_as_text(table)}) TO '{quoted}' (FORMAT csv, HEADER)")
            texts.append((compressing.submit(_replace_by_compressed, text), table.id, rows))
        files += [_data_file(text.result(), table_id, rows) for text, table_id, rows in texts]
        files.append(_data_file(lines.result()))
    return tuple(sorted(files, key=lambda file: file.name))


def _as_text(table: TableOfBatch) -> str:
    """Return the SQL that formats a table for CSV: plain numbers, and texts that are not formulas."""
    like_a_formula = FORMULA_LIKE.replace("'", "''")
    columns = []
    for column in table.columns:
        name = f'"{column.id}"'
        if column.type == "decimal":
            columns.append(rf"regexp_replace(CAST({name} AS VARCHAR), '\.?0+$', '') AS {name}")
        elif column.type == "timestamp":
            columns.append(f"strftime({name}, '%Y-%m-%dT%H:%M:%SZ') AS {name}")
        elif column.type == "integer":
            columns.append(name)
        else:
            columns.append(
                f"CASE WHEN regexp_matches({name}, '^(?:{like_a_formula})') AND NOT "
                f"regexp_full_match({name}, '{NUMBER_LIKE}') THEN '''' || {name} ELSE {name} END AS {name}"
            )
    return f'SELECT {", ".join(columns)} FROM "{table.id}"'


def _replace_by_compressed(path: Path) -> Path:
    target = _compress(path, path.with_name(f"{path.name}.gz"))
    path.unlink()
    return target


def _compress(source: Path, target: Path) -> Path:
    """Compress a file; the result contains neither time nor file name."""
    with (
        source.open("rb") as plain,
        target.open("wb") as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as compressed,
    ):
        shutil.copyfileobj(plain, compressed, 1 << 20)
    return target


def _data_file(path: Path, table: str | None = None, rows: int | None = None) -> DataFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return DataFile(path.name, path.stat().st_size, digest, table, rows)


def data_file_of(path: Path) -> DataFile:
    """Return the description of a file that was written separately from the tables."""
    return _data_file(path)


def write_agency(site: Path, body: RegisteredBody) -> None:
    """Write the JSON about a body."""
    told = {
        "id": body.id,
        "name": body.name,
        "province": body.province,
        "prefecture": body.prefecture,
        "reports": [
            {
                "year": report.year,
                "document": report.document,
                "verdict": report.verdict,
                "used": report.used,
                "withdrawn": report.withdrawn,
                "published": report.published,
                "url": report.url,
                "requests_received": report.received,
                "report": f"../report/{report.document}.json",
            }
            for report in body.reports
        ],
    }
    path = site / "api" / "v1" / "agency" / f"{body.key}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.encode(told))
