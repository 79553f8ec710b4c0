"""The fourth round of layouts, drawn anew after a set that somebody drew who had not seen the reader.

What that set said at first sight stands in scripts/first_sight.jsonl, by its own names.
"""

import csv
import io
import json
from collections.abc import Callable

from . import first_sight_fourth_pages as pages
from . import html_sites as sites
from . import render_docx as word
from .docx_file import pack
from .draft import Draft, Heading, TableHere
from .expected import expect, without_raw
from .first_sight_third_grids import named
from .first_sight_third_pages import TableHtml, article
from .grid import Grid, grid_of
from .layouts import Layout, Rendered
from .render_text import positions, text_of

_ALL = ("2021", "2019", "2014")
_LATER = ("2021", "2019", "2021")


def _layout(
    name: str, form: str, write: Callable[[Draft], str | bytes], editions: tuple[str, ...] = _LATER
) -> Layout:
    def render(draft: Draft) -> Rendered:
        data = write(draft)
        return Rendered(data.encode() if isinstance(data, str) else data, without_raw(expect(draft)))

    return Layout(f"sight-{name}", form, "txt" if form == "text" else form, render, editions)


def _web(name: str, body: Callable[[Draft], str], editions: tuple[str, ...] = _LATER) -> Layout:
    return _layout(name, "html", lambda draft: sites.bare(draft, body(draft)), editions)


def _tables(table: TableHtml) -> Callable[[Draft], str]:
    return lambda draft: article(draft, table)


def sentences(grid: Grid) -> str:
    """Return a sentence a row, for readers who listen."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for value in named(grid):
        head = tuple(c for c in value.columns[:-1] if c not in ("申请人情况", "法人或其他组织"))
        unit = "万元" if "金额" in value.columns[-1] else "件"
        rows.setdefault((*head, *value.rows), []).append(f"{value.columns[-1]}{value.text}{unit}")
    lines: list[str] = []
    shown: tuple[str, ...] = ()
    for path, values in rows.items():
        lines += [label for label in path[:-1] if label not in shown]
        shown = path
        lines.append(f"{path[-1]}：{'，'.join(values)}。")
    return "\n".join(lines)


def records(draft: Draft) -> str:
    """Return a record a value that says whose it is and of which year, as portals of data publish them."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(("单位", "年度", "标题", "行", "列", "数值"))
    said = (draft.truth.agency.name, draft.truth.year, "".join(draft.title))
    for block in draft.blocks:
        for value in named(grid_of(draft.truth, block.code)) if isinstance(block, TableHere) else ():
            head = tuple(c for c in value.columns[:-1] if c not in ("申请人情况", "法人或其他组织"))
            write((*said, "/".join((*head, *value.rows)), value.columns[-1], value.text))
    return out.getvalue()


def _tabbed(grid: Grid) -> str:
    return "\n".join("\t".join(cell.text for cell, _ in row) for row in positions(grid))


def answer_in_lines(draft: Draft) -> str:
    """Return a record of a scraper, its text one string with tabs between the cells."""
    text = text_of(draft, _tabbed)
    return json.dumps(
        {"标题": "".join(draft.title), "正文": text, "来源": "网站"}, ensure_ascii=False, indent=1
    )


def tab_stops(draft: Draft) -> bytes:
    """Return a Word file whose rows are paragraphs with tabs, a group's name on a line of its own."""
    parts = [word.paragraph(line, '<w:jc w:val="center"/>') for line in draft.title]
    for block in draft.blocks:
        if not isinstance(block, TableHere):
            tail = block.tail if isinstance(block, Heading) else ""
            parts.append(word.paragraph(block.text + tail))
            continue
        shown: set[str] = set()
        head: tuple[str, ...] = ()
        rows: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for value in named(grid_of(draft.truth, block.code)):
            above = tuple(c for c in value.columns[:-1] if c not in ("申请人情况", "法人或其他组织"))
            rows.setdefault((*above, *value.rows), []).append((value.columns[-1], value.text))
        for path, values in rows.items():
            names = tuple(name for name, _ in values)
            parts += [word.paragraph(label) for label in path[:-1] if label not in shown]
            shown |= set(path[:-1])
            if names != head:
                parts.append(_with_tabs(("信息内容", *names)))
                head = names
            parts.append(_with_tabs((path[-1], *(text for _, text in values))))
    return pack("".join(parts))


def _with_tabs(texts: tuple[str, ...]) -> str:
    runs = "<w:r><w:tab/></w:r>".join(word.run(text) for text in texts)
    return f"<w:p>{runs}</w:p>"


def word_one_table(draft: Draft) -> bytes:
    """Return a Word file that is one table, the prose in merged rows."""
    return pack(word.table(pages.one_table(draft), word.Manner()))


ROUND_4 = (
    _web("nested-rows", _tables(pages.nested_rows)),
    _web("cards-at-two-ends", _tables(pages.cards_at_two_ends)),
    _web("data-labels", _tables(pages.data_labels)),
    _web("stacked-groups", _tables(pages.stacked_groups)),
    _web("laid-flat", _tables(pages.laid_flat)),
    _web("labels-beside", _tables(pages.labels_beside)),
    _web("boxes", _tables(pages.boxes), _ALL),
    _web("behind-fields", pages.behind_fields, _ALL),
    _web("in-one-table", pages.in_one_table),
    _layout("word-tab-stops", "docx", tab_stops),
    _layout("word-one-table", "docx", word_one_table),
    _layout("sentences", "text", lambda draft: text_of(draft, sentences)),
    _layout("records", "text", records),
    _layout("answer-in-lines", "text", answer_in_lines),
)
