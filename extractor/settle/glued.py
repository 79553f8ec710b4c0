"""Runs of characters that hold several cells: read in every way, decided by the form.

Where the form leaves more than one reading the prose may speak; it is then named, and the
report stays doubtful. What nothing decides is undecided, and a notice gives the readings.
"""

from collections.abc import Sequence

from extractor.document import NOWHERE, Locator, Notice
from extractor.forms import TableForm
from extractor.located import FoundTable, GluedCells, Witness
from extractor.report import CellValue, Number, State
from extractor.settle.candidate import Candidate, Candidates
from extractor.settle.column_search import consistent_candidates
from extractor.settle.row_search import Blanks, summed_splits
from extractor.settle.state import Settled
from extractor.settle.tokens import Kind, Split, Token, TooManyReadings, placements, read_cell, splits
from extractor.settle.unplain import note_unplain_run

_NAMED_READINGS = 6  # readings that a notice lists before it says 等


class GluedCellsReader:
    """The runs of one table, solved together."""

    def __init__(
        self,
        table: TableForm,
        found: FoundTable,
        kinds: dict[str, Kind],
        blanks: Blanks,
        witnesses: Sequence[Witness] = (),
    ) -> None:
        """Keep what is to be read; `blanks` says which cells may have left nothing behind."""
        self.table = table
        self.found = found
        self.kinds = kinds
        self.blanks = blanks
        self.witnesses = witnesses
        self.by_row = {self._key(run): run for run in found.glued if not run.is_lost}

    def _key(self, run: GluedCells) -> str:
        """Return the row of a run, or the table's name for a run over all its rows."""
        return self.table.id if self.table.layout == "across" else run.cells[0].split(".")[1]

    def settle(self, settled: Settled) -> None:
        """Decide every cell of every run, as far as the form can."""
        candidates: Candidates = {}
        for run in self.found.glued:
            note_unplain_run(settled, run)
            if run.is_lost or self.found.lines_lost:
                self._give_up(settled, run)
        if self.found.lines_lost:
            return
        for key, run in self.by_row.items():
            try:
                candidates[key] = [Candidate(s, _values(s)) for s in self._splits(run)]
            except TooManyReadings:
                candidates[key] = []
                settled.notices.append(_search_bound_notice(key, run))
        solved = self._solve(candidates, settled)
        witnessed = self._choose_by_prose(solved, candidates, settled) if self._is_open(solved) else None
        states_totals = self._states_totals(solved)
        for key, run in self.by_row.items():
            given = solved.get(key, [])
            if states_totals and self._lacks_total(key, run, given):
                given = []  # the other rows state theirs: more likely the publisher's sum is wrong
            self._write(settled, key, run, given, (witnessed or {}).get(key))
        if self.blanks == "none":
            settled.assumed_no_blanks.extend(
                run for run in self.found.glued if run.splittable and not self._kept_borders(run)
            )

    def _states_totals(self, solved: Candidates) -> bool:
        """Say whether some row of several numbers may end in the sum of the others."""
        return any(
            group[-1] is not None and sum(value is not None for value in group) > 2
            for key, given in solved.items()
            for candidate in given
            for group in self._groups(key, candidate)
        )

    def _groups(self, key: str, candidate: Candidate) -> list[tuple[int | None, ...]]:
        """Return the numbers of each group that may end in its own total; a whole row is one."""
        sizes = self._summed_sizes(self.by_row[key]) if key in self.by_row else None
        width = sizes[0] if sizes else len(candidate.values)
        values = candidate.values
        return [values[at : at + width] for at in range(0, len(values), width)]

    def _lacks_total(self, key: str, run: GluedCells, given: list[Candidate]) -> bool:
        """Say whether several numbers of a row add up only without a total."""
        if not run.splittable or self.blanks != "any" or self._summed_sizes(run) is None:
            return False
        return bool(given) and all(
            any(g[-1] is None and sum(v is not None for v in g) > 1 for g in self._groups(key, candidate))
            for candidate in given
        )

    def _give_up(self, settled: Settled, run: GluedCells) -> None:
        settled.doubtful = True
        if not self.found.lines_lost and not run.unread:
            message = f"{self._key(run)}：不能确定“{_whole(run)}”中哪个数字属于哪一格"
            settled.notices.append(Notice("cells-unplaced", message, _whole_locator(run)))
        for cell_id in run.cells:
            settled.cells[cell_id] = CellValue(_whole(run), None, "undecided", None, _whole_locator(run))

    def _is_open(self, solved: Candidates) -> bool:
        return any(len({c.values for c in given}) > 1 for given in solved.values())

    def _splits(self, run: GluedCells) -> list[Split]:
        texts = [piece.text for piece in run.pieces]
        kinds = [self.kinds[cell] for cell in run.cells]
        if run.splittable and len(texts) == len(kinds):
            one_by_one = _one_each(texts, kinds)
            if one_by_one and (self.blanks == "none" or _foots(one_by_one, self._summed_sizes(run))):
                return [one_by_one]
        sizes = self._summed_sizes(run)
        if not run.splittable:
            placed = placements(texts, kinds)
            return [s for s in placed if _foots(s, sizes)] or placed
        # Borders that are left may be all there were: then the pieces are whole, and cells were blank.
        whole = placements(texts, kinds) if self.blanks == "none" and 1 < len(texts) < len(kinds) else []
        if sizes is None:
            return [*splits(texts, kinds, blanks=self.blanks != "none"), *whole]
        found = [*summed_splits(texts, sizes, self.blanks), *(s for s in whole if _foots(s, sizes))]
        if found or self.blanks != "none":
            return found
        # The row does not add up: the publisher's slip, or a blank that left nothing behind.
        return [*splits(texts, kinds, blanks=False), *summed_splits(texts, sizes, "parts")]

    def _summed_sizes(self, run: GluedCells) -> tuple[int, ...] | None:
        """Return the lengths of the groups that end in their own total, if the run has such."""
        totals = {e.total for e in self.table.equations if e.within == "row" and e.total}
        columns = [cell.split(".")[2] for cell in run.cells]
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
        """Add the rows that were read with certainty as rows with one candidate."""
        whole: Candidates = dict(candidates)
        for row in self.table.rows:
            cells = [settled.cells.get(f"{self.table.id}.{row.id}.{c}") for c in self.table.columns_of(row)]
            if row.id in whole or not all(c and c.state in ("read", "blank", "decoded") for c in cells):
                continue
            values = tuple(None if c is None or c.value is None else int(c.value) for c in cells)
            whole[row.id] = [Candidate((), values)]
        return whole

    def _choose_by_prose(
        self, solved: Candidates, candidates: Candidates, settled: Settled
    ) -> Candidates | None:
        """Let the prose choose between the readings that are left; None where it has nothing to say."""
        narrowed = dict(solved)
        heard: list[Witness] = []
        for witness in self.witnesses:
            _, row, column = witness.cell.split(".")
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
        run: GluedCells,
        given: list[Candidate],
        witnessed: list[Candidate] | None,
    ) -> None:
        open_cells = []
        for index, cell_id in enumerate(run.cells):
            tokens = _distinct(given, index)
            if len(tokens) != 1 and witnessed:
                tokens = _distinct(witnessed, index)
            if len(tokens) == 1:
                settled.cells[cell_id] = self._cell_of_token(run, tokens[0])
            else:
                open_cells.append(cell_id)
                settled.cells[cell_id] = CellValue(_whole(run), None, "undecided", None, _whole_locator(run))
        if open_cells:
            settled.doubtful = True
            settled.notices.append(_undecided_notice(run, open_cells, witnessed or given))

    def _cell_of_token(self, run: GluedCells, token: Token | None) -> CellValue:
        if token is None:
            return CellValue("", None, "blank", None, _whole_locator(run))
        piece = run.pieces[token.piece]
        raw = piece.text[token.start : token.end]
        locator = piece.locate(token.start, token.end) if run.splittable else piece.locator
        if token.value is None:
            return CellValue(raw, None, "blank", None, locator)
        state: State = "read" if self._kept_borders(run) else "decoded"
        unit = read_cell(raw, "money").unit
        row = self.table.row(run.cells[0].split(".")[1])
        return CellValue(raw, token.value, state, None if unit == row.unit else unit, locator)

    def _kept_borders(self, run: GluedCells) -> bool:
        """Say whether the run has a piece for each cell, so that nothing was left to decode."""
        return run.splittable and len(run.pieces) == len(run.cells) and not self.found.in_question


