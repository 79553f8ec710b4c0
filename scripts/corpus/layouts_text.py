"""The plain-text layouts."""

from collections.abc import Callable

from msgspec import structs

from . import render_text as text
from .draft import Draft, TableHere
from .expected import Expected, ExpectedCell, expect, where_much_is_lost, with_words, without_raw
from .figures import Value
from .glue import Rows, read_glued
from .grid import grid_of
from .layouts import WITH_REQUESTS, Layout, Rendered
from .traditional import traditional
from .truth import without_table

_SMALL = ("none", "small")


def _kept(table: text.TableText, separator: str = "\n") -> Callable[[Draft], Rendered]:
    """Render a layout that keeps every cell apart."""

    def render(draft: Draft) -> Rendered:
        return Rendered(text.text_of(draft, table, separator).encode(), without_raw(expect(draft)))

    return render


def _bordered_rows(draft: Draft, table: str, joint: str) -> list[tuple[str, str]]:
    rows = []
    for row in grid_of(draft.truth, table):
        values = [cell for cell in row if cell.cell]
        if values:
            code = (values[0].cell or "").split(".")[1]
            rows.append((code, joint.join(cell.text for cell in values if cell.text)))
    return rows


def _glued(
    separator: str, joint: str = "", table: text.TableText = text.glued
) -> Callable[[Draft], Rendered]:
    """Render a layout in which cells run together; `joint` is what still stands between two."""

    def render(draft: Draft) -> Rendered:
        return Rendered(text.text_of(draft, table, separator).encode(), _decoded(draft, joint))

    return render


def _decoded(draft: Draft, joint: str) -> Expected:
    if draft.truth.form == "2014":
        return without_raw(expect(draft))
    rows = Rows(
        dict(_bordered_rows(draft, "proactive", joint)),
        dict(_bordered_rows(draft, "requests", joint)),
        _bordered_rows(draft, "disputes", joint)[0][1],
    )
    found = read_glued(draft.truth, rows)
    verdicts = ("verified",) if found.is_verified else ("doubtful",)
    cells = found.cells
    if draft.tells:
        cells = {cell: _told(e, draft.truth.values[cell]) for cell, e in cells.items()}
    return structs.replace(expect(draft), cells=cells, verdicts=verdicts)


def _told(expected: ExpectedCell, value: Value | None) -> ExpectedCell:
    """Let a witness in the prose settle what the digits leave open, but only rightly."""
    if expected.states != ("undecided",):
        return expected
    return ExpectedCell(value, ("undecided", "decoded", "blank"), optional=value is not None)


def _scraped(draft: Draft) -> Rendered:
    return Rendered(_scraped_page(draft), _decoded(draft, ""))


def _scraped_page(draft: Draft) -> bytes:
    title = "".join(draft.title)
    body = text.BREADCRUMB + text.text_of(draft, text.glued, "")
    return (text.scraper_header(draft.truth, title) + body).encode()


def _value_first(draft: Draft) -> Rendered:
    page = text.text_of(draft, text.value_first)
    return Rendered(page.encode(), where_much_is_lost(expect(draft), "doubtful", "partial", "verified"))


def _without_repeats(draft: Draft) -> Rendered:
    page = text.without_repeats(text.text_of(draft, text.cell_a_line))
    return Rendered(page.encode(), where_much_is_lost(expect(draft), "doubtful", "partial"))


def _headings_only(draft: Draft) -> Rendered:
    truth = draft.truth
    for table in truth.tables:
        truth = without_table(truth, table)
    bare = Draft(truth, draft.title, tuple(b for b in draft.blocks if not isinstance(b, TableHere)))
    return Rendered(text.text_of(bare, text.tabbed).encode(), expect(bare))


def _mojibake(draft: Draft) -> Rendered:
    page = text.text_of(draft, text.tabbed).encode("gbk", "replace").decode("latin-1")
    lost = where_much_is_lost(expect(draft), "doubtful", "verified", "partial", "not_a_report")
    return Rendered(
        page.encode(), structs.replace(lost, title=None, agency=None, year=None, sections=(), form=None)
    )


def _traditional(draft: Draft) -> Rendered:
    page = traditional(text.text_of(draft, text.tabbed))
    return Rendered(page.encode(), with_words(without_raw(expect(draft)), traditional))


# The bytes alone of the layouts in which cells run together: to find their right answer takes long.
UNSOLVED: dict[str, Callable[[Draft], bytes]] = {
    "text-cell-a-line": lambda draft: text.text_of(draft, text.cell_a_line).encode(),
    "text-glued": lambda draft: text.text_of(draft, text.glued, "").encode(),
    "text-glued-lines": lambda draft: text.text_of(draft, text.glued).encode(),
    "text-scraped": _scraped_page,
}

TEXT_LAYOUTS = (
    Layout("text-tabs", "text", "txt", _kept(text.tabbed)),
    Layout("text-bare-cr", "text", "txt", _kept(text.counted_returns, "\r")),
    Layout("text-blank-lines", "text", "txt", _kept(text.blank_lines)),
    Layout("text-pipes", "text", "txt", _kept(text.piped)),
    Layout("text-markdown", "text", "md", _kept(text.markdown)),
    Layout("text-aligned", "text", "txt", _kept(text.aligned)),
    Layout(
        "text-cell-a-line", "text", "txt", _glued("\n", " ", text.cell_a_line), sizes=_SMALL, faultless=True
    ),
    Layout("text-glued", "text", "txt", _glued(""), sizes=_SMALL, faultless=True, styled=False),
    Layout("text-glued-lines", "text", "txt", _glued("\n"), sizes=_SMALL, faultless=True, styled=False),
    Layout("text-scraped", "text", "txt", _scraped, sizes=_SMALL, faultless=True, styled=False),
    Layout("text-value-first", "text", "txt", _value_first, WITH_REQUESTS, faultless=True, styled=False),
    Layout(
        "text-without-repeats", "text", "txt", _without_repeats, WITH_REQUESTS, faultless=True, styled=False
    ),
    Layout("text-headings-only", "text", "txt", _headings_only, WITH_REQUESTS, faultless=True, styled=False),
    Layout("text-mojibake", "text", "txt", _mojibake, faultless=True, styled=False),
    Layout("text-traditional", "text", "txt", _traditional),
)
