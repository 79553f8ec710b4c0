"""One build of a site after another: what changed is told, and no failure leaves a reader without a site."""

import csv
import gzip
import hashlib
import io
from pathlib import Path

import msgspec
import pytest
from invented_batches import Invented, document_of, write_batch

import extractor.site.build as build
from extractor.site import SiteOptions, build_site
from extractor.site.swap import draft_of, old_of

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
pytest.importorskip("jinja2")

FIRST = Invented("大竹县教育局", 2022, 5, published="2023-01-20")
OTHER_NUMBERS = Invented("大竹县教育局", 2022, 6, published="2023-02-20")
NEXT_YEAR = Invented("大竹县教育局", 2023, 5, published="2024-01-20")
ELSEWHERE = Invented("渠县教育局", 2022, 5, published="2023-01-20")
CELLS = 200  # of the standard tables of 2021


def site_of(folder: Path, reports: list[Invented], options: SiteOptions | None = None) -> Path:
    write_batch(folder / "out", reports, formats=["jsonl", "parquet"])
    build_site(folder / "out", folder / "site", options)
    return folder / "site"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_an_amended_report_is_told_cell_by_cell(tmp_path: Path) -> None:
    site_of(tmp_path, [FIRST, ELSEWHERE])
    site = site_of(tmp_path, [FIRST, OTHER_NUMBERS, ELSEWHERE, NEXT_YEAR])
    changes = rows(site / "data" / "changes.csv")
    assert len(changes) == CELLS
    one = next(change for change in changes if change["cell"] == "requests.new.natural_person")
    assert one["kind"] == "amended"
    assert (one["old_document"], one["new_document"]) == (document_of(FIRST), document_of(OTHER_NUMBERS))
    assert float(one["new_value"]) - float(one["old_value"]) == 1
    assert one["new_document"] in (site / "changes.html").read_text(encoding="utf-8")
    feed = (site / "feed.xml").read_text(encoding="utf-8")
    assert feed.count('term="amended"') == 1


def test_first_and_last_seen_are_kept_through_builds(tmp_path: Path) -> None:
    site_of(tmp_path, [FIRST, ELSEWHERE])
    site_of(tmp_path, [FIRST, NEXT_YEAR])
    site = site_of(tmp_path, [NEXT_YEAR])
    seen = {
        row["document"]: (row["first_seen"], row["last_seen"]) for row in rows(site / "data" / "history.csv")
    }
    assert seen == {
        document_of(FIRST): ("1", "2"),
        document_of(ELSEWHERE): ("1", "1"),
        document_of(NEXT_YEAR): ("2", "3"),
    }


def test_the_same_data_are_the_same_build(tmp_path: Path) -> None:
    site = site_of(tmp_path, [FIRST])
    before = (site / "site.json").read_bytes()
    build_site(tmp_path / "out", site)
    assert (site / "site.json").read_bytes() == before


def test_a_failure_leaves_the_site_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = site_of(tmp_path, [FIRST])
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build, "draw_reports", fail)
    with pytest.raises(OSError, match="No space"):
        build_site(tmp_path / "out", site)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    assert not draft_of(site).exists()


def test_a_run_killed_between_the_two_moves_loses_nothing(tmp_path: Path) -> None:
    site = site_of(tmp_path, [FIRST])
    site.replace(old_of(site))
    write_batch(tmp_path / "out", [OTHER_NUMBERS], formats=["jsonl", "parquet"])
    build_site(tmp_path / "out", site)
    assert len(msgspec.json.decode((site / "site.json").read_bytes())["builds"]) == 2
    assert not old_of(site).exists()


def test_several_processes_draw_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import extractor.site.drawing as drawing

    reports = [Invented("大竹县教育局", year, year) for year in range(2019, 2024)]
    alone = site_of(tmp_path, reports)
    monkeypatch.setattr(drawing, "_FEW", 0)
    monkeypatch.setattr(drawing, "_CHUNK", 40_000)
    build_site(tmp_path / "out", tmp_path / "again", SiteOptions(workers=2))
    files = {path.relative_to(alone): path.read_bytes() for path in alone.rglob("*") if path.is_file()}
    again = tmp_path / "again"
    assert {p.relative_to(again): p.read_bytes() for p in again.rglob("*") if p.is_file()} == files


