"""What the PDF adapter reads, from pages drawn for one trait each."""

from pathlib import Path

import pytest
from pdf_drawing import Sheet, cell, codes, drawn, paragraphs, rows, tables
from reportlab.lib import pdfencrypt

from extractor.document import Source
from extractor.errors import Encrypted, Unreadable
from extractor.formats import pdf

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
XS = [72, 200, 300, 400]
YS = [100, 124, 148]
ROWS = [["云岭县", "12", "0"], ["青石镇", "3", "488.78"]]


def plain_table(sheet: Sheet) -> None:
    sheet.table(XS, YS, ROWS)


@pytest.mark.parametrize("reader", [pdf.read, pdf.reread])
class TestBothReaders:
    def test_a_ruled_table_is_read_cell_by_cell(self, reader):
        (table,) = tables(reader(drawn(plain_table)))
        assert rows(table) == ROWS
        assert table.aligned

    def test_text_and_table_stand_in_reading_order(self, reader):
        def page(sheet: Sheet) -> None:
            plain_table(sheet)
            sheet.text(72, 160, "注：以上为全县数据。")
            sheet.text(72, 70, "云岭县档案局年度报告")

        blocks = reader(drawn(page)).blocks
        assert [getattr(block, "text", "table") for block in blocks] == [
            "云岭县档案局年度报告",
            "table",
            "注：以上为全县数据。",
        ]

    def test_missing_inner_rules_make_spans(self, reader):
        def page(sheet: Sheet) -> None:
            for y, x in [(100, 72), (124, 150), (148, 150), (172, 72)]:
                sheet.line(x, y, 300, y)
            sheet.line(72, 100, 72, 172)
            sheet.line(150, 100, 150, 172)
            sheet.line(300, 100, 300, 172)
            sheet.line(225, 124, 225, 172)
            sheet.cells([72, 150, 225], [100, 124, 148], [["类别", "合计"], ["", "甲", "乙"], ["", "1", "2"]])

        (table,) = tables(reader(drawn(page)))
        assert (cell(table, "类别").row_span, cell(table, "合计").column_span) == (3, 2)
        assert rows(table) == [["类别", "合计"], ["甲", "乙"], ["1", "2"]]

    def test_a_table_over_two_pages_is_one_table(self, reader):
        def first(sheet: Sheet) -> None:
            sheet.table(XS, [700, 724, 748], ROWS)
            sheet.text(290, 800, "- 1 -")

        def second(sheet: Sheet) -> None:
            sheet.table(XS, [80, 104], [["白水乡", "7", "9"]])
            sheet.text(290, 800, "- 2 -")

        document = reader(drawn(first, second))
        (table,) = tables(document)
        assert rows(table) == [*ROWS, ["白水乡", "7", "9"]]
        assert [place.page for place in (table.locator, *table.locator.more)] == [1, 2]
        assert paragraphs(document) == []

    def test_a_password_is_asked_for(self, reader):
        source = drawn(plain_table, encrypt=pdfencrypt.StandardEncryption("secret", "owner"))
        with pytest.raises(Encrypted, match="密码"):
            reader(source)

    def test_an_owner_password_alone_is_no_obstacle(self, reader):
        source = drawn(plain_table, encrypt=pdfencrypt.StandardEncryption("", "owner"))
        assert rows(tables(reader(source))[0]) == ROWS

    @pytest.mark.parametrize("data", [b"%PDF-1.4\n%junk", b"<html>", b"%PDF-1.7\n1 0 obj\n<<"])
    def test_what_is_no_pdf_is_unreadable(self, reader, data):
        with pytest.raises(Unreadable, match="样本.pdf"):
            reader(Source("样本.pdf", data))

    def test_a_page_that_is_an_image_only_is_named(self, reader):
        def scan(sheet: Sheet) -> None:
            sheet.canvas.setFillGray(0.5)
            sheet.box(100, 100, 400, 700, fill=1)

        (notice,) = reader(drawn(plain_table, scan)).notices
        assert (notice.code, notice.locator.page) == ("page-without-text", 2)
        assert "第2页" in notice.message

    def test_the_info_dictionary_is_metadata(self, reader):
        sheet = Sheet()
        sheet.canvas.setTitle("Annual report")
        sheet.canvas.setAuthor("Yunling")
        plain_table(sheet)
        metadata = reader(sheet.source()).metadata
        assert (metadata["title"], metadata["author"]) == ("Annual report", "Yunling")
        assert metadata["creationdate"].startswith("D:")


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
            for x0, x1 in zip(XS, XS[1:], strict=False):
                for y0, y1 in zip(YS, YS[1:], strict=False):
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


