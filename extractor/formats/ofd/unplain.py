"""OFD pages that may look different from their text: covering areas, and pictures or drawings in cells."""

import io
from collections.abc import Callable
from functools import partial

from PIL import Image

from extractor.document import UnreadKind
from extractor.formats.layout.containing import BoxIndex
from extractor.formats.layout.model import Box, Ink, area_of, common_box
from extractor.formats.layout.overprinted import overprinted_digits, share_of_overlap
from extractor.formats.ofd.matrix import POINTS
from extractor.formats.ofd.package import OfdPackage
from extractor.formats.ofd.page import OfdSheet, ink_of
from extractor.formats.ofd.painted import SQUARE, Cover, SeenCharacters, seen_characters, seen_rules
from extractor.formats.picture_number import number_in_file
from extractor.formats.pixels import has_dark_ink

_DAMAGE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
_FITS = 0.6  # share of an object inside a cell from which it belongs to the cell
_OVERPRINTED = 0.6  # share of a digit covered by another one
_WHOLE = 0.9  # share of a picture inside a cell from which the cell shows all of it
_RIM = 0.08  # share of a cell's sides that its rules may cover
_LEAST = 3.0  # points: smaller pictures are spacers

Stranger = Callable[[Box, bool], UnreadKind | None]


def ink_shown(
    package: OfdPackage, sheet: OfdSheet, page: int, width: float, height: float
) -> tuple[Ink, SeenCharacters]:
    """Return the visible ink of a page (its size in millimetres), and the visibility of its characters."""
    covers = _hiding(package, sheet)
    seen = seen_characters(sheet.drawn, covers, (0.0, 0.0, width, height))
    sheet.rules = seen_rules(sheet.rules, covers)
    ink = ink_of(sheet, seen, page, width, height)
    over = overprinted_digits(
        ink.glyphs, lambda one, other: share_of_overlap(one[:4], other[:4]) > _OVERPRINTED
    )
    ink.untrusted.update(dict.fromkeys(over, "drawing"))
    if not ink.turn:
        ink.stranger = _stranger(package, sheet, seen.gone)
        if sheet.pictures:
            ink.number_drawn = partial(_number_in, package, sheet)
    return ink, seen


def _hiding(package: OfdPackage, sheet: OfdSheet) -> list[Cover]:
    """Return the areas that hide what is under them; of pictures only opaque ones over characters."""
    if not any(cover.picture for cover in sheet.covers):
        return sheet.covers
    middles = [((x0 + x1) / 2, (y0 + y1) / 2) for x0, y0, x1, y1 in (each.placed.box for each in sheet.drawn)]
    index = BoxIndex([(*middle, *middle) for middle in middles], SQUARE)

    def hides(cover: Cover) -> bool:
        x0, y0, x1, y1 = cover.box
        under = (middles[rank] for rank in index.near(cover.box) if rank < cover.before)
        return any(x0 < x < x1 and y0 < y < y1 for x, y in under) and _is_opaque(package, cover.picture)

    return [cover for cover in sheet.covers if not cover.picture or hides(cover)]


def _is_opaque(package: OfdPackage, picture: str) -> bool:
    image = _opened(package, picture)
    return image is not None and "A" not in image.getbands() and "transparency" not in image.info


def _opened(package: OfdPackage, path: str) -> Image.Image | None:
    data = package.bytes_of(path) if path else None
    if data is None:
        return None
    try:
        return Image.open(io.BytesIO(data))
    except _DAMAGE:
        return None


def _stranger(package: OfdPackage, sheet: OfdSheet, gone: list[Box]) -> Stranger | None:
    found: list[tuple[Box, UnreadKind, str]] = [(_in_points(box), kind, "") for box, kind in sheet.strangers]
    found += [(_in_points(picture.box), "picture", picture.path) for picture in sheet.pictures]
    found += [(_in_points(box), "covered", "") for box in gone]
    found = [each for each in found if each[1] != "picture" or _least_side(each[0]) >= _LEAST]
    index = BoxIndex([box for box, _, _ in found])
    return partial(_stranger_in, package, found, index) if found else None


def _in_points(box: Box) -> Box:
    return (box[0] * POINTS, box[1] * POINTS, box[2] * POINTS, box[3] * POINTS)


def _least_side(box: Box) -> float:
    return min(box[2] - box[0], box[3] - box[1])


def _stranger_in(
    package: OfdPackage,
    strangers: list[tuple[Box, UnreadKind, str]],
    index: BoxIndex,
    cell: Box,
    filled: bool,
) -> UnreadKind | None:
    """Return the foreign content of a cell: an object that fits into it, or a dark part of a picture."""
    for box, kind, path in map(strangers.__getitem__, sorted(index.near(cell))):
        shared = common_box(box, cell)
        if shared is None:
            continue
        if kind == "covered" and filled:
            continue  # beside what is seen: said of that
        if area_of(shared) >= _FITS * area_of(box):
            return kind
        if path and not filled and _is_dark(package, path, box, shared):
            return kind
    return None


def _number_in(package: OfdPackage, sheet: OfdSheet, cell: Box) -> str | None:
    """Return the number that the only picture in a cell shows, if it lies within the cell."""
    inside = [each for each in sheet.pictures if common_box(_in_points(each.box), cell)]
    if len(inside) != 1 or area_of(_in_points(inside[0].box)) == 0:
        return None
    box = _in_points(inside[0].box)
    shared = common_box(box, cell)
    data = package.bytes_of(inside[0].path)
    if data is None or shared is None or area_of(shared) < _WHOLE * area_of(box):
        return None
    return number_in_file(data)


def _is_dark(package: OfdPackage, path: str, box: Box, part: Box) -> bool:
    """Return whether the part of a picture in a cell is as dark as text."""
    image = _opened(package, path)
    if image is None:
        return False
    across, down = image.width / (box[2] - box[0]), image.height / (box[3] - box[1])
    rim_x, rim_y = _RIM * (part[2] - part[0]), _RIM * (part[3] - part[1])
    left, top = round((part[0] + rim_x - box[0]) * across), round((part[1] + rim_y - box[1]) * down)
    right, bottom = round((part[2] - rim_x - box[0]) * across), round((part[3] - rim_y - box[1]) * down)
    try:
        return has_dark_ink(
            image.convert("RGB").crop((left, top, max(right, left + 1), max(bottom, top + 1)))
        )
    except _DAMAGE:
        return False
