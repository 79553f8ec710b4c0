"""Spark's and Daft's users read documents in their own pipelines, with the same reports as everyone."""

from pathlib import Path

import msgspec
import pytest

import extractor

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from extractor.engines.arrow import ARROW_SCHEMA, read_batches, read_json  # noqa: E402

PAGE = Path(__file__).parents[2] / "fixtures" / "cases" / "html-plain-2021" / "source.html"


def test_batches_of_documents_become_batches_of_reports() -> None:
    page = PAGE.read_bytes()
    batch = pa.RecordBatch.from_pydict({"name": ["年报.html", "坏.pdf"], "data": [page, b"%PDF-1.4"]})
    (answer,) = read_batches([batch])
    assert answer.schema == ARROW_SCHEMA
    good, bad = answer.to_pylist()
    assert (good["code"], good["verdict"]) == ("ok", "verified")
    assert good["report"].encode() == extractor.parse(page, name="年报.html").to_json()
    assert (bad["code"], bad["report"]) == ("unreadable", None)


def test_a_batch_of_nothing_is_a_batch_of_nothing() -> None:
    empty = pa.RecordBatch.from_pydict({"name": pa.array([], pa.string()), "data": pa.array([], pa.binary())})
    (answer,) = read_batches([empty])
    assert answer.num_rows == 0


def test_daft_reads_a_column_of_documents() -> None:
    daft = pytest.importorskip("daft", reason="daft is not installed")
    frame = daft.from_pydict({"name": ["年报.html"], "data": [PAGE.read_bytes()]})

    @daft.func.batch(return_dtype=daft.DataType.string())
    def report_of(name: "daft.Series", data: "daft.Series") -> object:
        return read_json(name, data)

    (report,) = frame.select(report_of(frame["name"], frame["data"])).to_pydict().popitem()[1]
    assert msgspec.json.decode(report)["verdict"] == "verified"


def test_spark_reads_a_frame_of_documents() -> None:
    pyspark = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    from extractor.engines.arrow import SPARK_SCHEMA

    session = pyspark.SparkSession.builder.master("local[1]").getOrCreate()
    try:
        frame = session.createDataFrame([("年报.html", PAGE.read_bytes())], "name string, data binary")
        (row,) = frame.mapInArrow(read_batches, SPARK_SCHEMA).collect()
        assert row.verdict == "verified"
    finally:
        session.stop()
