"""The generated reports are what they claim to be: consistent, deterministic, standard."""

import pytest

from extractor.forms import load_form
from scripts.corpus.equations import check, failing
from scripts.corpus.faults import FAULTS, plant
from scripts.corpus.printed_forms import cell_ids
from scripts.corpus.printing import Style
from scripts.corpus.truth import EDITIONS, SIZES, draw, reprint

STYLES = (
    Style(),
    Style(zeros="blank"),
    Style(zeros="bare"),
    Style(zeros="mixed", nothing="/", sub_totals=False),
    Style(digits="thousands", remarks=True, money_unit="元"),
)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("size", SIZES)
def test_every_drawn_report_adds_up(edition: str, size: str) -> None:
    for seed, style in enumerate(STYLES):
        truth = draw(seed, edition, size, style)
        assert failing(truth.values, truth.form) == []


def test_the_same_seed_gives_the_same_report() -> None:
    assert draw(7, "2019", "large") == draw(7, "2019", "large")
    assert draw(7, "2019", "large") != draw(8, "2019", "large")


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_report_has_every_standard_cell_of_its_tables_and_no_other(edition: str) -> None:
    truth = draw(3, edition)
    editions = {table: truth.proactive if table == "proactive" else truth.form for table in truth.tables}
    wanted = [cell for table, form in editions.items() for cell in cell_ids(table, form or "")]
    assert sorted(truth.cells) == sorted(wanted)


@pytest.mark.parametrize("edition", ["2021", "2019", "2014"])
def test_the_printed_forms_have_the_codes_of_the_form_definitions(edition: str) -> None:
    form = load_form(edition)
    for table in form.tables:
        every = tuple(column.id for column in table.columns)
        wanted = [f"{table.id}.{row.id}.{c}" for row in table.rows for c in row.columns or every]
        assert sorted(cell_ids(table.id, edition)) == sorted(wanted)


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_error_breaks_an_equation(name: str) -> None:
    truth = draw(11, "2021", "medium")
    broken = plant(truth, name)
    assert failing(broken.values, broken.form)
    assert broken.cells != truth.cells


def test_an_error_that_breaks_nothing_is_not_planted() -> None:
    with pytest.raises(ValueError, match="consistent"):
        plant(draw(1, "2021", "none"), "swapped-neighbours")


def test_a_blank_total_beside_numbers_is_not_stated() -> None:
    truth = draw(5, "2021", "medium", Style(sub_totals=False))
    applicants = {o.at: o.holds for o in check(truth.values, truth.form) if o.id == "requests/applicants"}
    granted = sum(int(truth.figures[f"requests.granted.{p}"]) for p in ("natural_person", "business"))
    assert granted > 0
    assert applicants["granted"] is None
    assert applicants["new"] is True


def test_a_wrong_total_is_named_with_its_row_and_its_column() -> None:
    truth = draw(5, "2021", "medium")
    value = int(truth.figures["requests.new.total"])
    broken = reprint(truth, {"requests.new.total": value + 1})
    assert failing(broken.values, "2021") == [("requests/balance", "total"), ("requests/applicants", "new")]
