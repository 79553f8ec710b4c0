"""The fixture cases: which report in which layout, and what each is there for."""

from msgspec import Struct

from .draft import Draft
from .faults import plant
from .layouts import Rendered
from .printing import PLAIN, Style
from .prose import PLAIN_MANNER, Manner, write
from .registry import LAYOUTS
from .truth import draw


class Case(Struct, frozen=True):
    """One document of fixtures/cases."""

    name: str
    layout: str
    edition: str
    why: str
    seed: int = 1
    size: str = "medium"
    style: Style = PLAIN
    manner: Manner = PLAIN_MANNER
    fault: str | None = None

    @property
    def source_name(self) -> str:
        """The name of the document inside the case's folder."""
        return f"source.{LAYOUTS[self.layout].extension}"


def draft_of(case: Case) -> Draft:
    """Return the report of a case, before its layout."""
    truth = draw(case.seed, case.edition, case.size, case.style)
    return write(plant(truth, case.fault) if case.fault else truth, case.manner)


def render(case: Case) -> Rendered:
    """Return the document of a case and its right answer."""
    return LAYOUTS[case.layout].render(draft_of(case))


_BLANKS = Style(zeros="blank", nothing="\u00a0")
_SLASHES = Style(zeros="mixed", nothing="/")
_DASHES = Style(zeros="mixed", nothing="—")
_NOTHING = Style(zeros="mixed", nothing="无")
_MAIN_TOTALS = Style(sub_totals=False)
_SILENT = Manner(tells=False)

