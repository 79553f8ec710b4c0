"""Finds the columns of an unruled table from the positions of its atoms alone."""

from bisect import bisect_right
from itertools import pairwise

from msgspec import Struct

from extractor.formats.layout.atoms import Atom, by_level

OVER = 0.2  # em: atoms overlap horizontally if by more than this


class Band(Struct):
    """The horizontal extent of a column, from the leftmost to the rightmost point of its atoms."""

    x0: float
    x1: float
    is_value: bool = False


def bands_of(atoms: list[Atom], em: float) -> list[Band]:
    """Return the columns from left to right, and set the columns of each atom.

    Args:
        atoms: the atoms of one table, sorted by level and position.
        em: size of its characters, in points.
    """
    levels = by_level(atoms)
    beside, alone = _beside_and_alone(levels)
    across = _Spans(_neighbours(levels), OVER * em)
    bands = _bands_over([(atom.x0, atom.x1) for atom in beside if not across.covers(atom)])
    bands = _bands_over([(band.x0, band.x1) for band in bands] + _lonely(alone, bands, across))
    for atom in atoms:
        atom.first, atom.end = _columns(atom, bands, OVER * em)
    _tell_values(atoms, bands)
    return bands


def _beside_and_alone(levels: list[list[Atom]]) -> tuple[list[Atom], list[Atom]]:
    """Return the atoms that have others beside them, and those alone on their level."""
    beside = [atom for level in levels for atom in level if len(level) > 1]
    alone = [atom for level in levels for atom in level if len(level) == 1]
    return beside, alone


def _neighbours(levels: list[list[Atom]]) -> list[tuple[Atom, Atom]]:
    """Return the pairs that are beside each other, also if one is half a line higher."""
    pairs = [pair for level in levels for pair in pairwise(level)]
    for level, below in pairwise(levels):
        if below[0].top < level[0].bottom - OVER * (below[0].bottom - below[0].top):
            both = sorted([*level, *below], key=lambda atom: atom.x0)
            pairs += [(left, right) for left, right in pairwise(both) if left.x1 < right.x0]
    return pairs


class _Spans:
    """Recognizes atoms that span two others beside each other."""

    def __init__(self, pairs: list[tuple[Atom, Atom]], over: float) -> None:
        self._over = over
        gaps = sorted((left.x1, right.x0) for left, right in pairs)
        self._lefts = [left for left, _ in gaps]
        self._nearest = [right for _, right in gaps]
        for place in range(len(gaps) - 2, -1, -1):
            self._nearest[place] = min(self._nearest[place], self._nearest[place + 1])

    def covers(self, atom: Atom) -> bool:
        """True if the atom spans a gap and part of the neighbours on both sides of it."""
        place = bisect_right(self._lefts, atom.x0 + self._over)
        return place < len(self._lefts) and self._nearest[place] < atom.x1 - self._over


def _bands_over(intervals: list[tuple[float, float]]) -> list[Band]:
    bands: list[Band] = []
    for x0, x1 in sorted(intervals):
        if bands and x0 < bands[-1].x1:
            bands[-1].x1 = max(bands[-1].x1, x1)
        else:
            bands.append(Band(x0, x1))
    return bands


def _lonely(alone: list[Atom], bands: list[Band], across: _Spans) -> list[tuple[float, float]]:
    """Return the extents of columns made by atoms that are alone on their level and above no column.

    An atom between the middles of two columns is a label above both; one left of all columns, or several
    below each other, form a column.
    """
    free = [
        (atom.x0, atom.x1)
        for atom in alone
        if not across.covers(atom) and all(atom.x1 <= band.x0 or band.x1 <= atom.x0 for band in bands)
    ]
    stripes = _bands_over(free)
    return [
        (stripe.x0, stripe.x1)
        for stripe in stripes
        if not bands
        or stripe.x1 <= bands[0].x0
        or (stripe.x1 <= _first_value_edge(bands) and sum(stripe.x0 <= x < stripe.x1 for x, _ in free) > 1)
    ]


def _first_value_edge(bands: list[Band]) -> float:
    return bands[-1].x0


def _columns(atom: Atom, bands: list[Band], over: float) -> tuple[int, int]:
    """Return the columns that an atom overlaps, or those around the gap that it is in."""
    reach = min(over, (atom.x1 - atom.x0) / 4)
    under = [n for n, band in enumerate(bands) if band.x0 < atom.x1 - reach and atom.x0 + reach < band.x1]
    if under:
        return under[0], under[-1] + 1
    after = sum(band.x1 <= atom.x0 + reach for band in bands)
    return max(after - 1, 0), min(after + 1, len(bands))


def _tell_values(atoms: list[Atom], bands: list[Band]) -> None:
    """Mark the columns that contain mostly values as value columns."""
    valued = {atom.level for atom in atoms if atom.is_value and atom.first > 0}
    for place, band in enumerate(bands[1:], 1):
        inside = [
            atom.is_value
            for atom in atoms
            if atom.level in valued and atom.first == place and atom.end == place + 1
        ]
        band.is_value = bool(inside) and 2 * sum(inside) >= len(inside)
    _tell_blank(atoms, bands)


def _tell_blank(atoms: list[Atom], bands: list[Band]) -> None:
    """Mark columns without any entry in the rows of values as value columns: they are blank."""
    first = next((place for place, band in enumerate(bands) if band.is_value), None)
    if first is None:
        return
    valued = {a.level for a in atoms if a.is_value and any(band.is_value for band in bands[a.first : a.end])}
    filled = {place for a in atoms if a.level in valued for place in range(a.first, a.end)}
    while first > 0 and first - 1 not in filled:
        first -= 1
    for place, band in enumerate(bands[first:], first):
        band.is_value = band.is_value or place not in filled
