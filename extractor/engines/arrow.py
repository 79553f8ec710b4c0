"""Functions for other systems' pipelines: Arrow batches of bytes in, Arrow batches of reports out.

Spark:  frame.select("name", "data").mapInArrow(read_batches, SPARK_SCHEMA)
Daft:   daft.func.batch over a function that calls read_json
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from extractor.batch import Limits, read_bytes
from extractor.errors import MissingDependency, to_install
from extractor.outcome import DocumentPlace

try:
    import pyarrow as pa
except ImportError as error:
    raise MissingDependency(f"需要 pyarrow：{to_install('analysis')}") from error

# The output columns, as Spark's DDL and as an Arrow schema.
SPARK_SCHEMA = "name string, document string, code string, message string, verdict string, report string"
ARROW_SCHEMA = pa.schema([(column.split()[0], pa.string()) for column in SPARK_SCHEMA.split(", ")])

Answer = tuple[str | None, str | None, str, str | None, str | None, str | None]


def read_batches(batches: Iterable[Any]) -> Iterator[Any]:
    """Read documents in Arrow batches, as Spark's `mapInArrow` passes them.

    A document is read in the engine's own process: limits on pages and size apply, but limits on time and
    memory are left to the engine.

    Args:
        batches: Record batches with the columns `name` (string) and `data` (binary).

    Yields:
        One record batch of ARROW_SCHEMA a batch: `report` is the JSON of the report, null
        where `code` is not "ok".
    """
    for batch in batches:
        answers = [read_one(name, data) for name, data in _pairs(batch)]
        columns = list(zip(*answers, strict=True)) if answers else [()] * len(ARROW_SCHEMA)
        yield pa.RecordBatch.from_arrays([pa.array(c, pa.string()) for c in columns], schema=ARROW_SCHEMA)


def _pairs(batch: Any) -> Iterator[tuple[str | None, bytes | None]]:
    return zip(batch.column("name").to_pylist(), batch.column("data").to_pylist(), strict=True)


def read_one(name: str | None, data: bytes | None) -> Answer:
    """Read one document; return a row of ARROW_SCHEMA. Nulls, for example from a join, give an error row."""
    if data is None:
        return name, None, "vanished", "没有内容（空值）", None, None
    document = hashlib.sha256(data).hexdigest()
    limits = Limits()
    if len(data) > limits.size:
        return name, document, "too-large", f"超过上限 {limits.size} 字节", None, None
    outcome, report = read_bytes(document, DocumentPlace(name or ""), data, limits)
    return name, document, outcome.code, outcome.message or None, outcome.verdict, report.decode() or None


def read_json(names: Any, data: Any) -> Any:
    """Read a column of documents, as a Daft UDF over `name` and `data` does; return their JSON or null.

    Args:
        names: Anything with to_pylist(): a Daft Series, an Arrow array.
        data: Their bytes, likewise.
    """
    pairs = zip(names.to_pylist(), data.to_pylist(), strict=True)
    return pa.array([read_one(name, each)[-1] for name, each in pairs], pa.string())
