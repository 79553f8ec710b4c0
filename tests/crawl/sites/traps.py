"""Sites that lead astray or misbehave: their routes, what must be taken, what must be named."""

import gzip
from collections import Counter
from collections.abc import Callable

from sites.county import Built
from sites.pages import article, column, home, notice, page, pdf, redirect, robots, rows, title_of
from sites.server import Reply, Route

LOOK_ALIKES = (
    "云岭县2023年度法治政府建设年度报告",
    "云岭县2023年政府网站工作年度报表",
    "云岭县2023年政府信息公开工作年度报告解读",
    "关于印发2023年政府信息公开工作年度报告格式的通知",
    "2023年政府信息公开工作年度报告编制说明",
    "云岭县2023年政府信息公开统计表",
    "云岭县政府信息公开指南（2023年版）",
    "2023年度部门决算报告",
)


def maze() -> Built:
    """Calendars, lists without end, redirects in a ring, pages that are not there, look-alikes, copies."""
    routes: dict[str, Route] = {
        "/robots.txt": Reply(b"<html><h1>404</h1></html>"),
        "/": home(
            ("/zwgk/", "政务公开"),
            ("/gk/1", "政府信息公开"),
            ("/ring/a", "信息公开专栏"),
            ("/turn/", "政府信息公开网"),
        ),
        "/ring/a": redirect("/ring/b"),
        "/ring/b": redirect("/ring/a"),
        "/turn/": page("", head='<meta http-equiv="refresh" content="0;url=/turn/">'),
        "/zwgk/": column(
            "政府信息公开", '<a href="/nb/">政府信息公开年报</a><a href="/app/">信息公开年报</a>'
        ),
        "/app/": Reply(
            b'<html><body><div id="app"></div><script src="/chunk-vendors.js"></script></body></html>'
        ),
    }
    taken: set[str] = set()
    good = [(f"/nb/2023/{n}/index.html", title_of(f"云岭县第{n}局", 2023)) for n in range(6)]
    for path, _ in good:
        routes[path] = article(f"云岭县第{path.split('/')[3]}局", 2023)
        taken.add(path)
    bad = [(f"/other/{n}.html", title) for n, title in enumerate(LOOK_ALIKES)]
    routes |= {path: notice(title) for path, title in bad}
    lost = [("/gone/1.html", title_of("云岭县甲局", 2023)), ("/gone/2.html", title_of("云岭县乙局", 2023))]
    routes["/gone/1.html"] = page("<div class='content'>抱歉，您访问的页面不存在或已被删除。</div>", "出错了")
    routes["/gone/2.html"] = routes["/"]
    copies = [("/copy/1.html", good[0][1]), ("/gate/big5/127.0.0.1/x.html", good[1][1])]
    routes["/copy/1.html"] = routes[good[0][0]]
    taken.add("/copy/1.html")
    hidden = f'<a href="javascript:openReport(17)">{title_of("云岭县丙局", 2023)}</a>'
    outside = '<a href="http://other.yunling.example/1.html">云岭县丁局2023年政府信息公开工作年度报告</a>'
    listed = rows(*good, *bad, *lost, *copies) + hidden + outside
    routes["/nb/"] = column("政府信息公开年报", listed + '<a href="/nb/?p=2">下一页</a>')
    return routes, taken


def without_end(path: str, _: dict[str, str], __: bytes) -> Reply:
    """Answer every address of the maze that has no route: lists that repeat, days that go on for ever."""
    if path.startswith("/nb/?p="):
        number = int(path.partition("=")[2])
        same = [(f"/nb/2023/{n}/index.html", title_of(f"云岭县第{n}局", 2023)) for n in range(6)]
        return column("政府信息公开年报", rows(*same) + f'<a href="/nb/?p={number + 1}">下一页</a>')
    if path.startswith("/gk/"):
        number = int(path.rsplit("/", 1)[1])
        days = f'<a href="/gk/{number + 1}">信息公开</a><a href="/rili?day={number + 1}">后一天</a>'
        return column("政府信息公开", days + f'<a href="/gk/{number + 1}">下一页</a>')
    if path.startswith("/news/"):
        return page("<p>新闻</p>")
    return Reply(b"<h1>404 Not Found</h1>", 404)


