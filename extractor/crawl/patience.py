"""A time limit for judging one answer, so that no page holds up a crawl."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

LONGEST = 30.0  # seconds for one answer


class TooSlow(Exception):
    """Judging an answer took longer than allowed."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Abort the block after so many seconds. Main thread only, where the reactor runs.

    Raises:
        TooSlow: The time is over.
    """
    if not hasattr(signal, "setitimer"):  # Windows has no SIGALRM: there is no limit there
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        raise TooSlow(f"超过 {seconds:g} 秒还没有看完这个应答，放弃")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
