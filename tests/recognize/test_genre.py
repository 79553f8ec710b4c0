"""What is no report is told from what is one, whatever it quotes and however it is wrapped."""

import pytest
from papers import disputes, paper, proactive, read, requests, table_of, whole

import extractor
from extractor.document import Cell, Document, Paragraph, Table
from extractor.forms import load_form
from extractor.recognize.genre import is_in_chinese
from extractor.recognize.genre.signs import Signs
from extractor.report import Issuer
from extractor.rules import examine
from scripts.corpus.other_documents import (
    FORMATS,
    UnusualReport,
    draw_other_documents,
    draw_unusual_reports,
    set_as,
)

OTHERS = [each for seed in (1, 2, 3) for each in draw_other_documents(seed)]
UNUSUAL = [each for seed in (1, 2) for each in draw_unusual_reports(seed)]


@pytest.mark.parametrize("text", [text for _, text in OTHERS], ids=[name for name, _ in OTHERS])
def test_another_document_is_no_report_and_nothing_is_found_in_it(text: str) -> None:
    for kind in ("text", "html"):
        report = extractor.parse(set_as(kind, text))
        assert report.verdict == "not_a_report"
        assert (report.title, report.issuer, report.year) == (None, Issuer(), None)
        assert (report.checks, report.figures, examine(report)) == ((), (), [])


@pytest.mark.parametrize("kind", FORMATS)
def test_other_documents_are_told_in_every_format(kind: str) -> None:
    accepted = [
        name
        for name, text in OTHERS[:: len(FORMATS)]
        if extractor.parse(set_as(kind, text)).verdict != "not_a_report"
    ]
    assert accepted == []


@pytest.mark.parametrize("drawn", UNUSUAL, ids=[each.name for each in UNUSUAL])
def test_a_report_is_never_refused(drawn: UnusualReport) -> None:
    for kind in ("text", "html"):
        report = extractor.parse(set_as(kind, drawn.text))
        assert report.verdict == "partial"
        assert (report.issuer.name, report.year) == (drawn.agency, drawn.year)


def with_line(document: Document, line: str) -> Document:
    return Document(document.format, (document.blocks[0], Paragraph(line), *document.blocks[1:]))


def test_a_report_whose_period_is_part_of_the_year_is_doubtful() -> None:
    report = read(with_line(whole(), "统计期限自2023年1月1日至2023年6月30日。"))
    assert report.verdict == "doubtful"
    assert "part-of-year" in {notice.code for notice in report.notices}


@pytest.mark.parametrize("last", ["12月31日", "12月29日"])
def test_a_report_of_the_whole_year_is_verified(last: str) -> None:
    assert read(with_line(whole(), f"统计期限自2023年1月1日至2023年{last}。")).verdict == "verified"


def test_tables_of_a_quarter_are_no_report_where_a_table_tells_the_period() -> None:
    document = whole()
    head = table_of([["填报单位：云岭县档案局", "统计时间：2023年第一季度"]])
    untitled = Document("html", (head, *document.blocks[1:]))
    assert read(untitled).verdict == "not_a_report"


def blank_report(*sentences: str) -> Document:
    form = load_form("2021")
    rows = {table.id: [row.id for row in table.rows] for table in form.tables}
    tables = (
        proactive(dict.fromkeys(rows["proactive"], ("",) * 3)),
        requests(dict.fromkeys(rows["requests"], ("",) * 7)),
        disputes(dict.fromkeys(("review", "direct", "after_review"), ("",) * 5)),
    )
    return paper(*tables, *map(Paragraph, sentences))


def test_blank_tables_without_a_number_in_the_text_are_an_empty_form() -> None:
    assert read(blank_report()).verdict == "not_a_report"


def test_blank_tables_beside_numbers_in_the_text_are_doubtful() -> None:
    report = read(blank_report("全年主动公开政府信息3条。"))
    assert report.verdict == "doubtful"
    assert "no-number" in {notice.code for notice in report.notices}


TITLE = "云岭县档案局2022年政府信息公开工作年度报告"
FILE = '<p>附件：<a href="./P020230118.pdf">附件.pdf</a></p>'


