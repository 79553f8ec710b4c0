"""The parts that need no server: words, addresses, pages, lists, bodies, files."""

import gzip
import itertools
import time
from base64 import b64encode
from pathlib import Path
from urllib.parse import quote

import pytest

from extractor.crawl.addresses import join, key_of, kind_of_file
from extractor.crawl.judge import judge
from extractor.crawl.page import CrawledPage
from extractor.crawl.paging import counted_pages, printed_pages
from extractor.crawl.patience import TooSlow, time_limit
from extractor.crawl.spider import retry_after
from extractor.crawl.task import Answer, Judgement, Task
from extractor.crawl.warc import WarcFiles
from extractor.crawl.words import agency_in, column_strength, names_a_report, year_in
from extractor.encoding import charset_in, decode

HERE = "http://www.yunling.example/zfxxgk/nb/index.html"


def judged(html: str, *, role: str = "page", label: str = "", url: str = HERE) -> Judgement:
    body = html.encode()
    task = Task(url, role, label=label)  # type: ignore[arg-type]
    return judge(task, Answer(url, 200, (("content-type", "text/html"),), body, body))


@pytest.mark.parametrize(
    "title",
    [
        "云岭县档案局2024年政府信息公开工作年度报告",
        "2024年云岭县政府信息公开年度报告",
        "云岭县2008年度政府信息公开工作报告",
        "云岭县财政局 2023 年度信息公开年报",
        "云岭镇2014年政府信息公开报告",
        "雲嶺縣水務局2020年政府信息公開工作年度報告",
        "２０２４年度政务公开工作年度报告（云岭县气象局）",
        "关于公布云岭县2019年政府信息公开工作年度报告的公告",
        "云岭县考核办2024年政府信息公开工作年度报告",
    ],
)
def test_titles_of_reports_are_known(title: str) -> None:
    assert names_a_report(title)


@pytest.mark.parametrize(
    "title",
    [
        "关于报送2024年政府信息公开工作年度报告的通知",
        "图解2024年政府信息公开工作年度报告",
        "云岭县2024年政府信息公开工作年度报告解读",
        "2023年度法治政府建设年度报告",
        "2024年政府网站工作年度报表",
        "政府信息公开指南",
        "2024年政府工作报告",
        "2024年政府信息公开工作年度报告汇总",
        "政府信息公开年报",
        "2024年政府信息公开工作要点",
        "",
    ],
)
def test_what_only_sounds_like_a_report_is_not_one(title: str) -> None:
    assert not names_a_report(title)


def test_year_and_agency_come_from_the_title() -> None:
    title = "云岭县档案局（云岭县档案馆）2024年度政府信息公开工作年度报告"
    assert (year_in(title), agency_in(title)) == (2024, "云岭县档案局云岭县档案馆")


def test_columns_have_their_strength() -> None:
    strengths = [
        column_strength(text, "/x/")
        for text in ("政府信息公开年报", "法定主动公开内容", "依申请公开", "解读")
    ]
    assert strengths == [2, 1, 0, 0]
    assert column_strength("更多", "http://yunling.example/zwgk/zfxxgknb_97166/") == 2
    assert column_strength("某文", "http://yunling.example/zwgk/zfxxgknb/202401/t20240101_1.html") == 0


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("./a.pdf", "http://www.yunling.example/zfxxgk/nb/a.pdf"),
        ("../../b/", "http://www.yunling.example/b/"),
        ("/年报.pdf", "http://www.yunling.example/%E5%B9%B4%E6%8A%A5.pdf"),
        ("//cdn.yunling.example/x", "http://cdn.yunling.example/x"),
        ("{{item.url}}", None),
        ("<?=el.link?>", None),
        ("mailto:a@yunling.example", None),
        ("http://[::bad/", None),
        ("http://x:99999999/", None),
    ],
)
def test_an_address_is_joined_or_is_none(reference: str, address: str | None) -> None:
    assert join(HERE, reference) == address


