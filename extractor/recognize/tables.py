"""The standard tables of a document: which block or stretch of text holds which cells.

Tables that kept their cells come first (grid.py), then what is left is sought in running
text (stream.py). The edition is told by the labels of each table, never by the year.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from extractor.document import Block, Cell, Table
from extractor.forms import Form, TableForm, load_form, load_forms
from extractor.located import FoundTable, FoundTables, Located, Piece, Run
from extractor.recognize.grid import GridTable, HeaderColumn, ValueRow, has_digit, read_grid
from extractor.recognize.rows import RowSequence
from extractor.recognize.stream import Stream, StreamRow, read_stream

# By edition and table: the rows that running text shows, the stretches they take, and of what.
Streams = dict[tuple[str, str], tuple[list[StreamRow], list[tuple[int, int]], Stream]]

_LEAST_LABELS = {"proactive": 3, "requests": 6, "disputes": 4, "statistics": 6}
_TELLING = ("本年新收", "第二十条第", "尚未审结", "结果维持", "收到申请数", "结转下年度")
_FRAGMENT = 6  # characters: a paragraph so short may be a piece of a label


def find_tables(blocks: Sequence[Block]) -> FoundTables:
    """Find every standard table, with the characters of its cells."""
    found = FoundTables()
    grids = [read_grid(index, block) for index, block in enumerate(blocks) if isinstance(block, Table)]
    hits: Counter[tuple[str, str]] = Counter()
    for grid in grids:
        hits.update(grid.hits)
    streams = _find_streams(blocks, grids, hits)
    for table_id in ("requests", "proactive", "disputes", "statistics"):
        form = _edition(table_id, hits, streams, found)
        if form is None and table_id == "disputes" and "requests" in found.tables:
            form = load_form(found.tables["requests"].form)  # its header may be lost
        if form is None:
            continue
        table = form.table(table_id)
        assert table is not None  # _edition chooses among editions that have it
        _assemble(form, table, grids, streams, found)
    return found


def _find_streams(blocks: Sequence[Block], grids: list[GridTable], hits: Counter[tuple[str, str]]) -> Streams:
    """Look for tables in running text, where the words that tell them stand there."""
    texts = [block.text for block in blocks if not isinstance(block, Table)]
    if not any(len(text) < _FRAGMENT or any(word in text for word in _TELLING) for text in texts):
        return {}
    stream = Stream(blocks)
    if not any(word in stream.text for word in _TELLING):
        return {}
    found = {}
    present = set(_column_labels().findall(stream.text))
    for form in load_forms():
        for table in form.tables:
            rows, taken = read_stream(stream, form.id, table)
            if rows:
                found[form.id, table.id] = (rows, taken, stream)
                hits[form.id, table.id] += len(rows) + len(
                    present.intersection(c.label for c in table.columns)
                )
    return found


@cache
def _column_labels() -> re.Pattern[str]:
    labels = {column.label for form in load_forms() for table in form.tables for column in table.columns}
    # The longest first: 本年处理决定数量 is not 处理决定数量.
    return re.compile("|".join(re.escape(label) for label in sorted(labels, key=lambda label: -len(label))))


def _edition(
    table_id: str,
    hits: Counter[tuple[str, str]],
    streams: Streams,
    found: FoundTables,
) -> Form | None:
    """Return the edition whose labels the table shows most of; a tie goes to the other tables' edition."""
    forms = [form for form in load_forms() if form.table(table_id)]
    most = max((hits[form.id, table_id] for form in forms), default=0)
    if most < _LEAST_LABELS[table_id]:
        return None
    best = [form for form in forms if hits[form.id, table_id] == most]
    others = [table.form for table in found.tables.values()]
    return next((form for form in best if form.id in others), best[0])


def _assemble(
    form: Form,
    table: TableForm,
    grids: list[GridTable],
    streams: Streams,
    found: FoundTables,
) -> None:
    result = FoundTable(form.id, table.id)
    if table.layout == "across":
        _take_across(table, grids, result, found)
    else:
        sequence = RowSequence(form.id, table, grids)
        for row_id, row in sequence.rows:
            _take_row(table, row_id, row, result)
        result.by_position = sequence.by_position
        found.blocks |= sequence.blocks
    if (form.id, table.id) in streams:
        rows, taken, stream = streams[form.id, table.id]
        if _take_stream(table, rows, result):
            found.taken.extend(span for start, end in taken for span in stream.spans(start, end))
    if result.located or result.runs:
        found.tables[table.id] = result


def _take_row(table: TableForm, row_id: str, row: ValueRow, result: FoundTable) -> None:
    """Place the values of one row under its columns."""
    expected = table.columns_of(table.row(row_id))
    placed = _placed_by_header(row, expected)
    if placed is None:
        cells = tuple(f"{table.id}.{row_id}.{column}" for column in expected)
        pieces = tuple(Piece(cell.text, cell.locator) for cell in row.values)
        result.runs.append(Run(cells, pieces, glued=False))
        return
    for column, cells_there in placed.items():
        cell_id = f"{table.id}.{row_id}.{column}"
        if cells_there and cell_id not in result.located:
            result.located[cell_id] = _located(cells_there)


def _located(cells: list[Cell]) -> Located:
    if len(cells) == 1:
        return Located(
            cells[0].text, cells[0].locator, cells[0].row_span == 1 or not has_digit(cells[0].text)
        )
    speaking = [cell for cell in cells if cell.text.strip()] or cells[:1]
    return Located(" ".join(cell.text for cell in speaking), speaking[0].locator)


