"""What pdfium answers to plain addresses is what it answers to pypdfium2's pointers."""

from collections.abc import Iterator
from ctypes import byref, c_double, c_float, c_int, c_uint

import pypdfium2
import pytest
from pdf_drawing import Sheet, drawn
from pypdfium2 import raw

from extractor.formats.pdf import calls


def _page(sheet: Sheet) -> None:
    sheet.table([72, 200, 300], [100, 124, 148], [["云岭县", "12"], ["青石镇", "3"]])
    sheet.canvas.setFillColorRGB(0.2, 0.4, 0.6)
    sheet.canvas.setStrokeColorRGB(0.9, 0.1, 0.0)
    sheet.box(72, 300, 200, 320, fill=1)
    sheet.canvas.rotate(30)
    sheet.text(300, 500, "斜")


@pytest.fixture
def page() -> Iterator[pypdfium2.PdfPage]:
    with pypdfium2.PdfDocument(drawn(_page).data) as document:
        yield document[0]


def _objects(page: pypdfium2.PdfPage) -> tuple[list[raw.FPDF_PAGEOBJECT], list[int]]:
    count = raw.FPDFPage_CountObjects(page.raw)
    pointers = [raw.FPDFPage_GetObject(page.raw, at) for at in range(count)]
    return pointers, calls.objects_of_page(calls.address_of(page.raw), count)


def test_objects_their_kinds_and_bounds(page: pypdfium2.PdfPage) -> None:
    pointers, items = _objects(page)
    assert items == [calls.address_of(pointer) for pointer in pointers]
    assert list(map(calls.kind_of, items)) == [raw.FPDFPageObj_GetType(pointer) for pointer in pointers]
    sides = [c_float() for _ in range(4)]
    for pointer, box in zip(pointers, calls.bounds_of(items), strict=True):
        assert raw.FPDFPageObj_GetBounds(pointer, *map(byref, sides))
        assert box == tuple(side.value for side in sides)


def test_matrices_colours_and_modes(page: pypdfium2.PdfPage) -> None:
    pointers, items = _objects(page)
    matrix = raw.FS_MATRIX()
    parts = [c_uint() for _ in range(4)]
    fills, strokes = calls.fill_colours_of(items), calls.stroke_colours_of(items)
    for at, pointer in enumerate(pointers):
        raw.FPDFPageObj_GetMatrix(pointer, byref(matrix))
        assert calls.matrices_of(items)[at] == tuple(getattr(matrix, name) for name in "abcdef")
        for function, colour in (
            (raw.FPDFPageObj_GetFillColor, fills),
            (raw.FPDFPageObj_GetStrokeColor, strokes),
        ):
            known = function(pointer, *map(byref, parts))
            assert colour[at] == (tuple(part.value for part in parts) if known else None)
    assert (51, 102, 153, 255) in fills
    assert (230, 26, 0, 255) in strokes
    paths = [at for at, item in enumerate(items) if calls.kind_of(item) == raw.FPDF_PAGEOBJ_PATH]
    filled, stroked = c_int(), c_int()
    for at, mode in zip(paths, calls.draw_modes_of([items[at] for at in paths]), strict=True):
        raw.FPDFPath_GetDrawMode(pointers[at], byref(filled), byref(stroked))
        assert mode == (filled.value, stroked.value)


def test_segments_of_a_path(page: pypdfium2.PdfPage) -> None:
    pointers, items = _objects(page)
    x, y = c_float(), c_float()
    lines = [at for at, item in enumerate(items) if calls.kind_of(item) == raw.FPDF_PAGEOBJ_PATH]
    for at in lines:
        points = []
        for index in range(raw.FPDFPath_CountSegments(pointers[at])):
            raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(pointers[at], index), byref(x), byref(y))
            points.append((x.value, y.value))
        assert calls.points_of(calls.segments_of(items[at], 100)) == points
    assert len(calls.segments_of(items[lines[0]], 1)) == 1


def test_boxes_of_characters(page: pypdfium2.PdfPage) -> None:
    textpage = page.get_textpage()
    address = calls.address_of(textpage.raw)
    count = textpage.count_chars()
    rectangle = raw.FS_RECTF()
    for index, box in enumerate(calls.loose_boxes(address, count)):
        raw.FPDFText_GetLooseCharBox(textpage.raw, index, byref(rectangle))
        assert box == (rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
    left, right, bottom, top = (c_double() for _ in range(4))
    for index, box in zip([2, 0], calls.tight_boxes(address, [2, 0]), strict=True):
        raw.FPDFText_GetCharBox(textpage.raw, index, *map(byref, (left, right, bottom, top)))
        assert box == (left.value, bottom.value, right.value, top.value)
    assert calls.loose_boxes(address, 0) == []


def test_what_is_not_there_has_no_address(page: pypdfium2.PdfPage) -> None:
    assert calls.objects_of_page(calls.address_of(page.raw), 1)[0] is not None
    assert calls.text_object(calls.address_of(page.get_textpage().raw), 10_000) is None
