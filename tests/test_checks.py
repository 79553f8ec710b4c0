"""The equations, run over hand-typed facts."""

import re

import pytest
from msgspec import structs
from papers import DISPUTES, REQUESTS, STATISTICS

from extractor.checks import Facts, failing_among, lines_of, mended_value, run_checks
from extractor.forms import TableForm, load_form
from extractor.report import Check, Number

Facts_ = dict[str, Number | None]


def form_of(table: str, form: str = "2021") -> TableForm:
    found = load_form(form).table(table)
    assert found is not None
    return found


REQUESTS_FORM = form_of("requests")
COLUMNS = [column.id for column in REQUESTS_FORM.columns]


def request_facts(**rows: tuple[int | None, ...]) -> Facts_:
    given = {**{row.id: (0,) * 7 for row in REQUESTS_FORM.rows}, **REQUESTS, **rows}
    return {
        f"requests.{r}.{c}": v for r, values in given.items() for c, v in zip(COLUMNS, values, strict=True)
    }  # type: ignore[misc]  # the papers hold whole numbers


def outcome(table: TableForm, facts: Facts, check: str, at: str) -> Check:
    return next(c for c in run_checks(table, facts) if (c.id, c.at) == (check, at))


def test_a_table_that_adds_up_holds_everywhere() -> None:
    checks = run_checks(REQUESTS_FORM, request_facts())
    assert {check.outcome for check in checks} == {"holds"}
    assert len(checks) == 7 + 7 + len(REQUESTS_FORM.rows)


def test_one_wrong_number_fails_in_its_row_and_in_its_column() -> None:
    facts = request_facts() | {"requests.granted.business": 3}
    failing = {(c.id, c.at) for c in run_checks(REQUESTS_FORM, facts) if c.outcome == "fails"}
    assert failing == {("requests/outcomes", "business"), ("requests/applicants", "granted")}


def test_a_failing_check_names_both_sides() -> None:
    facts = request_facts() | {"requests.new.total": 61}
    check = outcome(REQUESTS_FORM, facts, "requests/balance", "total")
    assert (check.left, check.right, check.outcome) == (68, 67, "fails")
    assert "68 ≠ 67" in check.message


def test_blanks_count_as_nothing() -> None:
    facts = {cell: value or None for cell, value in request_facts().items()}
    assert {check.outcome for check in run_checks(REQUESTS_FORM, facts)} == {"holds"}


def test_a_blank_total_beside_numbers_is_not_stated() -> None:
    facts = request_facts(granted=(12, 2, 1, 0, 3, 0, None))
    assert outcome(REQUESTS_FORM, facts, "requests/applicants", "granted").outcome == "not_checked"
    # The column of totals takes the sum of the parts.
    assert outcome(REQUESTS_FORM, facts, "requests/outcomes", "total").outcome == "holds"


def test_a_blank_total_row_beside_numbers_is_not_stated() -> None:
    facts = request_facts(handled_total=(None,) * 7)
    assert outcome(REQUESTS_FORM, facts, "requests/outcomes", "natural_person").outcome == "not_checked"
    assert outcome(REQUESTS_FORM, facts, "requests/balance", "natural_person").outcome == "holds"
    assert outcome(REQUESTS_FORM, facts, "requests/balance", "total").outcome == "holds"


def test_a_blank_corner_takes_the_sum_of_its_row() -> None:
    facts = request_facts(handled_total=(41, 4, 4, 2, 7, 1, None))
    assert outcome(REQUESTS_FORM, facts, "requests/outcomes", "total").outcome == "not_checked"
    assert outcome(REQUESTS_FORM, facts, "requests/balance", "total").outcome == "holds"


def test_a_total_of_zero_is_stated() -> None:
    facts = request_facts(granted=(12, 2, 1, 0, 3, 0, 0))
    assert outcome(REQUESTS_FORM, facts, "requests/applicants", "granted").outcome == "fails"


def test_a_check_that_needs_an_unknown_cell_is_not_made() -> None:
    facts = request_facts()
    del facts["requests.granted.business"]
    checks = run_checks(REQUESTS_FORM, facts)
    assert {(c.id, c.at) for c in checks if c.outcome == "not_checked"} == {
        ("requests/outcomes", "business"),
        ("requests/applicants", "granted"),
    }


def test_the_three_parts_of_table_four_are_checked_apart() -> None:
    table = form_of("disputes")
    rows = dict(zip([row.id for row in table.rows], DISPUTES.values(), strict=True))
    facts: Facts_ = {
        f"disputes.{r}.{c.id}": v
        for r, values in rows.items()
        for c, v in zip(table.columns, values, strict=True)
    }  # type: ignore[misc]  # whole numbers
    facts["disputes.litigation_direct.total"] = 1
    assert [c.outcome for c in run_checks(table, facts)] == ["holds", "fails", "holds"]


SUMS = {
    "received": "received_fax", "concluded": "concluded_extended", "replied": "replied_granted",
    "refused": "refused_privacy", "review": "review_other", "litigation": "litigation_corrected",
    "staff": "staff_part_time",
}  # fmt: skip


@pytest.mark.parametrize(("check", "part"), SUMS.items())
def test_each_sum_of_the_statistics_fails_by_itself(check: str, part: str) -> None:
    table = form_of("statistics", "2014")
    facts: Facts_ = {
        f"statistics.{row.id}.value": int(str(STATISTICS.get(row.id, 0)).split(".")[0]) for row in table.rows
    }
    assert {c.outcome for c in run_checks(table, facts)} == {"holds"}
    facts[f"statistics.{part}.value"] = 900
    assert [c.id for c in run_checks(table, facts) if c.outcome == "fails"] == [f"statistics/{check}"]


