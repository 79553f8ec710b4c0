"""The tables of a report's page: every cell as printed, whatever edition each table is of."""

from pathlib import Path

import pytest

import extractor
from extractor.site.printed import tables_of_page

CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"


@pytest.mark.parametrize("case", ["html-mixed-editions", "html-plain-2021", "html-plain-2014"])
def test_the_page_shows_what_is_printed_in_each_cell(case: str) -> None:
    report = extractor.parse(CASES / case / "source.html")
    shown = {cell.id: cell.raw for table in tables_of_page(report) for cell in table.cells() if cell.raw}
    assert shown == {cell_id: cell.raw for cell_id, cell in report.cells.items() if cell.raw}
