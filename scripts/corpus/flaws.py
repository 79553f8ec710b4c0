"""Standard tables as careless hands leave them: misspelt labels, lost rows, added columns."""

from .grid import Grid, GridCell, Row, grid_of
from .truth import Truth

_TYPOS = {
    "2.其他法律行政法规禁止公开": "2.其他法律行政止公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": (
        "(二)部分公开(区分处理的,只计这一情形,不计其他情形)"
    ),
    "（三）不予公开": "(三) 不予公开",
    "1.属于国家秘密": "１．属于国家秘密",
    "3.危及“三安全一稳定”": '3、危及"三安全一稳定"',
    "4.保护第三方合法权益": "4. 保护第三方合法权益",
    "三、本年度办理结果": "三三、本年度办理结果",
    "规章": "规 章",
    "本年制发件数": "本年 制发件数",
    "自然人": "自 然 人",
    "（七）总计": "(七)总计",
}
LOST_ROW = "refused_enforcement_file"


def misspelt_labels(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return a table whose labels are misspelt and spaced in the ways seen in print."""
    grid = grid_of(truth, table)
    return (tuple(tuple(_with_text(c, _TYPOS.get(c.text, c.text)) for c in row) for row in grid),)


def _with_text(cell: GridCell, text: str) -> GridCell:
    return GridCell(text if cell.cell is None else cell.text, cell.row_span, cell.column_span, cell.cell)


def row_lost(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return table 三 without the row 7.属于行政执法案卷, the spans before it one row shorter."""
    grid = grid_of(truth, table)
    if table != "requests":
        return (grid,)
    kept = [row for row in grid if row[-1].cell != f"requests.{LOST_ROW}.total"]
    return (tuple(tuple(_one_row_shorter(cell) for cell in row) for row in kept),)


def _one_row_shorter(cell: GridCell) -> GridCell:
    spans_it = cell.text in ("三、本年度办理结果", "（三）不予公开")
    return GridCell(cell.text, cell.row_span - spans_it, cell.column_span, cell.cell)


def subtotal_column(truth: Truth, table: str) -> tuple[Grid, ...]:
    """Return table 三 with a column 小计 behind the five kinds of organizations."""
    grid = grid_of(truth, table)
    if table != "requests":
        return (grid,)
    header = (
        (grid[0][0], GridCell("申请人情况", column_span=8)),
        (grid[1][0], GridCell("法人或其他组织", column_span=6), grid[1][2]),
        (*grid[2], GridCell("小计")),
    )
    return (header + tuple(_with_subtotal(row, truth) for row in grid[3:]),)


def _with_subtotal(row: Row, truth: Truth) -> Row:
    organizations = sum(int(truth.figures[c.cell or ""]) for c in row[-6:-1])
    return (*row[:-1], GridCell(str(organizations)), row[-1])
