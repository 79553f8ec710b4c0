"""What the styles of a Word file define for a paragraph: heading level, list, hidden text."""

import re

from msgspec import Struct

from extractor.formats.docx.package import VAL, W
from extractor.formats.package import Element
from extractor.patterns import kept_pattern

_HEADING = kept_pattern(r"(?:heading|标题)\s*([1-9])\Z", re.IGNORECASE)
_TITLES = ("title", "标题")
_BODY_LEVEL = 9  # w:outlineLvl of running text


class ParagraphStyle(Struct, frozen=True):
    """A paragraph style with everything that it inherits."""

    level: int | None = None  # 1-9 for a heading, 0 for a title
    num_id: str | None = None
    ilvl: int | None = None
    ids: tuple[str, ...] = ()  # the style and its ancestors, nearest first
    hidden: bool = False


PPR, PSTYLE, NUMPR, _OUTLINE, _RPR = (W + name for name in ("pPr", "pStyle", "numPr", "outlineLvl", "rPr"))
DEL, MOVE_FROM, VANISH, SPEC_VANISH = (W + name for name in ("del", "moveFrom", "vanish", "specVanish"))
_ASKED_OF_PARAGRAPHS = frozenset((PSTYLE, NUMPR, _OUTLINE, _RPR))
ASKED_OF_MARKS = frozenset((DEL, MOVE_FROM, VANISH, SPEC_VANISH))
_BIDI = f"{W}bidiVisual"


class Properties(Struct, frozen=True):
    """What a paragraph's own properties define, apart from its style."""

    style: str | None = None  # the style's id
    listed: Element | None = None  # w:numPr
    outline: str | None = None
    deleted: bool = False  # its paragraph mark is deleted, so the next paragraph joins it
    hidden: bool = False  # its paragraph mark is hidden, so Word does not number it


NO_PROPERTIES = Properties()


class Styles:
    """The style part; styles are resolved on demand and cached."""

    def __init__(self, root: Element | None) -> None:
        """Take the root of the style part; None means that the file has no styles."""
        self._elements: dict[str, Element] = {}
        self.default: str | None = None  # the default paragraph style
        self._resolved: dict[str | None, ParagraphStyle] = {}
        for element in () if root is None else root.iterfind(f"{W}style"):
            style_id = element.get(f"{W}styleId", "")
            self._elements[style_id] = element
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on"):
                self.default = style_id
        defaults = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.run_defaults = [] if defaults is None else [defaults]
        self.any_hidden = root is not None and next(root.iter(f"{W}vanish"), None) is not None
        self.any_mirrored = root is not None and next(root.iter(_BIDI), None) is not None

    def paragraph(self, style_id: str | None) -> ParagraphStyle:
        """Return a paragraph style by id; None or an unknown id means the default style."""
        known = self._resolved.get(style_id)
        if known is None:
            own = style_id if style_id in self._elements else self.default
            known = self._resolved[style_id] = self._resolve(self.ancestry(own))
        return known

    def hides(self, style_id: str | None) -> bool:
        """Return whether a character style hides its text."""
        return self.any_hidden and _hidden(self.ancestry(style_id))

    def mirrors(self, table: Element) -> bool:
        """Return whether the columns of a w:tbl run from right to left."""
        own = table.find(f"{W}tblPr")
        if own is None:
            return False
        stated = own.find(_BIDI)
        if stated is None and self.any_mirrored:
            styles = self.ancestry(value_of(own, "tblStyle"))
            found = (each.find(f"{W}tblPr/{_BIDI}") for each in styles)
            stated = next((each for each in found if each is not None), None)
        return is_on(stated)

    def numbering_of(self, style_id: str | None) -> str | None:
        """Return the list id of a numbering style."""
        return self.paragraph(style_id).num_id if style_id in self._elements else None

    def ancestry(self, style_id: str | None) -> list[Element]:
        """Return a style and those that it is based on, nearest first."""
        line: list[Element] = []
        seen = set()
        while style_id is not None and style_id in self._elements and style_id not in seen:
            seen.add(style_id)
            line.append(self._elements[style_id])
            style_id = value_of(line[-1], "basedOn")
        return line

    def _resolve(self, line: list[Element]) -> ParagraphStyle:
        num_id, ilvl = _list_of(line)
        return ParagraphStyle(
            level=_style_level(line),
            num_id=num_id,
            ilvl=ilvl,
            ids=tuple(each.get(f"{W}styleId", "") for each in line),
            hidden=self.any_hidden and _hidden(line),
        )


