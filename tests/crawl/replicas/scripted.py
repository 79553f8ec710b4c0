"""Four replicas with scripts and odd names: arrays, a platform below a path, a single-page site, sessions."""

import json

from sites.pages import CHAPTERS, article, column, home, page, pdf, robots, title_of
from sites.server import Reply, Site

from replicas import Reports

SCRIPT_TYPE = {"Content-Type": "application/javascript"}
JSON_TYPE = {"Content-Type": "application/json; charset=utf-8"}


def script_arrays(site: Site) -> Reports:
    """Serve columns whose rows stand in the page's own scripts: arrays, escaped objects, written markup."""
    old = ",\n".join(
        f'["{title_of("青沅县林业局", 2012 + n)}","/wj/{n}.html","2013-01-0{n + 1}"]' for n in range(4)
    )
    rows = [{"docTitle": title_of("青沅县气象局", 2020 + n), "docUrl": f"/qx/{n}.html"} for n in range(3)]
    escaped = json.dumps(rows, ensure_ascii=True).replace("/", "\\/")
    written = "".join(
        f"document.write(\"<li><a href='/tj/{n}.html'>{title_of('青沅县统计局', 2021 + n)}</a></li>\");"
        for n in range(2)
    )
    columns = {"wj": "林业局信息公开年报", "qx": "气象局信息公开年报", "tj": "统计局信息公开年报"}
    menu = "".join(f'<li><a href="/{path}/">{name}</a></li>' for path, name in columns.items())
    site.routes = {
        "/": home(("/xxgk/", "政府信息公开")),
        "/robots.txt": robots(),
        "/xxgk/": column("政府信息公开", f"<ul>{menu}</ul>"),
        "/wj/": column(columns["wj"], "", f"<script>var InitData = [{old}];show(InitData);</script>"),
        "/qx/": column(columns["qx"], '<div id="list"></div>', f"<script>var rows = {escaped};</script>"),
        "/tj/": column(columns["tj"], f"<ul><script>{written}</script></ul>"),
        **{f"/wj/{n}.html": article("青沅县林业局", 2012 + n) for n in range(4)},
        **{f"/qx/{n}.html": article("青沅县气象局", 2020 + n) for n in range(3)},
        **{f"/tj/{n}.html": article("青沅县统计局", 2021 + n) for n in range(2)},
    }
    counts = {"wj": 4, "qx": 3, "tj": 2}
    return {f"{path}{n}": [f"/{path}/{n}.html"] for path, count in counts.items() for n in range(count)}


def platform_below_a_path(site: Site) -> Reports:
    """Serve the platform of 广东 below the department's own path, the years as nodes below 年报."""
    years = {311: 2021, 312: 2022, 313: 2023}
    tree = [
        {
            "id": 300,
            "name": "法定主动公开内容",
            "children": [{"id": 305, "name": "机构职能", "children": []}],
        },
        {
            "id": 310,
            "name": "政府信息公开年报",
            "children": [{"id": key, "name": f"{year}年", "children": []} for key, year in years.items()],
        },
    ]
    site.routes = {
        "/": home(("/qycz/gkmlpt/index", "政府信息公开平台")),
        "/robots.txt": robots(),
        "/qycz/gkmlpt/index": page(
            '<div id="tree"></div>',
            head="<script>window._CONFIG = {SID: '7580', TREE: "
            f"{json.dumps(tree, ensure_ascii=False)}}};</script>",
        ),
    }
    reports: Reports = {}

    def api(path: str, _: dict[str, str], __: bytes) -> Reply:
        place, _, query = path.partition("?")
        number = int(place.rsplit("/", 1)[1])
        if number not in years or "page=1" not in query:
            return Reply(b"{}", 404, JSON_TYPE)
        rows = [
            {
                "title": title_of(f"青沅县{name}", years[number]),
                "url": site.url(f"/qycz/gkmlpt/content/{number}{n}.html"),
            }
            for n, name in enumerate(("财政局", "国库中心"))
        ]
        return Reply(json.dumps({"articles": rows}).encode(), headers=JSON_TYPE)

    for number, year in years.items():
        site.routes[f"/qycz/gkmlpt/api/all/{number}"] = api
        for n, name in enumerate(("财政局", "国库中心")):
            path = f"/qycz/gkmlpt/content/{number}{n}.html"
            site.routes[path] = article(f"青沅县{name}", year, container='class="article-content"')
            reports[f"{name}{year}"] = [path]
    return reports


