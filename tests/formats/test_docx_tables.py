"""Where the cells of a Word table stand. Every trait is read by both readers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx_paper import CONTINUE, RESTART, boxes, grid, p, paper, span, tables, tbl, tc, texts, tr
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Document, Locator, Paragraph, Source, Table
from extractor.formats import docx

Reader = Callable[[Source], Document]


@pytest.fixture(params=[docx.read, docx.reread], ids=["read", "reread"])
def reader(request: pytest.FixtureRequest) -> Reader:
    chosen: Reader = request.param
    return chosen


def only_table(document: Document) -> Table:
    (table,) = tables(document)
    return table


def test_a_plain_table_has_a_cell_at_every_place(reader: Reader) -> None:
    document = reader(paper(p("前") + tbl(tr("甲", "乙"), tr("1", ""))))
    table = only_table(document)
    assert boxes(table) == [(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 0, 1, 1, "1"), (1, 1, 1, 1, "")]
    assert table.locator == Locator(table=1)
    assert table.cells[2].locator == Locator(table=1, row=2, column=1)
    assert table.aligned


def test_merged_cells_appear_once_with_their_spans(reader: Reader) -> None:
    document = reader(
        paper(
            tbl(
                tr(tc("角", RESTART + span(2)), tc("申请人情况", span(2))),
                tr(tc("", CONTINUE + span(2)), "自然人", "总计"),
            )
        )
    )
    assert boxes(only_table(document)) == [
        (0, 0, 2, 2, "角"),
        (0, 2, 1, 2, "申请人情况"),
        (1, 2, 1, 1, "自然人"),
        (1, 3, 1, 1, "总计"),
    ]


def test_a_continued_cell_without_a_beginning_begins_itself(reader: Reader) -> None:
    document = reader(paper(tbl(tr(tc("甲", CONTINUE), "1"), tr(tc("", CONTINUE), "2"), tr("乙", "3"))))
    assert boxes(only_table(document))[:3] == [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2")]


def test_a_continued_cell_of_another_width_stays_its_own(reader: Reader) -> None:
    document = reader(
        paper(tbl(tr(tc("甲", RESTART), "1", "2"), tr(tc("乙", CONTINUE + span(2)), "3"), tr("丙", "4", "5")))
    )
    assert (1, 0, 1, 2, "乙") in boxes(only_table(document))


def test_two_merges_under_each_other_stay_apart(reader: Reader) -> None:
    rows = [tr(tc("甲", RESTART), "1"), tr(tc("", CONTINUE), "2")]
    rows += [tr(tc("乙", RESTART), "3"), tr(tc("", CONTINUE), "4")]
    cells = boxes(only_table(reader(paper(tbl(*rows)))))
    assert [cell for cell in cells if cell[1] == 0] == [(0, 0, 2, 1, "甲"), (2, 0, 2, 1, "乙")]


def test_columns_left_out_before_and_after_a_row_are_no_cells(reader: Reader) -> None:
    before = '<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'
    document = reader(paper(tbl(tr("甲", "乙", "丙"), tr("1", properties=before))))
    table = only_table(document)
    assert boxes(table)[3:] == [(1, 1, 1, 1, "1")]
    assert table.aligned


def test_the_old_horizontal_merge_is_read(reader: Reader) -> None:
    restart, more = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'
    document = reader(paper(tbl(tr(tc("合计", restart), tc("", more), "9"), tr("1", "2", "3"))))
    assert boxes(only_table(document))[:2] == [(0, 0, 1, 2, "合计"), (0, 2, 1, 1, "9")]


def test_a_row_that_lost_its_spans_is_set_by_its_widths(reader: Reader) -> None:
    rows = [
        tr(*(tc(text, '<w:tcW w:w="1000" w:type="dxa"/>') for text in ("甲", "乙", "丙"))),
        tr(tc("1", '<w:tcW w:w="2010" w:type="dxa"/>'), tc("2", '<w:tcW w:w="990" w:type="dxa"/>')),
    ]
    table = only_table(reader(paper(tbl(*rows, widths=(1000, 1000, 1000)))))
    assert boxes(table)[3:] == [(1, 0, 1, 2, "1"), (1, 2, 1, 1, "2")]
    assert table.aligned


def test_a_short_row_that_nothing_explains_leaves_the_table_unaligned(reader: Reader) -> None:
    table = only_table(reader(paper(tbl(tr("甲", "乙", "丙"), tr("1", "2")))))
    assert boxes(table)[3:] == [(1, 0, 1, 1, "1"), (1, 1, 1, 1, "2")]
    assert not table.aligned


def test_a_lone_cell_in_a_row_disturbs_nothing(reader: Reader) -> None:
    assert only_table(reader(paper(tbl(tr("甲", "乙", "丙"), tr("注：以上为全年数"))))).aligned


def test_a_row_longer_than_the_others_leaves_the_table_unaligned(reader: Reader) -> None:
    table = only_table(reader(paper(tbl(tr("甲", "乙"), tr("1", "2", "3")))))
    assert grid(table) == [["甲", "乙"], ["1", "2", "3"]]
    assert not table.aligned


def test_an_absurd_span_is_cut_down(reader: Reader) -> None:
    table = only_table(reader(paper(tbl(tr(tc("甲", span(2_000_000_000)), "乙")))))
    assert max(cell.column + cell.column_span for cell in table.cells) <= 1001


def test_a_cell_keeps_its_paragraphs_on_lines(reader: Reader) -> None:
    document = reader(paper(tbl(tr(tc(p("结果") + p() + p("维持")), "1"))))
    assert grid(only_table(document)) == [["结果\n维持", "1"]]


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    inner = tbl(tr("内", "1"))
    document = docx.read(paper(tbl(tr(tc(p("外前") + inner + p("外后")), "2")) + tbl(tr("末", "3"))))
    assert [grid(table) for table in tables(document)] == [
        [["外前\n外后", "2"]],
        [["内", "1"]],
        [["末", "3"]],
    ]
    assert [table.locator.table for table in tables(document)] == [1, 2, 3]


def test_a_one_column_table_around_tables_is_running_text(reader: Reader) -> None:
    frame = tbl(tr(tc(p("一、总体情况") + tbl(tr("内", "1")) + p("说明"))), tr("页脚"))
    document = reader(paper(p("题") + frame + p("尾")))
    kinds = [block.text if isinstance(block, Paragraph) else grid(block) for block in document.blocks]
    assert kinds == ["题", "一、总体情况", [["内", "1"]], "说明", "页脚", "尾"]
    assert document.blocks[1].locator == Locator(table=1, row=1, column=1)
    assert document.blocks[2].locator == Locator(table=2)
    assert document.blocks[5].locator == Locator(paragraph=2)


def test_neighbouring_tables_stay_two(reader: Reader) -> None:
    assert len(tables(reader(paper(tbl(tr("甲", "1")) + tbl(tr("乙", "2")))))) == 2


def test_content_controls_around_rows_and_cells_are_looked_through(reader: Reader) -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    body = tbl(tr("甲", "乙"), control(tr("1", control(tc("2")))))
    assert grid(only_table(reader(paper(body)))) == [["甲", "乙"], ["1", "2"]]


def test_inserted_rows_count_and_deleted_rows_do_not(reader: Reader) -> None:
    body = tbl(
        tr("甲", "1"),
        tr("旧", "2", properties="<w:del/>"),
        tr("新", "3", properties="<w:ins/>"),
    )
    table = only_table(reader(paper(body)))
    assert grid(table) == [["甲", "1"], ["新", "3"]]
    assert table.cells[2].locator == Locator(table=1, row=2, column=1)


def test_inserted_cells_count_and_deleted_cells_do_not(reader: Reader) -> None:
    body = tbl(tr("甲", tc("旧", "<w:cellDel/>"), tc("新", "<w:cellIns/>")), tr("1", "2"))
    assert grid(only_table(reader(paper(body)))) == [["甲", "新"], ["1", "2"]]


def test_a_tracked_merge_counts_as_made(reader: Reader) -> None:
    rows = (
        tr(tc("甲", '<w:cellMerge w:vMerge="rest"/>'), "1"),
        tr(tc("", '<w:cellMerge w:vMerge="cont"/>'), "2"),
    )
    assert boxes(only_table(reader(paper(tbl(*rows)))))[0] == (0, 0, 2, 1, "甲")


def test_a_table_whose_rows_are_all_deleted_is_none(reader: Reader) -> None:
    document = reader(paper(tbl(tr("旧", properties="<w:del/>")) + tbl(tr("新", "1"))))
    assert only_table(document).locator == Locator(table=1)


def test_earlier_properties_of_a_changed_cell_are_not_read(reader: Reader) -> None:
    change = f"<w:tcPrChange><w:tcPr>{span(3)}{RESTART}</w:tcPr></w:tcPrChange>"
    assert boxes(only_table(reader(paper(tbl(tr(tc("甲", change), "1"))))))[0] == (0, 0, 1, 1, "甲")


def test_text_in_a_covered_cell_is_told_in_a_notice() -> None:
    body = tbl(tr(tc("甲", RESTART), "1"), tr(tc("藏", CONTINUE), "2"))
    document = docx.read(paper(body))
    assert boxes(only_table(document))[0] == (0, 0, 2, 1, "甲")
    assert [notice.code for notice in document.notices] == ["text-in-merged-cell"]


def test_an_empty_covered_cell_is_no_news() -> None:
    assert docx.read(paper(tbl(tr(tc("甲", RESTART), "1"), tr(tc("", CONTINUE), "2")))).notices == ()


def test_paragraph_numbers_leave_tables_out(reader: Reader) -> None:
    document = reader(paper(p("一") + tbl(tr("甲", "乙")) + p("二")))
    assert [b.locator.paragraph for b in document.blocks if isinstance(b, Paragraph)] == [1, 2]
    assert texts(document) == ["一", "二"]


Merge = tuple[int, int, int, int]  # row, column, height, width


@st.composite
def merging_patterns(draw: st.DrawFn) -> tuple[int, int, list[Merge]]:
    """Draw a grid of up to 6 by 6 and rectangles that tile it."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    free = {(row, column) for row in range(height) for column in range(width)}
    tiles = []
    for row in range(height):
        for column in range(width):
            if (row, column) not in free:
                continue
            wide = draw(st.integers(1, 3))
            while any((row, column + more) not in free for more in range(wide)):
                wide -= 1
            tall = draw(st.integers(1, 3))
            tall = min(tall, height - row)
            free -= {(row + down, column + right) for down in range(tall) for right in range(wide)}
            tiles.append((row, column, tall, wide))
    return height, width, tiles


