"""Which characters of an OFD page are visible: clips, covering areas and backgrounds, in drawing order."""

from collections import Counter
from typing import NamedTuple

from msgspec import Struct, field

from extractor.document import DoubtKind, UnreadKind
from extractor.formats.layout.containing import BoxIndex
from extractor.formats.layout.model import Box, area_of, common_box
from extractor.formats.ofd.matrix import IDENTITY, Matrix, box_around, map_point, times
from extractor.formats.ofd.package import child, children, numbers_of, text_of
from extractor.formats.ofd.resources import Rgb
from extractor.formats.ofd.text import PlacedCharacter
from extractor.formats.package import Element

WHITE: Rgb = (255.0, 255.0, 255.0)
OPAQUE = 200.0  # of 255: a less opaque object does not hide what is under it
UNSEEN = 24.0  # of 255: a less opaque object is invisible itself
_ALIKE = 24.0  # of 255: a colour that differs less from its background is invisible
_TINY = 0.53  # millimetres: smaller characters are invisible
_GONE = 0.3  # visible share of a character's ink below which it counts as hidden
_WHOLE = 0.7  # visible share from which it counts as whole
# share of characters outside their boundaries above which the producer's boundaries are wrong
_UNRELIABLE = 0.3
_WHOLLY = 0.99  # covered share from which nothing of a character is left
_NEAR = 1.0  # em
_LAYER = 0.8  # share of characters that must be hidden for a text layer under a picture
SQUARE = 8.0  # millimetres: side of the squares of the search index
_WIDE = 0.5  # share of a page that such a picture covers


class Cover(NamedTuple):
    """An area that hides what was drawn before it."""

    box: Box  # millimetres
    before: int  # number of characters drawn before it
    colour: Rgb | None  # None for a picture, pattern or gradient
    rules: int  # number of rules drawn before it
    picture: str = ""  # path of the picture in the package; "" if it is not one


class DrawnCharacter(NamedTuple):
    """A character and its colours."""

    placed: PlacedCharacter
    colour: Rgb | None  # None if unknown
    clip: Box | None
    boundary: Box | None
    odd: bool = False  # in the colours of a pattern, which may be white, or another character's glyph


class SeenCharacters(Struct):
    """Which characters of a page are visible, by their rank."""

    hidden: set[int] = field(default_factory=set)
    unsure: set[int] = field(default_factory=set)  # only partly visible
    doubts: dict[int, DoubtKind] = field(default_factory=dict)
    untrusted: dict[int, UnreadKind] = field(default_factory=dict)
    cut: set[int] = field(default_factory=set)  # hidden by the boundary alone, at which not all programs clip
    gone: list[Box] = field(default_factory=list)  # where digits are stored and not seen
    layered: bool = False  # the text lies under a picture of the page


def clip_of(item: Element, matrix: Matrix, outer: Matrix) -> Box | None:
    """Return the box on the page to which an object is clipped; None if it has no clips.

    A clip without the object's own matrix is positioned by its boundary only.
    """
    found: Box | None = None
    for clips in children(item, "Clips"):
        left, top = (*numbers_of(item.get("Boundary"))[:2], 0.0, 0.0)[:2]
        still = times((1.0, 0.0, 0.0, 1.0, left, top), outer)
        space = still if clips.get("TransFlag") == "false" else matrix
        for clip in children(clips, "Clip"):
            areas = [box for area in children(clip, "Area") if (box := _area_of(area, space))]
            if areas:
                found = _common(found, _around(areas))
    return found


def boundary_of(item: Element, outer: Matrix) -> Box | None:
    """Return the boundary of an object on the page; anything outside it is not drawn."""
    numbers = numbers_of(item.get("Boundary"))
    if len(numbers) < 4 or min(numbers[2:4]) <= 0:
        return None
    return _mapped((numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3]), outer)


