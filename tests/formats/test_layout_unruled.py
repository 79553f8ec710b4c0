"""Tables without rules: columns by their stripes, labels beside their values, typed in as glyphs."""

from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Block, Paragraph, Table
from extractor.formats.layout import compose, page_blocks
from extractor.formats.layout.model import Glyph, Ink

SIZE = 10.0
STEP = 20.0  # from row to row
Printed = tuple[float, float, str]  # middle, top, text
VALUES = (250.0, 300.0, 350.0)  # middles of three columns of values


def width(text: str, size: float = SIZE) -> float:
    return sum(size / 2 if character.isascii() else size for character in text)


def glyphs(x: float, y: float, text: str, size: float = SIZE) -> list[Glyph]:
    placed = []
    for character in text:
        step = width(character, size)
        placed.append(Glyph(x, y, x + step, y + size, character, 0))
        x += step
    return placed


def centred(middle: float, y: float, text: str) -> list[Glyph]:
    return glyphs(middle - width(text) / 2, y, text)


def row(y: float, label: str, *values: str, at: float = 130.0) -> list[list[Glyph]]:
    """Print a label, its lines parted by a bar, centred about the height of its values."""
    lines = label.split("|")
    top = y - (len(lines) - 1) * 6
    printed = [centred(at, top + 12 * n, line) for n, line in enumerate(lines) if line]
    return printed + [centred(x, y, value) for x, value in zip(VALUES, values, strict=False) if value]


def header(y: float) -> list[list[Glyph]]:
    return row(y, "事项", "上年", "本年", "合计")


def read(*pages: list[list[Glyph]]) -> list[Block]:
    inks = [
        Ink(number, 595, 842, [glyph for line in page for glyph in line], [])
        for number, page in enumerate(pages, 1)
    ]
    return compose([page_blocks(ink) for ink in inks])[0]


def table(*pages: list[list[Glyph]]) -> Table:
    (found,) = [block for block in read(*pages) if isinstance(block, Table)]
    return found


def rows(found: Table) -> list[list[str]]:
    """Return the texts row by row."""
    lines: dict[int, list[str]] = {}
    for cell in sorted(found.cells, key=lambda cell: (cell.row, cell.column)):
        lines.setdefault(cell.row, []).append(cell.text)
    return list(lines.values())


def texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


PLAIN = [*header(100), *row(120, "甲项", "1", "2", "3"), *row(140, "乙项", "4", "5", "9")]


class TestColumns:
    def test_columns_set_tight_are_cut_where_values_stand_under_them(self):
        page = [
            *(
                centred(x, 100, text)
                for x, text in zip((250, 292, 334), ("商业企业", "科研机构", "社会团体"), strict=True)
            ),
            *row(120, "甲项"),
            *(centred(x, 120, text) for x, text in zip((250, 292, 334), "123", strict=True)),
            *row(140, "乙项"),
            *(centred(x, 140, text) for x, text in zip((250, 292, 334), "456", strict=True)),
        ]
        # 2 points between the heads: less than any gutter.
        assert rows(table([*row(100, "事项"), *page]))[1:] == [
            ["甲项", "1", "2", "3"],
            ["乙项", "4", "5", "6"],
        ]
        page = [
            *(
                centred(x, 100, text)
                for x, text in zip((250, 298, 346), ("商业企业", "科研机构", "社会团体"), strict=True)
            ),
            *(
                centred(x, y, text)
                for y in (120, 140)
                for x, text in zip((250, 298, 346), "123", strict=True)
            ),
        ]
        found = table([*row(100, "事项"), *row(120, "甲项"), *row(140, "乙项"), *page])
        assert rows(found)[0] == ["事项", "商业企业", "科研机构", "社会团体"]

    def test_a_blank_keeps_its_column_and_its_place(self):
        found = table([*header(100), *row(120, "甲项", "1", "", "3"), *row(140, "乙项", "4", "5", "9")])
        assert rows(found) == [
            ["事项", "上年", "本年", "合计"],
            ["甲项", "1", "", "3"],
            ["乙项", "4", "5", "9"],
        ]
        (blank,) = [cell for cell in found.cells if not cell.text]
        assert blank.column == 2
        assert blank.locator.bbox == (290.0, 120, 310.0, 130)
        assert found.aligned

    def test_a_column_without_any_value_is_blank_in_every_row(self):
        found = table([*header(100), *row(120, "甲项", "", "2", "2"), *row(140, "乙项", "", "5", "5")])
        assert rows(found)[1:] == [["甲项", "", "2", "2"], ["乙项", "", "5", "5"]]
        assert found.aligned

    def test_a_head_over_two_columns_spans_them(self):
        page = [centred(275, 80, "申请人情况"), *PLAIN]
        (head,) = [cell for cell in table(page).cells if cell.text == "申请人情况"]
        assert (head.row, head.column, head.column_span) == (0, 1, 2)

    def test_values_that_stand_under_no_one_column_are_kept_but_not_aligned(self):
        page = [*PLAIN, *row(160, "丙项"), *(centred(x, 160, text) for x, text in ((262, "6"), (315, "7")))]
        page += [*row(180, "丁项"), *(centred(x, 180, text) for x, text in ((236, "8"), (287, "9")))]
        found = table(page)
        assert not found.aligned
        assert rows(found)[-2:] == [["丙项", "6", "7"], ["丁项", "8", "9"]]

    def test_digits_with_a_gap_between_are_two_numbers(self):
        page = [*header(100), *row(120, "甲项", "1", "2", "3"), *row(140, "乙项", "4", "5")]
        page += [glyphs(343, 140, "1"), glyphs(354, 140, "2")]
        found = table(page)
        assert "12" not in [cell.text for cell in found.cells]


