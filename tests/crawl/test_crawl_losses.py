"""Lists that are not had whole: what is lost is named, in the manifest and by the exit code."""

import json
from pathlib import Path

import pytest
from crawls import judged, posts, run_crawl
from sites.families_post import dayrui, posting
from sites.pages import column, redirect, rows, title_of
from sites.server import Reply, Site

from extractor.crawl.consequences import Consequences
from extractor.crawl.lists.post_pagers import next_by_post
from extractor.crawl.page import CrawledPage
from extractor.crawl.state import State
from extractor.crawl.task import Judgement, Task

HERE = "http://www.yunling.example/nb/index.html"


def test_a_list_that_shows_its_first_page_again_is_named(tmp_path: Path) -> None:
    routes, _ = posting()
    first = routes["/gtapp/list.jsp?ba=9"]
    assert not isinstance(first, Reply)
    routes["POST /gtapp/list.jsp?ba=9"] = first("/gtapp/list.jsp?ba=9", {}, b"cpage=1")
    with Site(routes) as site:
        crawl = run_crawl(tmp_path / "a", site.home)
    assert len(posts(site)) == 1
    (line,) = [line for line in crawl.lines if line.get("method") == "POST"]
    assert line["outcome"] == "list_repeats"
    assert crawl.code == 9


def test_the_last_page_of_a_platform_that_sends_it_for_ever_is_taken_once() -> None:
    shown = {
        "list": [{"title": title_of("云岭县档案局", 2023), "url": "/1.html"}],
        "pageNo": 3,
        "totalPage": 3,
    }
    task = Task(HERE, "list", body='{"pageNo":4}', family="affair", paging=4, found_on=HERE)
    found = judged(json.dumps({"data": shown}), task=task)
    assert (found.outcome, found.found) == ("list_cut", ())
    assert found.note == "要第 4 页，来的是第 3 页"


def test_a_list_longer_than_is_asked_for_is_named() -> None:
    task = Task(
        HERE, "list", body="x=1", family="dayrui", found_on=HERE, context={"prefix": HERE, "size": "1"}
    )
    found = judged(
        json.dumps({"total": 9999, "data": [{"title": "云岭县要闻", "url": "/1.html"}]}), task=task
    )
    assert (found.outcome, found.note) == ("list_cut", "列表有 9999 页，只取前 500 页")


@pytest.mark.parametrize(
    ("script", "note"),
    [
        ('$.post("/api-ajax_list-" + page + ".html", form)', "迅睿：列表怎么要，网页里看不出"),
        ("$.post('/front/api/data/affair', form)", "上海各区平台：列表怎么要，网页里看不出"),
        ("load('/module/xxgk/search.jsp', form)", "大汉信息公开目录：列表怎么要，网页里看不出"),
        ("get('/truecms/messageController/getMessage.do')", "truecms：列表怎么要，网页里看不出"),
        ("load('/was5/web/search?channelid=2')", "TRS WAS 检索：列表怎么要，网页里看不出"),
    ],
)
def test_a_list_whose_request_the_page_does_not_tell_is_named(script: str, note: str) -> None:
    found = judged(column("政府信息公开年报", "<ul></ul>", f"<script>{script}</script>").body.decode())
    assert (found.outcome, found.note) == ("needs_browser", note)


@pytest.mark.parametrize(
    "link",
    [
        '<a href="javascript:goPage(3)">3</a>',
        '<a href="javascript:;" onclick="queryList(2)">2</a>',
        '<a href="javascript:void(0)" onclick="toPage(\'2\')">下一页</a>',
        "<a href=\"javascript:WebForm_DoPostBackWithOptions('GridView1','Page$2')\">2</a>",
    ],
)
def test_a_pager_that_only_a_script_understands_is_named(link: str) -> None:
    listed = rows(("/1.html", title_of("云岭县档案局", 2023)))
    found = judged(column("政府信息公开年报", listed + link).body.decode())
    assert (found.outcome, found.note) == ("needs_browser", "列表的后续页只有脚本能翻")
    assert [task.url for task in found.found if task.role == "candidate"] == [
        "http://www.yunling.example/1.html"
    ]


