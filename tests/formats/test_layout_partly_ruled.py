"""Tables whose rules part some rows and columns only: glyphs and rules typed in."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Block, Paragraph, Table
from extractor.formats.layout import compose, page_blocks
from extractor.formats.layout.model import Box, Glyph, Ink

SIZE = 10.0
XS = [50.0, 150.0, 250.0, 350.0]


def glyphs(x: float, y: float, text: str) -> list[Glyph]:
    placed = []
    for order, character in enumerate(text):
        width = SIZE * (0.5 if character.isascii() else 1)
        placed.append(Glyph(x, y, x + width, y + SIZE, character, order))
        x += width
    return placed


def row(y: float, *texts: str) -> list[list[Glyph]]:
    return [glyphs(x + 5, y, text) for x, text in zip(XS, texts, strict=False) if text]


def box(ys: list[float], inner: list[tuple[float, float, float]] = ()) -> list[Box]:
    """Rules across at each height and around, and upright ones inside: place, top, bottom."""
    across = [(XS[0], y, XS[-1], y + 0.5) for y in ys]
    upright = [(XS[0], ys[0], ys[-1]), (XS[-1], ys[0], ys[-1]), *inner]
    return across + [(x, top, x + 0.5, bottom) for x, top, bottom in upright]


def read(lines: list[list[Glyph]], rules: list[Box]) -> list[Block]:
    drawn = [glyph for line in lines for glyph in line]
    ranked = [glyph._replace(order=order) for order, glyph in enumerate(drawn)]
    return compose([page_blocks(Ink(1, 595, 842, ranked, rules))])[0]


def rows(blocks: list[Block]) -> list[list[str]]:
    (table,) = [block for block in blocks if isinstance(block, Table)]
    found: dict[int, list[str]] = {}
    for cell in table.cells:
        found.setdefault(cell.row, []).append(cell.text)
    return [found[place] for place in sorted(found)]


COLUMNS = [(150.0, 100.0, 300.0), (250.0, 100.0, 300.0)]
HEAD = row(105, "项目", "制发", "废止")


def test_lines_of_values_in_one_ruled_row_are_rows():
    lines = HEAD + row(125, "规章", "12", "3") + row(140, "文件", "4", "0") + row(155, "合计", "16", "3")
    assert rows(read(lines, box([100, 120, 300], COLUMNS))) == [
        ["项目", "制发", "废止"],
        ["规章", "12", "3"],
        ["文件", "4", "0"],
        ["合计", "16", "3"],
    ]


def test_a_label_on_a_line_of_its_own_heads_its_rows():
    lines = HEAD + row(125, "其中") + row(140, "规章", "12", "3") + row(155, "文件", "4", "0")
    lines += row(170, "合计", "16", "3")
    assert rows(read(lines, box([100, 120, 300], COLUMNS)))[1] == ["其中", "", ""]


def test_a_label_that_its_column_breaks_stays_one():
    lines = HEAD + row(125, "规章", "12", "3") + row(140, "由本级制发和废止") + row(155, "的文件", "4", "0")
    lines += row(170, "合计", "16", "3")
    assert rows(read(lines, box([100, 120, 300], COLUMNS)))[2] == ["由本级制发和废止的文件", "4", "0"]


def test_numbers_that_narrow_columns_break_stay_one_row():
    lines = [glyphs(55, 140, "合计")]
    lines += [glyphs(x + 3, y, "123") for x in (150.0, 180.0) for y in (125, 140, 155)]
    rules = box([100, 120, 300], [(150.0, 100.0, 300.0), (180.0, 100.0, 300.0), (210.0, 100.0, 300.0)])
    assert [row[:3] for row in rows(read(lines + HEAD[:1], rules))][1:] == [
        ["合计", "123123123", "123123123"]
    ]


def test_lines_of_words_in_one_ruled_row_are_one_row():
    lines = HEAD + [line for y in (125, 140, 155) for line in row(y, "公开目录", "主动公开", "依申请公开")]
    found = rows(read(lines, box([100, 120, 300], COLUMNS)))
    assert len(found) == 2


def test_numbers_in_stripes_of_one_ruled_column_are_columns():
    lines = [*HEAD[:1], glyphs(190, 105, "制发和废止")]
    for y, *values in ((125, "12", "3"), (140, "4", "0"), (155, "16", "3")):
        lines += [glyphs(55, y, "规章"), glyphs(170, y, values[0]), glyphs(260, y, values[1])]
    found = rows(read(lines, box([100, 120, 300], [(150.0, 100.0, 300.0)])))
    assert found == [["项目", "制发和废止"], ["规章", "12", "3"], ["规章", "4", "0"], ["规章", "16", "3"]]


def test_a_row_without_upright_rules_keeps_to_the_columns_of_the_others():
    lines = HEAD + row(125, "规章", "12", "3") + row(145, "说明：数据截至年末，含下属单位")
    ruled = [(x, 100.0, 120.0) for x in XS[1:-1]]
    assert rows(read(lines, box([100, 120, 140, 160], ruled))) == [
        ["项目", "制发", "废止"],
        ["规章", "12", "3"],
        ["说明：数据截至年末，含下属单位"],
    ]


def labelled(shift: float) -> list[list[str]]:
    lines = HEAD + [line for y in (125, 145, 165, 185) for line in row(y, "", "1", "2")]
    lines += [
        glyphs(55, y + shift, text)
        for y, text in ((125, "甲类"), (145, "乙类"), (165, "丙类"), (185, "丁类"))
    ]
    rules = box([100, 120], [(150.0, 100.0, 200.0), (250.0, 100.0, 200.0)]) + [
        (150.0, y, 350.0, y + 0.5) for y in (140, 160, 180)
    ]
    rules += [(50.0, 100.0, 50.5, 200.0), (350.0, 100.0, 350.5, 200.0), (50.0, 200.0, 350.0, 200.5)]
    return rows(read(lines, rules))


def test_labels_level_with_the_ruled_rows_beside_them_are_theirs():
    assert [line[0] for line in labelled(0)] == ["项目", "甲类", "乙类", "丙类", "丁类"]


def test_lines_of_one_label_beside_ruled_rows_stay_one_label():
    assert labelled(5)[1] == ["甲类乙类丙类丁类", "1", "2"]


def test_a_page_in_two_columns_of_running_text_is_no_table():
    left = ["一二三四五六七八九十甲乙丙丁"[: 14 - place % 2] for place in range(6)]
    lines = [glyphs(x, 100 + 15 * place, text) for place, text in enumerate(left) for x in (50, 300)]
    assert not any(isinstance(block, Table) for block in read(lines, []))


def test_words_beside_their_explanations_are_a_table():
    lines = []
    for place, word in enumerate(["公开", "依申请公开", "解读", "政府信息"]):
        lines += [
            glyphs(50, 100 + 15 * place, word),
            glyphs(200, 100 + 15 * place, "说明文字一二三四五六七八九"),
        ]
    assert any(isinstance(block, Table) for block in read(lines, []))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(*(st.sampled_from(["", "甲乙", "12", "3", "1 234", "无", "公开 12", "-"]),) * 3),
        min_size=3,
        max_size=8,
    ),
    st.sampled_from([12, 15, 20]),
    st.lists(st.sampled_from([150.0, 200.0, 250.0]), max_size=3, unique=True),
)
def test_every_character_is_in_one_cell_and_no_cell_covers_another(table, pitch, upright):
    lines = [line for place, texts in enumerate(table) for line in row(125 + pitch * place, *texts)]
    rules = box([100, 120, 400], [(x, 100.0, 400.0) for x in upright])
    blocks = read(HEAD + lines, rules)
    printed = Counter(g.text for line in HEAD + lines for g in line if not g.text.isspace())
    found = [cell for block in blocks if isinstance(block, Table) for cell in block.cells]
    read_texts = [cell.text for cell in found] + [
        block.text for block in blocks if isinstance(block, Paragraph)
    ]
    assert Counter(c for text in read_texts for c in text if not c.isspace()) == printed
    if len(blocks) > 1:
        return
    places = [
        (line, column)
        for cell in found
        for line in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert len(places) == len(set(places))
