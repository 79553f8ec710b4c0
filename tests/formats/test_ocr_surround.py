"""What a picture shows around the sheet, on pages drawn here."""

import pytest

cv2 = pytest.importorskip("cv2")
np = pytest.importorskip("numpy")

from extractor.formats.ocr.picture import without_red  # noqa: E402
from extractor.formats.ocr.surround import surround_of, without_surround  # noqa: E402

DPI = 200.0
SIZE = (2300, 1650)


def page(shade: int = 250):
    """Return a sheet with lines of text, as pictures show it."""
    sheet = np.full(SIZE, shade, np.uint8)
    for y in range(200, 2100, 60):
        cv2.putText(sheet, "0123456789 0123456789 0123456789", (150, y), 0, 1.5, 20, 3)
    return sheet


@pytest.mark.parametrize("edge", ["left", "right", "top", "bottom"])
@pytest.mark.parametrize("shade", [190, 120, 10])
def test_the_dark_edge_of_a_scanner_is_no_part_of_the_sheet(edge, shade):
    turns = {"left": 0, "top": 3, "right": 2, "bottom": 1}[edge]
    sheet = np.ascontiguousarray(np.rot90(page(), turns))
    sheet[:, :24] = shade
    sheet = np.ascontiguousarray(np.rot90(sheet, -turns))
    mended = without_surround(without_red(sheet), DPI).grey
    drawn = page()
    assert int(np.abs(mended.astype(int) - drawn)[40:-40, 40:-40].max()) == 0
    assert mended.min(axis=None, where=drawn == 250, initial=255) > 240


def test_a_table_under_a_photographed_sheet_is_none_either():
    sheet = page()
    outside = np.array([[0, 0], [90, 0], [40, SIZE[0]], [0, SIZE[0]]])
    cv2.fillPoly(sheet, [outside], 70)
    around = surround_of(sheet, DPI)
    assert around is not None
    assert around[SIZE[0] // 2, :60].all()
    assert not around[:, 130:].any()


def test_a_shadow_over_print_is_left():
    sheet = page()
    sheet[:, :700] = (sheet[:, :700] * 0.7).astype(np.uint8)
    assert surround_of(sheet, DPI) is None


def test_a_plain_sheet_is_left():
    lifted = without_red(page())
    assert without_surround(lifted, DPI) is lifted


def test_rules_and_black_print_that_reach_the_edge_are_left():
    sheet = page()
    sheet[300:303, :] = 0
    cv2.putText(sheet, "2023", (-10, 1000), 0, 1.5, 0, 4)
    assert surround_of(sheet, DPI) is None
