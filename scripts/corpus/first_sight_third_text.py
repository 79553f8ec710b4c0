"""Tables as further programs write them into text: converters, scrapers, notebooks, wikis."""

import csv
import io
from collections.abc import Callable
from html import escape

from .draft import Draft
from .first_sight_third_grids import named
from .grid import Grid, GridCell
from .render_text import positions

TextOf = Callable[[Grid], str]


def bullets(grid: Grid) -> str:
    """Return a nested list, as language models retell a table."""
    if grid[0][0].text == "统计指标":
        return "\n".join(_indicator(*(c.text for c in row)) for row in grid[1:])
    lines: list[str] = []
    shown = ""
    for value in named(grid):
        columns = [c for c in value.columns if c != "申请人情况"]
        head, names = (columns[:1], columns[1:]) if columns[0].startswith("第") else ([], columns)
        if not value.rows:
            head, names = columns[:-1], columns[-1:]
        lead = " / ".join((*head, *value.rows))
        if lead != shown:
            lines.append(f"- **{lead}**")
            shown = lead
        lines.append(f"  - {'·'.join(names)}：{value.text}")
    return "\n".join(lines)


def _indicator(label: str, unit: str, value: str) -> str:
    return f"- {label}：**{value}** {unit}" if value else f"\n### {label}\n"


def path_lines(grid: Grid) -> str:
    """Return a line a value, its labels joined by slashes, as keys of a settings file."""
    return "\n".join(f"{'/'.join((*v.rows, *v.columns))} = {v.text}" for v in named(grid))


def long_csv(grid: Grid) -> str:
    """Return one record a value, as tables are kept for a database."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(("项目", "栏目", "数值"))
    for value in named(grid):
        write((" > ".join(value.rows), " > ".join(value.columns), value.text))
    return out.getvalue().rstrip("\n")


def frame_csv(grid: Grid) -> str:
    """Return what a data frame saves: an index, numbered columns, merged cells repeated."""
    rows = [[cell.text for cell, _ in row] for row in positions(grid)]
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(("", *range(len(rows[0]))))
    for index, row in enumerate(rows):
        write((index, *row))
    return out.getvalue().rstrip("\n")


def begun_cells(grid: Grid) -> str:
    """Return each row's own cells between pipes, nothing in the place of merged ones."""
    lines = [f"| {' | '.join(cell.text for cell in row)} |" for row in grid]
    return "\n".join((lines[0], "|" + "---|" * len(grid[0]), *lines[1:]))


def wiki(grid: Grid) -> str:
    """Return a table of a wiki, merged cells by their spans."""
    lines = ['{| class="wikitable" style="text-align:center"']
    for row in grid:
        lines.append("|-")
        lines += [f"{'|' if c.cell else '!'} {_spans(c)}{c.text}" for c in row]
    return "\n".join((*lines, "|}"))


def _spans(cell: GridCell) -> str:
    rows = f'rowspan="{cell.row_span}" ' if cell.row_span > 1 else ""
    columns = f'colspan="{cell.column_span}" ' if cell.column_span > 1 else ""
    return f"{rows}{columns}| " if rows or columns else ""


def tabular(grid: Grid) -> str:
    """Return a table of TeX, as converters for papers write it."""
    filled = positions(grid)
    lines = ["\\begin{tabular}{|" + "c|" * len(filled[0]) + "}", "\\hline"]
    for row in filled:
        cells: list[str] = []
        previous: GridCell | None = None
        for cell, first in row:
            if cell is previous:
                continue
            previous = cell
            text = cell.text if first else ""
            if cell.row_span > 1 and first:
                text = f"\\multirow{{{cell.row_span}}}{{*}}{{{text}}}"
            if cell.column_span > 1:
                text = f"\\multicolumn{{{cell.column_span}}}{{|c|}}{{{text}}}"
            cells.append(text)
        lines += [" & ".join(cells) + " \\\\", "\\hline"]
    return "\n".join((*lines, "\\end{tabular}"))


def front_matter(draft: Draft, text: str) -> str:
    """Return a text behind the block of data that note keepers and site builders put before it."""
    return (
        f'---\ntitle: "{"".join(draft.title)}"\ndate: {draft.truth.year + 1}-01-22\n'
        f"tags: [政务公开, 年报]\n---\n\n{text}"
    )


def callback(draft: Draft, body: str) -> str:
    """Return a script call whose data holds the article with its marks escaped."""
    text = escape(body).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    title = "".join(draft.title)
    return (
        f'jsonpCallback({{"code":"200","msg":"操作成功","result":{{"title":"{title}",'
        f'"pubDate":"{draft.truth.year + 1}-01-19 09:30:00","orgName":"{draft.truth.agency.name}",'
        f'"infoContent":"{text}","attachList":[]}}}});'
    )
