"""Several reports in one file, and what only looks like it."""

from collections.abc import Sequence

import pytest
from papers import DISPUTES, PROACTIVE, REQUESTS, disputes, numbers, paper, proactive, read, requests

from extractor.document import Block, Document, Paragraph
from extractor.recognize.several import reports_in

FINANCE = "云岭县财政局2023年政府信息公开工作年度报告"
ARCHIVES = "云岭县档案局2023年政府信息公开工作年度报告"


def report_blocks(title: str, licensing: int = 2204) -> tuple[Block, ...]:
    """Return a whole report below a title; a line break in it makes two blocks."""
    first, *more = title.split("\n")
    tables = (proactive({**PROACTIVE, "licensing": (licensing,)}), requests(REQUESTS), disputes(DISPUTES))
    whole = paper(*tables, title=first).blocks
    return (whole[0], *map(Paragraph, more), *whole[1:])


def parts_of(*blocks: Sequence[Block]) -> list[Document]:
    return reports_in(Document("html", tuple(block for each in blocks for block in each)))


def told(part: Document) -> tuple[str | None, int | None, object, str]:
    report = read(part)
    return report.issuer.name, report.year, numbers(report, "proactive", "licensing")[0], report.verdict


def test_reports_of_several_bodies_are_read_one_by_one() -> None:
    parts = parts_of(report_blocks(FINANCE, 11), report_blocks(ARCHIVES, 22))
    assert [told(part) for part in parts] == [
        ("云岭县财政局", 2023, 11, "verified"),
        ("云岭县档案局", 2023, 22, "verified"),
    ]


def test_reports_of_several_years_are_read_one_by_one() -> None:
    parts = parts_of(report_blocks(FINANCE, 11), report_blocks(FINANCE.replace("2023", "2022"), 22))
    assert [told(part)[1:3] for part in parts] == [(2023, 11), (2022, 22)]


def test_a_title_over_two_lines_begins_a_report_too() -> None:
    parts = parts_of(report_blocks(FINANCE), report_blocks("云岭县档案局\n2023年政府信息公开工作年度报告"))
    assert [told(part)[0] for part in parts] == ["云岭县财政局", "云岭县档案局"]


def test_a_list_of_contents_is_in_none_of_them() -> None:
    contents = [Paragraph("目录"), Paragraph(FINANCE), Paragraph(ARCHIVES)]
    parts = parts_of(contents, report_blocks(FINANCE), report_blocks(ARCHIVES))
    assert [told(part)[0] for part in parts] == ["云岭县财政局", "云岭县档案局"]
    assert [len(part.blocks) for part in parts] == [len(report_blocks(FINANCE))] * 2


@pytest.mark.parametrize(
    "behind",
    [
        [Paragraph("相关链接"), Paragraph(ARCHIVES), Paragraph(FINANCE.replace("2023", "2022"))],
        report_blocks("2023年政府信息公开工作年度报告")[:1],
        [Paragraph(ARCHIVES), *report_blocks(ARCHIVES)[5:]],  # a running head before 三
    ],
)
def test_a_title_without_a_report_of_its_own_behind_it_begins_nothing(behind: Sequence[Block]) -> None:
    blocks = (*report_blocks(FINANCE), *behind)
    document = Document("html", blocks)
    assert reports_in(document) == [document]


def test_two_copies_of_one_report_are_one_report() -> None:
    assert len(parts_of(report_blocks(FINANCE), report_blocks(FINANCE))) == 1
