"""Adds rows found in running text as glued cells, and detects text that has lost repeated lines."""

from collections.abc import Sequence

from extractor.cell_id import split_cell_id
from extractor.document import Notice, Paragraph
from extractor.forms import Form, TableForm, cells_of, load_forms
from extractor.located import FoundTable, FoundTables, GluedCells
from extractor.numerals import FOLDED
from extractor.recognize.tables.stream import Stream
from extractor.recognize.tables.stream_tables import StreamTable

# By edition and table id: the table found in running text, and that text.
Streams = dict[tuple[str, str], tuple[StreamTable, Stream]]

_BLOCKS = (
    3  # groups of rows that must each repeat the header; with this many, a single header shows lost lines
)
_FEWEST_LINES = 5  # numbers on lines of their own; with fewer, all being different means nothing


def add_stream(form: Form, table: TableForm, shown: StreamTable, stream: Stream, found: FoundTables) -> None:
    """Add the rows that were found in running text to a table."""
    result = found.tables.get(table.id) or FoundTable(form.id, table.id)
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


def _take_stream(
    table: TableForm, shown: StreamTable, result: FoundTable, paragraphs: Sequence[Paragraph]
) -> bool:
    """Add the rows found in running text that are not known from a table with cells.

    Return whether there are any.

    Unread content of the paragraphs may be a number of any of these rows.
    """
    unread = tuple(unread for paragraph in paragraphs for unread in paragraph.unread)
    doubt = next((paragraph.doubt for paragraph in paragraphs if paragraph.doubt), None)
    known = {split_cell_id(cell).row for cell in result.located} | {
        split_cell_id(run.cells[0]).row for run in result.glued
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
    """Return whether a header that the form repeats for every group of rows occurs only once."""
    if not table.has_header_per_group or not table.group_opening:
        return False
    groups = text.count(table.group_opening.translate(FOLDED))
    return groups >= _BLOCKS and any(text.count(word.translate(FOLDED)) == 1 for word in table.words[:1])


def mark_lost_repeats(found: FoundTables, streams: Streams) -> None:
    """Add a notice if a scraping program has removed repeated lines.

    Signs are that no number occurs twice, although real tables repeat zeros and totals, and that header
    words which the form repeats occur once. A row without a number may then have had any number.
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
