"""The standard tables of a document: which block or stretch of text holds which cells.

Tables that kept their cells come first (grid.py), then what is left is sought in running
text (stream.py). The edition is told by the labels of each table, never by the year.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from extractor.document import NOWHERE, Block, Notice, Paragraph, Table
from extractor.forms import (
    Column,
    Form,
    TableForm,
    cells_of,
    load_form,
    load_forms,
    per_forms,
    presumed_form,
    tables_by_precedence,
)
from extractor.located import FoundTable, FoundTables, GluedCells
from extractor.numerals import FOLDED
from extractor.recognize.tables.assign_columns import take_rows
from extractor.recognize.tables.context import Context
from extractor.recognize.tables.editions import choose_editions
from extractor.recognize.tables.grid import GridTable, read_grid
from extractor.recognize.tables.rows import RowSequence
from extractor.recognize.tables.side_by_side import take_side_by_side
from extractor.recognize.tables.stream import Stream
from extractor.recognize.tables.stream_tables import StreamTable, read_stream
from extractor.recognize.tables.unit_heads import find_units

# By edition and table: what running text shows, and that text.
Streams = dict[tuple[str, str], tuple[StreamTable, Stream]]

_BLOCKS = (
    3  # groups of rows with a header each that a source shows before one header for all of them is too few
)
_FEWEST_LINES = 5  # numbers on lines of their own before their being all different says anything
_FRAGMENT = 6  # characters: a paragraph so short may be a piece of a label


def find_tables(blocks: Sequence[Block], year: int | None = None) -> FoundTables:
    """Find every standard table, with the characters of its cells.

    `year` is the year reported on, where it is known.
    """
    context = Context(blocks, year)
    found = FoundTables()
    grids = [read_grid(index, block) for index, block in enumerate(blocks) if isinstance(block, Table)]
    hits: Counter[tuple[str, str]] = Counter()
    for grid in grids:
        hits.update(grid.hits)
    streams = _find_streams(blocks, grids, hits)
    editions = choose_editions(hits, year)
    order = tables_by_precedence()
    for table_id in order:
        form = editions.get(table_id)
        if form is None and order[0] in found.tables:
            form = _with_lost_header(load_form(found.tables[order[0]].form), table_id)
        if form is None:
            continue
        table = form.table(table_id)
        assert table is not None  # chosen among the editions that have it
        _assemble(form, table, grids, streams, found, context)
    _mark_lost_repeats(found, streams)
    find_units(blocks, found)
    return found


def _with_lost_header(form: Form, table_id: str) -> Form | None:
    """Return the edition where it has a table that may stand there without its header: as one row."""
    table = form.table(table_id)
    return form if table is not None and table.layout == "across" else None


def _find_streams(blocks: Sequence[Block], grids: list[GridTable], hits: Counter[tuple[str, str]]) -> Streams:
    """Look for tables in running text, where the words that tell them stand there and are needed."""
    rows = _rows_shown(grids)
    lacking = _lacking(rows, hits)
    if not lacking:
        return {}
    telling = _telling_words()
    texts = [block.text for block in blocks if not isinstance(block, Table)]
    if not any(len(text) < _FRAGMENT or any(word in text for word in telling) for text in texts):
        return {}
    stream = Stream(blocks)
    if not any(word in stream.text for word in telling):
        return {}
    found: Streams = {}
    present = set(_column_labels().findall(stream.text))
    for values_first in (False, True):
        for form in load_forms():
            for table in form.tables:
                if table.id not in lacking and table.section:
                    continue
                known = rows[form.id, table.id]
                shown = read_stream(stream, form.id, table, known, values_first)
                if shown.rows:
                    found[form.id, table.id] = (shown, stream)
        if not any(shown.values_first for shown, _ in found.values()):
            break
    for (form_id, table_id), (shown, _) in found.items():
        labels = {column.label for column in _columns(form_id, table_id)}
        hits[form_id, table_id] += len(shown.rows) + len(present & labels)
    return found


def _columns(form_id: str, table_id: str) -> tuple[Column, ...]:
    table = load_form(form_id).table(table_id)
    return table.columns if table else ()


def _lacking(rows: Mapping[tuple[str, str], frozenset[str]], hits: Counter[tuple[str, str]]) -> set[str]:
    """Return the tables that the grids do not hold with every row: to the others text can add nothing."""
    wanted = {table.id for table in presumed_form().main_tables}
    for form in load_forms():
        for table in form.tables:
            shown = len(rows[form.id, table.id])
            if shown == len(table.rows) or (
                table.layout == "across" and hits[form.id, table.id] >= len(table.columns)
            ):
                wanted.discard(table.id)
    return wanted


def _rows_shown(grids: list[GridTable]) -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the rows that kept their cells, by edition and table."""
    rows: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for grid in grids:
        for row in grid.rows:
            for row_of, ids in row.name.rows.items():
                rows[row_of].update(ids)
    return defaultdict(frozenset, {row_of: frozenset(ids) for row_of, ids in rows.items()})


@per_forms()
def _telling_words() -> tuple[str, ...]:
    """Return the words of which one is in every text that holds a table."""
    return tuple(
        dict.fromkeys(word for form in load_forms() for table in form.tables for word in table.telling or ())
    )


