"""Numbers of another thing: what was not received, published, made, told of units, of earlier years."""

import pytest

from extractor.recognize.prose_numbers import find_figures
from extractor.report import Section


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # What did not come is not an application.
        ("本年受理信息公开申请2件，均已告知补正，尚未收到补充材料。", {"requests_received": [2]}),
        ("未收到申请人要求更正的异议。", {}),
        ("未收到申请人缴费凭证的1件。", {}),
        ("全年未收到政府信息公开申请。", {"requests_received": [0]}),
        # What was published is not what was done.
        ("公开行政处罚决定书26份。", {}),
        (
            "发布招标信息60条，其中招标公告48条，投诉处理决定9条，行政处罚决定3条。",
            {"disclosed_topic": [60, 48, 9, 3]},
        ),
        ("全年作出行政处罚决定26件。", {"penalty_decisions": [26]}),
        # The name of a kind of information.
        (
            "主动公开信息90条，其中行政强制的依据、条件、程序及办理情况8条，其他82条。",
            {"disclosed": [90], "disclosed_topic": [8, 82]},
        ),
        # What was made is not what was disclosed.
        ("全局共形成政府信息210条，其中主动公开160条、依申请公开30条、不予公开20条。", {"disclosed": [160]}),
        ("印发公文90件，其中主动公开52件，依申请公开21件，不予公开17件。", {"documents_disclosed": [52]}),
        # A whole and its parts.
        (
            "主动公开政府信息700条。其中市直部门主动公开450条，各镇街主动公开250条。",
            {"disclosed": [700], "disclosed_unit": [450, 250]},
        ),
        # Punctuation of any width.
        ("公开信息44条;其中动态30条,公告14条.", {"disclosed": [44], "disclosed_topic": [30, 14]}),
        # Applications for other things.
        ("收到不动产变更申请430件。", {}),
        ("收到书面的信息公开申请6件。", {"requests_received": [6]}),
        ("协助县政府办答复申请3件。", {}),
        ("归档公开信息77条。", {}),
        # Earlier years behind the number.
        ("其中2件为2022年11月收到。", {}),
    ],
)
def test_a_number_of_another_thing_is_no_figure_of_this(text: str, figures: dict[str, list[int]]) -> None:
    found: dict[str, list[object]] = {}
    for figure in find_figures((Section("overview", "", text),), 2023):
        found.setdefault(figure.code, []).append(figure.value)
    assert found == figures


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        ("主动公开信息90条，其中动态60条、公告30条。", [None, 0, 0]),
        ("主动公开信息700条。其中市直部门主动公开450条，各镇街主动公开250条。", [None, 0, 0]),
        (
            "采购信息80条，其中采购公告50条、结果公告30条；财政信息7条，其中预算4条、决算3条。",
            [None, 0, 0, None, 3, 3],
        ),
        ("主动公开信息90条，公告30条。", [None, None]),
        ("公开信息12条。通过微信公众号公开信息9条。", [None, None]),
        ("主动公开信息60条，其中：网站公开40条；微信公开20条。", [None, 0, 0]),
    ],
)
def test_a_part_says_of_what_it_is_one(text: str, wholes: list[int | None]) -> None:
    figures = find_figures((Section("overview.proactive", "", text),), 2023)
    assert [figure.part_of for figure in figures] == wholes


def test_a_whole_is_counted_over_all_sections() -> None:
    parts = "公开信息9条。", "主动公开信息90条，其中动态60条。"
    sections = tuple(Section("overview.proactive", "", text) for text in parts)
    assert [figure.part_of for figure in find_figures(sections, 2023)] == [None, None, 1]
