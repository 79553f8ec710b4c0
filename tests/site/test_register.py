"""The site of a batch: honest about what is not known, the same when built twice, safe."""

import re
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest
from invented_batches import Invented, document_of, write_batch
from typer.testing import CliRunner

from extractor.cli.commands import app
from extractor.errors import Misused
from extractor.site import build_site
from extractor.site.search_index import shard_of

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
pytest.importorskip("jinja2")

HOSTILE = '<script src="//x"></script><img src=x onerror=alert(1)>"\'县财政局'
REPORTS = [
    Invented("大竹县教育局", 2020, 5, published="2021-01-20", url="https://www.example.gov.cn/1.html"),
    Invented("大竹县教育局", 2023, 9, url="javascript:alert(1)"),
    Invented("渠县教育局", 2021, 7, verdict="doubtful"),
    Invented(HOSTILE, 2021, 3),
    Invented(None, 2022, 4),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("batch")
    write_batch(folder / "out", REPORTS, formats=["jsonl", "parquet"])
    answer = CliRunner().invoke(app, ["site", str(folder / "out"), "-o", str(folder / "site")])
    assert answer.exit_code == 0, answer.output
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def page(built: Path, address: str) -> str:
    return (built / "site" / address).read_text(encoding="utf-8")


def agency_page(built: Path, name: str) -> str:
    pages = [path.read_text(encoding="utf-8") for path in (built / "site" / "agency").iterdir()]
    return next(html for html in pages if f"<h1>{name}</h1>" in html)


def test_built_twice_it_has_the_same_bytes(built: Path) -> None:
    build_site(built / "out", built / "again")
    assert files_of(built / "again") == files_of(built / "site")
    build_site(built / "out", built / "again")
    assert files_of(built / "again") == files_of(built / "site")


def test_every_link_leads_to_a_file_of_the_site(built: Path) -> None:
    links = 0
    for path in (built / "site").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        for link in re.findall(r'(?:href|src)="([^"]*)"', html):
            if link.startswith("https://"):
                continue
            address, _, place = link.partition("#")
            target = path.parent / unquote(address) if address else path
            assert target.is_file(), (path, link)
            assert not place or f'id="{place}"' in target.read_text(encoding="utf-8")
            links += 1
    assert links > 100


def test_texts_of_reports_are_texts_and_no_page_has_a_script_of_its_own(built: Path) -> None:
    for path in (built / "site").rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert "default-src 'none'; script-src 'self'" in html
        assert re.findall(r"<script(?! src=\"(?:\.\./)*static/\w+\.js\" defer></script>)", html) == []
        assert "<img" not in html
        assert 'href="javascript:' not in html
    assert "&lt;img src=x" in page(built, f"report/{document_of(REPORTS[3])}.html")


def test_years_without_a_report_are_gaps_and_said_not_to_be_known(built: Path) -> None:
    html = agency_page(built, "大竹县教育局")
    assert html.count("是否公布不知道") == 2
    chart = re.findall(r'<svg viewBox="0 0 640.*?</svg>', html, re.DOTALL)[0]
    assert chart.count("<circle") == 2
    assert chart.count(" ?</text>") == 2
    assert 'class="line"' not in chart


def test_bodies_are_never_put_together(built: Path) -> None:
    assert document_of(REPORTS[2]) not in agency_page(built, "大竹县教育局")
    assert document_of(REPORTS[4]) in page(built, "nameless.html")
    for path in (built / "site" / "agency").iterdir():
        assert document_of(REPORTS[4]) not in path.read_text(encoding="utf-8")


def test_doubts_are_listed(built: Path) -> None:
    lists = [path.read_text(encoding="utf-8") for path in (built / "site" / "doubts").iterdir()]
    assert sum(document_of(REPORTS[2]) in html for html in lists) == 1
    assert not any(document_of(REPORTS[0]) in html for html in lists)
    assert 'href="doubts/' in page(built, "doubts.html")


def test_programs_find_a_report_and_its_body_as_files(built: Path) -> None:
    api = built / "site" / "api" / "v1"
    agencies = [msgspec.json.decode(path.read_bytes()) for path in (api / "agency").iterdir()]
    one = next(each for each in agencies if each["name"] == "大竹县教育局")
    assert [report["year"] for report in one["reports"]] == [2020, 2023]
    report = msgspec.json.decode((api / "agency" / one["reports"][0]["report"]).resolve().read_bytes())
    assert report["source"]["sha256"] == document_of(REPORTS[0])


def test_the_search_finds_a_body_by_two_characters(built: Path) -> None:
    search = built / "site" / "search"
    pages = msgspec.json.decode((search / "pages.js").read_bytes()[len("extractorPages(") : -3])
    number = shard_of("渠县")
    told = (search / f"{number}.js").read_bytes().removeprefix(b"extractorShard(%d," % number)[:-3]
    first = msgspec.json.decode(told)["渠县"][0]
    assert pages[first][0] == f"report/{document_of(REPORTS[2])}.html"


def test_the_feed_has_only_reports_of_a_known_day(built: Path) -> None:
    feed = page(built, "feed.xml")
    assert document_of(REPORTS[0]) in feed
    assert "2021-01-20T00:00:00Z" in feed
    assert document_of(REPORTS[1]) not in feed


def test_a_folder_of_other_things_is_never_replaced(built: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Misused, match="别的文件"):
        build_site(built / "out", tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "mine"
