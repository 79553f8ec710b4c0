"""Splits glued counts whose groups each end in their total.

A row of applicants is one group of seven; the disputes are three groups of five. Readings whose
group does not add up are dropped during the search.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from extractor.settle.tokens import Split, Token, TooManyReadings, tokens_at

Blanks = Literal["none", "parts", "any"]  # which blank cells may be missing from the text

_STEPS = 60_000  # cells tried in one run before the search gives up


def summed_splits(
    pieces: Sequence[str], sizes: Sequence[int], blanks: Blanks, limit: int = 4000
) -> list[Split]:
    """Return every reading of a run of counts in which each group's last cell totals the others.

    `sizes` are the lengths of the groups in order, totals included. A group without any
    number is blank throughout. Raise TooManyReadings beyond `limit`.
    """
    search = _SummedSearch(pieces, sizes, blanks, limit)
    search.group(0, 0, 0, ())
    return search.found


class _SummedSearch:
    """Depth first over cells. The last total ends the run, so it is chosen first and bounds its parts."""

    def __init__(self, pieces: Sequence[str], sizes: Sequence[int], blanks: Blanks, limit: int) -> None:
        self.pieces = pieces
        self.sizes = sizes
        self.blanks = blanks
        self.found: list[Split] = []
        self._limit = limit
        self._steps = 0
        self._plain = all(piece.isdigit() for piece in pieces)  # else units and commas take room too
        self._offsets = [sum(len(piece) for piece in pieces[:i]) for i in range(len(pieces) + 1)]

    def group(self, number: int, piece: int, at: int, before: Split) -> None:
        """Read the group that begins at `pieces[piece][at]`, and those after it."""
        if number == len(self.sizes) - 1:
            for total in self._last_totals(piece, at):
                self._parts(number, piece, at, before, 0, total)
            if self.blanks != "none":
                self._parts(number, piece, at, before, 0, None)
        else:
            self._parts(number, piece, at, before, 0, None)

    def _last_totals(self, piece: int, at: int) -> Iterator[Token]:
        """Yield the tokens that may be the total at the very end of the run."""
        if not self.pieces:
            return
        last = len(self.pieces) - 1
        text = self.pieces[last]
        for start in range(len(text) - 1, max(at if piece == last else 0, len(text) - 14) - 1, -1):
            for token in tokens_at(text, last, start, "count"):
                if token.end == len(text) and (token.value is not None or self.blanks == "any"):
                    yield token

    def _parts(
        self, number: int, piece: int, at: int, so_far: Split, total: int, bound: Token | None
    ) -> None:
        self._count_step()
        piece, at = self._settled(piece, at)
        done = len(so_far) - sum(self.sizes[:number])
        left = self.sizes[number] - 1 - done
        end = (bound.piece, bound.start) if bound else (len(self.pieces), 0)
        if left == 0:
            self._close(number, piece, at, so_far, total, bound)
            return
        if (
            bound
            and bound.value is not None
            and not self._can_fill(piece, at, end, left, int(bound.value) - total)
        ):
            return
        if self.blanks != "none":
            self._parts(number, piece, at, (*so_far, None), total, bound)
        if (piece, at) >= end or piece == len(self.pieces):
            return
        for token in tokens_at(self.pieces[piece], piece, at, "count"):
            grown = total + int(token.value or 0)
            if bound and bound.value is not None and grown > bound.value:
                break
            if bound and token.piece == end[0] and token.end > end[1]:
                break
            self._parts(number, token.piece, token.end, (*so_far, token), grown, bound)

    def _can_fill(self, piece: int, at: int, end: tuple[int, int], left: int, rest: int) -> bool:
        """Say whether the characters before the total fit into the parts left, which sum to `rest`."""
        room = self._offsets[end[0]] + end[1] - (self._offsets[piece] + at)
        if room < 0 or (self.blanks == "none" and room < left):
            return False
        return not self._plain or room <= left * len(str(rest))

    def _close(
        self, number: int, piece: int, at: int, so_far: Split, total: int, bound: Token | None
    ) -> None:
        """Read the total of a group whose parts are read."""
        if bound is not None:
            if (piece, at) == (bound.piece, bound.start) and bound.value in (total, None):
                self._finish((*so_far, bound))
            return
        group = so_far[sum(self.sizes[:number]) :]
        has_number = any(token is not None and token.value is not None for token in group)
        if self.blanks == "any" or (self.blanks == "parts" and not has_number):
            self._next(number, piece, at, (*so_far, None))
        if number == len(self.sizes) - 1 or piece == len(self.pieces):
            return
        for token in tokens_at(self.pieces[piece], piece, at, "count"):
            if token.value == total or (token.value is None and self.blanks == "any"):
                self._next(number, token.piece, token.end, (*so_far, token))

    def _next(self, number: int, piece: int, at: int, so_far: Split) -> None:
        if number + 1 < len(self.sizes):
            self.group(number + 1, *self._settled(piece, at), so_far)
        elif self._settled(piece, at)[0] == len(self.pieces):
            self._finish(so_far)

    def _finish(self, split: Split) -> None:
        self.found.append(split)
        if len(self.found) > self._limit:
            raise TooManyReadings

    def _count_step(self) -> None:
        self._steps += 1
        if self._steps > _STEPS:
            raise TooManyReadings

    def _settled(self, piece: int, at: int) -> tuple[int, int]:
        while piece < len(self.pieces) and at >= len(self.pieces[piece]):
            piece, at = piece + 1, 0
        return piece, at
