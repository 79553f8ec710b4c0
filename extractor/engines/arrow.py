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

    A document that holds several reports gives a row for each, under an id of its own. It is read in
    the engine's own process: the limits on its pages and size hold, those on time and memory are the
    engine's business.

    Args:
        batches: Record batches with the columns `name` (string) and `data` (binary).

    Yields:
        One record batch of ARROW_SCHEMA a batch: `report` is the JSON of the report, null
        where `code` is not "ok".
    """
    for batch in batches:
        answers = [answer for name, data in _pairs(batch) for answer in _answers(name, data)]
        columns = list(zip(*answers, strict=True)) if answers else [()] * len(ARROW_SCHEMA)
        yield pa.RecordBatch.from_arrays([pa.array(c, pa.string()) for c in columns], schema=ARROW_SCHEMA)


def _pairs(batch: Any) -> Iterator[tuple[str | None, bytes | None]]:
    return zip(batch.column("name").to_pylist(), batch.column("data").to_pylist(), strict=True)


def read_one(name: str | None, data: bytes | None) -> Answer:
    """Read one document; return a row of ARROW_SCHEMA, of several reports that of the first.

    What a join has left null is no document.
    """
    return next(_answers(name, data))


def _answers(name: str | None, data: bytes | None) -> Iterator[Answer]:
    """Read one document; yield a row for each of its reports, one where there is none."""
    if data is None:
        yield name, None, "vanished", "没有内容（空值）", None, None
        return
    document = hashlib.sha256(data).hexdigest()
    limits = Limits()
    if len(data) > limits.size:
        yield name, document, "too-large", f"超过上限 {limits.size} 字节", None, None
        return
    read, reports = read_bytes(document, DocumentPlace(name or ""), data, limits)
    for outcome, report in zip(read.of_reports(), reports.split(b"\n"), strict=True):
        told = outcome.code, outcome.message or None, outcome.verdict, report.decode() or None
        yield name, outcome.document, *told


def read_json(names: Any, data: Any) -> Any:
    """Read a column of documents, as a Daft UDF over `name` and `data` does; return their JSON or null.

    Args:
        names: Anything with to_pylist(): a Daft Series, an Arrow array.
        data: Their bytes, likewise.
    """
    pairs = zip(names.to_pylist(), data.to_pylist(), strict=True)
    return pa.array([read_one(name, each)[-1] for name, each in pairs], pa.string())
