"""Values listed one by one in tables of label and value, and in outlines drawn as trees."""

from collections.abc import Iterator, Sequence

import pytest
from papers import REQUESTS, Rows, codes, disputes, numbers, paper, proactive, read, table_of

from extractor.document import Block, Document, Locator, Paragraph
from extractor.forms import load_form
from extractor.recognize.tables.told_cards import card_lines
from extractor.report import Report

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


def told() -> Iterator[tuple[tuple[str, ...], str, tuple[object, ...]]]:
    """Yield the groups, the label and the numbers of each row."""
    table = load_form("2021").table("requests")
    assert table is not None
    for row in table.rows:
        yield row.group, row.label, tuple(REQUESTS.get(row.id, (0,) * 7))


def card(numbers: Sequence[object], before: str = "") -> Rows:
    heads = [before + COLUMNS[0], *COLUMNS[1:]]
    return [[head, str(number)] for head, number in zip(heads, numbers, strict=True)]


def report_with(*requests: Block) -> Report:
    document = paper(proactive(), Paragraph("三、收到和处理政府信息公开申请情况"), *requests)
    at = next(i for i, b in enumerate(document.blocks) if isinstance(b, Paragraph) and b.text[0] == "五")
    others = (Paragraph("四、政府信息公开行政复议、行政诉讼情况"), table_of(disputes()))
    return read(Document("html", (*document.blocks[:at], *others, *document.blocks[at:])))


def is_right(report: Report) -> bool:
    return report.verdict == "verified" and all(
        numbers(report, "requests", row) == values for row, values in REQUESTS.items()
    )


def cards(captions: Sequence[bool]) -> list[Block]:
    """Return a card for each row, its caption a paragraph or (False) run into the card before it."""
    blocks: list[Block] = []
    rows: Rows = []
    for (_, label, values), apart in zip(told(), captions, strict=True):
        if apart:
            blocks += [table_of(rows)] if rows else []
            blocks.append(Paragraph(label))
            rows = card(values)
        else:
            rows += card(values, label)
    return [*blocks, table_of(rows)]


@pytest.mark.parametrize("every", [1, 2, 5])
def test_cards_with_their_row_above_or_before_their_first_column(every: int) -> None:
    count = sum(1 for _ in told())
    assert is_right(report_with(*cards([at % every == 0 for at in range(count)])))


def test_cards_of_unknown_things_are_nothing() -> None:
    strange = [Paragraph("某局的申请"), table_of(card((1, 2, 3, 4, 5, 6, 21)))]
    assert is_right(report_with(*strange, *cards([True] * sum(1 for _ in told()))))


def test_a_second_card_for_a_row_puts_it_in_question() -> None:
    again = [Paragraph("（一）予以公开"), table_of(card((9, 9, 9, 9, 9, 9, 54)))]
    report = report_with(*cards([True] * sum(1 for _ in told())), *again)
    assert report.verdict == "doubtful"
    assert "table-repeated" in codes(report)


def test_a_table_with_more_than_label_and_value_is_no_card() -> None:
    assert card_lines(table_of([["自然人", "1"], ["商业企业", "2"], ["其他", "3", "4"], ["总计", "3"]])) == []


def tree() -> list[str]:
    lines: list[str] = []
    open_groups: tuple[str, ...] = ()
    for group, label, values in told():
        for depth, name in enumerate(group):
            if open_groups[: depth + 1] != group[: depth + 1]:
                lines.append("│  " * depth + f"├─ {name}")
        open_groups = group
        inside = "│  " * len(group)
        lines += [
            f"{inside}├─ {label}",
            f"{inside}│  ├─ 自然人：{values[0]}",
            f"{inside}│  ├─ 法人或其他组织",
        ]
        lines += [
            f"{inside}│  │  {'└' if at == 5 else '├'}─ {COLUMNS[at]}：{values[at]}" for at in range(1, 6)
        ]
        lines.append(f"{inside}│  └─ 总计：{values[6]}")
    return lines


def test_a_tree_tells_its_values_by_its_branches() -> None:
    assert is_right(report_with(*(Paragraph(line, Locator(line=at)) for at, line in enumerate(tree(), 50))))


def test_a_value_outside_of_all_branches_of_a_row_is_none() -> None:
    lines = [line for line in tree() if "（一）予以公开" not in line]
    report = report_with(*(Paragraph(line, Locator(line=at)) for at, line in enumerate(lines, 50)))
    assert report.verdict != "verified"
    assert set(numbers(report, "requests", "granted")) == {None}
