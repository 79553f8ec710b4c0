"""What is no report is told from what is one, whatever it quotes and however it is wrapped."""

import pytest
from papers import disputes, paper, proactive, read, requests, whole

import extractor
from extractor.document import Document, Paragraph
from extractor.forms import load_form
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
