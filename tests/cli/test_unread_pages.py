"""Pages that were not read for want of recognition are counted over a whole batch."""

from msgspec.structs import replace
from papers import disputes, paper, proactive, read
from papers import requests as request_table

from extractor.cli.unread_pages import UnreadPages
from extractor.document import Notice, Paragraph


def test_pages_that_recognition_would_have_read_are_counted_and_words_of_reports_are_not() -> None:
    report = read(paper(Paragraph("请先安装"), proactive(), request_table(), disputes()))
    wanted = Notice("page-without-text", "第1页没有文字层，只有图像或图形；请先安装：pip install x[ocr]")
    pages = UnreadPages()
    for each in (report, replace(report, notices=(wanted, wanted, Notice("spreadsheet", "别的")))):
        pages.add(each.to_json())
    pages.add(b"")
    assert pages.count == 2
