"""Finds which of many boxes a point lies in, or a box touches, without testing every box."""

from collections.abc import Iterator, Sequence
from heapq import merge
from math import isfinite

from extractor.formats.layout.model import Box

_SIDE = 24.0  # points: such a square holds a few characters
_MOST_SQUARES = 64  # a box covering more squares is tested for every point


class BoxIndex:
    """Boxes indexed by the squares of the page that they touch."""

    def __init__(self, boxes: Sequence[Box], side: float = _SIDE) -> None:
        """Sort the boxes into squares of this side."""
        self._boxes = boxes
        self._side = side
        self._removed: set[int] = set()
        self._large: list[int] = []
        self._squares: dict[tuple[int, int], list[int]] = {}
        for number, box in enumerate(boxes):
            squares = self._squares_of(box)
            if squares is None:
                self._large.append(number)
            for square in squares or ():
                self._squares.setdefault(square, []).append(number)

    def _squares_of(self, box: Box) -> list[tuple[int, int]] | None:
        """Return the squares that a box touches; None where they are too many to be listed."""
        if not isfinite(sum(box)):
            return None
        left, top, right, bottom = (int(length // self._side) for length in box)
        if (right - left + 1) * (bottom - top + 1) > _MOST_SQUARES:
            return None
        return [(column, row) for column in range(left, right + 1) for row in range(top, bottom + 1)]

    def first_at(self, x: float, y: float) -> int | None:
        """Return the number of the first box that contains a point, edges included; None if there is none.

        >>> index = BoxIndex([(0, 0, 10, 10), (5, 5, 900, 900)])
        >>> index.first_at(7, 7), index.first_at(800, 20), index.first_at(7, 950)
        (0, 1, None)
        """
        (square,) = self._squares_of((x, y, x, y)) or ((0, 0),)
        found = [self._first_of(numbers, x, y) for numbers in (self._squares.get(square, []), self._large)]
        return min((number for number in found if number is not None), default=None)

    def near(self, box: Box) -> Iterator[int]:
        """Yield the numbers of the boxes that may touch a box, the last first.

        >>> index = BoxIndex([(0, 0, 10, 10), (5, 5, 900, 900), (9, 9, 30, 30), (500, 500, 510, 510)])
        >>> list(index.near((8, 8, 28, 9)))
        [2, 1, 0]
        """
        squares = self._squares_of(box)
        if squares is None:
            yield from range(len(self._boxes) - 1, -1, -1)
            return
        lists = [self._large, *(self._squares.get(square, ()) for square in squares)]
        before = -1
        for number in merge(*(reversed(numbers) for numbers in lists if numbers), reverse=True):
            if number != before:
                yield number
            before = number

    def remove(self, number: int) -> None:
        """Leave a box out from now on, for `first_at`."""
        self._removed.add(number)

    def _first_of(self, numbers: list[int], x: float, y: float) -> int | None:
        while numbers and numbers[0] in self._removed:  # usually the first one is removed first
            numbers.pop(0)
        for number in numbers:
            box = self._boxes[number]
            if box[0] <= x <= box[2] and box[1] <= y <= box[3] and number not in self._removed:
                return number
        return None