def test_channels_need_not_add_up_to_what_was_published() -> None:
    table = form_of("statistics", "2014")
    assert len({e.id for e in table.equations}) == 7
    assert not any("via_website" in (*e.parts, e.total) for e in table.equations)


@pytest.mark.parametrize("row", ["new", "granted", "handled_total", "carried_out"])
@pytest.mark.parametrize("column", ["natural_person", "total"])
def test_the_one_wrong_number_is_suggested_with_its_right_value(row: str, column: str) -> None:
    right = request_facts()
    cell = f"requests.{row}.{column}"
    value = right[cell]
    assert value is not None
    failing = [c for c in run_checks(REQUESTS_FORM, {**right, cell: value + 5}) if c.outcome == "fails"]
    assert len(failing) >= 2
    for check in failing:
        assert check.suggestion is not None
        assert f"{cell} 由 {value + 5} 改为 {value}（" in check.suggestion


def test_no_change_of_one_cell_is_suggested_where_none_would_do() -> None:
    swapped = request_facts()
    a, b = "requests.new.natural_person", "requests.new.business"
    swapped[a], swapped[b] = 40, 2
    swapped["requests.new.total"] = 42
    failing = [c for c in run_checks(REQUESTS_FORM, swapped) if c.outcome == "fails"]
    assert failing
    assert {check.suggestion for check in failing} == {None}


def test_checks_that_hold_suggest_nothing() -> None:
    assert {check.suggestion for check in run_checks(REQUESTS_FORM, request_facts())} == {None}


def test_a_blank_grand_total_that_is_needed_is_the_sum_of_its_row_and_not_of_its_column() -> None:
    """The row of the grand total sums to 59, its column to 60: the balance needs 59."""
    facts = request_facts(handled_total=(41, 4, 4, 2, 7, 1, None), granted=(12, 2, 1, 0, 3, 0, 19))
    check = outcome(REQUESTS_FORM, facts, "requests/balance", "total")
    assert (check.left, check.right, check.outcome) == (67, 67, "holds")


def test_of_several_changes_the_one_that_mends_most_is_suggested() -> None:
    """Without a grand total the total of the row stands in one equation, the applicant in two."""
    facts = request_facts(granted=(15, 2, 1, 0, 3, 0, 18))
    del facts["requests.handled_total.total"]
    failing = [c for c in run_checks(REQUESTS_FORM, facts) if c.outcome == "fails"]
    assert {(c.id, c.at) for c in failing} == {
        ("requests/applicants", "granted"),
        ("requests/outcomes", "natural_person"),
    }
    for check in failing:
        assert check.suggestion is not None
        assert "requests.granted.natural_person 由 15 改为 12（" in check.suggestion
        assert "requests.granted.total" not in check.suggestion


def test_changes_that_mend_as_much_are_named_in_the_order_of_their_cells() -> None:
    table = form_of("disputes")
    facts: Facts_ = {f"disputes.{row.id}.{c.id}": 0 for row in table.rows for c in table.columns}
    facts["disputes.review.total"] = 2
    check = next(c for c in run_checks(table, facts) if c.outcome == "fails")
    parts = sorted(cell for cell in check.cells if not cell.endswith(".total"))
    assert check.suggestion is not None
    assert re.findall(r"disputes\.review\.\w+", check.suggestion) == parts[:3]


def test_lines_are_told_apart_and_the_number_that_one_needs_is_worked_out() -> None:
    facts = request_facts(granted=(15, 2, 1, 0, 3, None, 18))
    lines = {(line.equation.id, line.at): line for line in lines_of(REQUESTS_FORM)}
    assert len(lines) == 7 + 7 + len(REQUESTS_FORM.rows)
    failing_lines = failing_among(REQUESTS_FORM, lines.values(), facts)
    assert {(line.equation.id, line.at) for line in failing_lines} == {
        ("requests/applicants", "granted"),
        ("requests/outcomes", "natural_person"),
    }
    row = lines["requests/applicants", "granted"]
    needed = {
        cell: mended_value(REQUESTS_FORM, row, facts, f"requests.granted.{cell}")
        for cell in ("total", "natural_person", "other_organization")
    }
    assert needed == {"total": 21, "natural_person": 12, "other_organization": -3}
    for unknown in ("total", "natural_person"):
        rest = {i: value for i, value in facts.items() if i != f"requests.granted.{unknown}"}
        assert mended_value(REQUESTS_FORM, row, rest, "requests.granted.business") is None


def test_every_equation_stands_at_every_place_with_its_cells() -> None:
    """A copy of the form: what was worked out for a form before is not used for it."""
    form = structs.replace(REQUESTS_FORM)
    placed = {(line.equation.id, line.at): line for line in lines_of(form)}
    row = placed["requests/applicants", "new"]
    assert (row.left, row.right) == (
        ("requests.new.total",),
        tuple(f"requests.new.{column}" for column in COLUMNS[:-1]),
    )
    column = placed["requests/balance", "total"]
    assert (column.left, column.right) == (
        ("requests.new.total", "requests.carried_in.total"),
        ("requests.handled_total.total", "requests.carried_out.total"),
    )
    assert column.cells == (*column.left, *column.right)
    facts = request_facts(handled_total=(41, 4, 4, 2, 7, 1, None), granted=(12, 2, 1, 0, 3, 0, 19))
    assert outcome(form, facts, "requests/balance", "total").outcome == "holds"
