"""Tables as agencies, editors and converters change them: drawn from the world, not from the reader."""

import re
from collections.abc import Callable

from msgspec import structs

from .grid import Grid, GridCell, Row, grid_of, request_header, request_rows
from .printed_forms import DISPUTES, OUTCOMES
from .truth import Truth

_CIRCLED = "①②③④⑤⑥⑦⑧⑨"
_ENGLISH = {
    "自然人": "Natural persons",
    "商业企业": "Businesses",
    "科研机构": "Research",
    "其他": "Others",
} | {
    "社会公益组织": "Public welfare",
    "法律服务机构": "Legal service",
    "总计": "Total",
}


def of_requests(change: Callable[[Truth], tuple[Grid, ...]]) -> Callable[[Truth, str], tuple[Grid, ...]]:
    """Return a way to draw tables that changes table 三 alone."""
    return lambda truth, table: change(truth) if table == "requests" else (grid_of(truth, table),)


def of_disputes(change: Callable[[Truth], tuple[Grid, ...]]) -> Callable[[Truth, str], tuple[Grid, ...]]:
    """Return a way to draw tables that changes table 四 alone."""
    return lambda truth, table: change(truth) if table == "disputes" else (grid_of(truth, table),)


def in_every_cell(change: Callable[[str], str]) -> Callable[[Truth, str], tuple[Grid, ...]]:
    """Return a way to draw tables that changes every label."""
    return lambda truth, table: (
        tuple(
            tuple(structs.replace(c, text=change(c.text)) if c.cell is None else c for c in row)
            for row in grid_of(truth, table)
        ),
    )


def with_column(
    head: str, values: Callable[[int], str], *, last: bool
) -> Callable[[Truth], tuple[Grid, ...]]:
    """Return table 三 with a column more, behind the others or before them."""

    def change(truth: Truth) -> tuple[Grid, ...]:
        rows = list(grid_of(truth, "requests"))
        for at, row in enumerate(rows):
            extra = (GridCell(head, 3),) if at == 0 else () if at < 3 else (GridCell(values(at - 2)),)
            rows[at] = (*row, *extra) if last else (*extra, *row)
        return (tuple(rows),)

    return change


def with_subtotal_rows(truth: Truth) -> tuple[Grid, ...]:
    """Return table 三 with a row 小计 below the items of （三）, its cells empty."""
    rows = list(grid_of(truth, "requests"))
    at = next(i for i, row in enumerate(rows) if any(c.text.startswith("8.") for c in row)) + 1
    grown = [
        tuple(
            structs.replace(c, row_span=c.row_span + 1)
            if c.text.startswith(("三、", "（三）")) and c.row_span > 1
            else c
            for c in row
        )
        for row in rows
    ]
    grown.insert(at, (GridCell("小计"), *(GridCell("") for _ in range(7))))
    return (tuple(grown),)


def with_last_year(truth: Truth) -> tuple[Grid, ...]:
    """Return table 三 with last year's total beside this year's."""
    return with_column("上年总计", lambda at: str(at * 7 % 23), last=True)(truth)


def cut_by_applicants(truth: Truth) -> tuple[Grid, ...]:
    """Return table 三 as two tables: the first four kinds of applicants, then the others and the total."""
    head, rows = request_header(), request_rows(truth)
    first = (
        (head[0][0], GridCell("申请人情况", column_span=4)),
        (GridCell("自然人", 2), GridCell("法人或其他组织", column_span=3)),
        head[2][:3],
    )
    second = (
        (head[0][0], GridCell("申请人情况", column_span=3)),
        (GridCell("法人或其他组织", column_span=2), GridCell("总计", 2)),
        head[2][3:],
    )
    return (first + tuple(r[:-3] for r in rows), second + tuple((*r[:-7], *r[-3:]) for r in rows))


