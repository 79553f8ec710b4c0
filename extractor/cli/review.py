"""The commands for checking reports. Heavy imports are made when one of them runs."""

from typing import Annotated

import typer

from extractor.cli.language import current_language
from extractor.cli.options import AnswersOption, CorrectionsOption, FormsOption, GroupOption

_CHECK_HELP = """按规则核对一份或多份报告，说出每处不符：位置、两边的数、差错出在哪里、建议。

多份同一机关的报告按年度互核：结转、现行有效、照抄、缺年。

\b
extractor check 年报.docx
extractor check 2022.html 2023.html 2024.html
extractor check 甲局.pdf 乙局.pdf --parent 全县.pdf
extractor check 年报/ 报来的.zip --xlsx 退回表.xlsx
extractor check --answers 退回表.xlsx      填好退回来的
extractor check 结果                       batch 写出的文件夹
extractor check 年报/ --group 单位 --rules 本省规则.yaml

五份以上只说要办的事：须退回的逐项，须核实的按种类；没有问题的不列。

\b
退出码：0 没有差错，3 有差错，其余同 parse
"""

_EXPLAIN_HELP = """说明一个数为什么可信：标签、原文、位置、与它有关的勾稽关系。

\b
extractor explain 年报.pdf requests.granted.total

格的代码是 表.行.列，见 extractor forms 2021；也可写标签，如 '予以公开 总计'。
"""

_VIEW_HELP = """写一个核对用的网页：左边原文，右边读出的表格和正文；点一格，两边同时标出它的位置和有关的核对。

\b
extractor view 年报.pdf -o 核对.html
extractor view 2023.html -o 核对.html --with 2022.html
extractor view 年报/ 报来的.zip -o 核对/    一份一页，index.html 列出怎样办

网页只有一个文件，不连网络；键盘：n 下一处不符，d 下一存疑格，/ 查找，t 明暗，方向键换格。
"""

_COMPARE_HELP = """比较两份报告：逐格比数字，逐句比正文（沿用了多少），相邻两年的还按规则互核。

\b
extractor compare 2022.html 2023.html
extractor compare 旧版.pdf 新版.pdf --json

退出码：0 互核没有差错，3 有差错，其余同 parse
"""

_TEMPLATE_HELP = """写一份空白的标准格式年报，填好后可再核对。工作簿里的合计是公式，“勾稽”页指出不符之处。

\b
extractor template 2021 -o 年报.docx --agency 云岭县人民政府 --year 2025
extractor template -o 年报.xlsx            现行的一版
"""

_DOCTOR_HELP = "说明装了什么、能读什么，缺的怎样装上。"

_WORDS_HELP = """说明输出里的代码：结论、规则、通知、格、正文的数字、读不了的原因，各是什么意思。

\b
extractor words                          全部
extractor words inconsistent disputes/total
"""


def add_review_commands(app: typer.Typer) -> None:
    """Register the commands."""
    app.command(help=_CHECK_HELP)(check)
    app.command(help=_EXPLAIN_HELP)(explain)
    app.command(help=_VIEW_HELP)(view)
    app.command(help=_COMPARE_HELP)(compare)
    app.command(help=_WORDS_HELP)(words)
    app.command(help=_TEMPLATE_HELP)(template)
    app.command(help=_DOCTOR_HELP)(doctor)


def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="REPORT", help="要核对的文件、文件夹、压缩包，或 batch 的输出文件夹；- 是标准输入。"
        ),
    ] = None,
    rules: Annotated[
        str | None, typer.Option(metavar="FILE", help="自己的规则，YAML，格式同 extractor/data/rules.yaml。")
    ] = None,
    parent: Annotated[str | None, typer.Option(metavar="FILE", help="汇总报告：应等于前面各份之和。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="每处一行 JSON，相符的也在内。")] = False,
    xlsx: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="写成退回表：总览，一个机关一张，一件事一行，后三栏供填写。"),
    ] = None,
    show_all: Annotated[bool, typer.Option("--all", help="相符的和未核的也列出。")] = False,
    codes: Annotated[
        bool, typer.Option("--codes", help="规则和结论的代码也写出，见 extractor words。")
    ] = False,
    group: GroupOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度。")] = False,
    table: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="全部结果写成表：.csv 或 .parquet，轻重、差错出在哪里都在内。"),
    ] = None,
    each: Annotated[bool, typer.Option("--each", help="一个机关一本，写进 --xlsx 所说的文件夹。")] = False,
    answers: AnswersOption = None,
    corrections: CorrectionsOption = None,
    more_forms: FormsOption = None,
) -> None:
    """Check reports against the rules."""
    from extractor.cli.check import CheckOptions, check_files

    options = CheckOptions(
        rules,
        parent,
        as_json,
        xlsx,
        show_all,
        codes,
        group,
        quiet,
        table,
        each,
        tuple(answers or ()),
        corrections,
    )
    raise typer.Exit(check_files(files or [], options))


