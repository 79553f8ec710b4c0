"""One site for each family of content systems: its routes, and the addresses of the reports on it."""

import json
from urllib.parse import parse_qs, urlsplit

from sites.pages import article, column, home, notice, page, pdf, redirect, robots, rows, title_of
from sites.server import Reply, Route

Built = tuple[dict[str, Route], set[str]]  # routes, and the paths that must be taken

BUREAUS = (
    "档案局",
    "财政局",
    "水务局",
    "教育局",
    "司法局",
    "气象局",
    "林业局",
    "民政局",
    "交通局",
    "农业局",
    "住建局",
    "统计局",
)


def _way(column_path: str) -> dict[str, Route]:
    return {
        "/": home(("/zwgk/", "政务公开"), ("/ldzc/", "领导之窗")),
        "/robots.txt": robots(),
        "/zwgk/": column(
            "政府信息公开",
            f'<a href="/zwgk/zn/">政府信息公开指南</a><a href="{column_path}">政府信息公开年报</a>',
        ),
    }


def trs() -> Built:
    """CreatePageHTML in lists and articles, an article of three pages, a PDF beside another, rows that only sound alike."""
    routes, taken = _way("./zfxxgknb/"), set()
    routes["/zwgk/zfxxgknb/"] = routes["/zwgk/zfxxgknb/index.html"] = Reply()
    for index in range(3):
        links = []
        for n in range(4):
            year, agency = 2024 - n, f"云岭县{BUREAUS[index]}"
            path = f"/zwgk/zfxxgknb/{year + 1}01/t{year + 1}0120_{index}{n}.html"
            links.append((f".{path.removeprefix('/zwgk/zfxxgknb')}", title_of(agency, year)))
            routes[path] = article(
                agency,
                year,
                more='<script>createPageHTML(1,0,"t%s0120_%d%d","html");</script>' % (year + 1, index, n),
            )
            taken.add(path)
        links.append(
            (
                f"./202401/t20240102_9{index}.html",
                f"关于做好2023年政府信息公开工作年度报告编制工作的通知（{index}）",
            )
        )
        routes[f"/zwgk/zfxxgknb/202401/t20240102_9{index}.html"] = notice(links[-1][1])
        name = f"index_{index}.html" if index else ""
        script = f'<script>createPageHTML(3, {index}, "index", "html");</script>'
        routes[f"/zwgk/zfxxgknb/{name}"] = column("政府信息公开年报", rows(*links), script)
    del routes["/zwgk/zfxxgknb/index.html"]
    _in_three_parts(routes, taken)
    return routes, taken


def _in_three_parts(routes: dict[str, Route], taken: set[str]) -> None:
    stem = "/zwgk/zfxxgknb/202501/t20250120_00"
    script = '<script>createPageHTML(3,0,"t20250120_00","html");</script><p><a href="./P020250120.pdf">附件：年度报告.pdf</a></p>'
    routes[f"{stem}.html"] = article("云岭县档案局", 2024, more=script)
    for n in (1, 2):
        routes[f"{stem}_{n}.html"] = page(
            f'<div class="TRS_Editor"><p>第{n + 1}页：{"办理情况说明。" * 20}</p></div>'
        )
        taken.add(f"{stem}_{n}.html")
    routes["/zwgk/zfxxgknb/202501/P020250120.pdf"] = pdf("档案局 2024")
    taken.add("/zwgk/zfxxgknb/202501/P020250120.pdf")


def jeecms() -> Built:
    """Printed numbers and 下一页, index_2.jhtml, rows opened by a script, a home page that only refreshes."""
    routes, taken = _way("/zfxxgknb/index.jhtml"), set()
    routes["/"] = Reply(
        b'<html><head><meta http-equiv="refresh" content="0; url=/main.jhtml"></head><body></body></html>'
    )
    routes["/main.jhtml"] = home(("/zwgk/", "信息公开"))
    for index in range(1, 4):
        items = []
        for n in range(3):
            path, agency = f"/zfxxgknb/{index}{n}7.jhtml", f"云岭县{BUREAUS[n]}"
            items.append(
                f'<li><a href="javascript:void(0)" onclick="window.open(\'{path}\')">{title_of(agency, 2015 + index)}</a></li>'
            )
            routes[path] = article(agency, 2015 + index, container='class="article-content"')
            taken.add(path)
        pager = '<a href="index.jhtml">1</a><a href="index_2.jhtml">2</a><a href="index_3.jhtml">3</a>'
        following = f'<a href="index_{index + 1}.jhtml">下一页</a>' if index < 3 else ""
        routes["/zfxxgknb/index.jhtml" if index == 1 else f"/zfxxgknb/index_{index}.jhtml"] = column(
            "信息公开年报", f"<ul>{''.join(items)}</ul>{pager}{following}"
        )
    return routes, taken


