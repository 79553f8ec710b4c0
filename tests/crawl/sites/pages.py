"""What the invented sites are made of: report pages, columns, notices, files."""

from sites.server import Reply

CHAPTERS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    "五、政府信息公开工作存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def page(body: str, title: str = "云岭县人民政府", head: str = "", charset: str = "utf-8") -> Reply:
    menu = {"/": "首页", "/zwgk/": "政务公开", "/ldzc/": "领导之窗", "/hdjl/": "互动交流"}
    links = "".join(f'<a href="{path}">{name}</a>' for path, name in menu.items())
    html = (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title>{head}</head>'
        f'<body><div class="nav">{links}</div>{body}'
        '<div class="footer">云岭县人民政府办公室主办 联系我们</div></body></html>'
    )
    return Reply(html.encode("gb18030" if charset.startswith("gb") else charset))


def title_of(agency: str, year: int) -> str:
    return f"{agency}{year}年政府信息公开工作年度报告"


def article(
    agency: str, year: int, *, container: str = 'class="TRS_Editor"', more: str = "", head: str = ""
) -> Reply:
    title = title_of(agency, year)
    chapters = "".join(
        f"<p><b>{chapter}</b></p><p>{agency}{year}年办理第{n}项工作{year * n % 97}件，均已答复。</p>"
        for n, chapter in enumerate(CHAPTERS, 1)
    )
    metas = (
        f'<meta name="ArticleTitle" content="{title}"><meta name="ContentSource" content="{agency}">{head}'
    )
    return page(f"<h1>{title}</h1><div {container}>{chapters}{more}</div>", f"{title}_云岭县人民政府", metas)


def notice(title: str) -> Reply:
    """Return a page that speaks of reports and names their chapters, and is none."""
    return page(
        f"<h1>{title}</h1><div class='TRS_Editor'><p>各乡镇、各部门：现将有关事项通知如下。</p>"
        f"<p>年度报告应当包括：{'；'.join(CHAPTERS)}。</p></div>",
        title,
    )


def rows(*links: tuple[str, str]) -> str:
    items = "".join(
        f'<li><a href="{url}" title="{title}">{title}</a><span>01-20</span></li>' for url, title in links
    )
    return f'<ul class="list">{items}</ul>'


def column(name: str, body: str, script: str = "") -> Reply:
    metas = f'<meta name="ColumnName" content="{name}"><meta name="SiteName" content="云岭县人民政府">'
    return page(f"<h2>{name}</h2>{body}{script}", f"{name}_云岭县人民政府", metas)


def home(*links: tuple[str, str]) -> Reply:
    news = "".join(f'<a href="/news/{n}.html">云岭县召开第{n}次会议</a>' for n in range(20))
    return page("".join(f'<a href="{url}">{name}</a>' for url, name in links) + news)


def pdf(text: str) -> Reply:
    body = b"%PDF-1.4\n% " + text.encode() + b"\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    return Reply(body, headers={"Content-Type": "application/octet-stream"})


def robots(text: str = "User-agent: *\nAllow: /\n") -> Reply:
    return Reply(text.encode(), headers={"Content-Type": "text/plain"})


def redirect(to: str, status: int = 302) -> Reply:
    return Reply(b"", status, {"Location": to, "Content-Type": "text/html"})