class TestPages:
    @pytest.mark.parametrize("rotation", [90, 180, 270])
    def test_a_turned_page_is_read_upright_and_located_as_displayed(self, rotation):
        def page(sheet: Sheet) -> None:
            size = {90: (842, 595), 180: (595, 842), 270: (842, 595)}[rotation]
            sheet.canvas.setPageRotation(rotation)
            width, height = size
            sheet.canvas.translate(*{90: (595, 0), 180: (595, 842), 270: (0, 842)}[rotation])
            sheet.canvas.rotate({90: 90, 180: 180, 270: -90}[rotation])
            sheet.size = (width, height)
            plain_table(sheet)

        (table,) = tables(pdf.read(drawn(page)))
        assert rows(table) == ROWS
        assert table.locator.bbox == pytest.approx((72, 100, 400, 148), abs=1)

    def test_a_side_lying_table_is_read_and_located_where_it_lies(self):
        def page(sheet: Sheet) -> None:
            sheet.canvas.translate(595, 0)
            sheet.canvas.rotate(90)
            sheet.size = (842, 595)
            sheet.grid(XS, YS)
            for left, top, text in [
                (72, 100, "Alpha"),
                (200, 100, "12"),
                (72, 124, "Beta"),
                (200, 124, "30"),
            ]:
                sheet.text(left + 4, top + 4, text, font="Helvetica")

        (table,) = tables(pdf.read(drawn(page)))
        assert rows(table) == [["Alpha", "12", ""], ["Beta", "30", ""]]
        assert table.locator.bbox == pytest.approx((100, 842 - 400, 148, 842 - 72), abs=1)

    def test_a_cropped_page_is_located_as_displayed(self):
        def page(sheet: Sheet) -> None:
            sheet.canvas.setCropBox((50, 42, 595, 802))
            plain_table(sheet)

        (table,) = tables(pdf.read(drawn(page)))
        assert table.locator.bbox == pytest.approx((22, 60, 350, 108), abs=1)

    def test_running_headers_and_page_numbers_are_left_out(self):
        def page(number: int):
            def draw(sheet: Sheet) -> None:
                sheet.text(200, 40, "云岭县档案局文件")
                sheet.text(72, 100, f"正文{'甲乙丙'[number - 1]}。")
                sheet.text(280, 800, f"第{number}页")

            return draw

        document = pdf.read(drawn(page(1), page(2), page(3)))
        assert paragraphs(document) == ["正文甲。", "正文乙。", "正文丙。"]

    def test_an_empty_page_is_no_reason_for_a_notice(self):
        document = pdf.read(drawn(plain_table, lambda _: None))
        assert document.notices == ()

    def test_text_that_pdfium_leaves_out_is_noticed(self):
        def page(sheet: Sheet) -> None:
            plain_table(sheet)
            sheet.canvas.rotate(90)
            sheet.canvas.setFont("STSong-Light", 12)
            sheet.canvas.drawString(100, -500, "侧边文字")

        assert codes(pdf.read(drawn(page))) == ["text-not-read"]

    def test_hidden_text_over_an_image_is_read_and_noticed(self):
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        def page(sheet: Sheet) -> None:
            sheet.canvas.drawImage(ImageReader(Image.new("L", (10, 10))), 50, 50, 400, 700)
            text = sheet.canvas.beginText(72, 700)
            text.setFont("STSong-Light", 12)
            text.setTextRenderMode(3)
            text.textLine("云岭县档案局")
            sheet.canvas.drawText(text)

        document = pdf.read(drawn(page))
        assert paragraphs(document) == ["云岭县档案局"]
        assert codes(document) == ["invisible-text"]

    def test_glyphs_without_unicode_are_noticed(self):
        document = pdf.read(drawn(lambda sheet: sheet.text(72, 100, "代码\ue001\ue002")))
        assert codes(document) == ["unmapped-characters"]

    def test_a_page_of_absurd_size_is_refused(self):
        with pytest.raises(Unreadable, match="页面尺寸"):
            pdf.read(drawn(plain_table, size=(90000.0, 90000.0)))


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not beside the checkout")
@pytest.mark.parametrize("reader", [pdf.read, pdf.reread])
def test_a_real_report_has_its_three_tables_with_every_value(reader):
    path = CORPUS / "hongze_2023.pdf"
    document = reader(Source(path.name, path.read_bytes()))
    first, requests, disputes = tables(document)
    assert first.cells[-1].text == "7730.28"
    values = [[cell.text for cell in requests.cells if cell.row == row][-7:] for row in range(3, 26)]
    assert [row[0] for row in values] == ["21", "0", "0", "4", "1", "0", "0", "0", "0", "1", "1", "0", "10", "3", "0", "1", "0", "0", "0", "0", "0", "21", "0"]
    assert [cell.text for cell in disputes.cells if cell.row == 3] == ["10", "1", "0", "0", "0", "0", "0", "0", "0", "0", "5", "0", "0", "0", "0"]
    (vertical,) = [cell for cell in requests.cells if cell.text == "三、本年度办理结果"]
    assert vertical.row_span == 20
