"""Renders a page with and without its text and compares both, to see which text is visible.

A character is visible if the page looks different without it. This covers every way to hide it: no colour,
the background colour, a clip, a hidden layer, something drawn over it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import ceil, floor

import pypdfium2
from msgspec import Struct
from PIL import Image, ImageChops, ImageStat

from extractor.formats.layout.model import Box
from extractor.formats.pdf import calls
from extractor.formats.pdf.calls import Address
from extractor.formats.picture_number import number_in
from extractor.formats.pixels import brightest_part, has_dark_ink, stands_out

_SCALE = 2.0  # pixels per point
_MOST_SIDE = 3000.0  # most pixels of a side
_SEEN = 20  # of 255: smaller differences are not visible on paper
_PLAIN = 56  # of 255: smaller differences are faint
_SHARE = 0.35  # pixels with more than this share of a character's greatest difference belong to its strokes
_CERTAIN = round(_SHARE * 255)  # a pixel that differs so much belongs to the strokes of any character
_PART = 0.62  # share of a character's width or height that must be visible for it to be whole
_OVER = 0.3  # share of the smaller character's area from which two characters overlap
_BLACKENED = 100  # of 255: black text is invisible on a colour whose brightest component is below this
_RIM = 2.5  # points inside a cell's sides that its rules may cover


class Shown(Struct):
    """How well a character is visible."""

    painted: bool
    faint: bool = False
    partly: bool = False


class _TextDifference:
    """How much each pixel of a page changes if some of its text is left out."""

    def __init__(self, full: Image.Image, without: Image.Image) -> None:
        self.picture = _difference(full, without)
        plain = self.picture.point(lambda value: 255 if value >= _CERTAIN else 0)
        self._wide, self._high = plain.size
        self._rows = plain.tobytes()
        self._columns = plain.transpose(Image.Transpose.TRANSPOSE).tobytes()

    def is_plain_in(self, pixels: tuple[int, int, int, int], least: tuple[float, float]) -> bool:
        """Return whether pixels that are certain to be strokes reach far enough within a part of the page.

        True for nearly all characters, which need no closer look. `least`: width and height, in pixels.
        """
        left, top, right, bottom = pixels
        height = _extent(self._rows, self._wide, (top, bottom), (left, right))
        if height == 0 or height + 1 < least[1]:
            return False
        return _extent(self._columns, self._high, (left, right), (top, bottom)) + 1 >= least[0]


def _extent(painted: bytes, length: int, lines: tuple[int, int], part: tuple[int, int]) -> int:
    """Return over how many lines of a picture reach those that have a painted pixel in a part of them.

    Each line has `length` pixels.
    """
    find = painted.find
    (first, end), (start, stop) = lines, part
    for line in range(first, end):
        if find(255, line * length + start, line * length + stop) >= 0:
            break
    else:
        return 0
    for last in range(end - 1, line, -1):
        if find(255, last * length + start, last * length + stop) >= 0:
            return last - line + 1
    return 1


class Look:
    """A page rendered with and without its text. Pixels are those of the page as displayed."""

    def __init__(
        self,
        page: pypdfium2.PdfPage,
        texts: Sequence[Address],
        scale: float = _SCALE,
        area: Box | None = None,
        bare: Image.Image | None = None,
    ) -> None:
        """Render the page at `scale` pixels per point; its text objects are put back in place afterwards.

        Args:
            page: still open.
            texts: its text objects.
            scale: pixels per point.
            area: what of the page is looked at, as displayed; all of it if None.
            bare: the page without its text, where it has been rendered before.
        """
        self._page = page
        self._scale = min(scale, _MOST_SIDE * scale / _SCALE / max(page.get_size()))
        self._left, self._top, self._margins = self._cut_to(area)
        self._text: Image.Image | None = None
        self._texts = texts
        self.bare = self._without(texts) if bare is None else bare

    def _cut_to(self, area: Box | None) -> tuple[int, int, tuple[float, float, float, float]]:
        """Return the left and top pixels of an area, and the margins that leave it, in points."""
        if area is None:
            return 0, 0, (0.0, 0.0, 0.0, 0.0)
        wide, high = (ceil(side * self._scale) for side in self._page.get_size())
        x0, y0, x1, y1 = (side * self._scale for side in area)
        left, top = min(max(floor(x0), 0), wide - 1), min(max(floor(y0), 0), high - 1)
        right, bottom = wide - max(min(ceil(x1), wide), left + 1), high - max(min(ceil(y1), high), top + 1)
        # Margins are rounded up to pixels: half a pixel less gives just these.
        cut = [max(pixels - 0.5, 0.0) / self._scale for pixels in (left, bottom, right, top)]
        return left, top, (cut[0], cut[1], cut[2], cut[3])

    def _drawn(self) -> Image.Image:
        bitmap = self._page.render(
            scale=self._scale, may_draw_forms=False, draw_annots=False, crop=self._margins
        )
        picture: Image.Image = bitmap.to_pil()
        return picture if picture.mode == "RGB" else picture.convert("RGB")

    def _without(self, items: Iterable[Address]) -> Image.Image:
        left_out = list(items)
        for item in left_out:
            calls.set_active(item, False)
        try:
            return self._drawn()
        finally:
            for item in left_out:
                calls.set_active(item, True)

    def shown(self, boxes: Sequence[Box], texts: Sequence[str], owners: Sequence[int]) -> list[Shown]:
        """Return how well each character is visible.

        Args:
            boxes: the boxes of the characters' ink, as displayed.
            texts: the characters.
            owners: for each character, the index of its text object.
        """
        pairs = _overlapping(boxes)
        groups = _groups(pairs, boxes, texts, owners)
        full = self._drawn()
        if not groups:
            change = _TextDifference(full, self.bare)
            return [self._seen(change, box) for box in boxes]
        differences = {}
        for group in {0, *groups.values()}:
            items = [item for place, item in enumerate(self._texts) if groups.get(place, 0) == group]
            differences[group] = _TextDifference(full, self._without(items))
        found = [
            self._seen(differences[groups.get(owner, 0)], box)
            for box, owner in zip(boxes, owners, strict=True)
        ]
        whole = None
        for one, other in pairs:
            # The same character twice in one place: removing only one of them changes nothing.
            if texts[one] == texts[other] and not found[one].painted and not found[other].painted:
                whole = whole or _TextDifference(full, self.bare)
                found[other] = self._seen(whole, boxes[other])
        return found

    def _seen(self, change: "_TextDifference", box: Box) -> Shown:
        if self._is_outside(box):
            return Shown(painted=False)
        least = (_PART * (box[2] - box[0]) * self._scale, _PART * (box[3] - box[1]) * self._scale)
        pixels = self._pixels(box, 0)
        if change.is_plain_in(pixels, least):
            return Shown(painted=True)
        crop = change.picture.crop(pixels)
        peak = crop.getextrema()[1]
        assert isinstance(peak, int)
        if peak < _SEEN:
            return Shown(painted=False)
        limit = max(_SEEN, round(_SHARE * peak))
        # Subtract the visibility limit, so that only visible differences are left.
        around = ImageChops.subtract(crop, Image.new("L", crop.size), offset=1 - limit).getbbox()
        if around is None:
            return Shown(painted=False)
        wide = around[2] - around[0] + 1 >= least[0]
        high = around[3] - around[1] + 1 >= least[1]
        return Shown(painted=True, faint=peak < _PLAIN, partly=not (wide and high))

    def text_in(self, box: Box) -> Image.Image:
        """Return an image of what the page's text paints in a box; painted pixels are light."""
        if self._text is None:
            self._text = _difference(self._drawn(), self.bare)
        return self._text.crop(self._pixels(box, 0))

    def number_in(self, box: Box) -> str | None:
        """Return the number that anything except text draws in a box; None if it shows anything else."""
        return number_in(self.bare.crop(self._pixels(box, _RIM)))

    def has_ink(self, box: Box, *, dark: bool) -> bool:
        """Return whether anything except text is visible in a box; with `dark`, only as dark as text."""
        crop = self.bare.crop(self._pixels(box, _RIM))
        return has_dark_ink(crop) if dark else stands_out(crop)

    def is_dark(self, box: Box) -> bool:
        """Return whether a box is filled with a dark colour."""
        return max(ImageStat.Stat(self.bare.crop(self._pixels(box, _RIM))).mean) < _BLACKENED

    def _is_outside(self, box: Box) -> bool:
        wide, high = self.bare.size
        x0, y0, x1, y1 = box
        return x1 < 0 or y1 < 0 or x0 > wide / self._scale or y0 > high / self._scale

    def _pixels(self, box: Box, rim: float) -> tuple[int, int, int, int]:
        """Return the pixels of a box on the page: at least one, at the edge if the box is outside."""
        x0, y0, x1, y1 = box
        scale, inset = self._scale, rim * self._scale
        wide, high = self.bare.size
        left, right = _between(x0 * scale - self._left + inset, x1 * scale - self._left - inset, wide)
        top, bottom = _between(y0 * scale - self._top + inset, y1 * scale - self._top - inset, high)
        return (left, top, right, bottom)


