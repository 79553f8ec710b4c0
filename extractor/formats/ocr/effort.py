"""Limits how much of a page is recognized: what would take many seconds is left unread, with a notice.

Counted in pixels, not in seconds: the same page is read alike on every machine.
"""

from collections.abc import Sequence
from itertools import accumulate

# pixels of width of all lines, at the recognizer's height; a page full of tables has 30,000
MOST_WIDTH = 70_000
SAMPLE_WIDTH = 4_000  # a sample of this width shows whether a page is upright


def affordable(widths: Sequence[float], most: float) -> list[int]:
    """Return the indices of the first lines whose total width is at most `most`.

    >>> affordable([3, 4, 5], 8), affordable([3, 4, 5], 12)
    ([0, 1], [0, 1, 2])
    """
    return [place for place, total in enumerate(accumulate(widths)) if total <= most]


def sampled(widths: Sequence[float], most: float) -> list[int]:
    """Return the indices of lines from all over the page whose total width is about `most`.

    >>> sampled([2, 2, 2, 2, 2, 2], 6), sampled([2, 2], 6)
    ([0, 2, 4], [0, 1])
    """
    step = max(1, -(-int(sum(widths)) // int(most)))
    return list(range(0, len(widths), step))
