"""Tables that have lost their cells: labels in running text with the numbers between them."""

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
    states,
    statistics,
)

from extractor.document import Block, Document, Paragraph, Table
from extractor.report import Report


def text_of(td: object) -> str:
    return td if isinstance(td, str) else str(td[0])  # type: ignore[index]  # a cell with spans


def one_per_line(rows: Rows) -> list[Block]:
    return [Paragraph(text_of(td)) for row in rows for td in row if text_of(td)]


def glued(rows: Rows) -> list[Block]:
    return [Paragraph("".join(map(text_of, row))) for row in rows]


def spaced(rows: Rows) -> list[Block]:
    return [Paragraph(" ".join(map(text_of, row))) for row in rows]


def report_of(*tables: list[Block]) -> Report:
    document = paper(*(block for table in tables for block in table))
    return read(Document("text", document.blocks))


@pytest.mark.parametrize("show", [one_per_line, spaced])
def test_numbers_that_kept_their_borders_are_read(show: object) -> None:
    report = report_of(*(show(rows) for rows in (proactive(), requests(), disputes())))  # type: ignore[operator]
    assert {row: numbers(report, "requests", row) for row in REQUESTS} == dict(REQUESTS)
    assert numbers(report, "proactive", "regulations") == PROACTIVE["regulations"]
    assert numbers(report, "disputes", "review") == DISPUTES["review"]
    assert report.verdict == "verified"


def test_glued_numbers_are_never_read_wrongly() -> None:
    report = report_of(glued(proactive()), glued(requests()), glued(disputes()))
    for row, values in REQUESTS.items():
        for value, found in zip(values, numbers(report, "requests", row), strict=True):
            assert found in (value, None)
    # 171: three numbers or two, and no sum to tell: 2|1|17 and 2|11|7 look alike.
    assert states(report, "proactive", "regulations") == {"undecided"}
    assert report.verdict == "doubtful"


def test_a_split_that_only_the_columns_settle_is_decoded() -> None:
    """121010014 is 12,1,0,1,0,0,14 or 1,2,1,0,10,0,14: the other rows say which."""
    zero = dict.fromkeys(REQUESTS, (0,) * 7)
    values = (12, 1, 0, 1, 0, 0, 14)
    parts = {"granted": (9, 0, 0, 0, 0, 0, 9), "rejected_petition": (3, 1, 0, 1, 0, 0, 5)}
    told = zero | parts | {"new": values, "handled_total": values}
    report = report_of(one_per_line(proactive()), glued(requests(told)), one_per_line(disputes()))
    assert numbers(report, "requests", "new") == values
    assert states(report, "requests", "new") == {"decoded"}


def test_three_groups_of_disputes_are_split_by_their_totals() -> None:
    report = report_of(one_per_line(proactive()), one_per_line(requests()), glued(disputes()))
    assert numbers(report, "disputes", "review") == DISPUTES["review"]
    assert numbers(report, "disputes", "litigation_after_review") == DISPUTES["after_review"]


def test_a_dropped_blank_leaves_the_row_undecided_unless_the_sums_settle_it() -> None:
    dropped = {row: tuple("" if v == 0 else v for v in values) for row, values in REQUESTS.items()}
    rows = [["" if td == "0" else td for td in row] for row in requests(dropped)]
    report = report_of(one_per_line(proactive()), glued(rows), one_per_line(disputes()))
    for row, values in REQUESTS.items():
        for value, found in zip(values, numbers(report, "requests", row), strict=True):
            assert found is None or found == value


@pytest.mark.parametrize("show", [one_per_line, spaced, glued])
@pytest.mark.parametrize("change", ["requests", "proactive", "disputes"])
def test_a_header_in_another_order_leaves_its_rows_undecided(change: str, show: object) -> None:
    tables = {"proactive": proactive(), "requests": requests(), "disputes": disputes()}
    rows = tables[change]
    if change == "requests":
        rows[2][0], rows[2][2] = rows[2][2], rows[2][0]
    elif change == "proactive":
        rows[1][1:] = ["本年废止件数", "本年制发件数", "现行有效件数"]
    else:
        rows[1][5:] = [("复议后起诉", 1, 5), ("未经复议直接起诉", 1, 5)]
    report = report_of(*(show(given) for given in tables.values()))  # type: ignore[operator]
    row = {"requests": "new", "proactive": "normative_documents", "disputes": "review"}[change]
    assert report.verdict == "doubtful"
    assert states(report, change, row) == {"undecided"}
    assert "cells-unplaced" in codes(report)


