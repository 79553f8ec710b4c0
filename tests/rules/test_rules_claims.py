"""What the prose claims of numbers: growth, shares, sums, all upheld, whose they are, what period."""

import pytest
from msgspec.structs import replace
from rule_reports import GOOD, failing_rules, found, of_year, saying, with_numbers

from extractor.report import Report
from extractor.rules import examine, examine_pair, failing

COUNTY = "云岭县人民政府2023年政府信息公开工作年度报告"
SUMMED_UP = "本报告由县政府办公室综合全县各部门、各乡镇的报告编制。"
BEFORE = of_year(GOOD, 2022, requests__new__total=40, requests__carried_in__total=0)

BROKEN: dict[str, list[str]] = {
    "prose/growth": [
        "（一）依申请公开。全年处理来信4120件，同比2021年的4120件上升27%，答复率为100%。",
        "（一）依申请公开。收到政府信息公开申请60件，比上年的48件增加11件。",
        "（一）依申请公开。去年收到政府信息公开申请48件，今年收到60件，比上年增加11件。",
        "（一）依申请公开。上年收到申请48件，今年收到60件，增长30%。",
        "（一）依申请公开。收到申请60件，较2022年的48件下降25%。",
        "（一）依申请公开。收到申请60件，比上年的48件增加12件，增长26.1%。",
        "（一）依申请公开。上年收到申请48件，本年收到60件，与上年持平。",
    ],
    "prose/shares": [
        "（一）依申请公开。不予公开8件，占15.2%。",
        "（一）依申请公开。予以公开及部分公开25件，占45.9%；不予公开8件，占13.56%。",
        "（一）依申请公开。收到政府信息公开申请60件，其中自然人申请41件，占申请总数的62.5%。",
    ],
    "prose/joined": [
        "（一）依申请公开。予以公开及部分公开18件。",
        "（一）依申请公开。同意公开和部分公开共24件。",
    ],
    "contradiction/all-upheld": [
        "（五）监督保障。因政府信息公开引发行政复议7件，均获维持。",
        "（五）监督保障。政府信息公开行政复议7件、行政诉讼19件，全部维持。",
        "（五）监督保障。政府信息公开行政诉讼19件，已审结的均驳回。",
    ],
    "prose/parts-close": [
        "（一）主动公开。全年主动公开政府信息283条，其中概况类2条，动态类200条，公告类80条。"
    ],
    "year/period": [
        "本报告所列数据的统计期限自2023年1月2日起至2023年12月31日止。",
        "本报告的数据统计期限为2023年1月1日至2023年12月29日。",
        "本报告的数据统计期限为2022年1月1日至2023年12月31日。",
    ],
    "year/named": ["现公布云岭县档案局2022年度政府信息公开工作报告。"],
    "year/form-cited": ["根据国办公开办函〔2019〕60号要求，编制本报告。"],
    "prose/documents": ["（一）主动公开。全年公开行政规范性文件2件。"],
    "prose/parts": [
        "（一）主动公开。主动公开政府信息500条，按公开渠道分为：专栏20条；网站440条；微博50条。",
    ],
    "year/period-written": [
        "统计期限为202311日至2023年12月31日。",
        "数据统计时间从20231月1日至202312月31日。",
    ],
}
KEPT: dict[str, list[str]] = {
    "prose/growth": [
        "（一）依申请公开。收到政府信息公开申请60件，比上年的48件增加12件，增长25%。",
        "（一）依申请公开。收到申请9条，较上年的7条增长28.6%。",  # 28.57 rounded
        "（一）依申请公开。收到申请9条，较上年的7条增长28.5%。",  # and cut off
        "（一）依申请公开。去年收到申请80件，今年收到60件，同比下降25%。",
        "（一）依申请公开。收到申请60件，办结59件，比上年的48件增加12件。",  # one of the two fits
        "（一）依申请公开。收到申请60件，与上年的60件持平。",
    ],
    "prose/shares": [
        "（一）依申请公开。不予公开8件，占13.56%。",  # of those concluded
        "（一）依申请公开。不予公开8件，占比13.3%。",  # of those received
        "（一）依申请公开。不予公开8件，占11.9%。",  # of those, and those carried in
        "（一）依申请公开。收到政府信息公开申请60件，其中自然人申请41件，占申请总数的68.3%。",
        "（一）依申请公开。予以公开及部分公开25件，占42.4%。",
    ],
    "prose/joined": [
        "（一）依申请公开。予以公开及部分公开25件。",
        "（一）依申请公开。不予公开、无法提供27件。",
    ],
    "prose/parts-close": [
        "（一）主动公开。全年主动公开政府信息283条，其中动态类200条，公告类80条。",
        "（一）主动公开。全年主动公开政府信息282条，其中概况类2条，动态类200条，公告类80条。",
    ],
    "year/period": ["本报告的数据统计期限为2023年1月1日至12月31日。2023年5月1日至5月31日开展宣传。"],
    "year/named": ["现将云岭县档案局2023年政府信息公开工作年度报告公布如下。"],
    "year/form-cited": ["根据国办公开办函〔2021〕30号要求，编制本报告。"],
    "prose/documents": ["（一）主动公开。全年公开行政规范性文件23件。"],
    "prose/parts": [
        "（一）主动公开。主动公开政府信息510条，按公开渠道分为：专栏20条；网站440条；微博50条。",
    ],
    "year/period-written": ["本报告的数据统计期限为2023年1月1日至12月31日。"],
}
# Nothing can be said of these, so nothing is.
OPEN = [
    "（一）依申请公开。收到政府信息公开申请60件，比上年增加3件。",
    "（一）依申请公开。收到政府信息公开申请60件，同比增长50%。",
    "（一）依申请公开。收到政府信息公开申请60件，比上年的48件增长约30%。",
    "（一）依申请公开。收到政府信息公开申请60件，上年0件，增长100%。",
    "（一）依申请公开。收到申请60件，网站访问量比上年的48件增加3件。",
    "（一）依申请公开。收到申请60件，办结59件，比上年的48件增加3件。",
    "（一）依申请公开。收到申请60件，与上年的48件基本持平。",
    "（一）依申请公开。收到申请60件，由上年的48件增加到60件，占比提高3个百分点。",
    "（一）依申请公开。上年结转申请7件，收到申请60件，增加9件。",
    "（一）主动公开。公开信息20条，与上年相比，发布动态12条，增加3条。",
    "（一）依申请公开。不予公开8件，占已解决难题的15.2%。",
    "（一）依申请公开。不予公开8件，约占15.2%，按期答复率98.2%。",
    "（一）依申请公开。予以公开17件，部分公开8件，占42.4%。",  # both together
    "（一）依申请公开。不予公开8件，从内容看涉及征地的占45.9%。",
    "（一）依申请公开。收到政府信息公开申请60件，较上年减少6件，其中自然人50件、法人4件。",
    "（五）监督保障。直接起诉4件，复议后起诉2件；按审理结果分，维持3件，纠正1件，未审结2件。",
    "（五）监督保障。受理房产登记行政复议56件，均维持。",
    "根据国办公开办函〔2019〕60号、国办公开办函〔2021〕30号要求，编制本报告。",
    "（一）主动公开。公开行政规范性文件20余件。",
    "（一）主动公开。公开政策、规范性文件类信息68条，部门规范性文件45件。",
    "（一）主动公开。统计部门于2023年5月1日至5月31日开展宣传。",
]


