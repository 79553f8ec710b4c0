"""extractor crawl: its messages and exit code."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor import __version__
from extractor.cli.terminal import say
from extractor.errors import ExitCode

if TYPE_CHECKING:
    from extractor.crawl.manifest import CrawlOutcome
    from extractor.crawl.options import CrawlOptions

# A line with only \b keeps the formatting of the following lines.
CRAWL_HELP = """从政府网站取年度报告，连同应答原样存进 WARC，可以脱网重读。

\b
extractor crawl www.某县.gov.cn -o 存档/ --contact 邮箱
extractor crawl 网址表.txt -o 存档/
extractor batch 存档/ -o 结果/

\b
遵守 robots.txt，一个网站同时只发一个请求，被拒绝就停，不想法绕过。
中断后用同样的命令接着取；取完之后再运行，只取新的和改动的。
每个应答在 存档/manifest.jsonl 里有一行：取了什么、为什么、没取成的怎么回事。

\b
退出码：0 都取到了    9 有没取成或没取完的，见清单    130 被中断
"""

_LIMITS = {
    "interrupted": "被中断",
    "max_pages": "到了页数上限",
    "max_bytes": "到了总量上限",
    "max_time": "到了时间上限",
}


def crawl(
    starts: Annotated[
        list[str], typer.Argument(metavar="START", help="首页或栏目的网址；是文件时一行一个网址。")
    ],
    archive: Annotated[str, typer.Option("--output", "-o", metavar="ARCHIVE", help="存档文件夹。")],
    contact: Annotated[str, typer.Option(help="联系方式（邮箱或网址），写进 User-Agent。")] = "",
    delay: Annotated[float, typer.Option(min=0, help="同一网站两次请求至少隔几秒。")] = 1.0,
    per_host: Annotated[int, typer.Option(min=1, help="同一网站同时几个请求。")] = 1,
    max_pages: Annotated[int, typer.Option(min=0, help="一次运行至多取几页；0 不限。")] = 20_000,
    max_depth: Annotated[int, typer.Option(min=0, help="离起点至多几步；0 不限。")] = 8,
    max_megabytes: Annotated[float, typer.Option(min=0, help="一次运行至多取多少 MB；0 不限。")] = 20_000,
    max_minutes: Annotated[float, typer.Option(min=0, help="一次运行至多几分钟；0 不限。")] = 0,
    max_file: Annotated[float, typer.Option(min=0.01, help="一个应答至多多少 MB，解压后也算。")] = 64,
    timeout: Annotated[float, typer.Option(min=0.1, help="一个应答至多等几秒。")] = 120,
    max_units: Annotated[int, typer.Option(min=0, help="一次运行至多看几个单位的栏目；0 不限。")] = 1_000,
    browser: Annotated[
        bool, typer.Option(help="没有脚本就没有内容的网页，用系统里的 Chromium 运行脚本（要装 [browser]）。")
    ] = False,
    allow_private: Annotated[bool, typer.Option(help="也取私有网络和本机的地址。")] = False,
) -> None:
    """Crawl, say on stderr what was found, and exit."""
    from extractor.crawl.options import MEGABYTE, CrawlOptions
    from extractor.crawl.run import crawl as crawl_sites

    options = CrawlOptions(
        starts=tuple(_addresses(starts)),
        archive=Path(archive),
        delay=delay,
        per_host=per_host,
        max_pages=max_pages,
        max_depth=max_depth,
        max_bytes=int(max_megabytes * MEGABYTE),
        max_time=max_minutes * 60,
        max_size=int(max_file * MEGABYTE),
        timeout=timeout,
        contact=contact,
        max_units=max_units,
        browser=browser,
        allow_private=allow_private,
    )
    outcome = crawl_sites(options, __version__)
    for sentence in _sentences(outcome, options):
        say(sentence)
    raise typer.Exit(_code_of(outcome))


def _code_of(outcome: "CrawlOutcome") -> ExitCode:
    if outcome.unfinished == "interrupted":
        return ExitCode.INTERRUPTED
    return ExitCode.PARTIAL_BATCH if outcome.troubles or outcome.left else ExitCode.OK


def _addresses(starts: list[str]) -> list[str]:
    """Return the start addresses; a file name means the addresses in the file, one per line."""
    from extractor.crawl.addresses import join

    found = []
    for start in starts:
        path = Path(start)
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else [start]
        for line in (line.strip() for line in lines):
            if not line or line.startswith("#"):
                continue
            url = join("", line if "://" in line else f"http://{line}")
            if url is None:
                raise typer.BadParameter(f"{line} 不是网址", param_hint="START")
            found.append(url)
    return found


def _sentences(outcome: "CrawlOutcome", options: "CrawlOptions") -> list[str]:
    kept = f"年报 {outcome.reports} 份，网页和文件 {outcome.editions} 个（新 {outcome.new} 个）"
    told = [f"{options.archive}: {kept}"]
    if outcome.changed or outcome.gone:
        told.append(f"公布后改动 {outcome.changed} 个，已经不在 {outcome.gone} 个：见清单的 change、gone_at")
    if outcome.troubles:
        counts = "、".join(f"{name} {count}" for name, count in sorted(outcome.troubles.items()))
        told.append(f"没有取成或不能确定的：{counts}")
    if outcome.left:
        why = _LIMITS.get(outcome.unfinished, "网站拒绝或失常")
        told.append(f"{why}，还有 {outcome.left} 个网址没有取；用同样的命令接着取")
    return told
