"""Heads of dense tables without rules: over several columns, and on several lines; glyphs typed in."""

from extractor.document import Table
from extractor.formats.layout import compose, page_blocks
from extractor.formats.layout.model import Glyph, Ink

SIZE = 10.0
MIDDLES = [150.0, 200.0, 250.0, 300.0, 350.0, 400.0]


def centred(middle: float, y: float, text: str) -> list[Glyph]:
    widths = [SIZE * (0.5 if character.isascii() else 1) for character in text]
    x = middle - sum(widths) / 2
    placed = []
    for width, character in zip(widths, text, strict=True):
        placed.append(Glyph(x, y, x + width, y + SIZE, character, 0))
        x += width
    return placed


def values(y: float, label: str, *texts: str) -> list[list[Glyph]]:
    return [centred(80, y, label)] + [centred(x, y, text) for x, text in zip(MIDDLES, texts, strict=False)]


BODY = [
    line
    for place, label in enumerate(["甲类", "乙类", "丙类", "丁类"])
    for line in values(150 + 12 * place, label, *(str(place * 100 + n) for n in range(1, 7)))
]
LEAVES = [centred(x, 135, text) for x, text in zip(MIDDLES, ["个人", "企业", "其他"] * 2, strict=True)]


def cells(*heads: list[Glyph]) -> list[tuple[int, int, str]]:
    """Return the first column, the last one and the text of each cell above the values."""
    drawn = [glyph for line in [*heads, *BODY] for glyph in line]
    ink = Ink(1, 595, 842, [glyph._replace(order=order) for order, glyph in enumerate(drawn)], [])
    (table,) = [block for block in compose([page_blocks(ink)])[0] if isinstance(block, Table)]
    first = min(cell.row for cell in table.cells if cell.text == "甲类")
    return [(c.column, c.column + c.column_span - 1, c.text) for c in table.cells if c.row < first]


def test_a_head_stands_over_the_columns_around_its_middle():
    found = cells(centred(200, 115, "上年"), centred(350, 115, "本年"), *LEAVES)
    assert found[:2] == [(1, 3, "上年"), (4, 6, "本年")]


def test_a_head_beside_the_middle_of_more_columns_stands_over_its_own():
    found = cells(centred(150, 115, "上年"), centred(300, 115, "本年五类"), *LEAVES)
    assert (2, 6, "本年五类") in found
    assert not any(first == 1 and text == "本年五类" for first, _, text in found)


def test_a_head_over_all_columns_stands_over_all():
    found = cells(centred(275, 115, "申请人情况"), *LEAVES)
    assert found[0] == (1, 6, "申请人情况")


def test_lines_of_one_head_are_one_cell():
    tall = [centred(x, 121, "本年") for x in MIDDLES]
    found = cells(centred(80, 133, "项目"), *tall, *(centred(x, 133, "数量") for x in MIDDLES))
    assert [text for _, _, text in found] == ["项目", *["本年数量"] * 6]


def test_a_head_over_several_columns_is_no_line_of_the_one_under_its_middle():
    found = cells(centred(200, 123, "上年结转的申请"), centred(350, 123, "本年新收的申请"), *LEAVES)
    assert [text for _, _, text in found[:2]] == ["上年结转的申请", "本年新收的申请"]
    assert [text for _, _, text in found[2:]] == ["个人", "企业", "其他"] * 2
