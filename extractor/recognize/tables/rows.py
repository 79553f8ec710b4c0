"""Identifies which row of the form each row of values is: by label, by similar label, by position.

Neighbouring rows help: 被依法纠错数 occurs twice in a form, and a row that lost its label is still
between its neighbours.
"""

from collections.abc import Iterator, Sequence

from extractor.forms import Row, TableForm, cells_of
from extractor.numerals import has_number
from extractor.recognize.labels import behind_blanks, core, serial_of
from extractor.recognize.tables.cell_kind import kind_of_text
from extractor.recognize.tables.grid import GridTable, ValueRow

_LIKE = 72  # per cent of similarity that a garbled label must keep
_SHORTEST = 3  # characters of a shortened label
_CLEAR = 12  # per cent by which it must be more similar than the next row


class RowSequence:
    """The rows of values of one standard table, over all its blocks, with the form row of each."""

    def __init__(self, form: str, table: TableForm, grids: list[GridTable]) -> None:
        """Identify every row, as far as possible."""
        self._form = form
        self._table = table
        self._order = {row.id: order for order, row in enumerate(table.rows)}
        self.by_position: set[str] = set()
        self.doubtful: set[str] = set()  # ids of rows at whose position there is an unrelated label
        # labels of rows identified by serial number or shortened wording, by id
        self.told: dict[str, str] = {}
        self.blocks: set[int] = set()
        self.repeated: list[ValueRow] = []
        candidates = list(self._rows_of_table(grids))
        self.rows = self._placed(candidates)
        self.blocks |= {row.block for _, row in self.rows}

    def differing(self, others: Sequence[ValueRow]) -> list[ValueRow]:
        """Return the given rows that also occur here with different numbers.

        A row of dashes is the title of a group and is ignored if the row here has numbers.
        """
        first = dict(self.rows)
        found = []
        for row in others:
            known = next((first[row_id] for row_id in self._names(row) if row_id in first), None)
            if known and _texts(known) != _texts(row) and not (_is_crossed_out(row) and _has_number(known)):
                found.append(row)
        return found

    def _rows_of_table(self, grids: list[GridTable]) -> Iterator[ValueRow]:
        """Yield the rows of values that may be this table's, in reading order."""
        width = max(map(len, cells_of(self._table).values()))
        near = False  # whether the previous block had rows of this table
        for grid in grids:
            own = self._own_rows(grid.rows, width)
            if own:
                near = True
                self.blocks.add(grid.block)
                yield from (r for i, r in enumerate(grid.rows) if i in own or self._may_belong(r, width))
            elif near and grid.rows:
                near = all(_is_bare(row, width) for row in grid.rows)
                if (near and width > 2) or self._continues(grid, width):
                    yield from grid.rows
            else:
                near = False

    def _own_rows(self, rows: Sequence[ValueRow], width: int) -> set[int]:
        """Return the indices of the rows with a label of this table.

        其他 among rows of another table does not count.
        """
        named = [index for index, row in enumerate(rows) if row.names_a_row]
        own = {index for index in named if self._names(rows[index])}
        if len(own) == len(named) > 1:
            return own
        for place, index in enumerate(named):
            if index not in own:
                continue
            beside = [rows[i] for i in (*named[max(place - 1, 0) : place], *named[place + 1 : place + 2])]
            alone = not beside and len(rows[index].values) <= 2 * width + 1
            if not (
                alone
                or any(map(self._names, beside))
                or (beside and not any(map(self._names_another, beside)))
            ):
                own.discard(index)
        return own

    def _may_belong(self, row: ValueRow, width: int) -> bool:
        """Return whether a row without a known label may belong to the table: it must be narrow enough."""
        # blanks left over from a merged label
        lead = next((at for at, cell in enumerate(row.values) if cell.speaks), 0)
        fits = len(row.values) - lead <= width + 1
        return _says_something(row) and not self._names(row) and not self._names_another(row) and fits

    def _continues(self, grid: GridTable, width: int) -> bool:
        return width > 2 and all(len(row.values) >= width and not row.name.labels for row in grid.rows)

    def _names(self, row: ValueRow) -> Sequence[str]:
        return row.name.rows.get((self._form, self._table.id), ())

    def _names_another(self, row: ValueRow) -> bool:
        return row.names_a_row and all(table != self._table.id for _, table in row.name.rows)

    def _placed(self, rows: list[ValueRow]) -> list[tuple[str, ValueRow]]:
        named: list[tuple[str | None, ValueRow]] = []
        last = -1
        seen: set[str] = set()
        for row in rows:
            row_id = self._next_of(self._names(row), last)
            if row_id in seen:
                self.repeated.append(row)
                continue
            if row_id:
                seen.add(row_id)
                last = self._order[row_id]
            named.append((row_id, row))
        named = self._by_likeness(named)
        return [(row_id, row) for row_id, row in self._by_place(named) if row_id]

    def _next_of(self, ids: Sequence[str], last: int) -> str | None:
        """Return the first of these row ids after the last row found, else the first one."""
        if len(ids) < 2:
            return ids[0] if ids else None
        after = [row_id for row_id in ids if self._order[row_id] > last]
        return (after or ids)[0]

    def _by_likeness(self, named: list[tuple[str | None, ValueRow]]) -> list[tuple[str | None, ValueRow]]:
        """Assign rows with a garbled label to the most similar missing row between their neighbours."""
        if all(row_id or not row.label.strip() for row_id, row in named):
            return named
        from rapidfuzz import fuzz  # rarely needed and slow to import

        result = list(named)
        for index, (row_id, row) in enumerate(named):
            if row_id or not row.label.strip():
                continue
            missing = self._missing_between(result, index)
            label = core(behind_blanks(row.label))
            scores = sorted(
                ((fuzz.ratio(label, core(self._table.rows[m].label)), m) for m in missing),
                reverse=True,
            )
            if (
                scores
                and scores[0][0] >= _LIKE
                and (len(scores) == 1 or scores[0][0] - scores[1][0] >= _CLEAR)
            ):
                result[index] = (self._table.rows[scores[0][1]].id, row)
                continue
            shorter = [m for m in missing if _is_shorter_for(row.label, self._table.rows[m].label)]
            if len(shorter) == 1:
                result[index] = (self._table.rows[shorter[0]].id, row)
                self.told[self._table.rows[shorter[0]].id] = row.label
        return result

    def _missing_between(self, named: list[tuple[str | None, ValueRow]], index: int) -> range:
        """Return the positions of the form's rows between the identified neighbours of a row."""
        before = next((self._order[r] for r, _ in reversed(named[:index]) if r), -1)
        after = next((self._order[r] for r, _ in named[index + 1 :] if r), len(self._table.rows))
        return range(before + 1, after)

    def _by_place(self, named: list[tuple[str | None, ValueRow]]) -> list[tuple[str | None, ValueRow]]:
        """Assign unlabelled rows to the form's rows between their neighbours, if there are equally many."""
        result = list(named)
        index = 0
        while index < len(result):
            if result[index][0]:
                index += 1
                continue
            end = next((j for j in range(index, len(result)) if result[j][0]), len(result))
            missing = self._missing_between(result, index)
            if len(missing) == end - index:
                gap = [self._table.rows[order] for order in missing]
                pairs = [(result[i][1], r) for i, r in zip(range(index, end), gap, strict=True)]
                unlike = any(_is_unlike(row, form_row) for row, form_row in pairs)
                in_series = all(_has_the_serial_of(row, form_row) for row, form_row in pairs)
                for offset, (row, form_row) in enumerate(pairs):
                    result[index + offset] = (form_row.id, row)
                    if unlike and in_series:
                        self.told[form_row.id] = row.label
                    else:
                        (self.doubtful if unlike else self.by_position).add(form_row.id)
            index = end
        return result


