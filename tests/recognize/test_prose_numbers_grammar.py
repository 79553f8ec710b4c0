"""How a clause is put together: what is published and by whom, what a list shares, what is denied."""

import json

import pytest

from extractor.recognize.prose_numbers import find_figures
from extractor.report import Section
from scripts.evaluate_prose import FIXTURES


def told(text: str, code: str | None = "overview.proactive") -> list[tuple[str, object]]:
    return [(f.code, f.value) for f in find_figures((Section(code, "", text),), 2023)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公布项目审批结果142件。", [("disclosed_topic", 142)]),
        ("公开人大建议、政协提案复文41件。", [("disclosed_topic", 41)]),
        ("公开会议纪要10期、应急预案6件。", [("disclosed_topic", 10), ("disclosed_topic", 6)]),
        ("公开招标采购12次。", []),
        ("公开办事指南137项。", []),
        ("主动公开政府信息137条。", [("disclosed", 137)]),
        ("网站首页“要闻动态”栏目更新信息623条。", [("disclosed_topic", 623)]),
        ("编印政府公报6期，刊登文件48件。", [("gazette_issues", 6), ("disclosed_gazette", 48)]),
        ("社会救助领域，对外发布信息215条。", [("disclosed_topic", 215)]),
    ],
)
def test_what_is_published_is_read_by_its_name(text: str, expected: list[tuple[str, object]]) -> None:
    assert told(text) == expected


def test_what_applicants_ask_to_be_published_is_not_published() -> None:
    assert told("要求提供公开出版物2件。", "overview.requests") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("住建局公开213条，教体局公开187条。", [("disclosed_unit", 213), ("disclosed_unit", 187)]),
        (
            "全县公开信息300条，其中县政府办公室100条、乡镇200条。",
            [("disclosed", 300), ("disclosed_unit", 100), ("disclosed_unit", 200)],
        ),
        ("住建局公开213条。", [("disclosed", 213)]),
        (
            "县政府网站公开1420条，各部门子站公开3317条。",
            [("disclosed_website", 1420), ("disclosed_website", 3317)],
        ),
    ],
)
def test_numbers_told_body_by_body_are_of_units(text: str, expected: list[tuple[str, object]]) -> None:
    assert told(text) == expected


def test_requests_told_body_by_body_are_nobodys_total() -> None:
    assert told("县直部门收到申请310件，乡镇收到申请62件。", "overview.requests") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("现行有效规章28件、行政规范性文件503件。", [("normative_in_force", 503)]),
        ("对9个网站、31个新媒体账号进行季度检查。", [("sites_checked", 9), ("sites_checked", 31)]),
        (
            "主动公开数、受理申请数分别为362条、5件。",
            [("disclosed", 362), ("requests_received", 5)],
        ),
        ("新制作规范性文件5件，对外公开总数量41件。", [("normative_issued", 5), ("normative_disclosed", 41)]),
        ("今年公开数由1,540条降至1,288条。", [("disclosed", 1288)]),
        ("废止规章5部、规范性文件3件。", [("normative_repealed", 3)]),
    ],
)
def test_words_that_several_numbers_share(text: str, expected: list[tuple[str, object]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("未举办培训。", "overview.supervision", [("training_sessions", 0)]),
        ("年内未废止规范性文件。", "overview.management", [("normative_repealed", 0)]),
        ("没有申请人以传真方式提出申请。", "overview.requests", [("requests_fax", 0)]),
        ("未收到公民、法人的申请。", "overview.requests", [("requests_received", 0)]),
        ("未举办无人机飞手培训。", "overview.supervision", []),
        ("没有规章制定权。", "proactive", []),
    ],
)
def test_what_is_denied_is_what_its_words_would_count(
    text: str, code: str, expected: list[tuple[str, object]]
) -> None:
    assert told(text, code) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到公民申请2件，法人申请1件。", [("requests_natural_person", 2), ("requests_organization", 1)]),
        ("收到公民申请2件。", [("requests_received", 2)]),
        (
            "收到网络申请9件、信函申请4件，共13件。",
            [("requests_online", 9), ("requests_letter", 4), ("requests_received", 13)],
        ),
        ("涉诉案件18件，其中信息公开类3件。", [("litigation", 3)]),
        ("收到申请13件，监测数据类申请占46%。", [("requests_received", 13)]),
        ("行政诉讼维持率90%。", [("litigation_upheld_share", 90)]),
        ("接待来访127批，处理来信68件。", []),
    ],
)
def test_whose_requests_suits_and_shares(text: str, expected: list[tuple[str, object]]) -> None:
    assert told(text, "overview.requests") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("答复申请9件，其中予以公开5件，无法提供4件。", {"requests_granted": 5, "requests_unavailable": 4}),
        ("受理行政许可申请30件，不予受理5件。", {}),
        (
            "从主体看，自然人申请83件，科研机构12件。",
            {"requests_natural_person": 83, "requests_research": 12},
        ),
    ],
)
def test_a_sentence_of_requests_is_known_by_its_words_alone(text: str, expected: dict[str, int]) -> None:
    found = dict(told(text, None))
    assert {code: value for code, value in found.items() if code in expected or not expected} == expected


