"""The fifth round of layouts, drawn anew after a set that somebody drew who had not seen the reader.

What that set said at first sight stands in scripts/first_sight.jsonl, by its own names.
"""

import csv
import io
from collections.abc import Callable
from html import escape

from . import html_sites as sites
from . import render_docx as word
from .docx_file import pack
from .draft import Draft, Heading, TableHere
from .expected import expect, without_raw
from .first_sight_third_grids import Named, named
from .first_sight_third_pages import TableHtml, article
from .grid import Grid, grid_of
from .layouts import Layout, Rendered
from .render_html import CLEAN, tables_html, usual_tables
from .render_text import positions, text_of
from .truth import Truth

_LATER = ("2021", "2019", "2021")
_GATHERED = ("申请人情况", "法人或其他组织")


def _layout(name: str, form: str, write: Callable[[Draft], str | bytes], encoding: str = "utf-8") -> Layout:
    def render(draft: Draft) -> Rendered:
        data = write(draft)
        shown = data.encode(encoding) if isinstance(data, str) else data
        return Rendered(shown, without_raw(expect(draft)))

    return Layout(f"sight-{name}", form, "txt" if form == "text" else form, render, _LATER)


def _web(name: str, table: TableHtml) -> Layout:
    return _layout(name, "html", lambda draft: sites.bare(draft, article(draft, table)))


def _paths(grid: Grid) -> dict[tuple[str, ...], list[Named]]:
    """Return the values of each row by its labels, the heads over groups of rows among them."""
    rows: dict[tuple[str, ...], list[Named]] = {}
    for value in named(grid):
        above = tuple(c for c in value.columns[:-1] if c not in _GATHERED)
        rows.setdefault((*above, *value.rows), []).append(value)
    return rows


def _unit_of(value: Named) -> str:
    return "万元" if "金额" in value.columns[-1] else "件"


def _in_brackets(path: tuple[str, ...]) -> str:
    """Return 行政诉讼（复议后起诉） of a row below its group; a row alone by its own label."""
    return path[0] if len(path) == 1 else f"{path[-2]}（{path[-1]}）"


def _matrix(grid: Grid) -> list[list[str]]:
    return [[cell.text if first else "" for cell, first in row] for row in positions(grid)]


def sheet_as_csv(draft: Draft) -> str:
    """Return a sheet of the whole report as a spreadsheet saves it: every row as wide as the widest."""
    lines: list[list[str]] = [["".join(draft.title)]]
    for block in draft.blocks:
        if isinstance(block, TableHere):
            lines += _matrix(grid_of(draft.truth, block.code))
        else:
            lines.append([block.text + (block.tail if isinstance(block, Heading) else "")])
    width = max(map(len, lines))
    out = io.StringIO()
    csv.writer(out).writerows([*line, *[""] * (width - len(line))] for line in lines)
    return out.getvalue()


def org_mode(draft: Draft) -> str:
    """Return the report as Org keeps it: rules of dashes and plus signs below the heads and in between."""

    def table(grid: Grid) -> str:
        rows = _matrix(grid)
        first = next(at for at, row in enumerate(grid) if any(cell.cell for cell in row))
        rule = "|" + "+".join("-" * 6 for _ in rows[0]) + "|"
        shown = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([*shown[:first], rule, *shown[first : first + 1], rule, *shown[first + 1 :]])

    return text_of(draft, table)


def sentences_of_groups(grid: Grid) -> str:
    """Return a sentence a row, the group of a row before it and the row in brackets."""
    lines = []
    for path, values in _paths(grid).items():
        label = _in_brackets(path) if "行政" in path[0] else "".join(path)
        told = (f"{v.columns[-1].replace('（单位：万元）', '')}{v.text}{_unit_of(v)}" for v in values)
        lines.append(f"{label}：{'，'.join(told)}。")
    return "\n".join(lines)


def leaders(grid: Grid) -> str:
    """Return a line a value, dots leading from its labels to it, as lists of contents have it."""
    return "\n".join(
        f"{' '.join((*path, value.columns[-1]))}{'.' * 60} {value.text}"
        for path, values in _paths(grid).items()
        for value in values
    )


def accordion(truth: Truth, code: str) -> str:
    """Return table three as a part for each kind of applicant, named by the line that opens it."""
    grid = grid_of(truth, code)
    if code != "requests":
        return tables_html(truth, TableHere(code), CLEAN, usual_tables)
    kinds: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for value in named(grid):
        kind = tuple(c for c in value.columns if c != "申请人情况")
        kinds.setdefault(kind, []).append(("".join(value.rows), value.text))
    pieces = []
    for kind, rows in kinds.items():
        body = "".join(f"<tr><td>{escape(label)}</td><td>{text}</td></tr>" for label, text in rows)
        pieces.append(
            f"<details open><summary>申请人：{'——'.join(kind)}</summary>"
            f"<table border=1><tr><th>办理情况</th><th>件数</th></tr>{body}</table></details>\n"
        )
    return "".join(pieces)


def frames(truth: Truth, code: str) -> str:
    """Return every table but the first in a page of its own, which the page carries inside itself."""
    table = tables_html(truth, TableHere(code), CLEAN, usual_tables)
    inner = escape(f"<meta charset=utf-8>{table}")
    return table if code == "proactive" else f'<iframe width="980" height="700" srcdoc="{inner}"></iframe>\n'


def records_with_units(truth: Truth, code: str) -> str:
    """Return a record a value, its unit behind it, and the part of the report before it."""
    rows = ["<tr><th>所属部分</th><th>事项</th><th>申请人/指标</th><th>数量</th><th>单位</th></tr>"]
    for path, values in _paths(grid_of(truth, code)).items():
        for value in values:
            column = "-".join(c for c in value.columns if c in _GATHERED[1:] or c == value.columns[-1])
            told = (code, "·".join(path), column.replace("（单位：万元）", ""), value.text, _unit_of(value))
            rows.append(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in told)}</tr>")
    return f"<table border=1>{''.join(rows)}</table>\n"


def captions(draft: Draft) -> bytes:
    """Return a Word file whose table four is three rows of tabs, each below its name and its heads."""
    parts = [word.paragraph(line, '<w:jc w:val="center"/>') for line in draft.title]
    for block in draft.blocks:
        if not isinstance(block, TableHere):
            parts.append(word.paragraph(block.text + (block.tail if isinstance(block, Heading) else "")))
        elif block.code != "disputes":
            parts += [word.table(grid, word.Manner()) for grid in usual_tables(draft.truth, block.code)]
        else:
            for path, values in _paths(grid_of(draft.truth, block.code)).items():
                parts.append(word.paragraph(_in_brackets(path)))
                parts.append(_with_tabs([value.columns[-1] for value in values]))
                parts.append(_with_tabs([value.text for value in values]))
    return pack("".join(parts))


def _with_tabs(texts: list[str]) -> str:
    return f"<w:p>{'<w:r><w:tab/></w:r>'.join(word.run(text) for text in texts)}</w:p>"


ROUND_5 = (
    _layout("sheet-as-csv", "text", sheet_as_csv, "gb18030"),
    _layout("org-rules", "text", org_mode),
    _layout("sentences-of-groups", "text", lambda draft: text_of(draft, sentences_of_groups)),
    _layout("leaders", "text", lambda draft: text_of(draft, leaders)),
    _web("accordion-by-applicant", accordion),
    _web("tables-in-frames", frames),
    _web("records-with-units", records_with_units),
    _layout("word-captions", "docx", captions),
)
