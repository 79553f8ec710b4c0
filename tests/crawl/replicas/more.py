"""Four more replicas, drawn after the first eight were mended: other places for the same kinds of traps."""

import json
from urllib.parse import quote

from sites.pages import CHAPTERS, article, column, home, page, robots, title_of
from sites.server import Reply, Site

from replicas import Reports

JSON_TYPE = {"Content-Type": "text/html; charset=utf-8"}
SCRIPT_TYPE = {"Content-Type": "application/javascript"}


def units_in_a_script_menu(site: Site) -> Reports:
    """Serve units behind 政务公开 → 部门乡镇, on pages whose 年报 stands below 法定主动公开内容."""
    names = ("发展改革委", "公安局", "审计局", "应急管理局", "云台街道办事处", "红旗镇人民政府")
    cells = "".join(
        f"<td><a href='javascript:void(0)' onclick=\"window.open('/site/{n}/index.html')\">{name}</a></td>"
        for n, name in enumerate(names)
    )
    site.routes = {
        "/": home(("/zwgk/", "政务公开"), ("/hd/", "互动交流")),
        "/robots.txt": robots(),
        "/zwgk/": column(
            "政务公开", f"<p>政府信息公开制度</p><h3>县级部门、乡镇</h3><table><tr>{cells}</tr></table>"
        ),
    }
    reports: Reports = {}
    for n, name in enumerate(names):
        root = f"/site/{n}"
        site.routes[f"{root}/index.html"] = page(
            f'<h2>{name}</h2><ul><li><a href="{root}/fd/">法定主动公开内容</a></li>'
            f'<li><a href="{root}/zn.html">政府信息公开指南</a></li></ul>',
            name,
        )
        site.routes[f"{root}/zn.html"] = page("<h1>政府信息公开指南</h1><p>编制目的</p>")
        site.routes[f"{root}/fd/"] = page(
            f'<ul><li><a href="{root}/fd/jg/">机构信息</a></li>'
            f'<li><a href="{root}/nb/">政府信息公开年报</a></li></ul>'
        )
        rows = "".join(
            f'<dd><a href="{root}/nb/{year}.htm">{year}年年度报告</a><i>{year + 1}-01-15</i></dd>'
            for year in (2021, 2022)
        )
        site.routes[f"{root}/nb/"] = column("政府信息公开年报", f"<dl>{rows}</dl>")
        for year in (2021, 2022):
            site.routes[f"{root}/nb/{year}.htm"] = article(name, year)
            reports[f"{name}{year}"] = [f"{root}/nb/{year}.htm"]
    return reports


def files_with_icons(site: Site) -> Reports:
    """Serve rows of blocks: the title is text, an icon and 查看附件 lead to the file or to its page."""
    years = range(2016, 2024)
    blocks = ""
    reports: Reports = {}
    site.routes = {"/": home(("/gk/", "政府信息公开")), "/robots.txt": robots()}
    for year in years:
        name = quote(f"{year}年县住建局信息公开年报".encode("gbk"))
        path = f"/download.jsp?id={year}&filename={name}.doc"
        blocks += (
            f'<div class="item"><div class="t">青沅县住建局{year}年度政府信息公开工作报告</div>'
            f'<div class="d">发布日期：{year + 1}-03-0{year % 9 + 1}</div>'
            f'<a href="{path}"><img src="/icon_doc.gif"></a><a href="{path}">查看附件</a></div>'
        )
        site.routes[path] = Reply(b"\xd0\xcf\x11\xe0 " + str(year).encode(), headers={"Content-Type": "x/y"})
        reports[str(year)] = [path]
    site.routes["/gk/"] = column("政府信息公开", '<a href="/gk/nb.html">信息公开年度报告</a>')
    site.routes["/gk/nb.html"] = column("信息公开年度报告", blocks)
    return reports


def arrays_side_by_side(site: Site) -> Reports:
    """Serve titles and addresses in arrays of their own, one row assigned by its index, and an old pager."""
    titles = ",".join(f'"{title_of("青沅县农业农村局", 2014 + n)}"' for n in range(5))
    urls = ",".join(f'"/content/{700 + n}.html"' for n in range(5))
    indexed = "".join(
        f'InitData[{n}]=new Array();InitData[{n}][0]="{title_of("青沅县交通局", 2019 + n)}";'
        f'InitData[{n}][1]="/content/{800 + n}.html";InitData[{n}][2]="2020-01-0{n + 1}";'
        for n in range(3)
    )
    site.routes = {
        "/": home(("/ny/", "农业农村局信息公开年报"), ("/jt/", "交通局信息公开年报")),
        "/robots.txt": robots(),
        "/ny/": column(
            "农业农村局信息公开年报", "", f"<script>var titles=[{titles}],links=[{urls}];</script>"
        ),
        "/jt/": column("交通局信息公开年报", "", f"<script>var InitData=new Array();{indexed}</script>"),
    }
    reports: Reports = {}
    for start, name, first, count in ((700, "农业农村局", 2014, 5), (800, "交通局", 2019, 3)):
        for n in range(count):
            site.routes[f"/content/{start + n}.html"] = article(f"青沅县{name}", first + n)
            reports[f"{name}{first + n}"] = [f"/content/{start + n}.html"]
    return reports


def single_page_with_parameters(site: Site) -> Reports:
    """Serve a shell whose script gives the list's parameters beside its address; articles in three parts."""
    script = (
        'e.exports={getList:function(n){return t({url:"/prod-api/content/page",method:"get",'
        'params:{columnCode:"zfxxgknb",pageNum:n,pageSize:3}})}};'
    )
    years = list(range(2017, 2024))
    reports: Reports = {}
    site.routes = {
        "/": home(("/zfxxgk/nb", "政府信息公开工作年度报告")),
        "/robots.txt": robots(),
        "/zfxxgk/nb": Reply(b"<html><body><div id=root></div><script src=/umi.js></script></body></html>"),
        "/umi.js": Reply(script.encode(), headers=SCRIPT_TYPE),
    }
    for year in years:
        parts = [f"/a/{year}.html", f"/a/{year}_2.html", f"/a/{year}_3.html"]
        pager = "".join(f'<a href="{path}">{n}</a>' for n, path in enumerate(parts, 1))
        for n, path in enumerate(parts):
            text = "".join(
                f"<p>{chapter}</p><p>{'全县办理情况。' * 20}</p>" for chapter in CHAPTERS[n * 2 : n * 2 + 2]
            )
            title = title_of("青沅县", year)
            site.routes[path] = page(f"<h1>{title}</h1><div class='content'>{text}</div>{pager}", title)
        reports[str(year)] = parts

    def api(path: str, _: dict[str, str], __: bytes) -> Reply:
        if "columnCode=zfxxgknb" not in path:
            return Reply(b'{"rows":[]}', headers=JSON_TYPE)
        number = int(path.partition("pageNum=")[2].split("&")[0])
        rows = [{"id": y, "name": title_of("青沅县", y), "linkUrl": f"/a/{y}.html"} for y in years]
        shown = rows[number * 3 - 3 : number * 3]
        return Reply(json.dumps({"result": {"list": shown, "totalCount": 7}}).encode(), headers=JSON_TYPE)

    site.routes["/prod-api/content/page"] = api
    return reports
