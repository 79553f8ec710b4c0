"""What the OFD adapter reads, from pages drawn for one trait each."""

import io
import zipfile

import pytest

from extractor.document import Document, Paragraph, Source, Table
from extractor.errors import Encrypted, Unreadable
from extractor.formats import ofd
from extractor.formats.sniff import sniff
from scripts.corpus.ofd_file import Page, annotation, pack, rule_object, text_object, zipped

A4 = (210.0, 297.0)
XS = [20.0, 60.0, 90.0, 120.0]
YS = [40.0, 50.0, 60.0]
ROWS = [["云岭县", "12", "0"], ["青石镇", "3", "488.78"]]
WHITE = '><ofd:FillColor Value="255 255 255"/>'


def line(x: float, y: float, text: str, size: float = 4.0, **options) -> str:
    steps = [size if ord(c) > 0x2E80 else size / 2 for c in text[:-1]]
    return text_object(7, (x, y), text, size, steps, **options)


def ruled(rows: list[list[str]] = ROWS, xs: list[float] = XS, ys: list[float] = YS) -> list[str]:
    objects = [rule_object(1, xs[0], y, xs[-1], y) for y in ys]
    objects += [rule_object(1, x, ys[0], x, ys[-1]) for x in xs]
    for y, row in zip(ys, rows, strict=False):
        objects += [line(x + 2, y + 6, text) for x, text in zip(xs, row, strict=False)]
    return objects


def read(*pages: Page, **options) -> Document:
    return ofd.read(Source("年报.ofd", pack(pages, A4, **options)))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def rows(document: Document) -> list[list[str]]:
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    grid: dict[int, list[str]] = {}
    for cell in table.cells:
        grid.setdefault(cell.row, []).append(cell.text)
    return list(grid.values())


def codes(document: Document) -> list[str]:
    return [notice.code for notice in document.notices]


def parts_of(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode().partition("?>\n")[2] for name in archive.namelist()}


def changed(old: str, new: str, *pages: Page) -> Source:
    """Return the file of these pages with a piece of its XML replaced."""
    parts = {name: text.replace(old, new) for name, text in parts_of(pack(pages, A4)).items()}
    return Source("年报.ofd", zipped(parts))


def test_the_format_is_told_by_the_package() -> None:
    assert sniff(pack([Page(ruled())], A4)) == "ofd"


def test_a_ruled_table_is_read_cell_by_cell_with_places_in_points() -> None:
    document = read(Page([line(20, 30, "云岭县档案局年度报告"), *ruled()]), title="年报")
    assert document.format == "ofd"
    assert document.metadata == {"title": "年报"}
    assert rows(document) == ROWS
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert table.locator.page == 1
    assert table.locator.bbox == pytest.approx((56.7, 113.4, 340.2, 170.1), abs=0.5)


def test_a_table_over_two_pages_is_one_table() -> None:
    low = [270.0, 280.0, 290.0]
    high = [10.0, 20.0, 30.0]
    document = read(Page(ruled(ys=low)), Page(ruled([["白沙乡", "1", "2"], ["黄土镇", "4", "5"]], ys=high)))
    assert rows(document) == [*ROWS, ["白沙乡", "1", "2"], ["黄土镇", "4", "5"]]


