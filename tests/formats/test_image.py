"""Pictures are read by recognition where it is installed, and refused in one sentence where it is not."""

import io
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from extractor.document import Cell, Document, Paragraph, Source, Table
from extractor.errors import MissingDependency, Unreadable
from extractor.formats import image, ocr, pdf, read_document
from extractor.formats.sniff import sniff
from extractor.settle.from_picture import PLAIN
from scripts.corpus.ofd_file import Page, pack, text_object
from scripts.corpus.pdf_sheet import FONT as CHINESE

FONTS = (
    Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    Path("/usr/share/fonts/truetype/arphic/uming.ttc"),
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
)
FONT = next((path for path in FONTS if path.is_file()), None)
needs_recognition = pytest.mark.skipif(
    not ocr.is_installed() or FONT is None,
    reason="the extra `ocr` or a Chinese font (fonts-wqy-microhei) is not installed",
)
XS, YS = (60, 420, 620, 820), (140, 200, 260, 320)
ROWS = (("信息内容", "本年制发件数", "现行有效件数"), ("规章", "0", "12"), ("行政规范性文件", "7", "4018"))


def page(*, seal: bool = False) -> Image.Image:
    """Return a sheet at 150 dpi with a line of text and a ruled table."""
    assert FONT is not None
    sheet = Image.new("RGB", (900, 460), "white")
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(FONT, 26)
    pen.text((60, 70), "云岭县档案局主动公开情况", font=font, fill="black", anchor="lm")
    for y in YS:
        pen.line((XS[0], y, XS[-1], y), fill="black", width=2)
    for x in XS:
        pen.line((x, YS[0], x, YS[-1]), fill="black", width=2)
    for top, texts in zip(YS, ROWS, strict=False):
        for left, right, text in zip(XS, XS[1:], texts, strict=False):
            pen.text(((left + right) / 2, top + 30), text, font=font, fill="black", anchor="mm")
    if seal:
        over = Image.new("RGB", sheet.size, "white")
        ImageDraw.Draw(over).ellipse((600, 170, 780, 350), outline=(210, 40, 45), width=9)
        from PIL import ImageChops

        sheet = ImageChops.multiply(sheet, over)
    return sheet


def saved(picture: Image.Image, kind: str = "PNG", **options) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, dpi=(150, 150), **options)
    return out.getvalue()


def read(data: bytes) -> Document:
    return read_document(Source("年报.png", data))


def table_of(document: Document) -> Table:
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    return table


def rows(document: Document) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for cell in table_of(document).cells:
        found.setdefault(cell.row, []).append(cell.text)
    return list(found.values())


def cell_of(document: Document, text: str) -> Cell:
    return next(cell for cell in table_of(document).cells if cell.text == text)


def expected() -> list[list[str]]:
    return [list(row) for row in ROWS]


@needs_recognition
@pytest.mark.parametrize(("kind", "options"), [("PNG", {}), ("JPEG", {"quality": 60}), ("TIFF", {})])
def test_a_picture_gives_its_text_and_its_table(kind: str, options: dict) -> None:
    document = read(saved(page(), kind, **options))
    assert document.format == "image"
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == [
        "云岭县档案局主动公开情况"
    ]
    assert rows(document) == expected()
    assert [notice.code for notice in document.notices] == ["recognized-text"]


@needs_recognition
def test_a_value_points_at_its_pixels_and_keeps_its_readings() -> None:
    cell = cell_of(read(saved(page())), "4018")
    assert cell.locator.page == 1
    assert cell.locator.bbox is not None
    left, top, right, bottom = cell.locator.bbox
    assert 620 < left < 720 < right < 820
    assert 260 <= top < 290 < bottom <= 321
    text, score = cell.alternatives[0]
    assert text == "4018"
    assert score > 0.9


@needs_recognition
@pytest.mark.parametrize("angle", [-1.7, 0.4, 2.0])
def test_a_page_that_lies_askew_is_read_and_located_where_it_lies(angle: float) -> None:
    turned = page().rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")
    document = read(saved(turned))
    assert rows(document) == expected()
    place = cell_of(document, "4018").locator.bbox
    assert place is not None
    drop = -(720 - 450) * angle * 3.1416 / 180
    assert (place[1] + place[3]) / 2 == pytest.approx(290 + drop, abs=5)


@needs_recognition
@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_head_is_turned(angle: int) -> None:
    assert rows(read(saved(page().rotate(angle, expand=True)))) == expected()


@needs_recognition
def test_figures_under_a_red_seal_are_read() -> None:
    assert rows(read(saved(page(seal=True), "JPEG", quality=75))) == expected()


@needs_recognition
def test_a_figure_beside_a_seal_is_not_plain_and_one_far_from_it_is() -> None:
    document = read(saved(page(seal=True), "JPEG", quality=75))
    assert cell_of(document, "4018").alternatives[0][1] < PLAIN
    assert cell_of(document, "7").alternatives[0][1] > PLAIN


@needs_recognition
def test_every_page_of_a_tiff_is_read() -> None:
    document = read(saved(page(), "TIFF", save_all=True, append_images=[page()]))
    assert {notice.locator.page for notice in document.notices} == {1, 2}