_HTML = (
    Case("html-plain-2021", "html-plain", "2021", "the plainest page"),
    Case("html-plain-2019", "html-plain", "2019", "the plainest page, negative changes in table 二", 2),
    Case("html-plain-2014", "html-plain", "2014", "the 政府信息公开情况统计表 as an annex", 3),
    Case("html-mixed-editions", "html-plain", "mixed", "table 二 of 2021 beside table 三 of 2019", 4),
    Case("html-late-2019-form", "html-plain", "late2019", "2019 tables under a later year", 5),
    Case("html-word-2021", "html-word", "2021", "upper-case Word markup, numbers cut by nested spans", 6),
    Case("html-word-2019", "html-word", "2019", "the same with the tables of 2019", 7),
    Case("html-wps", "html-wps", "2021", "WPS markup", 8),
    Case(
        "html-trs-page", "html-trs", "2021", "navigation, other years' reports in a sidebar, share buttons", 9
    ),
    Case("html-hanweb-page", "html-hanweb", "2019", "a metadata table before the article, comment marks", 10),
    Case("html-ucap-hidden", "html-ucap", "2021", "a hidden block with another year's opening", 11),
    Case("html-vsb-form", "html-vsb", "2014", "the article inside a form element", 12),
    Case("html-layout-tables", "html-layout-tables", "2021", "the article inside nested layout tables", 13),
    Case("html-unclosed-rows", "html-unclosed", "2021", "rows and cells never closed", 14),
    Case(
        "html-results-twice",
        "html-results-twice",
        "2021",
        "三、本年度办理结果 twice, header rows repeated",
        15,
    ),
    Case("html-results-twice-2019", "html-results-twice", "2019", "the same with rowspan 10 + 10", 16),
    Case("html-wrong-rowspans", "html-wrong-rowspans", "2021", "a rowspan that reaches below its rows", 17),
    Case("html-four-tables", "html-four-tables", "2021", "table 二 as four tables", 18),
    Case(
        "html-uneven-colspans", "html-uneven-colspans", "2019", "header and body rows divided differently", 20
    ),
    Case("html-misspelt-labels", "html-misspelt", "2021", "labels misspelt, spaced and of half width", 103),
    Case(
        "html-subtotal-column", "html-subtotal-column", "2021", "a column 小计 beside the standard ones", 104
    ),
    Case("html-row-lost", "html-row-lost", "2021", "one row of table 三 left out", 105),
    Case("html-odd-cells-1", "html-odd-cells", "2021", "remarks, marks and no numbers in cells", 108),
    Case("html-unplain-cells-1", "html-unplain-cells", "2021", "hidden, struck, raised, drawn numbers", 201),
    Case("html-unplain-cells-2", "html-unplain-cells", "2019", "the same in the form of 2019", 202),
    Case("docx-unplain-cells-1", "docx-unplain-cells", "2021", "hidden, struck, raised, drawn numbers", 203),
    Case("docx-unplain-cells-2", "docx-unplain-cells", "2021", "the same in other cells", 204),
    Case("pdf-unplain-cells-1", "pdf-unplain-cells", "2021", "hidden, struck, raised, lying numbers", 205),
    Case(
        "ofd-unplain-cells-1", "ofd-unplain-cells", "2021", "hidden, struck, raised, overturned numbers", 206
    ),
    Case("xlsx-unplain-cells-1", "xlsx-unplain-cells", "2021", "hidden, struck, raised, narrow numbers", 207),
    Case("html-odd-cells-2", "html-odd-cells", "2019", "the same with changes, more and fewer", 110),
    Case("html-utf8-bom", "html-utf8-bom", "2021", "a byte order mark", 21, "small"),
    Case("html-gbk", "html-gbk", "2021", "GBK, declared", 22, "small"),
    Case("html-gbk-undeclared", "html-gbk-undeclared", "2019", "GBK, not declared", 23, "small"),
    Case(
        "html-gb18030-as-gb2312",
        "html-gb18030-as-gb2312",
        "2021",
        "GB18030 under a gb2312 label",
        24,
        "small",
    ),
    Case("html-utf16", "html-utf16", "2021", "UTF-16 with its mark", 25, "small"),
    Case("html-big5-traditional", "html-big5", "2021", "Big5, traditional characters", 26, "small"),
)
_STYLES = (
    Case("html-blanks-for-zeros", "html-plain", "2021", "blank cells instead of zeros", 27, style=_BLANKS),
    Case(
        "html-all-blank", "html-plain", "2021", "zero totals blank as well", 28, "small", Style(zeros="bare")
    ),
    Case("html-slashes", "html-plain", "2021", "/ for nothing beside zeros", 29, style=_SLASHES),
    Case("html-dashes", "html-plain", "2019", "— for nothing beside zeros", 30, style=_DASHES),
    Case(
        "html-totals-not-stated", "html-plain", "2019", "总计 only in the main rows", 32, style=_MAIN_TOTALS
    ),
    Case("html-thousands", "html-plain", "2021", "thousands marks", 33, "large", Style(digits="thousands")),
    Case("html-full-width", "html-plain", "2021", "full-width digits", 34, style=Style(digits="full_width")),
    Case("html-counted-cells", "html-plain", "2021", "0件 in cells", 35, style=Style(digits="counted")),
    Case("html-remarks", "html-plain", "2021", "a remark behind a number", 36, style=Style(remarks=True)),
    Case("html-money-yuan", "html-plain", "2019", "采购总金额 with 元", 37, style=Style(money_unit="元")),
    Case("html-no-requests", "html-plain", "2021", "a year without requests", 39, "none"),
)
_WORDING = (
    Case("html-title-two-lines", "html-plain", "2021", "a title in two lines", 40,
         manner=Manner(title_lines=2)),
    Case("html-title-year-first", "html-plain", "2021", "the year before the agency", 41,
         manner=Manner(title="year_agency")),
    Case("html-title-no-nian", "html-plain", "2019", "a year without 年", 42,
         manner=Manner(title="year_bare_agency")),
    Case("html-title-without-agency", "html-plain", "2021", "the agency only in preamble and signature", 43,
         manner=Manner(title="year_only", signature=True)),
    Case("html-stale-period", "html-plain", "2021", "the period of the year before in the preamble", 107,
         manner=Manner(stale_period=True)),
    Case("html-numbering-dash", "html-plain", "2021", "—、for 一、", 44, manner=Manner(numbering="dash")),
    Case("html-numbering-flattened", "html-plain", "2021", "every heading numbered 1", 45,
         manner=Manner(numbering="ones", standard_headings=True)),
    Case("html-headings-run-in", "html-plain", "2021", "headings that run on into their text", 46,
         manner=Manner(numbering="run_in")),
    Case("html-headings-unnumbered", "html-plain", "2021", "() and no number before the parts", 48,
         manner=Manner(numbering="unnumbered", standard_headings=True)),
)  # fmt: skip
_FAULTS = (
    Case("fault-wrong-total", "html-plain", "2021", "总计 of 新收 too high", 50, fault="wrong-total"),
    Case("fault-wrong-part", "html-word", "2019", "one part too high", 51, fault="wrong-part"),
    Case("fault-swapped", "html-plain", "2021", "two neighbours swapped", 52, fault="swapped-neighbours"),
    Case("fault-zero-total", "html-plain", "mixed", "总计 0 beside 10 + 1", 53, fault="zero-total"),
    Case("fault-wrong-carry", "text-tabs", "2021", "结转 one too high", 54, fault="wrong-carry"),
    Case("fault-staff-2014", "html-plain", "2014", "staff that is not full-time plus part-time", 55,
         fault="wrong-staff"),
)  # fmt: skip
_TEXT = (
    Case("text-same-report", "text-tabs", "2021", "the report of html-plain-2021 as a browser copy"),
    Case("text-browser-copy", "text-tabs", "2021", "one cell a line with tabs", 60, style=_BLANKS),
    Case("text-bare-cr", "text-bare-cr", "2021", "carriage returns count cells, rows and blanks", 61,
         style=Style(zeros="blank")),
    Case("text-bare-cr-2019", "text-bare-cr", "2019", "the same with the tables of 2019", 62),
    Case("text-blank-lines", "text-blank-lines", "2021", "blank lines between cells", 63),
    Case("text-pipes", "text-pipes", "2019", "rows joined by pipes", 64),
    Case("text-markdown", "text-markdown", "2021", "Markdown tables, merged cells repeated", 65),
    Case("text-aligned", "text-aligned", "2021", "columns aligned by spaces", 66),
    Case("text-cell-a-line", "text-cell-a-line", "2021", "one cell a line, nothing between", 67, "small"),
    Case("text-cell-a-line-blanks", "text-cell-a-line", "2021", "the same, blank cells lost", 68, "small",
         Style(zeros="blank"), _SILENT),
    Case("text-glued-2021", "text-glued", "2021", "everything in one line", 69, "small", manner=_SILENT),
    Case("text-glued-2019", "text-glued", "2019", "everything in one line, negative changes", 70, "small",
         manner=_SILENT),
    Case("text-glued-told", "text-glued-lines", "2021", "glued rows that the prose helps to cut", 102,
         "small"),
    Case("text-glued-2014", "text-glued", "2014", "the next label's serial glued to each number", 71),
    Case("text-glued-all-zero", "text-glued", "2021", "only zeros: every cell is certain", 72, "none",
         manner=_SILENT),
    Case("text-glued-blanks", "text-glued-lines", "2021", "blanks dropped from glued rows", 73, "small",
         Style(zeros="blank"), _SILENT),
    Case("text-scraped", "text-scraped", "2021", "a scraper's header above glued text", 74, "small"),
    Case("text-value-first", "text-value-first", "2021", "values before their labels", 75, "small"),
    Case("text-without-repeats", "text-without-repeats", "2021", "repeated lines removed", 76, "small"),
    Case("text-headings-only", "text-headings-only", "2021", "headings without tables", 77),
    Case("text-mojibake", "text-mojibake", "2021", "GBK read as Latin-1", 78),
    Case("text-traditional", "text-traditional", "2019", "traditional characters", 79),
)  # fmt: skip

