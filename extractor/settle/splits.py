"""Every way to split the text of glued cells, a number, a mark or nothing for each cell."""

from collections.abc import Sequence

from extractor.settle.tokens import Kind, Split, Token, TooManyReadings, tokens_at


def splits(pieces: Sequence[str], kinds: Sequence[Kind], *, blanks: bool, limit: int = 20_000) -> list[Split]:
    """Return every way to split glued text into these cells, each cell a number or a mark, in order.

    With `blanks`, any cell may be blank and missing from the text. Raise TooManyReadings beyond `limit`.
    Places from which no split succeeds are remembered, so that text without any split does not take
    exponential time.
    """
    search = _Splitter(pieces, kinds, blanks, limit)
    search.extend(0, 0)
    return search.found


class _Splitter:
    """Tries all splits, depth first.

    Each cell from left to right takes the next number of the text, or nothing.
    """

    def __init__(self, pieces: Sequence[str], kinds: Sequence[Kind], blanks: bool, limit: int) -> None:
        self.found: list[Split] = []
        self._pieces = pieces
        self._kinds = kinds
        self._blanks = blanks
        self._limit = limit
        self._chosen: list[Token | None] = []
        # known dead ends: index of the piece, position in it, cells left
        self._dead: set[tuple[int, int, int]] = set()

    def extend(self, piece: int, at: int) -> None:
        """Read the rest of the text, from `pieces[piece][at]`, into the cells that are left."""
        while piece < len(self._pieces) and at >= len(self._pieces[piece]):
            piece, at = piece + 1, 0
        left = len(self._kinds) - len(self._chosen)
        if (piece, at, left) in self._dead:
            return
        before = len(self.found)
        if left == 0:
            self._end(piece)
        elif len(self._pieces) - piece <= left:  # each piece holds at least one number
            self._choose(piece, at)
        if len(self.found) == before:
            self._dead.add((piece, at, left))

    def _end(self, piece: int) -> None:
        if piece < len(self._pieces):
            return
        self.found.append(tuple(self._chosen))
        if len(self.found) > self._limit:
            raise TooManyReadings

    def _choose(self, piece: int, at: int) -> None:
        """Try every number that begins here as the next cell; with blanks, nothing as well."""
        if piece < len(self._pieces):
            for token in tokens_at(self._pieces[piece], piece, at, self._kinds[len(self._chosen)]):
                self._chosen.append(token)
                self.extend(piece, token.end)
                self._chosen.pop()
        if self._blanks:
            self._chosen.append(None)
            self.extend(piece, at)
            self._chosen.pop()
