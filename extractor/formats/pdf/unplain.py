"""Handles pages that may look different from their text; renders them only if there are signs of that.

Invisible characters are removed. Characters beside them, in annotations, faint or cut off are marked as
doubtful or unread. Pictures and drawings in cells are passed on to the layout code.
"""

from collections.abc import Callable
from functools import partial
from math import degrees

import pypdfium2
from msgspec import Struct, field
from PIL import Image

from extractor.document import DoubtKind, UnreadKind
from extractor.formats.layout.containing import BoxIndex
from extractor.formats.layout.model import Box, Glyph, Ink, area_of, around, common_box
from extractor.formats.layout.overprinted import overprinted_digits, share_of_overlap
from extractor.formats.pdf import calls
from extractor.formats.pdf.annotations import Place
from extractor.formats.pdf.look import Look
from extractor.formats.pdf.painted import Painted, painted_of, printed_on
from extractor.formats.pdf.paths import Paths
from extractor.formats.pdf.proofs import unproven_digits
from extractor.formats.pdf.signs import Stranger
from extractor.formats.pdf.view import PageTurn

_STEEP = 5.0  # degrees from the direction of the page's text
_LAYER = 0.8  # share of a page's characters that must be hidden for a text layer over a picture
WIDE = 0.5  # share of a page that such a picture covers
_FITS = 0.6  # share of an object inside a cell from which it belongs to the cell
_OVERPRINTED = 0.3  # share of a digit's ink under another digit
_NEAR = 1.0  # em: characters nearer than this to an invisible one are doubtful


class Unplain(Struct):
    """What was found on a page: counts of hidden, tilted and doubtful characters, and other signs."""

    hidden: int = 0  # not painted, and left out
    aslant: int = 0  # running aslant as a watermark does, and left out
    unproven: int = 0  # digits whose font draws other ones, or that ActualText replaces
    lying: set[int] = field(default_factory=set)  # these digits, by their rank
    layered: bool = False  # the text lies under or over a picture of the page: another program's guess
    annotated: bool = False  # annotations were drawn into the page
    again: bool = False  # text objects were removed from the page: its characters must be read again
    bare: Image.Image | None = None  # the page without text, until its characters have been read again
    gone: list[tuple[Box, DoubtKind]] = field(default_factory=list)  # around what is not painted
    digits: list[Box] = field(default_factory=list)  # of digits that are not painted


def set_apart(
    page: pypdfium2.PdfPage,
    ink: Ink,
    paths: Paths,
    view: PageTurn,
    places: list[Place],
    before: Unplain | None = None,
) -> Unplain:
    """Examine a page if needed, and keep only visible characters in its ink.

    Args:
        page: still open.
        ink: changed in place.
        paths: of the page.
        view: of the upright page.
        places: of its annotations.
        before: the result of the first examination, if this is the second.
    """
    found = before or Unplain(annotated=bool(places))
    signs = paths.signs
    if signs.aslant:
        found.aslant += _leave_out(ink, _aslant(page, ink.glyphs, ink.tilt))
    unproven = unproven_digits(page, ink, signs, paths.texts)
    ink.untrusted.update(dict.fromkeys(unproven, "drawing"))
    found.unproven += len(unproven)
    found.lying = unproven
    ink.untrusted.update(dict.fromkeys(_overprinted(page, ink.glyphs), "drawing"))
    strangers = _within_rules(ink, [(view.box(*each.box), each) for each in signs.strangers])
    if signs.needs_a_look or strangers:
        look = Look(page, paths.texts, bare=found.bare)
        found.bare = None
        if signs.needs_a_look:
            _leave_painted(page, look, ink, paths, view, found)
            if found.again and before is None:
                found.bare = look.bare
                return found
        # Of the ink only the sheet is kept: two that refer to each other would keep the page's pictures until
        # Python looks for garbage, which is several documents later.
        sheet = Ink(ink.page, ink.width, ink.height, [], [], ink.turn, tilt=ink.tilt)
        if strangers:
            ink.stranger = partial(_stranger_in, look, sheet, strangers)
            ink.number_drawn = partial(_number_in, look, sheet)
        if found.gone and ink.rules:
            ink.stranger = partial(_cover_in, look, sheet, found, ink.stranger)
    _doubt_within(ink, [*found.gone, *((view.box(*place.box), place.doubt) for place in places)])
    unread = [(view.box(*place.box), place.unread) for place in places if place.unread]
    if unread:
        ink.stranger = partial(_annotation_in, unread, ink.stranger)
    return found


