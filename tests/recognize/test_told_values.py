"""Values told one by one: cards, lines of a path and a value, lists, one record a value."""

from collections.abc import Iterator

import pytest
from papers import (
    DISPUTES,
    PROACTIVE,
    REQUESTS,
    Rows,
    codes,
    disputes,
    numbers,
    paper,
    proactive,
    read,
    requests,
)

from extractor.document import Block, Document, Locator, Paragraph
from extractor.forms import load_form
from extractor.report import Report

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
LABELS = [row.label for table in load_form("2021").tables if table.id == "requests" for row in table.rows]
Told = tuple[tuple[str, ...], str, object]  # the labels of a row, its column, the value


def requests_told() -> Iterator[Told]:
    table = load_form("2021").table("requests")
    assert table is not None
    for row in table.rows:
        for column, value in zip(COLUMNS, REQUESTS.get(row.id, (0,) * 7), strict=True):
            yield (*row.group, row.label), column, value


def lines_of_paths(told: Iterator[Told], stroke: str, equals: str) -> list[str]:
    return [f"{stroke.join((*labels, column))}{equals}{value}" for labels, column, value in told]


def as_cards(told: Iterator[Told], name: str) -> list[str]:
    lines: list[str] = []
    shown: tuple[str, ...] = ()
    for labels, column, value in told:
        if labels != shown:
            lines.append(" / ".join(labels))
            shown = labels
        lines += name.format(column, value).split("|")
    return lines


def report_with(lines: list[str]) -> Report:
    blocks: list[Block] = [Paragraph(line, Locator(line=at)) for at, line in enumerate(lines, start=100)]
    document = paper(proactive(), Paragraph("三、收到和处理政府信息公开申请情况"), *blocks)
    rest = paper(disputes())
    table = next(block for block in rest.blocks if not isinstance(block, Paragraph))
    at = next(i for i, b in enumerate(document.blocks) if isinstance(b, Paragraph) and b.text[0] == "五")
    heading = Paragraph("四、政府信息公开行政复议、行政诉讼情况")
    return read(Document("html", (*document.blocks[:at], heading, table, *document.blocks[at:])))


LAYOUTS = {
    "paths": lines_of_paths(requests_told(), "/", " = "),
    "arrows": lines_of_paths(requests_told(), " > ", "："),
    "cards": as_cards(requests_told(), "{}|{}"),
    "list": as_cards(requests_told(), "  - {}：**{}** 件"),
}


@pytest.mark.parametrize("lines", LAYOUTS.values(), ids=LAYOUTS)
def test_every_value_is_given_to_its_row_and_column(lines: list[str]) -> None:
    report = report_with(lines)
    assert all(numbers(report, "requests", row) == tuple(v) for row, v in REQUESTS.items())
    assert report.verdict == "verified"
    assert report.cells["requests.new.natural_person"].raw.startswith("41")
    told = next(s for s in report.sections if s.code == "requests")
    assert "自然人" not in told.text


def test_a_value_says_where_it_stands() -> None:
    report = report_with(LAYOUTS["cards"])
    place = report.cells["requests.new.natural_person"].locator
    assert (place.line, LAYOUTS["cards"][(place.line or 0) - 100]) == (102, "41")


def test_one_record_a_value_is_laid_out_as_a_table() -> None:
    rows: Rows = [["项目", "栏目", "数值"]]
    rows += [[" > ".join(labels), column, str(value)] for labels, column, value in requests_told()]
    report = read(paper(proactive(), rows, disputes()))
    assert all(numbers(report, "requests", row) == tuple(v) for row, v in REQUESTS.items())
    assert (report.verdict, codes(report)) == ("verified", set())


def test_numbers_that_fail_their_sums_are_the_agencys_as_ever() -> None:
    wrong = [line.replace("= 60", "= 61") if line.startswith("一、") else line for line in LAYOUTS["paths"]]
    assert report_with(wrong).verdict == "inconsistent"


def test_a_few_names_with_numbers_in_prose_are_no_table() -> None:
    lines = ["行政许可：7", "行政处罚：21", "（一）予以公开/自然人：5"]
    blocks = [Paragraph(line) for line in lines]
    document = paper(proactive(), *blocks)
    report = read(document)
    assert numbers(report, "proactive", "licensing") == PROACTIVE["licensing"]
    assert "requests" not in report.tables