def in_two_parts(truth: Truth) -> tuple[Grid, ...]:
    """Return table 三 as two tables, the second with the header again."""
    rows = request_rows(truth, split_results_after=10)
    return (request_header() + rows[:12], request_header() + rows[12:])


def in_two_parts_without_header(truth: Truth) -> tuple[Grid, ...]:
    """Return table 三 as two tables, the second without a header."""
    rows = request_rows(truth, split_results_after=10)
    return (request_header() + rows[:12], rows[12:])


def with_caption_rows(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return each table with its title and its unit as rows of its own."""
    grid = grid_of(truth, table)
    width = sum(cell.column_span for cell in grid[0])
    return (((GridCell("附表 统计情况", 1, width),), (GridCell("单位：件", 1, width),), *grid),)


def with_spacer_rows(truth: Truth) -> tuple[Grid, ...]:
    """Return table 三 with an empty row before 四."""
    rows = grid_of(truth, "requests")
    return ((*rows[:-1], tuple(GridCell("") for _ in range(10)), rows[-1]),)


def with_heads_swapped(truth: Truth) -> tuple[Grid, ...]:
    """Return table 三 with 其他 before 法律服务机构, heads and numbers alike."""
    return (tuple(_swapped(row) for row in grid_of(truth, "requests")),)


def _swapped(row: Row) -> Row:
    at = next(
        (
            i
            for i, c in enumerate(row)
            if c.text == "法律服务机构" or (c.cell or "").endswith(".legal_service")
        ),
        -1,
    )
    return row if at < 0 else (*row[:at], row[at + 1], row[at], *row[at + 2 :])


def disputes_as_rows(truth: Truth) -> tuple[Grid, ...]:
    """Return table 四 with one row for each kind."""
    values = grid_of(truth, "disputes")[-1]
    head = (GridCell("类别"), *(GridCell(label) for _, label in OUTCOMES))
    labels = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    return ((head, *((GridCell(label), *values[5 * i : 5 * i + 5]) for i, label in enumerate(labels))),)


def disputes_in_blocks(truth: Truth) -> tuple[Grid, ...]:
    """Return table 四 as three tables, one below the other."""
    values = grid_of(truth, "disputes")[-1]
    heads = tuple(GridCell(label) for _, label in OUTCOMES)
    return tuple(
        ((GridCell(label, 1, 5),), heads, values[5 * i : 5 * i + 5])
        for i, (_, label) in enumerate([("", "行政复议"), *DISPUTES[1:]])
    )


def disputes_turned(truth: Truth) -> tuple[Grid, ...]:
    """Return table 四 with its results below each other."""
    values = iter(grid_of(truth, "disputes")[-1])
    rows: list[Row] = []
    for label in ("行政复议", "未经复议直接起诉", "复议后起诉"):
        for at, (_, outcome) in enumerate(OUTCOMES):
            lead = (GridCell(label, 5),) if at == 0 else ()
            rows.append((*lead, GridCell(outcome), next(values)))
    return (tuple(rows),)


def in_two_languages(text: str) -> str:
    """Return a head with its English beside it."""
    return f"{text} {_ENGLISH[text]}" if text in _ENGLISH else text


def with_circled_serials(text: str) -> str:
    """Return a label with ① for 1."""
    return re.sub(r"^(\d)\.", lambda found: _CIRCLED[int(found[1]) - 1], text)


def with_wide_blanks(text: str) -> str:
    """Return a short head with blanks between its characters, as designers set it."""
    return "\u3000".join(text) if len(text) == 2 else text


def a_character_a_line(text: str) -> str:
    """Return a head broken after every second character."""
    return "\n".join(text[at : at + 2] for at in range(0, len(text), 2)) if 2 < len(text) < 8 else text


def shortened(text: str) -> str:
    """Return a label without what stands in brackets and behind the first mark."""
    return re.sub(r"[（(][^）)]{8,}[）)]|、行政机关不再处理.*", "", text) or text
