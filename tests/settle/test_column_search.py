"""The sums down the columns, against plain enumeration of whole tables."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.checks import run_checks
from extractor.forms import Column, Equation, Row, TableForm
from extractor.settle.candidate import Candidate, Candidates
from extractor.settle.column_search import SearchBudget, consistent_candidates
from extractor.settle.tokens import TooManyReadings

COLUMNS = ("person", "other", "total")
ROWS = ("new", "carried_in", "granted", "refused", "handled", "carried_out")
TABLE = TableForm(
    id="requests",
    title="",
    section=None,
    layout="rows",
    columns=tuple(Column(c, c) for c in COLUMNS),
    rows=tuple(Row(r, r) for r in ROWS),
    equations=(
        Equation("balance", "", "column", left=("new", "carried_in"), right=("handled", "carried_out")),
        Equation("outcomes", "", "column", total="handled", parts=("granted", "refused")),
        Equation("applicants", "", "row", total="total", parts=("person", "other")),
    ),
)

Values = tuple[int | None, ...]


def candidates_of(rows: dict[str, list[Values]]) -> Candidates:
    return {row: [Candidate((), values) for values in given] for row, given in rows.items()}


def holds(table: dict[str, Values]) -> bool:
    facts = {
        f"requests.{row}.{c}": v
        for row, values in table.items()
        for c, v in zip(COLUMNS, values, strict=True)
    }
    return all(check.outcome != "fails" for check in run_checks(TABLE, facts))


def enumerated(rows: dict[str, list[Values]]) -> dict[str, set[Values]]:
    """Return what stands in some whole table that breaks no equation."""
    kept: dict[str, set[Values]] = {row: set() for row in rows}
    for chosen in product(*rows.values()):
        table = dict(zip(rows, chosen, strict=True))
        if holds(table):
            for row, values in table.items():
                kept[row].add(values)
    return kept


def solved(rows: dict[str, list[Values]]) -> dict[str, set[Values]]:
    solution = consistent_candidates(TABLE, candidates_of(rows))
    return {row: {c.values for c in given} for row, given in solution.candidates.items()}


def test_the_columns_choose_between_two_splits_of_a_row() -> None:
    rows: dict[str, list[Values]] = {
        "new": [(12, 1, 13), (1, 12, 13)],
        "carried_in": [(0, 0, 0)],
        "granted": [(3, 1, 4)],
        "refused": [(9, 0, 9)],
        "handled": [(12, 1, 13), (1, 12, 13)],
        "carried_out": [(0, 0, 0)],
    }
    found = solved(rows)
    assert found["new"] == found["handled"] == {(12, 1, 13)}


def test_two_rows_that_may_swap_both_stay_open() -> None:
    rows: dict[str, list[Values]] = {
        "new": [(3, 0, 3)],
        "carried_in": [(0, 0, 0)],
        "granted": [(1, 0, 1), (2, 0, 2)],
        "refused": [(1, 0, 1), (2, 0, 2)],
        "handled": [(3, 0, 3)],
        "carried_out": [(0, 0, 0)],
    }
    assert solved(rows)["granted"] == {(1, 0, 1), (2, 0, 2)}


def test_a_blank_total_row_takes_the_sum_of_its_parts() -> None:
    rows: dict[str, list[Values]] = {
        "new": [(3, 1, 4), (2, 2, 4)],
        "carried_in": [(None, None, None)],
        "granted": [(3, 1, 4)],
        "refused": [(None, None, None)],
        "handled": [(None, None, None)],
        "carried_out": [(None, None, None)],
    }
    assert solved(rows)["new"] == {(3, 1, 4)}


def test_a_broken_column_is_given_up_and_the_others_still_decide() -> None:
    rows: dict[str, list[Values]] = {
        "new": [(12, 1, 13), (1, 12, 13)],
        "carried_in": [(0, 0, 0)],
        "granted": [(12, 1, 13)],
        "refused": [(0, 0, 0)],
        "handled": [(12, 1, 14)],
        "carried_out": [(0, 0, 0)],
    }
    solution = consistent_candidates(TABLE, candidates_of(rows))
    assert [c.values for c in solution.candidates["new"]] == [(12, 1, 13)]
    assert "total" in solution.broken


amounts = st.one_of(st.none(), st.integers(0, 3))


@st.composite
def row_of_candidates(draw: st.DrawFn) -> list[Values]:
    given_rows = []
    for _ in range(draw(st.integers(1, 3))):
        person, other = draw(amounts), draw(amounts)
        stated = draw(st.booleans())
        total = (person or 0) + (other or 0) if stated else None
        given_rows.append((person, other, total))
    return list(dict.fromkeys(given_rows))


@settings(max_examples=300, deadline=None)
@given(st.fixed_dictionaries({row: row_of_candidates() for row in ROWS}))
def test_the_search_keeps_just_what_enumeration_keeps(rows: dict[str, list[Values]]) -> None:
    expected = enumerated(rows)
    if all(expected.values()):
        assert solved(rows) == expected


def test_a_part_and_the_total_are_given_up_together_and_the_rest_still_decides() -> None:
    """The second part and the total are printed wrong: the first part tells which split is right."""
    rows: dict[str, list[Values]] = {
        "new": [(12, 1, 13), (1, 12, 13)],
        "carried_in": [(0, 0, 0)],
        "granted": [(12, 1, 13)],
        "refused": [(0, 0, 0)],
        "handled": [(12, 3, 15)],
        "carried_out": [(0, 0, 0)],
    }
    solution = consistent_candidates(TABLE, candidates_of(rows))
    assert [c.values for c in solution.candidates["new"]] == [(12, 1, 13)]
    assert solution.broken == ("other", "total")


def test_where_both_parts_are_wrong_nothing_decides_and_all_columns_are_named() -> None:
    rows: dict[str, list[Values]] = {
        "new": [(12, 1, 13), (1, 12, 13)],
        "carried_in": [(0, 0, 0)],
        "granted": [(12, 1, 13)],
        "refused": [(0, 0, 0)],
        "handled": [(9, 4, 13)],
        "carried_out": [(0, 0, 0)],
    }
    solution = consistent_candidates(TABLE, candidates_of(rows))
    assert [c.values for c in solution.candidates["new"]] == [(12, 1, 13), (1, 12, 13)]
    assert solution.broken == COLUMNS


def test_a_search_gives_up_when_its_budget_is_spent_and_not_before() -> None:
    budget = SearchBudget(10)
    for work in (4, 6):
        budget.spend(work)
    with pytest.raises(TooManyReadings):
        budget.spend(1)