def test_disputes_told_one_by_one_are_read_by_their_groups() -> None:
    names = {
        "review": "行政复议",
        "direct": "行政诉讼/未经复议直接起诉",
        "after_review": "行政诉讼/复议后起诉",
    }
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    lines = [
        f"{names[row]}/{result} = {value}"
        for row, values in DISPUTES.items()
        for result, value in zip(results, values, strict=True)
    ]
    document = paper(proactive(), *(Paragraph(line) for line in lines))
    report = read(document)
    rows = ("review", "litigation_direct", "litigation_after_review")
    assert [numbers(report, "disputes", row) for row in rows] == [tuple(v) for v in DISPUTES.values()]


def in_sentences(told: Iterator[Told]) -> list[str]:
    rows: dict[tuple[str, ...], list[str]] = {}
    for labels, column, value in told:
        rows.setdefault(labels, []).append(f"{column}{value}件")
    return [f"{labels[-1]}：{'，'.join(values)}。" for labels, values in rows.items()]


def test_a_row_told_in_one_sentence_is_read_value_by_value() -> None:
    report = report_with(in_sentences(requests_told()))
    assert all(numbers(report, "requests", row) == tuple(v) for row, v in REQUESTS.items())
    assert report.verdict == "verified"


def test_a_sentence_with_a_number_of_nothing_known_tells_none_of_its_numbers() -> None:
    lines = [line.replace("科研机构", "科研院校与机构") for line in in_sentences(requests_told())]
    assert all(set(numbers(report_with(lines), "requests", row)) == {None} for row in REQUESTS)


@pytest.mark.parametrize("sign", ["-", "－", "−", "—"])
def test_a_dash_before_a_number_told_in_a_sentence_is_its_sign(sign: str) -> None:
    texts = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    lines = [
        f"{label}：{'，'.join(f'{text}{sign}{n + 2}件' for n, text in enumerate(texts))}。"
        for label in LABELS
    ]
    report = report_with(lines)
    positive = [
        v for row in report.tables.get("requests", {}).values() for v in row.values() if v is not None
    ]
    assert not any(value > 0 for value in positive)


def test_a_row_with_a_colon_and_words_behind_it_is_not_blank() -> None:
    lines = [f"{label}：自然人若干，其余未统计" for label in LABELS]
    states = {c.state for i, c in report_with(lines).cells.items() if i.startswith("requests.")}
    assert "blank" not in states


def test_a_label_and_its_number_at_two_ends_of_a_line_are_parted() -> None:
    report = report_with(as_cards(requests_told(), "{}{}"))
    assert all(numbers(report, "requests", row) == tuple(v) for row, v in REQUESTS.items())
    assert report.verdict == "verified"


def test_a_number_behind_a_head_with_its_unit_is_never_passed_over() -> None:
    lines = [line.replace("总计", "总计（单位：件）") for line in as_cards(requests_told(), "{}{}")]
    report = report_with(lines)
    assert all(numbers(report, "requests", row) in (tuple(v), (None,) * 7) for row, v in REQUESTS.items())
    assert "blank" not in {c.state for i, c in report.cells.items() if i.startswith("requests.")}


def test_cells_that_name_their_columns_need_no_row_of_heads() -> None:
    rows: Rows = [
        [*row[:-7], *(f"{name}：{value}" for name, value in zip(COLUMNS, row[-7:], strict=True))]
        for row in requests()[3:]
    ]
    report = read(paper(proactive(), rows, disputes()))
    assert all(numbers(report, "requests", row) == tuple(v) for row, v in REQUESTS.items())
    assert report.verdict == "verified"


def test_a_record_a_value_may_say_on_each_line_whose_it_is() -> None:
    title = "云岭县档案局2023年政府信息公开工作年度报告"
    rows: Rows = [["单位", "年度", "标题", "行", "列", "数值"]]
    rows += [
        ["云岭县档案局", "2023", title, "/".join(labels), column, str(value)]
        for labels, column, value in requests_told()
    ]
    report = read(paper(proactive(), rows, disputes()))
    assert all(numbers(report, "requests", row) == tuple(v) for row, v in REQUESTS.items())