def _leave_painted(
    page: pypdfium2.PdfPage, look: Look, ink: Ink, paths: Paths, view: PageTurn, found: Unplain
) -> None:
    printed = printed_on(page, ink.glyphs, paths.texts, view.turned(-view.turn))
    painted = painted_of(look, printed, paths.texts)
    ink.untrusted.update(dict.fromkeys(painted.unsure, "drawing"))
    if _is_layered(ink, painted, paths.signs.strangers):
        found.layered = True
        ink.doubts.update(dict.fromkeys(painted.hidden, "text-layer"))
        ink.untrusted.update(dict.fromkeys(painted.hidden - painted.invisible, "picture"))
        return
    gone = [glyph for glyph in ink.glyphs if glyph.order in painted.hidden]
    found.hidden += _leave_out(ink, painted.hidden)
    found.digits += [glyph[:4] for glyph in gone if glyph.text.isdigit()]
    for glyph in gone:
        reach = _NEAR * (glyph.y1 - glyph.y0)
        near = (glyph.x0 - reach, glyph.y0 - reach / 2, glyph.x1 + reach, glyph.y1 + reach / 2)
        found.gone.append((near, "hidden-text" if glyph.order in painted.invisible else "overlay"))
    lost = set(printed.owners) - {
        owner
        for glyph, owner in zip(printed.glyphs, printed.owners, strict=True)
        if glyph.order not in painted.hidden
    }
    found.again = _put_out(paths, lost)


def _put_out(paths: Paths, places: set[int]) -> bool:
    """Remove text objects from the page; return whether there were any."""
    for place in places - {-1}:
        calls.set_active(paths.texts[place], False)
    paths.texts = [item for place, item in enumerate(paths.texts) if place not in places]
    return bool(places - {-1})


def _aslant(page: pypdfium2.PdfPage, glyphs: list[Glyph], tilt: float) -> set[int]:
    """Return the characters whose line is neither parallel nor perpendicular to the page's text."""
    found: set[int] = set()
    textpage = page.get_textpage()
    try:
        address = calls.address_of(textpage.raw)
        for glyph in glyphs:
            angle = degrees(calls.character_angle(address, glyph.order)) - tilt
            if abs((angle + 45) % 90 - 45) > _STEEP:
                found.add(glyph.order)
    finally:
        textpage.close()
    return found


def _leave_out(ink: Ink, orders: set[int]) -> int:
    """Drop characters from the ink; return how many of them are not blanks."""
    if not orders:
        return 0
    gone = [glyph for glyph in ink.glyphs if glyph.order in orders and not glyph.text.isspace()]
    ink.glyphs = [glyph for glyph in ink.glyphs if glyph.order not in orders]
    ink.hidden += gone
    return len(gone)


def _overprinted(page: pypdfium2.PdfPage, glyphs: list[Glyph]) -> set[int]:
    """Return the digits that are printed over others, judged by the boxes of their ink."""
    pairs = overprinted_digits(glyphs, lambda one, other: True)
    if not pairs:
        return set()
    textpage = page.get_textpage()
    try:
        inks = {
            glyph.order: (left, bottom, right, top)
            for glyph in glyphs
            if glyph.order in pairs
            for left, bottom, right, top in [textpage.get_charbox(glyph.order)]
        }
    finally:
        textpage.close()
    return overprinted_digits(
        [glyph for glyph in glyphs if glyph.order in inks],
        lambda one, other: share_of_overlap(inks[one.order], inks[other.order]) > _OVERPRINTED,
    )


