"""Splits the text of glued counts into cells, using that each group of cells ends in its total.

A row of applicants is one group of seven; the disputes are three groups of five. Readings whose
group does not add up are dropped during the search.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from extractor.settle.tokens import Split, Token, TooManyReadings, tokens_at

Blanks = Literal["none", "parts", "any"]  # which blank cells may be missing from the text

_STEPS = 60_000  # cells tried for one text before the search gives up
# Group, piece, place, cells read, their sum, the last total if chosen, whether the group has a number: all
# that decides how the rest may be read.
_State = tuple[int, int, int, int, int, Token | None, bool]


def summed_splits(
    pieces: Sequence[str], sizes: Sequence[int], blanks: Blanks, limit: int = 4000
) -> list[Split]:
    """Return every split of glued counts in which the last cell of each group is the sum of the others.

    `sizes` are the lengths of the groups in order, totals included. A group without any
    number is blank throughout. Raise TooManyReadings beyond `limit`.
    """
    search = _SummedSearch(pieces, sizes, blanks, limit)
    search.group(0, 0, 0, ())
    return search.found


class _SummedSearch:
    """Depth-first search over cells.

    The text must end in the last total, so that is chosen first: it limits its parts.
    """

    def __init__(self, pieces: Sequence[str], sizes: Sequence[int], blanks: Blanks, limit: int) -> None:
        self.pieces = pieces
        self.sizes = sizes
        self.blanks = blanks
        self.found: list[Split] = []
        self._limit = limit
        self._steps = 0
        self._plain = all(piece.isdigit() for piece in pieces)  # else units and commas take room too
        self._offsets = [sum(len(piece) for piece in pieces[:i]) for i in range(len(pieces) + 1)]
        self._tokens: dict[tuple[int, int], tuple[Token, ...]] = {}
        self._vain: dict[
            _State, int
        ] = {}  # states from which no reading was found, with the steps that finding this out takes

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
        """Yield the tokens that may be the total at the very end of the text."""
        if not self.pieces:
            return
        last = len(self.pieces) - 1
        text = self.pieces[last]
        for start in range(len(text) - 1, max(at if piece == last else 0, len(text) - 14) - 1, -1):
            for token in self._tokens_at(last, start):
                if token.end == len(text) and (token.value is not None or self.blanks == "any"):
                    yield token

    def _tokens_at(self, piece: int, at: int) -> tuple[Token, ...]:
        key = (piece, at)
        if key not in self._tokens:
            self._tokens[key] = tuple(tokens_at(self.pieces[piece], piece, at, "count"))
        return self._tokens[key]

    def _parts(
        self, number: int, piece: int, at: int, so_far: Split, total: int, bound: Token | None
    ) -> None:
        """Read the rest of a group and everything after it, unless this state is known to lead nowhere."""
        piece, at = self._settled(piece, at)
        group_has_number = self.blanks == "parts" and self._has_number(number, so_far)
        state = (number, piece, at, len(so_far), total, bound, group_has_number)
        if state in self._vain:
            self._count_steps(self._vain[state])
            return
        steps, found = self._steps, len(self.found)
        self._read_parts(number, piece, at, so_far, total, bound)
        if len(self.found) == found:
            self._vain[state] = self._steps - steps

    def _read_parts(
        self, number: int, piece: int, at: int, so_far: Split, total: int, bound: Token | None
    ) -> None:
        self._count_steps(1)
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
        for token in self._tokens_at(piece, at):
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
        if self.blanks == "any" or (self.blanks == "parts" and not self._has_number(number, so_far)):
            self._next(number, piece, at, (*so_far, None))
        if number == len(self.sizes) - 1 or piece == len(self.pieces):
            return
        for token in self._tokens_at(piece, at):
            if token.value == total or (token.value is None and self.blanks == "any"):
                self._next(number, token.piece, token.end, (*so_far, token))

    def _has_number(self, number: int, so_far: Split) -> bool:
        group = so_far[sum(self.sizes[:number]) :]
        return any(token is not None and token.value is not None for token in group)

    def _next(self, number: int, piece: int, at: int, so_far: Split) -> None:
        if number + 1 < len(self.sizes):
            self.group(number + 1, *self._settled(piece, at), so_far)
        elif self._settled(piece, at)[0] == len(self.pieces):
            self._finish(so_far)

    def _finish(self, split: Split) -> None:
        self.found.append(split)
        if len(self.found) > self._limit:
            raise TooManyReadings

    def _count_steps(self, steps: int) -> None:
        self._steps += steps
        if self._steps > _STEPS:
            raise TooManyReadings

    def _settled(self, piece: int, at: int) -> tuple[int, int]:
        while piece < len(self.pieces) and at >= len(self.pieces[piece]):
            piece, at = piece + 1, 0
        return piece, at
