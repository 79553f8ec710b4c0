"""Rules over years and over a parent and its children."""

from msgspec.structs import replace
from papers import DISPUTES, PROACTIVE, disputes, paper, proactive, read
from papers import requests as request_table
from rule_reports import GOOD, OLD, found, of_year, with_numbers, with_section

from extractor.rules import examine_family, examine_pair, examine_peers, examine_years, failing

BEFORE = of_year(GOOD, 2022, requests__carried_out__natural_person=6, requests__carried_out__business=0,
                 requests__carried_out__research=1, requests__carried_out__legal_service=0,
                 requests__carried_out__total=7, proactive__regulations__in_force=16,
                 proactive__normative_documents__in_force=117)  # fmt: skip
OLD_BEFORE = of_year(
    OLD, 2022, proactive__licensing__items_last_year=60, proactive__licensing__change=1,
    proactive__other_services__items_last_year=15, proactive__other_services__change=3,
    proactive__penalties__items_last_year=308, proactive__penalties__change=2,
    proactive__coercion__items_last_year=45, proactive__coercion__change=0,
    proactive__fees__items_last_year=8, proactive__fees__change=-1,
)  # fmt: skip


def test_what_is_carried_over_is_what_the_year_before_carried_out() -> None:
    kept = found("years/carry", examine_pair(BEFORE, GOOD))
    assert {finding.outcome for finding in kept} == {"holds"}
    assert len(kept) == 7
    before = with_numbers(BEFORE, requests__carried_out__total=9)
    broken = found("years/carry", failing(examine_pair(before, GOOD)))
    assert [(f.at, f.left, f.right, f.difference) for f in broken] == [("total", 7, 9, -2)]
    assert {cell.report for cell in broken[0].cells} == {"2022.html", GOOD.source.name}


def test_the_stock_is_last_years_with_what_came_and_went() -> None:
    assert {f.outcome for f in found("years/in-force", examine_pair(BEFORE, GOOD))} == {"holds"}
    before = with_numbers(BEFORE, proactive__regulations__in_force=15)
    noted = with_section(GOOD, "proactive", "说明：经清理，现行有效件数有所调整。")
    broken = found("years/in-force", failing(examine_pair(before, noted)))
    assert [(f.at, f.severity) for f in broken] == [("regulations", "notice")]
    assert "经清理" in broken[0].quote
    assert "经清理" in broken[0].message


def test_the_items_of_last_year_are_those_of_its_report() -> None:
    after = of_year(OLD, 2023)
    assert {f.outcome for f in found("years/items", examine_pair(OLD_BEFORE, after))} == {"holds"}
    before = with_numbers(OLD_BEFORE, proactive__fees__change=0)
    assert [f.at for f in found("years/items", failing(examine_pair(before, after)))] == ["fees"]


def test_a_table_that_repeats_the_year_before_is_found() -> None:
    copied = found("years/not-copied", failing(examine_pair(of_year(GOOD, 2022), GOOD)))
    assert {finding.at for finding in copied} == {"proactive", "requests", "disputes"}
    changed = with_numbers(BEFORE, disputes__review__upheld=3, disputes__review__total=8)
    assert failing(found("years/not-copied", examine_pair(changed, GOOD))) == []


def test_a_table_of_zeros_is_not_called_copied() -> None:
    nothing = dict.fromkeys(DISPUTES, (0,) * 5)
    empty = read(paper(proactive(), request_table(), disputes(nothing)))
    compared = found("years/not-copied", examine_pair(of_year(empty, 2022), empty))
    assert [finding.outcome for finding in compared if finding.at == "disputes"] == ["not_checked"]


LONG = "".join(f"本局第{each}科认真做好本科室的各项公开工作，按{each}个步骤办理。" for each in range(15))


def test_a_text_of_the_year_before_with_new_numbers_is_found() -> None:
    before = with_section(BEFORE, "overview", LONG)
    copied = with_section(GOOD, "overview", LONG.replace("1", "7"))
    assert found("years/text-not-reused", failing(examine_pair(before, copied)))
    fresh = with_section(GOOD, "overview", LONG.replace("认真", "扎实"))
    assert [f.outcome for f in found("years/text-not-reused", examine_pair(before, fresh))] == ["holds"]
    assert [f.outcome for f in found("years/text-not-reused", examine_pair(BEFORE, GOOD))] == ["not_checked"]


def test_a_missing_year_is_named() -> None:
    gap = found("years/complete", failing(examine_years([of_year(GOOD, 2021), GOOD])))
    assert [finding.at for finding in gap] == ["2022"]
    whole_series = found("years/complete", examine_years([GOOD, BEFORE]))
    assert [finding.outcome for finding in whole_series] == ["holds"]


def test_two_reports_of_one_year_with_other_numbers_are_found() -> None:
    other = with_numbers(of_year(GOOD, 2023), requests__new__total=61)
    assert found("years/once", failing(examine_years([GOOD, other])))
    assert {f.outcome for f in found("years/once", examine_years([GOOD, of_year(GOOD, 2023)]))} == {"holds"}


def test_a_leap_is_found_against_the_agencys_own_past() -> None:
    past = [of_year(GOOD, year, requests__new__total=60) for year in (2020, 2021, 2022)]
    leap = of_year(GOOD, 2023, requests__new__total=600)
    assert found("years/no-leap", failing(examine_years([*past, leap])))
    assert {f.outcome for f in found("years/no-leap", examine_years([*past, GOOD]))} == {"holds"}


def test_reports_of_different_agencies_are_not_held_against_each_other() -> None:
    other = replace(of_year(GOOD, 2022), issuer=replace(GOOD.issuer, name="云岭县水务局"))
    assert examine_years([other, GOOD]) == []


def test_a_parent_is_the_sum_of_its_children() -> None:
    nothing = (
        proactive(dict.fromkeys(PROACTIVE, (0, 0, 0))),
        request_table({}),
        disputes(dict.fromkeys(DISPUTES, (0,) * 5)),
    )
    zero = read(paper(*nothing))
    zero = replace(zero, year=2023)
    kept = examine_family(GOOD, [GOOD, zero])
    assert failing(kept) == []
    assert len(kept) == len(GOOD.cells)
    broken = failing(examine_family(with_numbers(GOOD, requests__new__total=61), [GOOD, zero]))
    assert [(f.rule, f.at, f.left, f.right) for f in broken] == [("family/sum", "requests.new.total", 61, 60)]


def test_a_number_far_beyond_those_of_its_peers_is_found() -> None:
    issuer = replace(GOOD.issuer, level="county", kind="department")
    peers = [replace(GOOD, issuer=replace(issuer, name=f"云岭县第{each}局")) for each in range(9)]
    far = replace(with_numbers(GOOD, requests__new__total=601), issuer=issuer)
    broken = found("peers/no-outlier", failing(examine_peers([*peers, far])))
    assert [(finding.at, finding.left) for finding in broken] == [("requests.new.total", 601)]
    assert {finding.outcome for finding in examine_peers(peers)} == {"holds"}
    assert examine_peers([*peers[:3], far]) == []


def test_children_of_another_year_are_no_children() -> None:
    assert [f.outcome for f in examine_family(GOOD, [of_year(GOOD, 2022)])] == ["not_checked"]
