"""What text a Word paragraph shows. Every trait is read by both readers."""

from collections.abc import Callable

import pytest
from docx_paper import grid, p, paper, run, tables, tbl, tc, texts, tr

from extractor.document import Document, Locator, Paragraph, Source
from extractor.formats import docx

Reader = Callable[[Source], Document]


@pytest.fixture(params=[docx.read, docx.reread], ids=["read", "reread"])
def reader(request: pytest.FixtureRequest) -> Reader:
    chosen: Reader = request.param
    return chosen


HALF = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"


def field(instruction: str, result: str | None) -> str:
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>{shown}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("甲") + run("乙"), "甲乙"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "甲\t乙"),
        ("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>", "甲\n乙"),
        ("<w:r><w:t>甲</w:t><w:cr/><w:t>乙</w:t></w:r>", "甲\n乙"),
        ("<w:r><w:t>3</w:t><w:noBreakHyphen/><w:t>5</w:t></w:r>", "3-5"),
        ("<w:r><w:t>公</w:t><w:softHyphen/><w:t>开</w:t></w:r>", "公开"),
        ('<w:r><w:t>甲</w:t><w:br w:type="page"/><w:t>乙</w:t></w:r>', "甲\n乙"),
        ('<w:r><w:br w:type="page"/><w:t>乙</w:t></w:r>', "乙"),
        ("<w:r><w:t> 12 </w:t></w:r>", "12"),
        (run(" 12 "), " 12 "),
        ("<w:r><w:t>第一\n  行</w:t></w:r>", "第一 行"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/></w:r>' + run("同意"), "☑同意"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("5"), "≥5"),
        ('<w:hyperlink r:id="rId9">' + run("网站") + "</w:hyperlink>" + run("公开"), "网站公开"),
        ("<w:smartTag>" + run("2023") + run("年") + "</w:smartTag>", "2023年"),
        (f"<w:sdt><w:sdtContent>{run('云岭县')}</w:sdtContent></w:sdt>" + run("档案局"), "云岭县档案局"),
        (run("公开") + run("内部", "<w:vanish/>") + run("信息"), "公开信息"),
        (run("公开", '<w:vanish w:val="0"/>'), "公开"),
        (run("注") + '<w:r><w:footnoteReference w:id="1"/></w:r>', "注"),
        (run("注") + '<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>*</w:t></w:r>', "注"),
        (run("公开") + '<w:r><w:commentReference w:id="0"/></w:r>', "公开"),
        (
            f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('lán')}</w:rt><w:rubyBase>{run('岚')}</w:rubyBase></w:ruby></w:r>"
            + run("县"),
            "岚县",
        ),
        (run("占") + f"<m:oMath>{HALF}</m:oMath>", "占1/2"),
    ],
)  # fmt: skip
def test_a_paragraph_reads_as_word_shows_it(reader: Reader, content: str, text: str) -> None:
    assert texts(reader(paper(p(content)))) == [text]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("共") + field(" =SUM(ABOVE) ", "17") + run("件"), "共17件"),
        (field(" XE 目录 ", None) + run("正文"), "正文"),
        (field(r" eq \o\ac(○,3) ", None) + run("办结"), "③办结"),
        ('<w:fldSimple w:instr=" DATE ">' + run("2024年1月") + "</w:fldSimple>", "2024年1月"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
            + field(" MERGEFIELD x ", "条件")
            + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + run("结果")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "结果",
        ),
    ],
)
def test_a_field_shows_its_result(reader: Reader, content: str, text: str) -> None:
    assert texts(reader(paper(p(content)))) == [text]


def test_a_field_that_never_ends_swallows_nothing(reader: Reader) -> None:
    broken = run("前") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("中")
    assert texts(reader(paper(p(broken) + p("后")))) == ["前中", "后"]


def test_a_field_may_run_over_paragraphs(reader: Reader) -> None:
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("一、总体情况")
    )
    end = run("二、主动公开") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert texts(reader(paper(p(start) + p(end) + p("正文")))) == ["一、总体情况", "二、主动公开", "正文"]


def test_insertions_count_and_deletions_do_not(reader: Reader) -> None:
    content = (
        run("收到")
        + f"<w:ins>{run('12')}</w:ins><w:del><w:r><w:delText>11</w:delText></w:r></w:del>"
        + f"<w:moveFrom>{run('左')}</w:moveFrom><w:moveTo>{run('件')}</w:moveTo>"
    )
    assert texts(reader(paper(p(content)))) == ["收到12件"]


@pytest.mark.parametrize("change", ["del", "moveFrom"])
def test_a_deleted_paragraph_mark_joins_two_paragraphs(reader: Reader, change: str) -> None:
    body = p("收到申请", f"<w:rPr><w:{change}/></w:rPr>") + p("12件") + p("办结")
    document = reader(paper(body))
    assert texts(document) == ["收到申请12件", "办结"]
    assert [block.locator.paragraph for block in document.blocks] == [1, 3]


