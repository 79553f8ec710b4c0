"""Spark's and Daft's users read documents in their own pipelines, with the same reports as everyone."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import extractor

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from extractor.batch import Settings, run_batch  # noqa: E402
from extractor.engines.arrow import ARROW_SCHEMA, SPARK_SCHEMA, read_batches, read_json  # noqa: E402

CASES = Path(__file__).parents[2] / "fixtures" / "cases"
PAGE = CASES / "html-plain-2021" / "source.html"
REFUSALS = CASES.parent / "refusals"


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


def test_what_is_null_is_said_to_be_missing_and_the_rest_is_read() -> None:
    names = pa.array(["甲.html", None], pa.string())
    batch = pa.RecordBatch.from_pydict({"name": names, "data": pa.array([None, PAGE.read_bytes()])})
    (answer,) = read_batches([batch])
    missing, nameless = answer.to_pylist()
    assert (missing["name"], missing["document"], missing["code"]) == ("甲.html", None, "vanished")
    assert (nameless["name"], nameless["verdict"]) == (None, "verified")


def test_daft_reads_a_column_of_documents() -> None:
    daft = pytest.importorskip("daft", reason="daft is not installed")
    frame = daft.from_pydict({"name": ["年报.html"], "data": [PAGE.read_bytes()]})

    @daft.func.batch(return_dtype=daft.DataType.string())
    def report_of(name: "daft.Series", data: "daft.Series") -> object:
        return read_json(name, data)

    (report,) = frame.select(report_of(frame["name"], frame["data"])).to_pydict().popitem()[1]
    assert msgspec.json.decode(report)["verdict"] == "verified"


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Return a Spark session of two cores on this machine, its Python workers those of this test."""
    pyspark = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if not shutil.which("java") and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java: apt-get install openjdk-17-jre-headless")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = pyspark.SparkSession.builder.master("local[2]")
        for key, value in {"spark.ui.enabled": "false", "spark.log.level": "ERROR"}.items():
            builder = builder.config(key, value)
        session = builder.getOrCreate()
        yield session
        session.stop()


def smallest_by_format(folder: Path, count: int) -> list[Path]:
    """Return so many of the smallest documents of each format."""
    by_format: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*/source.*"), key=lambda path: (path.stat().st_size, path)):
        by_format.setdefault(path.suffix, []).append(path)
    return [path for paths in by_format.values() for path in paths[:count]]


@pytest.mark.filterwarnings("default")  # Spark warns of its own affairs
def test_spark_reads_every_format_and_refusal_as_this_machine_does(spark: Any, tmp_path: Path) -> None:
    paths = [*smallest_by_format(CASES, 4), *smallest_by_format(REFUSALS, 3)]
    assert len(paths) > 30
    rows = [(str(path), path.read_bytes()) for path in paths]
    frame = spark.createDataFrame(rows, "name string, data binary").repartition(4)
    answers = frame.mapInArrow(read_batches, SPARK_SCHEMA).collect()
    on_spark = {row.document: (row.code, row.message or "", row.verdict, row.report or "") for row in answers}
    here = run_batch([str(path) for path in paths], tmp_path / "out", Settings(workers=2))
    for outcome, report in here.harvest.reports():
        said = (outcome.code, outcome.message or "", outcome.verdict, report.decode())
        assert on_spark.pop(outcome.document) == said, outcome.place.path
    damaged = {row.code for row in answers if row.document in on_spark}
    assert damaged == {"unreadable"}  # the cut archive, which a batch would have opened


@pytest.mark.filterwarnings("default")
def test_spark_reads_the_files_of_a_folder(spark: Any, tmp_path: Path) -> None:
    shutil.copy(PAGE, tmp_path / "云岭县 年报.html")
    files = spark.read.format("binaryFile").load(str(tmp_path))
    documents = files.selectExpr("path AS name", "content AS data")
    (row,) = documents.mapInArrow(read_batches, SPARK_SCHEMA).collect()
    assert msgspec.json.decode(row.report)["source"]["name"] == "云岭县 年报.html"
