"""The standard tables of a document: which block or stretch of text holds which cells.

Tables that still have cells are read first (grid.py); the others are looked for in running text (stream.py).
The edition is determined by the labels of each table, not by the year.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from extractor.cell_id import split_cell_id
from extractor.document import NOWHERE, Block, Notice, Table
from extractor.forms import (
    Column,
    Form,
    TableForm,
    load_form,
    load_forms,
    per_forms,
    tables_by_precedence,
)
from extractor.located import FoundTable, FoundTables
from extractor.numerals import FOLDED
from extractor.patterns import kept_pattern
from extractor.recognize.tables.assign_columns import take_rows
from extractor.recognize.tables.broken_row_labels import with_broken_labels_joined
from extractor.recognize.tables.captions import with_captions_as_labels
from extractor.recognize.tables.context import Context
from extractor.recognize.tables.editions import choose_editions
from extractor.recognize.tables.glued_rows import Streams, add_stream, mark_lost_repeats
from extractor.recognize.tables.grid import read_grid
from extractor.recognize.tables.grid_evidence import GridEvidence
from extractor.recognize.tables.instances import Instances
from extractor.recognize.tables.labels_apart import tables_with_labels_apart
from extractor.recognize.tables.rows import RowSequence
from extractor.recognize.tables.side_by_side import take_side_by_side
from extractor.recognize.tables.stream import Stream
from extractor.recognize.tables.stream_tables import read_stream
from extractor.recognize.tables.told_values import told_tables
from extractor.recognize.tables.turned import read_grid_either_way
from extractor.recognize.tables.unit_heads import find_units
from extractor.script import simplified

_FRAGMENT = 6  # characters: such a short paragraph may be part of a label


def find_tables(blocks: Sequence[Block], year: int | None = None) -> FoundTables:
    """Find every standard table, with the characters of its cells.

    `year` is the year that the report is about, if known.
    """
    context = Context(blocks, year)
    found = FoundTables()
    apart = {right: (left, table) for left, right, table in tables_with_labels_apart(blocks)}
    found.blocks |= {left for left, _ in apart.values()}
    grids = [
        read_grid_either_way(
            index, apart[index][1] if index in apart else _with_labels_whole(blocks, index, block)
        )
        for index, block in enumerate(blocks)
        if isinstance(block, Table) and index not in found.blocks
    ]
    evidence = GridEvidence(grids, context)
    if evidence.lacking and (told := list(told_tables(blocks))):
        found.taken.extend(span for each in told for span in each.taken)
        used = frozenset(block for each in told for block in each.tables)
        found.blocks |= used
        grids = [grid for grid in grids if grid.block not in used]
        grids = sorted([*grids, *(read_grid(each.block, each.table) for each in told)], key=lambda g: g.block)
        evidence = GridEvidence(grids, context)
    hits = evidence.hits.copy()
    streams = _find_streams(context, evidence, hits)
    editions = choose_editions(hits, year)
    order = tables_by_precedence()
    for table_id in order:
        form = editions.get(table_id)
        if form is None and order[0] in found.tables:
            form = _with_lost_header(load_form(found.tables[order[0]].form), table_id)
        if form is None:
            continue
        table = form.table(table_id)
        assert table is not None  # choose_editions only returns editions that have the table
        if table.layout == "across":
            _assemble_side_by_side(form, table, evidence, found, context)
        else:
            _assemble(form, table, evidence.instances(form, table), found, year, frozenset(apart))
        if (form.id, table.id) in streams:
            add_stream(form, table, *streams[form.id, table.id], found)
    mark_lost_repeats(found, streams)
    find_units(blocks, found)
    return found


def _with_labels_whole(blocks: Sequence[Block], at: int, table: Table) -> Table:
    return with_captions_as_labels(blocks, at, with_broken_labels_joined(blocks, at, table))


def _with_lost_header(form: Form, table_id: str) -> Form | None:
    """Return the edition if this table of it is one row of side-by-side cells, which may lose its header."""
    table = form.table(table_id)
    return form if table is not None and table.layout == "across" else None


def _find_streams(context: Context, evidence: GridEvidence, hits: Counter[tuple[str, str]]) -> Streams:
    """Look for tables in running text, if the words that identify them occur there and tables are missing.

    The labels found there are added to `hits`.
    """
    blocks = context.blocks
    lacking = evidence.lacking
    if not lacking:
        return {}
    telling = _telling_words()
    texts = [block.text for block in blocks if not isinstance(block, Table)]
    if not _may_hold_one_of(telling, texts):
        return {}
    stream = Stream(blocks)
    if not any(word in stream.text for word in telling):
        return {}
    found: Streams = {}
    present = set(_column_labels().findall(stream.text))
    for values_first in (False, True):
        found |= _streams_in(stream, lacking, evidence, values_first=values_first)
        if not any(shown.values_first for shown, _ in found.values()):
            break
    for (form_id, table_id), (shown, _) in found.items():
        labels = {column.label for column in _columns(form_id, table_id)}
        hits[form_id, table_id] += len(shown.rows) + len(present & labels)
    return found


def _may_hold_one_of(words: tuple[str, ...], texts: Sequence[str]) -> bool:
    """True if one of these words may occur in the texts, even split across several of them."""
    if any(word in text for text in texts for word in words):
        return True
    if not any(len(text) < _FRAGMENT for text in texts):
        return False
    characters = "".join(frozenset("".join(texts)))
    folded = frozenset(characters.translate(FOLDED))
    return simplified(characters) is not characters or any(map(folded.issuperset, words))


def _streams_in(
    stream: Stream, lacking: Collection[str], evidence: GridEvidence, *, values_first: bool
) -> Streams:
    """Return the tables found in running text, by edition and table.

    The values follow or precede the labels.
    """
    found: Streams = {}
    for form in load_forms():
        for table in form.tables:
            if table.id not in lacking and table.section:
                continue
            shown = read_stream(stream, form.id, table, evidence.rows_shown(form, table), values_first)
            if shown.rows:
                found[form.id, table.id] = (shown, stream)
    return found


def _columns(form_id: str, table_id: str) -> tuple[Column, ...]:
    table = load_form(form_id).table(table_id)
    return table.columns if table else ()


@per_forms()
def _telling_words() -> tuple[str, ...]:
    """Return words such that every text that holds a standard table contains at least one of them."""
    return tuple(
        dict.fromkeys(word for form in load_forms() for table in form.tables for word in table.telling or ())
    )


@per_forms()
def _column_labels() -> re.Pattern[str]:
    labels = {column.label for form in load_forms() for table in form.tables for column in table.columns}
    # Longest first, so that 本年处理决定数量 is not matched as 处理决定数量.
    return kept_pattern(
        "|".join(re.escape(label) for label in sorted(labels, key=lambda label: (-len(label), label)))
    )


def _assemble_side_by_side(
    form: Form, table: TableForm, evidence: GridEvidence, found: FoundTables, context: Context
) -> None:
    result = FoundTable(form.id, table.id)
    named = [grid for grid in evidence.named_in(form, table) if grid.rows]
    of_report = [grid for grid in named if not context.is_in_annex(grid.block)]
    if any(grid.hits[form.id, table.id] >= len(table.columns) for grid in of_report):
        named = of_report
    take_side_by_side(form.id, table, named, result, found, context)
    if result.located or result.glued:
        found.tables[table.id] = result


def _assemble(
    form: Form,
    table: TableForm,
    instances: Instances,
    found: FoundTables,
    year: int | None,
    apart: frozenset[int],
) -> None:
    """Fill in the table from its best candidate; if other candidates differ, mark it as in question.

    In the blocks `apart` the labels are in another table, so only the order of rows assigns numbers to them.
    """
    if instances.best is None:
        return
    result = FoundTable(form.id, table.id)
    sequence = RowSequence(form.id, table, instances.best.grids)
    found.notices.extend(take_rows(table, sequence.rows, result, sequence.doubtful, year))
    result.by_position = sequence.by_position
    found.notices.extend(_strange_labels(table, sequence))
    columns = instances.parts.by_order
    if not apart.isdisjoint(sequence.blocks):
        columns = frozenset(column.id for column in table.columns)
    if columns:
        found.notices.append(_by_order(table, columns, result))
    found.blocks |= sequence.blocks | instances.parts.joined
    rivals = [RowSequence(form.id, table, rival.grids) for rival in instances.rivals]
    differing = [*sequence.differing(sequence.repeated)]
    for rival in rivals:
        found.blocks |= rival.blocks
        differing.extend(sequence.differing([row for _, row in rival.rows]))
    if differing:
        result.in_question = True
        message = f"{table.id}：同一张表出现不止一次，数字不同；取先出现的"
        where = next((row.values[0].locator for row in differing if row.values), NOWHERE)
        found.notices.append(Notice("table-repeated", message, where))
    if result.located or result.glued:
        found.tables[table.id] = result


def _by_order(table: TableForm, columns: frozenset[str], result: FoundTable) -> Notice:
    """Record the cells of columns printed apart, without row labels.

    Only their order assigns them to rows.
    """
    result.by_order = {cell for cell in result.located if split_cell_id(cell).column in columns}
    names = "、".join(column.label for column in table.columns if column.id in columns)
    where = next((result.located[cell].locator for cell in sorted(result.by_order)), NOWHERE)
    return Notice("columns-apart", f"{table.id}：{names}各列另成一块，没有行名，按行的次序对上", where)


def _strange_labels(table: TableForm, sequence: RowSequence) -> Iterator[Notice]:
    for row_id, row in sequence.rows:
        if row_id in sequence.doubtful:
            where = row.values[0].locator if row.values else NOWHERE
            message = f"{table.id}.{row_id}：这一行的位置上写的是“{row.label.strip()}”，不能确定是不是这一行"
            yield Notice("row-in-question", message, where)
        elif row_id in sequence.told:
            where = row.values[0].locator if row.values else NOWHERE
            message = f"{table.id}.{row_id}：这一行写的是“{row.label.strip()}”，按序号、用词和前后两行认定"
            yield Notice("row-by-serial", message, where)
