"""Before searching, drop candidates that violate simple bounds (a part cannot exceed its total).

Counts are never negative, so a part is at most its total minus the minimum of the other parts.
The bounds are tightened until nothing changes.
"""

from collections.abc import Callable

from extractor.forms import Equation
from extractor.settle.candidate import Candidate, Candidates, Values

_ROUNDS = 8

# by row id: the smallest and the largest possible value of each column
Bounds = dict[str, tuple[list[int], list[int]]]


def within_bounds(
    candidates: Candidates,
    foot: Equation | None,
    balance: Equation | None,
    columns: list[int],
    total: int | None,
) -> Candidates:
    """Return the candidates without those that the bounds of the other rows make impossible."""
    if any(v is not None and v < 0 for given in candidates.values() for c in given for v in c.values):
        return candidates
    amounts = {id(c): c.amounts(total) for given in candidates.values() for c in given}
    current = candidates
    for _ in range(_ROUNDS):
        tightened = _tighten(current, amounts, foot, balance, columns)
        if all(len(tightened[row]) == len(given) for row, given in current.items()):
            break
        current = tightened
        if not all(current.values()):
            break
    return current


def _tighten(
    candidates: Candidates,
    amounts: dict[int, Values],
    foot: Equation | None,
    balance: Equation | None,
    columns: list[int],
) -> Candidates:
    bounds = {row: _bounds(given, amounts) for row, given in candidates.items()}
    result = dict(candidates)
    head = foot.total if foot else None
    if foot and head:
        least, most = _sum_bounds(bounds, foot.parts)
        heads = [c for c in result[head] if _states_within(c, least, most, columns)]
        result[head] = heads
        low, high = _stated_bounds(heads, columns, least, most)
        if balance:
            low, high = _tighten_by_balance(bounds, balance, head, low, high, columns)
        for row in foot.parts:
            result[row] = _candidates_within(
                result[row], amounts, columns, *_room(bounds[row], least, most, low, high)
            )
        bounds[head] = (low, high)
    if balance and all(row in bounds for side in balance.sides() for row in side):
        for row in (r for side in balance.sides() for r in side if r != head):
            result[row] = _candidates_within(
                result[row], amounts, columns, *_balance_room(bounds, balance, row)
            )
    return result


def _bounds(given: list[Candidate], amounts: dict[int, Values]) -> tuple[list[int], list[int]]:
    columns = list(zip(*(amounts[id(c)] for c in given), strict=True))
    return [min(column) for column in columns], [max(column) for column in columns]


def _sum_bounds(bounds: Bounds, rows: tuple[str, ...]) -> tuple[list[int], list[int]]:
    least = [sum(column) for column in zip(*(bounds[row][0] for row in rows), strict=True)]
    most = [sum(column) for column in zip(*(bounds[row][1] for row in rows), strict=True)]
    return least, most


def _states_within(candidate: Candidate, least: list[int], most: list[int], columns: list[int]) -> bool:
    values = candidate.values
    return all(values[c] is None or least[c] <= (values[c] or 0) <= most[c] for c in columns)


def _stated_bounds(
    heads: list[Candidate], columns: list[int], least: list[int], most: list[int]
) -> tuple[list[int], list[int]]:
    """Return the bounds of a total row.

    They are its printed values; in columns without any, the sums that its parts can reach.
    """
    low, high = list(least), list(most)
    for c in columns:
        stated = [candidate.values[c] for candidate in heads]
        if stated and None not in stated:
            numbers = [value or 0 for value in stated]
            low[c], high[c] = max(low[c], min(numbers)), min(high[c], max(numbers))
    return low, high


def _tighten_by_balance(
    bounds: Bounds, balance: Equation, head: str, low: list[int], high: list[int], columns: list[int]
) -> tuple[list[int], list[int]]:
    """Tighten the bounds of a total row by the balance that it stands in."""
    own, facing = (balance.left, balance.right) if head in balance.left else (balance.right, balance.left)
    others = tuple(row for row in own if row != head)
    if not all(row in bounds for row in (*others, *facing)):
        return low, high
    facing_low, facing_high = _sum_bounds(bounds, facing)
    zero = [0] * len(low)
    other_low, other_high = _sum_bounds(bounds, others) if others else (zero, zero)
    for c in columns:
        low[c] = max(low[c], facing_low[c] - other_high[c])
        high[c] = min(high[c], facing_high[c] - other_low[c])
    return low, high


def _room(
    own: tuple[list[int], list[int]], least: list[int], most: list[int], low: list[int], high: list[int]
) -> tuple[Callable[[int], int], Callable[[int], int]]:
    """Return two functions of a column: the least and the most that one part may be, given all the others."""
    return (
        lambda c: low[c] - (most[c] - own[1][c]),
        lambda c: high[c] - (least[c] - own[0][c]),
    )


def _balance_room(
    bounds: Bounds, balance: Equation, row: str
) -> tuple[Callable[[int], int], Callable[[int], int]]:
    own, facing = (balance.left, balance.right) if row in balance.left else (balance.right, balance.left)
    others = [bounds[other] for other in own if other != row]
    across = [bounds[other] for other in facing]
    return (
        lambda c: sum(low[c] for low, _ in across) - sum(high[c] for _, high in others),
        lambda c: sum(high[c] for _, high in across) - sum(low[c] for low, _ in others),
    )


def _candidates_within(
    given: list[Candidate],
    amounts: dict[int, Values],
    columns: list[int],
    least: Callable[[int], int],
    most: Callable[[int], int],
) -> list[Candidate]:
    limits = [(c, least(c), most(c)) for c in columns]
    return [x for x in given if all(low <= amounts[id(x)][c] <= high for c, low, high in limits)]
