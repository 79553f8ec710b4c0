"""What is odd and comes from others: formulas, folder names, huge numbers, places alike, full disks."""

import errno
import json
import re
import sqlite3
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from test_export_formats import entries, hand_made, rows_of_sqlite, sightings

from extractor.analysis import load
from extractor.export import FORMATS, ExportEntry, harmless, load_tables, write_outputs
from extractor.outcome import DocumentPlace, Sighting
from extractor.report import Figure


@given(st.text(alphabet="'=+-@\t\r0a1.甲", max_size=6))
def test_no_text_of_a_csv_begins_like_a_formula_and_none_is_lost(text: str) -> None:
    written = harmless(text)
    assert not re.match(r"[=+\-@\t\r]", written) or re.fullmatch(r"[+-]?[\d,.]+", written)
    assert (written[1:] if re.match(r"^'+[=+\-@\t\r]", written) else written) == text


def test_the_descriptor_tells_how_formulas_are_written(tmp_path: Path) -> None:
    write_outputs(entries(), sightings(), tmp_path, ["csv"])
    resources = json.loads((tmp_path / "datapackage.json").read_bytes())["resources"]
    dialects = [resource["dialect"] for resource in resources if resource["format"] == "csv"]
    assert len(dialects) == len(load_tables())
    assert {dialect["formulaEscape"] for dialect in dialects} == {"'"}


def test_two_places_that_read_alike_keep_keys_of_their_own(tmp_path: Path) -> None:
    (entry, *_) = entries()
    document = entry.outcome.document
    places = [DocumentPlace("a.zip", "b.html"), DocumentPlace("a.zip!/b.html"), DocumentPlace("c.html")]
    write_outputs([entry], [Sighting(place, document) for place in places], tmp_path, ["sqlite", "parquet"])
    sources = [row[0] for row in rows_of_sqlite(tmp_path, "sources")]
    assert sources == ["a.zip!/b.html", "a.zip!/b.html#2", "c.html"]


def test_a_number_beyond_64_bits_does_not_stop_the_export(tmp_path: Path) -> None:
    (entry, *_) = entries()
    report = structs.replace(hand_made(), figures=(Figure("received", 10**21, "件", "收到", None),))
    write_outputs([ExportEntry(entry.outcome, report.to_json())], [], tmp_path, FORMATS)
    (row,) = rows_of_sqlite(tmp_path, "figures")
    assert Decimal(10**21) in row


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("parquet", "结果[1]"),
        ("parquet", "q*x"),
        ("parquet", "a?b"),
        ("parquet", "it's"),
        ("duckdb", "q*[x]"),
    ],
)
def test_a_folder_is_read_as_itself_whatever_its_name(form: str, name: str, tmp_path: Path) -> None:
    for folder, count in ((name, 2), ("结果1", 1), ("qyx", 1), ("acb", 1), ("qyx", 1)):
        write_outputs(list(entries())[:count], [], tmp_path / folder, [form])
    with load(tmp_path / name) as tables:
        assert tables.query("SELECT count(*) AS n FROM documents").to_pylist() == [{"n": 2}]


@pytest.mark.parametrize("again", [False, True])
def test_a_full_disk_inside_sqlite_is_a_full_disk(
    again: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    if again:  # what an earlier run wrote is brought up to date
        write_outputs(list(entries())[:1], sightings(), tmp_path, ["sqlite"])
        before = (tmp_path / "reports.sqlite").read_bytes()

    def small(path: Path, **more: Any) -> sqlite3.Connection:
        connection = connect(path, **more)
        connection.execute("PRAGMA max_page_count = 40")  # then SQLite says that the disk is full
        return connection

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(OSError, match="full") as caught:
        write_outputs(entries(), sightings(), tmp_path, ["sqlite"])
    assert caught.value.errno == errno.ENOSPC
    if again:
        monkeypatch.undo()
        assert (tmp_path / "reports.sqlite").read_bytes() == before
        write_outputs(entries(), sightings(), tmp_path, ["sqlite"])  # with room again, the run goes on


def test_the_same_input_gives_the_same_bytes_but_for_duckdb(tmp_path: Path) -> None:
    formats = ["jsonl", "parquet", "csv", "sqlite", "xlsx", "lake", "duckdb"]
    first, second = (
        {
            path.relative_to(tmp_path / folder): path.read_bytes()
            for path in sorted((tmp_path / folder).rglob("*"))
            if path.is_file() and path.suffix != ".duckdb" and path.name != "datapackage.json"
        }
        for folder in ("a", "b")
        if write_outputs(entries(), sightings(), tmp_path / folder, formats)
    )
    assert first == second
    assert len(first) > 20
    with load(tmp_path / "a") as ours, load(tmp_path / "b") as theirs:
        assert ours.query("FROM cells").to_pylist() == theirs.query("FROM cells").to_pylist()