def test_each_corrected_label_stands_in_its_set_with_a_reason() -> None:
    lines = (FIXTURES / "clause_corrections.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert lines
    for line in lines:
        name, text, _, now, reason = line.split("\t")
        clauses = map(json.loads, (FIXTURES / name).read_text(encoding="utf-8").splitlines())
        figures = next(c["figures"] for c in clauses if c["text"] == text)
        said = [f"{f['code']}={f['value']}" for f in figures]
        assert [part.rstrip("+~") for part in now.split() if part != "-"] == said
        assert len(reason) > 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年主动公开我区各级单位政府信息2645条。", [("disclosed", 2645)]),
        ("关注重点领域，编印《云岭教育》18期。", []),
        ("预决算公开197条、债券发行4条。", [("disclosed_topic", 197), ("disclosed_topic", 4)]),
    ],
)
def test_whose_information_it_is_makes_it_no_kind(text: str, expected: list[tuple[str, object]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "网站日均发布信息18条，全年合计6570条。",
            [("disclosed_website", 6570)],
        ),
        ("2022年公开信息1120条，2023年增加到1386条。", [("disclosed", 1386)]),
        ("与申请量最高的2014年（88件）相比，2023年受理申请35件。", [("requests_received", 35)]),
        ("争取全年公开信息超过2000条，实际公开2318条。", [("disclosed", 2318)]),
        ("今年公开信息12条，明年计划公开20条。", [("disclosed", 12)]),
    ],
)
def test_a_number_goes_on_from_that_of_another_time(text: str, expected: list[tuple[str, object]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "218件申请中已有203件办结，另有15件结转下一年度。",
            [("requests_received", 218), ("requests_concluded", 203), ("requests_carried_out", 15)],
        ),
        (
            "微信、微博、抖音三个平台分别发布1032条、846条、215条。",
            [("disclosed_wechat", 1032), ("disclosed_weibo", 846), ("disclosed_new_media", 215)],
        ),
        (
            "政务微博29个，发布信息1992条；微信公众号41个，发布信息3404条。",
            [("disclosed_weibo", 1992), ("disclosed_wechat", 3404)],
        ),
        ("向“中国云岭”推送信息391件。", []),
        ("省档案馆接收公开信息件1600份。", []),
        ("在厅OA内网“厅内新闻”栏目发布320条稿件。", []),
        ("行政事业性收费项目12项，全年收费总额3268万元。", [("fees_amount", 3268)]),
        ("其中2件经补正后受理。", []),
    ],
)
def test_what_a_number_is_a_part_of_and_where_it_went(text: str, expected: list[tuple[str, object]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "行政诉讼4件：未经复议直接起诉3件，复议后起诉1件。",
            [("litigation", 4), ("litigation_direct", 3), ("litigation_after_review", 1)],
        ),
        (
            "复议维持8件，复议纠正2件，合计10件。",
            [("reviews_upheld", 8), ("reviews_corrected", 2), ("reviews", 10)],
        ),
        ("全年办理行政复议案件83件，其中涉及土地征收的37件。", []),
        ("县司法局办理以县政府为复议机关的行政复议案件83件。", []),
        (
            "行政许可204件，行政处罚315件，行政强制27件。",
            [("licensing_decisions", 204), ("penalty_decisions", 315), ("coercion_decisions", 27)],
        ),
        ("公示行政许可204件、行政处罚315件。", []),
        ("决定不予公开3件，均说明理由。", [("requests_refused", 3)]),
        ("申请人撤回3件。", [("requests_withdrawn", 3)]),
        (
            "网站1812条、微博640条、微信733条。",
            [("disclosed_website", 1812), ("disclosed_weibo", 640), ("disclosed_wechat", 733)],
        ),
        ("网站留言12条、微信留言40条。", []),
    ],
)
def test_an_overview_tells_of_what_the_form_asks_and_names_other_business(
    text: str, expected: list[tuple[str, object]]
) -> None:
    assert [f for f in told(text, "overview") if f[0] != "disclosed_topic"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("环评审批信息公开402条。政府信息公开1500条。", [("disclosed_topic", 402), ("disclosed", 1500)]),
        ("公开了36份人大建议的办理复文。", [("disclosed_topic", 36)]),
        (
            "派出所公开44条，交警大队公开102条。",
            [("disclosed_unit", 44), ("disclosed_unit", 102)],
        ),
        (
            "答复情况：公开12件，部分公开3件，不予公开2件，其他1件。",
            [
                ("requests_granted", 12),
                ("requests_partly_granted", 3),
                ("requests_refused", 2),
                ("requests_other_outcome", 1),
            ],
        ),
        (
            "其他处理12件中，逾期不补正7件，申请人主动撤回4件。",
            [("requests_other_outcome", 12), ("requests_withdrawn", 4)],
        ),
        ("受理时间为工作日9:30，信息公开申请量保持在50件以下，联名提出的申请按1件登记。", []),
        ("收到家长举报412件，执法队巡查4800次。", []),
        ("信息公开工作人员由上年的402人增至436人。", [("staff", 436)]),
    ],
)
def test_kinds_bodies_rests_and_numbers_that_count_nothing(
    text: str, expected: list[tuple[str, object]]
) -> None:
    assert told(text, "overview") == expected
