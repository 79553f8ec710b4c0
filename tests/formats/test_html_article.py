"""The article is found amid the furniture of a site."""

import pytest
from html_pages import BODY, BODY_TEXTS, END, PROSE, TABLE, codes, read_twice, site, tables, texts

CONTAINERS = [
    "<ucapcontent>{}</ucapcontent>",
    "<div id=UCAP-CONTENT>{}</div>",
    "<div id=zoom>{}</div>",
    "<div id=Zoom class=article_zoom>{}</div>",
    "<div class=TRS_Editor><div class=TRS_Editor>{}</div></div>",
    "<div class='view TRS_UEDITOR trs_paper_default trs_web'>{}</div>",
    "<div class=Custom_UnionStyle>{}</div>",
    "<form name=_newscontent_fromname><div id=vsb_content_2><div class=v_news_content>{}</div></div></form>",
    "<div class='wzcon j-fontContent'>{}</div>",
    "<div id=ivs_content>{}</div>",
    "<div class=wzzw-article>{}</div>",
    "<div class=pages_content>{}</div>",
    "<div class=article-content>{}</div>",
    "<article>{}</article>",
    "<section class=content>{}</section>",
    "<table width=1000><tr><td class=bt>{}</td></tr></table>",
    "<table><tr><td><a href=/1>首页</a></td><td><table><tr><td>{}</td></tr></table></td></tr></table>",
    "<div class=footer-wrap><div class=sidebar>{}</div></div>",
    "<center><font>{}</font></center>",
]


@pytest.mark.parametrize("container", CONTAINERS)
def test_the_body_is_found_in_any_container(container):
    document = read_twice(site(container.format(BODY)))
    assert texts(document) == BODY_TEXTS
    assert len(tables(document)) == 1


def test_a_fragment_without_html_or_body_is_an_article():
    document = read_twice(BODY)
    assert texts(document) == BODY_TEXTS
    assert len(tables(document)) == 1


def test_a_body_split_over_siblings_is_whole():
    page = site(
        f"<div class=art><div class=editor>{PROSE}</div><div class=editor>{TABLE}</div><div>{END}</div></div>"
    )
    document = read_twice(page)
    assert texts(document) == BODY_TEXTS
    assert len(tables(document)) == 1


def test_a_table_after_the_end_of_the_container_belongs_to_the_body():
    page = site(f"<div class=main><div id=zoom>{PROSE}{END}</div>{TABLE}</div>")
    assert len(tables(read_twice(page))) == 1


def test_a_short_last_section_in_a_node_of_its_own_is_kept():
    page = site(
        f"<div class=main><div id=zoom>{PROSE}{TABLE}</div>"
        "<div><p>六、其他需要报告的事项</p><p>无。</p></div></div>"
    )
    assert texts(read_twice(page))[-2:] == ["六、其他需要报告的事项", "无。"]


def test_a_sidebar_that_lists_other_years_is_left_out():
    years = "".join(
        f"<li><a href=/{y}>云岭县档案局{y}年政府信息公开工作年度报告</a> {y}-01-10</li>"
        for y in range(2015, 2024)
    )
    page = site(
        f"<div class=w><div class=l><h3>往年年报</h3><ul>{years}</ul></div><div class=r>{BODY}</div></div>"
    )
    assert texts(read_twice(page)) == BODY_TEXTS


def test_links_and_buttons_around_the_body_are_left_out():
    around = (
        "<div class=pos>当前位置：<a href=/>首页</a> > <a href=/a>年报</a></div>"
        "{}<p>【打印本页】【关闭窗口】</p><p>上一篇：<a href=/1>云岭县档案局2021年年报</a></p>"
    )
    assert texts(read_twice(site(f"<div class=c>{around.format(BODY)}</div>"))) == BODY_TEXTS


@pytest.mark.parametrize(
    "hiding", ["style='display:none'", "hidden", "style='DISPLAY : NONE'", "style='visibility:hidden'"]
)
def test_a_hidden_copy_of_the_body_is_not_read(hiding):
    page = site(f"<div><div {hiding}>{BODY}</div><div>{BODY}</div></div>")
    document = read_twice(page)
    assert texts(document) == BODY_TEXTS
    assert len(tables(document)) == 1
    assert "duplicate-article" not in codes(document)


def test_a_body_printed_twice_is_taken_once_and_said():
    filler = "<p>围绕群众关切及时发布信息，畅通渠道，认真办理每一件申请，做到件件有回音、事事有着落。</p>" * 3
    body = (
        PROSE
        + filler.replace("件件", "桩桩", 1)
        + TABLE
        + END
        + "<p>以上数据由云岭县档案局办公室负责解释，如有疑问请来信来电，我们将尽快答复并改进各项工作。</p>"
    )
    page = site(f"<div><div class=pc>{body}</div><div class=mobile>{body}</div></div>")
    once, document = read_twice(site(f"<div class=pc>{body}</div>")), read_twice(page)
    assert texts(document) == texts(once)
    assert len(tables(document)) == 1
    assert "duplicate-article" in codes(document)


def test_two_equal_tables_in_one_body_are_two_tables():
    zeros = "<table><tr><td>甲类<td>0<td>0<tr><td>乙类<td>0<td>0</table>"
    assert (
        len(
            tables(read_twice(site(f"<div>{PROSE}<div>{zeros}</div><p>三、其他</p><div>{zeros}</div></div>")))
        )
        == 2
    )


def test_a_body_that_is_only_in_a_hidden_block_is_read_and_said():
    document = read_twice(site(f"<div style='display:none'>{BODY}</div>"))
    assert texts(document) == BODY_TEXTS
    assert len(tables(document)) == 1
    assert "hidden-article" in codes(document)


