"""extractor coverage: which bodies have published for which years, according to crawl archives."""

from pathlib import Path
from typing import Annotated

import typer

from extractor.errors import ExitCode, Misused

COVERAGE_HELP = """对照名录，看哪些机关哪些年度的年报公布了、取不到、撤下了、没找到、没去找。

\b
extractor coverage 存档/ --roster 名录.csv --years 2019-2025 -o 公布情况.html
extractor coverage 存档1/ 存档2/ --region 5117 --years 2023 -o 公布情况.xlsx -o 公布情况.csv

\b
名录是 CSV：name（必有）、region_code、url。不给名录，就是现行区划的省、市、县政府。
-o 按后缀写 csv、json、xlsx、html；不给则把 CSV 写到标准输出。
"""


def coverage(
    archives: Annotated[list[str], typer.Argument(metavar="ARCHIVE", help="抓取的存档，或其中的清单。")],
    years: Annotated[str, typer.Option(metavar="YEARS", help="年度：2023，或 2019-2025。")],
    roster: Annotated[str | None, typer.Option(metavar="FILE", help="名录，CSV。")] = None,
    region: Annotated[str, typer.Option(metavar="CODE", help="没有名录时，只要代码以此开头的区划。")] = "",
    out: Annotated[
        list[str] | None, typer.Option("--output", "-o", metavar="OUT", help="写到这个文件。")
    ] = None,
) -> None:
    """Judge every body and year, write the tables, say the totals on stderr."""
    from extractor.cli.output import write_file, write_to_stdout
    from extractor.coverage import FORMATS, STATES, as_bytes, assess, governments, read_holdings, read_roster

    kinds = {name: Path(name).suffix.lower().lstrip(".") for name in out or ()}
    for name, kind in kinds.items():
        if kind not in FORMATS:
            raise Misused(f"{name}: 只能写 {'、'.join(FORMATS)}")
    bodies = read_roster(Path(roster)) if roster else list(governments(region))
    if not bodies:
        raise Misused("名录里没有机关" if roster else f"没有代码以 {region} 开头的区划")
    found = assess(bodies, _years(years), read_holdings(Path(archive) for archive in archives))
    for name, kind in kinds.items():
        write_file(Path(name), as_bytes(found, kind))
    if not kinds:
        write_to_stdout(as_bytes(found, "csv").removeprefix(b"\xef\xbb\xbf").rstrip())
    counts = "、".join(f"{STATES[state]} {count}" for state, count in found.counts().items())
    typer.echo(f"{len(bodies)} 个机关 × {len(found.years)} 年：{counts}", err=True)
    if found.unlisted or found.unnamed:
        some = "、".join(found.unlisted[:5])
        told = f"存档里另有 {len(found.unlisted)} 份不在名录上{f'（如{some}）' if some else ''}"
        typer.echo(f"{told}，{found.unnamed} 个看不出机关或年度", err=True)
    raise typer.Exit(ExitCode.OK)


def _years(told: str) -> list[int]:
    first, _, last = told.partition("-")
    if not (first.isdigit() and (last or first).isdigit()):
        raise typer.BadParameter(f"{told} 不是年度", param_hint="--years")
    found = list(range(int(first), int(last or first) + 1))
    if not found or not all(2000 <= year <= 2100 for year in (found[0], found[-1])):
        raise typer.BadParameter(f"{told} 不是年度", param_hint="--years")
    return found
