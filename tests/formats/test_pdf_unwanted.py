"""Pictures of a PDF are recognized only where its text may be that of a report."""

import pytest
from pdf_drawing import Sheet
from PIL import Image
from reportlab.lib.utils import ImageReader

from extractor.formats import pdf, read_document
from extractor.recognize.genre import may_be_about_disclosure

_BUDGET = "本年度预算收入按科目列示，支出按功能分类汇总，单位为万元。"
_DISCLOSURE = "本机关现将上一年度政府信息公开工作情况报告如下，有关表格附后。"


def _sheet(lines: list[str], *, blank_pages: int = 0, hidden: bool = False) -> Sheet:
    sheet = Sheet()
    picture = ImageReader(Image.new("RGB", (300, 200), "grey"))
    for at, line in enumerate(lines):
        if hidden:
            sheet.canvas.setFont("STSong-Light", 10)
            text = sheet.canvas.beginText(20, 800 - 14 * at)
            text.setTextRenderMode(3)
            text.textLine(line)
            sheet.canvas.drawText(text)
        else:
            sheet.text(20, 20 + 14 * at, line, size=10)
    sheet.canvas.drawImage(picture, 100, 60, 400, 250)
    sheet.page()
    for _ in range(blank_pages):
        sheet.canvas.drawImage(picture, 0, 0, 595, 842)
        sheet.page()
    return sheet


@pytest.fixture
def recognized(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Keep the pages whose pictures were to be recognized."""
    pages: list[int] = []
    monkeypatch.setattr(pdf, "recognize_page", lambda _, reading, __: pages.append(reading.ink.page))
    return pages


@pytest.mark.parametrize(
    ("lines", "blank_pages", "hidden", "read"),
    [
        ([_BUDGET] * 12, 0, False, []),
        ([_DISCLOSURE] * 12, 0, False, [1]),
        ([_BUDGET] * 11 + [_DISCLOSURE], 0, False, [1]),  # once is enough
        ([_BUDGET] * 12, 1, False, []),
        ([_BUDGET] * 12, 2, False, [1, 2, 3]),  # most pages have no text: it may be a cover letter
        ([_BUDGET], 0, False, [1]),  # too short to tell
        ([_BUDGET] * 12, 0, True, [1]),  # a hidden layer is another program's guess
    ],
)
def test_pictures_wait_for_a_text_that_may_be_a_reports(
    recognized: list[int], lines: list[str], blank_pages: int, hidden: bool, read: list[int]
) -> None:
    source = _sheet(lines, blank_pages=blank_pages, hidden=hidden).source()
    read_document(source, may_be_about_disclosure)
    assert recognized == read


def test_without_a_question_every_picture_is_read(recognized: list[int]) -> None:
    read_document(_sheet([_BUDGET] * 12).source())
    assert recognized == [1]
