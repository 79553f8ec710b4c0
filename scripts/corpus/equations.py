"""The report's own arithmetic, written from the standard and not from the product."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from .figures import STATISTICS_SUMS, Value
from .printed_forms import APPLICANTS, DISPUTES, PARTS, REQUESTS, Edition, outcome_codes

Values = Mapping[str, Value | None]
_DISPUTE_PARTS = ("upheld", "corrected", "other", "pending")


class Outcome(Struct, frozen=True):
    """One equation at one place; None where a blank total leaves nothing to test."""

    id: str
    at: str
    holds: bool | None


def failing(values: Values, edition: Edition) -> list[tuple[str, str]]:
    """Return id and place of every equation that the printed numbers break."""
    return [(o.id, o.at) for o in check(values, edition) if o.holds is False]


def check(values: Values, edition: Edition) -> Iterator[Outcome]:
    """Yield the outcome of every equation whose table is there."""
    if "requests.new.total" in values:
        yield from _check_requests(values, edition)
    if "disputes.review.total" in values:
        for row, _ in DISPUTES:
            yield _sum_holds(values, "disputes/total", row, f"disputes.{row}.total", _dispute_parts(row))
    if "statistics.received.value" in values:
        for total, parts in STATISTICS_SUMS.items():
            name = "refused" if total == "replied_refused" else total
            ids = [f"statistics.{p}.value" for p in parts]
            yield _sum_holds(values, f"statistics/{name}", total, f"statistics.{total}.value", ids)


def _dispute_parts(row: str) -> list[str]:
    return [f"disputes.{row}.{c}" for c in _DISPUTE_PARTS]


def _check_requests(values: Values, edition: Edition) -> Iterator[Outcome]:
    outcomes = outcome_codes(edition)
    for column, _ in APPLICANTS:
        received = _amount(values, "new", column, outcomes) + _amount(values, "carried_in", column, outcomes)
        handled = _amount(values, "handled_total", column, outcomes)
        left = _amount(values, "carried_out", column, outcomes)
        yield Outcome("requests/balance", column, received == handled + left)
        parts = [_amount(values, row, column, outcomes) for row in outcomes]
        stated = values[f"requests.handled_total.{column}"]
        yield Outcome("requests/outcomes", column, _agrees(stated, parts))
    for row in REQUESTS[edition]:
        parts = [_amount(values, row.code, p, outcomes) for p in PARTS]
        yield Outcome("requests/applicants", row.code, _agrees(values[f"requests.{row.code}.total"], parts))


def _amount(values: Values, row: str, column: str, outcomes: tuple[str, ...]) -> Value:
    """Return a cell, or the sum of its parts where it is a total that is not stated."""
    printed = values[f"requests.{row}.{column}"]
    if printed is not None:
        return printed
    if column == "total":
        return sum((_amount(values, row, p, outcomes) for p in PARTS), 0)
    if row == "handled_total":
        return sum((values[f"requests.{o}.{column}"] or 0 for o in outcomes), 0)
    return 0


def _agrees(stated: Value | None, parts: list[Value]) -> bool | None:
    if stated is None:
        return None if any(parts) else True
    return stated == sum(parts)


def _sum_holds(values: Values, check_id: str, at: str, total: str, parts: list[str]) -> Outcome:
    return Outcome(check_id, at, _agrees(values[total], [values[p] or 0 for p in parts]))
