"""What the sites of all systems share: the way to the column, and the agencies of the county."""

from sites.pages import column, home, robots
from sites.server import Route

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


def way_to(column_path: str) -> dict[str, Route]:
    """Return a home page, robots.txt, and the column above that of the reports."""
    return {
        "/": home(("/zwgk/", "政务公开"), ("/ldzc/", "领导之窗")),
        "/robots.txt": robots(),
        "/zwgk/": column(
            "政府信息公开",
            f'<a href="/zwgk/zn/">政府信息公开指南</a><a href="{column_path}">政府信息公开年报</a>',
        ),
    }
