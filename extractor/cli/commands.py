"""The commands and their options, declared with typer.

Slow imports are inside the commands that need them, so that `--help` is fast.
"""

from collections.abc import Sequence
from typing import Annotated

import typer

from extractor import __version__
from extractor.cli.coverage import COVERAGE_HELP, coverage
from extractor.cli.crawl import CRAWL_HELP, crawl
from extractor.cli.language import choose_language, help_in_language, language_named, use_language
from extractor.cli.mcp import MCP_HELP, mcp
from extractor.cli.options import CorrectionsOption, FormsOption, MetadataOption, SuccessionsOption
from extractor.cli.panel import PANEL_HELP, panel
from extractor.cli.queue import QUEUE_HELP, queue
from extractor.cli.review import add_review_commands
from extractor.cli.serve import SERVE_HELP, serve
from extractor.cli.site import SITE_HELP, site

_PROGRAM = "extractor"

app = typer.Typer(
    name=_PROGRAM,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# A line with only \b keeps the formatting of the following lines.
_PARSE_HELP = """读年度报告，输出 JSON：一份一行（多份即 JSON Lines）。

\b
extractor parse 年报.docx
extractor parse 年报.pdf --pretty
extractor parse *.html -o 结果/
curl -s URL | extractor parse - --url URL

\b
退出码取第一个问题：
 0 verified 或 partial    3 inconsistent 或 doubtful
 4 不支持的格式           5 读不出（损坏、空文件）
 6 不是年度报告           7 缺少所需的软件
10 有密码                11 没有这个文件
12 输出写不了            13 磁盘满了
"""


_BATCH_HELP = """读整批文件和压缩包，写 reports.jsonl 和各张数据表。可随时中断，再运行同一条命令即继续。

\b
extractor batch 年报/ -o 结果
extractor batch 年报.zip 网页.warc.gz -o 结果 --to parquet,xlsx
find 年报 -name '*.pdf' | extractor batch - -o 结果

\b
退出码：
 0 全部读出               9 有的读不出，其余都已写好
 2 用法不对               11 没有找到文件
12 输出写不了             13 磁盘满了
130 被中断
"""


_QUERY_HELP = """用 SQL 查 batch 写出的表和常用指标（视图）。

\b
extractor query 结果 requests
extractor query 结果 "SELECT year, level, median(received) FROM requests GROUP BY year, level" --csv 按年.csv
"""


def _print_version(wanted: bool) -> None:
    if not wanted:
        return
    typer.echo(f"extractor {__version__}")
    raise typer.Exit()


@app.callback(help="把政府信息公开工作年度报告读成经过核对的 JSON。")
def extractor(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="显示版本号。")
    ] = False,
    language: Annotated[
        str | None,
        typer.Option("--lang", metavar="LANG", help="用什么语言：zh 或 en；不给则看 EXTRACTOR_LANG、LANG。"),
    ] = None,
) -> None:
    """Hold the options that stand before the command."""
    if language:
        use_language(language_named(language))


@app.command(help=_PARSE_HELP)
def parse(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="要读的文件；- 是标准输入。")],
    out: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="OUT", help="写到这个文件；是文件夹时每份一个 NAME.json。"),
    ] = None,
    pretty: Annotated[bool, typer.Option("--pretty", "--indent", help="分行缩进，供人阅读。")] = False,
    url: Annotated[str | None, typer.Option(help="文件的来源网址，记入 source.url。")] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="每份的时间上限，秒。")] = 120.0,
    max_memory: Annotated[int, typer.Option(min=256, help="内存上限，MiB。")] = 1400,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="不说明结论，只报告读不了的文件。")] = False,
    every: Annotated[bool, typer.Option("--all", help="文件里有几份报告的，各份都给，一份一行。")] = False,
    corrections: CorrectionsOption = None,
    more_forms: FormsOption = None,
) -> None:
    """Read reports and write their JSON."""
    from extractor.cli.output import OptionsDisagree
    from extractor.cli.parse import parse_files

    try:
        code = parse_files(
            files, out=out, pretty=pretty, url=url, quiet=quiet, seconds=timeout, mebibytes=max_memory,
            corrections=corrections, every=every,
        )  # fmt: skip
    except OptionsDisagree as error:
        raise typer.BadParameter(str(error), param_hint=error.option) from error
    raise typer.Exit(code)


