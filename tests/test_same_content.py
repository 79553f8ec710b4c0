"""A second reading that says the same as the first is not evaluated again."""

from typing import Any

import pytest
from msgspec import structs

import extractor.pipeline
from extractor import parse
from extractor.document import Cell, Document, Locator, Paragraph, Table, say_the_same

CELLS = (Cell(0, 0, "甲", Locator(path="/a")), Cell(0, 1, "1", Locator(path="/b")))
DOCUMENT = Document(
    "html", (Paragraph("一、总体情况", Locator(path="/p"), 1), Table(CELLS)), {"title": "年报"}
)
TABLE = DOCUMENT.blocks[1]


def with_cell(**changes: Any) -> Document:
    return with_blocks(DOCUMENT.blocks[0], Table((CELLS[0], structs.replace(CELLS[1], **changes))))


def with_blocks(*blocks: Any) -> Document:
    return structs.replace(DOCUMENT, blocks=blocks)


def test_readings_with_other_places_say_the_same():
    moved = with_cell(locator=Locator(path="/else"))
    paragraph = structs.replace(DOCUMENT.blocks[0], locator=Locator(path="/q"))
    assert say_the_same(DOCUMENT, moved)
    assert say_the_same(DOCUMENT, with_blocks(paragraph, TABLE))


@pytest.mark.parametrize(
    "other",
    [
        with_cell(text="2"),
        with_cell(column=2),
        with_cell(row_span=2),
        with_cell(doubt="overlay"),
        with_cell(alternatives=(("1", 0.5),)),
        with_blocks(DOCUMENT.blocks[0]),
        with_blocks(TABLE, DOCUMENT.blocks[0]),
        with_blocks(DOCUMENT.blocks[0], Table(CELLS[:1])),
        with_blocks(DOCUMENT.blocks[0], Table(CELLS, aligned=False)),
        with_blocks(Paragraph("一、总体情况"), TABLE),
        structs.replace(DOCUMENT, metadata={}),
        structs.replace(DOCUMENT, format="docx"),
    ],
)
def test_readings_that_differ_in_anything_else_do_not(other):
    assert not say_the_same(DOCUMENT, other)
    assert not say_the_same(other, DOCUMENT)


@pytest.mark.parametrize(("text", "times"), [("12", 1), ("13", 2)])
def test_only_another_second_reading_is_evaluated(monkeypatch: pytest.MonkeyPatch, text: str, times: int):
    rows = "".join(f"<tr><td>{name}<td>{number}" for name, number in (("规章", 12), ("行政规范性文件", 3)))
    head = "<tr><td>信息内容<td>本年制发件数<tr><td colspan=2>第二十条第（一）项"
    page = f"<h1>某局2021年政府信息公开工作年度报告</h1><p>一、总体情况<table>{head}{rows}</table>".encode()
    first = extractor.pipeline.read_document(extractor.Source("a.html", page))
    tables = (block for block in first.blocks if isinstance(block, Table))
    cells = [structs.replace(c, text=text) if c.text == "12" else c for table in tables for c in table.cells]
    blocks = tuple(Table(tuple(cells), b.locator) if isinstance(b, Table) else b for b in first.blocks)
    second = structs.replace(first, blocks=blocks)
    evaluated = []
    report_on = extractor.pipeline.report_on
    monkeypatch.setattr(extractor.pipeline, "reread_document", lambda *_, **__: second)
    monkeypatch.setattr(
        extractor.pipeline, "report_on", lambda *given: evaluated.append(1) or report_on(*given)
    )
    report = parse(page)
    assert report.verdict in ("partial", "doubtful")
    assert len(evaluated) == times
