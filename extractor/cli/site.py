"""The site command: a public register of what a batch has read."""

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.options import FormsOption
from extractor.cli.terminal import say
from extractor.errors import ExitCode

SITE_HELP = """把 batch 的结果建成网站：不用服务器，从磁盘打开，也可放到任何网站上。

\b
extractor site 结果 -o 网站
"""


def site(
    folder: Annotated[str, typer.Argument(metavar="OUT", help="batch 的输出文件夹。")],
    out: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="网站的文件夹。")],
    more_forms: FormsOption = None,
) -> None:
    """Build the site of a batch."""
    from extractor.disk import writing_to
    from extractor.site import build_site

    with writing_to(out):
        told = build_site(Path(folder), Path(out))
    say(f"{told.reports} 份报告，{told.bodies} 个机关；打开 {Path(out) / 'index.html'}")
    if told.nameless:
        say(f"{told.nameless} 份报告说不出是哪里的机关，单列一页；可用 batch --metadata 补上")
    if not told.has_feed:
        say("没有一份报告知道公布或取得的日期，不写 Atom 订阅")
    raise typer.Exit(ExitCode.OK)
