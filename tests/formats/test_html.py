"""Web pages as a whole: metadata, notices, paths, cost, and what any bytes may do."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from html_pages import (
    BODY,
    BODY_TEXTS,
    PROSE,
    TABLE,
    assert_paths_lead_back,
    codes,
    contents,
    read,
    read_twice,
    reread,
    site,
    tables,
    texts,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Document, Source
from extractor.errors import ExtractorError
from extractor.formats import html, read_document, reread_document

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
PAGES = ["pingtan_gwh_2019_recon.html", "shanghai_gov_office_2019.html", "pingtan_column_page.html"]


def test_metadata_holds_the_title_and_the_named_metas_in_lower_case():
    head = (
        "<title> 云岭县档案局年报_云岭县\n</title><META NAME='ArticleTitle' CONTENT='云岭县档案局年报'>"
        "<meta name=PubDate content='2024-01-20 10:00'><meta name=SiteIDCode content=''><meta charset=utf-8>"
    )
    assert read_twice(site(BODY, head)).metadata == {
        "title": "云岭县档案局年报_云岭县",
        "articletitle": "云岭县档案局年报",
        "pubdate": "2024-01-20 10:00",
    }


def test_metadata_holds_the_fields_above_the_article():
    line = "<div>索 引 号：K-1/2024　发布日期：2024-01-20　信息来源：云岭县档案局　浏览次数：12</div>"
    assert read_twice(site(f"{line}<div>{BODY}</div>")).metadata == {
        "索引号": "K-1/2024",
        "发布日期": "2024-01-20",
        "来源": "云岭县档案局",
    }


def test_the_title_of_a_drawing_is_not_the_title_of_the_page():
    assert "title" not in read(f"<svg><title>图标</title></svg>{BODY}").metadata


def test_pictures_in_the_article_are_named_and_icons_are_not():
    pictures = "<p><img src=W0123.jpg><img src=W0124.png></p><img src=/icon_pdf.gif><img src=x.png width=16>"
    document = read_twice(site(f"<div>{PROSE}{pictures}{TABLE}</div>"))
    assert codes(document) == ["image-in-article"]
    assert "2张" in document.notices[0].message


def test_a_page_of_pictures_alone_says_so():
    assert "image-in-article" in codes(
        read_twice(site("<div id=zoom><img src=W1.jpg><img src=W2.jpg></div>"))
    )


@pytest.mark.parametrize(
    "cover",
    [
        "<p><a href=/files/nb2023.pdf>云岭县档案局2023年年报.pdf</a></p>",
        "<p><a href='/module/download/downfile.jsp?classid=0&filename=ab12'>下载</a></p>",
        "<iframe src='/pdfjs/web/viewer.html?file=/a/nb.pdf'></iframe>",
        "<embed src=nb.pdf>",
        "<object data=nb.pdf></object>",
        "<script>showVsbpdfIframe('/__local/8/C4/nb.pdf','100%','600')</script>",
    ],
)
def test_a_page_that_only_covers_a_file_is_named(cover):
    assert "attachment-only" in codes(
        read_twice(site(f"<div class=content><h1>云岭县档案局年报</h1>{cover}</div>"))
    )


def test_a_report_with_a_file_beside_it_is_no_cover():
    document = read_twice(site(f"<div>{BODY * 3}<p>附件：<a href=a.docx>统计表.docx</a></p></div>"))
    assert "attachment-only" not in codes(document)
    assert texts(document)[-1] == "附件：统计表.docx"


def test_an_embedded_file_is_named():
    document = read_twice(site(f"<div>{BODY * 3}<iframe src=/b.pdf></iframe></div>"))
    assert codes(document) == ["embedded-document"]
    assert "/b.pdf" in document.notices[0].message


def test_a_shell_that_scripts_fill_is_named():
    shell = "<noscript>请启用脚本</noscript><div id=app></div><script src=chunk-vendors.js></script>"
    document = read_twice(f"<html><body>{shell}</body></html>")
    assert codes(document) == ["script-shell"]
    assert not document.blocks


def test_characters_that_could_not_be_decoded_are_counted():
    page = site(BODY).encode("gbk").replace("规章".encode("gbk"), b"\xff\xff")
    document = read_twice(page)
    assert codes(document) == ["undecodable-characters"]
    assert "2个" in document.notices[0].message


def test_xhtml_and_texts_that_look_like_file_names_are_pages_too():
    assert texts(read_twice(f"<?xml version='1.0'?><html>{BODY}</html>")) == BODY_TEXTS
    assert texts(read_twice("年报.html")) == ["年报.html"]


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-16", "utf-16-le", "utf-8-sig"])
def test_a_page_gives_the_same_document_in_any_encoding(encoding):
    page = site(BODY, "<meta charset=gb2312>")
    assert read(page.encode(encoding)) == read(page.encode())


def test_a_page_in_big5_is_read():
    page = (
        "<meta charset=big5><p>一、總體情況</p><p>雲嶺縣檔案局本年度主動公開政府信息十二條，均按時發布。</p>"
    )
    assert texts(read_twice(page.encode("big5")))[0] == "一、總體情況"


@pytest.mark.parametrize(
    "page",
    [
        BODY,
        site(f"<div id=zoom>{BODY}</div>"),
        f"<body><o:p><div>{BODY}</div></o:p><span><b><p>云岭县档案局年报附后，请查收。</p></b></span></body>",
        f"<table><tr><td><a href=/>首</a><td><font><div>{BODY}</div></font>{BODY}</table>",
        "<div>甲事项已办结。" + BODY + "<ul><li>乙事项已办结。<li><p>丙事项已办结。</p></ul></div>",
        "<div>" * 300 + BODY + "</div>" * 300,
        "<table><thead><tr><th>项目<th>数</thead><tr><td>甲<td>1<tbody><tr><th>乙<td>2</table>" + PROSE,
        "<!DOCTYPE html><html><!-- x --><head></head><!-- y --><body class=a><!-- z --><p></p>" + BODY,
    ],
)
def test_every_path_leads_back_to_its_text_in_the_browsers_tree(page):
    assert_paths_lead_back(page)


def test_a_cell_has_the_path_a_browser_would_give():
    (table,) = tables(read(f"<div></div><div>{PROSE}{TABLE}</div>"))
    assert table.locator.path == "/html/body/div[2]/table[1]"
    assert table.cells[4].locator.path == "/html/body/div[2]/table[1]/tbody[1]/tr[2]/td[2]"


@pytest.mark.parametrize("name", PAGES)
def test_the_paths_of_real_pages_lead_back(name):
    if not CORPUS.is_dir():
        pytest.skip("no corpus of real reports beside this checkout")
    assert_paths_lead_back((CORPUS / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PAGES)
def test_both_readers_agree_on_real_pages(name):
    if not CORPUS.is_dir():
        pytest.skip("no corpus of real reports beside this checkout")
    read_twice((CORPUS / name).read_bytes())


def test_the_second_reader_writes_the_same_paths_where_the_source_is_whole():
    page = site(f"<div id=zoom>{BODY}</div>")
    assert reread(page).blocks == read(page).blocks


def test_a_page_is_read_through_the_front_door():
    source = Source("年报.doc", site(BODY).encode("gbk"))
    assert read_document(source).format == "html"
    assert contents(reread_document(source)) == contents(read_document(source))


@pytest.mark.parametrize("tag", ["div", "span", "table", "font", "b", "ul"])
def test_ten_thousand_nested_elements_are_no_trouble(tag):
    opened = f"<{tag}>" if tag != "table" else "<table><tr><td>"
    document = read(opened * 10_000 + BODY)
    assert set(BODY_TEXTS) <= set(texts(document))
    assert max(len(block.locator.path or "") for block in document.blocks) < 4000


def seconds(page: str) -> float:
    source = Source("页面.html", page.encode())
    best = 1e9
    for _ in range(3):
        start = time.thread_time()
        html.read(source)
        best = min(best, time.thread_time() - start)
    return best


@pytest.mark.parametrize(
    "piece",
    [
        BODY,
        "<p>云岭县档案局公开信息<span>十二</span>条，均已办结。</p>",
        "<td>甲<td>1<tr>",
        "<td rowspan=9>甲<td colspan=9>1<tr>",
        "<span><p>甲事项已办结，特此公布。</p></span>",
        "<ul><li><a href=/a>甲</a></ul>",
        "<table><tr><td><div>甲事项已办结，特此公布。</div>",
        "<o:p><div>甲</div></o:p>",
        "<p>甲<br>乙<br>",
    ],
)
def test_cost_grows_with_the_page_and_no_faster(piece):
    start = "<table><tr>" if piece.startswith("<td") else ""
    seconds(start + piece * 100)
    assert seconds(start + piece * 2000) <= 20 * seconds(start + piece * 200) + 0.01


TAGS = (
    "table /table tr td /td th tbody thead tfoot p /p div /div br span /span td|rowspan=0 td|colspan=100% "
    "td|rowspan=3|colspan=2 div|hidden a|href=a.pdf /a ul li h1 /h1 pre /pre img iframe ruby rt script "
    "/script !-- o:p svg form select option template frameset caption /body /html br/ ![if noscript title "
    "math col hr textarea"
)
WORDS = "&nbsp; &#0; &lt; --> < > \x00 云岭县档案局 规章 0 12 一、总体情况 主动公开信息，按时办结。"
PIECES = st.lists(
    st.sampled_from([f"<{tag}>".replace("|", " ") for tag in TAGS.split()] + WORDS.split()), max_size=60
)


@given(PIECES)
@settings(max_examples=200, deadline=None)
def test_any_soup_of_tags_gives_a_document_or_an_error_of_ours(pieces):
    data = "".join(pieces).encode()
    for reader in (html.read, html.reread):
        try:
            document = reader(Source("汤.html", data))
        except ExtractorError:
            continue
        if document is None and reader is html.reread:
            continue  # silent where text is not plain
        assert isinstance(document, Document)
        assert all(text.strip() for text in texts(document))
        for table in tables(document):
            assert len({(cell.row, cell.column) for cell in table.cells}) == len(table.cells)


@given(PIECES)
@settings(max_examples=150, deadline=None)
def test_no_two_cells_cover_the_same_place(pieces):
    for table in tables(read("<table><tr><td>甲<td>1<tr>" + "".join(pieces))):
        covered = [
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        ]
        assert len(covered) == len(set(covered))


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_a_document_or_an_error_of_ours(data):
    for reader in (html.read, html.reread):
        with suppress(ExtractorError):
            assert reader(Source("x.html", data)).format == "html"