@per_forms()
def _column_labels() -> re.Pattern[str]:
    labels = {column.label for form in load_forms() for table in form.tables for column in table.columns}
    # The longest first: 本年处理决定数量 is not 处理决定数量.
    return re.compile("|".join(re.escape(label) for label in sorted(labels, key=lambda label: -len(label))))


def _assemble(
    form: Form,
    table: TableForm,
    grids: list[GridTable],
    streams: Streams,
    found: FoundTables,
    context: Context,
) -> None:
    result = FoundTable(form.id, table.id)
    named = [grid.named_in(form.id, table.id) for grid in grids]
    if table.layout == "across":
        take_side_by_side(form.id, table, named, result, found, context)
    else:
        sequence = RowSequence(form.id, table, named)
        found.notices.extend(take_rows(table, sequence.rows, result, sequence.doubtful))
        result.by_position = sequence.by_position
        found.notices.extend(_strange_labels(table, sequence))
        if sequence.contradicts_itself():
            result.in_question = True
            message = f"{table.id}：同一张表出现不止一次，数字不同；取先出现的"
            where = next((row.values[0].locator for row in sequence.repeated if row.values), NOWHERE)
            found.notices.append(Notice("table-repeated", message, where))
        found.blocks |= sequence.blocks
    if (form.id, table.id) in streams:
        shown, stream = streams[form.id, table.id]
        spans = [span for start, end in shown.taken for span in stream.spans(start, end)]
        if _take_stream(table, shown, result, [stream.paragraph_of(span) for span in spans]):
            found.taken.extend(spans)
            if shown.values_first:
                found.notices.append(_values_first_notice(table, shown, stream))
            if shown.contradicted:
                result.in_question = True
                message = f"{table.id}：同一张表出现不止一次，数字不同；不能确定哪一张是本报告的"
                where = stream.piece_at(shown.taken[0][0]).locator
                found.notices.append(Notice("table-repeated", message, where))
    if result.located or result.glued:
        found.tables[table.id] = result


def _strange_labels(table: TableForm, sequence: RowSequence) -> Iterator[Notice]:
    for row_id, row in sequence.rows:
        if row_id in sequence.doubtful:
            where = row.values[0].locator if row.values else NOWHERE
            message = f"{table.id}.{row_id}：这一行的位置上写的是“{row.label.strip()}”，不能确定是不是这一行"
            yield Notice("row-in-question", message, where)


def _take_stream(
    table: TableForm, shown: StreamTable, result: FoundTable, paragraphs: Sequence[Paragraph]
) -> bool:
    """Add the rows that running text shows and no grid did. Say whether any was needed.

    What lies unread in the paragraphs that they stand in may be a number of any of them.
    """
    unread = tuple(unread for paragraph in paragraphs for unread in paragraph.unread)
    doubt = next((paragraph.doubt for paragraph in paragraphs if paragraph.doubt), None)
    known = {cell.split(".")[1] for cell in result.located} | {
        run.cells[0].split(".")[1] for run in result.glued
    }
    if table.layout == "across":
        if known:
            return False
        row = shown.rows[0]
        result.glued.append(GluedCells(table.cell_ids(), row.pieces, True, row.lost, unread, doubt))
        return True
    needed = [row for row in shown.rows if row.row not in known]
    result.in_question = result.in_question or shown.values_first
    for row in needed:
        cells = tuple(cells_of(table)[row.row].values())
        result.glued.append(GluedCells(cells, row.pieces, True, row.lost, unread, doubt))
        result.in_question = result.in_question or row.apart
    return bool(needed)


def _values_first_notice(table: TableForm, shown: StreamTable, stream: Stream) -> Notice:
    where = stream.piece_at(shown.taken[0][0]).locator
    return Notice("values-first", f"{table.id}：来源里数字在标签之前，按此读", where)


def _is_all_of(line: str, value: str) -> bool:
    return line.strip().translate(FOLDED) == value.translate(FOLDED)


def _is_headless(text: str, table: TableForm) -> bool:
    """Say whether a header stands once that the form prints over every group of rows."""
    if not table.has_header_per_group or not table.group_opening:
        return False
    groups = text.count(table.group_opening.translate(FOLDED))
    return groups >= _BLOCKS and any(text.count(word.translate(FOLDED)) == 1 for word in table.words[:1])


def _mark_lost_repeats(found: FoundTables, streams: Streams) -> None:
    """Notice that a scraper has removed lines that occurred before.

    Then no number stands twice, though a real table repeats its zeros and totals in row
    after row, and header words stand once that the form prints over every block. A row
    without a number may have had any.
    """
    runs = [run for table in found.tables.values() for run in table.glued if run.splittable]
    pieces = [piece for run in runs for piece in run.pieces]
    if not pieces or all(run.pieces for run in runs):
        return
    on_own_lines = all(piece.paragraph and _is_all_of(piece.paragraph.text, piece.text) for piece in pieces)
    differing = len({piece.text for piece in pieces}) == len(pieces)
    text = next(stream.text for _, stream in streams.values())
    headless = any(_is_headless(text, table) for form in load_forms() for table in form.tables)
    if not on_own_lines or not differing or not (headless or len(pieces) >= _FEWEST_LINES):
        return
    for table in found.tables.values():
        table.lines_lost = bool(table.glued)
    message = "来源里没有一个数字出现两次：重复的行被去掉了，表中的数字无法复原"
    found.notices.append(Notice("repeated-lines-removed", message, pieces[0].locator))