def hanweb() -> Built:
    """The first rows as XML in the page, the others from dataproxy.jsp by POST; files behind downfile.jsp."""
    routes, taken = _way("/col/col7/index.html"), set()
    records = []
    for n in range(40):
        path, agency = f"/art/{2005 + n % 20}/1/9/art_7_{n}.html", f"云岭县{BUREAUS[n % 12]}"
        records.append(
            f'<record><![CDATA[<li><a href="{path}" title="{title_of(agency, 2004 + n % 20)}">{agency}{2004 + n % 20}年…</a></li>]]></record>'
        )
        more = (
            '<a href="/module/download/downfile.jsp?classid=0&filename=0a1b.pdf">附件</a>' if n == 3 else ""
        )
        routes[path] = article(agency, 2004 + n % 20, container='id="zoom"', more=more)
        taken.add(path)
    routes["/module/download/downfile.jsp?classid=0&filename=0a1b.pdf"] = redirect("/attach/0/0a1b.pdf")
    routes["/attach/0/0a1b.pdf"] = pdf("大汉附件")
    taken.add("/attach/0/0a1b.pdf")

    def store(first: int, last: int) -> str:
        return f"<datastore><totalrecord>40</totalrecord><recordset>{''.join(records[first - 1 : last])}</recordset></datastore>"

    def proxy(path: str, _: dict[str, str], body: bytes) -> Reply:
        query, form = parse_qs(urlsplit(path).query), parse_qs(body.decode())
        if form.get("unitid") != ["2001"] or form.get("columnid") != ["7"]:
            return Reply("参数错误".encode(), 500)
        xml = store(int(query["startrecord"][0]), int(query["endrecord"][0]))
        return Reply(xml.encode(), headers={"Content-Type": "text/html"})

    routes["/module/web/jpage/dataproxy.jsp"] = proxy
    script = (
        "<script>$('#2001').jpage({perPage:5, proxyUrl:'/module/web/jpage/dataproxy.jsp', proxyParam:{col:1,appid:1,webid:1,"
        "path:'/',columnid:7,sourceContentType:1,unitid:'2001',webname:'云岭县',permissiontype:0}});</script>"
    )
    body = f'<div id="2001"><script type="text/xml">{store(1, 15)}</script></div>'
    routes["/col/col7/index.html"] = column("政府信息公开年报", body, script)
    return routes, taken


def vsb() -> Built:
    """Page numbers that count down, articles in GBK that call themselves UTF-8, files behind download.jsp."""
    routes, taken = _way("/zfxxgknb.htm"), set()
    for index in range(3):
        links = []
        for n in range(5):
            number = index * 5 + n
            path, agency = f"/info/1023/{number}.htm", f"云岭县{BUREAUS[number % 12]}"
            links.append((path, title_of(agency, 2010 + number)))
            file = "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=77"
            more = f'附件【<a href="{file}">年度报告.docx</a>】' if number == 2 else ""
            reply = article(agency, 2010 + number, container='class="v_news_content"', more=more)
            routes[path] = Reply(reply.body.decode().encode("gb18030")) if number == 4 else reply
            taken.add(path)
        down = {0: ("zfxxgknb/2.htm", "zfxxgknb/1.htm"), 1: ("1.htm", "1.htm"), 2: (None, None)}[index]
        pager = (
            f'<span class="p_next"><a href="{down[0]}">下页</a></span><a href="{down[1]}">尾页</a>'
            if down[0]
            else ""
        )
        path = "/zfxxgknb.htm" if index == 0 else f"/zfxxgknb/{3 - index}.htm"
        routes[path] = column(
            "信息公开年报", rows(*links) + pager + f'<span class="p_t">{index + 1}/3</span>'
        )
    routes["/system/_content/download.jsp"] = Reply(
        b"PK\x03\x04 docx", headers={"Content-Type": "application/x-msdownload"}
    )
    taken.add("/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=77")
    return routes, taken


