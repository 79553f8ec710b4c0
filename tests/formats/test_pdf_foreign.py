"""Of a long PDF in another language, only the text is taken; of all others, everything is read."""

from collections.abc import Callable

import pytest
from pdf_drawing import Sheet, drawn
from PIL import Image
from reportlab.lib.utils import ImageReader

from extractor import parse
from extractor.document import Document, Paragraph, Table
from extractor.formats import pdf, read_document
from extractor.recognize.genre import may_be_about_disclosure

_LINE = "Revenue by item and expenditure by function, in thousands, as of the end of the year."
_TITLE = "某某县人民政府办公室二〇二四年政府工作要点和责任分工的通知"


def _foreign(sheet: Sheet, *, lines: int = 12, mode: int = 0) -> None:
    """Draw a page of another language with a ruled table."""
    sheet.table([72, 172, 272], [500, 530, 560], [["Item", "Sum"], ["Roads", "17"]])
    sheet.canvas.setFont("Helvetica", 9)
    text = sheet.canvas.beginText(40, 800)
    text.setTextRenderMode(mode)
    for _ in range(lines):
        text.textLine(_LINE)
    sheet.canvas.drawText(text)


def _picture(sheet: Sheet) -> None:
    sheet.canvas.drawImage(ImageReader(Image.new("RGB", (30, 40), "grey")), 0, 0, 595, 842)


def _read(*draws: Callable[[Sheet], None]) -> Document:
    return read_document(drawn(*draws), may_be_about_disclosure)


def _has_table(document: Document) -> bool:
    return any(isinstance(block, Table) for block in document.blocks)


def test_only_the_text_of_each_page_is_taken_and_it_is_no_report() -> None:
    source = drawn(_foreign, _foreign)
    document = read_document(source, may_be_about_disclosure)
    assert [type(block) for block in document.blocks] == [Paragraph, Paragraph]
    assert [block.locator.page for block in document.blocks] == [1, 2]
    assert document.blocks[0].text.count(_LINE) == 12
    report = parse(source)
    assert report.verdict == "not_a_report"
    assert report.other_tables == ()


def test_its_pages_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.formats.pdf.page.set_apart", lambda *_: pytest.fail("looked at"))
    _read(_foreign, lambda sheet: _foreign(sheet, lines=3))


def test_without_a_question_its_tables_are_read() -> None:
    assert _has_table(read_document(drawn(_foreign)))


@pytest.mark.parametrize(
    "draws",
    [
        pytest.param([lambda sheet: _foreign(sheet, lines=8)], id="short"),
        pytest.param([_foreign, lambda sheet: sheet.text(40, 40, _TITLE, 10)], id="Chinese on a later page"),
        pytest.param([lambda sheet: (_foreign(sheet), sheet.text(40, 700, _TITLE, 10))], id="Chinese"),
        pytest.param([_foreign, _picture, _picture], id="most pages are pictures"),
        pytest.param([lambda sheet: (_foreign(sheet, mode=3), _picture(sheet))], id="a layer over a picture"),
    ],
)
def test_what_may_be_something_else_is_read_whole(draws: list[Callable[[Sheet], None]]) -> None:
    assert _has_table(_read(*draws))


def test_a_first_page_in_another_language_is_read_with_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    plain = pdf.read_page
    monkeypatch.setattr(pdf, "read_page", lambda *args: (read.append(args[1]), plain(*args))[1])
    _read(_foreign, lambda sheet: sheet.text(40, 40, _TITLE, 10))
    assert read == [1, 2]
