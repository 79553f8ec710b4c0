"""Reports out of responses: of any library, of Scrapy items, of web-poet pages."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import parse_response
from extractor.errors import ExitCode, ExtractorError

ROOT = Path(__file__).parent.parent.parent
CASE = ROOT / "fixtures" / "cases" / "html-four-tables"


@pytest.fixture(scope="module")
def body() -> bytes:
    return next(CASE.glob("source.*")).read_bytes()


def test_a_response_gives_the_report_with_its_source(body: bytes) -> None:
    headers = {"DATE": "Tue, 21 Jan 2025 08:00:00 GMT", "Content-Type": "text/html"}
    report = parse_response(body, "http://yunling.example/nb/1.html", headers)
    assert report.verdict == "verified"
    assert report.source.url == "http://yunling.example/nb/1.html"
    assert report.source.retrieved_at == "2025-01-21T08:00:00+00:00"
    assert report.source.name == "1.html"


@pytest.mark.parametrize(
    "disposition",
    [
        "attachment; filename*=UTF-8''%E5%B9%B4%E6%8A%A5.html",
        'attachment; filename="年报.html"'.encode("gb18030").decode("latin-1"),
        'attachment; filename="%E5%B9%B4%E6%8A%A5.html"',
    ],
)
def test_a_file_gets_the_name_that_the_server_gives_it(body: bytes, disposition: str) -> None:
    report = parse_response(
        body, "http://yunling.example/download.jsp?id=1", {"content-disposition": disposition}
    )
    assert report.source.name == "年报.html"


def test_a_response_without_a_report_raises_as_a_file_does() -> None:
    with pytest.raises(ExtractorError) as caught:
        parse_response(b"", "http://yunling.example/empty.html")
    assert caught.value.exit_code == ExitCode.UNREADABLE


def test_a_page_object_gives_the_report(body: bytes) -> None:
    web_poet = pytest.importorskip("web_poet")
    from extractor.integrations.page_object import ReportPage

    response = web_poet.HttpResponse(
        "http://yunling.example/1.html", body=body, headers={"Content-Type": "text/html"}
    )
    report = asyncio.run(ReportPage(response).to_item())
    assert report.verdict == "verified"
    assert report.source.url == "http://yunling.example/1.html"


SPIDER = """
import scrapy
from scrapy.crawler import CrawlerProcess

class Reports(scrapy.Spider):
    name = "reports"
    start_urls = [{good!r}, {bad!r}]
    custom_settings = {{
        "ITEM_PIPELINES": {{"extractor.integrations.scrapy_pipeline.ReportPipeline": 300}},
        "FEEDS": {{{feed!r}: {{"format": "jsonlines"}}}},
        "LOG_LEVEL": "ERROR",
    }}

    def parse(self, response):
        yield {{"response": response}}

process = CrawlerProcess()
process.crawl(Reports)
process.start()
"""


def test_scrapy_items_leave_the_pipeline_with_their_reports(body: bytes, tmp_path: Path) -> None:
    pytest.importorskip("scrapy")
    (tmp_path / "good.html").write_bytes(body)
    (tmp_path / "bad.html").write_bytes(b"\x00\x01\x02\x03")
    feed = tmp_path / "items.jsonl"
    good, bad = ((tmp_path / name).as_uri() for name in ("good.html", "bad.html"))
    done = subprocess.run(
        [
            sys.executable,
            "-W",
            "error::DeprecationWarning:extractor",
            "-c",
            SPIDER.format(good=good, bad=bad, feed=str(feed)),
        ],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "DeprecationWarning" not in done.stderr
    items = {item["url"].rpartition("/")[2]: item for item in map(json.loads, feed.read_text().splitlines())}
    assert items["good.html"]["report"]["verdict"] == "verified"
    assert items["good.html"]["report_error"] is None
    assert items["bad.html"]["report"] is None
    assert items["bad.html"]["report_error"]
