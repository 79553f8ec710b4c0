"""The tables of a report's page: every cell as printed, whatever edition each table is of."""

import html
import re
from pathlib import Path

import pytest
from msgspec import structs

import extractor
from extractor.messages import translated
from extractor.report import Report
from extractor.rules.wording import place_in_words
from extractor.site.english import english_places
from extractor.site.printed import tables_of_page

CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"
_PLACE_OF_CELL = re.compile(r'<tr id="([\w.]+)"><td>\1<td>(.*)<td>(\w+)<td>(.*)\n')
_CELL = re.compile(r'<td(?: class="\w+")?><a href="#([\w.]+)">(.*?)( \?)?</a>')


def told_of(report: Report) -> dict[str, tuple[str, str]]:
    """Return what the page tells of each cell: what is printed, its state."""
    found = [found for table in tables_of_page(report) for found in _PLACE_OF_CELL.findall(table.places)]
    return {cell: (html.unescape(raw), state) for cell, raw, state, _ in found}


@pytest.mark.parametrize(
    "case", ["html-mixed-editions", "html-plain-2021", "html-plain-2014", "html-row-lost"]
)
def test_the_page_shows_what_is_printed_in_each_cell(case: str) -> None:
    report = extractor.parse(CASES / case / "source.html")
    assert told_of(report) == {cell_id: (cell.raw, cell.state) for cell_id, cell in report.cells.items()}
    rows = [found for table in tables_of_page(report) for found in _CELL.findall(table.rows)]
    shown = {cell: (html.unescape(raw), bool(is_open)) for cell, raw, is_open in rows}
    assert shown == {
        cell_id: (cell.raw or "∅", cell.state in ("undecided", "unreadable"))
        for cell_id, cell in report.cells.items()
    }


def test_what_is_printed_is_text_and_never_html() -> None:
    report = extractor.parse(CASES / "html-plain-2021" / "source.html")
    hostile = "</table><img src=x onerror=alert(1)>\"'&"
    cells = {name: structs.replace(cell, raw=hostile) for name, cell in report.cells.items()}
    report = structs.replace(report, cells=cells)
    assert {raw for raw, _ in told_of(report).values()} == {hostile}
    for table in tables_of_page(report):
        assert "<img" not in table.rows + table.places
        assert "</table>" not in table.rows + table.places


@pytest.mark.parametrize(
    "case", ["html-plain-2021", "docx-plain-2019", "pdf-header-repeated", "text-scraped"]
)
def test_every_place_has_its_english_with_the_same_numbers(case: str) -> None:
    (source,) = (CASES / case).glob("source.*")
    places = english_places()
    for cell in extractor.parse(source).cells.values():
        for told in place_in_words(cell.locator).split("，续"):
            if told:
                english = places[re.sub(r"\d+", "#", told)]
                numbers = iter(re.findall(r"\d+", told))
                assert re.sub("#", lambda _, n=numbers: next(n), english) == translated(told, "en")
