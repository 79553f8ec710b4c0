"""Four replicas without scripts: two origins, departments, tables with cut titles, lists of downloads."""

from urllib.parse import quote

from sites.pages import article, column, home, page, pdf, robots, title_of
from sites.server import Reply, Site

from replicas import Reports

DEPARTMENTS = ("财政局", "民政局", "教育局", "水利局", "司法局", "卫生健康局")
TOWNS = ("白沙镇", "青石乡")


def two_origins(site: Site) -> Reports:
    """Serve a site whose one link says https though nothing answers there, as after half a move."""
    secure = site.home.replace("http:", "https:")
    links = "".join(f'<li><a href="/nb/{n}.html">{title_of("青沅县", 2018 + n)}</a></li>' for n in range(5))
    links += f'<li><a href="{secure}nb/5.html">{title_of("青沅县", 2023)}</a></li>'
    site.routes = {
        "/": home((f"{secure}zwgk/", "政务公开"), ("/xxgk/", "政府信息公开")),
        "/robots.txt": robots(),
        "/xxgk/": column("政府信息公开", '<a href="/nb/">政府信息公开年报</a>'),
        "/nb/": column("政府信息公开年报", f"<ul>{links}</ul>"),
        **{f"/nb/{n}.html": article("青沅县", 2018 + n) for n in range(6)},
    }
    return {f"青沅县{2018 + n}": [f"/nb/{n}.html"] for n in range(6)}


def departments(site: Site) -> Reports:
    """Serve a county whose reports stand with its departments, below a directory of them."""
    units = {f"/bm/{n}/": name for n, name in enumerate(DEPARTMENTS)}
    towns = {f"/xz/{n}/": name for n, name in enumerate(TOWNS)}
    named = "".join(f'<li><a href="{path}">县{name}</a></li>' for path, name in units.items())
    options = "".join(f'<option value="{path}">{name}</option>' for path, name in towns.items())
    site.routes = {
        "/": home(("/zwgk/", "政务公开"), ("/ldzc/", "领导之窗")),
        "/robots.txt": robots(),
        "/ldzc/": page("<h2>领导之窗</h2>"),
        "/zwgk/": column(
            "政务公开",
            '<a href="/zwgk/zn.html">政府信息公开指南</a><a href="/zwgk/bm/">政府部门信息公开目录</a>'
            '<a href="/zwgk/xz/">乡镇信息公开目录</a>',
        ),
        "/zwgk/zn.html": page("<h1>政府信息公开指南</h1><p>为方便公民获取信息，编制本指南。</p>"),
        "/zwgk/bm/": column("政府部门信息公开目录", f"<ul>{named}</ul>"),
        "/zwgk/xz/": column(
            "乡镇信息公开目录",
            f"<select onchange='location=this.value'><option>请选择</option>{options}</select>",
        ),
    }
    reports: Reports = {}
    for path, name in {**units, **towns}.items():
        words = {"jg": "机构职能", "gs": "通知公告", "rs": "人事信息", "bg": "信息公开年报"}
        menu = "".join(f'<li><a href="{path}{slug}/">{word}</a></li>' for slug, word in words.items())
        site.routes[path] = column(f"{name}信息公开", f"<ul>{menu}</ul>")
        years = (2022, 2023) if name in ("财政局", "教育局", "白沙镇") else (2023,)
        rows = "".join(
            f'<li><a href="{path}bg/{year}.html">{title_of(f"青沅县{name}", year)}</a></li>' for year in years
        )
        site.routes[f"{path}bg/"] = column("信息公开年报", f"<ul>{rows}</ul>")
        for year in years:
            site.routes[f"{path}bg/{year}.html"] = article(f"青沅县{name}", year)
            reports[f"{name}{year}"] = [f"{path}bg/{year}.html"]
    return reports


def cut_titles(site: Site) -> Reports:
    """Serve a column whose rows cut the title before the year, which stands in the column of dates."""
    names = [*DEPARTMENTS, *TOWNS]
    rows = "".join(
        f'<tr><td>{n + 1}</td><td><a href="/gk/nb/{n}.html">青沅县{name}政府信息公开工作年…</a></td>'
        f"<td>2024-01-{n + 10}</td></tr>"
        for n, name in enumerate(names)
    )
    rows += '<tr><td>9</td><td><a href="/gk/nb/9.html">青沅县人民政府办公室…</a></td><td>2024-01-29</td></tr>'
    news = "".join(
        f'<li><a href="/xw/{n}.html">青沅县召开第{n}次推进会</a><span>2024-02-0{n}</span></li>'
        for n in range(1, 6)
    )
    site.routes = {
        "/": home(("/gk/", "信息公开专栏")),
        "/robots.txt": robots(),
        "/gk/": column("信息公开专栏", '<ul><li><a href="/gk/nb/">年度报告</a></li></ul>'),
        "/gk/nb/": column(
            "年度报告",
            f"<table><tr><th>序号</th><th>标题</th><th>日期</th></tr>{rows}</table>"
            f'<div class="side"><h3>要闻</h3><ul>{news}</ul></div>',
        ),
        **{f"/gk/nb/{n}.html": article(f"青沅县{name}", 2023) for n, name in enumerate(names)},
        "/gk/nb/9.html": article("青沅县人民政府办公室", 2023),
    }
    return {f"{n}": [f"/gk/nb/{n}.html"] for n in [*range(len(names)), 9]}


def downloads(site: Site) -> Reports:
    """Serve a table of files: the link says 点击下载, and the names in the addresses are encoded as GBK."""
    names = [*DEPARTMENTS, *TOWNS]
    reports: Reports = {}
    rows = ""
    site.routes = {
        "/": home(("/xxgk/", "政府信息公开")),
        "/robots.txt": robots(),
        "/xxgk/": column("政府信息公开", '<a href="/xxgk/ndbg/">政府信息公开年度报告</a>'),
    }
    for n, name in enumerate(names):
        path = f"/upload/{quote(name.encode('gbk'))}.pdf"
        word = ("点击下载", "附件", "下载", "查看")[n % 4]
        title = title_of(f"青沅县{name}", 2023)
        rows += f'<tr><td>{title}</td><td>2024-01-20</td><td><a href="{path}">{word}</a></td></tr>'
        site.routes[path] = pdf(f"{name}2023")
        reports[name] = [path]
    late = quote("青沅县审计局2023年政府信息公开工作年度报告.docx")
    rows += f'<tr><td>县审计局</td><td>2024-02-20</td><td><a href="/upload/{late}">下载</a></td></tr>'
    site.routes[f"/upload/{late}"] = Reply(b"PK\x03\x04 audit", headers={"Content-Type": "application/zip"})
    reports["审计局"] = [f"/upload/{late}"]
    site.routes["/xxgk/ndbg/"] = column("政府信息公开年度报告", f"<table>{rows}</table>")
    return reports
