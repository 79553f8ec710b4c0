"""Adds the doubts about characters to the cells and paragraphs that contain them."""

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from msgspec import structs

from extractor.document import Block, Cell, DoubtKind, Locator, Paragraph, Table, Unread, UnreadKind
from extractor.formats.layout.model import Box, Ink

_Part = TypeVar("_Part", Cell, Paragraph)


class _Told(NamedTuple):
    """A doubtful character: the middle of its box as displayed, and the reason."""

    x: float
    y: float
    doubt: DoubtKind | None
    unread: UnreadKind | None


def with_doubts(blocks: list[Block], inks: Iterable[Ink]) -> list[Block]:
    """Return the blocks; each cell and paragraph gets the doubts about its characters.

    If a character may look different from its code, its cell counts as unread: the text is a guess.
    """
    pages: dict[int, list[_Told]] = {}
    for ink in inks:
        if ink.doubts or ink.untrusted:
            pages.setdefault(ink.page, []).extend(_told(ink))
    return [_block(block, pages) for block in blocks] if pages else blocks


def _told(ink: Ink) -> list[_Told]:
    return [
        _middle(ink.as_displayed(glyph[:4]), ink.doubts.get(glyph.order), ink.untrusted.get(glyph.order))
        for glyph in ink.glyphs
        if glyph.order in ink.doubts or glyph.order in ink.untrusted
    ]


def _middle(box: Box, doubt: DoubtKind | None, unread: UnreadKind | None) -> _Told:
    return _Told((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, doubt, unread)


def _block(block: Block, pages: dict[int, list[_Told]]) -> Block:
    if isinstance(block, Table):
        return structs.replace(block, cells=tuple(_part(cell, pages) for cell in block.cells))
    return _part(block, pages)


def _part(part: _Part, pages: dict[int, list[_Told]]) -> _Part:
    found = [
        each
        for place in (part.locator, *part.locator.more)
        for each in pages.get(place.page or 0, ())
        if _holds(place, each)
    ]
    if not found:
        return part
    doubt = part.doubt or next((each.doubt for each in found if each.doubt), None)
    kind = next((each.unread for each in found if each.unread), None)
    unread = (*part.unread, Unread(kind, part.text)) if kind and part.text else part.unread
    return structs.replace(part, doubt=doubt, unread=unread)


def _holds(place: Locator, told: _Told) -> bool:
    box = place.bbox
    return box is not None and box[0] <= told.x <= box[2] and box[1] <= told.y <= box[3]