@needs_recognition
def test_a_page_of_a_pdf_without_text_is_read_with_places_in_points() -> None:
    document = pdf.read(Source("年报.pdf", saved(page().convert("L"), "PDF", resolution=150)))
    assert rows(document) == expected()
    assert [notice.code for notice in document.notices] == ["recognized-text"]
    place = cell_of(document, "4018").locator.bbox
    assert place is not None
    assert (place[0] + place[2]) / 2 == pytest.approx(720 * 72 / 150, abs=3)


@needs_recognition
@pytest.mark.parametrize("kind", ["pdf", "ofd"])
def test_a_table_that_is_a_picture_beside_text_is_read_where_it_stands(kind: str) -> None:
    make = pdf_with_picture if kind == "pdf" else ofd_with_picture
    document = read(make(page().crop((40, 120, 840, 340))))
    first, table, last = document.blocks
    assert (first.text, last.text) == ("一、总体情况", "二、其他事项")
    assert rows(document) == expected()
    assert table.locator.bbox == pytest.approx((109.6, 209.6, 474.4, 296.4), abs=3)
    assert "recognized-text" in [notice.code for notice in document.notices]


def pdf_with_picture(picture: Image.Image) -> bytes:
    """Return a PDF page with a line, a picture 384 points wide at (100, 200), and another line."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(595, 842), invariant=1)
    for y, text in ((120, "一、总体情况"), (400, "二、其他事项")):
        sheet.setFont(CHINESE, 12)
        sheet.drawString(100, 842 - y, text)
    sheet.drawImage(ImageReader(picture), 100, 842 - 200 - 105.6, 384, 105.6)
    sheet.save()
    return out.getvalue()


def ofd_with_picture(picture: Image.Image) -> bytes:
    """Return the same page as an OFD file."""
    mm = 25.4 / 72
    lines = [
        text_object(7, (100 * mm, y * mm), text, 4, [4] * 5)
        for y, text in ((120, "一、总体情况"), (400, "二、其他事项"))
    ]
    box = f"{100 * mm} {200 * mm} {384 * mm} {105.6 * mm}"
    image_object = (
        f'<ofd:ImageObject ID="8" Boundary="{box}" CTM="{384 * mm} 0 0 {105.6 * mm} 0 0" ResourceID="9"/>'
    )
    data = pack([Page([*lines, image_object])], (210.0, 297.0))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, text.replace("</ofd:Fonts>", "</ofd:Fonts>" + MEDIA))
        new.writestr("Doc_0/Res/table.png", saved(picture))
    return out.getvalue()


MEDIA = (
    '<ofd:MultiMedias><ofd:MultiMedia ID="9" Type="Image"><ofd:MediaFile>table.png</ofd:MediaFile>'
    "</ofd:MultiMedia></ofd:MultiMedias>"
)


@needs_recognition
def test_a_table_that_is_a_picture_in_a_saved_page_is_read_from_the_bytes_it_carries() -> None:
    text = "<p>云岭县档案局2023年主动公开信息12条，收到申请3件，均已办结。</p>" * 3
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message.set_content(f"<html><body>{text}<img src='cid:a'></body></html>", subtype="html")
    message.add_related(saved(page()), "image", "png", cid="<a>")
    document = read(message.as_bytes(policy=SMTP))
    assert document.format == "html"
    assert rows(document) == expected()
    assert "table-in-picture" in [notice.code for notice in document.notices]


@needs_recognition
def test_an_empty_page_is_said_to_be_without_text() -> None:
    document = read(saved(Image.new("L", (900, 460), 255)))
    assert (document.blocks, [notice.code for notice in document.notices]) == ((), ["page-without-text"])


# What follows needs no recognition.


def blank(width: int = 600, height: int = 400) -> bytes:
    return saved(Image.new("L", (width, height), 255))


def test_without_the_extra_one_sentence_says_how_to_install_it(monkeypatch) -> None:
    monkeypatch.setattr(ocr, "_is_found", lambda: False)
    with pytest.raises(MissingDependency) as caught:
        image.read(Source("年报.png", blank()))
    assert str(caught.value) == ("年报.png: 读扫描件和图片需要文字识别，请先安装：pip install -e '.[ocr]'")


def test_without_the_extra_a_page_without_text_says_how_to_have_it_read(monkeypatch) -> None:
    monkeypatch.setattr(ocr, "_is_found", lambda: False)
    sheet = Image.new("L", (600, 400), 200)
    (notice,) = pdf.read(Source("年报.pdf", saved(sheet, "PDF", resolution=72))).notices
    assert notice.code == "page-without-text"
    assert notice.message.endswith("请先安装：pip install 'disclosure-report-extractor[ocr]'")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "GIF", "WEBP"])
def test_every_kind_of_picture_is_told_by_its_bytes(kind: str) -> None:
    assert sniff(saved(Image.new("L", (300, 300), 255), kind)) == kind.lower()


def test_a_picture_too_small_for_a_report_is_refused() -> None:
    with pytest.raises(Unreadable, match="40×300 像素"):
        image.read(Source("年报.png", blank(40, 300)))


@pytest.mark.parametrize("data", [blank()[:200], b"\x89PNG\r\n\x1a\nnothing", b"II*\x00rest"])
def test_a_damaged_picture_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="损坏"):
        image.read(Source("年报.png", data))


def test_a_picture_beyond_all_size_is_refused_before_it_is_unpacked(monkeypatch) -> None:
    monkeypatch.setattr(image, "_MOST_PIXELS", 10_000)
    with pytest.raises(Unreadable, match="太大"):
        image.read(Source("年报.png", blank()))
