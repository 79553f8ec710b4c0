"""The third round of layouts: page builders, form systems, booklets, workbooks, wikis and notebooks."""

from collections.abc import Callable

from . import first_sight_third_files as files
from . import first_sight_third_grids as shape
from . import first_sight_third_pages as pages
from . import first_sight_third_sheets as sheets
from . import first_sight_third_text as marks
from . import first_sight_third_word as word
from . import html_sites as sites
from . import render_html as html
from .draft import Draft
from .expected import Expected, expect, where_much_is_lost, without_raw
from .layouts import Layout, Rendered
from .render_text import text_of

Render = Callable[[Draft], Rendered]
_ALL = ("2021", "2019", "2014")
_LATER = ("2021", "2019", "2021")
_OLD = ("2014",)


def _kept(draft: Draft) -> Expected:
    return without_raw(expect(draft))


def _lost(draft: Draft) -> Expected:
    return where_much_is_lost(expect(draft), "verified", "doubtful", "partial", "not_a_report")


def _of(write: Callable[[Draft], str | bytes], expected: Callable[[Draft], Expected] = _kept) -> Render:
    def render(draft: Draft) -> Rendered:
        data = write(draft)
        return Rendered(data.encode() if isinstance(data, str) else data, expected(draft))

    return render


def _page(
    article: Callable[[Draft], str], site: Callable[[Draft, str], str] = sites.trs
) -> Callable[[Draft], str]:
    return lambda draft: site(draft, article(draft))


def _grids(tables_of: html.TablesOf, markup: html.Markup = html.CLEAN) -> Callable[[Draft], str]:
    return lambda draft: html.body(draft, markup, tables_of)


def _tables(table: pages.TableHtml, markup: html.Markup = html.CLEAN) -> Callable[[Draft], str]:
    return lambda draft: pages.article(draft, table, markup)


def _text(table: marks.TextOf) -> Callable[[Draft], str]:
    return lambda draft: text_of(draft, table, "\n\n")


def _word(table: word.TableXml) -> Callable[[Draft], bytes]:
    return lambda draft: word.written(draft, table)


def _web(name: str, article: Callable[[Draft], str], editions: tuple[str, ...] = _ALL) -> Layout:
    return _new(name, "html", _of(_page(article)), editions)


def _new(name: str, form: str, render: Render, editions: tuple[str, ...] = _ALL) -> Layout:
    extension = "txt" if form == "text" else form
    return Layout(f"sight-{name}", form, extension, render, editions)


_bands = shape.for_table("requests", shape.in_bands)
_turned = shape.for_table("requests", shape.turned)
_panels = shape.for_table("statistics", shape.two_panels)

ROUND_3 = (
    _web("row-tables", _tables(pages.row_tables)),
    _web("css-grid", _tables(pages.css_grid)),
    _web("form-inputs", _tables(pages.form_inputs)),
    _web("foot-first", _tables(pages.foot_first)),
    _web("uyghur-labels", _grids(shape.with_uyghur, html.WPS)),
    _web("requests-turned", _grids(_turned), _LATER),
    _web("bands", _grids(_bands, html.WORD), _LATER),
    _web("fixed-columns", _tables(pages.fixed_columns)),
    _web("cards", _tables(pages.cards)),
    _web("gutters", _grids(shape.with_gutters, html.WORD)),
    _web("column-numbers", _grids(shape.with_column_numbers)),
    _web("row-codes", _grids(shape.with_row_codes)),
    _web("raised-notes", _tables(pages.raised_notes)),
    _web("two-panels", _grids(_panels), _OLD),
    _web("annexes", lambda draft: html.body(pages.with_annexes(draft)), _LATER),
    _new("positioned", "html", _of(_page(pages.positioned, sites.bare))),
    _new("from-script", "html", _of(_page(pages.from_script), _lost)),
    _new("word-text-boxes", "docx", _of(_word(word.in_text_boxes))),
    _new("word-turned-pages", "docx", _of(_word(word.over_turned_pages))),
    _new("word-nested-values", "docx", _of(_word(word.nested_values)), _LATER),
    _new("word-form-fields", "docx", _of(_word(word.form_fields))),
    _new("word-tall-rows", "docx", _of(_word(word.tall_rows))),
    _new("word-replaced-rows", "docx", _of(_word(word.with_replaced_rows))),
    _new("word-two-panels", "docx", _of(_word(word.of_grids(_panels))), _OLD),
    _new("word-column-numbers", "docx", _of(_word(word.of_grids(shape.with_column_numbers)))),
    _new("pdf-web-print", "pdf", _of(sheets.web_print)),
    _new("pdf-two-up", "pdf", _of(sheets.on(sheets.TwoUp))),
    _new("pdf-sideways", "pdf", _of(sheets.sideways), _LATER),
    _new("pdf-spread-labels", "pdf", _of(sheets.on(sheets.Spread))),
    _new("pdf-double-lines", "pdf", _of(sheets.on(sheets.DoubleLines))),
    _new("pdf-sheet-headings", "pdf", _of(sheets.sheet_headings)),
    _new("pdf-filled-form", "pdf", _of(sheets.on(sheets.FilledForm), _lost)),
    _new("bullets", "text", _of(lambda d: marks.front_matter(d, _text(marks.bullets)(d)))),
    _new("path-lines", "text", _of(_text(marks.path_lines))),
    _new("long-csv", "text", _of(_text(marks.long_csv))),
    _new("frame-csv", "text", _of(_text(marks.frame_csv))),
    _new("begun-cells", "text", _of(_text(marks.begun_cells))),
    _new("wiki", "text", _of(_text(marks.wiki))),
    _new("tabular", "text", _of(_text(marks.tabular))),
    _new("callback", "text", _of(lambda d: marks.callback(d, html.body(d)))),
    _new("sheets", "xlsx", _of(files.a_sheet_a_table)),
    _new("one-sheet", "xlsx", _of(files.one_sheet)),
    Layout("sight-saved-page", "html", "mht", _of(files.saved_page), _ALL),
)