def epoint() -> Built:
    """Site ids in webBuilderCommon.js, rows as JSON inside a string, detail pages by uuid."""
    routes, taken = _way("/009002/009002010/govlist.html"), set()
    items = []
    for n in range(20):
        path, agency = (
            f"/009002/009002010/20250{n % 9 + 1}01/{n:08x}-0000-4000-8000-000000000000.html",
            f"云岭县{BUREAUS[n % 12]}",
        )
        items.append({"infourl": path, "realtitle": title_of(agency, 2005 + n), "infodate": "2025-01-01"})
        routes[path] = article(agency, 2005 + n, container='class="article-content"')
        taken.add(path)

    def listed(_: str, __: dict[str, str], body: bytes) -> Reply:
        asked = json.loads(body)
        if asked["siteGuid"] != "7eb5f7f1" or asked["categorynum"] != "009002010":
            return Reply(b"{}", 500)
        first = asked["pageIndex"] * asked["pageSize"]
        custom = json.dumps({"data": items[first : first + asked["pageSize"]]}, ensure_ascii=False)
        return Reply(json.dumps({"custom": custom}).encode(), headers={"Content-Type": "text/plain"})

    routes["/yunling/rest/lightfrontaction/getgovinfolist"] = listed
    routes["/js/webBuilderCommon.js"] = Reply(
        b'var siteInfo = {siteGuid: "7eb5f7f1", projectName: "yunling"};'
    )
    script = '<script src="/js/webBuilderCommon.js"></script><script>var categorynum = "009002010", deptcode = "";</script>'
    routes["/009002/009002010/govlist.html"] = column("政府信息公开年报", '<ul id="list"></ul>', script)
    return routes, taken


def jpaas() -> Built:
    """A unit that a gateway builds, page numbers in paramJson, a download whose name stands in the query."""
    routes, taken = _way("/col/col9/index.html"), set()
    items = []
    for n in range(22):
        path, agency = f"/col/col9/art/2025/art_{n:032x}.html", f"云岭县{BUREAUS[n % 12]}"
        items.append(
            f"<li><a href='{path}' title='{title_of(agency, 2003 + n)}'>{agency}…</a><span>2025-01-09</span></li>"
        )
        routes[path] = article(agency, 2003 + n, container='class="wzzw-article"')
        taken.add(path)
    download = (
        "/api-gateway/jpaas-web-server/front/document/download?fileUrl=x1&fileName=%E5%B9%B4%E6%8A%A5.pdf"
    )
    routes["/col/col9/art/2025/art_" + "0" * 32 + ".html"] = article(
        "云岭县档案局", 2003, container='class="wzzw-article"', more=f'<a href="{download}">下载</a>'
    )
    routes[download] = pdf("网关下载")
    taken.add(download)

    def unit(path: str, _: dict[str, str], __: bytes) -> Reply:
        query = parse_qs(urlsplit(path).query)
        number = json.loads(query.get("paramJson", ['{"pageNo":1}'])[0])["pageNo"]
        html = (
            "".join(items[(number - 1) * 15 : number * 15])
            + "<div class='pagination' rows='15' count='22'></div>"
        )
        return Reply(
            json.dumps({"success": True, "data": {"html": html}}).encode(),
            headers={"Content-Type": "application/json"},
        )

    routes["/api-gateway/jpaas-publish-server/front/page/build/unit"] = unit
    script = (
        '<script src="/x/unitbuild.js" url="/api-gateway/jpaas-publish-server/front/page/build/unit"'
        " queryData=\"{'webId':'9','pageId':'p1','tplSetId':'t1','tagId':'列表'}\"></script>"
    )
    routes["/col/col9/index.html"] = column("政府信息公开年报", '<div id="list"></div>', script)
    return routes, taken


def gkmlpt() -> Built:
    """The platform of 广东: categories in the page's script, rows from an API that ends with a 404."""
    routes, taken = _way("/gkmlpt/index"), set()
    items = []
    for n in range(12):
        path = f"/gkmlpt/content/9/9{n:03}/post_9{n:03}.html"
        items.append({"id": n, "title": title_of("云岭县" + BUREAUS[n], 2023), "url": path})
        routes[path] = article("云岭县" + BUREAUS[n], 2023, container='class="article-content"')
        taken.add(path)
    routes["/gkmlpt/api/all/721?page=1&sid=200"] = _json({"articles": items[:8], "total": 12})
    routes["/gkmlpt/api/all/721?page=2&sid=200"] = _json({"articles": items[8:], "total": 12})
    tree = '{"id":700,"name":"政策文件"},{"id":721,"name":"政府信息公开年报"}'
    routes["/gkmlpt/index"] = column(
        "目录", "", f"<script>window._CONFIG={{SID:'200',TREE:[{tree}]}}</script>"
    )
    return routes, taken