def _area_of(area: Element, space: Matrix) -> Box | None:
    own = numbers_of(area.get("CTM"))
    if len(own) == 6:
        space = times((own[0], own[1], own[2], own[3], own[4], own[5]), space)
    path = child(area, "Path")
    if path is None:
        return None
    boundary = (*numbers_of(path.get("Boundary")), 0.0, 0.0)
    words = text_of(child(path, "AbbreviatedData")).replace(",", " ").split()
    numbers = numbers_of(" ".join(word for word in words if not word.isalpha()))
    points = list(zip(numbers[::2], numbers[1::2], strict=False))
    if not points:
        return None
    x0, y0, x1, y1 = box_around(points)
    return _mapped((x0 + boundary[0], y0 + boundary[1], x1 + boundary[0], y1 + boundary[1]), space)


def _mapped(box: Box, matrix: Matrix) -> Box:
    if matrix is IDENTITY:
        return box
    return box_around([map_point(x, y, matrix) for x in (box[0], box[2]) for y in (box[1], box[3])])


def _common(one: Box | None, other: Box) -> Box:
    if one is None:
        return other
    return (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))


def _around(boxes: list[Box]) -> Box:
    return box_around([point for box in boxes for point in (box[:2], box[2:])])


def seen_characters(characters: list[DrawnCharacter], covers: list[Cover], page: Box) -> SeenCharacters:
    """Determine which characters are visible: within page, clips and boundary, and not covered."""
    seen = SeenCharacters()
    bounded = _outside_boundaries(characters)
    index = BoxIndex([cover.box for cover in covers], SQUARE)
    covered = _covered(characters, covers, index)
    printed = sum(not each.placed.text.isspace() for each in characters)
    area = area_of(page)
    wide = any(cover.picture and area_of(cover.box) >= _WIDE * area for cover in covers)
    if wide and len(covered) >= _LAYER * printed > 0:
        seen.layered = True
        seen.doubts = dict.fromkeys(covered, "text-layer")
        seen.untrusted = dict.fromkeys(covered, "picture")
        return seen
    overturned = _overturned(characters)
    for rank, each in enumerate(characters):
        limits = [page, *filter(None, (each.clip, each.boundary if rank in bounded else None))]
        share = min(_share(_ink(each.placed.box), limit) for limit in limits)
        hidden = covered.get(rank, 0.0)
        if (
            share < _GONE
            or hidden > 1 - _GONE
            or _is_tiny(each)
            or _has_ground_of_its_colour(rank, each, covers, index)
        ):
            seen.hidden.add(rank)
            if share < _GONE <= _share(_ink(each.placed.box), each.clip or page):
                seen.cut.add(rank)
        elif share < _WHOLE or hidden > 1 - _WHOLE or _may_be_another(each, overturned):
            seen.unsure.add(rank)
    seen.untrusted.update(dict.fromkeys(seen.unsure, "drawing"))
    placed = (characters[rank].placed for rank in seen.hidden)
    seen.gone = [each.box for each in placed if each.text.isdigit()]
    _doubt_beside(seen, characters, covered, _hidden_beyond_doubt(seen, characters, covers, index))
    return seen


def _is_tiny(each: DrawnCharacter) -> bool:
    x0, y0, x1, y1 = each.placed.box
    return max(x1 - x0, y1 - y0) <= _TINY and each.placed.text.isalnum()


def _overturned(characters: list[DrawnCharacter]) -> int | None:
    """Return the direction of characters that are upside down relative to most others."""
    counts = Counter(each.placed.quarter for each in characters if not each.placed.text.isspace())
    usual = counts.most_common(1)[0][0] if counts else None
    return None if usual is None else (usual + 180) % 360


def _may_be_another(each: DrawnCharacter, overturned: int | None) -> bool:
    """Return whether a digit may look like another one, or be unrecognizable."""
    placed = each.placed
    odd = placed.distorted or each.odd or placed.quarter == overturned
    return odd and placed.text.isdigit()


def _outside_boundaries(characters: list[DrawnCharacter]) -> set[int]:
    """Return the characters cut by their boundary; none if the producer's boundaries are meaningless."""
    found = {
        rank
        for rank, each in enumerate(characters)
        if each.boundary
        and each.placed.stated
        and not each.placed.text.isspace()
        and _share(_ink(each.placed.box), each.boundary) < _WHOLE
    }
    return found if len(found) < _UNRELIABLE * len(characters) else set()


