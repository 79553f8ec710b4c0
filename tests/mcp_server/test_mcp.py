"""The tools for programs, asked by a real client over standard input and output."""

import json
import shutil
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from invented_batches import Invented, write_batch

from extractor.errors import ExtractorError, Misused
from extractor.mcp_server import GivenFolder, ReportTools
from extractor.pipeline import parse

pytest.importorskip("duckdb")
anyio = pytest.importorskip("anyio")
mcp = pytest.importorskip("mcp", reason="needs the extra mcp")

CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"
REPORTS = [Invented("大竹县教育局", year, 5 + year - 2019) for year in (2019, 2020, 2022)]
TOOLS = {"list_files", "parse_report", "explain_cell", "query", "list_coverage"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with reports, a result, and links that lead out."""
    made = tmp_path_factory.mktemp("given") / "年报"
    made.mkdir()
    shutil.copy(CASES / "fault-zero-total" / "source.html", made / "零.html")
    (made / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (made.parent / "secret.html").write_text("secret")
    (made / "link.html").symlink_to(made.parent / "secret.html")
    write_batch(made.parent / "out", REPORTS, formats=["jsonl", "parquet"])
    return made


@pytest.fixture
def tools(folder: Path) -> ReportTools:
    return ReportTools(GivenFolder(folder), parse, folder.parent / "out")


@asynccontextmanager
async def client_of(folder: Path) -> AsyncIterator[Any]:
    arguments = [
        "-m",
        "extractor",
        "mcp",
        str(folder),
        "--results",
        str(folder.parent / "out"),
        "--lang",
        "zh",
    ]
    started = mcp.StdioServerParameters(command=sys.executable, args=arguments)
    async with mcp.Client(started, read_timeout_seconds=120) as client:
        yield client


def told(answer: Any) -> Any:
    return json.loads(answer.content[0].text)


def test_a_client_is_told_of_tools_that_only_read_and_uses_each(folder: Path) -> None:
    async def use() -> None:
        async with client_of(folder) as client:
            listed = (await client.list_tools()).tools
            assert {tool.name for tool in listed} == TOOLS
            assert all(tool.annotations.read_only_hint for tool in listed)
            files = told(await client.call_tool("list_files", {}))
            assert files == {"files": ["broken.pdf", "零.html"], "more": False}
            report = told(await client.call_tool("parse_report", {"file": "零.html"}))
            assert report["verdict"] == "inconsistent"
            assert report["tables"]["disputes"]["review"]["total"] == 0
            cell = {"file": "零.html", "cell": "disputes.review.total"}
            why = told(await client.call_tool("explain_cell", cell))
            assert (why["value"], why["cell"]["raw"]) == (0, "0")
            assert any(finding["outcome"] == "fails" for finding in why["findings"])
            asked = {"sql": "SELECT year, received FROM requests ORDER BY year", "rows": 2}
            answer = told(await client.call_tool("query", asked))
            assert [row[0] for row in answer["rows"]] == [2019, 2020]
            assert answer["more"] is True
            bodies = told(await client.call_tool("list_coverage", {"containing": "大竹"}))["bodies"]
            assert [(body["years"], body["missing"]) for body in bodies] == [([2019, 2020, 2022], [2021])]

    anyio.run(use)


def test_a_client_is_told_what_is_wrong_and_may_go_on(folder: Path) -> None:
    async def use() -> None:
        async with client_of(folder) as client:
            for tool, given, sentence in (
                ("parse_report", {"file": "../secret.html"}, "只能读给定文件夹里的文件"),
                ("parse_report", {"file": "no.html"}, "没有这个文件"),
                ("parse_report", {"file": "broken.pdf"}, "broken.pdf"),
                ("query", {"sql": "COPY cells TO '/tmp/x.csv'"}, "只能是一句 SELECT"),
                ("explain_cell", {"file": "零.html", "cell": "requests.new.totl"}, "requests.new.total"),
            ):
                answer = await client.call_tool(tool, given)
                assert answer.is_error
                assert sentence in answer.content[0].text
                assert "Traceback" not in answer.content[0].text
            assert told(await client.call_tool("list_files", {"containing": "零"}))["files"] == ["零.html"]

    anyio.run(use)


@pytest.mark.parametrize(
    "name", ["../secret.html", "link.html", "/etc/passwd", "a/../../secret.html", "零.html\0", "."]
)
def test_no_name_leads_out_of_the_folder(tools: ReportTools, name: str) -> None:
    with pytest.raises(ExtractorError):
        tools.parse_report(name)
    assert "link.html" not in tools.list_files()["files"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM read_csv('{folder}/../secret.html')",
        "SELECT * FROM '{folder}/../secret.html'",
        "COPY cells TO '{folder}/cells.csv'",
        "COPY (SELECT 1) TO '{out}/cells.parquet' (FORMAT parquet)",
        "SET enable_external_access = true",
        "ATTACH '{folder}/new.db' AS other",
        "INSTALL httpfs",
        "CREATE TABLE t AS SELECT 1",
        "DROP VIEW cells",
        "SELECT 1; SELECT 2",
        "SELECT * FROM range(100000000000) a, range(100000) b WHERE a.range + b.range < 0",
    ],
)
def test_a_question_reads_the_tables_and_nothing_else(
    folder: Path, tools: ReportTools, sql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.mcp_server.tools._SECONDS", 2.0)
    out = folder.parent / "out"
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with pytest.raises(Misused):
        tools.query(sql.format(folder=folder, out=out))
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert tools.query("SELECT count(*) FROM reports_used")["rows"] == [[3]]


@pytest.mark.parametrize(
    "ask",
    [
        lambda tools: tools.query("SELECT repeat('年', 100000)"),
        lambda tools: tools.query("SELECT * FROM cells", 1000),
    ],
)
def test_an_answer_that_is_too_long_is_refused_not_cut(
    tools: ReportTools, ask: Callable[[ReportTools], Any]
) -> None:
    with pytest.raises(Misused, match="超过"):
        ask(tools)


def test_every_part_of_a_report_is_told(tools: ReportTools) -> None:
    cells = tools.parse_report("零.html", "cells")["cells"]
    assert cells["disputes.review.total"][:3] == ["0", 0, "read"]
    text = tools.parse_report("零.html", "text")["sections"]
    assert any(section["text"] for section in text)
    assert tools.parse_report("零.html")["failing_checks"]


def test_without_a_result_there_is_nothing_to_ask(folder: Path) -> None:
    with pytest.raises(Misused, match="--results"):
        ReportTools(GivenFolder(folder), parse, None).query("SELECT 1")


def test_numbers_keep_every_digit(tools: ReportTools) -> None:
    sql = "SELECT 488.780058::DECIMAL(38, 12), 10::DECIMAL(38, 12), NULL, [1, 2], DATE '2024-01-20'"
    assert tools.query(sql)["rows"] == [["488.780058", 10, None, [1, 2], "2024-01-20"]]
