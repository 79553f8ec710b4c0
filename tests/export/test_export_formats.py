"""All formats hold the same tables, cell for cell, with fixed types and a descriptor that validates."""

import csv
import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import extractor
from extractor.document import Locator, Notice
from extractor.errors import Misused
from extractor.export import FORMATS, ExportEntry, load_tables, write_outputs
from extractor.outcome import DocumentPlace, Outcome, Sighting
from extractor.report import CellValue, Check, Figure, Issuer, Report, Section, SourceInfo

pytest.importorskip("pyarrow", reason="pyarrow is not installed")
SAMPLES = Path(__file__).parents[2] / "fixtures" / "cases"

# Texts that formats are known to spoil.
AWKWARD = [
    "=1+1",
    "行一\n行二",
    '引"号',
    "，,;\t",
    "00123",
    "1e5",
    "\u0007铃",
    "_x0041_",
    "𠮷野",
    " 前后有空格 ",
    "NULL",
]


def hand_made() -> Report:
    """Return a report whose texts and numbers are hard to carry."""
    cells = {
        "proactive.fees.amount": CellValue(
            "488.780058", Decimal("488.780058"), "read", None, Locator(page=4)
        ),
        "proactive.licensing.decisions": CellValue("1,113", 1113, "read"),
        "proactive.penalties.decisions": CellValue("", None, "blank"),
        "proactive.coercion.decisions": CellValue("9" * 40, int("9" * 40), "read"),
        "proactive.regulations.issued": CellValue("-7", -7, "read", "宗"),
    }
    sections = tuple(Section(None, text, text, sections=(Section("other", "里", ""),)) for text in AWKWARD)
    return Report(
        source=SourceInfo("年报.html", "html", "0" * 64, 1), title=AWKWARD[1], year=2023, form="2021",
        issuer=Issuer("云岭县档案局", "云岭县档案局", "009999", level="county"), sections=sections, tables={},
        cells=cells, other_tables=(), verdict="doubtful",
        figures=(Figure("requests.received", Decimal("0.10"), "件", "收到 0.10 件", "overview"),),
        checks=(
            Check("requests/balance", "total", "fails", 1, Decimal("2.5"), ("a",), "一不等于二点五"),
            Check("prose/licensing_decisions", "licensing", "fails", 3, 1113, ("a",), "第一句"),
            Check("prose/licensing_decisions", "licensing", "fails", 4, 1113, ("a",), "第二句", ordinal=2),
        ),
        notices=(Notice("mixed-editions", "版本不一"),),
    )  # fmt: skip


def entries() -> Iterator[ExportEntry]:
    reports = [hand_made()]
    reports += [
        extractor.parse(SAMPLES / f"html-plain-{edition}" / "source.html") for edition in (2014, 2019, 2021)
    ]
    made = []
    for number, report in enumerate(reports):
        document = hashlib.sha256(str(number).encode()).hexdigest()
        made.append(
            ExportEntry(
                Outcome(document, "ok", DocumentPlace(f"{number}.html"), 9, report.verdict), report.to_json()
            )
        )
    failed = hashlib.sha256(b"failed").hexdigest()
    made.append(ExportEntry(Outcome(failed, "timeout", DocumentPlace("慢.pdf"), 7, message="太慢"), b""))
    yield from sorted(made, key=lambda entry: entry.outcome.document)


def sightings() -> list[Sighting]:
    seen = [Sighting(e.outcome.place, e.outcome.document, size=9) for e in entries()]
    lost = Sighting(DocumentPlace("没有.zip", "里/年报.html"), code="vanished", message="打不开")
    return [lost, *seen]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for package in ("duckdb", "xlsxwriter", "openpyxl"):
        pytest.importorskip(package)
    folder = tmp_path_factory.mktemp("out")
    concept = ("requests.new.total", "新收", None, "2021", "requests", "new", "total", "same", None, None)
    write_outputs(entries(), sightings(), folder, FORMATS, [concept])
    return folder


