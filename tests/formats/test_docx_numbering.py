"""The numbers that Word generates. Every trait is read by both readers."""

from collections.abc import Callable

import pytest
from docx_paper import grid, p, paper, run, tables, tbl, tc, texts, tr

from extractor.document import Document, Paragraph, Source
from extractor.formats import docx
from extractor.formats.docx.serials import knows, write_serial

Reader = Callable[[Source], Document]


@pytest.fixture(params=[docx.read, docx.reread], ids=["read", "reread"])
def reader(request: pytest.FixtureRequest) -> Reader:
    chosen: Reader = request.param
    return chosen


def lvl(level: int, fmt: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{fmt}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'


def num(number: int, definition: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{more}</w:num>'


def listed(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


REPORT = abstract(
    0,
    lvl(0, "chineseCounting", "%1、"),
    lvl(1, "chineseCounting", "（%2）"),
    lvl(2, "decimal", "%3."),
    lvl(3, "decimal", "%1.%2.%3.%4", "<w:isLgl/>"),
) + num(1, 0)


def test_a_heading_reads_with_its_generated_number(reader: Reader) -> None:
    body = (
        p("总体情况", listed(1))
        + p("主动公开", listed(1, 1))
        + p("依申请公开", listed(1, 1))
        + p("属于国家秘密", listed(1, 2))
        + p("主动公开政府信息情况", listed(1))
        + p("规章", listed(1, 1))
    )
    assert texts(reader(paper(body, numbering=REPORT))) == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "1.属于国家秘密",
        "二、主动公开政府信息情况",
        "（一）规章",
    ]


def test_a_legal_level_writes_every_number_in_digits(reader: Reader) -> None:
    body = p("甲", listed(1)) + p("乙", listed(1)) + p("丙", listed(1, 3))
    assert texts(reader(paper(body, numbering=REPORT)))[2] == "2.1.1.1 丙"


def test_row_labels_in_cells_get_their_numbers_in_reading_order(reader: Reader) -> None:
    rows = [tr(tc(p(label, listed(1, 1))), "1") for label in ("予以公开", "部分公开", "不予公开")]
    body = p("办理结果", listed(1)) + tbl(*rows) + p("结转", listed(1))
    document = reader(paper(body, numbering=REPORT))
    assert grid(tables(document)[0]) == [
        ["（一）予以公开", "1"],
        ["（二）部分公开", "1"],
        ["（三）不予公开", "1"],
    ]
    assert texts(document) == ["一、办理结果", "二、结转"]


def test_an_empty_numbered_paragraph_shows_its_number(reader: Reader) -> None:
    document = reader(paper(tbl(*(tr(tc(p("", listed(1, 2))), "件") for _ in range(2))), numbering=REPORT))
    assert grid(tables(document)[0]) == [["1.", "件"], ["2.", "件"]]


def test_lists_of_one_definition_count_on(reader: Reader) -> None:
    body = p("甲", listed(1)) + p("乙", listed(2))
    assert texts(reader(paper(body, numbering=REPORT + num(2, 0)))) == ["一、甲", "二、乙"]


def test_a_start_override_restarts_where_its_list_begins(reader: Reader) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>'
    body = p("甲", listed(1)) + p("乙", listed(2)) + p("丙", listed(2))
    assert texts(reader(paper(body, numbering=REPORT + num(2, 0, override)))) == [
        "一、甲",
        "三、乙",
        "四、丙",
    ]


def test_a_level_can_be_overridden_as_a_whole(reader: Reader) -> None:
    override = f'<w:lvlOverride w:ilvl="0">{lvl(0, "decimalEnclosedCircle", "%1")}</w:lvlOverride>'
    assert texts(reader(paper(p("甲", listed(2)), numbering=REPORT + num(2, 0, override)))) == ["① 甲"]


@pytest.mark.parametrize(("rule", "second"), [("0", "2.丁"), ("1", "1.丁")])
def test_a_level_restarts_only_where_its_rule_says(reader: Reader, rule: str, second: str) -> None:
    levels = lvl(0, "decimal", "%1、"), lvl(1, "decimal", "%2.", f'<w:lvlRestart w:val="{rule}"/>')
    body = p("甲", listed(1)) + p("乙", listed(1, 1)) + p("丙", listed(1)) + p("丁", listed(1, 1))
    assert texts(reader(paper(body, numbering=abstract(0, *levels) + num(1, 0))))[3] == second


def test_a_level_above_that_was_never_used_shows_its_start(reader: Reader) -> None:
    levels = lvl(0, "decimal", "%1."), lvl(1, "decimal", "%1.%2")
    body = p("甲", listed(1, 1)) + p("乙", listed(1))
    assert texts(reader(paper(body, numbering=abstract(0, *levels) + num(1, 0)))) == ["1.1 甲", "1.乙"]


STYLES = f"""
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr>{listed(1)}</w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:name w:val="条"/>
  <w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="numbering" w:styleId="4"><w:name w:val="单"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""


def test_numbers_come_through_styles_and_their_ancestors(reader: Reader) -> None:
    body = p("总体情况", '<w:pStyle w:val="1"/>') + p("主动公开", '<w:pStyle w:val="2"/>')
    document = reader(paper(body, styles=STYLES, numbering=REPORT))
    assert texts(document) == ["一、总体情况", "（一）主动公开"]
    assert [block.level for block in document.blocks if isinstance(block, Paragraph)] == [1, 2]


def test_a_style_takes_the_level_that_names_it(reader: Reader) -> None:
    levels = lvl(0, "decimal", "%1、"), lvl(1, "lowerLetter", "%2)", '<w:pStyle w:val="3"/>')
    numbering = abstract(0, *levels) + num(3, 0)
    assert texts(reader(paper(p("甲", '<w:pStyle w:val="3"/>'), styles=STYLES, numbering=numbering))) == [
        "a)甲"
    ]


def test_list_zero_takes_the_number_of_the_style_away(reader: Reader) -> None:
    body = p("总体情况", '<w:pStyle w:val="1"/>' + listed(0))
    assert texts(reader(paper(body, styles=STYLES, numbering=REPORT))) == ["总体情况"]


def test_a_definition_may_point_to_a_numbering_style(reader: Reader) -> None:
    numbering = REPORT + abstract(7, more='<w:numStyleLink w:val="4"/>') + num(9, 7)
    assert texts(reader(paper(p("甲", listed(9)), styles=STYLES, numbering=numbering))) == ["一、甲"]


@pytest.mark.parametrize(
    ("suffix", "label", "text", "shown"),
    [
        ("", "%1、", "甲", "1、甲"),
        ("", "%1", "甲", "1 甲"),
        ("", "%1.", "2023年", "1. 2023年"),
        ('<w:suff w:val="space"/>', "%1.", "甲", "1. 甲"),
        ('<w:suff w:val="nothing"/>', "第%1条", "甲", "第1条甲"),
    ],
)
def test_number_and_text_never_run_into_one(
    reader: Reader, suffix: str, label: str, text: str, shown: str
) -> None:
    numbering = abstract(0, lvl(0, "decimal", label, suffix)) + num(1, 0)
    assert texts(reader(paper(p(text, listed(1)), numbering=numbering))) == [shown]


def test_bullets_and_unknown_lists_give_no_number(reader: Reader) -> None:
    numbering = abstract(0, lvl(0, "bullet", "")) + num(1, 0)
    assert texts(reader(paper(p("甲", listed(1)) + p("乙", listed(5)), numbering=numbering))) == ["甲", "乙"]


def test_a_hidden_paragraph_is_not_counted(reader: Reader) -> None:
    hidden = p(run("藏", "<w:vanish/>"), listed(1) + "<w:rPr><w:vanish/></w:rPr>")
    body = p("甲", listed(1)) + hidden + p("乙", listed(1))
    assert texts(reader(paper(body, numbering=REPORT))) == ["一、甲", "二、乙"]


def test_a_joined_paragraph_is_counted_once(reader: Reader) -> None:
    body = p("收到", listed(1) + "<w:rPr><w:del/></w:rPr>") + p("申请", listed(1)) + p("办结", listed(1))
    assert texts(reader(paper(body, numbering=REPORT))) == ["一、收到申请", "二、办结"]


def test_a_padded_custom_format_is_written(reader: Reader) -> None:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>'
    )
    assert texts(reader(paper(p("甲", listed(1)), numbering=abstract(0, level) + num(1, 0)))) == ["007 甲"]


def test_a_format_that_is_not_known_is_told_in_a_notice() -> None:
    numbering = abstract(0, lvl(0, "hebrew1", "%1、")) + num(1, 0)
    document = docx.read(paper(p("甲", listed(1)), numbering=numbering))
    assert texts(document) == ["1、甲"]
    assert [notice.code for notice in document.notices] == ["unknown-number-format"]


@pytest.mark.parametrize(
    ("fmt", "number", "written"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 99, "九十九"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1001, "一千零一"),
        ("japaneseCounting", 11, "十一"),
        ("japaneseCounting", 111, "百十一"),
        ("ideographDigital", 10, "一〇"),
        ("taiwaneseDigital", 10, "一○"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 11, "甲"),
        ("ideographZodiac", 12, "亥"),
        ("ideographZodiacTraditional", 2, "乙丑"),
        ("ideographEnclosedCircle", 3, "㊂"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedFullstop", 3, "⒊"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 26, "z"),
        ("ordinal", 22, "22nd"),
        ("numberInDash", 3, "- 3 -"),
        ("none", 3, ""),
        ("chineseCounting", 0, "○"),
        ("upperRoman", 0, "0"),
        ("lowerLetter", -1, "-1"),
    ],
)
def test_a_number_is_written_as_its_format_says(fmt: str, number: int, written: str) -> None:
    assert knows(fmt)
    assert write_serial(number, fmt) == written