def explain(
    file: Annotated[str, typer.Argument(metavar="REPORT", help="报告的文件；- 是标准输入。")],
    cell: Annotated[str, typer.Argument(metavar="CELL", help="格的代码：表.行.列。")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
    more_forms: FormsOption = None,
) -> None:
    """Show where a value comes from and what confirms it."""
    from extractor.cli.explain import explain_cell
    from extractor.cli.output import write_to_stdout

    write_to_stdout(explain_cell(file, cell, as_json=as_json))


def view(
    files: Annotated[
        list[str], typer.Argument(metavar="REPORT", help="报告的文件；也可是文件夹、压缩包、batch 的结果。")
    ],
    out: Annotated[
        str,
        typer.Option("--output", "-o", metavar="OUT", help="写成这个 HTML 文件；多份的写进这个文件夹。"),
    ],
    beside: Annotated[
        str | None, typer.Option("--with", metavar="REPORT", help="同一机关上一年或下一年的报告。")
    ] = None,
    rules: Annotated[str | None, typer.Option(metavar="FILE", help="自己的规则，YAML。")] = None,
    more_forms: FormsOption = None,
) -> None:
    """Write the page that shows each value beside its source."""
    from extractor.cli.view import write_reviews

    raise typer.Exit(write_reviews(files, out, beside=beside, rules=rules))


def compare(
    one: Annotated[str, typer.Argument(metavar="A", help="一份报告的文件。")],
    other: Annotated[str, typer.Argument(metavar="B", help="另一份报告的文件。")],
    rules: Annotated[str | None, typer.Option(metavar="FILE", help="自己的规则，YAML。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
    more_forms: FormsOption = None,
) -> None:
    """Show the differences of two reports."""
    from extractor.cli.compare import compare_files

    raise typer.Exit(compare_files(one, other, rules=rules, as_json=as_json))


def words(
    codes: Annotated[list[str] | None, typer.Argument(metavar="CODE", help="代码；不给则全部。")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON。")] = False,
    english: Annotated[bool, typer.Option("--en", help="英文（规则和标签只有中文）。")] = False,
    more_forms: FormsOption = None,
) -> None:
    """Say what codes mean."""
    from extractor.cli.output import write_to_stdout
    from extractor.cli.words import words_for

    language = "en" if english else current_language()
    write_to_stdout(words_for(codes or [], language, as_json=as_json))


def template(
    out: Annotated[str, typer.Option("--output", "-o", metavar="OUT", help="写成这个 .docx 或 .xlsx 文件。")],
    form: Annotated[
        str | None, typer.Argument(metavar="ID", help="版本，如 2021；不给则最新的一版。")
    ] = None,
    agency: Annotated[str | None, typer.Option(metavar="NAME", help="机关的名称，写进标题。")] = None,
    year: Annotated[
        int | None, typer.Option(min=1900, max=2999, metavar="YEAR", help="报告的年度；不给则去年。")
    ] = None,
    more_forms: FormsOption = None,
) -> None:
    """Write a blank form."""
    from extractor.cli.template import write_template

    raise typer.Exit(write_template(form, out, agency=agency, year=year))


def doctor() -> None:
    """Say what is installed."""
    from extractor.cli.doctor import diagnosis
    from extractor.cli.output import write_to_stdout

    write_to_stdout(diagnosis())
