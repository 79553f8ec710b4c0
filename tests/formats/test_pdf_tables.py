"""Rules and cells of tables in PDF files, one trait a page."""

from itertools import pairwise

import pytest
from pdf_drawing import Sheet, codes, drawn, paragraphs, rows, tables

from extractor.formats import pdf

XS = [72, 200, 300, 400]
YS = [100, 124, 148]
ROWS = [["云岭县", "12", "0"], ["青石镇", "3", "488.78"]]


def plain_table(sheet: Sheet) -> None:
    sheet.table(XS, YS, ROWS)


class TestRules:
    def read_one(self, page) -> list[list[str]]:
        (table,) = tables(pdf.read(drawn(page)))
        return rows(table)

    def test_thin_filled_rectangles_are_rules(self):
        def page(sheet: Sheet) -> None:
            for x in XS:
                sheet.box(x, 100, x + 0.5, 148, fill=1, stroke=0)
            for y in YS:
                sheet.box(72, y, 400, y + 0.5, fill=1, stroke=0)
            sheet.cells(XS, YS, ROWS)

        assert self.read_one(page) == ROWS

    def test_dots_in_a_row_are_rules(self):
        def page(sheet: Sheet) -> None:
            for y in YS:
                for step in range(165):
                    sheet.box(72 + 2 * step, y, 73 + 2 * step, y + 0.7, fill=1, stroke=0)
            for x in XS:
                sheet.line(x, 100, x, 148)
            sheet.cells(XS, YS, ROWS)

        assert self.read_one(page) == ROWS

    def test_each_cell_may_be_its_own_rectangle(self):
        def page(sheet: Sheet) -> None:
            for x0, x1 in pairwise(XS):
                for y0, y1 in pairwise(YS):
                    sheet.box(x0, y0, x1, y1)
            sheet.cells(XS, YS, ROWS)

        assert self.read_one(page) == ROWS

    def test_one_path_may_draw_the_whole_grid(self):
        def page(sheet: Sheet) -> None:
            path = sheet.canvas.beginPath()
            for x in XS:
                path.moveTo(x, 842 - 100)
                path.lineTo(x, 842 - 148)
            for y in YS:
                path.moveTo(72, 842 - y)
                path.lineTo(400, 842 - y)
            sheet.canvas.drawPath(path)
            sheet.cells(XS, YS, ROWS)

        assert self.read_one(page) == ROWS

    def test_missing_outer_borders_leave_the_outer_columns(self):
        def page(sheet: Sheet) -> None:
            for x in XS[1:-1]:
                sheet.line(x, 100, x, 148)
            for y in YS:
                sheet.line(72, y, 400, y)
            sheet.cells(XS, YS, ROWS)

        assert self.read_one(page) == ROWS

    def test_double_lines_and_tiny_gaps_add_no_cells(self):
        def page(sheet: Sheet) -> None:
            sheet.grid(XS, YS)
            sheet.line(72, 102, 400, 102)
            sheet.line(70, 98, 70, 150)
            sheet.cells(XS, YS, ROWS)

        assert self.read_one(page) == ROWS

    def test_rules_inside_a_form_xobject_count(self):
        def page(sheet: Sheet) -> None:
            sheet.canvas.beginForm("frame")
            sheet.grid(XS, YS)
            sheet.canvas.endForm()
            sheet.canvas.saveState()
            sheet.canvas.translate(10, -20)
            sheet.canvas.doForm("frame")
            sheet.canvas.restoreState()
            sheet.cells([x + 10 for x in XS], [y + 20 for y in YS], ROWS)

        assert self.read_one(page) == ROWS

    def test_a_box_around_prose_is_no_table(self):
        def page(sheet: Sheet) -> None:
            sheet.box(60, 95, 500, 150)
            sheet.text(72, 100, "本报告由云岭县档案局编制。")

        document = pdf.read(drawn(page))
        assert tables(document) == []
        assert paragraphs(document) == ["本报告由云岭县档案局编制。"]

    def test_white_areas_behind_lines_are_no_table(self):
        def page(sheet: Sheet) -> None:
            sheet.canvas.setFillGray(1)
            for y in (100, 120, 140):
                sheet.box(72, y, 500, y + 20, fill=1, stroke=0)
            sheet.canvas.setFillGray(0)
            sheet.text(72, 104, "本年度工作平稳。")

        assert tables(pdf.read(drawn(page))) == []

    def test_underlines_are_no_table(self):
        def page(sheet: Sheet) -> None:
            for y in (100, 130, 160):
                sheet.text(72, y, "填报单位：云岭县档案局")
                sheet.line(130, y + 14, 210, y + 14)

        document = pdf.read(drawn(page))
        assert tables(document) == []
        assert len(paragraphs(document)) == 3