def _one_each(texts: list[str], kinds: list[Kind]) -> Split | None:
    """Read each piece as one cell; None where one of them is not one number."""
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
                continue  # not stated
            total = 0
        if sum(value or 0 for value in group[:-1]) != total:
            return False
    return True


def _distinct(given: list[Candidate], index: int) -> list[Token | None]:
    """Return the readings of one cell, one token for each different number."""
    by_value: dict[Number | None, Token | None] = {}
    for candidate in given:
        token = candidate.split[index]
        by_value.setdefault(token.value if token else None, token)
    return list(by_value.values())


def _whole(run: GluedCells) -> str:
    return " ".join(piece.text for piece in run.pieces)


def _whole_locator(run: GluedCells) -> Locator:
    if not run.pieces:
        return NOWHERE
    first, last = run.pieces[0].locate(0, len(run.pieces[0].text)), run.pieces[-1]
    end = last.locate(0, len(last.text))
    if first.start is None or end.end is None:
        return first
    return Locator(line=first.line, column=first.column, start=first.start, end=end.end)


def _search_bound_notice(key: str, run: GluedCells) -> Notice:
    return Notice("search-bound", f"{key}：“{_whole(run)}”可能的读法太多，未能穷尽", _whole_locator(run))


def _undecided_notice(run: GluedCells, cells: list[str], given: list[Candidate]) -> Notice:
    readings = list(dict.fromkeys("|".join(_text_of_token(t) for t in c.split) for c in given))
    shown = "、".join(readings[:_NAMED_READINGS]) + (" 等" if len(readings) > _NAMED_READINGS else "")
    names = "、".join(cells)
    ways = f"有 {len(readings)} 种读法：{shown}" if readings else "没有一种读法成立"
    return Notice("undecided", f"“{_whole(run)}”{ways}；未定的格：{names}", _whole_locator(run))


def _text_of_token(token: Token | None) -> str:
    return "空" if token is None or token.value is None else str(token.value)
