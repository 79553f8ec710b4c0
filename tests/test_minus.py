"""A change below zero is read in every format, whichever dash the publisher types for a minus."""

import pytest

import extractor
from scripts.corpus import printing
from scripts.corpus.figures import Value
from scripts.corpus.registry import LAYOUTS
from scripts.corpus.samples import draft_of, sample_of

CHANGES = [f"proactive.{row}.change" for row in ("licensing", "penalties", "coercion")]


def printed_with(dash: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the publisher of the samples type this dash before a number below zero."""
    spell = printing._spell

    def with_dash(value: Value, style: printing.Style, rng: printing.Random) -> str:
        text = spell(value, style, rng)
        return dash + text[1:] if value < 0 else text

    monkeypatch.setattr(printing, "_spell", with_dash)


@pytest.mark.parametrize("dash", "-－−–—")
@pytest.mark.parametrize(
    "layout", ["html-plain", "docx-plain", "pdf-ruled", "pdf-unruled", "ofd-ruled", "text-tabs", "text-pipes"]
)
def test_every_format_keeps_the_sign(layout: str, dash: str, monkeypatch: pytest.MonkeyPatch) -> None:
    printed_with(dash, monkeypatch)
    draft = draft_of(sample_of(LAYOUTS["html-plain"], "2019", 3))
    report = extractor.parse(LAYOUTS[layout].render(draft).data)
    values = {cell: report.cells[cell].value for cell in CHANGES}
    assert values == {cell: draft.truth.values[cell] for cell in CHANGES}
    below = [cell for cell, value in values.items() if value is not None and value < 0]
    assert below
    assert {report.cells[cell].raw[0] for cell in below} == {dash}


@pytest.mark.parametrize("dash", "-－−–—")
def test_lines_that_a_scraper_removed_leave_changes_open(dash: str, monkeypatch: pytest.MonkeyPatch) -> None:
    printed_with(dash, monkeypatch)
    layout = LAYOUTS["text-without-repeats"]
    report = extractor.parse(layout.render(draft_of(sample_of(layout, "2019", 3))).data)
    assert "repeated-lines-removed" in {notice.code for notice in report.notices}
    states = {report.cells[f"proactive.{row}.change"].state for row in ("other_services", "fees")}
    assert states == {"undecided"}
