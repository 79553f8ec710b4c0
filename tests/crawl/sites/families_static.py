"""Systems that write their lists as pages: TRS, JEECMS, VSB, Lonsun."""

from urllib.parse import parse_qs, urlsplit

from sites.county import BUREAUS, Built, way_to
from sites.pages import article, column, home, notice, page, pdf, rows, title_of
from sites.server import Reply, Route


def trs() -> Built:
    """Page counts in scripts of lists and articles, an article of three pages, a PDF, false rows."""
    routes, taken = way_to("./zfxxgknb/"), set()
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
                more=f'<script>createPageHTML(1,0,"t{year + 1}0120_{index}{n}","html");</script>',
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
    script = '<script>createPageHTML(3,0,"t20250120_00","html");</script>'
    script += '<p><a href="./P020250120.pdf">附件：年度报告.pdf</a></p>'
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
    routes, taken = way_to("/zfxxgknb/index.jhtml"), set()
    routes["/"] = Reply(
        b'<html><head><meta http-equiv="refresh" content="0; url=/main.jhtml"></head><body></body></html>'
    )
    routes["/main.jhtml"] = home(("/zwgk/", "信息公开"))
    for index in range(1, 4):
        items = []
        for n in range(3):
            path, agency = f"/zfxxgknb/{index}{n}7.jhtml", f"云岭县{BUREAUS[n]}"
            items.append(
                f'<li><a href="javascript:void(0)" onclick="window.open(\'{path}\')">'
                f"{title_of(agency, 2015 + index)}</a></li>"
            )
            routes[path] = article(agency, 2015 + index, container='class="article-content"')
            taken.add(path)
        pager = '<a href="index.jhtml">1</a><a href="index_2.jhtml">2</a><a href="index_3.jhtml">3</a>'
        following = f'<a href="index_{index + 1}.jhtml">下一页</a>' if index < 3 else ""
        routes["/zfxxgknb/index.jhtml" if index == 1 else f"/zfxxgknb/index_{index}.jhtml"] = column(
            "信息公开年报", f"<ul>{''.join(items)}</ul>{pager}{following}"
        )
    return routes, taken


def vsb() -> Built:
    """Page numbers that count down, articles in GBK that call themselves UTF-8, files behind download.jsp."""
    routes, taken = way_to("/zfxxgknb.htm"), set()
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


def lonsun() -> Built:
    """Rows as an HTML fragment by label, a column that is itself a report, columns of years below."""
    routes, taken = way_to("/public/column/659?type=4&catId=3&action=list"), set()
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
