"""The blocks of an unruled table, each the text of one cell: a value, or a label of one or more lines."""

from itertools import pairwise

from msgspec import Struct

from extractor.formats.layout.atoms import Atom
from extractor.formats.layout.model import Box, Place, around
from extractor.patterns import kept_pattern

WRAPPED = 1.6  # em: from middle to middle of two lines of one label, at most
TIGHTER = 0.85  # lines of one label are nearer than this share of the row distance
_OPENS = kept_pattern(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]+[条章节]|其中")
_NARROW = kept_pattern(r"[!-~]")
_DIGIT = kept_pattern(r"[\d０-９.,，%]")


class Block(Struct):
    """Atoms below each other that make up one text."""

    atoms: list[Atom]
    x0: float
    x1: float
    first: int  # first column; it covers those before `end`
    end: int

    @property
    def top(self) -> float:
        """Return the upper edge."""
        return self.atoms[0].top

    @property
    def bottom(self) -> float:
        """Return the lower edge."""
        return self.atoms[-1].bottom

    @property
    def middle(self) -> float:
        """Return the y coordinate of the middle."""
        return (self.top + self.bottom) / 2

    @property
    def is_value(self) -> bool:
        """Return whether it is a value, not a label."""
        return len(self.atoms) == 1 and self.atoms[0].is_value

    @property
    def opens(self) -> bool:
        """Return whether it begins with the number of an item."""
        return _OPENS.match(self.atoms[0].text) is not None

    @property
    def text(self) -> str:
        """Return the lines as one text; numbers below each other are kept apart."""
        text = self.atoms[0].text
        for before, atom in pairwise(self.atoms):
            text += _between(text[-1], atom.text[0], beside=before.level == atom.level) + atom.text
        return text

    @property
    def places(self) -> list[Place]:
        """Return one box around its atoms for each page, as displayed."""
        pages: dict[int, list[Box]] = {}
        for atom in self.atoms:
            page, box = atom.place
            pages.setdefault(page, []).append(box)
        return [(page, around(boxes)) for page, boxes in pages.items()]

    def overlaps(self, other: "Block") -> bool:
        """True if the horizontal extents of both overlap."""
        return self.x0 < other.x1 and other.x0 < self.x1

    def add(self, atoms: list[Atom]) -> None:
        """Add atoms and sort all into reading order."""
        self.atoms = sorted([*self.atoms, *atoms], key=lambda atom: (atom.level, atom.x0))
        self.x0 = min(atom.x0 for atom in self.atoms)
        self.x1 = max(atom.x1 for atom in self.atoms)
        self.first = min(atom.first for atom in self.atoms)
        self.end = max(atom.end for atom in self.atoms)


def _between(last: str, first: str, *, beside: bool) -> str:
    if beside:
        return " "
    if _DIGIT.match(last) and _DIGIT.match(first):
        return "\n"
    return " " if _NARROW.match(last) and _NARROW.match(first) else ""


def block_of(atoms: list[Atom]) -> Block:
    """Return a block of one atom or more."""
    block = Block([], 0.0, 0.0, 0, 0)
    block.add(atoms)
    return block


def blocks_of(atoms: list[Atom], em: float, pitch: float | None) -> list[Block]:
    """Join the lines of labels that wrap; each value is a block of its own.

    Args:
        atoms: the atoms of one table, sorted by level and position.
        em: size of its characters, in points.
        pitch: smallest distance of two rows of values in points, if known.
    """
    wrap = WRAPPED * em if pitch is None else min(WRAPPED * em, TIGHTER * pitch)
    blocks: list[Block] = []
    open_blocks: list[Block] = []
    for atom in atoms:
        open_blocks = [block for block in open_blocks if atom.middle - block.atoms[-1].middle <= wrap]
        above = None if atom.is_value else _above(atom, open_blocks, em)
        if above:
            above.add([atom])
        else:
            above = block_of([atom])
            blocks.append(above)
            if not atom.is_value:
                open_blocks.append(above)
    return blocks


def _above(atom: Atom, open_blocks: list[Block], em: float) -> Block | None:
    """Return the block that the atom continues: both begin or are centred at the same position.

    The number of an item begins a text of its own.
    """
    if _OPENS.match(atom.text):
        return None
    best: Block | None = None
    for block in open_blocks:
        last = block.atoms[-1]
        aside = abs(last.x0 + last.x1 - atom.x0 - atom.x1) / 2
        if last.level == atom.level or min(aside, abs(last.x0 - atom.x0)) > em:
            continue
        if block.x0 < atom.x1 and atom.x0 < block.x1 and (best is None or last.level > best.atoms[-1].level):
            best = block
    return best
