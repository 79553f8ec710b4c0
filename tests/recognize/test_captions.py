"""Captions, labels in brackets and other ways in which a label stands apart from its numbers."""

import json

import pytest

import extractor
from extractor.document import Cell, Paragraph, Table
from extractor.recognize.labels import label_index
from extractor.recognize.tables.captions import with_captions_as_labels
from scripts.corpus.compare import differences
from scripts.corpus.first_sight_fifth import ROUND_5
from scripts.corpus.layouts import Layout
from scripts.corpus.prose import write
from scripts.corpus.truth import draw


@pytest.mark.parametrize("layout", ROUND_5, ids=[layout.name for layout in ROUND_5])
def test_what_stands_apart_from_its_numbers_is_read(layout: Layout) -> None:
    for number, edition in ((11, "2021"), (12, "2019")):
        rendered = layout.render(write(draw(number, edition, "small")))
        report = extractor.parse(rendered.data, name=f"a.{layout.format}", prose=False)
        told = differences(rendered.expected, json.loads(report.to_json()))
        assert [str(each) for each in told] == []


def rows_named(text: str) -> set[str]:
    return {f"{label.table}.{label.id}" for label in label_index().find(text) if label.kind == "row"}


@pytest.mark.parametrize("label", ["行政诉讼（复议后起诉）", "行政诉讼(复议后起诉)", "行政诉讼·复议后起诉"])
def test_a_row_in_brackets_behind_its_group_is_that_row(label: str) -> None:
    assert rows_named(label) == {"disputes.litigation_after_review"}


@pytest.mark.parametrize(
    "label", ["行政复议（复议后起诉）", "行政许可（复议后起诉）", "行政处罚（行政许可）"]
)
def test_a_row_in_brackets_behind_another_group_is_not_that_row(label: str) -> None:
    assert "disputes.litigation_after_review" not in rows_named(label)
    assert "proactive.licensing" not in rows_named("行政处罚（行政许可）")


def table(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)))


KINDS = (
    ("一、本年新收政府信息公开申请数量", "3"),
    ("二、上年结转政府信息公开申请数量", "1"),
    ("（七）总计", "4"),
)


@pytest.mark.parametrize("caption", ["自然人", "申请人：自然人", "申请人：法人或其他组织——其他", "总计"])
def test_a_caption_that_names_a_column_is_the_head_of_the_numbers_below(caption: str) -> None:
    given = table(("办理情况", "件数"), *KINDS)
    laid = with_captions_as_labels([Paragraph(caption), given], 1, given)
    assert [cell.text for cell in laid.cells][:2] == ["", caption.rpartition("：")[2]]
    assert [cell.text for cell in laid.cells][2:] == [text for row in KINDS for text in row]


@pytest.mark.parametrize("caption", ["", "各类申请人", "行政许可", "本年度自然人提出申请的情况如下"])
def test_a_caption_that_names_no_column_of_the_table_changes_nothing(caption: str) -> None:
    given = table(("办理情况", "件数"), *KINDS)
    above = [Paragraph(caption)] if caption else []
    assert with_captions_as_labels([*above, given], len(above), given) is given


def test_a_table_with_heads_of_its_own_keeps_them() -> None:
    given = table(("办理情况", "商业企业"), *KINDS)
    assert with_captions_as_labels([Paragraph("自然人"), given], 1, given) is given
