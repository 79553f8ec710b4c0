"""From bytes to a report: the second reader, and what must not change what the tables say."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import (
    PROACTIVE,
    REQUESTS,
    codes,
    disputes,
    numbers,
    paper,
    proactive,
    read,
    requests,
    table_of,
    whole,
)

import extractor.pipeline
from extractor.document import Block, Document, Paragraph, Source, Table
from extractor.errors import Unreadable
from extractor.forms import load_form
from extractor.pipeline import parse
from extractor.report import Report

BROKEN = {**REQUESTS, "granted": (12, 2, 1, 0, 3, 0, 19)}


def parsed(monkeypatch: pytest.MonkeyPatch, first: Document, second: Document | Exception | None) -> Report:
    """Parse bytes that the two readers of their format read as these documents."""

    def reread(*_: object, **__: object) -> Document | None:
        if isinstance(second, Exception):
            raise second
        return second

    monkeypatch.setattr(extractor.pipeline, "read_document", lambda _, __: first)
    monkeypatch.setattr(extractor.pipeline, "reread_document", reread)
    return parse(Source("report.html", b"x"))


def test_what_the_second_reader_proves_stands_and_the_disagreement_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report = parsed(monkeypatch, whole(requests(BROKEN)), whole())
    assert report.verdict == "doubtful"
    assert report.tables["requests"]["granted"]["total"] == 18
    assert "readers-disagree" in codes(report)


def test_two_readers_that_agree_leave_the_error_to_the_publisher(monkeypatch: pytest.MonkeyPatch) -> None:
    report = parsed(monkeypatch, whole(requests(BROKEN)), whole(requests(BROKEN)))
    assert (report.verdict, "readers-disagree" in codes(report)) == ("inconsistent", False)


def test_the_second_reader_supplies_a_table_that_the_first_has_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    report = parsed(monkeypatch, paper(proactive(), requests()), whole())
    assert (report.verdict, "disputes" in report.tables) == ("verified", True)


def test_the_second_reader_is_not_asked_about_a_verified_report(monkeypatch: pytest.MonkeyPatch) -> None:
    report = parsed(monkeypatch, whole(), whole(requests(BROKEN)))
    assert report.verdict == "verified"


@pytest.mark.parametrize("second", [None, Unreadable("report.html: 读不出来")])
def test_without_a_second_reading_the_first_one_stands(
    monkeypatch: pytest.MonkeyPatch, second: Exception | None
) -> None:
    report = parsed(monkeypatch, whole(requests(BROKEN)), second)
    assert (report.verdict, codes(report) & {"readers-disagree"}) == ("inconsistent", set())


def test_a_table_outside_the_form_is_kept_with_its_spans_filled() -> None:
    local = table_of([["类别", ("条数", 1, 2)], ["机构职能", "3", "4"]])
    report = read(paper(proactive(), requests(), disputes(), local))
    assert report.other_tables[0].rows == (("类别", "条数", "条数"), ("机构职能", "3", "4"))


def test_the_number_of_a_cell_is_that_of_its_table() -> None:
    report = read(whole())
    for cell_id, cell in report.cells.items():
        table, row, column = cell_id.split(".")
        assert report.tables[table][row][column] == cell.value


def test_every_cell_of_the_form_is_accounted_for() -> None:
    report = read(whole())
    expected = {i for table in load_form("2021").tables for i in table.cell_ids()}
    assert set(report.cells) == expected


SENTENCES = st.text(
    alphabet="年收到申请件予以公开行政许可复议诉讼、，。0123456789（一）政府信息", min_size=1, max_size=40
)


@settings(max_examples=40, deadline=None)
@given(st.lists(SENTENCES.filter(str.strip), max_size=6), st.integers(0, 10**6))
def test_prose_wherever_it_stands_changes_no_cell_of_a_table(sentences: list[str], seed: int) -> None:
    blocks: list[Block] = list(whole().blocks)
    rng = Random(seed)
    for sentence in sentences:
        blocks.insert(rng.randint(1, len(blocks)), Paragraph(sentence))
    report = read(Document("html", tuple(blocks)))
    assert report.cells == read(whole()).cells


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_paragraphs_in_another_order_change_no_table(seed: int) -> None:
    blocks = whole().blocks
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    Random(seed).shuffle(paragraphs)
    rest = iter(paragraphs)
    shuffled = tuple(block if isinstance(block, Table) else next(rest) for block in blocks)
    assert read(Document("html", shuffled)).cells == read(whole()).cells


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(REQUESTS)), st.integers(0, 6), st.integers(0, 99))
def test_one_number_changed_in_a_table_that_adds_up_is_never_verified(
    row: str, column: int, value: int
) -> None:
    values = list(REQUESTS[row])
    if values[column] == value:
        return
    values[column] = value
    report = read(whole(requests({**REQUESTS, row: values})))
    assert report.verdict == "inconsistent"
    assert numbers(report, "requests", row) == tuple(values)


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 27), st.integers(0, 6))
def test_a_cell_that_is_missing_never_moves_a_number_under_another_column(line: int, cell: int) -> None:
    rows = requests()
    del rows[line][len(rows[line]) - 7 + cell]
    report = read(whole(rows))
    truth = read(whole()).cells
    assert report.verdict in ("partial", "doubtful")
    assert all(c.value in (None, truth[i].value) for i, c in report.cells.items())


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 27), st.integers(0, 7), st.sampled_from(["", "0", "7"]))
def test_a_cell_too_many_never_moves_a_number_under_another_column(line: int, cell: int, text: str) -> None:
    rows = requests()
    rows[line].insert(len(rows[line]) - 7 + cell, text)
    report = read(whole(rows))
    truth = read(whole()).cells
    wrong = {i for i, c in report.cells.items() if c.value not in (None, truth[i].value)}
    assert not wrong or report.verdict not in ("verified", "inconsistent")


def test_what_stands_in_no_equation_is_read_as_printed() -> None:
    report = read(paper(proactive({**PROACTIVE, "licensing": (9,)}), requests(), disputes()))
    assert (report.verdict, numbers(report, "proactive", "licensing")) == ("verified", (9,))
