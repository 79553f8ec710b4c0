"""A file that holds several reports: a batch gives each of them under an id of its own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pages import make_reports

from extractor.batch import Settings, run_batch
from extractor.cli.gather import gather
from scripts.corpus import html_sites, render_html
from scripts.corpus.draft import Draft
from scripts.corpus.prose import write
from scripts.corpus.truth import draw

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def drafts() -> list[Draft]:
    return [write(draw(number, "2021", "small")) for number in (5, 6, 7)]


@pytest.fixture(scope="module")
def archive(drafts: list[Draft], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of two reports and a volume of three."""
    folder = tmp_path_factory.mktemp("archive")
    make_reports(folder, 2)
    body = "".join(f"<h1>{''.join(draft.title)}</h1>{render_html.body(draft)}" for draft in drafts)
    (folder / "汇编.html").write_text(html_sites.bare(drafts[0], body), "utf-8")
    return folder


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("out")


def test_each_report_of_a_volume_is_in_every_table_without_a_clash_of_keys(
    run: Run, archive: Path, out: Path, drafts: list[Draft]
) -> None:
    told = run("batch", archive, "-o", out, "--to", "parquet,sqlite,duckdb", "--quiet")
    assert told.code == 0, told.err
    rows = pq.read_table(out / "documents.parquet").to_pylist()
    volume = sorted((r for r in rows if r["name"] == "汇编.html"), key=lambda r: r["document"])
    first = volume[0]["document"]
    assert [r["document"] for r in volume] == [first, f"{first}-2", f"{first}-3"]
    assert [r["agency"] for r in volume] == [draft.truth.agency.name for draft in drafts]
    assert (len(rows), len({r["document"] for r in rows})) == (5, 5)
    for table in ("cells", "checks", "sections", "notices"):
        held = pq.read_table(out / f"{table}.parquet").to_pylist()
        assert {r["document"] for r in volume} <= {r["document"] for r in held}
    lines = [json.loads(line)["source"] for line in (out / "reports.jsonl").read_bytes().splitlines()]
    assert sorted((s["sha256"], s["part"]) for s in lines if s["part"]) == [(first, n) for n in (1, 2, 3)]
    sources = pq.read_table(out / "sources.parquet").to_pylist()
    assert [s["document"] for s in sources if s["path"].endswith("汇编.html")] == [first]


def test_the_journal_has_one_line_a_document_and_a_second_run_reads_nothing(archive: Path, out: Path) -> None:
    run_batch([str(archive)], out, Settings(workers=1))
    batch = run_batch([str(archive)], out, Settings(workers=1))
    lines = [
        json.loads(line)
        for path in (out / ".journal").glob("journal-*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    assert sum("read" in line for line in lines) == 3
    assert (batch.tally.read, batch.tally.known) == (0, 3)
    assert [outcome.verdict for outcome in batch.harvest.outcomes] == ["verified"] * 5
    ids = [outcome.document for outcome, _ in batch.harvest.reports()]
    wanted = next(document for document in ids if document.endswith("-2"))
    assert [outcome.document for outcome, _ in batch.harvest.reports({wanted})] == [wanted]


def test_a_correction_of_one_report_leaves_the_others_of_its_file(
    run: Run, archive: Path, out: Path, tmp_path: Path
) -> None:
    run("batch", archive, "-o", out, "--quiet")
    before = {r["document"]: r for r in pq.read_table(out / "documents.parquet").to_pylist()}
    second = next(document for document in before if document.endswith("-2"))
    said = {"document": second, "cell": "requests.new.total", "value": 987654}
    corrections = tmp_path / "corrections.jsonl"
    corrections.write_text(json.dumps({**said, "who": "甲", "when": "2026-11-30"}) + "\n", "utf-8")
    run("batch", archive, "-o", out, "--quiet", "--corrections", corrections)
    after = {r["document"]: r for r in pq.read_table(out / "documents.parquet").to_pylist()}
    changed = {document for document in after if after[document]["verdict"] != before[document]["verdict"]}
    assert changed == {second}


def test_check_reads_every_report_of_a_file(archive: Path, drafts: list[Draft]) -> None:
    here = gather([str(archive / "汇编.html")]).reports
    assert [report.issuer.name for report in here] == [draft.truth.agency.name for draft in drafts]
    assert [report.source.name for report in here] == ["汇编.html", "汇编.html#2", "汇编.html#3"]
    assert len({report.source.document for report in here}) == 3
