"""How much of a page is recognized: what would take more than some seconds is left unread, and said.

Counted in pixels, not in seconds: the same page is read alike on every machine.
"""

from collections.abc import Sequence
from itertools import accumulate

MOST_WIDTH = 70_000  # pixels of lines at the recognizer's height; a page full of tables has 30,000
SAMPLE_WIDTH = 4_000  # as much shows whether a page stands upright


def affordable(widths: Sequence[float], most: float) -> list[int]:
    """Return the places of the first lines that are together no wider than `most`.

    >>> affordable([3, 4, 5], 8), affordable([3, 4, 5], 12)
    ([0, 1], [0, 1, 2])
    """
    return [place for place, total in enumerate(accumulate(widths)) if total <= most]


def sampled(widths: Sequence[float], most: float) -> list[int]:
    """Return the places of lines from all over the page that are together about as wide as `most`.

    >>> sampled([2, 2, 2, 2, 2, 2], 6), sampled([2, 2], 6)
    ([0, 2, 4], [0, 1])
    """
    step = max(1, -(-int(sum(widths)) // int(most)))
    return list(range(0, len(widths), step))