def test_the_title_above_the_container_comes_first():
    title = "云岭县档案局2023年政府信息公开工作年度报告"
    head = f"<title>{title}_云岭县人民政府</title><meta name=ArticleTitle content={title}>"
    page = site(
        f"<div><h1>{title}</h1><p>来源：县档案局　浏览次数：7</p><div id=zoom>{BODY}</div></div>", head
    )
    document = read_twice(page)
    assert texts(document) == [title, *BODY_TEXTS]
    assert document.blocks[0].level == 1


def test_a_title_in_the_body_is_not_doubled():
    title = "云岭县档案局2023年政府信息公开工作年度报告"
    page = site(f"<h1>{title}</h1><div id=zoom><p>{title}</p>{BODY}</div>", f"<title>{title}</title>")
    assert texts(read_twice(page)) == [title, *BODY_TEXTS]


def test_a_list_of_links_gives_its_text_and_no_tables():
    years = "".join(
        f"<li><a href=/{y}>云岭县档案局{y}年政府信息公开工作年度报告</a></li>" for y in range(2015, 2024)
    )
    document = read_twice(site(f"<div class=list><ul>{years}</ul></div>"))
    assert not tables(document)
    assert "云岭县档案局2019年政府信息公开工作年度报告" in texts(document)


def test_headings_have_their_level():
    document = read_twice(site(f"<div><h2>一、总体情况</h2>{BODY}</div>"))
    assert document.blocks[0].level == 2
    assert document.blocks[1].level is None


def test_lines_broken_by_br_are_paragraphs_of_their_own():
    first = "一、总体情况<br>&nbsp;&nbsp;全年公开信息十二条，按时办结。"
    page = f"<div>{first}<br><br>二、存在问题<br>　　主动性还不够强，需要加强。</div>"
    assert texts(read_twice(page)) == [
        "一、总体情况",
        "\xa0\xa0全年公开信息十二条，按时办结。",
        "二、存在问题",
        "　　主动性还不够强，需要加强。",
    ]


def test_a_title_broken_for_looks_stays_one_paragraph():
    assert texts(read_twice("<p>云岭县档案局<br>2023年政府信息公开工作年度报告</p>" + BODY))[0] == (
        "云岭县档案局\n2023年政府信息公开工作年度报告"
    )


def test_text_loose_in_a_container_is_a_paragraph():
    document = read_twice(
        f"<div>云岭县档案局年报如下。<div>{BODY}</div>云岭县档案局办公室编制，特此公布。</div>"
    )
    assert texts(document) == ["云岭县档案局年报如下。", *BODY_TEXTS, "云岭县档案局办公室编制，特此公布。"]


def test_scripts_styles_templates_and_page_marks_are_no_text():
    junk = "<script>var a='件';</script><style>.a{}</style><template>模板</template><!-- 注释 -->"
    junk += "<noscript>脚本</noscript>"
    assert texts(read_twice(site(f"<div>{junk}{BODY}<p>#PAGE_BREAK#</p></div>"))) == BODY_TEXTS


def test_line_ends_of_the_source_are_blanks_and_nothing_between_characters():
    assert texts(read_twice("<p>云岭县\n  档案局 2023\n年公开信息，\r\n按时办结。</p>")) == [
        "云岭县档案局 2023 年公开信息，按时办结。"
    ]


def test_preformatted_lines_are_lines():
    assert texts(read_twice("<pre>一、总体情况\n全年公开信息十二条，按时办结。</pre>")) == [
        "一、总体情况",
        "全年公开信息十二条，按时办结。",
    ]


def test_a_sentence_far_away_does_not_bring_the_menus_along():
    slogan = "<div><p>云岭县人民政府门户网站欢迎您的访问，祝您生活愉快。</p></div>"
    menus = "<div><p>政务公开</p><p>办事服务</p><p>互动交流</p></div>"
    document = read_twice(f"<html><body>{slogan}{menus}<div id=zoom>{BODY}</div></body></html>")
    assert texts(document) == ["云岭县人民政府门户网站欢迎您的访问，祝您生活愉快。", *BODY_TEXTS]


def test_a_small_part_of_the_body_in_a_container_named_like_furniture_is_kept():
    page = site(
        f"<div>{PROSE}{TABLE * 4}</div><div class=bottom><p>六、其他需要报告的事项</p><p>无。</p></div>"
    )
    assert "六、其他需要报告的事项" in texts(read_twice(page))


def test_hidden_body_that_stands_nowhere_else_is_said():
    hidden = f"<div style='display:none'><p>三、收到和处理政府信息公开申请情况</p>{TABLE * 3}{END}</div>"
    document = read_twice(site(f"<div><div>{PROSE}</div>{hidden}</div>"))
    assert not tables(document)
    assert "hidden-content" in codes(document)


def test_an_article_of_several_pages_is_said():
    page = site(f"<div>{BODY}</div><script>createPageHTML(3, 0, 't20240120_88', 'htm');</script>")
    assert codes(read_twice(page)) == ["more-pages"]
    assert not codes(read_twice(page.replace("(3,", "(1,")))


def test_a_report_typeset_in_a_frame_of_spacers_is_paragraphs():
    lines = "".join(f"<tr><td width=20>&nbsp;</td><td>{part}</td></tr>" for part in (PROSE, TABLE, END))
    document = read_twice(site(f"<table>{lines}</table>"))
    assert texts(document) == BODY_TEXTS
    assert len(tables(document)) == 1