def page(headline: str, sentence: str) -> bytes:
    head = f'<head><meta charset="utf-8"><title>{headline}</title></head>'
    body = f"<h1>{headline}</h1><div id=zoom><p>{sentence}</p>{FILE}</div>"
    return f"<html>{head}<body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("headline", "sentence"),
    [
        (TITLE, "全文见附件。"),
        (f"关于公布{TITLE}的公告", "现将我局2022年政府信息公开工作年度报告予以公布。"),
        ("关于公布2022年政府信息公开工作年度报告的通知", f"现将{TITLE}予以公布，详见附件。"),
    ],
)
def test_a_page_that_announces_an_attached_report_is_partial_and_names_the_file(
    headline: str, sentence: str
) -> None:
    report = extractor.parse(page(headline, sentence), name="a.html")
    assert (report.verdict, report.year) == ("partial", 2022)
    assert any("P020230118.pdf" in notice.message for notice in report.notices)


@pytest.mark.parametrize(
    ("headline", "sentence"),
    [
        ("关于报送2022年政府信息公开工作年度报告的通知", "请各单位于1月15日前报送。"),
        ("关于编制发布2022年政府信息公开工作年度报告的通知", "请各单位于1月15日前公布，格式见附件。"),
        (f"《{TITLE}》解读", "现对年度报告解读如下，详见附件。"),
    ],
)
def test_a_page_that_attaches_something_else_is_no_report(headline: str, sentence: str) -> None:
    assert extractor.parse(page(headline, sentence), name="a.html").verdict == "not_a_report"


@pytest.mark.parametrize(
    ("mains", "parts", "expected"),
    [
        ("overview proactive problems other", "", True),
        ("overview proactive problems", "", False),
        ("proactive requests problems", "", True),
        ("proactive disputes problems", "", True),
        ("requests disputes", "", False),
        ("overview", "overview.requests", True),
        ("proactive", "overview.requests", False),
        ("", "", False),
    ],
)
def test_the_sections_of_a_report_are_four_or_three_with_one_of_its_own(
    mains: str, parts: str, expected: bool
) -> None:
    signs = Signs((), (), "", "", frozenset(mains.split()), frozenset(parts.split()), False, False)
    assert signs.has_sections_of_report is expected


def test_a_document_in_another_language_is_no_report_and_keeps_its_sections() -> None:
    page = (
        "<h1>Report 2021</h1><h2>1. Scope</h2><p>All of 2021, xx(a).</p><table><tr><td>a<td>1<tr><td>b<td>2"
    )
    report = extractor.parse(page.encode())
    assert [(notice.code, notice.message) for notice in report.notices][-1:] == [
        ("not-a-report", "不是政府信息公开工作年度报告：别的文书")
    ]
    assert (report.verdict, report.year, report.tables) == ("not_a_report", None, {})
    assert "xx(a)" in "".join(section.text for section in report.sections)
    assert [table.rows for table in report.other_tables] == [(("a", "1"), ("b", "2"))]


@pytest.mark.parametrize(
    "document",
    [
        Document("html", (Paragraph("Report"),), {"title": "云岭县档案局"}),
        Document("html", (Paragraph("Report"), Table((Cell(0, 0, "1"), Cell(0, 1, "件"))))),
        Document("html", (Paragraph("Report"), Paragraph("（年报）"))),
    ],
)
def test_chinese_anywhere_makes_a_document_worth_reading(document: Document) -> None:
    assert is_in_chinese(document)
    assert not is_in_chinese(Document("html", (Paragraph("Report, naïve — 2021"),)))


@pytest.mark.parametrize(
    "title", ["政府信息公开工作年度报告填报说明及示例", "政府信息公开工作年度报告（样例）"]
)
def test_a_guide_with_an_example_of_all_tables_is_no_report(title: str) -> None:
    report = read(paper(proactive(), requests(), disputes(), title=title))
    assert report.verdict == "not_a_report"


def test_tables_whose_numbers_are_said_to_be_invented_are_no_report() -> None:
    text = "以下各表数据均为虚构，供填报时对照。"
    report = read(paper(Paragraph(text), proactive(), requests(), disputes()))
    assert report.verdict == "not_a_report"


def test_a_sheet_that_its_first_row_calls_a_ledger_is_no_report() -> None:
    heads = ("序号", "申请人类别", "申请时间", "办理结果", "办结时间")
    rows = [("云岭县人民政府2023年12月依申请公开办理台账", "", "", "", ""), heads]
    rows += [(str(n), "商业企业", f"2023-12-{n:02}", "部分公开", f"2024-01-{n:02}") for n in range(1, 9)]
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    assert read(Document("html", (Table(tuple(cells)),))).verdict == "not_a_report"
