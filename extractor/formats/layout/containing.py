"""Finds which of many boxes a point lies in, without testing every box."""

from collections.abc import Sequence

from extractor.formats.layout.model import Box

_SIDE = 24.0  # points: a square holds a few characters
_MOST_SQUARES = 64  # a box over more squares is tested for every point


class BoxIndex:
    """Boxes by the squares of the page that they touch."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        """Sort the boxes into squares."""
        self._boxes = boxes
        self._removed: set[int] = set()
        self._large: list[int] = []
        self._squares: dict[tuple[int, int], list[int]] = {}
        for number, box in enumerate(boxes):
            self._sort_in(number, box)

    def _sort_in(self, number: int, box: Box) -> None:
        left, top, right, bottom = (int(length // _SIDE) for length in box)
        if (right - left + 1) * (bottom - top + 1) > _MOST_SQUARES:
            self._large.append(number)
            return
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                self._squares.setdefault((column, row), []).append(number)

    def first_at(self, x: float, y: float) -> int | None:
        """Return the number of the first box that a point lies in, its edges included; None if there is none.

        >>> index = BoxIndex([(0, 0, 10, 10), (5, 5, 900, 900)])
        >>> index.first_at(7, 7), index.first_at(800, 20), index.first_at(7, 950)
        (0, 1, None)
        """
        near = self._squares.get((int(x // _SIDE), int(y // _SIDE)), [])
        found = [self._first_of(numbers, x, y) for numbers in (near, self._large)]
        return min((number for number in found if number is not None), default=None)

    def remove(self, number: int) -> None:
        """Leave a box out from now on."""
        self._removed.add(number)

    def _first_of(self, numbers: list[int], x: float, y: float) -> int | None:
        while numbers and numbers[0] in self._removed:  # usually the first one is removed first
            numbers.pop(0)
        for number in numbers:
            box = self._boxes[number]
            if box[0] <= x <= box[2] and box[1] <= y <= box[3] and number not in self._removed:
                return number
        return None