def _between(start: float, end: float, size: int) -> tuple[int, int]:
    """Return the range of pixels from `start` to `end` within a picture of this size, at least one."""
    first, last = round(start), round(end)
    first = 0 if first < 0 else first if first < size else size - 1
    last = last if last < size else size
    return first, last if last > first else first + 1


def _difference(one: Image.Image, other: Image.Image) -> Image.Image:
    return brightest_part(ImageChops.difference(one, other))


def _groups(
    pairs: Sequence[tuple[int, int]], boxes: Sequence[Box], texts: Sequence[str], owners: Sequence[int]
) -> dict[int, int]:
    """Divide text objects into groups whose members do not overlap.

    Duplicates, as in simulated bold, stay in one group: removing only one of them changes nothing.
    """
    apart: dict[int, set[int]] = defaultdict(set)
    doubles: set[tuple[int, int]] = set()
    for one, other in pairs:
        first, second = sorted((owners[one], owners[other]))
        if first == second:
            continue
        if texts[one] == texts[other] and _is_double(boxes[one], boxes[other]):
            doubles.add((first, second))
        else:
            apart[first].add(second)
            apart[second].add(first)
    groups: dict[int, int] = {}
    for owner in sorted(apart):
        taken = {groups[other] for other in apart[owner] if other in groups}
        groups[owner] = min(set(range(len(taken) + 1)) - taken)
    for first, second in doubles:
        if second not in apart[first] and groups.get(first, 0) != groups.get(second, 0):
            known = groups[first] if first in groups else groups[second]
            groups[first] = groups[second] = known
    return groups


