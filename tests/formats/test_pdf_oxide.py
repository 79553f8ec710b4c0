"""What pdf_oxide tells of a page, and where the patient parser reads instead."""

import pytest
from pdf_drawing import Sheet, drawn, rows, tables

from extractor.formats import pdf
from extractor.formats.pdf import miner, oxide

XS = [72, 200, 300, 400]
YS = [100, 124, 148]
ROWS = [["云岭县", "12", "0"], ["青石镇", "3", "488.78"]]
FIRST = frozenset({1})


def plain_table(sheet: Sheet) -> None:
    sheet.table(XS, YS, ROWS)


@pytest.fixture
def patient(monkeypatch):
    """Return a list that gets an entry for each document that the patient parser reads."""
    asked: list[str] = []
    patiently = miner.read

    def read(source, sheets):
        asked.append(source.name)
        return patiently(source, sheets)

    monkeypatch.setattr(miner, "read", read)
    return asked


def test_single_pages_are_read_a_second_time_without_the_patient_parser(patient):
    (table,) = tables(pdf.reread(drawn(plain_table), FIRST))
    assert rows(table) == ROWS
    assert not patient


def test_whole_documents_are_left_to_the_patient_parser(patient):
    assert rows(tables(pdf.reread(drawn(plain_table)))[0]) == ROWS
    assert len(patient) == 1


def _on_its_side(sheet: Sheet) -> None:
    plain_table(sheet)
    sheet.canvas.setPageRotation(90)


def _cropped(sheet: Sheet) -> None:
    plain_table(sheet)
    sheet.canvas.setCropBox((20, 20, 500, 800))


@pytest.mark.parametrize("page", [_on_its_side, _cropped])
def test_what_is_turned_or_cropped_is_left_to_the_patient_parser(page, patient):
    assert oxide.parsed_pages(drawn(page).data, [1]) is None
    pdf.reread(drawn(page), FIRST)
    assert len(patient) == 1


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n%%EOF", b"%PDF-1.4\n1 0 obj\n<<"])
def test_what_it_cannot_open_is_left_to_the_patient_parser(data):
    assert oxide.parsed_pages(data, [1]) is None


def test_a_page_that_is_not_there_is_left_to_the_patient_parser():
    assert oxide.parsed_pages(drawn(plain_table).data, [1, 7]) is None


def test_what_is_printed_twice_for_bold_stands_there_once():
    def bold(sheet: Sheet) -> None:
        sheet.text(72, 100, "22")
        sheet.text(72.4, 100, "22")

    (page,) = oxide.parsed_pages(drawn(bold).data, [1])
    assert "".join(char["text"] for char in page.chars) == "22"


def test_areas_are_no_rules_and_thin_areas_and_strokes_are():
    def page(sheet: Sheet) -> None:
        sheet.box(72, 100, 300, 200, fill=1, stroke=0)
        sheet.box(72, 300, 300, 301, fill=1, stroke=0)
        sheet.line(72, 400, 300, 400)

    (parsed,) = oxide.parsed_pages(drawn(page).data, [1])
    across = {round(edge["top"]) for edge in parsed.edges if edge["orientation"] == "h" and edge["width"] > 9}
    assert across == {300, 301, 400}
