"""Coverage: who has published for which year, who has not, and where nobody has looked."""

import csv
import io
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from extractor.cli.commands import app
from extractor.coverage import Coverage, as_bytes, assess, governments, read_holdings, read_roster
from extractor.errors import ExtractorError, Misused

SITE = "http://www.dazhu.example"
ROSTER = (
    "name,region_code,url\n"
    f"大竹县人民政府,511724,{SITE}/\n县财政局,511724,{SITE}/\n县教育局,511724,{SITE}/\n"
    "渠县人民政府,511725,http://www.quxian.example\n"
)


def line(path: str, outcome: str, **more: Any) -> dict[str, Any]:
    return {"url": f"{SITE}{path}", "outcome": outcome, **more}


LINES = (
    line("/nb/", "column", title="政府信息公开年报"),
    line("/1", "report", agency="大竹县", year=2023, edition="html", published="2024-01-30", version=1),
    line("/1.pdf", "attachment", agency="大竹县", year=2023, edition="pdf", version=1),
    line("/1", "report", agency="大竹县", year=2023, edition="html", published="2024-01-30", version=2),
    line("/2", "report", agency="大竹县", year=2022, edition="html", gone_at="2026-05-01T00:00:00Z"),
    line("/3", "report", agency="达州市大竹县财政局", year=2023, edition="html"),
    line("/4", "challenge", title="大竹县财政局2022年政府信息公开工作年度报告", note="要浏览器"),
    line("/5", "report", agency="大竹县审计局", year=2023, edition="html"),
    line("/bm/", "unexplored", title="县水利局", unit="县水利局"),
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in LINES)
    (tmp_path / "manifest.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def assessed(archive: Path) -> Coverage:
    return assess(read_roster(archive / "roster.csv"), (2022, 2023), read_holdings([archive]))


def test_every_body_and_year_has_one_state(archive: Path) -> None:
    states = {(cell.name, cell.year): cell.state for cell in assessed(archive).cells}
    assert states == {
        ("大竹县人民政府", 2022): "withdrawn",
        ("大竹县人民政府", 2023): "published",
        ("县财政局", 2022): "unreadable",
        ("县财政局", 2023): "published",
        ("县教育局", 2022): "not_found",
        ("县教育局", 2023): "not_found",
        ("渠县人民政府", 2022): "not_looked",
        ("渠县人民政府", 2023): "not_looked",
    }


def test_a_state_comes_with_what_stands_behind_it(archive: Path) -> None:
    cells = {(cell.name, cell.year): cell for cell in assessed(archive).cells}
    one = cells["大竹县人民政府", 2023]
    assert (one.published, one.versions, one.formats) == ("2024-01-30", 2, ("html", "pdf"))
    assert cells["大竹县人民政府", 2022].note == "2026-05-01 已经不在"
    assert cells["县财政局", 2022].note == "challenge（要浏览器）"
    looked = cells["县教育局", 2023].note
    assert looked == f"看过 {SITE}/nb/；这个网站还有 1 处没能读；另有 1 个年报文件不知属于名录上的谁"


def test_reports_of_bodies_that_are_not_on_the_roster_are_named(archive: Path) -> None:
    assert assessed(archive).unlisted == ("大竹县审计局 2023",)


def test_a_place_that_no_table_knows_is_matched_by_name_on_its_site(tmp_path: Path) -> None:
    told = {"url": "http://qy.example/1", "outcome": "report", "agency": "青沅县教育局", "year": 2023}
    (tmp_path / "manifest.jsonl").write_text(json.dumps(told), encoding="utf-8")
    roster = tmp_path / "roster.csv"
    roster.write_bytes("名称,网址\n县教育局,qy.example\n体育局,qy.example\n".encode("gbk"))
    found = assess(read_roster(roster), (2023,), read_holdings([tmp_path]))
    assert [cell.state for cell in found.cells] == ["published", "not_found"]


def test_tables_in_every_format(archive: Path) -> None:
    found = assessed(archive)
    rows = list(csv.DictReader(io.StringIO(as_bytes(found, "csv").decode("utf-8-sig"))))
    assert [row["state"] for row in rows] == [cell.state for cell in found.cells]
    assert json.loads(as_bytes(found, "json"))["cells"][1]["state"] == "published"
    page = as_bytes(found, "html").decode()
    assert page.count('<td class="not_found"') == 2
    assert f'<a href="{SITE}/1">●</a>' in page
    with ZipFile(io.BytesIO(as_bytes(found, "xlsx"))) as book:
        assert "已撤下" in book.read("xl/sharedStrings.xml").decode()


def test_names_of_the_roster_are_text_in_the_page(archive: Path) -> None:
    (archive / "roster.csv").write_text("name\n<script>alert(1)</script>局\n", encoding="utf-8")
    assert "<script>" not in as_bytes(assessed(archive), "html").decode()


def test_the_governments_of_all_divisions_are_a_roster() -> None:
    bodies = list(governments("5117"))
    assert ("大竹县人民政府", "511724", "511724-政府") in [
        (b.name, b.region_code, b.agency_id) for b in bodies
    ]
    assert bodies[0].name == "达州市人民政府"


@pytest.mark.parametrize("text", ["code,url\n1,2\n", "name,url\n,http://a.example\n"])
def test_a_roster_without_names_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Misused):
        read_roster(tmp_path / "r.csv")


def test_the_command_writes_by_suffix_and_says_the_totals(archive: Path) -> None:
    told = [str(archive), "--roster", str(archive / "roster.csv"), "--years", "2022-2023"]
    done = CliRunner().invoke(
        app, ["coverage", *told, "-o", str(archive / "c.html"), "-o", str(archive / "c.csv")]
    )
    assert done.exit_code == 0
    assert "4 个机关 × 2 年：已公布 2、取不到 1、已撤下 1、没找到 2、没去找 2" in done.stderr
    assert (archive / "c.html").read_bytes().startswith(b"<!DOCTYPE")
    printed = CliRunner().invoke(app, ["coverage", *told])
    assert printed.stdout.startswith("name,region_code")
    wrong = CliRunner().invoke(app, ["coverage", *told, "-o", "c.doc"])
    assert isinstance(wrong.exception, ExtractorError)
    assert CliRunner().invoke(app, ["coverage", *told[:-1], "last"]).exit_code == 2
