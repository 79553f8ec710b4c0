"""Standard tables in further shapes: turned, banded, numbered, widened, and told value by value."""

from collections.abc import Callable

from msgspec import Struct

from .grid import Grid, GridCell, Row, grid_of, request_header, request_rows
from .printed_forms import APPLICANTS, CORNER, REQUESTS, RESULTS
from .render_html import TablesOf, usual_tables
from .render_text import positions
from .truth import Truth

_STEMS = "甲乙丙丁"
_UYGHUR = ("ئىلتىماس سانى", "بىر تەرەپ قىلىش نەتىجىسى", "ئاشكارىلاش", "جەمئىي", "باشقا")


class Named(Struct, frozen=True):
    """A value with the labels of its row and of its column, outermost first."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    text: str


def has_value(row: Row) -> bool:
    """Tell whether a row holds a number of the form."""
    return any(cell.cell for cell in row)


def _unlike(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def named(grid: Grid) -> list[Named]:
    """Return every value with its labels, in reading order."""
    filled = positions(grid)
    heads: list[int] = []
    found: list[Named] = []
    after_values = False
    part = ""
    for y, row in enumerate(filled):
        if row[0][0].text[1:2] == "、" and len(row) == 3:
            part = row[0][0].text
        if not any(cell.cell for cell, _ in row):
            heads = [y] if after_values else [*heads, y]
            after_values = False
            continue
        after_values = True
        labels = _unlike([part, *(cell.text for cell, _ in row if not cell.cell)])
        for x, (cell, first) in enumerate(row):
            if cell.cell and first:
                found.append(Named(labels, _unlike([filled[h][x][0].text for h in heads]), cell.text))
    return found


def for_table(table: str, change: Callable[[Truth], tuple[Grid, ...]]) -> TablesOf:
    """Return what changes one table and leaves the others in their usual shape."""
    return lambda truth, code: change(truth) if code == table else usual_tables(truth, code)


def with_column_numbers(truth: Truth, code: str) -> tuple[Grid, ...]:
    """Put a row of column marks (甲, 乙, 1, 2 …) under the heads, as statistical forms have it."""
    rows: list[Row] = []
    marked = False
    for row in grid_of(truth, code):
        if has_value(row) and not has_value(rows[-1]) and (code == "proactive" or not marked):
            labels = [c for c in row if not c.cell]
            stems = [GridCell(s, 1, c.column_span) for s, c in zip(_STEMS, labels, strict=False)]
            values = [c for c in row if c.cell]
            rows.append((*stems, *(GridCell(str(n), 1, c.column_span) for n, c in enumerate(values, 1))))
            marked = True
        rows.append(row)
    return (tuple(rows),)


def with_row_codes(truth: Truth, code: str) -> tuple[Grid, ...]:
    """Put a column of row codes (01, 02 …) between the labels and the numbers."""
    if code == "disputes":
        return usual_tables(truth, code)
    rows: list[Row] = []
    number = 0
    for y, row in enumerate(grid_of(truth, code)):
        if has_value(row):
            number += 1
            cut = next(i for i, c in enumerate(row) if c.cell)
            rows.append((*row[:cut], GridCell(f"{number:02d}"), *row[cut:]))
        elif len(row) == 1:
            rows.append((GridCell(row[0].text, 1, row[0].column_span + 1),))
        elif code == "statistics":
            rows.append((*row[:2], GridCell("代码" if y == 0 else ""), *row[2:]))
        elif code == "proactive" or y == 0:
            rows.append((row[0], GridCell("行次", 3 if code == "requests" else 1), *row[1:]))
        else:
            rows.append(row)
    return (tuple(rows),)


def in_bands(truth: Truth) -> tuple[Grid, ...]:
    """Return table 三 with every upper label in a row of its own that goes across the whole table."""
    rows: list[Row] = list(request_header(1))
    shown: list[str] = []
    for row, usual in zip(REQUESTS[truth.form], request_rows(truth), strict=True):
        for band in (RESULTS if row.outcome else "", row.group or ""):
            if band and band not in shown:
                rows.append((GridCell(band, 1, 8),))
                shown.append(band)
        rows.append((GridCell(row.label), *(c for c in usual if c.cell)))
    return (tuple(rows),)


def turned(truth: Truth) -> tuple[Grid, ...]:
    """Return table 三 with the applicants in rows and the outcomes in columns."""
    layout, usual = REQUESTS[truth.form], request_rows(truth)
    upper: list[GridCell] = [GridCell(CORNER, 3, 2)]
    middle: list[GridCell] = []
    lower: list[GridCell] = []
    for row in layout:
        if not row.outcome:
            upper.append(GridCell(row.label, 3))
            continue
        if RESULTS not in [c.text for c in upper]:
            upper.append(GridCell(RESULTS, 1, sum(1 for r in layout if r.outcome)))
        if not row.group:
            middle.append(GridCell(row.label, 2))
            continue
        if row.group not in [c.text for c in middle]:
            middle.append(GridCell(row.group, 1, sum(1 for r in layout if r.group == row.group)))
        lower.append(GridCell(row.label))
    data = [[c for c in row if c.cell][i] for i in range(7) for row in usual]
    rows: list[Row] = [tuple(upper), tuple(middle), tuple(lower)]
    for index, (_, label) in enumerate(APPLICANTS):
        lead = [GridCell(label, 1, 1 if 0 < index < 6 else 2)]
        if index == 1:
            lead.insert(0, GridCell("法人或其他组织", 5))
        rows.append((*lead, *data[index * len(usual) : (index + 1) * len(usual)]))
    return (tuple(rows),)


def with_gutters(truth: Truth, code: str) -> tuple[Grid, ...]:
    """Put a narrow empty column behind every column."""
    return (
        tuple(
            tuple(
                c
                for cell in row
                for c in (
                    GridCell(cell.text, cell.row_span, 2 * cell.column_span - 1, cell.cell),
                    GridCell("", cell.row_span),
                )
            )
            for row in grid_of(truth, code)
        ),
    )


def with_uyghur(truth: Truth, code: str) -> tuple[Grid, ...]:
    """Put a row of Uyghur heads under the heads and a column of Uyghur labels at the right side."""
    rows: list[Row] = []
    is_headed = False
    for y, row in enumerate(grid_of(truth, code)):
        if has_value(row) and not is_headed:
            is_headed = True
            heads = tuple(
                GridCell(_UYGHUR[i % 5], 1, c.column_span) for i, c in enumerate(c for c in row if c.cell)
            )
            span = sum(c.column_span for c in row if not c.cell)
            lead = (GridCell("ئىلتىماس قىلغۇچى", 1, span),) if span else ()
            rows.append((*lead, *heads, GridCell("")))
        right = GridCell(_UYGHUR[y % 5])
        rows.append((*row, right))
    return (tuple(rows),)


def two_panels(truth: Truth) -> tuple[Grid, ...]:
    """Return the statistics with their lower half at the right side of the upper."""
    grid = grid_of(truth, "statistics")
    half = (len(grid)) // 2
    left, right = grid[1 : half + 1], grid[half + 1 :]
    nothing = tuple(GridCell("") for _ in range(3))
    pairs = [(*row, *(right[i] if i < len(right) else nothing)) for i, row in enumerate(left)]
    if len(right) > len(left):
        pairs.append((*nothing, *right[-1]))
    return (((*grid[0], *grid[0]), *pairs),)


def with_sheet_headings(grid: Grid, start: int) -> Grid:
    """Return a table with the letters and the numbers that a spreadsheet prints around it."""
    width = sum(cell.column_span for cell in grid[0])
    letters = (GridCell(""), *(GridCell(chr(65 + i)) for i in range(width)))
    return (letters, *((GridCell(str(start + y)), *row) for y, row in enumerate(grid)))


def in_sections(truth: Truth, code: str) -> tuple[Grid, ...]:
    """Return each long table in two with its heads repeated, as over a change of the page's side."""
    if code == "requests":
        rows = request_rows(truth, split_results_after=10)
        return (request_header() + rows[:12], request_header() + rows[12:])
    grid = grid_of(truth, code)
    if code == "statistics":
        return (grid[:30], grid[:1] + grid[30:])
    return (grid,)


def stacked(truth: Truth, code: str) -> tuple[Grid, ...]:
    """Return tables whose rows were typed as lines of one tall row, a return behind each."""
    if code == "requests":
        rows = in_bands(truth)[0][3:]
        lines = [[c.text for c in row] if has_value(row) else [row[0].text, *[""] * 7] for row in rows]
        tall = [GridCell("\n".join(line[i] for line in lines)) for i in range(8)]
        return ((*request_header(1), tuple(tall)),)
    grid = grid_of(truth, code)
    if code == "statistics":
        tall = [GridCell("\n".join(row[i].text for row in grid[1:])) for i in range(3)]
        return ((grid[0], tuple(tall)),)
    return (grid,)