def test_a_frame_drawn_as_one_closed_path_makes_rules() -> None:
    data = "M 0 0 L 100 0 L 100 20 L 0 20 C M 40 0 L 40 20 M 0 10 L 100 10 M 70 0 L 70 20"
    path = (
        '<ofd:PathObject ID="9" Boundary="20 40 100 20" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )
    assert rows(read(Page([*ruled()[7:], path]))) == ROWS


def test_thin_filled_rectangles_are_rules_and_white_ones_are_not() -> None:
    def bar(x: float, y: float, w: float, h: float, colour: str = "0 0 0") -> str:
        return (
            f'<ofd:PathObject ID="9" Boundary="{x} {y} {w} {h}" Stroke="false" Fill="true">'
            f'<ofd:FillColor Value="{colour}"/>'
            f"<ofd:AbbreviatedData>M 0 0 L {w} 0 L {w} {h} L 0 {h} C</ofd:AbbreviatedData></ofd:PathObject>"
        )

    bars = [bar(20, y, 100, 0.2) for y in YS] + [bar(x, 40, 0.2, 20) for x in XS]
    white = bar(75, 40, 0.2, 20, "255 255 255")
    assert rows(read(Page([*ruled()[7:], *bars, white]))) == ROWS


def test_characters_below_each_other_are_one_label() -> None:
    label = text_object(8, (30, 42), "办理结果", 4, [4, 4, 4], down=True)
    grid = ruled([["", "12"], ["", "3"]], [20, 60, 90], [36, 50, 64])
    document = read(Page([*grid[:1], *grid[2:], rule_object(1, 60, 50, 90, 50), label]))
    assert rows(document) == [["办理结果", "12"], ["3"]]


def test_objects_in_blocks_and_composite_units_are_drawn_where_they_are_placed() -> None:
    block = f'<ofd:PageBlock ID="5">{line(20, 30, "云岭县档案局")}</ofd:PageBlock>'
    composite = '<ofd:CompositeObject ID="6" ResourceID="77" Boundary="20 80 100 20"/>'
    unit = (
        '</ofd:Fonts><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="77" Width="9" Height="9">'
        f"<ofd:Content>{line(0, 5, '青石镇')}</ofd:Content></ofd:CompositeGraphicUnit>"
        "</ofd:CompositeGraphicUnits>"
    )
    document = ofd.read(changed("</ofd:Fonts>", unit, Page([block, composite])))
    assert texts(document) == ["云岭县档案局", "青石镇"]
    assert document.blocks[1].locator.bbox == pytest.approx((56.7, 230.9, 90.7, 242.2), abs=1)


@pytest.mark.parametrize(
    "hidden",
    [
        line(20, 50, "不可见", attributes=' Visible="false"'),
        line(20, 50, "不可见", attributes=' Alpha="0"'),
        line(20, 50, "不可见", attributes=' Fill="false"'),
        line(20, 50, "不可见", attributes=WHITE[:-1]),
    ],
)
def test_text_that_nobody_sees_is_not_read(hidden: str) -> None:
    assert texts(read(Page([line(20, 30, "云岭县档案局"), hidden]))) == ["云岭县档案局"]


def test_a_colour_from_the_drawing_parameters_of_a_layer_counts() -> None:
    white = '<ofd:DrawParam ID="60"><ofd:FillColor Value="255 255 255"/></ofd:DrawParam>'
    source = changed(
        "</ofd:Fonts>",
        f"</ofd:Fonts><ofd:DrawParams>{white}</ofd:DrawParams>",
        Page([line(20, 30, "云岭县档案局"), line(20, 50, "不可见", attributes=' DrawParam="60"')]),
    )
    assert texts(ofd.read(source)) == ["云岭县档案局"]


def test_a_template_is_drawn_behind_the_page() -> None:
    document = read(
        Page([line(22, 46, "12")], template=True), template=[x for x in ruled([[]]) if "Path" in x]
    )
    assert rows(document)[0][0] == "12"


def test_an_annotation_is_read_unless_it_is_a_watermark_or_a_stamp() -> None:
    mark = annotation(90, "Watermark", line(40, 46, "样张"))
    note = annotation(91, "Path", line(0, 5, "附注"), "20 80 50 50")
    document = read(Page([line(20, 30, "云岭县档案局")], annotations=[mark, note]))
    assert texts(document) == ["云岭县档案局", "附注"]
    assert codes(document) == ["annotation-left-out"]


def test_slanted_text_is_a_watermark_and_said() -> None:
    slanted = line(60, 60, "内部资料", turn="0.7071 0.7071 -0.7071 0.7071 0 0")
    document = read(Page([*ruled(), slanted]))
    assert rows(document) == ROWS
    assert codes(document) == ["slanted-text"]


def test_characters_without_unicode_are_said_with_their_font() -> None:
    document = read(Page([line(20, 30, "云岭县\ue012\ue013")]))
    (notice,) = document.notices
    assert notice.code == "unmapped-characters"
    assert "2个字符" in notice.message
    assert "SimSun" in notice.message


def test_a_page_of_outlines_alone_is_said() -> None:
    assert codes(read(Page([rule_object(1, 20, 30, 90, 60)]))) == ["page-without-text"]


def test_a_package_of_backslashes_and_capitals_is_read() -> None:
    parts = parts_of(pack([Page(ruled())], A4))
    bent = {name.replace("/", "\\").replace("Doc_0", "DOC_0"): text for name, text in parts.items()}
    assert rows(ofd.read(Source("年报.ofd", zipped(bent)))) == ROWS


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Pages/Page_0/Content.xml", "Pages/Page_9/Content.xml", "缺少部件"),
        ("</ofd:Layer>", "", "不是完好的 XML"),
        ("<ofd:Page ", "<ofd:Blatt ", "没有可读的页"),
        ("0 0 210 297", "0 0 99999 297", "尺寸不合理"),
    ],
)
def test_a_damaged_package_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        ofd.read(changed(old, new, Page(ruled())))


def test_a_package_cut_short_is_refused() -> None:
    with pytest.raises(Unreadable, match="不完整"):
        ofd.read(Source("年报.ofd", pack([Page(ruled())], A4)[:-60]))


def test_an_encrypted_package_is_refused() -> None:
    parts = parts_of(pack([Page(ruled())], A4)) | {"Encryptions.xml": "<ofd:Encryptions/>"}
    with pytest.raises(Encrypted, match="加密"):
        ofd.read(Source("年报.ofd", zipped(parts)))


def test_entities_are_refused() -> None:
    parts = parts_of(pack([Page(ruled())], A4))
    parts["OFD.xml"] = '<!DOCTYPE x [<!ENTITY e "e">]>' + parts["OFD.xml"]
    with pytest.raises(Unreadable, match="DTD"):
        ofd.read(Source("年报.ofd", zipped(parts)))


@pytest.mark.parametrize("number", ["nan", "inf", "1e400", "-1e9", "x", ""])
def test_numbers_that_are_none_do_no_harm(number: str) -> None:
    read_at_all = ofd.read(changed('Size="4.000"', f'Size="{number}"', Page(ruled())))
    assert read_at_all.format == "ofd"