class TestCells:
    def test_wrapped_labels_join_without_a_blank(self):
        def page(sheet: Sheet) -> None:
            sheet.grid([72, 130, 200], [100, 140])
            sheet.text(76, 104, "商业企业")
            sheet.text(76, 120, "合计")
            sheet.text(150, 110, "5")

        (table,) = tables(pdf.read(drawn(page)))
        assert rows(table) == [["商业企业合计", "5"]]

    def test_one_character_a_line_reads_downwards(self):
        def page(sheet: Sheet) -> None:
            sheet.grid([72, 92, 200], [100, 200])
            for step, text in enumerate("办理结果"):
                sheet.text(76, 110 + 16 * step, text)
            sheet.text(150, 140, "5")

        (table,) = tables(pdf.read(drawn(page)))
        assert rows(table) == [["办理结果", "5"]]

    @pytest.mark.parametrize(("angle", "x", "y"), [(90, 90, 190), (-90, 76, 110)])
    def test_turned_glyphs_read_in_their_direction(self, angle, x, y):
        def page(sheet: Sheet) -> None:
            sheet.grid([72, 100, 200], [100, 200])
            sheet.canvas.saveState()
            sheet.canvas.translate(x, 842 - y)
            sheet.canvas.rotate(angle)
            sheet.canvas.setFont("Helvetica", 12)
            sheet.canvas.drawString(0, 0, "Region")
            sheet.canvas.restoreState()
            for step in range(3):
                sheet.text(120, 110 + 20 * step, "5 0 0 7")

        (table,) = tables(pdf.read(drawn(page)))
        assert table.cells[0].text == "Region"

    def test_two_numbers_under_each_other_are_not_joined(self):
        def page(sheet: Sheet) -> None:
            sheet.grid([72, 160, 250], [100, 140])
            sheet.text(76, 104, "12")
            sheet.text(76, 120, "34")
            sheet.text(170, 110, "合计")

        (table,) = tables(pdf.read(drawn(page)))
        assert rows(table) == [["12\n34", "合计"]]

    def test_a_word_that_runs_over_a_rule_stays_whole_and_is_noticed(self):
        def page(sheet: Sheet) -> None:
            sheet.table([72, 92, 112, 200], [100, 124], [["", "", "合计"]])
            sheet.text(79, 104, "123456", font="Helvetica", size=7)

        document = pdf.read(drawn(page))
        assert rows(tables(document)[0]) == [["123456", "", "合计"]]
        assert codes(document) == ["text-crosses-rule"]

    def test_fake_bold_is_read_once(self):
        def page(sheet: Sheet) -> None:
            plain_table(sheet)
            sheet.text(72, 60, "总体情况")
            sheet.text(72.4, 60, "总体情况")

        assert paragraphs(pdf.read(drawn(page))) == ["总体情况"]

    def test_the_locator_is_the_box_of_the_characters_or_of_the_empty_cell(self):
        def page(sheet: Sheet) -> None:
            sheet.table([72, 200, 300], [100, 124], [["云岭县", ""]])

        (table,) = tables(pdf.read(drawn(page)))
        filled, empty = table.cells
        assert filled.locator.page == 1
        assert filled.locator.bbox == pytest.approx((76, 104, 112, 116), abs=3)
        assert empty.locator.bbox == pytest.approx((200, 100, 300, 124), abs=1)
