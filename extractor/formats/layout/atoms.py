"""Splits the lines of an unruled table into atoms: the smallest pieces that belong together visually."""

from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct

from extractor.formats.layout.lines import box_of, fragments_of
from extractor.formats.layout.model import Box, Glyph, Ink, PageLine, Place
from extractor.patterns import kept_pattern

TIGHT_GAP = 0.5  # em: a wider gap separates columns, a narrower one is inside a word
LEVEL = 0.25  # em: atoms whose middles differ by less are on one level (line)
SEAM = 0.9  # em: distance assumed between the last line of a page and the first of the next

# A number with its sign, a short unit and a remark in parentheses, or a mark for nothing.
_VALUE = kept_pattern(
    r"[-+－−＋﹣‐‑‒–—―─]?\d[\d,，]*(?:[.．]\d+)?[%％]?[^\W\d_]{0,2}(?:[（(].*[）)])?|[-－−—–―─/／\\*无]+"
)
_IDEOGRAPH = kept_pattern(r"[一-鿿]")


class Atom(Struct):
    """Characters without a gap between them.

    `top` and `bottom` are heights on all pages of the table placed below each other; the box is that on its
    page.
    """

    text: str
    ink: Ink
    box: Box
    top: float
    bottom: float
    level: int = 0  # atoms on the same level are beside each other
    first: int = 0  # first column that it covers …
    end: int = 0  # … and the first one to its right

    @property
    def x0(self) -> float:
        """Return the left edge."""
        return self.box[0]

    @property
    def x1(self) -> float:
        """Return the right edge."""
        return self.box[2]

    @property
    def middle(self) -> float:
        """Return the y coordinate of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def is_value(self) -> bool:
        """Return whether it can be a value: a number, or a mark for nothing."""
        return is_value(self.text)

    @property
    def place(self) -> Place:
        """Return the page and the box as displayed."""
        return (self.ink.page, self.ink.as_displayed(self.box))


def is_value(text: str) -> bool:
    """Return whether a text can be a value: a number, or a mark for nothing."""
    return _VALUE.fullmatch(text) is not None


def has_number(text: str) -> bool:
    """Return whether a text is a number with signs or a few letters around it, as in amounts and shares."""
    return any(char.isdigit() for char in text) and _IDEOGRAPH.search(text) is None


def atoms_of(lines: list[PageLine]) -> list[Atom]:
    """Return the atoms of consecutive lines by level from top to bottom, each from left to right."""
    atoms: list[Atom] = []
    shift = bottom = 0.0
    for before, line in zip([lines[0], *lines], lines, strict=False):
        if before.ink is not line.ink:
            shift = bottom + SEAM * line.size - line.box[1]
        pieces = _pieces(line, shift)
        bottom = max([bottom, *(piece.bottom for piece in pieces)])
        atoms += pieces
    atoms = _join_split_atoms(sorted(atoms, key=lambda atom: atom.middle))
    _set_levels(atoms)
    return sorted(atoms, key=lambda atom: (atom.level, atom.x0))


def _pieces(line: PageLine, shift: float) -> list[Atom]:
    pieces = []
    for row in _levels(list(line.glyphs)):
        for fragment in fragments_of(row, TIGHT_GAP):
            inside = [g for g in row if fragment.x0 <= g.x0 and g.x1 <= fragment.x1 and not g.text.isspace()]
            box = box_of(inside)
            pieces.append(Atom(fragment.text, line.ink, box, box[1] + shift, box[3] + shift))
    return pieces


def _levels(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Split a line into levels: glyphs half a line higher or lower belong to a wrapped label."""
    rows: list[list[Glyph]] = []
    limit = float("-inf")
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y0 + glyph.y1):
        if (glyph.y0 + glyph.y1) / 2 > limit:
            rows.append([])
            limit = (glyph.y0 + glyph.y1) / 2 + LEVEL * (glyph.y1 - glyph.y0)
        rows[-1].append(glyph)
    return [sorted(row) for row in rows]


def _join_split_atoms(atoms: list[Atom]) -> list[Atom]:
    """Join atoms that touch on one level but were read as two lines."""
    kept: list[Atom] = []
    for atom in atoms:
        for other in reversed(kept):
            if atom.middle - other.middle > LEVEL * (atom.bottom - atom.top):
                kept.append(atom)
                break
            if other.ink is atom.ink and _touch(other, atom):
                _join(other, atom)
                break
        else:
            kept.append(atom)
    return kept


def _touch(one: Atom, other: Atom) -> bool:
    gap = max(one.x0, other.x0) - min(one.x1, other.x1)
    return gap < TIGHT_GAP * (other.bottom - other.top)


def _join(one: Atom, other: Atom) -> None:
    left, right = sorted((one, other), key=lambda atom: atom.x0)
    one.text = left.text + right.text
    one.top, one.bottom = min(one.top, other.top), max(one.bottom, other.bottom)
    one.box = (
        left.box[0],
        min(one.box[1], other.box[1]),
        max(left.box[2], right.box[2]),
        max(one.box[3], other.box[3]),
    )


def _set_levels(atoms: list[Atom]) -> None:
    level = 0
    for before, atom in pairwise(atoms):
        level += atom.middle - before.middle > LEVEL * (atom.bottom - atom.top)
        atom.level = level


def by_level(atoms: Iterable[Atom]) -> list[list[Atom]]:
    """Group atoms, sorted by level and place, into their levels."""
    levels: list[list[Atom]] = []
    for atom in atoms:
        if not levels or levels[-1][0].level != atom.level:
            levels.append([])
        levels[-1].append(atom)
    return levels