def _within_rules(ink: Ink, strangers: list[tuple[Box, Stranger]]) -> list[tuple[Box, Stranger]]:
    """Return the objects that may be in a cell of a ruled table."""
    if not ink.rules or not strangers:
        return []
    left, top, right, bottom = around(ink.rules)
    return [
        (box, each)
        for box, each in strangers
        if box[0] < right and left < box[2] and box[1] < bottom and top < box[3]
    ]


def _is_layered(ink: Ink, painted: Painted, strangers: list[Stranger]) -> bool:
    """Return whether the text of the page is a layer over or under one picture of it."""
    printed = sum(not glyph.text.isspace() for glyph in ink.glyphs)
    if len(painted.hidden) < _LAYER * printed:
        return False
    area = ink.width * ink.height
    sizes = [area_of(box) for box, kind in strangers if kind == "picture"]
    return max(sizes, default=0.0) >= WIDE * area


def _doubt_within(ink: Ink, places: list[tuple[Box, DoubtKind]]) -> None:
    """Mark the characters in these areas as doubtful, with the reason of the first such area."""
    if not places:
        return
    places = list(dict.fromkeys(places))  # the same text may be hidden many times in one place
    index = BoxIndex([box for box, _ in places])
    for glyph in ink.glyphs:
        first = index.first_at((glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2)
        if first is not None and not glyph.text.isspace():
            ink.doubts.setdefault(glyph.order, places[first][1])


def _stranger_in(
    look: Look, sheet: Ink, strangers: list[tuple[Box, Stranger]], cell: Box, filled: bool
) -> UnreadKind | None:
    """Return the kind of object in a cell: one that fits into it, or a part of a larger one.

    A part of a larger one only counts if it is as dark as text: watermarks are light, seals are red.
    """
    for box, stranger in strangers:
        shared = common_box(box, cell)
        if shared is None or min(shared[2] - shared[0], shared[3] - shared[1]) < 1:
            continue
        fits = area_of(shared) >= _FITS * area_of(box)
        if filled and not fits:
            continue
        if look.has_ink(sheet.as_displayed(cell), dark=not fits):
            return stranger.kind
    return None


def _number_in(look: Look, sheet: Ink, cell: Box) -> str | None:
    return look.number_in(sheet.as_displayed(cell)) if not (sheet.turn or sheet.tilt) else None


def _cover_in(
    look: Look,
    sheet: Ink,
    found: Unplain,
    stranger: Callable[[Box, bool], UnreadKind | None] | None,
    cell: Box,
    filled: bool,
) -> UnreadKind | None:
    """Return what lies in a cell; "drawing" where a black box or the like hides its text."""
    kind = stranger(cell, filled) if stranger else None
    if kind or filled or not any(common_box(box, cell) for box, _ in found.gone):
        return kind
    shown = sheet.as_displayed(cell)
    if look.has_ink(shown, dark=False) or look.is_dark(shown):
        return "drawing"
    return "covered" if any(_fits_in(box, cell) for box in found.digits) else None


def _fits_in(box: Box, cell: Box) -> bool:
    return cell[0] < (box[0] + box[2]) / 2 < cell[2] and cell[1] < (box[1] + box[3]) / 2 < cell[3]


def _annotation_in(
    places: list[tuple[Box, UnreadKind]],
    stranger: Callable[[Box, bool], UnreadKind | None] | None,
    cell: Box,
    filled: bool,
) -> UnreadKind | None:
    """Return the kind of an annotation in a cell that displays something that was not read."""
    for box, kind in places:
        if _fits_in(box, cell):
            return kind
    return stranger(cell, filled) if stranger else None
