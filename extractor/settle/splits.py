"""Every way to split the text of glued cells, a number, a mark or nothing for each cell."""

from collections.abc import Sequence

from extractor.settle.tokens import Kind, Split, Token, TooManyReadings, tokens_at


def splits(pieces: Sequence[str], kinds: Sequence[Kind], *, blanks: bool, limit: int = 20_000) -> list[Split]:
    """Return every way to split glued text into these cells, each cell a number or a mark, in order.

    With `blanks`, any cell may be blank and missing from the text. Raise TooManyReadings beyond
    `limit`. A place that cannot be left is tried once for each cell: else text without any reading
    would be gone through in every way that leads there.
    """
    found: list[Split] = []
    chosen: list[Token | None] = []
    dead: set[tuple[int, int, int]] = set()  # piece, place, cells left

    def extend(piece: int, at: int) -> None:
        while piece < len(pieces) and at >= len(pieces[piece]):
            piece, at = piece + 1, 0
        left = len(kinds) - len(chosen)
        if (piece, at, left) in dead:
            return
        before = len(found)
        step(piece, at, left)
        if len(found) == before:
            dead.add((piece, at, left))

    def step(piece: int, at: int, left: int) -> None:
        if left == 0:
            if piece == len(pieces):
                found.append(tuple(chosen))
                if len(found) > limit:
                    raise TooManyReadings
            return
        if piece == len(pieces) and not blanks:
            return
        if len(pieces) - piece > left:
            return  # each piece holds a number at least
        if piece < len(pieces):
            for token in tokens_at(pieces[piece], piece, at, kinds[len(chosen)]):
                chosen.append(token)
                extend(piece, token.end)
                chosen.pop()
        if blanks:
            chosen.append(None)
            extend(piece, at)
            chosen.pop()

    extend(0, 0)
    return found
