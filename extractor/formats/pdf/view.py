"""Converts coordinates of a PDF page to those of the page as displayed, or turned upright."""

from collections.abc import Sequence

import pypdfium2
from msgspec import Struct

from extractor.formats.layout.model import Box


class PageTurn(Struct):
    """How page space is rotated: by the page's /Rotate, and by `turn` to make its text upright.

    A sideways page is rotated twice: it is displayed sideways, and read upright.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int  # clockwise degrees from page space to the upright page
    turn: int  # clockwise degrees from the displayed page to the upright one

    @property
    def width(self) -> float:
        """Return the width of the upright page in points."""
        return self.top - self.bottom if self.rotation in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        """Return the height of the upright page in points."""
        return self.right - self.left if self.rotation in (90, 270) else self.top - self.bottom

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a box of page space (y upwards) in coordinates of the upright page (y downwards)."""
        if self.rotation == 0:
            return (left - self.left, self.top - top, right - self.left, self.top - bottom)
        if self.rotation == 90:
            return (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if self.rotation == 180:
            return (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        return (self.top - top, self.right - right, self.top - bottom, self.right - left)

    def boxes(self, boxes: Sequence[Box]) -> list[Box]:
        """Return many boxes of page space in coordinates of the upright page."""
        if self.rotation:
            return [self.box(*box) for box in boxes]
        x, y = self.left, self.top
        return [(left - x, y - top, right - x, y - bottom) for left, bottom, right, top in boxes]

    def to_page(self, box: Box) -> Box:
        """Return left, bottom, right, top in page space of a box on the upright page.

        The inverse of `box`.
        """
        x0, y0, x1, y1 = box
        if self.rotation == 90:
            return (y0 + self.left, x0 + self.bottom, y1 + self.left, x1 + self.bottom)
        if self.rotation == 180:
            return (self.right - x1, y0 + self.bottom, self.right - x0, y1 + self.bottom)
        if self.rotation == 270:
            return (self.right - y1, self.top - x1, self.right - y0, self.top - x0)
        return (x0 + self.left, self.top - y1, x1 + self.left, self.top - y0)

    def turned(self, turn: int) -> "PageTurn":
        """Return the view of the same page rotated clockwise by another `turn` degrees."""
        rotation = (self.rotation + turn) % 360
        return PageTurn(self.left, self.bottom, self.right, self.top, rotation, turn)


def view_of(page: pypdfium2.PdfPage) -> PageTurn:
    """Return the view of a page as displayed: cropped, and rotated by its /Rotate."""
    left, bottom, right, top = page.get_bbox()
    return PageTurn(left, bottom, right, top, page.get_rotation() % 360, 0)