@app.command(help="输出一份报告的 JSON Schema。")
def schema(more_forms: FormsOption = None) -> None:
    """Print the contract of the output."""
    from extractor.cli.output import write_to_stdout
    from extractor.cli.schema import published_schema

    write_to_stdout(published_schema())


@app.command(help="列出认识的各版标准表：表、行、列和勾稽关系。")
def forms(
    form: Annotated[str | None, typer.Argument(metavar="ID", help="版本，如 2021。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
    more_forms: FormsOption = None,
) -> None:
    """Print what the editions of the standard form hold."""
    from extractor.cli.forms import describe_forms
    from extractor.cli.output import write_to_stdout

    write_to_stdout(describe_forms(form, as_json=as_json))


app.command(help=CRAWL_HELP)(crawl)
app.command(help=COVERAGE_HELP)(coverage)
app.command(help=SERVE_HELP)(serve)
app.command(help=QUEUE_HELP)(queue)
add_review_commands(app)


@app.command(help=_BATCH_HELP)
def batch(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="文件、文件夹、通配符、压缩包；- 是标准输入里的路径清单。"),
    ],
    out: Annotated[str, typer.Option("--output", "-o", metavar="OUT", help="输出文件夹，日志也在里面。")],
    to: Annotated[
        str,
        typer.Option(
            metavar="FORMATS", help="parquet、lake、duckdb、sqlite、csv、xlsx，逗号分开；all 是全部。"
        ),
    ] = "parquet",
    workers: Annotated[int | None, typer.Option(min=1, help="进程数；不给则每核一个。")] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="每份的时间上限，秒。")] = 60.0,
    max_size: Annotated[int, typer.Option(min=1, help="每份的大小上限，MiB。")] = 64,
    max_pages: Annotated[int, typer.Option(min=1, help="PDF 的页数上限。")] = 500,
    max_memory: Annotated[int, typer.Option(min=256, help="每个进程的内存上限，MiB。")] = 1400,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="再读以前失败的。")] = False,
    force: Annotated[bool, typer.Option("--force", help="不管以前的结果，全部重读。")] = False,
    engine: Annotated[str, typer.Option(help="local，或 ray（多台机器）。")] = "local",
    metadata: MetadataOption = None,
    successions: SuccessionsOption = None,
    corrections: CorrectionsOption = None,
    log: Annotated[
        str | None, typer.Option(metavar="FILE", help="逐份记录，JSON Lines，接在后面写。")
    ] = None,
    summary: Annotated[str | None, typer.Option(metavar="FILE", help="小结写成 JSON。")] = None,
    fail_over: Annotated[
        str, typer.Option(metavar="SHARE", help="读不出的超过这个比例（如 1%）退出码才是 9。")
    ] = "0",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度和小结。")] = False,
    more_forms: FormsOption = None,
) -> None:
    """Read whole archives and write tables."""
    from extractor.cli.batch import BatchOptions, batch_files

    options = BatchOptions(
        *(out, to, workers, timeout, max_size, max_pages, max_memory, retry_failed, force, quiet, engine),
        metadata=metadata,
        successions=successions,
        corrections=corrections,
        log=log,
        summary=summary,
        fail_over=fail_over,
    )
    raise typer.Exit(batch_files(paths, options))


@app.command(help=_QUERY_HELP)
def query(
    folder: Annotated[str, typer.Argument(metavar="OUT", help="batch 的输出文件夹。")],
    sql: Annotated[str, typer.Argument(metavar="SQL", help="DuckDB 的 SQL，或表名、视图名。")],
    csv: Annotated[
        str | None, typer.Option(metavar="FILE", help="写成 CSV；- 是标准输出。不给则显示成表格。")
    ] = None,
    more_forms: FormsOption = None,
) -> None:
    """Answer a question about what a batch has written."""
    from extractor.cli.query import query_tables

    raise typer.Exit(query_tables(folder, sql, csv_out=csv))


app.command(help=PANEL_HELP)(panel)
app.command(help=SITE_HELP)(site)
app.command(help=MCP_HELP)(mcp)


def run_command(arguments: Sequence[str]) -> None:
    """Run the command for these arguments, in the requested language."""
    command = typer.main.get_command(app)
    chosen = choose_language(arguments, command)
    help_in_language(command)
    command(chosen, prog_name=_PROGRAM)
