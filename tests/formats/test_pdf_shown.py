"""Annotations, fields, strikes and note marks in the cells of a PDF, and pages that are not plain."""

from io import BytesIO
from math import cos, radians, sin

import pypdfium2
import pytest
from pdf_cells import (
    BASE,
    LEFT,
    XS,
    YS,
    annotation,
    cell_in,
    number,
    old_under,
    page,
    raw,
    read_cell,
    rectangle,
    shown,
)
from pdf_drawing import HEIGHT, Sheet, codes, drawn, tables
from reportlab.pdfbase import pdfdoc
from test_pdf_painted import HIDDEN

from extractor.document import Source
from extractor.formats import pdf


class TestAnnotations:
    def test_what_a_comment_shows_is_read_and_doubted(self) -> None:
        cell = read_cell(lambda sheet: annotation(sheet, "FreeText", number("17", 17, 10)))
        assert (cell.text, cell.doubt) == ("17", "annotation")

    def test_a_comment_with_a_ground_covers_what_lies_under_it(self) -> None:
        def draw(sheet: Sheet) -> None:
            raw(sheet, number("94"))
            annotation(sheet, "FreeText", f"1 g 0 0 98 28 re f 0 g {number('17', 17, 10)}")

        cell = read_cell(draw)
        assert (cell.text, cell.doubt) == ("17", "overlay") or (cell.text, cell.doubt) == ("17", "annotation")

    def test_a_stamp_is_read_as_it_is_shown(self) -> None:
        assert read_cell(lambda sheet: annotation(sheet, "Stamp", number("17", 17, 10))).text == "17"

    def test_a_hidden_comment_is_not(self) -> None:
        cell = read_cell(lambda sheet: shown(sheet) or annotation(sheet, "FreeText", number("8", 5, 10), F=2))
        assert (cell.text, cell.doubt) == ("17", None)

    def test_a_form_field_says_its_value(self) -> None:
        def draw(sheet: Sheet) -> None:
            sheet.canvas.acroForm.textfield(value="17", x=180, y=BASE - 6, width=80, height=20, borderWidth=0)

        cell = read_cell(draw)
        assert (cell.text, cell.doubt) == ("17", "field")

    def test_a_number_struck_out_by_an_annotation_is_not_read(self) -> None:
        def draw(sheet: Sheet) -> None:
            raw(sheet, f"{number('94')} {number('17', LEFT + 25)}")
            quad = [LEFT, BASE + 9, LEFT + 13.4, BASE + 9, LEFT, BASE - 2, LEFT + 13.4, BASE - 2]
            rect = pdfdoc.PDFArray([LEFT, BASE - 2, LEFT + 13.4, BASE + 9])
            annotation(sheet, "StrikeOut", None, QuadPoints=pdfdoc.PDFArray(quad), Rect=rect)

        assert read_cell(draw).text == "17"


class TestNumbers:
    def test_a_struck_number_gives_way_to_the_one_beside_it(self) -> None:
        strike = f"0.7 w {LEFT - 1} {BASE + 4} m {LEFT + 14} {BASE + 4} l S"
        assert (
            read_cell(lambda sheet: raw(sheet, f"{number('94')} {strike} {number('17', LEFT + 25)}")).text
            == "17"
        )

    @pytest.mark.parametrize("rise", [6, -4])
    def test_a_raised_or_lowered_digit_is_a_note_mark(self, rise: float) -> None:
        mark = number("3", LEFT + 13.5, BASE + rise, 7)
        cell = read_cell(lambda sheet: raw(sheet, f"{number('17')} {mark}"))
        assert (cell.text, cell.printed, cell.unread) == ("17", "173", ())

    def test_thin_gaps_part_thousands(self) -> None:
        cell = read_cell(lambda sheet: raw(sheet, f"{number('1')} {number('734', LEFT + 11)}"))
        assert cell.text == "1\u2009734"

    def test_digits_that_are_spread_evenly_are_one_number(self) -> None:
        spread = " ".join(number(digit, LEFT + 12 * place) for place, digit in enumerate("1734"))
        assert read_cell(lambda sheet: raw(sheet, spread)).text == "1734"

    def test_numbers_apart_stay_apart(self) -> None:
        cell = read_cell(lambda sheet: raw(sheet, f"{number('12')} {number('5', LEFT + 22)}"))
        assert cell.text == "12 5"

    def test_a_number_over_the_side_of_its_table_is_whole(self) -> None:
        source = page(lambda sheet: raw(sheet, number("1734", 352, BASE + 30)))
        (table,) = tables(pdf.read(source))
        assert [cell.text for cell in table.cells if cell.row == 0][2].endswith("1734")


class TestPages:
    def test_a_watermark_that_runs_aslant_is_left_out(self) -> None:
        def draw(sheet: Sheet) -> None:
            shown(sheet)
            raw(sheet, "0.8 g BT /F1 40 Tf 0.7 0.7 -0.7 0.7 150 620 Tm (2024-01-15) Tj ET")

        document = pdf.read(page(draw))
        assert cell_in(document).text == "17"
        assert "slanted-text" in codes(document)

    @pytest.mark.parametrize("degrees", [1.2, -0.8, 3])
    def test_a_page_that_lies_askew_is_set_level(self, degrees: float) -> None:
        def whole(sheet: Sheet) -> None:
            sheet.canvas.rotate(degrees)
            sheet.table(XS, YS, [["行", "甲", "乙"], ["子", "17", "3"], ["丑", "5", "8"]])

        document = pdf.read(drawn(whole))
        (table,) = tables(document)
        assert [cell.text for cell in table.cells] == ["行", "甲", "乙", "子", "17", "3", "丑", "5", "8"]
        box = table.cells[4].locator.bbox
        assert box is not None
        # It is told where it is displayed, not where it was set level.
        displayed = 176 * cos(radians(degrees)) - (HEIGHT - 140) * sin(radians(degrees))
        assert box[0] == pytest.approx(displayed, abs=4)

    def test_hidden_text_is_told(self) -> None:
        assert "hidden-text" in codes(pdf.read(page(HIDDEN["white"])))

    @pytest.mark.parametrize("rotation", [90, 180, 270])
    def test_overlays_are_found_on_turned_pages(self, rotation: int) -> None:
        def draw(sheet: Sheet) -> None:
            old_under(rectangle("1 g"))(sheet)

        out = BytesIO()
        with pypdfium2.PdfDocument(page(draw).data) as document:
            document[0].set_rotation(rotation)
            document.save(out)
        source = Source("样本.pdf", out.getvalue())
        texts = [cell.text for table in tables(pdf.read(source)) for cell in table.cells]
        assert "17" in texts
        assert "94" not in "".join(texts)