@pytest.mark.parametrize(("rule", "sentence"), [(rule, each) for rule in BROKEN for each in BROKEN[rule]])
def test_a_claim_that_the_numbers_do_not_bear_out_is_found(rule: str, sentence: str) -> None:
    broken = found(rule, failing(examine(saying(sentence))))
    assert broken
    assert all(finding.fault and finding.suggestion for finding in broken)


@pytest.mark.parametrize(("rule", "sentence"), [(rule, each) for rule in KEPT for each in KEPT[rule]])
def test_a_claim_that_the_numbers_bear_out_is_said_to_hold(rule: str, sentence: str) -> None:
    assert {finding.outcome for finding in found(rule, examine(saying(sentence)))} == {"holds"}


@pytest.mark.parametrize(
    ("sentence", "accused"),
    [
        ("（五）监督保障。政府信息公开行政复议7件，行政诉讼19件（均维持）。", ["litigation"]),
        ("（五）监督保障。政府信息公开行政复议7件（均维持），行政诉讼19件（撤诉）。", ["review"]),
        ("（五）监督保障。政府信息公开行政复议7件，诉讼19件，均获维持。", ["review", "litigation"]),
    ],
)
def test_all_upheld_is_held_against_the_cases_it_is_said_of(sentence: str, accused: list[str]) -> None:
    broken = found("contradiction/all-upheld", failing(examine(saying(sentence))))
    assert [finding.at.partition("_")[0] for finding in broken] == accused


