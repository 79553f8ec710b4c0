"""The second round of layouts: offices, spreadsheets, converters, mails and reading services."""

import io
from collections.abc import Callable

import pdfplumber
import pypdfium2  # type: ignore[import-untyped]  # no stubs
from msgspec import structs

from . import first_sight_marks as marks
from . import first_sight_shapes as shape
from . import html_sites as sites
from . import render_docx as word
from . import render_html as html
from .docx_file import pack
from .draft import Draft, Heading, Paragraph
from .expected import Expected, expect, where_much_is_lost, without_raw
from .grid import GridCell, grid_of
from .layouts import WITH_REQUESTS, Layout, Rendered
from .pdf_sheet import PdfManner, Sheet
from .pdf_table import draw_table
from .render_pdf import WIDTHS, pdf, set_out
from .render_text import text_of

Render = Callable[[Draft], Rendered]
_ALL = ("2021", "2019", "2014")


def _kept(draft: Draft) -> Expected:
    return without_raw(expect(draft))


def _page(tables_of: html.TablesOf = html.usual_tables, markup: html.Markup = html.CLEAN) -> Render:
    return lambda draft: _article(draft, html.body(draft, markup, tables_of))


def _article(draft: Draft, body: str) -> Rendered:
    return Rendered(sites.trs(draft, body).encode(), _kept(draft))


def _sheet_cell(cell: GridCell) -> str:
    spans = f" rowspan={cell.row_span} colspan={cell.column_span}"
    number = f' align=right x:num="{cell.text}"' if cell.cell and cell.text else ""
    return f"<td class=xl66{spans} style='mso-number-format:\"0_ \"'{number}>{cell.text}</td>"


_SHEET = structs.replace(
    html.CLEAN,
    cell=_sheet_cell,
    row=lambda cells: f"<tr height=19 style='height:14.25pt'>{cells}<td></td><td class=xl65></td></tr>\n",
    table=lambda rows: (
        "<table border=0 cellpadding=0 width=864><col width=72 span=12>\n"
        f"{rows}<tr height=0 style='display:none'><td width=72></td></tr></table>\n"
    ),
)
_HEADED = structs.replace(
    html.CLEAN,
    cell=lambda c: html.CLEAN.cell(c) if c.cell else html.CLEAN.cell(c).replace("td", "th"),
    table=lambda rows: f"<table><caption>统计情况表（单位：件）</caption>{rows}</table>\n",
)


def _mail(draft: Draft) -> Rendered:
    head = (
        "<div><b>发件人:</b> 政务公开科 &lt;gk@example.invalid&gt;<br><b>发送时间:</b> 2025年1月20日 9:12<br>"
        f"<b>收件人:</b> 各科室<br><b>主题:</b> 转发: {''.join(draft.title)}</div><hr>\n"
    )
    return Rendered(sites.bare(draft, head + html.body(draft, html.WORD)).encode(), _kept(draft))


def _text(table: marks.TextOf, whole: Callable[[Draft, str], str] = lambda _, text: text) -> Render:
    def render(draft: Draft) -> Rendered:
        return Rendered(whole(draft, text_of(draft, table, "\n\n")).encode(), _kept(draft))

    return render


def _word(table: Callable[..., str]) -> Render:
    def render(draft: Draft) -> Rendered:
        parts = [word.paragraph(line) for line in draft.title]
        for block in draft.blocks:
            if isinstance(block, Heading):
                parts.append(word.paragraph(block.text + block.tail))
            elif isinstance(block, Paragraph):
                parts.append(word.paragraph(block.text))
            else:
                parts.append(table(draft, block.code))
        return Rendered(pack("".join(parts)), _kept(draft))

    return render


def _word_tables(tables_of: html.TablesOf, before: str = "") -> Render:
    def tables(draft: Draft, code: str) -> str:
        grids = tables_of(draft.truth, code)
        return before + "".join(word.table(grid, word.Manner()) for grid in grids)

    return _word(tables)


def _red_head(draft: Draft) -> Rendered:
    agency, year = draft.truth.agency.name, draft.truth.year
    letter = (
        f"{agency}文件",
        f"云府办〔{year + 1}〕3号",
        f"{agency}关于报送{year}年政府信息公开工作年度报告的报告",
        "县政府办公室：",
        f"现将{year}年政府信息公开工作年度报告报送如下，请审阅。",
    )
    opening = "".join(word.paragraph(line) for line in letter)
    return Rendered(pack(opening + word.body(draft, word.Manner())), _kept(draft))


class _LinedSheet(Sheet):
    """A sheet whose tables have lines between rows and none between columns."""

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Draw the upper and the lower side alone."""
        self.rule(x0, y0, x1, y0)
        self.rule(x0, y1, x1, y1)


class _TintedSheet(Sheet):
    """A sheet whose cells are tinted areas with a gap between them, without a line."""

    def box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Fill the area."""
        self.canvas.setFillGray(0.9)
        self.canvas.rect(x0 + 0.6, self.height - y1 + 0.6, x1 - x0 - 1.2, y1 - y0 - 1.2, stroke=0, fill=1)
        self.canvas.setFillGray(0)