def test_spellings_of_one_page_share_a_key() -> None:
    same = {
        "http://yunling.example/a/?id=1&utm_source=w",
        "https://www.yunling.example/a/index.html?id=1&_=0.5",
    }
    assert len({key_of(url) for url in same}) == 1
    assert key_of("http://yunling.example/list.shtml?2") != key_of("http://yunling.example/list.shtml?3")


def test_the_kind_of_a_file_is_seen_in_path_and_query() -> None:
    urls = ("/a.PDF?e=.pdf", "/d?fileName=%E6%8A%A5.docx&x=1", "/a.html", "/pdf/a.htm")
    assert [kind_of_file(url) for url in urls] == ["pdf", "docx", "", ""]


@pytest.mark.parametrize(
    "call",
    [
        'createPageHTML(4, 0, "index", "html")',
        "createPageHTML('page', 4, 0, 'index', 'html')",
        'createPageHTML(4,0,"index","html",120)',
    ],
)
def test_page_counts_are_read_in_all_orders(call: str) -> None:
    found = counted_pages(CrawledPage(f"<script>{call};</script>", HERE))
    assert found == [f"http://www.yunling.example/zfxxgk/nb/index_{n}.html" for n in (1, 2, 3)]


def test_numbers_that_are_no_page_numbers_are_not_followed() -> None:
    html = '<a href="/other/12.html">12</a><a href="index_2.html">2</a><a href="index_2.html">下一页</a>'
    assert printed_pages(CrawledPage(html, HERE)) == ["http://www.yunling.example/zfxxgk/nb/index_2.html"]


def test_a_pager_that_a_script_holds_encoded_is_read() -> None:
    pager = quote('<a href="index_2.html">下一页</a>')
    page = CrawledPage(
        f"<script>show(atob('{b64encode(pager.encode()).decode()}'), atob('AAAAAAAAAAAAAAAAA'));</script>",
        HERE,
    )
    assert printed_pages(page) == ["http://www.yunling.example/zfxxgk/nb/index_2.html"]


def test_a_link_that_looks_like_a_report_may_lead_to_a_column_of_a_year() -> None:
    rows = "".join(
        f'<li><a href="{n}.html">云岭县第{n}局2023年政府信息公开工作年度报告</a></li>' for n in range(9)
    )
    found = judged(
        f'<h2>2023年</h2><ul>{rows}</ul><a href="index_1.html">下一页</a>',
        role="candidate",
        label="2023年政府信息公开年报",
    )
    assert found.outcome == "column"
    assert {task.role for task in found.found} == {"candidate", "page"}


def test_a_report_in_a_file_is_one_though_others_are_listed_beside_it() -> None:
    title = "云岭县档案局2023年政府信息公开工作年度报告"
    aside = "".join(
        f'<a href="/x/{n}.html">云岭县第{n}局2022年政府信息公开工作年度报告</a>' for n in range(6)
    )
    found = judged(
        f'<meta name="ArticleTitle" content="{title}"><h1>{title}</h1>'
        f'<div id="zoom"><a href="a.pdf">a.pdf</a></div>{aside}',
        role="candidate",
        label=title,
    )
    assert found.outcome == "report"
    assert [task.url for task in found.found if task.role == "attachment"] == [
        "http://www.yunling.example/zfxxgk/nb/a.pdf"
    ]


def test_a_banner_makes_no_scanned_report() -> None:
    html = '<div class="content"><img src="/images/banner.png"><p>栏目建设中</p></div>'
    url = "http://www.yunling.example/1.html"
    found = judged(html, role="candidate", label="云岭县档案局2023年政府信息公开工作年度报告", url=url)
    assert found.outcome == "unlike_a_report"


def test_a_login_page_in_place_of_a_file_is_named() -> None:
    found = judged(
        "<h1>用户登录</h1><p>请输入验证码</p>",
        role="candidate",
        label="云岭县档案局2023年政府信息公开工作年度报告",
        url="http://www.yunling.example/a.pdf",
    )
    assert found.outcome == "not_the_file"


def test_a_route_that_only_a_browser_follows_is_named() -> None:
    found = judged('<p>政府信息公开专栏，共有栏目十二个。</p><a href="#/nb">政府信息公开年报</a>')
    assert found.outcome == "needs_browser"
    assert "政府信息公开年报" in found.note