def once(fault: Reply, then: Reply) -> Callable[[str, dict[str, str], bytes], Reply]:
    """Return a route that fails the first time."""
    asked: Counter[str] = Counter()

    def answer(path: str, _: dict[str, str], __: bytes) -> Reply:
        asked[path] += 1
        return fault if asked[path] == 1 else then

    return answer


HTML = {"Content-Type": "text/html; charset=utf-8"}
ZIPPED = HTML | {"Content-Encoding": "gzip"}


def _good(name: str) -> Reply:
    return article(f"云岭县{name}局", 2022)


def _body(name: str) -> bytes:
    return _good(name).body


def _survived() -> dict[str, Route]:
    """Return the faults that a report can be read in spite of."""
    return {
        "timeout-once": once(Reply(fault="stall"), _good("甲")),
        "reset-once": once(Reply(fault="reset"), _good("乙")),
        "500-once": once(Reply(b"oops", 500), _good("丙")),
        "429-once": once(Reply(b"slow down", 429, HTML | {"Retry-After": "1"}), _good("丁")),
        "short-once": once(Reply(_body("戊"), fault="short"), _good("戊")),
        "charset-gbk": Reply(_body("己").decode().encode("gb18030"), headers=HTML),
        "charset-utf8": Reply(_body("庚"), headers={"Content-Type": "text/html; charset=gb2312"}),
        "type-octets": Reply(_body("辛"), headers={"Content-Type": "application/octet-stream"}),
        "type-none": Reply(_body("壬"), headers={}),
        "gzip": Reply(gzip.compress(_body("癸")), headers=ZIPPED),
        "gzip-claimed": Reply(_body("子"), headers=ZIPPED),
        "moved": redirect("/r/moved-here", 301),
    }


def _lost() -> dict[str, tuple[Route, str]]:
    """Return the faults that cost a report, and what they must be called."""
    return {
        "timeout": (Reply(fault="stall"), "timeout"),
        "reset": (Reply(fault="reset"), "reset"),
        "403": (Reply(b"<h1>403 Forbidden</h1>", 403), "blocked"),
        "404": (Reply(b"<h1>404</h1>", 404), "dead"),
        "412": (Reply(b"<script>$_ts=1</script>", 412), "challenge"),
        "500": (Reply(b"oops", 500), "server_error"),
        "short": (Reply(_body("丑"), fault="short"), "truncated"),
        "gzip-cut": (Reply(gzip.compress(_body("寅"))[:-40], headers=ZIPPED), "bad_encoding"),
        "gzip-bomb": (Reply(gzip.compress(b"0" * 9_000_000), headers=ZIPPED), "bomb"),
        "endless": (Reply(fault="endless"), "too_large"),
        "empty": (Reply(b"", headers=HTML), "empty"),
        "broken-redirect": (redirect("http://[::bad/"), "not_ok"),
    }


def faults() -> tuple[dict[str, Route], set[str], dict[str, str]]:
    """Return routes, what must be taken in spite of its fault, and the outcome of what must be named."""
    survived, lost = _survived(), _lost()
    routes: dict[str, Route] = {"/robots.txt": robots(), "/": column("政府信息公开年报", "")}
    routes |= {f"/r/{name}": route for name, route in survived.items()}
    routes |= {f"/r/{name}": route for name, (route, _) in lost.items()}
    routes["/r/moved-here"] = _good("卯")
    # Good answers stand between the bad ones: it is single pages that fail here, not the host.
    names = [name for pair in zip(survived, lost, strict=True) for name in pair]
    links = [(f"/r/{name}", title_of(f"云岭县{name}局", 2022)) for name in names]
    routes["/"] = column(
        "政府信息公开年报",
        rows(*links) + '<a href="/r/file.pdf">云岭县辰局2022年政府信息公开工作年度报告</a>',
    )
    routes["/r/file.pdf"] = Reply(pdf("辰").body, headers=HTML)
    taken = {f"/r/{name}" for name in survived if name != "moved"} | {"/r/moved-here", "/r/file.pdf"}
    return routes, taken, {f"/r/{name}": outcome for name, (_, outcome) in lost.items()}