CLAIMS = tuple(BROKEN)


@pytest.mark.parametrize("sentence", OPEN)
def test_what_cannot_be_known_is_no_finding(sentence: str) -> None:
    assert [f for f in failing(examine(saying(sentence))) if f.rule in CLAIMS] == []


def test_a_report_of_last_year_that_is_spoken_of_is_not_what_the_report_calls_itself() -> None:
    told = saying("（五）监督保障。对上年编制的2022年政府信息公开工作年度报告逐项核对。")
    assert found("year/named", failing(examine(told))) == []


def test_the_change_that_should_be_told_is_beside_the_one_told() -> None:
    told = saying("（一）依申请公开。收到申请9件，比上年的7件增长30%。")
    (finding,) = found("prose/growth", failing(examine(told)))
    assert (finding.left, str(finding.right)) == (30, "28.57")
    assert "由 7 到 9" in finding.message


def test_upheld_cases_beside_no_others_hold() -> None:
    for sentence, pending, outcome in (
        ("政府信息公开行政复议4件，均维持。", 0, "holds"),
        ("政府信息公开行政复议4件，均维持。", 1, "fails"),
        ("政府信息公开行政复议4件，审结的均维持。", 1, "holds"),
    ):
        numbers = {"upheld": 4 - pending, "corrected": 0, "other": 0, "pending": pending, "total": 4}
        told = {f"disputes__review__{name}": number for name, number in numbers.items()}
        report = with_numbers(saying(f"（五）监督保障。{sentence}"), **told)
        assert [f.outcome for f in found("contradiction/all-upheld", examine(report))] == [outcome]


def over_two_years(sentence: str, before: Report = BEFORE) -> list[tuple[str, object, object]]:
    findings = found("years/growth", examine_pair(before, saying(sentence)))
    return [(finding.outcome, finding.left, finding.right) for finding in findings]


@pytest.mark.parametrize(
    ("sentence", "outcome", "should"),
    [
        ("收到政府信息公开申请60件，比上年增加20件。", "holds", 20),
        ("收到政府信息公开申请60件，比上年增加3件。", "fails", 20),
        ("收到政府信息公开申请60件，同比增长50%。", "holds", 50),
        ("收到政府信息公开申请60件，同比2022年增长5%。", "fails", 50),
        ("收到政府信息公开申请60件，较上年的57件增加3件。", "fails", 20),  # the base is not the table's
        ("本年政府信息公开申请数量较去年上升12.3%。", "fails", 50),
        ("本年政府信息公开申请数量较去年上升50.0%。", "holds", 50),
    ],
)
def test_growth_is_held_against_last_years_table(sentence: str, outcome: str, should: int) -> None:
    assert [(o, right) for o, _, right in over_two_years(f"（一）依申请公开。{sentence}")] == [
        (outcome, should)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "收到政府信息公开申请60件，比2019年增加3件。",
        "收到政府信息公开申请60件，同比增长近60%。",
        "收到政府信息公开申请60件，办结59件，比上年增加3件。",
        "网上申请数量较去年上升12.3%。",
        "收到政府信息公开申请60件，网站访问量同比增长12.3%。",
        "主动公开政府信息2816条，同比增长35%。",
    ],
)
def test_growth_of_what_last_years_table_does_not_have_is_no_finding(sentence: str) -> None:
    assert over_two_years(f"（一）依申请公开。{sentence}") == []


