"""The day of publication, and the place that tells it."""

import pytest

import extractor
from extractor.document import Document, Locator, Paragraph, Source
from extractor.recognize.issuer.publication import find_publication
from extractor.report import Publication

TITLE = "云岭县交通局2022年政府信息公开工作年度报告"
BODY = ("一、总体情况", "（一）主动公开", "公开信息5条。", "（二）依申请公开", "收到2件。")


def published(*lines: str, url: str | None = None, **metadata: str) -> Publication | None:
    blocks = tuple(Paragraph(line, Locator(line=n)) for n, line in enumerate(lines, 1))
    begin = lines.index(BODY[0]) if BODY[0] in lines else 1
    return find_publication(Document("text", blocks, metadata), Source("a", b"", url), begin)


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2023-01-20 10:00 来源：云岭县交通局",
        "来源：云岭县交通局　发布日期：2023年1月20日　浏览次数：3",
        "索引号：K-3 | 成文日期：2023-01-12 | 公开日期：2023/1/20",
        "时间：2023-01-20",
        "（2023年1月20日）",
        "二〇二三年一月二十日",
    ],
)
def test_the_head_of_the_page_tells(line: str) -> None:
    found = published(TITLE, line, *BODY)
    assert found == Publication("2023-01-20", Locator(line=2))


@pytest.mark.parametrize(
    "line", ["更新时间：2023-01-20", "点击：2023-01-20", "成文日期：2023-01-20", "发布时间：2023-13-20"]
)
def test_other_dates_of_the_head_are_not_of_publication(line: str) -> None:
    assert published(TITLE, line, *BODY) is None


def test_the_signature_tells_where_nothing_else_does() -> None:
    found = published(TITLE, *BODY, "云岭县交通局", "2023年1月18日")
    assert found == Publication("2023-01-18", Locator(line=8), "signature", "2023-01-18")


def test_the_page_beats_metadata_address_and_signature() -> None:
    url = "http://jt.example.gov.cn/art/2023/1/19/art_7_88.html"
    lines = (TITLE, "发布时间：2023-01-20", *BODY, "云岭县交通局 2023年1月18日")
    found = published(*lines, url=url, pubdate="2023-01-21")
    assert found == Publication("2023-01-20", Locator(line=2), "page", "2023-01-18")
    assert published(TITLE, *BODY, url=url, pubdate="2023-01-21") == Publication(
        "2023-01-21", told_by="metadata"
    )


@pytest.mark.parametrize(
    "path", ["/art/2023/1/19/art_7_88.html", "/202301/t20230119_88.htm", "/a/2023-01/19/c_1.htm"]
)
def test_the_address_tells_last(path: str) -> None:
    assert published(TITLE, *BODY, url="http://jt.example.gov.cn" + path) == Publication(
        "2023-01-19", told_by="address"
    )


def test_a_period_or_a_day_in_a_sentence_is_no_signature() -> None:
    assert published(TITLE, *BODY, "统计期限：2022年12月31日") is None


def test_the_fields_of_a_page_tell_with_their_path() -> None:
    fields = "<div><span>发布时间：2023-03-05</span><span>来源：云岭县交通局</span></div>"
    text = "".join(f"<p>{line}</p>" for line in (TITLE, *BODY))
    page = f"<html><head><title>{TITLE}</title></head><body>{fields}<div id=zoom>{text}</div></body></html>"
    report = extractor.parse(page.encode(), name="a.html")
    assert report.published == Publication("2023-03-05", Locator(path="/html/body/div[1]"))


def test_a_signature_in_front_of_an_annex_is_one_too() -> None:
    line = "优化文件产生流程。 云岭县交通局 二○一○年四月十日 附表： 指标名称 计量单位 主动公开信息数 条 6"
    found = published(TITLE, *BODY, line)
    assert found == Publication("2010-04-10", Locator(line=7), "signature", "2010-04-10")