def test_the_tables_to_download_are_whole(tmp_path: Path) -> None:
    site = site_of(tmp_path, [FIRST, Invented("=1+1县教育局", 2022, 3)])
    package = msgspec.json.decode((site / "data" / "datapackage.json").read_bytes())
    told = {resource["name"]: resource for resource in package["resources"]}
    text = gzip.decompress((site / "data" / "cells.csv.gz").read_bytes()).decode("utf-8")
    cells = list(csv.DictReader(io.StringIO(text)))
    assert len(cells) == told["cells"]["rowCount"] == 2 * CELLS
    assert {cell["value"] for cell in cells} >= {"5", "6", "10"}
    assert {cell["agency"] for cell in cells} == {"大竹县教育局", "'=1+1县教育局"}
    reports = gzip.decompress((site / "data" / "reports.jsonl.gz").read_bytes())
    assert reports == (tmp_path / "out" / "reports.jsonl").read_bytes()


# frictionless leaves compressed files to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_descriptor_is_valid_for_others(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    site = site_of(tmp_path, [FIRST, ELSEWHERE])
    report = frictionless.validate(str(site / "data" / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note"])


def test_croissant_names_every_column_and_the_bytes_of_every_file(tmp_path: Path) -> None:
    site = site_of(tmp_path, [FIRST], SiteOptions(url="https://www.example.gov.cn/register"))
    told = msgspec.json.decode((site / "croissant.json").read_bytes())
    files = {one["@id"]: one for one in told["distribution"]}
    cells = next(one for one in told["recordSet"] if one["name"] == "cells")
    assert files["cells.parquet"]["contentUrl"] == "https://www.example.gov.cn/register/data/cells.parquet"
    assert {field["source"]["fileObject"]["@id"] for field in cells["field"]} == {"cells.parquet"}
    assert "cells/standard_value" in {field["@id"] for field in cells["field"]}
    feed = (site / "feed.xml").read_text(encoding="utf-8")
    assert 'href="https://www.example.gov.cn/register/report/' in feed


def test_title_and_note_stand_on_every_page(tmp_path: Path) -> None:
    site = site_of(tmp_path, [FIRST], SiteOptions(title="某省登记簿", note="<b>虚构</b>"))
    for path in site.rglob("*.html"):
        assert "&lt;b&gt;虚构&lt;/b&gt;" in path.read_text(encoding="utf-8")
    assert "<h1>某省登记簿</h1>" in (site / "index.html").read_text(encoding="utf-8")


def test_review_pages_show_only_the_very_bytes_that_were_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from extractor.cli.commands import app

    monkeypatch.chdir(tmp_path)
    cases = Path(__file__).parent.parent.parent / "fixtures" / "cases"
    for name, case in (("kept.html", "html-plain-2021"), ("changed.html", "fault-zero-total")):
        (tmp_path / name).write_bytes((cases / case / "source.html").read_bytes())
    run = CliRunner()
    assert run.invoke(app, ["batch", "kept.html", "changed.html", "-o", "out", "-q"]).exit_code == 0
    (tmp_path / "changed.html").write_text("something else")
    assert run.invoke(app, ["site", "out", "-o", "site", "--review", "."]).exit_code == 0
    kept = hashlib.sha256((tmp_path / "kept.html").read_bytes()).hexdigest()
    assert [path.stem for path in (tmp_path / "site" / "review").iterdir()] == [kept]
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "site" / "report").iterdir()}
    assert len(pages) == 2
    assert {stem for stem, html in pages.items() if 'href="../review/' in html} == {kept}
    assert run.invoke(app, ["site", "out", "-o", "plain"]).exit_code == 0
    assert not (tmp_path / "plain" / "review").exists()
