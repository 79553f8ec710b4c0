"""A page with more lines than can be read in some seconds is read in part, and says so."""

import pytest

from extractor.formats import ocr

if not ocr.is_installed():
    pytest.skip("needs the extra [ocr]", allow_module_level=True)

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extractor.formats.layout import page_blocks
from extractor.formats.ocr import page as page_reader
from extractor.formats.ocr.engine import load_engine
from extractor.formats.ocr.page import read_picture
from scripts.corpus.scan_sheet import FACES

_FACES = [chinese for chinese, _ in FACES.values() if chinese.is_file()]


def _table() -> np.ndarray:
    """Return a page with a ruled table of ten rows and two columns, at 100 dots to the inch."""
    sheet = np.full((900, 700), 255, np.uint8)
    for row in range(11):
        cv2.line(sheet, (60, 60 + 60 * row), (640, 60 + 60 * row), 0, 2)
    for x in (60, 350, 640):
        cv2.line(sheet, (x, 60), (x, 660), 0, 2)
    for row in range(10):
        for x in (150, 440):
            cv2.putText(sheet, f"{row}17", (x, 105 + 60 * row), cv2.FONT_HERSHEY_SIMPLEX, 1, 0, 2)
    return sheet


def test_lines_beyond_the_bound_are_open_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_picture(load_engine(), _table(), 150, 1)
    assert (whole.passed_over, [n.code for n in whole.notices][:1]) == (0, ["recognized-text"])
    monkeypatch.setattr(page_reader, "MOST_WIDTH", 1000)
    monkeypatch.setattr(page_reader, "SAMPLE_WIDTH", 200)
    part = read_picture(load_engine(), _table(), 150, 1)
    assert part.passed_over > 0
    assert "picture-too-dense" in [notice.code for notice in part.notices]
    _, (grid,) = page_blocks(part.ink)
    texts = [cell.text for cell in grid.cells]
    assert len(texts) == 20
    assert all(texts)  # what was not read is never blank
    assert "?" in texts


@pytest.mark.skipif(not _FACES, reason="needs a Chinese font of the system")
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_on_its_side_or_head_is_told_from_a_sample(turns: int) -> None:
    upright = read_picture(load_engine(), _words(), 150, 1)
    turned = read_picture(load_engine(), np.ascontiguousarray(np.rot90(_words(), turns)), 150, 1)
    assert _text(turned) == _text(upright) != ""


def _words() -> np.ndarray:
    sheet = Image.new("L", (900, 600), 255)
    draw = ImageDraw.Draw(sheet)
    face = ImageFont.truetype(str(_FACES[0]), 28)
    text = "主动公开政府信息情况如下所列行政机关应当及时答复当事人提出的申请"
    for row in range(8):
        draw.text((60, 30 + 70 * row), text[row : row + 9 + row % 4], fill=0, font=face)
    return np.asarray(sheet)


def _text(read: object) -> str:
    return "".join(glyph.text for glyph in read.ink.glyphs)  # type: ignore[attr-defined]
