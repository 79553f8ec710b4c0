"""Bounds on the time and memory that reading one file may take in this process."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from extractor.errors import LimitExceeded

try:
    import resource
except ImportError:  # Windows has neither such limits nor such an alarm
    resource = None  # type: ignore[assignment]  # asked for before each use

SECONDS = 120.0
MEBIBYTES = 2048
_AGAIN = 1.0  # seconds: the alarm rings on, if what it stopped was only a second look at the file


@contextmanager
def bounded_time(seconds: float) -> Iterator[None]:
    """End the block after so many seconds. Work inside a C library ends when that returns.

    Raises:
        LimitExceeded: The time is over.
    """
    if resource is None:
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        raise LimitExceeded(f"超过时间上限 {seconds:g} 秒，已停止；可用 --timeout 放宽")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def bounded_memory(mebibytes: int) -> Iterator[None]:
    """Hold this process to so much memory, code aside; beyond it Python raises MemoryError."""
    if resource is None:
        yield
        return
    before, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = mebibytes << 20
    known = [limit for limit in (before, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min([wanted, *known]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, hard))
