"""Glued cells: list every way to split their text, then let the equations of the form choose.

If the equations leave several readings, a number in the prose may choose between them; a notice
then quotes it and the report stays doubtful. Cells that nothing decides are `undecided`, and a
notice lists their readings.
"""

from collections.abc import Sequence

from extractor.cell_id import split_cell_id
from extractor.document import Notice
from extractor.forms import TableForm
from extractor.located import FoundTable, GluedCells, Witness
from extractor.numerals import LONGEST_NUMBER
from extractor.report import PRINTED_STATES, CellValue, Number, State
from extractor.settle.candidate import Candidate, Candidates
from extractor.settle.column_search import consistent_candidates
from extractor.settle.glued_notices import (
    search_bound_notice,
    undecided_notice,
    whole_locator,
    whole_text,
)
from extractor.settle.row_search import Blanks, summed_splits
from extractor.settle.splits import splits
from extractor.settle.state import Settled
from extractor.settle.tokens import Kind, Split, Token, TooManyReadings, placements, read_cell
from extractor.settle.unplain import note_unplain_run


class GluedCellsReader:
    """Reads all glued cells of one table together, because the sums down the columns connect its rows."""

    def __init__(
        self,
        table: TableForm,
        found: FoundTable,
        kinds: dict[str, Kind],
        blanks: Blanks,
        witnesses: Sequence[Witness] = (),
    ) -> None:
        """Keep what is needed to read the cells.

        Args:
            table: What the form prescribes.
            found: The table as recognized, with its glued cells.
            kinds: The kind of number of each cell, by cell id.
            blanks: Which empty cells may be missing from the text: none, any but totals
                ("parts"), or any.
            witnesses: Numbers of the prose that may choose between readings.
        """
        self.table = table
        self.found = found
        self.kinds = kinds
        self.blanks = blanks
        self.witnesses = witnesses
        self.by_row = {self._key(glued): glued for glued in found.glued if not glued.is_lost}

    def _key(self, glued: GluedCells) -> str:
        """Return the row of the glued cells, or the table's id if they cover all its rows."""
        return self.table.id if self.table.layout == "across" else split_cell_id(glued.cells[0]).row

    def settle(self, settled: Settled) -> None:
        """Write a value or `undecided` for every glued cell."""
        candidates: Candidates = {}
        for glued in self.found.glued:
            note_unplain_run(settled, glued)
            if glued.is_lost or self.found.lines_lost:
                self._give_up(settled, glued)
        if self.found.lines_lost:
            return
        for key, glued in self.by_row.items():
            try:
                candidates[key] = [Candidate(s, _values(s)) for s in self._splits(glued)]
            except TooManyReadings:
                candidates[key] = []
                settled.notices.append(search_bound_notice(key, glued))
        solved = self._solve(candidates, settled)
        witnessed = self._choose_by_prose(solved, candidates, settled) if self._is_open(solved) else None
        states_totals = self._states_totals(solved)
        for key, glued in self.by_row.items():
            given = solved.get(key, [])
            if states_totals and self._lacks_total(key, glued, given):
                # the other rows print a total, so this row more likely adds up wrongly than leaves its total
                # blank
                given = []
            self._write(settled, key, glued, given, (witnessed or {}).get(key))
        if self.blanks == "none":
            settled.assumed_no_blanks.extend(
                glued for glued in self.found.glued if glued.splittable and not self._kept_borders(glued)
            )

    def _states_totals(self, solved: Candidates) -> bool:
        """Return whether some solved row prints three or more numbers, the last of which may be a total."""
        return any(
            group[-1] is not None and sum(value is not None for value in group) > 2
            for key, given in solved.items()
            for candidate in given
            for group in self._groups(key, candidate)
        )

    def _groups(self, key: str, candidate: Candidate) -> list[tuple[int | None, ...]]:
        """Split a candidate's numbers into groups, each of which ends in its total."""
        sizes = self._summed_sizes(self.by_row[key]) if key in self.by_row else None
        width = sizes[0] if sizes else len(candidate.values)
        values = candidate.values
        return [values[at : at + width] for at in range(0, len(values), width)]

    def _lacks_total(self, key: str, glued: GluedCells, given: list[Candidate]) -> bool:
        """True if the row's numbers can only be split by assuming that its total is blank."""
        if not glued.splittable or self.blanks != "any" or self._summed_sizes(glued) is None:
            return False
        return bool(given) and all(
            any(g[-1] is None and sum(v is not None for v in g) > 1 for g in self._groups(key, candidate))
            for candidate in given
        )

    def _give_up(self, settled: Settled, glued: GluedCells) -> None:
        settled.doubtful = True
        if not self.found.lines_lost and not glued.unread:
            message = f"{self._key(glued)}：不能确定“{whole_text(glued)}”中哪个数字属于哪一格"
            settled.notices.append(Notice("cells-unplaced", message, whole_locator(glued)))
        for cell_id in glued.cells:
            settled.cells[cell_id] = CellValue(
                whole_text(glued), None, "undecided", None, whole_locator(glued)
            )

    def _is_open(self, solved: Candidates) -> bool:
        return any(len({c.values for c in given}) > 1 for given in solved.values())

    def _splits(self, glued: GluedCells) -> list[Split]:
        texts = [piece.text for piece in glued.pieces]
        kinds = [self.kinds[cell] for cell in glued.cells]
        if sum(map(str.isdigit, "".join(texts))) > LONGEST_NUMBER * len(kinds):
            return []  # more digits than the cells can hold, however they are split
        if glued.splittable and len(texts) == len(kinds):
            one_by_one = _one_each(texts, kinds)
            if one_by_one and (self.blanks == "none" or _foots(one_by_one, self._summed_sizes(glued))):
                return [one_by_one]
        sizes = self._summed_sizes(glued)
        if not glued.splittable:
            placed = placements(texts, kinds)
            return [s for s in placed if _foots(s, sizes)] or placed
        # Perhaps no border was lost and the missing cells were blank: then each piece is one cell.
        whole = placements(texts, kinds) if self.blanks == "none" and 1 < len(texts) < len(kinds) else []
        if sizes is None:
            return [*splits(texts, kinds, blanks=self.blanks != "none"), *whole]
        found = [*summed_splits(texts, sizes, self.blanks), *(s for s in whole if _foots(s, sizes))]
        if found or self.blanks != "none":
            return found
        # No split adds up: either the publisher miscalculated, or the text omits a blank cell.
        return [*splits(texts, kinds, blanks=False), *summed_splits(texts, sizes, "parts")]

    def _summed_sizes(self, glued: GluedCells) -> tuple[int, ...] | None:
        """Return the sizes of the groups that end in a total each; None if the last column is no total."""
        totals = {e.total for e in self.table.equations if e.within == "row" and e.total}
        columns = [split_cell_id(cell).column for cell in glued.cells]
        if not totals or columns[-1] not in totals:
            return None
        width = len(self.table.columns)
        return (width,) * (len(columns) // width)

    def _solve(self, candidates: Candidates, settled: Settled) -> Candidates:
        if self.table.layout == "across" or not any(e.within == "column" for e in self.table.equations):
            return candidates
        if all(len(given) == 1 for given in candidates.values()):
            return candidates
        whole = {row: given for row, given in self._all_rows(candidates, settled).items() if given}
        try:
            kept = consistent_candidates(self.table, whole)
        except TooManyReadings:
            settled.notices.append(Notice("search-bound", f"{self.table.id}：可能的读法太多，未能穷尽"))
            return candidates
        if kept.broken and self._is_open(kept.candidates):
            settled.doubtful = True
        return {row: kept.candidates.get(row, given) for row, given in candidates.items()}

    def _all_rows(self, candidates: Candidates, settled: Settled) -> Candidates:
        """Return the candidates and, with one candidate each, the rows that are not glued."""
        whole: Candidates = dict(candidates)
        for row in self.table.rows:
            cells = [settled.cells.get(f"{self.table.id}.{row.id}.{c}") for c in self.table.columns_of(row)]
            if row.id in whole or not all(c and c.state in PRINTED_STATES for c in cells):
                continue
            values = tuple(None if c is None or c.value is None else int(c.value) for c in cells)
            whole[row.id] = [Candidate((), values)]
        return whole

    def _choose_by_prose(
        self, solved: Candidates, candidates: Candidates, settled: Settled
    ) -> Candidates | None:
        """Return the candidates that agree with the prose; None if the prose excludes none."""
        narrowed = dict(solved)
        heard: list[Witness] = []
        for witness in self.witnesses:
            _, row, column = split_cell_id(witness.cell)
            if row not in narrowed or len(narrowed[row]) < 2:
                continue
            at = list(self.table.columns_of(self.table.row(row))).index(column)
            fitting = [c for c in narrowed[row] if c.amounts(at)[at] == witness.value]
            if fitting and len(fitting) < len(narrowed[row]):
                narrowed[row] = fitting
                heard.append(witness)
        if not heard:
            return None
        after = self._solve(narrowed, settled)
        if not all(after.values()):
            return None
        for witness in heard:
            message = f"正文“{witness.clause}”为证：{witness.cell} 计 {witness.value}，表格本身的读法不止一种"
            settled.notices.append(Notice("settled-by-prose", message, witness.locator))
        settled.doubtful = True
        return after

    def _write(
        self,
        settled: Settled,
        key: str,
        glued: GluedCells,
        given: list[Candidate],
        witnessed: list[Candidate] | None,
    ) -> None:
        open_cells = []
        found = [_distinct(given, index) for index in range(len(glued.cells))]
        unsettled = any(len(tokens) != 1 for tokens in found) and len(glued.pieces) == 1
        for index, cell_id in enumerate(glued.cells):
            tokens = found[index]
            # if the one number in the text could belong to any cell, no single cell is proved to be blank
            unproven = unsettled and tokens == [None]
            if len(tokens) != 1 and witnessed:
                tokens = _distinct(witnessed, index)
            if len(tokens) == 1 and not unproven:
                settled.cells[cell_id] = self._cell_of_token(glued, tokens[0])
            else:
                open_cells.append(cell_id)
                settled.cells[cell_id] = CellValue(
                    whole_text(glued), None, "undecided", None, whole_locator(glued)
                )
        if open_cells:
            settled.doubtful = True
            settled.notices.append(undecided_notice(glued, open_cells, witnessed or given))

    def _cell_of_token(self, glued: GluedCells, token: Token | None) -> CellValue:
        if token is None:
            return CellValue("", None, "blank", None, whole_locator(glued))
        piece = glued.pieces[token.piece]
        raw = piece.text[token.start : token.end]
        locator = piece.locate(token.start, token.end) if glued.splittable else piece.locator
        if token.value is None:
            return CellValue(raw, None, "blank", None, locator)
        state: State = "read" if self._kept_borders(glued) else "decoded"
        unit = read_cell(raw, "money").unit
        row = self.table.row(split_cell_id(glued.cells[0]).row)
        return CellValue(raw, token.value, state, None if unit == row.unit else unit, locator)

    def _kept_borders(self, glued: GluedCells) -> bool:
        """True if there is one piece for each cell, so that no text had to be split."""
        return glued.splittable and len(glued.pieces) == len(glued.cells) and not self.found.in_question


def _one_each(texts: list[str], kinds: list[Kind]) -> Split | None:
    """Read each piece as one cell; None if any piece is not exactly one number."""
    tokens: list[Token | None] = []
    for index, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        reading = read_cell(text, kind)
        if reading.state not in ("read", "blank"):
            return None
        tokens.append(Token(reading.value, index, 0, len(text)))
    return tuple(tokens)


def _values(split: Split) -> tuple[int | None, ...]:
    return tuple(None if token is None else token.value for token in split)  # type: ignore[misc]  # money stays out of sums


def _foots(split: Split, sizes: tuple[int, ...] | None) -> bool:
    if sizes is None:
        return True
    at = 0
    for size in sizes:
        group = [int(t.value) if t and t.value is not None else None for t in split[at : at + size]]
        at += size
        total = group[-1]
        if total is None:
            if any(value is not None for value in group[:-1]):
                continue  # a blank total claims nothing
            total = 0
        if sum(value or 0 for value in group[:-1]) != total:
            return False
    return True


def _distinct(given: list[Candidate], index: int) -> list[Token | None]:
    """Return one token for each different value that the candidates give this cell."""
    by_value: dict[Number | None, Token | None] = {}
    for candidate in given:
        token = candidate.split[index]
        by_value.setdefault(token.value if token else None, token)
    return list(by_value.values())
