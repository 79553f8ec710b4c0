"""Section 五, item by item."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.pipeline import parse
from extractor.recognize.problems import ProblemItem, Problems, find_problems, topics_of
from extractor.report import Section

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def found_in(text: str, *parts: Section) -> Problems:
    return find_problems((Section("problems", "五、存在的主要问题及改进情况", text, sections=parts),))


def texts(items: tuple[ProblemItem, ...]) -> list[str]:
    return [item.text for item in items]


def test_numbered_problems_and_improvements_are_told_apart() -> None:
    found = found_in(
        "工作中还存在以下不足：一是图解偏少；二是报送不够及时。下一步，我局将抓好两项工作：一是多做图解。二是定期催报。"
    )
    assert texts(found.problems) == ["图解偏少", "报送不够及时"]
    assert texts(found.improvements) == ["多做图解", "定期催报"]


def test_headings_say_what_their_parts_are() -> None:
    found = found_in(
        "",
        Section(None, "（一）存在的主要问题", "1.专栏更新慢。\n2.人手不足，变动频繁。"),
        Section(None, "（二）改进措施", "1.明确专人每周更新专栏。\n2.补充人手。"),
    )
    assert texts(found.problems) == ["专栏更新慢", "人手不足，变动频繁"]
    assert texts(found.improvements) == ["明确专人每周更新专栏", "补充人手"]
    assert [item.path for item in found.improvements] == [(0, 1), (0, 1)]


def test_a_titled_part_is_one_item() -> None:
    part = Section(None, "（一）强化业务培训", "编写问答手册。每季度开展一次测试。")
    found = found_in("个别科室业务不熟练。针对上述问题，采取以下措施：", part)
    assert texts(found.problems) == ["个别科室业务不熟练"]
    assert texts(found.improvements) == ["编写问答手册。每季度开展一次测试"]


def test_a_title_alone_is_an_item_too() -> None:
    found = found_in("", Section(None, "（一）解读形式较为单一", ""))
    assert [(i.text, i.start, i.end) for i in found.problems] == [("（一）解读形式较为单一", 0, 0)]


def test_without_numbers_each_shortcoming_is_an_item_and_what_is_conceded_is_left_out() -> None:
    found = found_in(
        "2023年，工作取得了一定成效，但仍存在一些问题和不足。主要是目录编排有待优化；互动回应不够主动。"
        "2024年，我们将优化目录。"
    )
    assert texts(found.problems) == ["目录编排有待优化", "互动回应不够主动"]
    assert texts(found.improvements) == ["2024年，我们将优化目录"]


def test_each_problem_may_carry_its_own_remedy() -> None:
    found = found_in("一是栏目分类不细。下一步将细化分类。二是检索不够便捷。下一步将改进检索。")
    assert texts(found.problems) == ["栏目分类不细", "检索不够便捷"]
    assert texts(found.improvements) == ["下一步将细化分类", "下一步将改进检索"]


@pytest.mark.parametrize("text", ["无。", "", "无", "云岭县档案局\n2024年1月12日"])
def test_nothing_said_is_nothing_found(text: str) -> None:
    assert found_in(text) == Problems()


def test_other_sections_are_not_asked() -> None:
    assert find_problems((Section("other", "六、其他", "一是人手不足。"),)) == Problems()


def test_offsets_give_the_item() -> None:
    text = "存在问题：\n（1）目录更新偏慢；\n（2）解读偏少。\n改进措施：\n（1）专人更新目录；（2）同步解读。"
    found = found_in(text)
    assert len(found.problems) == len(found.improvements) == 2
    for item in (*found.problems, *found.improvements):
        assert text[item.start : item.end] == item.text


def test_keywords_name_the_matter_and_not_the_phrases_of_every_report() -> None:
    (item,) = found_in("一是短视频、图解等解读材料偏少，需要进一步加强。").problems
    assert {"短视频", "图解", "解读材料"} <= set(item.keywords)
    assert not {"进一步", "加强", "需要"} & set(item.keywords)


PIECES = st.sampled_from(
    [
        *("一是", "二是", "（一）", "1.", "下一步，", "存在", "不足", "有待", "；", "。"),
        *("，", "\n", "问题", "改进措施：", "2024年", "我局将", "栏目", "无"),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_whatever_section_five_says_the_offsets_give_the_items(text: str) -> None:
    found = found_in(text)
    for item in (*found.problems, *found.improvements):
        assert text[item.start : item.end] == item.text != ""


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real reports are not here")
@pytest.mark.parametrize(
    ("name", "problems", "improvements"),
    [("jiaxing_rfb_2021.txt", 3, 3), ("shanghai_gov_office_2019.html", 4, 6), ("pingtan_gwh_2019.txt", 3, 3)],
)
def test_real_sections_fall_into_their_items(name: str, problems: int, improvements: int) -> None:
    found = find_problems(parse(CORPUS / name).sections)
    assert (len(found.problems), len(found.improvements)) == (problems, improvements)


def split(text: str) -> tuple[list[str], list[str]]:
    found = find_problems((Section("problems", "五、存在的主要问题及改进情况", text),))
    return [item.text for item in found.problems], [item.text for item in found.improvements]


@pytest.mark.parametrize(
    ("text", "problems", "improvements"),
    [
        # A list is of one kind, whatever the width of its semicolons and the words of its items.
        (
            "差距主要表现在:渠道拓展不够;各科室步调不一;栏目陈旧。今后,我们将:增设栏目;统一步调。",
            ["渠道拓展不够", "各科室步调不一", "栏目陈旧"],
            ["增设栏目", "统一步调"],
        ),
        (
            "不足有:一是审核不严;二是答复不规范。为此,重点做好改进:一是落实三审;二是统一文书。",
            ["审核不严", "答复不规范"],
            ["落实三审", "统一文书"],
        ),
        # A line that only names what follows is no item.
        (
            "（一）存在问题。时效性不强；深度不够。\n（二）改进措施。建立台账；定期抽查。",
            ["时效性不强", "深度不够"],
            ["建立台账", "定期抽查"],
        ),
        (
            "问题一：更新不及时。措施：专人维护。\n问题二：解读不深入。措施：邀请专家。",
            ["更新不及时", "解读不深入"],
            ["专人维护", "邀请专家"],
        ),
        # A plan may follow each problem.
        (
            "1.渠道较为单一。下半年，开通视频号。2.人员不足。将增配两人。",
            ["渠道较为单一", "人员不足"],
            ["下半年，开通视频号", "将增配两人"],
        ),
        # A success is neither.
        (
            "围绕去年“更新不及时”的问题开展整治，公开质量明显提升。仍存在解读形式不多的问题。",
            ["仍存在解读形式不多的问题"],
            [],
        ),
    ],
)
def test_problems_and_improvements_are_told_apart_through_the_whole_list(
    text: str, problems: list[str], improvements: list[str]
) -> None:
    assert split(text) == (problems, improvements)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("专职人员少，岗位变动频繁", {"staff"}),
        ("主动公开内容不全面", {"content"}),
        ("依申请公开答复不规范", {"requests"}),
        ("对舆情回应不及时", {"interpretation"}),
        ("网站栏目陈旧", {"platforms"}),
        ("业务培训不够", {"training"}),
        ("考核机制不健全", {"supervision"}),
        ("天气不佳", set()),
    ],
)
def test_items_have_the_topics_that_their_words_name(text: str, topics: set[str]) -> None:
    assert topics <= set(topics_of(text))
    assert bool(topics_of(text)) == bool(topics)


def test_a_plan_that_ends_in_the_word_work_is_no_lead_in_and_is_kept() -> None:
    found = found_in(
        "存在解读不够的问题。下一步，我厅将加强组织领导，认真谋划好2020年政务公开工作。严格落实要求。"
    )
    assert [item.text for item in found.improvements] == [
        "下一步，我厅将加强组织领导，认真谋划好2020年政务公开工作",
        "严格落实要求",
    ]


def test_a_sentence_that_only_counts_what_follows_is_no_plan() -> None:
    found = found_in("解读不够。下一步，将做好三方面工作。加强培训学习。")
    assert [item.text for item in found.improvements] == ["加强培训学习"]


def test_the_seal_line_behind_the_last_item_is_no_part_of_it() -> None:
    found = found_in("存在问题：解读不够。下一步：一是加强培训。二是拓宽渠道。\n云岭县教育局\n2020年1月15日")
    assert [item.text for item in found.improvements] == ["加强培训", "拓宽渠道"]
    found = found_in("解读不够。今后将拓宽渠道。 云岭县教育局 二○一○年四月十日")
    assert [item.text for item in found.improvements] == ["今后将拓宽渠道"]


def test_the_name_of_an_agency_is_no_topic() -> None:
    assert "platforms" not in topics_of("省工业和信息化厅将加强组织领导")


def test_where_the_heading_is_lost_the_halves_are_known_by_theirs() -> None:
    told = "部门网站的栏目和政府信息公开目\n录结构无法满足群众查阅的需要。"
    plans = "一是调整政府信息公开目录。二是改版网站栏目。"
    sections = (
        Section("disputes", "四、政府信息公开行政复议、行政诉讼情况", "无。"),
        Section(None, "（一）主要问题", told),
        Section(None, "（二）改进情况", plans),
    )
    found = find_problems(sections)
    assert [item.text for item in found.problems] == [told.rstrip("。")]
    assert [item.text for item in found.improvements] == ["调整政府信息公开目录", "改版网站栏目"]
    assert "content" in found.problems[0].topics


def test_subheadings_of_other_sections_are_no_halves_where_section_five_is_there() -> None:
    sections = (
        Section(None, "（一）存在的问题", "网站栏目更新不够及时。"),
        Section("problems", "五、存在的主要问题及改进情况", "解读形式单一。"),
    )
    assert [item.text for item in find_problems(sections).problems] == ["解读形式单一"]