def test_a_deleted_mark_before_a_table_joins_nothing(reader: Reader) -> None:
    document = reader(paper(p("总体情况", "<w:rPr><w:del/></w:rPr>") + tbl(tr("1", "2")) + p("尾")))
    assert texts(document) == ["总体情况", "尾"]


def test_a_deleted_paragraph_leaves_nothing(reader: Reader) -> None:
    gone = p("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "<w:rPr><w:del/></w:rPr>")
    assert texts(reader(paper(p("前") + gone + p("后")))) == ["前", "后"]


def box(text: str) -> str:
    return f"<w:txbxContent>{p(text)}</w:txbxContent>"


CHOICE = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box("新盒")}</wps:txbx></w:drawing></mc:Choice>'
FALLBACK = f"<mc:Fallback><w:pict><v:textbox>{box('旧盒')}</v:textbox></w:pict></mc:Fallback>"


@pytest.mark.parametrize(
    ("drawing", "text"),
    [
        (f"<mc:AlternateContent>{CHOICE}{FALLBACK}</mc:AlternateContent>", "新盒"),
        (f"<mc:AlternateContent>{FALLBACK}</mc:AlternateContent>", "旧盒"),
        (
            f"<mc:AlternateContent>{CHOICE.replace('wps', 'far', 1)}{FALLBACK}</mc:AlternateContent>",
            "旧盒",
        ),
        (f"<w:pict><v:textbox>{box('只有旧盒')}</v:textbox></w:pict>", "只有旧盒"),
    ],
    ids=["choice", "fallback", "choice-not-understood", "picture"],
)
def test_a_text_box_is_read_once_where_it_stands(reader: Reader, drawing: str, text: str) -> None:
    document = reader(paper(p("前") + p(run("锚") + f"<w:r>{drawing}</w:r>") + p("后")))
    assert texts(document) == ["前", "锚", text, "后"]
    assert [block.locator.paragraph for block in document.blocks] == [1, 2, 3, 4]


def test_two_boxes_of_one_paragraph_keep_their_order(reader: Reader) -> None:
    anchor = f"<w:r><w:pict>{box('一')}</w:pict></w:r><w:r><w:pict>{box('二')}</w:pict></w:r>"
    assert texts(reader(paper(p(anchor)))) == ["一", "二"]


def test_a_text_box_in_a_cell_belongs_to_the_cell() -> None:
    cell = tc(p(run("甲") + f"<w:r><w:pict>{box('乙')}</w:pict></w:r>"))
    (table,) = tables(docx.read(paper(tbl(tr(cell, "丙")))))
    assert grid(table) == [["甲\n乙", "丙"]]


def test_content_controls_around_paragraphs_are_looked_through(reader: Reader) -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('甲')}{p('乙')}</w:sdtContent></w:sdt>"
    document = reader(paper(control + p("丙")))
    assert texts(document) == ["甲", "乙", "丙"]
    assert [block.locator.paragraph for block in document.blocks] == [1, 2, 3]


def test_empty_paragraphs_are_counted_and_left_out(reader: Reader) -> None:
    document = reader(paper(p() + p("　") + p("正文")))
    assert document.blocks == (Paragraph("正文", Locator(paragraph=3)),)


STYLES = """
<w:style w:type="paragraph" w:styleId="a" w:default="1"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="章"/>
  <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:name w:val="小章"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="4"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="5"><w:name w:val="圈"/><w:basedOn w:val="5"/></w:style>
<w:style w:type="paragraph" w:styleId="6"><w:name w:val="藏"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="7"><w:name w:val="暗"/><w:rPr><w:vanish/></w:rPr></w:style>
"""


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ("", None),
        ('<w:pStyle w:val="1"/>', 1),
        ('<w:pStyle w:val="2"/>', 2),
        ('<w:pStyle w:val="3"/>', 2),
        ('<w:pStyle w:val="4"/>', 0),
        ('<w:pStyle w:val="5"/>', None),
        ('<w:pStyle w:val="missing"/>', None),
        ('<w:outlineLvl w:val="2"/>', 3),
        ('<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>', None),
    ],
)
def test_the_heading_level_comes_from_style_or_outline(
    reader: Reader, properties: str, level: int | None
) -> None:
    (block,) = reader(paper(p("总体情况", properties), styles=STYLES)).blocks
    assert isinstance(block, Paragraph)
    assert block.level == level


def test_a_style_can_hide_text(reader: Reader) -> None:
    body = p("藏", '<w:pStyle w:val="6"/>') + p(run("明") + run("暗", '<w:rStyle w:val="7"/>'))
    assert texts(reader(paper(body, styles=STYLES))) == ["明"]