def alike(value: Any) -> Any:
    """Return a value as all formats can give it: numbers by their digits, nothing as None."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        raise AssertionError("no table holds a boolean")
    if isinstance(value, int | float | Decimal):
        return Decimal(str(value)).normalize()
    return value


def typed(table: str, rows: list[list[str]]) -> list[list[Any]]:
    """Return rows of text with the numbers of a table as numbers."""
    numeric = [column.type in ("integer", "decimal") for column in load_tables()[table].columns]
    return [[alike(Decimal(v) if n and v else v) for v, n in zip(row, numeric, strict=True)] for row in rows]


def rows_of_parquet(out: Path, table: str) -> list[list[Any]]:
    import pyarrow.parquet as pq

    return [[alike(v) for v in row.values()] for row in pq.read_table(out / f"{table}.parquet").to_pylist()]


def rows_of_duckdb(out: Path, table: str) -> list[list[Any]]:
    import duckdb

    with duckdb.connect(str(out / "reports.duckdb"), read_only=True) as connection:
        return [[alike(v) for v in row] for row in connection.execute(f'SELECT * FROM "{table}"').fetchall()]


def rows_of_sqlite(out: Path, table: str) -> list[list[Any]]:
    connection = sqlite3.connect(out / "reports.sqlite")
    rows = connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid').fetchall()
    connection.close()
    return [[alike(v) for v in row] for row in rows]


def rows_of_csv(out: Path, table: str) -> list[list[Any]]:
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert tuple(head) == load_tables()[table].names
    formula = re.compile(r"^'+[=+\-@\t\r]")  # as the dialect of datapackage.json says
    return typed(table, [[value[1:] if formula.match(value) else value for value in row] for row in rows])


def rows_of_xlsx(out: Path, table: str) -> list[list[Any]]:
    import openpyxl
    from openpyxl.utils.escape import unescape

    book = openpyxl.load_workbook(out / "reports.xlsx", read_only=True)
    sheet = book[load_tables()[table].title]
    head, *rows = sheet.iter_rows(values_only=True)
    book.close()
    assert list(head) == [column.title for column in load_tables()[table].columns]
    width = len(head)
    full = ((*row, *(None,) * (width - len(row))) for row in rows)
    return [[alike(unescape(v) if isinstance(v, str) else v) for v in row] for row in full]


READERS = {"duckdb": rows_of_duckdb, "sqlite": rows_of_sqlite, "csv": rows_of_csv, "xlsx": rows_of_xlsx}


@pytest.mark.parametrize("table", load_tables())
@pytest.mark.parametrize("form", READERS)
def test_the_formats_agree_cell_for_cell(form: str, table: str, out: Path) -> None:
    parquet = rows_of_parquet(out, table)
    assert parquet
    assert READERS[form](out, table) == parquet


def test_the_data_package_validates(out: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    package = frictionless.Package(str(out / "datapackage.json"))
    report = package.validate()
    assert report.valid
    assert report.flatten(["type", "message"]) == []
    assert {each.name for each in package.resources if each.format == "csv"} == set(load_tables())


def test_the_descriptor_names_every_file_with_its_digest(out: Path) -> None:
    descriptor = json.loads((out / "datapackage.json").read_bytes())
    for resource in descriptor["resources"]:
        data = (out / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    named = {resource["path"] for resource in descriptor["resources"]}
    assert named == {path.name for path in out.iterdir() if path.is_file()} - {"datapackage.json"}


def test_money_keeps_its_digits_and_a_monstrous_number_is_told_of(out: Path) -> None:
    import pyarrow.parquet as pq

    rows = pq.read_table(out / "cells.parquet").to_pylist()
    hand = {row["row"]: row for row in rows if row["region_code"] == "009999"}
    assert hand["fees"]["value"] == Decimal("488.780058")
    assert (hand["coercion"]["value"], hand["coercion"]["raw"]) == (None, "9" * 40)
    assert (hand["fees"]["unit"], hand["regulations"]["unit"]) == ("万元", "宗")
    notices = pq.read_table(out / "notices.parquet").to_pylist()
    assert [n["message"] for n in notices if n["code"] == "too-long-a-number"] == [
        "proactive.coercion.decisions：数字太长，表里留空，见 raw"
    ]


@pytest.mark.parametrize(
    "numbers",
    [
        (3, Decimal("0.00"), None),
        (Decimal(0),),
        (0, -1, 1 << 62, -(1 << 63), 10**25),
        (Decimal("-0.5"), 7, Decimal("488.780058")),
        (None, None),
    ],
)
def test_every_number_reaches_a_parquet_column_zero_included(
    numbers: tuple[int | Decimal | None, ...],
) -> None:
    from extractor.export.parquet import arrow_table

    table = load_tables()["checks"]
    rows = [tuple(each if c.type == "decimal" else None for c in table.columns) for each in numbers]
    assert arrow_table(table, rows).column("left").to_pylist() == list(numbers)


def test_cells_are_labelled_in_the_words_of_their_edition(out: Path) -> None:
    import pyarrow.parquet as pq

    rows = pq.read_table(out / "cells.parquet").to_pylist()
    labels = {
        (r["edition"], r["table"], r["row"], r["column"]): (r["row_label"], r["column_label"]) for r in rows
    }
    assert labels["2019", "proactive", "licensing", "change"] == (
        "第二十条第（五）项 › 行政许可",
        "本年增/减",
    )
    assert labels["2021", "requests", "granted", "business"] == (
        "三、本年度办理结果 › （一）予以公开", "法人或其他组织 › 商业企业",
    )  # fmt: skip
    assert labels["2014", "statistics", "received", "value"][1] == "统计数"


def test_a_failed_document_stands_in_documents_alone(out: Path) -> None:
    documents = {row[0]: row for row in rows_of_parquet(out, "documents")}
    failed = hashlib.sha256(b"failed").hexdigest()
    assert documents[failed][1:4] == ["timeout", "太慢", None]
    assert failed not in {row[0] for row in rows_of_parquet(out, "cells")}


def test_sections_keep_their_tree(out: Path) -> None:
    document = hashlib.sha256(b"0").hexdigest()
    rows = [row for row in rows_of_parquet(out, "sections") if row[0] == document]
    assert [(row[1], row[2], row[3]) for row in rows[:4]] == [
        (1, None, 1),
        (2, 1, 2),
        (3, None, 1),
        (4, 3, 2),
    ]
    assert [row[5] for row in rows[::2]] == AWKWARD


def test_the_same_entries_give_the_same_bytes(out: Path, tmp_path: Path) -> None:
    concept = ("requests.new.total", "新收", None, "2021", "requests", "new", "total", "same", None, None)
    write_outputs(entries(), sightings(), tmp_path, FORMATS, [concept])
    for path in out.iterdir():
        if path.is_file() and path.suffix not in (".duckdb", ".json"):
            assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_a_format_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misused, match="jsonl、parquet"):
        write_outputs([], [], tmp_path, ["dbf"])


def test_a_text_that_excel_cannot_hold_is_cut_and_the_index_says_so(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    report = hand_made()
    report = Report(**{f: getattr(report, f) for f in report.__struct_fields__} | {"title": "长" * 40_000})
    entry = ExportEntry(Outcome("0" * 64, "ok", DocumentPlace("a.html"), 1, "doubtful"), report.to_json())
    write_outputs([entry], [], tmp_path, ["xlsx"])
    book = openpyxl.load_workbook(tmp_path / "reports.xlsx")
    title = next(cell.value for cell in book["文档"][2] if str(cell.value).startswith("长"))
    assert len(title) <= 32_767
    assert title.endswith("（太长，全文见其他格式）")
    assert book["目录"]["D2"].value == "有 1 处文字超过 Excel 的上限，已截断"
    book.close()
