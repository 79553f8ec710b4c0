"""Tables that a page end cuts, drawn as word processors cut them."""

from collections.abc import Callable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_drawing import Sheet, cell, codes, drawn, paragraphs, rows, tables

from extractor.document import Document, Table
from extractor.formats import pdf

XS = [72, 160, 250, 330]
Draw = Callable[[Sheet], None]


def part(
    ys: Sequence[float], texts: Sequence[Sequence[str]], *, top: bool = True, bottom: bool = True
) -> Draw:
    """Draw one page's part of a table, without its first or last rule where asked for."""

    def draw(sheet: Sheet) -> None:
        for x in XS:
            sheet.line(x, ys[0], x, ys[-1])
        for y in ys[0 if top else 1 : None if bottom else -1]:
            sheet.line(XS[0], y, XS[-1], y)
        sheet.cells(XS, ys, texts)

    return draw


def read(*draw: Draw) -> tuple[Document, Table]:
    document = pdf.read(drawn(*draw))
    (table,) = tables(document)
    return document, table


HEADER = ["类别", "事项", "数量"]
ABOVE = [HEADER, ["（一）公开", "目录", "5"]]


def test_repeated_header_rows_are_dropped():
    _, table = read(part([700, 724, 748], ABOVE), part([80, 104, 128], [HEADER, ["（二）其他", "指南", "7"]]))
    assert rows(table) == [*ABOVE, ["（二）其他", "指南", "7"]]


def test_rows_that_look_alike_are_no_repeated_header():
    same = ["1", "2", "3"]
    _, table = read(part([724, 748], [same]), part([80, 104, 128], [same, ["4", "5", "6"]]))
    assert rows(table) == [same, same, ["4", "5", "6"]]


def test_a_row_cut_in_its_label_is_one_row():
    document, table = read(
        part([700, 724, 748], [HEADER, ["（四）无", "目录", "5"]], bottom=False),
        part([80, 104, 128], [["法提供", "", ""], ["（五）其他", "指南", "7"]], top=False),
    )
    assert rows(table) == [HEADER, ["（四）无法提供", "目录", "5"], ["（五）其他", "指南", "7"]]
    label = cell(table, "（四）无法提供")
    assert [place.page for place in (label.locator, *label.locator.more)] == [1, 2]
    assert codes(document) == ["row-joined"]


def test_a_row_cut_where_rules_close_both_parts_is_one_row():
    _, table = read(
        part([700, 724, 748], [HEADER, ["（四）无", "目录", "5"]]),
        part([80, 104, 128], [["法提供", "", ""], ["（五）其他", "指南", "7"]]),
    )
    assert rows(table) == [HEADER, ["（四）无法提供", "目录", "5"], ["（五）其他", "指南", "7"]]


def test_two_rows_with_values_stay_two_though_no_rule_parts_them():
    document, table = read(
        part([724, 748], [["（一）公开", "目录", "5"]], bottom=False),
        part([80, 104], [["（二）其他", "指南", "7"]], top=False),
    )
    assert rows(table) == [["（一）公开", "目录", "5"], ["（二）其他", "指南", "7"]]
    assert codes(document) == []


def test_a_new_row_with_blank_values_stays_a_row():
    _, table = read(part([724, 748], [["规章", "目录", "0"]]), part([80, 104], [["规范性文件", "", ""]]))
    assert rows(table) == [["规章", "目录", "0"], ["规范性文件", "", ""]]


def test_a_merged_row_header_runs_over_the_page_end():
    def above(sheet: Sheet) -> None:
        for x in XS:
            sheet.line(x, 700, x, 748)
        sheet.line(72, 700, 330, 700)
        sheet.line(160, 724, 330, 724)
        sheet.text(76, 716, "三、结果")
        sheet.cells(XS[1:], [700, 724], [["甲类", "1"], ["乙类", "2"]])

    def below(sheet: Sheet) -> None:
        for x in XS:
            sheet.line(x, 80, x, 128)
        sheet.line(160, 104, 330, 104)
        sheet.line(72, 128, 330, 128)
        sheet.cells(XS[1:], [80, 104], [["丙类", "3"], ["丁类", "4"]])

    _, table = read(above, below)
    assert rows(table) == [["三、结果", "甲类", "1"], ["乙类", "2"], ["丙类", "3"], ["丁类", "4"]]
    assert cell(table, "三、结果").row_span == 4


def test_a_blank_value_under_a_value_is_not_swallowed():
    _, table = read(
        part([724, 748], [["（一）公开", "目录", "5"]], bottom=False),
        part([80, 104], [["（二）其他", "指南", ""]], top=False),
    )
    assert rows(table) == [["（一）公开", "目录", "5"], ["（二）其他", "指南", ""]]


def test_text_between_two_tables_keeps_them_apart():
    def below(sheet: Sheet) -> None:
        sheet.text(72, 90, "四、行政复议情况")
        part([120, 144], [["维持", "纠正", "总计"]])(sheet)

    document = pdf.read(drawn(part([724, 748], [["甲", "乙", "5"]]), below))
    assert len(tables(document)) == 2
    assert paragraphs(document) == ["四、行政复议情况"]


def test_a_table_with_other_columns_is_another_table():
    def below(sheet: Sheet) -> None:
        sheet.table([72, 110, 200, 330], [80, 104], [["丙", "丁", "6"]])

    document = pdf.read(drawn(part([724, 748], [["甲", "乙", "5"]]), below))
    assert len(tables(document)) == 2


LABELS = st.lists(st.text("云岭青石白水河山", min_size=1, max_size=4), min_size=2, max_size=6, unique=True)


@settings(max_examples=20, deadline=None)
@given(labels=LABELS, data=st.data(), ruled=st.booleans())
def test_a_table_split_at_any_row_equals_the_table_on_one_page(labels, data, ruled):
    values = st.text("0123456789", max_size=4)
    texts = [[f"{row}.{label}", data.draw(values), data.draw(values)] for row, label in enumerate(labels, 1)]
    split = data.draw(st.integers(1, len(texts) - 1))
    end = 760
    whole = read(part([end - 24 * step for step in range(len(texts), -1, -1)], texts))[1]
    above = part([end - 24 * step for step in range(split, -1, -1)], texts[:split], bottom=ruled)
    below = part([80 + 24 * step for step in range(len(texts) - split + 1)], texts[split:], top=ruled)
    assert rows(read(above, below)[1]) == rows(whole) == texts