def _covered(characters: list[DrawnCharacter], covers: list[Cover], index: BoxIndex) -> dict[int, float]:
    """Return the covered share of each character that is covered at all."""
    found: dict[int, float] = {}
    for rank, each in enumerate(characters if covers else ()):
        most = 0.0
        if not each.placed.text.isspace():
            ink = _ink(each.placed.box)
            for number in index.near(ink):
                if rank < covers[number].before:
                    most = max(most, _share(ink, covers[number].box))
                if most >= 1.0:
                    break
        if most > 1 - _WHOLE:
            found[rank] = most
    return found


def _has_ground_of_its_colour(rank: int, each: DrawnCharacter, covers: list[Cover], index: BoxIndex) -> bool:
    if each.colour is None:
        return False
    ink = _ink(each.placed.box)
    under = (covers[number] for number in index.near(ink) if covers[number].before <= rank)
    ground = next((cover.colour for cover in under if _share(ink, cover.box) > _WHOLE), WHITE)
    return ground is not None and all(
        abs(one - other) < _ALIKE for one, other in zip(each.colour, ground, strict=True)
    )


def _doubt_beside(
    seen: SeenCharacters, characters: list[DrawnCharacter], covered: dict[int, float], sure: set[int]
) -> None:
    """Mark the characters beside those that may be invisible as doubtful."""
    hidden = sorted(seen.hidden - sure)
    index = BoxIndex([_around_character(characters[gone].placed.box) for gone in hidden], SQUARE)
    for rank, each in enumerate(characters if hidden else ()):
        if rank in seen.hidden:
            continue
        x0, y0, x1, y1 = each.placed.box
        beside = index.first_at((x0 + x1) / 2, (y0 + y1) / 2)
        if beside is not None:
            seen.doubts.setdefault(rank, "overlay" if hidden[beside] in covered else "hidden-text")
            if hidden[beside] in seen.cut and each.placed.text.isdigit():
                seen.untrusted.setdefault(rank, "cut")


def _hidden_beyond_doubt(
    seen: SeenCharacters, characters: list[DrawnCharacter], covers: list[Cover], index: BoxIndex
) -> set[int]:
    """Return the characters that are wholly under a plain opaque area, or wholly outside their clip."""
    found: set[int] = set()
    for rank in seen.hidden - seen.cut:
        each = characters[rank]
        box = each.placed.box
        over = (covers[number] for number in index.near(box) if rank < covers[number].before)
        if (each.clip and not _share(box, each.clip)) or any(
            cover.colour is not None and _share(box, cover.box) > _WHOLLY for cover in over
        ):
            found.add(rank)
    return found


def _around_character(box: Box) -> Box:
    x0, y0, x1, y1 = box
    reach = _NEAR * (y1 - y0)
    return (x0 - reach, y0 - reach / 2, x1 + reach, y1 + reach / 2)


def seen_rules(rules: list[Box], covers: list[Cover]) -> list[Box]:
    """Return the rules whose middle is not hidden by an area drawn later."""
    index = BoxIndex([cover.box for cover in covers], SQUARE)
    return [box for rank, box in enumerate(rules) if not _is_covered(box, rank, covers, index)]


def _is_covered(box: Box, rank: int, covers: list[Cover], index: BoxIndex) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(
        rank < cover.rules and cover.box[0] < x < cover.box[2] and cover.box[1] < y < cover.box[3]
        for cover in (covers[number] for number in index.near((x, y, x, y)))
    )


def _ink(box: Box) -> Box:
    """Return the approximate ink box of a character within its advance box."""
    width, height = box[2] - box[0], box[3] - box[1]
    return (box[0] + 0.1 * width, box[1] + 0.15 * height, box[2] - 0.1 * width, box[3] - 0.15 * height)


def _share(box: Box, limit: Box) -> float:
    """Return the share of a box that is within another."""
    whole, shared = area_of(box), common_box(box, limit)
    return area_of(shared) / whole if whole and shared else float(not whole)
