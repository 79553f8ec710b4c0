"""Work counted in lines of Python that run: the machine, and what else it does, count for nothing."""

import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import Any

from extractor.errors import ExtractorError

_MOST = 2.6  # times the steps of half the input
_ALWAYS = 2_000  # steps that may come to either
_UNITS = 100  # of the shorter input


def assert_in_proportion(work: Callable[[int], object], units: int = _UNITS) -> None:
    """Fail where so many units twice take more than about twice the steps; refusals are answers too."""

    def tried(units: int) -> None:
        with suppress(ExtractorError):
            work(units)

    tried(2 * units)  # what is loaded once is not counted
    one, two = (steps_of(partial(tried, count)) for count in (units, 2 * units))
    assert two <= _MOST * one + _ALWAYS, (one, two)


def steps_of(work: Callable[[], object]) -> int:
    """Return how many lines run."""
    lines = 0

    def count(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work()
    finally:
        sys.settrace(before)
    return lines
