"""Exhausts the readings of a glued table 三 under the equations I1 to I3.

Rows are cut one by one and grouped by the six numbers that they give; sums of rows
are then followed from the first outcome to the last and back, so that exactly the
readings that take part in some consistent whole are kept.
"""

from collections import defaultdict

from .printed_forms import APPLICANTS, Edition, outcome_codes
from .readings import Cut, Reading, TooManyReadings, cut_row

Vector = tuple[int, ...]
ByVector = dict[Vector, list[Reading]]
_COLUMNS = [column for column, _ in APPLICANTS]
_MOST = 400_000


def requests_readings(rows: dict[str, str], form: Edition, cut: Cut) -> dict[str, list[Reading]]:
    """Return for each row the readings that stand in some consistent table; {} where there is none."""
    outcomes = outcome_codes(form)
    cuts = {row: _cut(rows[row], cut) for row in rows if row != "handled_total"}
    handled = _handled_readings(rows["handled_total"], cut)
    if not handled or not all(cuts.values()):
        return {}
    targets = {t for t in _balances(cuts) if any(_agrees(h, t) for h in handled)}
    viable, reached = _through(targets, [cuts[row] for row in outcomes])
    if not reached:
        return {}
    kept = {row: _readings(cuts[row], vectors) for row, vectors in zip(outcomes, viable, strict=True)}
    kept["handled_total"] = [h for h in handled if any(_agrees(h, t) for t in reached)]
    for row, vectors in _anchors(cuts, reached).items():
        kept[row] = _readings(cuts[row], vectors)
    return kept


def _readings(by_vector: ByVector, vectors: set[Vector]) -> list[Reading]:
    return [reading for vector in vectors for reading in by_vector[vector]]


def _cut(text: str, cut: Cut) -> ByVector:
    """Return the readings of a row that satisfy I3, by the six numbers that they give."""
    found: ByVector = defaultdict(list)
    for reading in cut_row(text, _COLUMNS, cut is not Cut.WHOLE):
        *parts, total = reading
        vector = tuple(int(p or 0) for p in parts)
        if total is None:
            if cut is Cut.ANY_BLANK:
                found[vector].append(reading)
        elif int(total) == sum(vector):
            found[vector].append(reading)
    return found


def _handled_readings(text: str, cut: Cut) -> list[Reading]:
    """Return the readings of （七）总计; its blanks are totals that are not stated."""
    return list(cut_row(text, _COLUMNS, cut is Cut.ANY_BLANK))


def _agrees(handled: Reading, target: Vector) -> bool:
    *stated, total = handled
    if total is not None and int(total) != sum(target):
        return False
    return all(s is None or int(s) == t for s, t in zip(stated, target, strict=True))


def _plus(a: Vector, b: Vector) -> Vector:
    return tuple(x + y for x, y in zip(a, b, strict=True))


def _minus(a: Vector, b: Vector) -> Vector:
    return tuple(x - y for x, y in zip(a, b, strict=True))


def _balances(cuts: dict[str, ByVector]) -> set[Vector]:
    """Return every value of （七） that 一 + 二 − 四 can have."""
    received = {_plus(n, c) for n in cuts["new"] for c in cuts["carried_in"]}
    if len(received) * len(cuts["carried_out"]) > _MOST:
        raise TooManyReadings
    differences = {_minus(r, o) for r in received for o in cuts["carried_out"]}
    return {d for d in differences if min(d) >= 0}


def _through(targets: set[Vector], rows: list[ByVector]) -> tuple[list[set[Vector]], set[Vector]]:
    """Return the vectors of each row that take part in a sum in `targets`, and the sums reached."""
    if not targets:
        return [], set()
    most = tuple(max(column) for column in zip(*targets, strict=True))
    forward: list[set[Vector]] = [{(0,) * len(most)}]
    for row in rows:
        if len(forward[-1]) * len(row) > _MOST:
            raise TooManyReadings
        sums = {_plus(f, v) for f in forward[-1] for v in row}
        forward.append({s for s in sums if all(x <= m for x, m in zip(s, most, strict=True))})
    reached = forward[-1] & targets
    viable: list[set[Vector]] = []
    later = reached
    for row, before in zip(reversed(rows), reversed(forward[:-1]), strict=True):
        if len(later) * len(row) > _MOST:
            raise TooManyReadings
        steps = [(v, _minus(b, v)) for b in later for v in row]
        steps = [(v, b) for v, b in steps if b in before]
        viable.insert(0, {v for v, _ in steps})
        later = {b for _, b in steps}
    return viable, reached


def _anchors(cuts: dict[str, ByVector], reached: set[Vector]) -> dict[str, set[Vector]]:
    """Return the vectors of 一, 二 and 四 that balance with a sum that was reached."""
    kept: dict[str, set[Vector]] = {"new": set(), "carried_in": set(), "carried_out": set()}
    wanted = defaultdict(set)
    for out in cuts["carried_out"]:
        for target in reached:
            wanted[_plus(target, out)].add(out)
    for new in cuts["new"]:
        for carried_in in cuts["carried_in"]:
            outs = wanted.get(_plus(new, carried_in))
            if outs:
                kept["new"].add(new)
                kept["carried_in"].add(carried_in)
                kept["carried_out"] |= outs
    return kept
