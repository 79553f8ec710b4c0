"""The panel command: one row per agency and year, for statistics packages."""

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.options import CorrectionsOption, FormsOption
from extractor.cli.terminal import say
from extractor.errors import ExitCode

PANEL_HELP = """把 batch 的结果做成面板：一个机关一年一行，一个指标一列。

旁边另写变量表（_codebook.csv：中英文标签、单位、各版对应的格）、覆盖表（_coverage.csv：哪个机关哪年有没有）
和存疑表（_doubts.csv：可能是同一个而没有连起来的机关）；.xlsx 是同一个文件的四张工作表。

\b
extractor panel 结果 -o 面板.dta
extractor panel 结果 -o 面板.parquet --states --balanced
"""


def panel(
    folder: Annotated[str, typer.Argument(metavar="OUT", help="batch 的输出文件夹。")],
    out: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help=".parquet、.csv、.dta 或 .xlsx。")
    ],
    near: Annotated[
        bool, typer.Option("--near", help="没有同一指标的版本取相近的，near 列写明是哪些变量。")
    ] = False,
    states: Annotated[bool, typer.Option("--states", help="每个数旁边加一列状态（变量名加 _s）。")] = False,
    balanced: Annotated[bool, typer.Option("--balanced", help="只要每年都有的机关。")] = False,
    every: Annotated[bool, typer.Option("--all", help="没有一个数的变量也写。")] = False,
    corrections: CorrectionsOption = None,
    more_forms: FormsOption = None,
) -> None:
    """Write the panel of a batch."""
    code = _write(folder, Path(out), corrections, near=near, states=states, balanced=balanced, every=every)
    raise typer.Exit(code)


def _write(folder: str, out: Path, corrections: str | None, **asked: bool) -> ExitCode:
    from extractor.analysis import load
    from extractor.corrections import load_corrections
    from extractor.disk import writing_to
    from extractor.panel import (
        PanelOptions,
        build_panel,
        coverage_rows,
        doubt_rows,
        lay_corrections_over,
        require_suffix,
        write_panel,
    )

    require_suffix(out)
    overlay = load_corrections(Path(corrections)) if corrections else {}
    with load(folder) as tables:
        corrected = lay_corrections_over(tables, Path(folder), overlay) if overlay else 0
        built = build_panel(tables, PanelOptions(**asked))
        coverage, doubts = coverage_rows(tables), doubt_rows(tables)
    with writing_to(out.parent):
        files = write_panel(built, coverage, doubts, out)
    years = f"{built.years[0]}–{built.years[-1]}" if len(built.years) > 1 else str(built.years[0])
    say(
        f"{built.table.num_rows} 行：{built.agencies} 个机关，{years} 年，每年都有的 {built.complete} 个；"
        f"{len(built.variables)} 个指标"
    )
    if corrected:
        say(f"{corrected} 份按人的更正")
    if built.left_out:
        say(f"{built.left_out} 份报告说不出是哪里的机关，没有写进面板；可用 batch --metadata 补上")
    if doubts[1:]:
        say(f"{len(doubts) - 1} 对机关可能是同一个，没有连起来，见 doubts；确是同一个的写进沿革表")
    if built.not_whole:
        say(f"{built.not_whole} 个件数印着小数，面板里留空，见 cells 表")
    say(f"已写 {'、'.join(str(path) for path in files)}")
    return ExitCode.OK