def ucap() -> Built:
    """JSON of a channel, rows that are files, an article that is only a frame, one that is only pictures."""
    routes, taken = _way("/yunling/c100001/list.shtml"), set()
    folder = "/yunling/c100001/202501"
    results = [
        {"title": title_of("云岭县档案局", 2024), "url": f"{folder}/{1:032x}.shtml"},
        {"title": title_of("云岭县财政局", 2024), "url": f"{folder}/{2:032x}.shtml"},
        {"title": title_of("云岭县水务局", 2024), "url": f"{folder}/{3:032x}.shtml"},
        {"title": title_of("云岭县林业局", 2024), "url": f"{folder}/{4:032x}/files/ab.pdf"},
        {"title": "图解：云岭县2024年政府信息公开工作年度报告", "url": f"{folder}/{5:032x}.shtml"},
    ]
    body = "<UCAPCONTENT>{}</UCAPCONTENT>"
    routes[f"{folder}/{1:032x}.shtml"] = article("云岭县档案局", 2024, container='id="zoomcon"')
    title = title_of("云岭县财政局", 2024)
    viewer = "/pdfjs/web/viewer.html?file=%2Ffiles%2Fczj.pdf"
    routes[f"{folder}/{2:032x}.shtml"] = page(
        f"<h1>{title}</h1>" + body.format(f'<iframe src="{viewer}"></iframe>'), title
    )
    routes["/files/czj.pdf"] = pdf("财政局")
    title = title_of("云岭县水务局", 2024)
    images = '<img src="./W01.jpg"><img src="./W02.jpg">'
    routes[f"{folder}/{3:032x}.shtml"] = page(f"<h1>{title}</h1>" + body.format(images), title)
    for name in ("W01", "W02"):
        routes[f"{folder}/{name}.jpg"] = Reply(
            b"\xff\xd8\xff" + name.encode(), headers={"Content-Type": "image/jpeg"}
        )
    routes[f"{folder}/{4:032x}/files/ab.pdf"] = pdf("林业局")
    routes[f"{folder}/{5:032x}.shtml"] = notice("图解：云岭县2024年政府信息公开工作年度报告")
    routes["/common/search/" + "a" * 32] = _json({"data": {"total": 5, "results": results}})
    script = f"<script>var url = '/common/search/{'a' * 32}?_channelName=nb';</script>"
    routes["/yunling/c100001/list.shtml"] = column("政府信息公开年报", "", script)
    taken |= {f"{folder}/{n:032x}.shtml" for n in (1, 2, 3)}
    taken |= {f"{folder}/W01.jpg", f"{folder}/W02.jpg", f"{folder}/{4:032x}/files/ab.pdf", "/files/czj.pdf"}
    return routes, taken


def lonsun() -> Built:
    """Rows as an HTML fragment by label, a column that is itself a report, columns of years below."""
    routes, taken = _way("/public/column/659?type=4&catId=3&action=list"), set()
    label = "/site/label/8888?labelName=publicInfoList&siteId=6&organId=659&catId=3&type=4"

    def fragment(path: str, _: dict[str, str], __: bytes) -> Reply:
        number = int(parse_qs(urlsplit(path).query)["pageIndex"][0])
        links = [
            (f"/public/659/{number}{n}.html", title_of("云岭县" + BUREAUS[n], 2018 + number))
            for n in range(4)
        ]
        return Reply(rows(*links).encode())

    for number in (1, 2):
        for n in range(4):
            routes[f"/public/659/{number}{n}.html"] = article(
                "云岭县" + BUREAUS[n], 2018 + number, container='class="wzcon j-fontContent"'
            )
            taken.add(f"/public/659/{number}{n}.html")
    routes["/site/label/8888"] = fragment
    script = f"<script>var list='{label}&pageSize=4', pageCount:2;</script>"
    years = '<a href="/public/column/659?type=3&timeFrame=2017">2017年</a><a href="<?=el.link?>">模板</a>'
    routes["/public/column/659?type=4&catId=3&action=list"] = column("政府信息公开年报", years, script)
    routes["/public/column/659?type=3&timeFrame=2017"] = article("云岭县", 2017, container='class="wzcon"')
    taken.add("/public/column/659?type=3&timeFrame=2017")
    return routes, taken


def _json(value: object) -> Reply:
    return Reply(json.dumps(value, ensure_ascii=False).encode(), headers={"Content-Type": "application/json"})


FAMILIES = {
    "trs": trs,
    "jeecms": jeecms,
    "hanweb": hanweb,
    "vsb": vsb,
    "epoint": epoint,
    "jpaas": jpaas,
    "gkmlpt": gkmlpt,
    "ucap": ucap,
    "lonsun": lonsun,
}