_DOCX = (
    Case("docx-same-report", "docx-plain", "2021", "the report of html-plain-2021 as a Word file"),
    Case("docx-plain-2019", "docx-plain", "2019", "merged cells, the tables of 2019", 80),
    Case("docx-plain-2014", "docx-plain", "2014", "the 政府信息公开情况统计表", 81),
    Case("docx-blanks", "docx-plain", "2021", "blank cells instead of zeros", 82, style=_BLANKS),
    Case("docx-grid-before", "docx-grid-before", "2021", "rows that begin behind skipped columns", 83),
    Case("docx-nested", "docx-nested", "2021", "each table inside another", 84),
    Case("docx-text-box", "docx-text-box", "2021", "the title in a text box", 85),
    Case(
        "docx-content-controls", "docx-content-controls", "2021", "tables and cells in content controls", 86
    ),
    Case("docx-tracked", "docx-tracked", "2021", "numbers changed with the changes still marked", 87),
    Case("docx-numbered", "docx-numbered", "2021", "heading numbers from a list definition", 88),
    Case("docx-split", "docx-split", "2021", "table 三 goes on in a second table", 89),
    Case("docx-split-2019", "docx-split", "2019", "the same with the tables of 2019", 90),
)
_PDF = (
    Case("pdf-same-report", "pdf-ruled", "2021", "the report of html-plain-2021 as a PDF"),
    Case("pdf-ruled-2019", "pdf-ruled", "2019", "ruled tables over two pages", 91),
    Case("pdf-ruled-2014", "pdf-ruled", "2014", "a table over three pages", 92),
    Case("pdf-blanks", "pdf-ruled", "2021", "blank cells between rules", 93, style=_BLANKS),
    Case("pdf-header-repeated", "pdf-header-repeated", "2021", "header rows again on the second page", 94),
    Case("pdf-label-cut", "pdf-label-cut", "2021", "a row and its label cut by the page end", 95),
    Case("pdf-vertical-heads", "pdf-vertical-heads", "2021", "row headers one character a line", 96),
    Case("pdf-running-header", "pdf-running-header", "2021", "page numbers and a running header", 97),
    Case("pdf-rotated", "pdf-rotated", "2021", "pages turned by 90 degrees", 98),
    Case("pdf-unruled", "pdf-unruled", "2021", "no rules at all", 99),
    Case("pdf-framed-prose", "pdf-framed-prose", "2021", "prose in frames that are no tables", 100),
    Case("pdf-scanned-page", "pdf-scanned-page", "2021", "table 三 only as a picture", 101),
)
_OFD = (
    Case("ofd-same-report", "ofd-ruled", "2021", "the report of html-plain-2021 as an OFD file"),
    Case("ofd-scaled-2019", "ofd-scaled", "2019", "every text scaled down by its matrix", 110),
    Case("ofd-rotated-2014", "ofd-rotated", "2014", "text turned by 90 degrees", 111),
    Case("ofd-no-deltas", "ofd-no-deltas", "2021", "characters without stated advances", 112),
    Case("ofd-watermark", "ofd-watermark", "2021", "a template behind, watermarks over the text", 113),
    Case("ofd-label-cut", "ofd-label-cut", "2019", "a row and its label cut by the page end", 114),
)

CASES: tuple[Case, ...] = (*_HTML, *_STYLES, *_WORDING, *_FAULTS, *_TEXT, *_DOCX, *_PDF, *_OFD)
