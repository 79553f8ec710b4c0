"""Two reports beside each other."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from rule_reports import GOOD, OLD, of_year, with_numbers, with_section, with_state

from extractor.document import Source
from extractor.errors import ExitCode
from extractor.report import Report
from extractor.rules.compare import compare, may_be_one
from extractor.rules.years import series_of

BEFORE = of_year(GOOD, 2022)


def in_overview(report: Report, text: str) -> Report:
    return with_section(report, "overview", text)


def test_equal_reports_differ_in_nothing() -> None:
    told = compare(GOOD, GOOD)
    assert (told.cells, told.only_before, told.only_after, told.findings) == ((), (), (), ())
    assert told.compared == len(GOOD.cells)
    assert told.reused == pytest.approx(1.0)


def test_a_cell_with_another_number_is_told_with_both() -> None:
    (change,) = compare(GOOD, with_numbers(GOOD, requests__new__total=63)).cells
    assert (change.id, change.before, change.after, change.difference) == ("requests.new.total", 60, 63, 3)
    assert change.label.endswith("总计")


def test_a_number_that_went_blank_has_no_difference() -> None:
    (change,) = compare(GOOD, with_state(GOOD, "requests.new.total", "blank")).cells
    assert (change.after, change.difference, change.states) == (None, None, ("read", "blank"))


def test_rows_of_another_edition_are_named() -> None:
    told = compare(OLD, GOOD)
    assert "proactive.procurement" in told.only_before
    assert "requests.other_misc" in told.only_after


def test_reused_sentences_are_told_from_those_with_other_numbers() -> None:
    before = in_overview(BEFORE, "我局高度重视公开工作。全年公开信息一百条共20件。原有的一句话。")
    after = in_overview(GOOD, "我局高度重视公开工作。全年公开信息一百条共35件。新添的一句话。")
    (section,) = [each for each in compare(before, after).sections if each.code == "overview"]
    assert section.added == ("全年公开信息一百条共35件。", "新添的一句话。")
    assert section.removed == ("全年公开信息一百条共20件。", "原有的一句话。")
    assert section.reused == pytest.approx(11 / 32, abs=0.001)
    assert section.renumbered == pytest.approx(14 / 32, abs=0.001)


def test_a_section_that_is_gone_is_told_with_its_sentences() -> None:
    after = replace(GOOD, sections=tuple(s for s in GOOD.sections if s.code != "problems"))
    (gone,) = [each for each in compare(GOOD, after).sections if each.code == "problems"]
    assert gone.characters == 0
    assert gone.removed


@pytest.mark.parametrize("turned", [False, True])
def test_rules_over_years_are_applied_whichever_comes_first(turned: bool) -> None:
    pair = (GOOD, BEFORE) if turned else (BEFORE, GOOD)
    findings = compare(*pair).findings
    assert {finding.year for finding in findings} == {2023}
    assert any(finding.rule == "years/carry" and finding.outcome == "fails" for finding in findings)


def test_reports_of_two_agencies_are_compared_without_the_rules_over_years() -> None:
    other = replace(BEFORE, issuer=replace(BEFORE.issuer, name="石桥镇人民政府"))
    assert compare(other, GOOD).findings == ()
    area = replace(BEFORE, issuer=replace(BEFORE.issuer, scope="area"))
    own = replace(GOOD, issuer=replace(GOOD.issuer, scope="own"))
    assert compare(area, own).findings == ()
    unknown = replace(BEFORE, issuer=replace(BEFORE.issuer, name=None, printed=None))
    assert compare(unknown, GOOD).findings


def test_sections_of_one_name_are_compared_in_their_order() -> None:
    twice = (*GOOD.sections, replace(GOOD.sections[0], text="后来添的这一句话。"))
    gone = compare(replace(GOOD, sections=twice), GOOD).sections[-1]
    assert gone.removed == ("后来添的这一句话。",)


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = {"2022.html": BEFORE, "2023.html": with_numbers(GOOD, requests__new__total=63)}

    def parse(source: Path | bytes | Source, **_: object) -> Report:
        return reports[Path(str(source)).name]

    monkeypatch.setattr("extractor.cli.gather.parse", parse)


@pytest.mark.usefixtures("named")
def test_the_command_shows_cells_sentences_and_rules(run: Callable[..., Any]) -> None:
    outcome = run("compare", "2022.html", "2023.html")
    text = outcome.out.decode()
    assert outcome.code == ExitCode.INCONSISTENT
    assert "requests.new.total" in text
    assert "+3" in text
    assert "100% 与甲一字不差" in text
    assert "years/carry" in text


@pytest.mark.usefixtures("named")
def test_the_command_gives_json_too(run: Callable[..., Any]) -> None:
    outcome = run("compare", "2022.html", "2023.html", "--json")
    assert b'"difference": 3' in outcome.out


def test_years_of_one_agency_join_through_its_spellings() -> None:
    def named(report: Report, name: str) -> Report:
        return replace(report, issuer=replace(report.issuer, name=name, region_code=None))

    one = named(of_year(GOOD, 2020), "四川省大竹县发展和改革局")
    other = named(of_year(GOOD, 2021), "大竹县发改局")
    stranger = named(of_year(GOOD, 2022), "渠县发改局")
    assert may_be_one(one, other)
    assert not may_be_one(one, stranger)
    assert [[report.year for report in series] for series in series_of([other, stranger, one])] == [
        [2020, 2021],
        [2022],
    ]