def written(height: int, width: int, tiles: list[Merge]) -> Source:
    rows: list[list[tuple[int, str]]] = [[] for _ in range(height)]
    for row, column, tall, wide in tiles:
        for down in range(tall):
            merge = (CONTINUE if down else RESTART) if tall > 1 else ""
            text = "" if down else f"{row}-{column}"
            rows[row + down].append((column, tc(text, span(wide) + merge)))
    return paper(tbl(*(tr(*(cell for _, cell in sorted(row))) for row in rows)))


@settings(max_examples=60, deadline=None)
@given(merging_patterns())
def test_any_merging_is_read_back_by_both_readers(pattern: tuple[int, int, list[Merge]]) -> None:
    height, width, tiles = pattern
    source = written(height, width, tiles)
    expected = [(*tile, f"{tile[0]}-{tile[1]}") for tile in tiles]
    for read in (docx.read, docx.reread):
        document = read(source)
        assert boxes(only_table(document)) == expected
        assert only_table(document).aligned


def test_the_official_blank_form_is_read_alike_twice(real_reports: Path) -> None:
    source = Source("blank_form_2021.docx", (real_reports / "blank_form_2021.docx").read_bytes())
    first = docx.read(source)
    assert first == docx.reread(source)
    assert [max(c.column + c.column_span for c in table.cells) for table in tables(first)] == [4, 10, 15]
    assert all(table.aligned for table in tables(first))
