"""Whether a document is a report on disclosure, told by its title, preamble and prose."""

import pytest

from extractor.document import Document, Paragraph, Source
from extractor.pipeline import report_on

BODY = (
    "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。",
    "一、总体情况",
    "（一）主动公开情况。2022年，我局主动公开政府信息31条。",
    "（二）依申请公开情况。收到公开申请2件，均已答复，没有行政复议、行政诉讼。",
)


def document(*lines: str) -> Document:
    return Document("text", tuple(Paragraph(line) for line in lines))


@pytest.mark.parametrize(
    "lines",
    [
        ("云岭县档案局2022年政府信息公开工作年度报告", *BODY),
        BODY,
        (
            "一、概述",
            "本局重视政府信息公开，编制公开指南，主动公开信息20条，没有依申请公开，也没有行政复议。",
        ),
    ],
)
def test_reports_are_about_disclosure(lines: tuple[str, ...]) -> None:
    assert report_on(Source("a", b""), document(*lines)).verdict != "not_a_report"


@pytest.mark.parametrize(
    "lines",
    [
        (
            "云岭县档案局2022年法治政府建设年度报告",
            "2022年，本局推进法治政府建设，坚持依法行政，法治宣传12场。",
        ),
        (
            "云岭县政府网站工作年度报表（2022年度）",
            "填报单位：云岭县",
            "网站总访问量 2000 信息公开目录 3 主动公开 5",
        ),
        (
            "关于做好2022年政府信息公开工作年度报告编制发布工作的通知",
            "请各单位按照条例编制年度报告，主动公开。",
        ),
        (
            "云岭县2022年政府信息公开工作年度报告解读",
            "政府信息公开年度报告显示，主动公开31条，依申请公开2件。",
        ),
        ("政府信息公开工作年度报告格式模板", "一、总体情况", "（文字描述）"),
        (
            "首页",
            "政府信息公开指南",
            "政府信息公开制度",
            "法定主动公开内容",
            "依申请公开",
            "政府信息公开年报",
        ),
    ],
)
def test_other_documents_are_not(lines: tuple[str, ...]) -> None:
    assert report_on(Source("a", b""), document(*lines)).verdict == "not_a_report"
