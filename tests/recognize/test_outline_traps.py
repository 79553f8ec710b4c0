"""What only looks like a heading stays text."""

import pytest
from outlines import FORM, PROSE, flat, read, told


def headings(*blocks: object) -> list[str]:
    return [heading for _, heading in told(*blocks)]


@pytest.mark.parametrize(
    "sentence",
    [
        "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六个部分组成。",
        "本报告由一、总体情况，二、主动公开政府信息情况，三、收到和处理政府信息公开申请情况组成。",
        "本报告由一、总体情况二、主动公开政府信息情况三、收到和处理政府信息公开申请情况等部分组成。",
        "本报告包括：一、总体情况；二、主动公开政府信息情况；三、存在的主要问题及改进情况；六、其他需要报告的事项。",
        "本报告包括(一)主动公开、(二)依申请公开和(三)监督保障。",
        "有关数字见“二、主动公开政府信息情况”。",
        "依照《条例》第二十条第（一）项、第（五）项和第二十条（六）项公开。",
        "一是加强学习。二是完善制度。",
        "第一、二季度各检查一次，其中一、三、五日开放。",
        "附件：1.云岭县统计表 2.云岭县目录",
        "要求：（一）及时；（二）准确；（三）全面。",
        "1.公开文件20件。2.公开计划3件。",
    ],
)
def test_a_sentence_with_numbers_stays_text(sentence: str) -> None:
    assert flat(read("云岭县档案局公布本报告。" + sentence).sections) == [
        (1, "preamble", "", "云岭县档案局公布本报告。" + sentence)
    ]


def test_a_table_of_contents_opens_no_sections() -> None:
    contents = [f"{heading}……{page}" for page, (_, heading) in enumerate(FORM, 1)]
    outline = read("目录", *contents, *(line for _, heading in FORM for line in (heading, PROSE)))
    assert [section.code for section in outline.sections] == ["preamble", *(code for code, _ in FORM)]
    assert outline.sections[1].text == PROSE


LABELS = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "三、本年度办理结果",
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "（三）不予公开",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "（四）无法提供",
    "（六）其他处理",
    "3.其他",
    "（七）总计",
    "四、结转下年度继续办理",
]


@pytest.mark.parametrize("glue", ["", "\n", " ", "0000000", "\n0\n0\n"])
def test_labels_of_the_form_are_never_headings(glue: str) -> None:
    table = "".join(label + glue for label in LABELS)
    blocks = ["三、收到和处理政府信息公开申请情况", *(table.split("\n") if "\n" in glue else [table])]
    blocks = [block for block in blocks if block]
    blocks[-1] += "四、政府信息公开行政复议、行政诉讼情况"
    assert headings(*blocks) == [
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ]


def test_labels_cut_by_line_breaks_are_no_headings_either() -> None:
    lines = [
        "三、收到和处理政府信息公开申请情况",
        "（三）不",
        "予公开",
        "（四）无1.本机关不掌握相关",
        "法提供",
        "（六）其",
        "他处理",
    ]
    assert headings(*lines) == ["三、收到和处理政府信息公开申请情况"]


def test_a_heading_that_begins_like_a_label_is_a_heading() -> None:
    blocks = [
        "三、依申请公开情况",
        "（一）申请情况",
        PROSE,
        "（二）答复情况",
        PROSE,
        "（三）不予公开政府信息情况",
        PROSE,
    ]
    assert headings(*blocks)[-1] == "（三）不予公开政府信息情况"


def test_sentences_listed_under_the_problems_stay_their_text() -> None:
    items = ["（一）公开的内容不够全面。", "（二）解读的形式有待丰富。"]
    outline = read("五、存在的主要问题及改进情况", *items)
    assert flat(outline.sections) == [(1, "problems", "五、存在的主要问题及改进情况", "\n".join(items))]


def test_items_before_the_first_part_of_a_section_stay_text() -> None:
    text = "工作如下。1.公开预算。按期上网。2.健全机制。分级负责。"
    outline = read("一、总体情况", text + "（一）主动公开情况。公开30条。")
    assert [(code, text) for _, code, _, text in flat(outline.sections)] == [
        ("overview", text),
        ("overview.proactive", "公开30条。"),
    ]


def test_words_of_a_form_on_lines_of_their_own_are_no_headings() -> None:
    words = [
        "二、主动公开政府信息情况",
        "行政复议",
        "行政诉讼",
        "其他处理",
        "其他",
        "总计",
        "主动公开政府信息情况",
    ]
    assert headings(*words) == ["二、主动公开政府信息情况"]