def single_page_site(site: Site) -> Reports:
    """Serve a site whose column is an empty shell; its script holds the address of the list."""
    shell = (
        '<!DOCTYPE html><html><head><title>信息公开年报</title></head><body><div id="app"></div>'
        '<script src="/static/js/chunk-vendors.js"></script>'
        '<script src="/static/js/app.3f2a.js"></script></body></html>'
    )
    script = (
        'var n={list:function(t){return r.get("/api/openness/list?channel=ndbg&size=4&page="+t)},'
        'hot:function(){return r.get("/api/hot/list?size=5")}};'
    )
    reports = {f"{2015 + n}": [f"/detail/{n}.html"] for n in range(9)}

    def api(path: str, _: dict[str, str], __: bytes) -> Reply:
        number = int(path.rsplit("page=", 1)[1].split("&")[0])
        rows = [
            {"title": title_of("青沅县", 2015 + n), "href": f"/detail/{n}.html", "time": f"{2016 + n}-01-20"}
            for n in range(9)
        ][number * 4 - 4 : number * 4]
        answer = {"code": 0, "data": {"total": 9, "records": rows}}
        return Reply(json.dumps(answer).encode(), headers=JSON_TYPE)

    site.routes = {
        "/": home(("/openness/ndbg", "政府信息公开年报")),
        "/robots.txt": robots(),
        "/openness/ndbg": Reply(shell.encode()),
        "/static/js/app.3f2a.js": Reply(script.encode(), headers=SCRIPT_TYPE),
        "/static/js/chunk-vendors.js": Reply(b"/* vendors */", headers=SCRIPT_TYPE),
        "/api/openness/list": api,
        "/api/hot/list": Reply(b'{"data":[]}', headers=JSON_TYPE),
        **{f"/detail/{n}.html": article("青沅县", 2015 + n) for n in range(9)},
    }
    return reports


def sessions_and_frames(site: Site) -> Reports:
    """Serve addresses with session ids, a frame that lists only files, an article of three pages."""
    asked = [0]
    names = ("档案馆", "供销社", "残联")
    files = {f"/f/{n}.pdf": title_of(f"青沅县{name}", 2023) for n, name in enumerate(names)}
    listed = "".join(f'<li><a href="{path}">{name}.pdf</a></li>' for path, name in files.items())
    text = [f"<p>{chapter}</p><p>{'青沅县办理情况。' * 12}</p>" for chapter in CHAPTERS]
    pager = "".join(f'<a href="/show.asp?id=5&page={n}">{n}</a>' for n in (1, 2, 3))
    title = title_of("青沅县", 2022)

    def listing(_: str, __: dict[str, str], ___: bytes) -> Reply:
        asked[0] += 1
        session = f"{asked[0]:04}5a7d3e9b1c2f4d6a8b0c1e2f3a4b"
        rows = "".join(
            f'<li><a href="/show.asp?id={n}&PHPSESSID={session}">{title_of("青沅县", 2017 + n)}</a></li>'
            for n in range(6)
        )
        again = f'<a href="/nb/?PHPSESSID={session}">政府信息公开年报</a>'
        return column("政府信息公开年报", f'{again}<ul>{rows}</ul><iframe src="/nb/files.html"></iframe>')

    def show(path: str, _: dict[str, str], __: bytes) -> Reply:
        number = int(path.partition("id=")[2][0])
        if number != 5:
            return article("青沅县", 2017 + number)
        part = int(path.partition("page=")[2][:1] or "1")
        shown = "".join(text[part * 2 - 2 : part * 2])
        return page(f'<h1>{title}</h1><div id="zoom">{shown}</div>{pager}', title)

    site.routes = {
        "/": home(("/nb/", "政府信息公开年报")),
        "/robots.txt": robots(),
        "/nb/": listing,
        "/nb/files.html": page(f"<h3>2023年政府信息公开工作年度报告</h3><ul>{listed}</ul>", "2023年年报"),
        "/show.asp": show,
        **{path: pdf(name) for path, name in files.items()},
    }
    plain: Reports = {f"青沅县{2017 + n}": [f"/show.asp?id={n}"] for n in range(5)}
    plain["青沅县2022"] = ["/show.asp?id=5", "/show.asp?id=5&page=2", "/show.asp?id=5&page=3"]
    return plain | {name: [path] for path, name in files.items()}