@pytest.mark.parametrize(
    "link", ['<a href="javascript:goPage(1)">1</a>', '<a href="javascript:void(0)">下一页</a>']
)
def test_a_pager_on_a_lists_only_page_loses_nothing(link: str) -> None:
    listed = rows(("/1.html", title_of("云岭县档案局", 2023)))
    assert judged(column("政府信息公开年报", listed + link).body.decode()).outcome == "column"


def test_a_posted_answer_that_is_no_list_is_named(tmp_path: Path) -> None:
    routes, _ = dayrui()
    for n in (1, 2, 3):
        routes[f"POST /api-ajax_list-{n}.html"] = redirect("/login.html")
    routes["/login.html"] = Reply("<html><h1>用户登录</h1></html>".encode())
    with Site(routes) as site:
        crawl = run_crawl(tmp_path / "a", site.home)
    assert crawl.outcome(site.url("/login.html")) == "not_the_list"
    assert crawl.code == 9


def test_a_search_box_beside_reports_loses_nothing() -> None:
    listed = rows(("/1.html", title_of("云岭县档案局", 2023)))
    box = '<form action="/was5/web/search"><input name="words"></form>'
    assert judged(column("政府信息公开年报", box + listed).body.decode()).outcome == "column"


def test_a_posted_page_whose_pager_is_no_longer_understood_is_named() -> None:
    listed = rows(("/1.html", title_of("云岭县档案局", 2023)))
    links = "<a href=\"javascript:__doPostBack('Pager','11')\">12</a>"
    html = f'<form><input type="hidden" name="__VIEWSTATE" value="x">{listed}{links}</form>'
    context = {"base": HERE, "mark": "__VIEWSTATE"}
    task = Task(HERE, "list", body="x=1", family="posted", paging=10, found_on=HERE, context=context)
    found = judged(html, task=task)
    assert (found.outcome, found.note) == ("list_cut", "列表的后续页只有脚本能翻")
    assert [lead.role for lead in found.found] == ["candidate"]


def page_of_known_reports(number: int, *, strong: bool, guessed: bool = False) -> tuple[Task, Judgement]:
    """Return a page of a list that brings no report but known ones, and leads on."""
    task = Task(HERE, "list", body="x=1", paging=number, found_on=HERE, strong=strong, guessed=guessed)
    reports = tuple(Task(f"http://www.yunling.example/{number}{n}.html", "candidate") for n in range(3))
    following = Task(HERE, "list", body=f"x={number + 1}", paging=number + 1, found_on=HERE)
    return task, Judgement("list", found=(*reports, following))


@pytest.mark.parametrize(("strong", "goes_on"), [(True, True), (False, False)])
def test_a_column_of_reports_is_turned_on_past_known_ones_and_no_other_list_is(
    strong: bool, goes_on: bool, tmp_path: Path
) -> None:
    state = State(tmp_path / "state.sqlite")
    task, judgement = page_of_known_reports(5, strong=strong)
    *reports, following = judgement.found
    state.add(reports)
    told = Consequences(state, frozenset({"yunling.example"}), 8).of(task, judgement)
    assert state.knows(following) == goes_on
    assert told.note == ("" if goes_on else "没有新的年报（或到了页数上限），列表没有再往后翻")


@pytest.mark.parametrize(("guessed", "outcome"), [(True, "no_more"), (False, "list_repeats")])
def test_a_page_that_was_only_guessed_may_repeat_the_last(
    guessed: bool, outcome: str, tmp_path: Path
) -> None:
    consequences = Consequences(State(tmp_path / "state.sqlite"), frozenset({"yunling.example"}), 8)
    task, judgement = page_of_known_reports(2, strong=True, guessed=guessed)
    assert consequences.of(task, judgement).outcome == "list"
    assert consequences.of(task, judgement).outcome == outcome


def test_a_control_without_a_number_makes_a_guess() -> None:
    link = "<a href=\"javascript:__doPostBack('{}')\">下一页</a>"
    form = '<form><input type="hidden" name="__VIEWSTATE" value="x">{}</form>'
    guessed = {
        event: [task.guessed for task in next_by_post(CrawledPage(form.format(link.format(event)), HERE), 1)]
        for event in ("lbNext','", "Pager','2")
    }
    assert guessed == {"lbNext','": [True], "Pager','2": [False]}
