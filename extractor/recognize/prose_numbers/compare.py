"""Compares prose numbers with the tables. A conflict is reported but never changes a verdict."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, structs

from extractor.cell_id import split_cell_id
from extractor.codes import Tables, cells_of_code
from extractor.patterns import kept_pattern
from extractor.recognize.prose_numbers.applicants import counts_other_applicants, is_of_some_applicants
from extractor.recognize.prose_numbers.plain import is_plainly_told
from extractor.recognize.prose_numbers.reasons import rows_named
from extractor.recognize.prose_numbers.text import squeeze
from extractor.report import Check, Figure, Issuer, Number, Outcome

_TEN_THOUSANDS = {"元": Decimal("0.0001"), "亿元": Decimal(10_000)}


_NOBODY = Issuer()
_HANDLED = kept_pattern("办理|处理")
_IN_TEN_THOUSANDS = kept_pattern(r"(\d+(?:\.\d+)?)万")


class _Counterpart(Struct, frozen=True):
    """The cells with the same meaning as a code, and their sum; None if they are blank."""

    cells: tuple[str, ...]
    value: Number | None


def compare_with_cells(
    figures: Sequence[Figure],
    tables: Tables,
    others: Sequence[Figure] = (),
    issuer: Issuer = _NOBODY,
) -> list[Check]:
    """Compare every figure with the cells of the same meaning; each pair of code and value once.

    Args:
        figures: The numbers of the prose.
        tables: The numbers of the tables.
        others: Those figures whose scope is not that of the tables: the agency's own cases if the tables
            cover its area.
        issuer: The agency that reports; its name in a clause does not mean another body.

    Returns:
        Checks with the ids `prose/<code>`: `left` is what the prose says, `right` what the cells say.
        They are `not_checked` if the cells are blank, for `others`, and if the prose number is approximate or
        includes earlier years. A different number in a clause that is not fully understood is not a conflict.
        Figures without cells in these tables have no check.
    """
    checks: dict[tuple[str, Number | None], Check] = {}
    compared = [_compared(figure, tables) for figure in figures]
    narrowed = _narrowed_down(figures, compared, issuer)
    for at, figure in sorted(enumerate(figures), key=lambda each: each[1] in others):
        check = compared[at]
        if check is not None and (figure.code, figure.value) not in checks:
            if check.outcome == "fails" and at in narrowed:
                check = _not_conflicting(check)
            checks[figure.code, figure.value] = _not_compared(check) if figure in others else check
    return list(_numbered(checks.values()))


def _may_be_of_other_business(figure: Figure) -> bool:
    """Return whether a clause of an overview tells of disputes without saying that they are of disclosure."""
    if figure.section != "overview" or "公开" in figure.text:
        return False
    return figure.code.startswith(("reviews", "litigation"))


def _compared(figure: Figure, tables: Tables) -> Check | None:
    """Return a figure held against the cells that say the same; None if there are none in these tables."""
    found = _counterpart(figure, tables)
    return _check(figure, found) if found else None


def _narrowed_down(
    figures: Sequence[Figure], compared: Sequence[Check | None], issuer: Issuer
) -> frozenset[int]:
    """Return the positions of the figures that may count less than the table's whole.

    These are the figures that are not told plainly, those whose clause goes on directly from such a clause
    or from one about some kinds of applicants, and the parts (其中) of a number that is not known to be the
    table's whole: in 业务培训2场，78人次参加, in 自然人申请18件，办结12件 and in
    网站公开信息86条，其中图解3条 the second number counts only what belongs to the first.
    """
    narrowed: set[int] = set()
    whole: set[int] = set()
    parts: set[int] = set()  # requests of some applicants, and what is told of these
    for at, (figure, check) in enumerate(zip(figures, compared, strict=True)):
        before = at - 1 if at and _goes_on(figures[at - 1], figure) else None
        names_some = is_of_some_applicants(figure)
        is_of_a_part = before in narrowed or (figure.text.startswith("其中") and before not in whole)
        holds = check is not None and check.outcome == "holds"
        if (names_some and before not in whole) or (before in parts and not holds):
            parts.add(at)
        elif holds:
            whole.add(at)
        if holds:
            continue
        if is_of_a_part or (before in parts and not names_some):
            narrowed.add(at)
        elif check is not None and check.outcome == "fails":
            if not _is_of_the_whole(figure, check, issuer):
                narrowed.add(at)
            elif at not in parts:
                whole.add(at)
    return frozenset(narrowed)


def _is_of_the_whole(figure: Figure, check: Check, issuer: Issuer) -> bool:
    """Return whether a figure's clause says plainly that it counts what the cells of its check count."""
    rows = {split_cell_id(cell).row for cell in check.cells}
    if figure.code == "requests_unavailable" and "不明确" in figure.text and "补正" not in figure.text:
        return False  # 申请内容不明确: such requests are asked to be mended, and only then cannot be met
    if counts_other_applicants(figure) or _may_be_of_other_business(figure):
        return False
    return is_plainly_told(figure, issuer, rows)


def _goes_on(before: Figure, figure: Figure) -> bool:
    """Return whether a figure stands in the same clause as the one before it, or in the next clause."""
    next_to = 0 <= figure.start - before.end <= 1 or before.start == figure.start
    return next_to and before.path == figure.path