class TestRows:
    def test_a_wrapped_label_is_one_cell_beside_its_values(self):
        found = table(
            [*PLAIN, *row(170, "丙项的名称|比较长", "6", "7", "13"), *row(200, "丁项", "1", "1", "2")]
        )
        assert rows(found)[3:] == [["丙项的名称比较长", "6", "7", "13"], ["丁项", "1", "1", "2"]]

    def test_three_lines_about_the_values_are_one_label(self):
        found = table(
            [
                *PLAIN,
                *row(175, "丙项的名称|比别的都要|长一些", "6", "7", "13"),
                *row(215, "丁项", "1", "1", "2"),
            ]
        )
        assert rows(found)[3] == ["丙项的名称比别的都要长一些", "6", "7", "13"]

    def test_wrapped_heads_join(self):
        heads = [centred(x, y, text) for x in VALUES for y, text in ((94, "结果维"), (106, "持"))]
        found = table([*heads, *row(100, "事项"), *PLAIN[4:]])
        assert [cell.text for cell in found.cells if cell.row == 0] == [
            "事项",
            "结果维持",
            "结果维持",
            "结果维持",
        ]

    def test_the_label_of_several_rows_is_a_cell_of_its_own_beside_one_of_them(self):
        page = [*header(100)]
        for n, label in enumerate(("1.甲项", "2.乙项", "3.丙项", "4.丁项")):
            page += row(120 + STEP * n, label, "1", "2", "3")
        page.append(centred(60, 150, "（一）不予"))
        found = table(page)
        assert rows(found)[1:] == [
            ["1.甲项", "1", "2", "3"],
            ["（一）不予", "2.乙项", "1", "2", "3"],
            ["3.丙项", "1", "2", "3"],
            ["4.丁项", "1", "2", "3"],
        ]
        assert found.aligned

    def test_a_row_without_values_is_a_row_of_blanks(self):
        found = table([*PLAIN, *row(160, "丙项"), *row(180, "丁项", "1", "1", "2")])
        assert rows(found)[3:] == [["丙项", "", "", ""], ["丁项", "1", "1", "2"]]

    def test_where_lines_and_rows_are_equally_far_apart_numbers_of_items_open_labels(self):
        page = header(100)
        for y, label, value in (
            (112, "1.甲项的", "1"),
            (124, "全部", ""),
            (136, "2.乙项", "2"),
            (148, "3.丙项", "3"),
        ):
            page += row(y, label, value, value, value)
        assert [line[0] for line in rows(table(page))] == ["事项", "1.甲项的全部", "2.乙项", "3.丙项"]

    def test_a_table_over_two_pages_is_one_table(self):
        found = table(
            [*header(740), *row(760, "甲项", "1", "2", "3")],
            [*row(80, "乙项", "4", "5", "9"), *row(100, "丙项", "1", "0", "1")],
        )
        assert [line[0] for line in rows(found)] == ["事项", "甲项", "乙项", "丙项"]
        assert [place.page for place in (found.locator, *found.locator.more)] == [1, 2]

    def test_a_label_cut_by_the_page_end_is_no_row_of_blanks(self):
        found = table(
            [*header(720), *row(740, "甲项", "1", "2", "3"), *row(760, "乙项的名称")],
            [*row(80, "比较长", "4", "5", "9"), *row(100, "丙项", "1", "0", "1")],
        )
        assert [line for line in rows(found) if line[0].startswith("乙项")] == [["乙项的名称"]]


