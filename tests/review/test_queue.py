"""The doubtful cells of a batch: the order, the pictures, and what the sums ask for."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from extractor.corrections import CellCorrection, add_correction
from extractor.document import Locator, Source
from extractor.errors import ExitCode
from extractor.pipeline import parse
from extractor.review import draw_source, queue_of
from extractor.review.pictures import pictures_of_places
from extractor.rules.doubtful import doubtful_cells, values_over_years
from extractor.rules.editions import in_labels

Run = Callable[..., Any]
CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"
OPEN, TEXT, PDF = "html-unplain-cells-2", "text-scraped", "pdf-same-report"


def source_of(case: str) -> Source:
    (path,) = (CASES / case).glob("source.*")
    return Source(path.name, path.read_bytes())


def test_a_cell_that_settles_others_comes_first_with_what_the_sums_ask_for() -> None:
    cells = doubtful_cells(parse(source_of(OPEN)))
    assert [each.settles for each in cells] == [3, 3, 3, 1]
    assert cells[0].cell == "requests.partly_granted.total"
    assert cells[0].sums_say == (17,)
    assert all(each.readings for each in cells)
    assert doubtful_cells(parse(source_of("html-plain-2021"))) == []


def test_of_many_reports_the_most_useful_cell_is_first() -> None:
    queued = queue_of([parse(source_of(TEXT)), parse(source_of(OPEN))])
    assert [each.doubt.settles for each in queued] == sorted((e.doubt.settles for e in queued), reverse=True)
    assert {each.agency for each in queued} == {"望岫区人民政府", "松洲市发展和改革局"}


def test_the_picture_of_a_cell_shows_its_characters_and_what_is_beside_it() -> None:
    source = source_of(PDF)
    report = parse(source)
    cell = "requests.new.total"
    place = report.cells[cell].locator
    (picture,) = pictures_of_places(source, report, {cell: place, "nowhere": Locator(line=1)}.copy()).values()
    cut = Image.open(BytesIO(picture)).convert("L")
    assert place.bbox is not None
    assert cut.width > 3 * 2 * (place.bbox[2] - place.bbox[0])
    assert min(cut.tobytes()) < 100  # there is ink
    with pypdfium2.PdfDocument(source.data) as pdf:
        assert place.page is not None
        assert place.page <= len(pdf)
    assert pictures_of_places(source_of(TEXT), parse(source_of(TEXT)), {cell: place}) == {}
    assert draw_source(source, report).html  # and the page is still drawn as before


def test_the_command_lists_cells_and_writes_a_page(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    run("batch", CASES / OPEN, CASES / TEXT, "-o", out, "--workers", "1", "-q")
    listed = run("queue", out).out.decode().splitlines()
    assert listed[0].startswith("可定 3 格  source.html（望岫区人民政府 2020） requests.partly_granted.total")
    assert listed[0].endswith("按勾稽关系 17")
    first = json.loads(run("queue", out, "--json").out.splitlines()[0])
    assert (first["doubt"]["cell"], first["doubt"]["sums_say"]) == ("requests.partly_granted.total", [17])
    path = tmp_path / "corrections.jsonl"
    add_correction(path, CellCorrection(first["document"], first["doubt"]["cell"], 17, "李", "2026-01-02"))
    assert not any("partly_granted.total" in line for line in _lines(run, out, path))
    page = tmp_path / "存疑.html"
    assert run("queue", out, "-o", page).code == ExitCode.OK
    text = page.read_text("utf-8")
    assert "24486" in text
    assert "<script" not in text
    assert run("queue", tmp_path).code == ExitCode.MISSING_FILE


def _lines(run: Run, out: Path, corrections: Path) -> list[str]:
    lines: list[str] = run("queue", out, "--corrections", corrections).out.decode().splitlines()
    return lines


def test_an_open_cell_of_a_year_is_a_question_mark() -> None:
    report = parse(source_of(TEXT))
    years = values_over_years([report])
    assert years["proactive.normative_documents.issued"] == ((2022, "?"),)


def test_the_panel_takes_corrections_without_writing_the_batch_again(run: Run, tmp_path: Path) -> None:
    out, path = tmp_path / "结果", tmp_path / "corrections.jsonl"
    run("batch", CASES / TEXT, CASES / "html-plain-2021", "-o", out, "--workers", "1", "-q")
    document = parse(source_of(TEXT)).source.sha256
    add_correction(path, CellCorrection(document, "proactive.normative_documents.issued", 24, "李", "2026"))

    def issued(*options: object) -> list[str]:
        target = tmp_path / "面板.csv"
        assert run("panel", out, "-o", target, *options).code == ExitCode.OK
        head, *rows = target.read_text("utf-8-sig").splitlines()
        column = head.split(",").index("pa_norm_docs_issued")
        return [row.split(",")[column] for row in rows]

    before = issued()
    corrected = issued("--corrections", path)
    assert sorted(before) == ["", "19"]
    assert sorted(corrected) == ["19", "24"]
    assert issued() == before
    run("batch", CASES / TEXT, CASES / "html-plain-2021", "-o", out, "--corrections", path, "-q")
    assert sorted(issued()) == ["19", "24"]
    (out / "reports.jsonl").unlink()
    outcome = run("panel", out, "-o", tmp_path / "x.csv", "--corrections", path)
    assert outcome.code == ExitCode.MISSING_FILE


def test_a_message_names_cells_by_their_labels_and_leaves_what_only_looks_like_one() -> None:
    report = parse(source_of("html-plain-2021"))
    told = in_labels(
        report, "正文为 3，表格为 4（disputes.review.total）；见 requests.no.such、www.new.total"
    )
    assert told == "正文为 3，表格为 4（行政复议 / 总计）；见 requests.no.such、www.new.total"