def _numbered(checks: Iterable[Check]) -> Iterator[Check]:
    """Yield the checks; several of one code at one place get consecutive ordinals."""
    seen: Counter[tuple[str, str]] = Counter()
    for check in checks:
        seen[check.id, check.at] += 1
        yield structs.replace(check, ordinal=seen[check.id, check.at])


def _not_compared(check: Check) -> Check:
    """Return the check of a figure whose scope is not that of the tables, as `not_checked`."""
    message = f"正文是本机关的数，表格是全辖区的数，或反之，不比较：{check.left}，{check.right}"
    return structs.replace(check, outcome="not_checked", message=message)


def _not_conflicting(check: Check) -> Check:
    """Return the check of a figure that may count only a part, as `not_checked`."""
    message = f"正文这一句另有限定，说的可能不是表格所列，不比较：{check.left}，{check.right}"
    return structs.replace(check, outcome="not_checked", message=message)


def _counterpart(figure: Figure, tables: Tables) -> _Counterpart | None:
    found = _cells_saying(figure.code, tables)
    if found is None or found.value == figure.value:
        return found
    if figure.code == "requests_not_held" and "不掌握" not in figure.text:
        return None  # 信息不存在, 不属于本机关 may have been counted in other rows
    if len(found.cells) > 1 and (rows := rows_named(squeeze(figure.text).text)):
        return _of_rows(rows, found, tables)
    if figure.code == "requests_received":
        return _with_carried_in(figure, found, tables)
    if figure.code == "requests_concluded" and _HANDLED.search(figure.text):
        received = _cells_saying(
            "requests_received", tables
        )  # 办理53件（含上年结转5件）: all requests handled, concluded or not
        with_carried = received and _with_carried_in(figure, received, tables)
        return with_carried if with_carried and with_carried.value == figure.value else found
    return found


def _of_rows(rows: Sequence[str], whole: _Counterpart, tables: Tables) -> _Counterpart | None:
    """Return the cells of `whole` in these rows; None unless every row has one."""
    cells = tuple(cell for cell in whole.cells if split_cell_id(cell).row in rows)
    if len(cells) != len(rows):
        return None
    values = [_stated(tables[table][row], column) for table, row, column in map(split_cell_id, cells)]
    stated = [value for value in values if value is not None]
    return _Counterpart(cells, sum(stated) if stated else None)


def _cells_saying(code: str, tables: Tables) -> _Counterpart | None:
    """Return the cells with this code, and their sum, in the first edition whose cells the tables have."""
    cells = next(cells_of_code(code, tables), None)
    if cells is None:
        return None
    values = [_stated(tables[table][row], column) for table, row, column in map(split_cell_id, cells)]
    stated = [value for value in values if value is not None]
    return _Counterpart(cells, sum(stated) if stated else None)


def _stated(row: Mapping[str, Number | None], column: str) -> Number | None:
    """Return a cell's number; a blank total is the sum of its row."""
    if row[column] is not None or column != "total":
        return row[column]
    parts = [value for name, value in row.items() if name != column and value is not None]
    return sum(parts) if parts else None


def _with_carried_in(figure: Figure, found: _Counterpart, tables: Tables) -> _Counterpart:
    """Return the cells with the requests carried in added, if their sum is then the figure's value."""
    carried = _cells_saying("requests_carried_in", tables)
    if carried is None or carried.value is None or found.value is None:
        return found
    if found.value + carried.value != figure.value:
        return found
    return _Counterpart((*found.cells, *carried.cells), figure.value)


def _check(figure: Figure, found: _Counterpart) -> Check:
    told = _in_the_unit_of_the_cell(figure)
    outcome: Outcome = "holds" if told == found.value else "fails"
    cells = "、".join(found.cells)
    message = (
        f"正文与表格一致：{told}" if outcome == "holds" else f"正文为 {told}，表格为 {found.value}（{cells}）"
    )
    if figure.cumulative or figure.approximate or _is_rounded(figure, told, found.value):
        outcome, message = "not_checked", "正文是累计数或约数，不与表格比较"
    elif found.value is None:
        outcome = "not_checked" if told else "holds"
        message = f"正文为 {told}，表格留空（{cells}）"
    at = split_cell_id(found.cells[0]).row
    return Check(f"prose/{figure.code}", at, outcome, told, found.value, found.cells, message)


def _is_rounded(figure: Figure, told: Number | None, stated: Number | None) -> bool:
    """Return whether a number is printed in 万 and is the cell's number rounded to its last digit.

    Example: 4.8万件.
    """
    if told is None or stated is None or figure.unit in _TEN_THOUSANDS or figure.unit == "万元":
        return False
    for match in _IN_TEN_THOUSANDS.finditer(figure.text):
        step = Decimal(10_000).scaleb(-len(match[1].partition(".")[2]))
        if Decimal(match[1]) * 10_000 == told:
            return abs(Decimal(told) - Decimal(stated)) < step
    return False


def _in_the_unit_of_the_cell(figure: Figure) -> Number | None:
    """Return the value; money in 万元, the unit of the forms."""
    if figure.value is None or figure.unit not in _TEN_THOUSANDS:
        return figure.value
    return (figure.value * _TEN_THOUSANDS[figure.unit]).normalize()
