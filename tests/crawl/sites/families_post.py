"""Systems whose lists are asked for by a script, mostly by POST: 迅睿, search.jsp, 上海, truecms, pagers."""

import json
from collections.abc import Callable
from itertools import count
from urllib.parse import parse_qs, parse_qsl, urlsplit

from sites.county import BUREAUS, Built, way_to
from sites.pages import article, column, notice, rows, title_of
from sites.server import Reply, Route

HTML = {"Content-Type": "text/html; charset=utf-8"}
NOTICE = "关于做好2023年政府信息公开工作年度报告编制工作的通知"
WRONG = Reply("参数错误".encode(), 500)


def _reports(pattern: str, number: int) -> tuple[dict[str, Route], list[tuple[str, str]], set[str]]:
    """Return the pages of so many reports, their rows with one that is none, and their paths."""
    routes: dict[str, Route] = {}
    listed = []
    for n in range(number):
        path, agency = pattern.format(n), f"云岭县{BUREAUS[n % 12]}"
        routes[path] = article(agency, 2004 + n % 20, container='id="zoom"')
        listed.append((path, title_of(agency, 2004 + n % 20)))
    taken = set(routes)
    listed.insert(number // 2, (pattern.format("999"), NOTICE))
    routes[pattern.format("999")] = notice(NOTICE)
    return routes, listed, taken


def _json(value: object) -> Reply:
    return Reply(json.dumps(value, ensure_ascii=False).encode(), headers={"Content-Type": "application/json"})


def dayrui() -> Built:
    """An empty list; rows from api-ajax_list for the values in the script, long titles cut."""
    routes, listed, taken = _reports("/xxgk-show-{}.html", 33)
    routes |= way_to("/xxgk-list-nb.html")
    listed[0] = (
        listed[0][0],
        "云岭县档案局（云岭县档案馆、云岭县地方志编纂办公室）2004年政府信息公开工作年..",
    )
    wanted = [("ajax_type[]", value) for value in ("21_xxgk", "166", "21", "xxgk", "Y-m-d", "50", "15")]
    wanted += [("ajax_type[7][]", value) for value in ("is_top DESC", "inputtime DESC")]
    wanted += [("ajax_type[]", ""), ("is_ds", "1")]

    def listing(path: str, headers: dict[str, str], body: bytes) -> Reply:
        if parse_qsl(body.decode(), keep_blank_values=True) != wanted:
            return WRONG
        number = int(path.removeprefix("/api-ajax_list-").removesuffix(".html"))
        items = [{"url": url, "title": title} for url, title in listed[number * 15 - 15 : number * 15]]
        return _json({"total": str(len(listed)), "data": items})

    routes |= {f"POST /api-ajax_list-{n}.html": listing for n in (1, 2, 3)}
    script = (
        '<script>var page=1; var ajax_type = ["21_xxgk", "166", 21, "xxgk", "Y-m-d", "50", 15,'
        " ['is_top DESC', 'inputtime DESC'], null];"
        '$.post("/api-ajax_list-"+page+".html", {ajax_type: ajax_type, is_ds: 1}, function(d){});</script>'
    )
    routes["/xxgk-list-nb.html"] = column("政府信息公开年报", '<ul id="list"></ul>', script)
    return routes, taken


def search_jsp() -> Built:
    """The shell of Hanweb's 信息公开 module: a tree in a frame, rows as a fragment from search.jsp."""
    routes, listed, taken = _reports("/art/2025/1/9/art_7_{}.html", 40)
    routes |= way_to("/col/col7/index.html?vc_xxgkarea=002276&number=")
    wanted = {"infotypeId": "B0104", "area": "002276", "divid": "div7", "jdid": "31", "standardXxgk": "1"}

    def listing(path: str, headers: dict[str, str], body: bytes) -> Reply:
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        query = dict(parse_qsl(urlsplit(path).query, keep_blank_values=True))
        if not wanted.items() <= form.items() or query["currpage"] != form["currpage"] or form["vc_all"]:
            return WRONG
        number = int(form["currpage"])
        found = "".join(
            f'<tr class="tr_main_value_odd"><td><a href="{url}" title="{title}">{title[:12]}…</a></td></tr>'
            for url, title in listed[number * 15 - 15 : number * 15]
        )
        return Reply(f"<table>{found}</table><div>共&nbsp;<b>3</b>页</div>".encode(), headers=HTML)

    routes["POST /module/xxgk/search.jsp"] = listing
    shell = (
        '<iframe src="/module/xxgk/tree.jsp?area=002276"></iframe><div id="div7"></div>'
        '<form action="/module/xxgk/search.jsp" method="post"><input name="vc_title"></form>'
        "<script>function ask(a,b,c){loadDynamic('/module/xxgk/search.jsp?standardXxgk=1&infotypeId=B0104'"
        "+a+'&vc_title='+encodeURI(b)+'&vc_number='+encodeURI(c)+'&area=002276',"
        "'div7','0','0','950','31','','');}</script>"
    )
    routes["/col/col7/index.html"] = column("政府信息公开年报", shell)
    return routes, taken


def affair() -> Built:
    """JSON by POST for a channel; behind its last page the platform sends that page again."""
    routes, listed, taken = _reports("/zwgk/nb/2025/{}.html", 37)
    routes |= way_to("/zwgk/nb/index.html")

    def listing(path: str, headers: dict[str, str], body: bytes) -> Reply:
        asked = json.loads(body)
        if asked["channelList"] != ["3"] or asked["pageSize"] != 15 or asked.get("docFlag") != "1":
            return WRONG
        number = min(asked["pageNo"], 3)
        items = [{"id": url, "url": url, "title": title} for url, title in listed]
        shown = items[number * 15 - 15 : number * 15]
        return _json({"data": {"list": shown, "pageNo": number, "totalPage": 3, "totalCount": len(listed)}})

    routes["POST /front/api/data/affair"] = listing
    script = (
        '<script>new CMS({url: "/front/api/data/affair", data: {channelList: ["3"], pageSize: 15,'
        ' docFlag: "1"}});</script>'
    )
    routes["/zwgk/nb/index.html"] = column("政府信息公开年报", '<div id="cms"></div>', script)
    return routes, taken


def truecms() -> Built:
    """The first rows in the page, the others as XML in JSONP; nothing without a Referer."""
    routes, listed, taken = _reports("/ylx/nb/content/{:0>8}-0000-4000-8000-000000000000.html", 34)
    routes |= way_to("/ylx/nb/nb.html")

    def listing(path: str, headers: dict[str, str], body: bytes) -> Reply:
        query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        if not headers.get("referer", "").endswith("/ylx/nb/nb.html") or int(query["perpage"]) > 10:
            return Reply(b"<h1>404</h1>", 404)
        first, last = int(query["startrecord"]), int(query["endrecord"])
        records = "".join(
            f'<record><![CDATA[<li><a href="{url}" title="{title}">{title}</a></li>]]></record>'
            for url, title in listed[first - 1 : last]
        )
        xml = (
            f"<datastore><totalrecord>{len(listed)}</totalrecord><recordset>{records}</recordset></datastore>"
        )
        answer = json.dumps({"result": xml if query["columnId"] == "754f" else ""})
        return Reply(f"{query['callback']}({answer});".encode(), headers={"Content-Type": "text/plain"})

    routes["GET /truecms/messageController/getMessage.do"] = listing
    script = (
        "<script>$('#list').jpage({perPage:10, proxyUrl:'/truecms/messageController/getMessage.do',"
        " columnId:'754f', totalRecord:35});</script>"
    )
    routes["/ylx/nb/nb.html"] = column("政府信息公开年报", rows(*listed[:10]), script)
    return routes, taken


def posting() -> Built:
    """A page number posted to the list's own address, by a function that the page shows."""
    routes, listed, taken = _reports("/gtapp/nrglIndex.action?messageID={}", 28)
    routes |= way_to("/gtapp/list.jsp?ba=9")

    def listing(path: str, headers: dict[str, str], body: bytes) -> Reply:
        number = int(dict(parse_qsl(body.decode())).get("cpage", "1"))
        pages = "".join(f"<a href=\"javascript:page('{n}')\">{n}</a>" for n in range(1, 4))
        form = (
            "<form name='f' method='post'><input type='hidden' name='cpage'></form>"
            "<script>function page(n){f.cpage.value=n;f.submit();}</script>"
        )
        shown = rows(*listed[number * 10 - 10 : number * 10])
        return column("政府信息公开年报", f"{shown}{pages}<a href=\"javascript:page('3')\">尾页</a>", form)

    routes["/gtapp/list.jsp?ba=9"] = routes["POST /gtapp/list.jsp?ba=9"] = listing
    return routes, taken


def webforms() -> Built:
    """Three pagers of WebForms, whose state differs in every answer, among controls that are none of ours."""
    routes: dict[str, Route] = way_to("/nb/index.aspx")
    taken: set[str] = set()
    links = ""
    for year, pager in ((2021, _numbers), (2022, _grid), (2023, _button)):
        pages, listed, found = _reports(f"/nb/{year}/show{{}}.aspx", 24)
        routes |= pages
        taken |= found
        path = f"/nb/list.aspx?year={year}"
        routes[path] = routes[f"POST {path}"] = _WebForm(listed, pager)
        links += f'<a href="{path}">{year}年</a>'
    routes["/nb/index.aspx"] = column("政府信息公开年报", links)
    return routes, taken


class _WebForm:
    """One list: it answers a POST only with the state of its own last answer, and only from its pager."""

    def __init__(self, listed: list[tuple[str, str]], pager: Callable[[int], "Turn"]) -> None:
        self.listed = listed
        self.pager = pager
        self.issued: dict[str, int] = {}  # state → the page it belongs to
        self.serial = count()

    def __call__(self, path: str, headers: dict[str, str], body: bytes) -> Reply:
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        number = 1
        if form:
            number = self.pager(self.issued.get(form.get("__VIEWSTATE", ""), 0))[0]
            target = (form.get("__EVENTTARGET"), form.get("__EVENTARGUMENT"))
            if target != self.pager(number - 1)[1] or form.get("channel") != "7" or "btnAsk" in form:
                return WRONG
        return self.page(number)

    def page(self, number: int) -> Reply:
        state = f"/wEPDw{next(self.serial)}+=="
        self.issued[state] = number
        following = "" if number == 3 else self.pager(number)[2]
        controls = (
            "<a href=\"javascript:__doPostBack('btnDelete','')\">删除</a>"
            "<a href=\"javascript:__doPostBack('calDay','8402')\">2</a>"
            "<a href=\"javascript:__doPostBack('btnMail','2')\">订阅</a>"
            '<input type="submit" name="btnAsk" value="查询"><input name="words">'
        )
        fields = (
            f'<input type="hidden" name="__VIEWSTATE" value="{state}">'
            '<input type="hidden" name="__EVENTTARGET" value="">'
            '<input type="hidden" name="channel" value="7">'
        )
        shown = rows(*self.listed[number * 9 - 9 : number * 9])
        body = f'<form method="post" action="./list.aspx{{}}">{fields}{controls}{shown}{following}</form>'
        year = self.listed[0][0].split("/")[2]
        return column(f"{year}年", body.format(f"?year={year}"))


Turn = tuple[int, tuple[str, str], str]  # the page turned to, the event, the links


def _numbers(number: int) -> Turn:
    link = "<a href=\"javascript:__doPostBack('AspNetPager1','{}')\">{}</a>"
    links = "".join(link.format(n, n) for n in range(1, 4) if n != number) + link.format(number + 1, "下一页")
    return number + 1, ("AspNetPager1", str(number + 1)), links + link.format(3, "尾页")


def _grid(number: int) -> Turn:
    link = "<a href=\"javascript:__doPostBack('ctl00$GridView1','Page${}')\">{}</a>"
    links = "".join(link.format(n, n if n < 3 else "...") for n in range(1, 4) if n != number)
    return number + 1, ("ctl00$GridView1", f"Page${number + 1}"), links


def _button(number: int) -> Turn:
    links = (
        "<a href=\"javascript:__doPostBack('lbPrev','')\">上一页</a>"
        "<a href=\"javascript:__doPostBack('lbNext','')\">下一页</a>"
    )
    return number + 1, ("lbNext", ""), links
