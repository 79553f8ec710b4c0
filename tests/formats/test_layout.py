"""Geometry alone: glyphs and rules typed in, no PDF."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.document import Paragraph, Table
from extractor.formats.layout import compose, lines, page_blocks
from extractor.formats.layout.containing import BoxIndex
from extractor.formats.layout.lines import CellText, fragments_of, plain, rows_of
from extractor.formats.layout.model import Glyph, Ink
from extractor.formats.layout.rules import frames_of, regions_of


def glyphs(x: float, y: float, text: str, size: float = 12.0, step: float | None = None) -> list[Glyph]:
    """Set a text from left to right; Latin characters take half the width."""
    placed = []
    for order, character in enumerate(text):
        width = size * (0.5 if character.isascii() else 1)
        placed.append(Glyph(x, y, x + width, y + size, character, order))
        x += width if step is None else step
    return placed


def read(*lines: list[Glyph], rules=()):
    ink = Ink(1, 595, 842, [glyph for line in lines for glyph in line], list(rules))
    return compose([page_blocks(ink)])[0]


def texts(blocks) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


class TestLines:
    def test_glyphs_are_ordered_by_place_not_by_order(self):
        (row,) = rows_of([Glyph(20, 0, 30, 12, "乙", 0), Glyph(5, 1, 15, 13, "甲", 1)])
        assert "".join(glyph.text for glyph in row) == "甲乙"

    def test_digits_with_small_gaps_are_one_number(self):
        assert [f.text for f in fragments_of(glyphs(0, 0, "488.78", step=7))] == ["488.78"]

    def test_digits_tracked_wide_keep_the_gap(self):
        assert [f.text for f in fragments_of(glyphs(0, 0, "12", step=12))] == ["1 2"]

    def test_justified_gaps_between_ideographs_are_no_blanks(self):
        assert [f.text for f in fragments_of(glyphs(0, 0, "邮编", step=22))] == ["邮编"]

    def test_wide_gaps_part_fragments(self):
        assert [f.text for f in fragments_of(glyphs(0, 0, "甲乙", step=60))] == ["甲", "乙"]

    def test_radicals_are_read_as_the_characters_they_stand_for(self):
        assert plain("⼀、⽂件①") == "一、文件①"

    def test_a_number_that_wraps_in_its_cell_is_one_number(self):
        lines = glyphs(4, 0, "1234") + glyphs(4, 14, "56")
        assert CellText(lines, (0, 0, 32, 40)).text == "123456"


class TestRules:
    def grid(self, xs, ys):
        down = [(x, ys[0], x + 0.5, ys[-1]) for x in xs]
        return down + [(xs[0], y, xs[-1], y + 0.5) for y in ys]

    def test_two_tables_on_a_page_are_two_frames(self):
        rules = self.grid([0, 50, 100], [0, 20]) + self.grid([0, 50, 100], [100, 120])
        assert len(frames_of(rules)) == 2

    def test_an_l_shaped_gap_makes_no_overlapping_cells(self):
        rules = [*self.grid([0, 100], [0, 60]), (50, 0, 50.5, 30), (0, 30, 50, 30.5)]
        (frame,) = frames_of(rules)
        regions = regions_of(frame)
        covered = [
            (row, column)
            for region in regions
            for row in range(region.row, region.row + region.row_span)
            for column in range(region.column, region.column + region.column_span)
        ]
        assert sorted(covered) == sorted(set(covered)) == [(0, 0), (0, 1), (1, 0), (1, 1)]

    def test_rules_that_touch_nothing_make_no_frame(self):
        assert frames_of([(0, 10, 100, 10.5), (0, 40, 100, 40.5)]) == []


class TestParagraphs:
    def test_wrapped_lines_join_and_an_indented_line_opens_a_paragraph(self):
        full, rest = "甲" * 36, "乙" * 20
        blocks = read(
            glyphs(96, 100, full[:34]),
            glyphs(72, 120, rest),
            glyphs(96, 140, full[:34]),
            glyphs(72, 160, rest),
        )
        assert texts(blocks) == [full[:34] + rest] * 2

    def test_a_short_line_ends_its_paragraph(self):
        blocks = read(glyphs(72, 100, "甲" * 36), glyphs(72, 120, "乙" * 9), glyphs(72, 140, "丙" * 36))
        assert texts(blocks) == ["甲" * 36 + "乙" * 9, "丙" * 36]

    def test_a_heading_stands_alone(self):
        blocks = read(glyphs(96, 100, "一、总体情况"), glyphs(96, 120, "甲" * 34), glyphs(72, 140, "甲" * 36))
        assert texts(blocks)[0] == "一、总体情况"


class TestColumnsWithoutRules:
    def line(self, y: float, *cells: str) -> list[Glyph]:
        return [glyph for x, cell in zip((72, 200, 320), cells, strict=True) for glyph in glyphs(x, y, cell)]

    def test_three_lines_in_stable_columns_are_a_table(self):
        (table,) = read(
            self.line(100, "指标", "单位", "数量"),
            self.line(120, "申请", "件", "12"),
            self.line(140, "答复", "件", "9"),
        )
        assert isinstance(table, Table)
        assert [cell.text for cell in table.cells if cell.column == 2] == ["数量", "12", "9"]
        assert table.aligned

    def test_a_missing_word_leaves_its_column_empty(self):
        (table,) = read(
            self.line(100, "指标", "单位", "数量"),
            self.line(120, "申请", "", "12"),
            self.line(140, "答复", "件", "9"),
        )
        assert [(cell.column, cell.text) for cell in table.cells if cell.row == 1] == [(0, "申请"), (2, "12")]
        assert table.aligned

    def test_two_lines_are_too_few(self):
        blocks = read(self.line(100, "指标", "单位", "数量"), self.line(120, "申请", "件", "12"))
        assert texts(blocks) == ["指标\t单位\t数量", "申请\t件\t12"]


@pytest.mark.parametrize(
    ("turn", "box"),
    [(90, (10, 842 - 300, 40, 842 - 100)), (180, (542, 555, 742, 585)), (270, (555, 100, 585, 300))],
)
def test_a_box_of_a_turned_page_is_given_as_displayed(turn, box):
    ink = Ink(1, 842, 595, [], [], turn)
    assert ink.as_displayed((100, 10, 300, 40)) == box


LENGTHS = st.integers(-60, 900).map(lambda n: n / 2)
BOXES = st.lists(st.tuples(LENGTHS, LENGTHS, LENGTHS, LENGTHS), max_size=30)


@given(BOXES, LENGTHS, LENGTHS)
def test_the_first_box_around_a_point_is_found_as_if_all_were_looked_at(
    boxes: list[tuple[float, float, float, float]], x: float, y: float
) -> None:
    around = [n for n, box in enumerate(boxes) if box[0] <= x <= box[2] and box[1] <= y <= box[3]]
    index = BoxIndex(boxes)
    for number in around:
        assert index.first_at(x, y) == number
        index.remove(number)
    assert index.first_at(x, y) is None


def test_a_heading_under_a_title_as_wide_as_the_page_is_no_part_of_it():
    title = "某某市生态环境局二〇二五年政府信息公开工作年度报告书"
    found = texts(read(glyphs(90, 80, title, 17), glyphs(90, 110, "二、主动公开政府信息情况", 17)))
    assert found == [title, "二、主动公开政府信息情况"]


def test_a_line_that_goes_on_with_a_numbered_item_of_a_rule_stays_in_its_paragraph():
    first, second = "本单位根据条例的规定不予公开的信息共三件理由为其中第", "（三）项规定的情形。"
    assert texts(read(glyphs(90, 80, first, 17), glyphs(90, 105, second, 17))) == [first + second]


_IN_A_LINE = st.builds(
    lambda x, width, text: (x, width, text),
    st.integers(0, 40),
    st.sampled_from([4.0, 8.0]),
    st.sampled_from(["1", "年", "A", " ", "，"]),
)


@given(st.lists(_IN_A_LINE, min_size=1, max_size=6), st.sampled_from([lines.WIDE_GAP, lines.WORD_GAP, 0.5]))
def test_a_line_without_gaps_is_read_as_piece_by_piece(drawn_at, wide: float) -> None:
    row = [
        Glyph(x / 2, 10.0, x / 2 + width, 18.0, text, order)
        for order, (x, width, text) in enumerate(sorted(drawn_at))
    ]
    whole = lines.fragments_of(row, wide)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_without_gaps", lambda *_: None)
        assert lines.fragments_of(row, wide) == whole