def _on(kind: type[Sheet]) -> Render:
    def render(draft: Draft) -> Rendered:
        sheet = kind(PdfManner(page_numbers=True))
        set_out(sheet, draft, lambda b: draw_table(sheet, grid_of(draft.truth, b.code), WIDTHS[b.code]))
        return Rendered(sheet.finish(), _kept(draft))

    return render


def _too_wide(draft: Draft) -> Rendered:
    sheet = Sheet(PdfManner())

    def draw_block(code: str) -> None:
        if code != "requests":
            draw_table(sheet, grid_of(draft.truth, code), WIDTHS[code])
            return
        sheet.break_page()
        for grid, widths in zip(shape.cut_wide(draft.truth), (WIDTHS[code][:7], [60.0] * 3), strict=True):
            draw_table(sheet, grid, widths)
            sheet.break_page()

    set_out(sheet, draft, lambda block: draw_block(block.code))
    kept, lost = _kept(draft), where_much_is_lost(expect(draft), "verified", "partial", "doubtful")
    last = ("legal_service", "other_organization", "total")
    apart = {c for c in kept.cells if c.startswith("requests.") and c.endswith(last)}
    cells = {c: lost.cells[c] if c in apart else e for c, e in kept.cells.items()}
    return Rendered(sheet.finish(), structs.replace(lost, cells=cells))


def _text_of_pdf(draft: Draft) -> bytes:
    return pdf(draft, PdfManner(page_numbers=True, running_header=f"{draft.truth.agency.name}年度报告"))


def _laid_out(draft: Draft) -> Rendered:
    """The text of a PDF with its columns kept by blanks."""
    with pdfplumber.open(io.BytesIO(_text_of_pdf(draft))) as document:
        pages = [page.extract_text(layout=True, x_density=4) for page in document.pages]
    return Rendered("\f".join(pages).encode(), _kept(draft))


def _drawn(draft: Draft) -> Rendered:
    """The text of a PDF in the order in which it was drawn."""
    document = pypdfium2.PdfDocument(_text_of_pdf(draft))
    pages = [page.get_textpage().get_text_range() for page in document]
    lost = where_much_is_lost(expect(draft), "verified", "doubtful", "partial")
    return Rendered("\n".join(pages).encode(), lost)


def _reader(draft: Draft, text: str) -> str:
    return marks.reader_page("".join(draft.title), text)


def _new(name: str, form: str, render: Render, editions: tuple[str, ...] = _ALL) -> Layout:
    extension = "txt" if form == "text" else form
    return Layout(f"sight-{name}", form, extension, render, editions)


ROUND_2 = (
    _new("items-left", "html", _page(shape.items_in_a_left_column), WITH_REQUESTS),
    _new("repeated-labels", "html", _page(shape.repeated_labels)),
    _new("one-label-column", "html", _page(shape.one_label_column), WITH_REQUESTS),
    _new("serials-lost", "html", _page(shape.without_serials), WITH_REQUESTS),
    _new("disputes-in-two", "html", _page(shape.disputes_in_two), WITH_REQUESTS),
    _new("total-first", "html", _page(shape.total_first), WITH_REQUESTS),
    _new("last-year-below", "html", _page(shape.last_year_below), WITH_REQUESTS),
    _new("note-rows", "html", _page(shape.with_note_row, html.WORD)),
    _new("sheet-web-page", "html", _page(markup=_SHEET)),
    _new("headed-caption", "html", _page(markup=_HEADED)),
    _new("block-table", "html", lambda draft: _article(draft, shape.as_blocks(draft))),
    _new("folded", "html", lambda draft: _article(draft, shape.folded(draft))),
    _new("panes", "html", lambda draft: _article(draft, shape.in_panes(draft))),
    _new("forwarded-mail", "html", _mail),
    _new("word-tabs", "docx", _word(lambda d, c: shape.word_rows_of_tabs(grid_of(d.truth, c)))),
    _new("word-old-merges", "docx", _word(lambda d, c: shape.word_old_merges(grid_of(d.truth, c)))),
    _new("word-heads-apart", "docx", _word_tables(shape.header_apart)),
    _new("word-note-rows", "docx", _word_tables(shape.with_note_row)),
    _new("word-repeated", "docx", _word_tables(shape.repeated_labels)),
    _new("word-red-head", "docx", _red_head),
    _new("pdf-lined-rows", "pdf", _on(_LinedSheet)),
    _new("pdf-tinted", "pdf", _on(_TintedSheet)),
    _new("pdf-too-wide", "pdf", _too_wide, WITH_REQUESTS),
    _new("laid-out-text", "text", _laid_out),
    _new("drawn-text", "text", _drawn),
    _new("grid-table", "text", _text(marks.grid_table)),
    _new("multiline-table", "text", _text(marks.multiline_table)),
    _new("console-box", "text", _text(marks.boxed)),
    _new("data-frame", "text", _text(marks.data_frame)),
    _new("quoted-copy", "text", _text(marks.quoted_copy)),
    _new("semicolons", "text", _text(marks.semicolons)),
    _new("recognized-rows", "text", _text(marks.recognized_rows)),
    _new("quoted-mail", "text", _text(marks.matrix_tabs, lambda _, text: marks.quoted_mail(text))),
    _new("reading-service", "text", _text(marks.sparse_markdown, _reader)),
)
