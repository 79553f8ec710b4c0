"""Layouts that the reader had not met when they were drawn, in rounds that first_sight.py reads once."""

import csv
import io
import json
from collections.abc import Callable

from . import first_sight_tables as change
from . import html_sites as sites
from . import render_html as html
from .draft import Draft, Heading, Paragraph
from .expected import expect, without_raw
from .first_sight_fifth import ROUND_5
from .first_sight_fourth import ROUND_4
from .first_sight_second import ROUND_2
from .first_sight_sixth import ROUND_6
from .first_sight_third import ROUND_3
from .grid import Grid, grid_of
from .layouts import WITH_REQUESTS, Layout, Rendered
from .render_text import positions

_DECOY = (
    "<table border=1><tr><td>类别</td><td>数量</td></tr><tr><td>行政规范性文件</td><td>9</td></tr>"
    "<tr><td>行政处罚</td><td>77</td></tr><tr><td>工作动态</td><td>501</td></tr></table>\n"
)


def _page(
    tables_of: html.TablesOf, edit: Callable[[str], str] = lambda body: body
) -> Callable[[Draft], Rendered]:
    def render(draft: Draft) -> Rendered:
        page = sites.bare(draft, edit(html.body(draft, tables_of=tables_of)))
        return Rendered(page.encode(), without_raw(expect(draft)))

    return render


def _with_decoy(body: str) -> str:
    at = body.find("<table")
    at = body.rfind("<h2>", 0, at)
    return body[:at] + _DECOY + body[at:]


def _between_parts(words: str) -> Callable[[str], str]:
    return lambda body: body.replace("</table>\n<table", f"</table>\n<p>{words}</p>\n<table")


def _lines(draft: Draft, table: Callable[[Grid], str]) -> str:
    lines = ["\n".join(draft.title)]
    for block in draft.blocks:
        if isinstance(block, Heading):
            lines.append(block.text + block.tail)
        elif isinstance(block, Paragraph):
            lines.append(block.text)
        else:
            lines.append(table(grid_of(draft.truth, block.code)))
    return "\n\n".join(lines) + "\n"


def _matrix(grid: Grid) -> list[list[str]]:
    """Return the rows of a table as a spreadsheet has them: a merged cell's text in its first place."""
    rows = [[(cell.text if first else "") for cell, first in row] for row in positions(grid)]
    return rows


def _text(table: Callable[[Grid], str]) -> Callable[[Draft], Rendered]:
    return lambda draft: Rendered(_lines(draft, table).encode(), without_raw(expect(draft)))


def _csv(grid: Grid) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(_matrix(grid))
    return out.getvalue().rstrip("\n")


def _html_table(grid: Grid) -> str:
    rows = "".join(html.CLEAN.row("".join(html.CLEAN.cell(cell) for cell in row)) for row in grid)
    return html.CLEAN.table(rows)


def _json(draft: Draft) -> Rendered:
    body = html.body(draft)
    page = json.dumps(
        {"code": 0, "data": {"title": "".join(draft.title), "content": body}}, ensure_ascii=True
    )
    return Rendered(page.encode(), without_raw(expect(draft)))


def _new(name: str, render: Callable[[Draft], Rendered], suffix: str = "html") -> Layout:
    return Layout(f"sight-{name}", "text" if suffix == "txt" else suffix, suffix, render, WITH_REQUESTS)


def _cell(text: str) -> Callable[[int], str]:
    return lambda _: text


_R, _D = change.of_requests, change.of_disputes
ROUND_1 = (
    _new("share-column", _page(_R(change.with_column("占比", _cell("12.5%"), last=True)))),
    _new("remark-column", _page(_R(change.with_column("备注", _cell(""), last=True)))),
    _new("serial-column", _page(_R(change.with_column("序号", str, last=False)))),
    _new("last-year-total", _page(_R(change.with_last_year))),
    _new("subtotal-row", _page(_R(change.with_subtotal_rows))),
    _new("cut-by-applicants", _page(_R(change.cut_by_applicants))),
    _new("two-parts", _page(_R(change.in_two_parts), _between_parts("续表"))),
    _new("two-parts-page-number", _page(_R(change.in_two_parts_without_header), _between_parts("- 7 -"))),
    _new("two-parts-no-header", _page(_R(change.in_two_parts_without_header))),
    _new("caption-rows", _page(change.with_caption_rows)),
    _new("spacer-row", _page(_R(change.with_spacer_rows))),
    _new("heads-swapped", _page(_R(change.with_heads_swapped))),
    _new("disputes-rows", _page(_D(change.disputes_as_rows))),
    _new("disputes-blocks", _page(_D(change.disputes_in_blocks))),
    _new("disputes-turned", _page(_D(change.disputes_turned))),
    _new("two-languages", _page(change.in_every_cell(change.in_two_languages))),
    _new("circled-serials", _page(change.in_every_cell(change.with_circled_serials))),
    _new("wide-blanks", _page(change.in_every_cell(change.with_wide_blanks))),
    _new("broken-heads", _page(change.in_every_cell(change.a_character_a_line))),
    _new("shortened", _page(change.in_every_cell(change.shortened))),
    _new("decoy", _page(html.usual_tables, _with_decoy)),
    _new("csv", _text(_csv), "txt"),
    _new("html-in-markdown", _text(_html_table), "txt"),
    _new("json-with-html", _json, "txt"),
)
ROUNDS: dict[int, tuple[Layout, ...]] = {
    1: ROUND_1,
    2: ROUND_2,
    3: ROUND_3,
    4: ROUND_4,
    5: ROUND_5,
    6: ROUND_6,
}
