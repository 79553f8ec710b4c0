"""From a box on the upright page, as locators have it, back to the coordinates of a PDF page."""

import pypdfium2
from msgspec import Struct


class Sheet(Struct, frozen=True):
    """A page as a reader holds it: cropped, turned by its /Rotate, and by `turn` beyond that."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int  # clockwise degrees from page space to the upright page
    turn: int  # clockwise degrees beyond the page's own /Rotate

    @classmethod
    def of(cls, page: pypdfium2.PdfPage, turn: int) -> "Sheet":
        """Return a page turned by `turn` degrees."""
        left, bottom, right, top = page.get_bbox()
        return cls(left, bottom, right, top, (page.get_rotation() + turn) % 360, turn)

    @property
    def width(self) -> float:
        """Return the width of the upright page in points."""
        return self.top - self.bottom if self.rotation in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        """Return the height of the upright page in points."""
        return self.right - self.left if self.rotation in (90, 270) else self.top - self.bottom

    def to_page(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Return left, bottom, right, top in page space of a box on the upright page."""
        x0, y0, x1, y1 = box
        if self.rotation == 90:
            return (y0 + self.left, x0 + self.bottom, y1 + self.left, x1 + self.bottom)
        if self.rotation == 180:
            return (self.right - x1, y0 + self.bottom, self.right - x0, y1 + self.bottom)
        if self.rotation == 270:
            return (self.right - y1, self.top - x1, self.right - y0, self.top - x0)
        return (x0 + self.left, self.top - y1, x1 + self.left, self.top - y0)


def characters_under(
    page: pypdfium2.PdfPage, sheet: Sheet, box: tuple[float, float, float, float]
) -> list[str]:
    """Return the words that stand under a box of the upright page."""
    left, bottom, right, top = sheet.to_page(box)
    textpage = page.get_textpage()
    try:
        words: str = textpage.get_text_bounded(left - 0.5, bottom - 0.5, right + 0.5, top + 0.5)
    finally:
        textpage.close()
    return words.split()
