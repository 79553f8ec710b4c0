"""What people corrected becomes the answer that the reader is measured by."""

import shutil
from pathlib import Path

from extractor.corrections import CellCorrection, add_correction
from extractor.pipeline import parse
from scripts.corpus.gold import gold_answers
from scripts.gold_from_corrections import write_gold

SAMPLE = Path(__file__).parent.parent / "fixtures/cases/text-scraped/source.txt"
OPEN = "proactive.normative_documents.issued"
READ = "requests.new.total"


def test_a_corrected_reading_is_the_answer_and_a_publishers_error_is_not(tmp_path: Path) -> None:
    report = parse(SAMPLE)
    shutil.copy(SAMPLE, tmp_path / "年报.txt")
    shutil.copy(SAMPLE.parent.parent / "html-plain-2021/source.html", tmp_path / "别的.html")
    path = tmp_path / "corrections.jsonl"
    document = report.source.sha256
    add_correction(path, CellCorrection(document, OPEN, 24, "李", "2026-01-02"))
    add_correction(path, CellCorrection(document, READ, 999, "李", "2026-01-02", of="publisher"))
    assert [each.name for each in write_gold(tmp_path, path)] == ["年报.json"]
    ((file, expected),) = gold_answers(tmp_path)
    assert file.name == "年报.txt"
    assert (expected.agency, expected.year) == (report.issuer.name, report.year)
    assert expected.cells[OPEN].value == 24
    assert expected.cells[READ].value == report.cells[READ].value != 999
    assert expected.cells["proactive.normative_documents.repealed"].states == ("undecided",)
