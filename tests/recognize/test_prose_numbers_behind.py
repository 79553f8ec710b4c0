"""Numbers whose meaning stands behind them or around them, and what is denied."""

import pytest

from extractor.recognize.prose_numbers import find_figures
from extractor.report import Section


def told(text: str) -> list[tuple[str, object]]:
    return [(f.code, f.value) for f in find_figures((Section("overview", "", text),), 2023)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what stands behind a number says what it counts
        ("对涉及第三方权益的2件申请，经区分处理后部分公开。", [("requests_partly_granted", 2)]),
        ("属于行政查询事项1件，不予公开。", [("requests_refused", 1)]),
        ("对收到的书面申请3件，均按时答复。", [("requests_received", 3)]),
        (
            "本年度共有3件政府信息公开行政复议案件，审结2件均维持，1件尚未审结。",
            [("reviews", 3), ("reviews_upheld", 2), ("reviews_pending", 1)],
        ),
        ("收到2件、答复2件政府信息公开申请。", [("requests_received", 2), ("requests_replied", 2)]),
        (
            "行政诉讼20件系复议后起诉，26件系未经复议直接起诉，合计46件。",
            [("litigation_after_review", 20), ("litigation_direct", 26), ("litigation", 46)],
        ),
        ("甲类信息2条、乙类信息3条，均在网站公开。", [("disclosed_topic", 2), ("disclosed_topic", 3)]),
        # what is compared with another year, and what is only one way of several
        ("受理政府信息公开申请数量较去年下降21%，为109件。", [("requests_received", 109)]),
        ("与去年相比，主动公开信息增加56条，达到612条。", [("disclosed", 612)]),
        ("收到网络申请6件、书面申请1件。", [("requests_online", 6)]),
        ("收到市民当面、来函和网络申请合共87宗。", [("requests_received", 87)]),
        ("上年无结转，本年收到申请8件。", [("requests_carried_in", 0), ("requests_received", 8)]),
        # of others
        ("接受省级抽查4次。", []),
        ("通过政务新媒体检查发现“僵尸号”3个。", []),
        ("向市档案馆移送主动公开文件52件。", []),
        ("镇政府召开防汛工作会议6次。", []),
        ("各科室指定1名信息员。", []),
        ("减免信息处理费120元。", []),
        ("同一信息多渠道发布的只计1条。", []),
    ],
)
def test_words_behind_a_number_and_around_it_say_what_it_counts(
    text: str, expected: list[tuple[str, int]]
) -> None:
    assert [(code, value) for code, value in told(text) if not code.endswith("_share")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年未作出行政处罚决定。", {"penalty_decisions"}),
        ("没有作出行政处罚决定和行政强制决定。", {"penalty_decisions", "coercion_decisions"}),
        ("本单位没有行政处罚职能。", set()),
        ("与此相关的行政复议、行政诉讼亦未发生。", {"reviews", "litigation"}),
        ("全年未发生涉及本机关政府信息公开的复议、应诉事项。", {"reviews", "litigation"}),
        ("本年度我办没有收到要求公开政府信息的书面或网络申请。", {"requests_received"}),
        ("未收到传真和当面申请。", set()),
    ],
)
def test_what_is_denied_is_zero_and_nothing_else_is(text: str, expected: set[str]) -> None:
    assert {code for code, value in told(text) if value == 0} == expected