def value_of(element: Element | None, *path: str) -> str | None:
    """Return the w:val of the descendant at a path of local names; None if it is absent."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    if element is None:
        return None
    value: str | None = element.get(VAL)
    return value


def whole_number(text: str | None) -> int | None:
    """Return the text as an integer of reasonable size; None if it is not one.

    >>> whole_number("3"), whole_number("three"), whole_number(None)
    (3, None, None)
    """
    try:
        return None if text is None else max(-(2**31), min(int(text), 2**31))
    except ValueError:
        return None


def is_on(element: Element | None) -> bool:
    """Return whether a toggle element is present and not switched off."""
    return element is not None and element.get(VAL, "1") in ("1", "true", "on")


def outline_level(text: str | None) -> int | None:
    """Convert a w:outlineLvl (0-based, 9 is running text) to a heading level (1-9)."""
    number = whole_number(text)
    return number + 1 if number is not None and 0 <= number < _BODY_LEVEL else None


def properties_in(element: Element, tag: str) -> Element | None:
    """Return the child with this tag, which the format puts first; None if there is none."""
    if not len(element):
        return None
    first = element[0]
    if first.tag == tag:
        return first
    return next(element.iterchildren(tag), None) if len(element) > 1 else None


def read_properties(paragraph: Element) -> Properties:
    """Return the properties in the w:pPr of a w:p, ignoring tracked changes."""
    stated = properties_in(paragraph, PPR)
    if stated is None:
        return NO_PROPERTIES
    # One pass; looking up each child, or searching for several tags, takes twice as long.
    found: dict[str, Element] = {tag: each for each in stated if (tag := each.tag) in _ASKED_OF_PARAGRAPHS}
    if not found:
        return NO_PROPERTIES
    style, outline, mark = found.get(PSTYLE), found.get(_OUTLINE), found.get(_RPR)
    marks = {} if mark is None else {tag: each for each in mark if (tag := each.tag) in ASKED_OF_MARKS}
    return Properties(
        style=None if style is None else style.get(VAL),
        listed=found.get(NUMPR),
        outline=None if outline is None else outline.get(VAL),
        deleted=DEL in marks or MOVE_FROM in marks,
        # With w:specVanish the hidden mark only separates two styles on one line.
        hidden=SPEC_VANISH not in marks and is_on(marks.get(VANISH)),
    )


def level_of(properties: Properties, style: ParagraphStyle) -> int | None:
    """Return the heading level of a paragraph: its title style, its own w:outlineLvl, its style's."""
    own = properties.outline
    return style.level if own is None or style.level == 0 else outline_level(own)


def _style_level(line: list[Element]) -> int | None:
    for style in line:
        name = (value_of(style, "name") or "").strip()
        if name.lower() in _TITLES:
            return 0
        outline = value_of(style, "pPr", "outlineLvl")
        if outline is not None:
            return outline_level(outline)
        heading = _HEADING.match(name)
        if heading:
            return int(heading[1])
    return None


def _list_of(line: list[Element]) -> tuple[str | None, int | None]:
    num_id = ilvl = None
    for style in line:
        if ilvl is None:
            ilvl = whole_number(value_of(style, "pPr", "numPr", "ilvl"))
        num_id = value_of(style, "pPr", "numPr", "numId")
        if num_id is not None:
            break
    return num_id, ilvl


def _hidden(line: list[Element]) -> bool:
    for style in line:
        properties = style.find(f"{W}rPr")
        vanish = None if properties is None else properties.find(f"{W}vanish")
        if vanish is not None:
            return is_on(vanish)
    return False
