"""The HTML layouts."""

from collections.abc import Callable

from msgspec import structs

from . import flaws
from . import html_sites as sites
from . import render_html as html
from .draft import Draft
from .expected import expect, with_words
from .layouts import WITH_REQUESTS, Layout, Rendered
from .odd_cells import with_odd_cells
from .traditional import traditional
from .unplain_cells import HTML_SHEET, HTML_WAYS, with_markup, with_tokens

_Page = Callable[[Draft, str], str]


def _html(
    page: _Page = sites.bare,
    markup: html.Markup = html.CLEAN,
    tables_of: html.TablesOf = html.usual_tables,
    encoding: str = "utf-8",
    declared: str | None = "utf-8",
) -> Callable[[Draft], Rendered]:
    def render(draft: Draft) -> Rendered:
        text = page(draft, html.body(draft, markup, tables_of))
        charset = '<meta charset="utf-8">\n'
        text = text.replace(charset, f'<meta charset="{declared}">\n' if declared else "")
        return Rendered(text.encode(encoding, "xmlcharrefreplace"), expect(draft))

    return render


def _big5(draft: Draft) -> Rendered:
    text = traditional(sites.bare(draft, html.body(draft))).replace('charset="utf-8"', 'charset="big5"')
    return Rendered(text.encode("big5", "xmlcharrefreplace"), with_words(expect(draft), traditional))


def _row_lost(draft: Draft) -> Rendered:
    """A row that the publisher left out is missing; what the others say stays."""
    whole = expect(draft)
    cells = {c: e for c, e in whole.cells.items() if f".{flaws.LOST_ROW}." not in c}
    page = sites.bare(draft, html.body(draft, tables_of=flaws.row_lost))
    checks_open = structs.replace(whole, cells=cells, verdicts=("partial",))
    return Rendered(page.encode(), checks_open)


def _odd_cells(draft: Draft) -> Rendered:
    changed, expected = with_odd_cells(draft)
    return Rendered(sites.bare(changed, html.body(changed)).encode(), expected)


def _unplain_cells(draft: Draft) -> Rendered:
    changed, markup, expected = with_tokens(draft, HTML_WAYS)
    page = with_markup(sites.bare(changed, html.body(changed)), markup)
    return Rendered(page.replace("</head>", f"{HTML_SHEET}</head>", 1).encode(), expected)


HTML_LAYOUTS = (
    Layout("html-plain", "html", "html", _html()),
    Layout("html-word", "html", "html", _html(markup=html.WORD)),
    Layout("html-wps", "html", "html", _html(markup=html.WPS)),
    Layout("html-trs", "html", "html", _html(sites.trs)),
    Layout("html-hanweb", "html", "html", _html(sites.hanweb, html.WORD)),
    Layout("html-ucap", "html", "html", _html(sites.ucap, html.WPS)),
    Layout("html-vsb", "html", "html", _html(sites.vsb)),
    Layout("html-layout-tables", "html", "html", _html(sites.layout_tables)),
    Layout("html-unclosed", "html", "html", _html(markup=html.UNCLOSED)),
    Layout(
        "html-results-twice",
        "html",
        "html",
        _html(markup=html.WORD, tables_of=html.results_split),
        WITH_REQUESTS,
    ),
    Layout("html-wrong-rowspans", "html", "html", _html(tables_of=html.wrong_row_spans), WITH_REQUESTS),
    Layout("html-four-tables", "html", "html", _html(tables_of=html.proactive_in_four), WITH_REQUESTS),
    Layout("html-uneven-colspans", "html", "html", _html(tables_of=html.uneven_columns), WITH_REQUESTS),
    Layout("html-misspelt", "html", "html", _html(tables_of=flaws.misspelt_labels), WITH_REQUESTS),
    Layout("html-subtotal-column", "html", "html", _html(tables_of=flaws.subtotal_column), WITH_REQUESTS),
    Layout("html-row-lost", "html", "html", _row_lost, WITH_REQUESTS, faultless=True, styled=False),
    Layout("html-odd-cells", "html", "html", _odd_cells, WITH_REQUESTS, faultless=True, styled=False),
    Layout("html-unplain-cells", "html", "html", _unplain_cells, WITH_REQUESTS, faultless=True, styled=False),
    Layout("html-utf8-bom", "html", "html", _html(encoding="utf-8-sig")),
    Layout("html-gbk", "html", "html", _html(encoding="gbk", declared="gbk")),
    Layout("html-gbk-undeclared", "html", "html", _html(encoding="gbk", declared=None)),
    Layout("html-gb18030-as-gb2312", "html", "html", _html(encoding="gb18030", declared="gb2312")),
    Layout("html-utf16", "html", "html", _html(encoding="utf-16", declared=None)),
    Layout("html-big5", "html", "html", _big5),
)
