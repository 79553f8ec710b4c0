"""The site command: a public register of what a batch has read."""

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.options import FormsOption
from extractor.cli.terminal import say
from extractor.errors import ExitCode
from extractor.patterns import kept_pattern

SITE_HELP = """把 batch 的结果建成网站：不用服务器，从磁盘打开，也可放到任何网站上。

\b
extractor site 结果 -o 网站
extractor site 结果 -o 网站 --title 某省登记簿 --url https://www.example.gov.cn/register/
"""
_DAY = kept_pattern(r"\d{4}-\d\d-\d\d")
_ADDRESS = kept_pattern(r"https?://[^\s\"'<>]+")
_DuckdbOption = Annotated[
    str | None,
    typer.Option(metavar="DIR", help="装着 npm 的 @duckdb/duckdb-wasm 的文件夹：网站里多一页，用 SQL 查询。"),
]
_ReviewOption = Annotated[
    str | None,
    typer.Option(metavar="DIR", help="运行 batch 的文件夹：原件还在那里的报告另有核对页，原文与读出的并排。"),
]


def site(
    folder: Annotated[str, typer.Argument(metavar="OUT", help="batch 的输出文件夹。")],
    out: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="网站的文件夹。")],
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="网站的名称。")] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="写在每页最上面的一句话。")] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="网站将来的网址，订阅和数据说明里用。")
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="数据截至哪天；不给则取数据里最晚的日期。"),
    ] = None,
    license_: Annotated[
        str | None, typer.Option("--license", metavar="TEXT", help="数据的许可：网址，或名称。")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, metavar="N", help="进程数；不给则每核一个。")] = None,
    duckdb: _DuckdbOption = None,
    review: _ReviewOption = None,
    more_forms: FormsOption = None,
) -> None:
    """Build the site of a batch."""
    from extractor.disk import writing_to
    from extractor.site import SiteOptions, build_site

    if date and not _DAY.fullmatch(date):
        raise typer.BadParameter("要写成 2024-03-01", param_hint="--date")
    if url and not _ADDRESS.fullmatch(url):
        raise typer.BadParameter("要以 http:// 或 https:// 开头", param_hint="--url")
    chosen = SiteOptions(
        note=note,
        url=url,
        date=date,
        license=license_,
        workers=workers,
        duckdb=Path(duckdb) if duckdb else None,
        originals=Path(review) if review else None,
    )
    with writing_to(out):
        told = build_site(Path(folder), Path(out), chosen.named(title) if title else chosen)
    say(f"{told.reports} 份报告，{told.bodies} 个机关；打开 {Path(out) / 'index.html'}")
    if told.build > 1:
        say(f"第 {told.build} 次建成，{told.changed} 格与前一次不同，见 {Path(out) / 'changes.html'}")
    if told.nameless:
        say(f"{told.nameless} 份报告说不出是哪里的机关，单列一页；可用 batch --metadata 补上")
    if not told.has_feed:
        say("没有一份报告知道公布或取得的日期，不写 Atom 订阅")
    raise typer.Exit(ExitCode.OK)