def test_growth_may_count_what_was_carried_in_last_year() -> None:
    before = with_numbers(BEFORE, requests__carried_in__total=5)
    assert (
        over_two_years("（一）依申请公开。收到政府信息公开申请60件，比上年增加15件。", before)[0][0]
        == "holds"
    )


def test_growth_from_nothing_is_not_reckoned_in_per_cent() -> None:
    before = with_numbers(BEFORE, requests__new__total=0)
    assert over_two_years("（一）依申请公开。收到政府信息公开申请60件，同比增长100%。", before) == []


def test_a_number_of_the_office_beside_a_table_of_the_area_is_a_soft_finding() -> None:
    told = saying("（一）依申请公开。县政府办公室受理政府信息公开申请17件，均已答复。", title=COUNTY)
    broken = failing(examine(told))
    assert [(f.rule, f.severity, f.left, f.right) for f in broken] == [("prose/scope", "notice", 17, 60)]
    assert "口径" in broken[0].message


def test_a_number_of_the_office_that_is_the_tables_holds() -> None:
    told = saying("（一）依申请公开。县政府办公室受理政府信息公开申请60件。", title=COUNTY)
    assert [f.outcome for f in found("prose/scope", examine(told))] == ["holds"]


def test_a_number_of_nobody_else_is_a_plain_conflict() -> None:
    for sentence in ("收到政府信息公开申请17件。", "按照省政府办公厅要求，收到政府信息公开申请17件。"):
        told = saying(f"（一）依申请公开。{sentence}", title=COUNTY)
        assert [f.rule for f in failing(examine(told))] == ["prose/requests_received"]


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("全县受理政府信息公开申请61件。", "prose/scope"),
        ("全县受理政府信息公开申请59件。", "prose/requests_received"),  # a whole area has no less
        ("县政府办受理政府信息公开申请61件。", "prose/requests_received"),  # and an office no more
    ],
)
def test_an_office_has_no_more_than_its_area(sentence: str, rule: str) -> None:
    assert failing_rules(examine(saying(f"（一）依申请公开。{sentence}", title=COUNTY))) == {rule}


def test_words_that_can_be_read_in_many_ways_are_read_all_the_same() -> None:
    hostile = (
        "收到12件" + "数量" * 90 + "x比上年的9件增加1件。",
        "8件占" + "约为" * 90 + "。",
        "7件均" + "获得" * 90,
    )
    assert examine(saying(*(f"（一）依申请公开。{each}" for each in hostile)))


def test_a_departments_own_number_is_a_plain_conflict() -> None:
    told = saying("（一）依申请公开。本机关受理政府信息公开申请17件。")
    assert [f.rule for f in failing(examine(told))] == ["prose/requests_received"]


def test_own_numbers_in_a_report_of_the_area_are_no_conflict() -> None:
    sentence = "全县收到政府信息公开申请60件，其中县本级收到17件，办结15件。"
    told = saying(SUMMED_UP, f"（一）依申请公开。{sentence}", title=COUNTY)
    assert told.issuer.scope == "area"
    assert failing(examine(told)) == []
    outcomes = {check.left: check.outcome for check in told.checks if check.id == "prose/requests_received"}
    assert outcomes == {60: "holds", 17: "not_checked"}
    wrong = saying(SUMMED_UP, "（一）依申请公开。全县收到政府信息公开申请61件。", title=COUNTY)
    assert [f.rule for f in failing(examine(wrong))] == ["prose/requests_received"]


def test_a_report_that_says_all_of_this_rightly_breaks_no_rule() -> None:
    for sentence in (each for rule in KEPT for each in KEPT[rule]):
        assert [f.rule for f in failing(examine(saying(sentence))) if f.rule in CLAIMS] == []


def test_a_report_whose_year_is_not_known_is_examined_all_the_same() -> None:
    told = saying("（一）依申请公开。收到申请60件，比上年的48件增加11件。")
    assert found("prose/growth", examine(replace(told, year=None))) == []