def _overlapping(boxes: Sequence[Box]) -> list[tuple[int, int]]:
    """Return the pairs of characters that overlap."""
    pairs: list[tuple[int, int]] = []
    step = 12.0
    buckets: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, box in enumerate(boxes):
        x0, y0, x1, y1 = box
        near: set[int] = set()
        for column in range(int(x0 // step), int(min(x1, x0 + 200) // step) + 1):
            for row in range(int(y0 // step), int(min(y1, y0 + 200) // step) + 1):
                near.update(buckets[column, row])
                buckets[column, row].append(place)
        pairs += [(other, place) for other in sorted(near) if _lies_over(box, boxes[other])]
    return pairs


def _lies_over(one: Box, other: Box) -> bool:
    x0, y0, x1, y1 = one
    left, top, right, bottom = other
    if x0 >= right or left >= x1 or y0 >= bottom or top >= y1:
        return False  # as for nearly all
    width, height = min(x1, right) - max(x0, left), min(y1, bottom) - max(y0, top)
    if width <= 0 or height <= 0:
        return False
    return width * height > _OVER * min((x1 - x0) * (y1 - y0), (right - left) * (bottom - top))


def _is_double(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) < 0.35 * (one[2] - one[0]) and abs(one[1] - other[1]) < 0.35 * (
        one[3] - one[1]
    )
