"""What decides the verdict, each reason by itself: settled tables and checks in, verdict and reasons out."""

from collections.abc import Callable

import pytest

from extractor.document import NOWHERE, Notice
from extractor.forms import load_form
from extractor.located import FoundTable, FoundTables, GluedCells, GluedPiece
from extractor.report import CellValue, Check, Report, State, Verdict
from extractor.settle import Settled
from extractor.verdict import better_of, cells_in_broken_checks, confirms, decide, shows_number

ReportMaker = Callable[..., Report]

TABLES = load_form("2021").main_tables
NEW = tuple(f"requests.new.{column.id}" for column in TABLES[1].columns)


def settled_with(**changed: Settled) -> dict[str, Settled]:
    """Return all tables of the edition settled, each cell read as 1; some tables given otherwise."""
    return {
        table.id: changed.get(table.id) or Settled({i: CellValue("1", 1, "read") for i in table.cell_ids()})
        for table in TABLES
    }


def found_with(*glued: GluedCells) -> FoundTables:
    return FoundTables(
        {
            t.id: FoundTable("2021", t.id, glued=[g for g in glued if g.cells[0].startswith(t.id)])
            for t in TABLES
        }
    )


def with_cell(cell_id: str, cell: CellValue) -> dict[str, Settled]:
    settled = settled_with()
    settled[cell_id.split(".")[0]].cells[cell_id] = cell
    return settled


def broken(*cells: str) -> Check:
    return Check("requests/applicants", "new", "fails", 1, 2, cells, "1 ≠ 2")


def decided(settled: dict[str, Settled], *checks: Check, **told: object) -> tuple[Verdict, list[str]]:
    verdict, reasons = decide(found=found_with(), settled=settled, checks=checks, **told)  # type: ignore[arg-type]
    return verdict, [notice.code for notice in reasons]


def test_all_read_and_nothing_failing_is_verified() -> None:
    assert decided(settled_with()) == ("verified", [])


def test_another_kind_comes_before_all_else() -> None:
    assert decided({}, other_kind="新闻") == ("not_a_report", ["not-a-report"])


def test_an_absent_table_comes_before_missing_cells() -> None:
    found = found_with()
    del found.tables["disputes"]
    verdict, reasons = decide(found=found, settled=settled_with(), checks=[])
    assert (verdict, [notice.code for notice in reasons]) == ("partial", ["table-absent"])
    assert "disputes" in reasons[0].message


def test_missing_cells_are_counted_and_the_first_eight_named() -> None:
    missing = {i: CellValue("", None, "missing") for i in TABLES[1].cell_ids()}
    verdict, reasons = decide(found=found_with(), settled=settled_with(requests=Settled(missing)), checks=[])
    assert (verdict, [notice.code for notice in reasons]) == ("partial", ["cells-missing"])
    assert f"缺 {len(missing)} 格" in reasons[0].message
    assert [i for i in missing if i in reasons[0].message.split("：")[1].split("、")] == list(missing)[:8]


@pytest.mark.parametrize("state", ["undecided", "unreadable"])
def test_an_open_cell_is_doubtful_even_where_a_sum_fails(state: State) -> None:
    settled = with_cell(NEW[0], CellValue("1", None, state))
    assert decided(settled, broken(*NEW)) == ("doubtful", ["cells-open"])


def test_a_reading_in_question_is_doubtful() -> None:
    settled = settled_with()
    settled["disputes"].doubtful = True
    assert decided(settled) == ("doubtful", ["reading-in-question"])


@pytest.mark.parametrize("state", ["decoded", "repaired"])
def test_a_number_worked_out_in_an_equation_that_fails_is_doubtful(state: State) -> None:
    settled = with_cell(NEW[0], CellValue("1", 1, state))
    assert decided(settled, broken(*NEW)) == ("doubtful", ["broken-or-misread"])
    assert decided(settled, broken(*NEW[1:])) == ("inconsistent", [])


def test_numbers_read_as_printed_that_do_not_add_up_are_the_publishers() -> None:
    assert decided(settled_with(), broken(*NEW)) == ("inconsistent", [])


def test_a_number_worked_out_in_an_equation_that_holds_is_no_doubt() -> None:
    held = Check("requests/applicants", "new", "holds", 1, 1, NEW, "相符")
    assert decided(with_cell(NEW[0], CellValue("1", 1, "decoded")), held) == ("verified", [])


def test_part_of_a_year_and_a_report_without_a_number_are_doubtful() -> None:
    blank = {t.id: Settled({i: CellValue("", None, "blank") for i in t.cell_ids()}) for t in TABLES}
    assert decided(blank, part_of_year=True) == ("doubtful", ["part-of-year", "no-number"])
    assert decided(settled_with(), part_of_year=True) == ("doubtful", ["part-of-year"])
    assert (shows_number(blank), shows_number(settled_with())) == (False, True)
    assert shows_number(with_cell(NEW[0], CellValue("1 2", None, "undecided")))


def test_glued_cells_with_another_reading_if_blanks_were_left_out_are_doubtful() -> None:
    """123 in three cells is 1, 2, 3, but 12 and 3 if a blank was left out."""
    cells = tuple(f"proactive.regulations.{c}" for c in ("issued", "repealed", "in_force"))
    run = GluedCells(cells, (GluedPiece("123"),), splittable=True)
    settled = settled_with()
    for cell, value in zip(cells, (1, 2, 3), strict=True):
        settled["proactive"].cells[cell] = CellValue(str(value), value, "decoded")
    found = found_with(run)
    found.tables["proactive"].located = {}
    assert decide(found=found, settled=settled, checks=[])[0] == "verified"
    settled["proactive"].assumed_no_blanks = [run]
    verdict, reasons = decide(found=found, settled=settled, checks=[])
    assert (verdict, [notice.code for notice in reasons]) == ("doubtful", ["blanks-possible"])
    failing = decide(found=found, settled=settled, checks=[broken(*NEW)])
    assert failing == ("inconsistent", [])