def test_a_table_that_stands_twice_with_other_numbers_is_doubtful() -> None:
    other = requests({**REQUESTS, "new": (42, 5, 3, 2, 8, 1, 61), "carried_out": (7, 1, 0, 0, 1, 0, 9)})
    first = [one_per_line(rows) for rows in (proactive(), requests(), disputes())]
    report = report_of(*first, one_per_line(other))
    assert report.verdict == "doubtful"
    assert "table-repeated" in codes(report)


def test_a_table_that_stands_twice_alike_is_one_table() -> None:
    tables = [one_per_line(rows) for rows in (proactive(), requests(), disputes())]
    assert report_of(*tables, *tables).verdict == "verified"


def test_prose_that_names_rows_with_numbers_changes_no_table() -> None:
    told = Paragraph(
        "本年新收政府信息公开申请数量21件，上年结转政府信息公开申请数量2件，予以公开3件，行政许可12件。"
    )
    tables = [one_per_line(rows) for rows in (proactive(), requests(), disputes())]
    report = report_of([told], *tables)
    assert {row: numbers(report, "requests", row) for row in REQUESTS} == dict(REQUESTS)
    assert numbers(report, "proactive", "licensing") == PROACTIVE["licensing"]


def test_a_grid_and_lines_of_text_make_one_table() -> None:
    whole = paper(proactive(), requests(), disputes())
    blocks: list[Block] = []
    for block in whole.blocks:
        blocks += (
            one_per_line(disputes()) if isinstance(block, Table) and block is whole.blocks[-5] else [block]
        )
    report = read(Document("html", tuple(blocks)))
    assert numbers(report, "disputes", "review") == DISPUTES["review"]
    assert report.verdict == "verified"


def test_statistics_one_cell_a_line_are_read() -> None:
    report = report_of(one_per_line(statistics()))
    assert report.tables["statistics"]["received_online"] == {"value": 36}
    assert report.tables["statistics"]["litigation_upheld"] == {"value": 2}


@pytest.mark.parametrize("heads", [("2018年度", "历年累计"), ("统计数", "上年"), ("代码", "统计数")])
def test_a_second_column_of_glued_statistics_leaves_them_undecided(heads: tuple[str, str]) -> None:
    rows: Rows = [[*row, "900" if text_of(row[2]) else ""] for row in statistics()]
    rows[0] = ["统计指标", "单位", *heads]
    report = report_of(glued(rows))
    assert report.verdict == "doubtful"
    assert {cell.state for cell in report.cells.values()} == {"undecided"}


def test_a_page_number_among_the_lines_of_a_row_with_dropped_blanks_is_no_value() -> None:
    few = {row: tuple(v or "" for v in values) for row, values in REQUESTS.items()}
    rows: Rows = [["" if td == "0" else td for td in row] for row in requests(few)]
    lines = one_per_line(rows)
    at = next(i for i, line in enumerate(lines) if isinstance(line, Paragraph) and "予以公开" in line.text)
    report = report_of(
        one_per_line(proactive()), [*lines[:at], Paragraph("3"), *lines[at:]], one_per_line(disputes())
    )
    for row, values in REQUESTS.items():
        assert all(n in (None, v) for v, n in zip(values, numbers(report, "requests", row), strict=True))


def test_a_last_label_that_goes_on_behind_its_numbers_is_no_row_of_blanks() -> None:
    """Its only values stand between its two lines: a row of blanks would blame the publisher's sums."""
    rows = requests()
    last = next(at for at, row in enumerate(rows) if any("无正当理由逾期" in text_of(td) for td in row))
    (label,) = (text_of(td) for td in rows[last] if "无正当理由逾期" in text_of(td))
    values = [text_of(td) for td in rows[last]][-7:]
    wrapped = [Paragraph(label[:20]), Paragraph(" ".join(values)), Paragraph(label[20:])]
    report = report_of(one_per_line(proactive()), [*spaced(rows[:last]), *wrapped], one_per_line(disputes()))
    assert "blank" not in states(report, "requests", "other_no_correction")