class TestWhatIsNoTable:
    def test_a_heading_of_the_same_size_between_tables_stays_a_paragraph(self):
        second = [[Glyph(g.x0, g.y0 + 110, g.x1, g.y1 + 110, g.text, 0) for g in line] for line in PLAIN]
        blocks = read([*PLAIN, glyphs(60, 175, "三、收到和处理申请的情况"), *second])
        assert [getattr(block, "text", "table") for block in blocks] == [
            "table",
            "三、收到和处理申请的情况",
            "table",
        ]

    def test_prose_before_and_behind_a_table_stays_prose(self):
        prose = "本年度的情况如下，各项数据由各科室报送，经核对后汇总，填表的口径没有变化。"
        blocks = read([glyphs(60, 75, prose), *PLAIN, glyphs(60, 165, prose)])
        assert [getattr(block, "text", "table") for block in blocks] == [prose, "table", prose]

    def test_a_line_of_signatures_is_no_table(self):
        page = [
            glyphs(x, y, text) for y in (100, 120) for x, text in ((60, "负责人：甲"), (200, "填表人：乙"))
        ]
        assert texts(read(page)) == ["负责人：甲\t填表人：乙"] * 2

    def test_a_table_of_contents_with_dots_stays_lines(self):
        lines = ["一、总体情况…………………1", "二、主动公开情况……………2", "三、依申请公开情况…………4"]
        page = [glyphs(60, 100 + 20 * n, line) for n, line in enumerate(lines)]
        assert texts(read(page)) == lines

    def test_prose_with_one_wide_gap_a_line_is_not_taken_apart(self):
        lines = [
            "地址：云岭县城关镇一号　　　　邮编：000000",
            "本机关受理申请的时间为工作日的上午和下午，节假日除外。",
        ]
        page = [glyphs(60, 100 + 15 * n, line) for n, line in enumerate(lines * 3)]
        assert not [block for block in read(page) if isinstance(block, Table)]


LABELS = st.text("甲乙丙丁一二三（）.、123", min_size=1, max_size=9)
CELLS = st.sampled_from(["", "0", "12", "—", "7件", "1.5", "（注）", "2024年", "合计"])
LINES = st.lists(
    st.tuples(st.integers(8, 40), st.integers(40, 160), LABELS, st.lists(CELLS, min_size=3, max_size=3)),
    min_size=2,
    max_size=14,
)


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_no_character_is_lost_or_read_twice_and_no_cell_covers_another(lines):
    page, y = [], 100.0
    for step, x, label, values in lines:
        y += step
        page += [glyphs(x, y, label), *(centred(at, y + 3, v) for at, v in zip(VALUES, values, strict=True))]
    blocks = read(page)
    printed = Counter(glyph.text for line in page for glyph in line if not glyph.text.isspace())
    found: Counter[str] = Counter()
    for block in blocks:
        parts = [cell.text for cell in block.cells] if isinstance(block, Table) else [block.text]
        found.update(character for part in parts for character in part if not character.isspace())
        if isinstance(block, Table):
            taken = sorted((cell.row, cell.column, cell.column_span) for cell in block.cells)
            for (one_row, column, span), (other_row, other, _) in pairwise(taken):
                assert one_row != other_row or column + span <= other
    assert found == printed