def test_one_broken_byte_does_not_make_a_page_gbk() -> None:
    assert "云岭县档案局" in decode("<p>云岭县档案局</p>".encode() + b"\xff", "utf-8")[0]


def test_retry_after_may_be_a_date() -> None:
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0


def test_a_real_column_gives_its_ten_reports_and_is_none_itself(real_reports: Path) -> None:
    body = (real_reports / "pingtan_column_page.html").read_bytes()
    url = "https://www.pingtan.gov.cn/zwgk/zfxxgk/zfxxgknb/nlist.htm"
    answer = Answer(url, 200, (("content-type", "text/html"),), body, body)
    for role in ("page", "candidate"):
        found = judge(Task(url, role, label="2019年政府信息公开工作年度报告"), answer)  # type: ignore[arg-type]
        assert found.outcome == "column"
        reports = [task for task in found.found if task.role == "candidate"]
        assert len(reports) == 10
        assert all("/t20" in task.url for task in reports)


@pytest.mark.parametrize("name", ["pingtan_gwh_2019_recon.html", "shanghai_gov_office_2019.html"])
def test_a_real_report_is_one(real_reports: Path, name: str) -> None:
    body = (real_reports / name).read_bytes()
    found = judge(
        Task("http://www.yunling.example/1.html"),
        Answer("http://www.yunling.example/1.html", 200, (), body, body),
    )
    assert (found.outcome, found.year) == ("report", 2019)


@pytest.mark.parametrize(
    "piece",
    [
        "<record>",
        "<datastore><record>",
        "<nextgroup>",
        "createPageHTML(",
        "<script unitbuild.js ",
        "<a href='x'>政府信息公开",
        "<div class='content'>",
        "{SID:",
        "'/site/label/8888?",
        "loadDynamic('/module/xxgk/search.jsp?a='",
        "'api-ajax_list-'['1_x','",
        "<a href=\"javascript:__doPostBack('GridView1','Page$2",
        "'/api/data/affair'channelList:[",
        "'getMessage.do'columnId:'",
    ],
)
def test_a_page_made_to_be_slow_is_not(piece: str) -> None:
    began = time.process_time()
    judged("<html><body><script>" + piece * 8_000 + "</script>" + piece * 2_000)
    assert time.process_time() - began < 30  # a square would take minutes


def test_a_body_that_belies_its_encoding_does_not_spoil_the_file_for_other_readers(tmp_path: Path) -> None:
    fastwarc = pytest.importorskip("fastwarc.warc")
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    body = b"<p>text</p>"
    files = WarcFiles(tmp_path, "reports", "test")
    for number, raw in enumerate((body, gzip.compress(body), body)):
        answer = Answer(f"http://yunling.example/{number}", 200, headers, raw, body)
        files.write(Task(answer.url), answer, (), "2025-01-21T00:00:00Z")
    with (tmp_path / "reports-00001.warc.gz").open("rb") as file:
        records = fastwarc.ArchiveIterator(
            file, auto_decode="all", record_types=fastwarc.WarcRecordType.response
        )
        assert [record.reader.read() for record in records] == [body] * 3


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "undefined", "unicode_escape", "base64", "utf-7", "x"]
)
def test_a_charset_that_is_none_is_passed_over(charset: str) -> None:
    body = "<p>云岭县档案局</p>".encode("gb18030")
    assert "云岭县档案局" in decode(body, charset_in(f"text/html; charset={charset}"))[0]


def test_a_page_nested_a_hundred_thousand_deep_is_judged_in_time() -> None:
    page = b"<html><body>" + b"<div>" * 100_000 + b"<a href=/b.html>" + "年报".encode()
    with time_limit(10):
        links = CrawledPage(page.decode(), "http://a.example/").links
    assert [link.url for link in links] == ["http://a.example/b.html"]


def test_what_takes_too_long_is_given_up() -> None:
    with pytest.raises(TooSlow, match=r"超过 0.05 秒"), time_limit(0.05):
        any(number < 0 for number in itertools.count())
    with time_limit(0.05):
        pass
    time.sleep(0.1)  # nothing rings later
