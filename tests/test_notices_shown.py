"""Notices that no other test shows, each drawn by the smallest document that has it."""

import io
from typing import Any

import pypdfium2
import pytest
from papers import codes, disputes, paper, proactive, read, requests, whole

from extractor.document import Document, Paragraph, Source, Table
from extractor.formats import pdf
from extractor.formats.layout.model import Glyph
from extractor.formats.ocr.text import PageText, ScannedInk
from extractor.formats.pdf import paths, proofs
from extractor.recognize.issuer import read_front_matter

reportlab = pytest.importorskip("reportlab.pdfgen.canvas")
HTML = "<h1>云岭县档案局2023年政府信息公开工作年度报告</h1><table><tr><td>规章</td><td>1</td></tr></table>"


def pdf_of(*lines: str, ruled: bool = False, attached: bytes = b"") -> Source:
    """Return a PDF of one page with these lines, a grid and a file attached to it."""
    stream = io.BytesIO()
    page = reportlab.Canvas(stream)
    for number, text in enumerate(lines):
        page.drawString(80, 700 - 20 * number, text)
    if ruled:
        page.grid([75, 150, 225], [690, 715, 740])
    page.showPage()
    page.save()
    data = stream.getvalue()
    if attached:
        document = pypdfium2.PdfDocument(data)
        document.new_attachment("report.html").set_data(attached)
        stream = io.BytesIO()
        document.save(stream)
        document.close()
        data = stream.getvalue()
    return Source("sheet.pdf", data)


def told(document: Document) -> set[str]:
    return {notice.code for notice in document.notices}


def test_a_report_that_is_attached_to_a_page_without_tables_is_read() -> None:
    document = pdf.read(pdf_of("see attachment", attached=HTML.encode()))
    assert "report-attached" in told(document)
    assert any(isinstance(block, Table) for block in document.blocks)


def test_an_attachment_beside_a_table_is_named_and_not_read() -> None:
    document = pdf.read(pdf_of("12", ruled=True, attached=b"x"))
    assert "attachments-unread" in told(document)


def test_an_attachment_that_cannot_be_read_may_be_the_report() -> None:
    assert "attachment-only" in told(pdf.read(pdf_of("see attachment", attached=b"x")))


def test_a_page_of_too_many_paths_has_no_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "too-many-paths" not in told(pdf.read(pdf_of("12", ruled=True)))
    monkeypatch.setattr(paths, "MOST_OBJECTS", 1)
    document = pdf.read(pdf_of("12", ruled=True))
    assert "too-many-paths" in told(document)
    assert not any(isinstance(block, Table) for block in document.blocks)


def test_digits_of_a_font_that_draws_others_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def lies(_: Any) -> bool:
        return True

    assert "digits-not-as-drawn" not in told(pdf.read(pdf_of("12")))
    monkeypatch.setattr(proofs, "lying_digits", lies)
    notice = next(n for n in pdf.read(pdf_of("12")).notices if n.code == "digits-not-as-drawn")
    assert "2个数字" in notice.message


@pytest.mark.parametrize(("score", "poor"), [(0.2, True), (1.0, False)])
def test_a_picture_that_is_hardly_recognized_is_poor(score: float, poor: bool) -> None:
    ink = ScannedInk(3, 100, 100, [Glyph(0, 0, 5, 5, "1", 0)], [])
    notices = PageText(ink, score=score).notices
    assert [notice.code for notice in notices] == ["recognized-text", *(["poor-picture"] if poor else [])]
    assert {notice.locator.page for notice in notices} == {3}


def test_a_page_that_lists_reports_of_three_years_is_none_of_them() -> None:
    titles = [Paragraph(f"云岭县档案局{year}年政府信息公开工作年度报告") for year in (2021, 2022, 2023)]
    document = Document("html", tuple(titles))
    front = read_front_matter(Source("page.html", b"x"), document)
    assert ([notice.code for notice in front.notices], front.title) == (["several-reports"], None)
    assert read(document).verdict == "not_a_report"


def test_an_agency_that_the_title_lacks_is_taken_from_the_text() -> None:
    report = read(paper(proactive(), requests(), disputes(), title="2023年政府信息公开工作年度报告"))
    assert "agency-inferred" in codes(report)
    assert report.issuer.name == "云岭县档案局"


def test_numbers_before_their_labels_are_read_and_said() -> None:
    lines = [
        Paragraph(" ".join([*cells[1:], cells[0]]))
        for row in proactive()
        if (cells := [td if isinstance(td, str) else td[0] for td in row])
    ]
    report = read(paper(*lines, requests(), disputes()))
    assert "values-first" in codes(report)


def test_a_cell_that_is_no_number_and_one_that_may_be_another_are_said() -> None:
    rows = requests()
    rows[3][-7:] = ["见附件", "5", "3", "2", "8", "1", "60"]
    rows[4][-7:] = ["（5）6", "0", "1", "0", "0", "0", "7"]
    report = read(whole(rows))
    assert {"unreadable-cell", "number-in-doubt"} <= codes(report)
