"""The standard tables as rows of cells with spans, the way a publisher lays them out."""

from collections.abc import Mapping

from msgspec import Struct

from .printed_forms import (
    APPLICANTS,
    CORNER,
    DISPUTES,
    OUTCOMES,
    PROACTIVE,
    REQUESTS,
    RESULTS,
    STATISTICS,
    Item,
    RequestRow,
)
from .printing import Printed
from .truth import Truth


class GridCell(Struct, frozen=True):
    """A cell; `cell` is the standard id where it holds a value."""

    text: str
    row_span: int = 1
    column_span: int = 1
    cell: str | None = None


Row = tuple[GridCell, ...]
Grid = tuple[Row, ...]


def grid_of(truth: Truth, table: str) -> Grid:
    """Return one standard table of a report in its usual shape."""
    if table == "proactive":
        return sum((item_grid(item, truth.cells, 4) for item in PROACTIVE[truth.proactive or ""]), ())
    if table == "requests":
        return request_header() + request_rows(truth)
    if table == "disputes":
        return _disputes(truth.cells)
    return _statistics(truth.cells)


def item_grid(item: Item, cells: Mapping[str, Printed], width: int) -> Grid:
    """Return one block of table 二, its last column widened to fill the table."""
    spans = [1] * len(item.columns) + [width - len(item.columns)]
    labels = ["信息内容", *(label for _, label in item.columns)]
    rows: list[Row] = [(GridCell(item.title, column_span=width),)]
    rows.append(tuple(GridCell(text, column_span=s) for text, s in zip(labels, spans, strict=True)))
    for code, label in item.rows:
        ids = [f"proactive.{code}.{c}" for c, _ in item.columns]
        values = [GridCell(cells[i].raw, 1, s, i) for i, s in zip(ids, spans[1:], strict=True)]
        rows.append((GridCell(label), *values))
    return tuple(rows)


def request_header(label_columns: int = 3) -> Grid:
    """Return the three header rows of table 三."""
    kinds = tuple(GridCell(label) for _, label in APPLICANTS[1:-1])
    return (
        (GridCell(CORNER, 3, label_columns), GridCell("申请人情况", column_span=7)),
        (GridCell("自然人", 2), GridCell("法人或其他组织", column_span=5), GridCell("总计", 2)),
        kinds,
    )


def request_rows(truth: Truth, split_results_after: int = 0) -> Grid:
    """Return the data rows of table 三.

    Args:
        truth: The report.
        split_results_after: Where positive, the row header 三、本年度办理结果 ends after so many
            rows and stands there a second time, as where Word cut the table at a page end.
    """
    layout = REQUESTS[truth.form]
    results = [row for row in layout if row.outcome]
    heads = {results[0].code: split_results_after or len(results)}
    if split_results_after:
        heads[results[split_results_after].code] = len(results) - split_results_after
    rows: list[Row] = []
    for row in layout:
        lead: list[GridCell] = []
        if row.code in heads:
            lead.append(GridCell(RESULTS, heads[row.code]))
        lead += _labels(row, layout, heads)
        rows.append((*lead, *_values(truth.cells, "requests", row.code)))
    return tuple(rows)


def _labels(row: RequestRow, layout: tuple[RequestRow, ...], heads: Mapping[str, int]) -> list[GridCell]:
    if not row.outcome:
        return [GridCell(row.label, column_span=3)]
    if not row.group:
        return [GridCell(row.label, column_span=2)]
    span = _group_span(row, layout, heads)
    return ([GridCell(row.group, span)] if span else []) + [GridCell(row.label)]


def _group_span(row: RequestRow, layout: tuple[RequestRow, ...], heads: Mapping[str, int]) -> int:
    """Return the height of the group label that starts in this row, 0 where none does."""
    members = [r.code for r in layout if r.group == row.group]
    starts = [0] + [i for i, code in enumerate(members) if i and code in heads]
    here = members.index(row.code)
    if here not in starts:
        return 0
    later = [s for s in starts if s > here]
    return (later[0] if later else len(members)) - here


def _values(cells: Mapping[str, Printed], table: str, row: str) -> Row:
    columns = APPLICANTS if table == "requests" else OUTCOMES
    ids = [f"{table}.{row}.{c}" for c, _ in columns]
    return tuple(GridCell(cells[i].raw, cell=i) for i in ids)


def _disputes(cells: Mapping[str, Printed]) -> Grid:
    outcomes = tuple(GridCell(label) for _, label in OUTCOMES)
    return (
        (GridCell("行政复议", 1, 5), GridCell("行政诉讼", 1, 10)),
        tuple(GridCell(label, 2) for _, label in OUTCOMES)
        + tuple(GridCell(label, 1, 5) for _, label in DISPUTES[1:]),
        outcomes + outcomes,
        tuple(cell for row, _ in DISPUTES for cell in _values(cells, "disputes", row)),
    )


def _statistics(cells: Mapping[str, Printed]) -> Grid:
    rows: list[Row] = [(GridCell("统计指标"), GridCell("单位"), GridCell("统计数"))]
    for indicator in STATISTICS:
        cell = f"statistics.{indicator.code}.value" if indicator.code else None
        value = GridCell(cells[cell].raw, cell=cell) if cell else GridCell("")
        rows.append((GridCell(indicator.label), GridCell(indicator.unit), value))
    return tuple(rows)
