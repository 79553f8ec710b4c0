"""Systems whose lists come by script: Hanweb, JPaaS, Epoint, the platform of 广东, UCAP."""

import json
from urllib.parse import parse_qs, urlsplit

from sites.county import BUREAUS, Built, way_to
from sites.pages import article, column, notice, page, pdf, redirect, title_of
from sites.server import Reply


def hanweb() -> Built:
    """The first rows as XML in the page, the others from dataproxy.jsp by POST; files behind downfile.jsp."""
    routes, taken = way_to("/col/col7/index.html"), set()
    records = []
    for n in range(40):
        path, agency = f"/art/{2005 + n % 20}/1/9/art_7_{n}.html", f"云岭县{BUREAUS[n % 12]}"
        title = title_of(agency, 2004 + n % 20)
        row = f'<li><a href="{path}" title="{title}">{title[:10]}…</a><span>2025-01-09</span></li>'
        records.append(f"<record><![CDATA[{row}]]></record>")
        more = (
            '<a href="/module/download/downfile.jsp?classid=0&filename=0a1b.pdf">附件</a>' if n == 3 else ""
        )
        routes[path] = article(agency, 2004 + n % 20, container='id="zoom"', more=more)
        taken.add(path)
    routes["/module/download/downfile.jsp?classid=0&filename=0a1b.pdf"] = redirect("/attach/0/0a1b.pdf")
    routes["/attach/0/0a1b.pdf"] = pdf("大汉附件")
    taken.add("/attach/0/0a1b.pdf")

    def store(first: int, last: int) -> str:
        shown = "".join(records[first - 1 : last])
        return f"<datastore><totalrecord>40</totalrecord><recordset>{shown}</recordset></datastore>"

    def proxy(path: str, _: dict[str, str], body: bytes) -> Reply:
        query, form = parse_qs(urlsplit(path).query), parse_qs(body.decode())
        if form.get("unitid") != ["2001"] or form.get("columnid") != ["7"]:
            return Reply("参数错误".encode(), 500)
        xml = store(int(query["startrecord"][0]), int(query["endrecord"][0]))
        return Reply(xml.encode(), headers={"Content-Type": "text/html"})

    routes["/module/web/jpage/dataproxy.jsp"] = proxy
    script = (
        "<script>$('#2001').jpage({perPage:5, proxyUrl:'/module/web/jpage/dataproxy.jsp',"
        "proxyParam:{col:1,appid:1,webid:1,path:'/',columnid:7,sourceContentType:1,unitid:'2001',webname:'云岭县',permissiontype:0}});</script>"
    )
    news = "<datastore><totalrecord>1</totalrecord><recordset></recordset></datastore>"
    script = (
        "<script>$('#1999').jpage({perPage:5, proxyUrl:'', proxyParam:{unitid:'1999'}});</script>" + script
    )
    body = f'<div id="1999"><script type="text/xml">{news}</script></div>'
    body += f'<div id="2001"><script type="text/xml">{store(1, 15)}</script></div>'
    routes["/col/col7/index.html"] = column("政府信息公开年报", body, script)
    return routes, taken


def epoint() -> Built:
    """Site ids in webBuilderCommon.js, rows as JSON inside a string, detail pages by uuid."""
    routes, taken = way_to("/009002/009002010/govlist.html"), set()
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
    script = (
        '<script src="/js/webBuilderCommon.js"></script>'
        '<script>var categorynum = "009002010", deptcode = "";</script>'
    )
    routes["/009002/009002010/govlist.html"] = column("政府信息公开年报", '<ul id="list"></ul>', script)
    return routes, taken


def jpaas() -> Built:
    """A unit that a gateway builds, page numbers in paramJson, a download whose name stands in the query."""
    routes, taken = way_to("/col/col9/index.html"), set()
    items = []
    for n in range(22):
        path, agency = f"/col/col9/art/2025/art_{n:032x}.html", f"云岭县{BUREAUS[n % 12]}"
        items.append(
            f"<li><a href='{path}' title='{title_of(agency, 2003 + n)}'>{agency}…</a><span>01-09</span></li>"
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
    routes, taken = way_to("/gkmlpt/index"), set()
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
    routes, taken = way_to("/yunling/c100001/list.shtml"), set()
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


def _json(value: object) -> Reply:
    return Reply(json.dumps(value, ensure_ascii=False).encode(), headers={"Content-Type": "application/json"})
