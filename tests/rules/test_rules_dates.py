"""Whether a report met the day that the regulations set, and who can be blamed if it did not."""

import pytest
from msgspec.structs import replace
from rule_reports import GOOD, found

from extractor.report import Publication, Report
from extractor.rules import Finding, examine


def on_time(report: Report) -> Finding:
    (finding,) = found("published/on-time", examine(report))
    return finding


def published(day: str, kind: str = "department", year: int = 2023, **more: object) -> Report:
    issuer = replace(GOOD.issuer, kind=kind, scope=more.pop("scope", None))
    return replace(GOOD, issuer=issuer, year=year, published=Publication(day, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "kind", "year", "outcome"),
    [
        ("2024-01-31", "department", 2023, "holds"),
        ("2024-02-01", "department", 2023, "fails"),
        ("2024-03-31", "government", 2023, "holds"),
        ("2024-04-01", "government", 2023, "fails"),
        ("2024-01-31", "township", 2023, "holds"),
        ("2024-02-01", "township", 2023, "not_checked"),
        ("2024-04-01", "township", 2023, "fails"),
        ("2024-02-01", None, 2023, "not_checked"),
        ("2019-03-31", "department", 2018, "holds"),
        ("2019-04-01", "department", 2018, "fails"),
        ("2020-02-01", "department", 2019, "fails"),
        ("2023-12-01", "department", 2023, "holds"),
        ("2023-11-30", "department", 2023, "not_checked"),
        ("2026-05-01", "department", 2023, "not_checked"),
    ],
)
def test_each_kind_of_body_has_its_day(day: str, kind: str, year: int, outcome: str) -> None:
    assert on_time(published(day, kind, year)).outcome == outcome


def test_an_office_that_reports_for_its_area_has_the_day_of_the_government() -> None:
    assert on_time(published("2024-02-20", scope="area")).outcome == "not_checked"


def test_only_where_page_and_signature_are_late_is_the_publisher_at_fault() -> None:
    assert on_time(published("2024-02-20", signed="2024-02-08")).fault == "source"
    assert on_time(published("2024-02-20", signed="2024-01-08")).fault == "undecided"
    assert on_time(published("2024-02-20")).fault == "undecided"
    assert on_time(published("2024-02-20", told_by="signature", signed="2024-02-20")).fault == "undecided"


def test_a_page_of_years_later_is_late_only_if_the_signature_is() -> None:
    assert on_time(published("2027-02-20", signed="2024-02-08")).outcome == "fails"
    assert on_time(published("2027-02-20", signed="2024-01-08")).outcome == "not_checked"


def test_without_a_day_or_a_year_nothing_is_said() -> None:
    assert on_time(replace(GOOD, published=None)).outcome == "not_checked"
    assert on_time(replace(published("2024-02-20"), year=None)).outcome == "not_checked"
