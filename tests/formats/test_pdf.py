"""What the PDF adapter reads, from pages drawn for one trait each."""

import sys
from pathlib import Path

import pytest
from pdf_drawing import Sheet, cell, codes, drawn, paragraphs, rows, tables
from reportlab.lib import pdfencrypt

from extractor.document import Source
from extractor.errors import Encrypted, MissingDependency, Unreadable
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
        def page(sheet: Sheet) -> None:
            sheet.grid([72, 200, 300], [100, 124])
            sheet.text(76, 104, "Alpha", font="Helvetica")
            sheet.text(204, 104, "12", font="Helvetica")

        source = drawn(page, encrypt=pdfencrypt.StandardEncryption("", "owner"))
        assert rows(tables(reader(source))[0]) == [["Alpha", "12"]]

    @pytest.mark.parametrize("data", [b"%PDF-1.4\n%junk", b"<html>", b"%PDF-1.7\n1 0 obj\n<<"])
    def test_what_is_no_pdf_is_unreadable(self, reader, data):
        with pytest.raises(Unreadable, match=r"样本\.pdf"):
            reader(Source("样本.pdf", data))

    def test_a_file_cut_short_is_unreadable(self, reader):
        data = drawn(*[plain_table] * 30).data
        with pytest.raises(Unreadable, match="不完整"):
            reader(Source("样本.pdf", data[: len(data) * 2 // 3]))

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


def test_the_second_reader_names_the_package_it_misses(monkeypatch):
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(MissingDependency, match="pdfplumber"):
        pdf.reread(drawn(plain_table))


def test_what_the_second_reader_cannot_open_is_unreadable(monkeypatch):
    import pdfplumber
    from pdfplumber.utils.exceptions import MalformedPDFException

    def fail(*_: object) -> None:
        raise MalformedPDFException("no such box")

    monkeypatch.setattr(pdfplumber, "open", fail)
    with pytest.raises(Unreadable, match="不是完整的 PDF"):
        pdf.reread(drawn(plain_table))


class TestPages:
    @pytest.mark.parametrize(
        ("rotation", "corner", "angle"), [(90, (595, 0), 90), (180, (595, 842), 180), (270, (0, 595), -90)]
    )
    def test_a_turned_page_is_read_upright_and_located_as_displayed(self, rotation, corner, angle):
        def page(sheet: Sheet) -> None:
            sheet.canvas.setPageRotation(rotation)
            sheet.canvas.translate(*corner)
            sheet.canvas.rotate(angle)
            if rotation == 90:
                sheet.size = (842, 595)
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

    def test_text_without_width_for_pdfium_is_read(self):
        def page(sheet: Sheet) -> None:
            sheet.table([72, 120, 200], [100, 124], [["三", "无"]])

        (table,) = tables(pdf.read(drawn(page)))
        assert rows(table) == [["三", "无"]]

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
    naturals = "21 0 0 4 1 0 0 0 0 1 1 0 10 3 0 1 0 0 0 0 0 21 0"
    assert " ".join(row[0] for row in values) == naturals
    assert " ".join(cell.text for cell in disputes.cells if cell.row == 3) == "10 1 0 0 0 0 0 0 0 0 5 0 0 0 0"
    (vertical,) = [cell for cell in requests.cells if cell.text == "三、本年度办理结果"]
    assert vertical.row_span == 20