def _placed_by_header(row: ValueRow, expected: Sequence[str]) -> dict[str, list[Cell]] | None:
    """Return the cells of each expected column; None where more than one placing is possible."""
    header = _usable_header(row.header, expected)
    order = _order_of(header, expected, row.aligned)
    values = list(row.values)
    if len(values) == len(order):
        return {column: [cell] for column, cell in zip(order, values, strict=True) if column}
    if header and row.aligned:
        by_place = _placed_by_interval(values, header)
        if by_place is not None:
            return by_place
    values = _without_surplus_blanks(values, len(order))
    if len(values) == len(order):
        return {column: [cell] for column, cell in zip(order, values, strict=True) if column}
    return None


def _order_of(header: list[HeaderColumn], expected: Sequence[str], aligned: bool) -> list[str | None]:
    """Return the columns in the order of a row's values.

    Where nothing is aligned the header's levels are shuffled: the form's own order holds,
    with a column that is not the form's after the one that it was met behind.
    """
    if not header or aligned:
        return [column.id for column in header] if header else list(expected)
    order: list[str | None] = list(expected)
    for before, column in pairwise(header):
        if column.id is None and before.id in order:
            order.insert(order.index(before.id) + 1, None)
    return order


def _usable_header(header: Sequence[HeaderColumn], expected: Sequence[str]) -> list[HeaderColumn]:
    """Return the header where it names each expected column once; else nothing."""
    known = [column for column in header if column.id is None or column.id in expected]
    names = [column.id for column in known if column.id]
    return known if sorted(names) == sorted(expected) else []


def _placed_by_interval(values: list[Cell], header: list[HeaderColumn]) -> dict[str, list[Cell]] | None:
    placed: dict[str, list[Cell]] = {column.id: [] for column in header if column.id}
    for cell in values:
        under = [
            column
            for column in header
            if cell.column < column.last and column.first < cell.column + cell.column_span
        ]
        if len(under) != 1 and has_digit(cell.text):
            return None
        for column in under:
            if column.id:
                placed[column.id].append(cell)
    if any(len({cell.text for cell in cells if has_digit(cell.text)}) > 1 for cells in placed.values()):
        return None
    # 9 | 9 | 9 below one merged header is the echo of one merged cell.
    return {column: cells[:1] if _is_echo(cells) else cells for column, cells in placed.items()}


def _is_echo(cells: list[Cell]) -> bool:
    return len(cells) > 1 and all(cell.text == cells[0].text for cell in cells)


def _without_surplus_blanks(values: list[Cell], wanted: int) -> list[Cell]:
    while len(values) > wanted and not values[-1].text.strip():
        values = values[:-1]
    if len(values) > wanted:
        speaking = [cell for cell in values if cell.text.strip()]
        if len(speaking) == wanted:
            return speaking
    return values


def _take_across(table: TableForm, grids: list[GridTable], result: FoundTable, found: FoundTables) -> None:
    """Place the one row of values below the header of a table whose rows stand beside each other."""
    cells = table.cell_ids()
    width = len(table.columns)
    for grid in grids:
        labelled = any(grid.hits[form.id, table.id] >= _LEAST_LABELS[table.id] for form in load_forms())
        for row in grid.rows:
            own = next(
                (label.id for label in row.labels if label.kind == "row" and label.table == table.id), None
            )
            values = list(row.values)
            if labelled and own and len(values) == width:
                found.blocks.add(grid.block)
                ids = [f"{table.id}.{own}.{column.id}" for column in table.columns]
                result.located.update((i, _located([c])) for i, c in zip(ids, values, strict=True))
            elif _is_the_row(row, labelled, len(cells)) and not result.located and not result.runs:
                found.blocks.add(grid.block)
                _take_across_row(table, row, result)
                if not labelled:
                    result.by_position.update(form_row.id for form_row in table.rows)


def _is_the_row(row: ValueRow, labelled: bool, cells: int) -> bool:
    if any(label.kind == "row" for label in row.labels):
        return False
    return labelled or (
        not row.label and len(row.values) == cells and all(c.text.strip() for c in row.values)
    )


def _take_across_row(table: TableForm, row: ValueRow, result: FoundTable) -> None:
    cells = table.cell_ids()
    values = _without_surplus_blanks(list(row.values), len(cells))
    leaves = [column for column in row.header if column.id]
    if len(values) != len(cells) and row.aligned and len(leaves) == len(cells):
        named = [
            HeaderColumn(cell_id, column.first, column.last)
            for cell_id, column in zip(cells, leaves, strict=True)
        ]
        placed = _placed_by_interval(list(row.values), named)
        if placed is not None:
            result.located.update((cell_id, _located(there)) for cell_id, there in placed.items() if there)
            return
    if len(values) == len(cells):
        result.located.update((i, _located([c])) for i, c in zip(cells, values, strict=True))
        return
    result.runs.append(Run(cells, tuple(Piece(c.text, c.locator) for c in row.values), glued=False))


def _take_stream(table: TableForm, rows: list[StreamRow], result: FoundTable) -> bool:
    """Add the rows that running text shows and no grid did. Say whether any was needed."""
    known = {cell.split(".")[1] for cell in result.located} | {
        run.cells[0].split(".")[1] for run in result.runs
    }
    if table.layout == "across":
        if known:
            return False
        result.runs.append(_run(table.cell_ids(), rows[0].pieces))
        return True
    needed = [row for row in rows if row.row not in known]
    for row in needed:
        cells = tuple(f"{table.id}.{row.row}.{c}" for c in table.columns_of(table.row(row.row)))
        result.runs.append(_run(cells, row.pieces))
    return bool(needed)


def _run(cells: tuple[str, ...], pieces: tuple[Piece, ...]) -> Run:
    return Run(cells, pieces, glued=True)
