"""Tells of many patterns at once which a text may match, and where: those whose literals it holds."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from contextlib import suppress

import msgspec
from msgspec import Struct

from extractor.definitions import DATA
from extractor.errors import InvalidDefinition
from extractor.recognize.prose_numbers.needs import Clause, beginnings_of, needs_of


class PatternIndex(Struct, frozen=True):
    """Which of some patterns a text may match, and where, by the literals that it holds."""

    patterns: tuple[str, ...]
    literals: dict[str, int]  # each with its number
    uses: tuple[tuple[int, ...], ...]  # by literal: the ways to match for which it is looked for
    ways: tuple[tuple[int, tuple[frozenset[int], ...]], ...]  # the place of the pattern; its other clauses
    # by pattern: the literals with which its matches begin; None: not known
    beginnings: tuple[frozenset[int] | None, ...]

    def met_by(self, literals: Set[int]) -> list[int]:
        """Return the places of the patterns that a text with these literals may match, in order."""
        met: set[int] = set()
        for literal in literals:
            for way in self.uses[literal]:
                place, others = self.ways[way]
                if place not in met and not any(clause.isdisjoint(literals) for clause in others):
                    met.add(place)
        return sorted(met)

    def starts(self, place: int, held: Mapping[int, Sequence[int]]) -> list[int] | None:
        """Return, in order, where the pattern at a place may match in a text; None if it may anywhere.

        Args:
            place: The place of the pattern.
            held: Where the text holds which literals.
        """
        beginnings = self.beginnings[place]
        if beginnings is None:
            return None
        return sorted({at for literal in held.keys() & beginnings for at in held[literal]})


def kept_index(patterns: tuple[str, ...]) -> PatternIndex:
    """Return the index of these patterns that `make definitions` has written, or else a new one.

    To make one takes a tenth of a second.

    Raises:
        InvalidDefinition: A pattern needs nothing, so that it would have to be tried on every text.
    """
    with suppress(FileNotFoundError, msgspec.DecodeError):
        kept = msgspec.json.decode((DATA / "compiled" / "needs.json").read_bytes(), type=PatternIndex)
        if kept.patterns == patterns:
            return kept
    return index_of(patterns)


def index_of(patterns: tuple[str, ...]) -> PatternIndex:
    """Return the index of these patterns.

    Raises:
        InvalidDefinition: A pattern needs nothing, so that it would have to be tried on every text.
    """
    found: list[tuple[int, tuple[Clause, ...]]] = []
    for place, pattern in enumerate(patterns):
        found += [(place, way) for way in needs_of(pattern)]
        if not found[-1][1]:
            raise InvalidDefinition(f"figures.yaml: matches texts with nothing in common: {pattern}")
    often = Counter(literal for _, way in found for clause in way for literal in clause)
    beginnings = [beginnings_of(pattern) for pattern in patterns]
    known = frozenset(often).union(*(texts for texts in beginnings if texts))
    literals = {literal: number for number, literal in enumerate(sorted(known))}
    uses: list[list[int]] = [[] for _ in literals]
    ways: list[tuple[int, tuple[frozenset[int], ...]]] = []
    for place, way in found:
        # what many patterns need, many texts hold: of each way, the clause is looked for that fewest share
        rarest, *others = sorted(way, key=lambda clause: max(often[literal] for literal in clause))
        for literal in sorted(rarest):
            uses[literals[literal]].append(len(ways))
        ways.append((place, tuple(frozenset(map(literals.__getitem__, clause)) for clause in others)))
    numbers = tuple(
        None if texts is None else frozenset(literals[text] for text in texts) for texts in beginnings
    )
    return PatternIndex(patterns, literals, tuple(map(tuple, uses)), tuple(ways), numbers)