def cells(**values: int | None) -> dict[str, CellValue]:
    return {
        f"t.r.{name}": CellValue("", value, "undecided" if value is None else "read")
        for name, value in values.items()
    }


def test_of_two_readings_that_are_as_good_the_first_stands(make_report: ReportMaker) -> None:
    first = make_report(title="一", verdict="doubtful", cells=cells(a=1))
    second = make_report(title="二", verdict="doubtful", cells=cells(a=1))
    assert better_of(first, second) is first


@pytest.mark.parametrize(
    ("first", "second"),
    [("partial", "doubtful"), ("doubtful", "inconsistent"), ("inconsistent", "verified")],
)
def test_of_two_readings_the_one_with_the_better_verdict_stands(
    make_report: ReportMaker, first: Verdict, second: Verdict
) -> None:
    worse, better = make_report(verdict=first), make_report(verdict=second)
    assert better_of(worse, better) is better
    assert better_of(better, worse) is better


@pytest.mark.parametrize("state", ["missing", "undecided", "unreadable"])
def test_of_two_doubtful_readings_the_one_with_fewer_open_cells_stands(
    make_report: ReportMaker, state: State
) -> None:
    open_cells = {"t.r.a": CellValue("", None, state), "t.r.b": CellValue("", None, state)}
    first = make_report(verdict="doubtful", cells=open_cells)
    second = make_report(verdict="doubtful", cells={**open_cells, "t.r.b": CellValue("2", 2, "read")})
    assert better_of(first, second) is second
    assert better_of(second, first) is second


@pytest.mark.parametrize("code", ["unread-content", "text-in-doubt"])
def test_a_second_reader_that_may_have_seen_less_never_stands(make_report: ReportMaker, code: str) -> None:
    first = make_report(verdict="doubtful", notices=(Notice(code, "…", NOWHERE),))
    assert better_of(first, make_report()) is first


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [(("partial", "partial"), "partial"), (("inconsistent", "verified"), "doubtful")],
)
def test_readings_that_differ_are_doubtful_and_partial_stays_partial(
    make_report: ReportMaker, verdicts: tuple[Verdict, Verdict], expected: Verdict
) -> None:
    first = make_report(verdict=verdicts[0], cells=cells(a=1, b=2, c=None))
    second = make_report(verdict=verdicts[1], cells=cells(a=1, b=3, c=4))
    report = better_of(first, second)
    assert report.verdict == expected
    assert [notice.code for notice in report.notices] == ["readers-disagree"]
    assert "1 格" in report.notices[0].message
    assert report.notices[0].message.endswith("t.r.b")


def test_at_most_eight_cells_that_differ_are_named(make_report: ReportMaker) -> None:
    names = "abcdefghi"
    for count in (8, 9):
        first = make_report(cells=cells(**dict.fromkeys(names[:count], 1)))
        second = make_report(cells=cells(**dict.fromkeys(names[:count], 2)))
        message = better_of(first, second).notices[0].message
        assert f"{count} 格" in message
        assert (message.count("t.r."), message.endswith(" 等")) == (8, count > 8)


def test_an_error_is_confirmed_by_the_same_number_in_every_cell_of_its_check(
    make_report: ReportMaker,
) -> None:
    printed = {i: CellValue("1", 1, "read") for i in (*NEW, "requests.granted.total")}
    held = Check("requests/applicants", "granted", "holds", 1, 1, ("requests.granted.total",), "")
    report = make_report(cells=printed, checks=(broken(*NEW), held))
    assert cells_in_broken_checks(report) == set(NEW)
    again = {i: printed[i] for i in NEW}
    assert confirms(again, report)
    assert not confirms({**again, NEW[0]: CellValue("2", 2, "read")}, report)
    assert not confirms({**again, NEW[0]: CellValue("1?", None, "undecided")}, report)
    assert not confirms({i: again[i] for i in NEW[1:]}, report)


def test_each_reason_is_one_plain_sentence() -> None:
    blank = {t.id: Settled({i: CellValue("", None, "blank") for i in t.cell_ids()}) for t in TABLES}
    doubted = settled_with()
    doubted["disputes"].doubtful = True
    decoded = with_cell(NEW[0], CellValue("1", 1, "decoded"))
    found = found_with()
    told = [
        notice.message
        for settled, checks, part in (
            (blank, [], True),
            (doubted, [], False),
            (decoded, [broken(*NEW)], False),
        )
        for notice in decide(found=found, settled=settled, checks=checks, part_of_year=part)[1]
    ]
    assert told == [
        "统计期限不到一年",
        "标准表格里一个数字也没有",
        "有的数字不是由勾稽关系确定的",
        "不相符的勾稽关系里有解出的数字，分不清是发布机关的差错还是读法的差错",
    ]


def test_the_statistics_behind_a_report_do_not_tell_which_tables_it_must_have() -> None:
    """A table outside the sections tells the edition only where there is no other."""
    statistics = load_form("2014").main_tables[0]
    found = FoundTables({statistics.id: FoundTable("2014", statistics.id)})
    settled = {statistics.id: Settled({i: CellValue("1", 1, "read") for i in statistics.cell_ids()})}
    assert decide(found=found, settled=settled, checks=[])[0] == "verified"
    both = found_with()
    both.tables[statistics.id] = found.tables[statistics.id]
    del both.tables["disputes"]
    assert decide(found=both, settled=settled_with(), checks=[])[0] == "partial"
