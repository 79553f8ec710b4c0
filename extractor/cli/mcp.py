"""The mcp command: tools for language models, over the Model Context Protocol."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.options import FormsOption
from extractor.errors import ExitCode

MCP_HELP = """给会推理的程序的工具（Model Context Protocol）：读一份、问数据、说明一格、列出各年有没有。

\b
extractor mcp 年报/
extractor mcp 年报/ --results 结果

经标准输入输出；只读；答案有上限；给定的文件夹以外的文件读不到。
"""
_SECONDS = 60.0
_MEBIBYTES = 1024


def mcp(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="年报所在的文件夹。")],
    results: Annotated[
        str | None,
        typer.Option(metavar="OUT", help="batch 的输出文件夹，可用 SQL 问；不给而 DIR 就是它，也可。"),
    ] = None,
    more_forms: FormsOption = None,
) -> None:
    """Serve the tools until standard input is closed."""
    from extractor import __version__
    from extractor.cli.language import translated_line
    from extractor.cli.limits import BoundedWork
    from extractor.mcp_server import GivenFolder, ReportTools
    from extractor.mcp_server.stdio import run_stdio
    from extractor.pipeline import parse

    given = GivenFolder(Path(folder))
    asked = Path(results) if results else given.path
    is_batch = (asked / "datapackage.json").is_file()
    with closing(BoundedWork(parse, _SECONDS, _MEBIBYTES)) as read:
        tools = ReportTools(given, read, asked if results or is_batch else None)
        with closing(tools):
            run_stdio(tools, __version__, translated_line)
    raise typer.Exit(ExitCode.OK)
