"""From a website that changes to the panel: an amended report is used, a withdrawn one is not."""

import subprocess
import sys
from pathlib import Path

import pytest
from crawls import HANGS, ROOT, environment, run_crawl
from sites.pages import column, page, robots, rows
from sites.server import Reply, Site

from extractor.analysis import load
from extractor.panel import PanelOptions, build_panel
from extractor.panel.coverage import coverage_rows

CASES = ROOT / "fixtures" / "cases"


def report(agency: str, year: int, note: str = "") -> Reply:
    """Return a page of a fixture under another name and year."""
    text = (CASES / "html-plain-2021" / "source.html").read_text(encoding="utf-8")
    text = (
        text.replace("雁坪县古渡镇人民政府", agency)
        .replace("2023", str(year))
        .replace("</p>", f"{note}</p>", 1)
    )
    return Reply(text.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def test_versions_and_withdrawals_reach_the_tables(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    pytest.importorskip("fastwarc")
    titles = {
        f"/nb/{year}.html": f"大竹县教育局{year}年政府信息公开工作年度报告" for year in (2021, 2022, 2023)
    }
    listed = column("政府信息公开年报", rows(*titles.items()))
    routes = {"/robots.txt": robots(), "/": listed, "/zwgk/": page("<p>政务公开</p>")}
    routes |= {path: report("大竹县教育局", int(path[4:8])) for path in titles}
    site = Site(routes)
    archive, out = tmp_path / "archive", tmp_path / "out"
    with site:
        assert run_crawl(archive, site.home).code == 0
        site.routes["/nb/2022.html"] = report("大竹县教育局", 2022, "（更正）本年度报告有更正。")
        site.routes["/nb/2023.html"] = Reply(b"", 404)
        run_crawl(archive, site.home)
    done = subprocess.run(
        [sys.executable, "-m", "extractor", "batch", archive, "-o", out, "--workers", "1", "-q"],
        env=environment(), capture_output=True, text=True, check=False, timeout=HANGS,
    )  # fmt: skip
    assert done.returncode in (0, 9), done.stderr
    with load(out) as tables:
        used = {row["year"]: row for row in tables.arrow("reports_used").to_pylist()}
        rows_of_panel = build_panel(tables, PanelOptions()).table.to_pylist()
        (_, coverage) = coverage_rows(tables)
    assert sorted(used) == [2021, 2022]
    assert used[2022]["version"] == 2
    assert "旧版本1份不用" in used[2022]["chosen"]
    assert {row["agency_id"] for row in rows_of_panel} == {"511724-教育"}
    assert coverage == ("511724-教育", "大竹县教育局", "used", "used", "withdrawn")