def _is_shorter_for(label: str, form_label: str) -> bool:
    """True if a label has only characters of the form's label, in its order: 机关不掌握, 逾期不补正."""
    short = core(label)
    rest = iter(core(form_label))
    return len(short) >= _SHORTEST and all(character in rest for character in short)


def _has_the_serial_of(row: ValueRow, form_row: Row) -> bool:
    serial = serial_of(form_row.label)
    return serial is not None and serial == serial_of(row.label)


def _is_unlike(row: ValueRow, form_row: Row) -> bool:
    """Return whether the label is too different to be a misspelling.

    It may be a row that the agency added.
    """
    label = core(row.label)
    if not label or any(la.kind == "word" for la in row.name.labels):
        return False  # no label, or the label of a group of rows
    from rapidfuzz import fuzz

    return fuzz.ratio(label, core(form_row.label)) < _LIKE


def _texts(row: ValueRow) -> list[str]:
    return [cell.text.strip() for cell in row.values]


def _has_number(row: ValueRow) -> bool:
    return any(cell.unread or has_number(cell.text) for cell in row.values)


def _is_crossed_out(row: ValueRow) -> bool:
    return (
        bool(row.values) and all(c.text.strip() and not c.unread for c in row.values) and not _has_number(row)
    )


def _says_something(row: ValueRow) -> bool:
    return bool(row.label.strip()) or any(cell.speaks for cell in row.values)


def _is_bare(row: ValueRow, width: int) -> bool:
    """Return whether a row has no label and exactly as many numbers as the table has columns."""
    seen = [kind_of_text(cell.text) for cell in row.values]
    return not row.label.strip() and len(seen) == width and all(s.has_number and s.is_value for s in seen)
