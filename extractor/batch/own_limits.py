"""Limits that a worker sets on its own process.

On Linux the system enforces them: an allocation beyond the limit fails with MemoryError, and an alarm ends a
process that hangs. Windows has neither, and macOS does not enforce memory limits. There a thread checks every
quarter of a second: the limit may be exceeded for that long, and the process then ends without an error
message.
"""

import os
import signal
import sys
import threading
import time
from math import ceil

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]  # asked for before each use

OUT_OF_MEMORY = 87  # exit code of a process that the watching thread ended
_HUNG = 88
_EVERY = 0.25  # seconds


def limit_own_memory(allowed: int) -> None:
    """Limit the memory of this process from now on; where the system enforces it, code does not count."""
    if system_limits_memory():
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        limit = allowed if hard == resource.RLIM_INFINITY else min(allowed, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))
        # Arrow's own allocator reserves a gigabyte at its first use, all of which counts against the limit.
        os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    else:
        _watch().memory = allowed


def end_within(seconds: float) -> None:
    """End this process after some seconds, whatever it is doing then; 0 cancels that."""
    if hasattr(signal, "alarm"):
        signal.alarm(ceil(seconds))
    else:
        _watch().deadline = time.monotonic() + seconds if seconds else None


def system_limits_memory() -> bool:
    """Return whether the system enforces memory limits of processes."""
    return resource is not None and sys.platform.startswith("linux")


class _Watch(threading.Thread):
    """Checks the time and the memory of this process, and ends it when a limit is exceeded."""

    def __init__(self) -> None:
        super().__init__(daemon=True, name="limits")
        self.memory: int | None = None
        self.deadline: float | None = None

    def run(self) -> None:
        while True:
            time.sleep(_EVERY)
            if self.deadline is not None and time.monotonic() > self.deadline:
                os._exit(_HUNG)
            if self.memory is not None and _memory_now() > self.memory:
                os._exit(OUT_OF_MEMORY)


_watches: list[_Watch] = []  # the watch of this process, once it is needed


def _watch() -> _Watch:
    if not _watches:
        _watches.append(_Watch())
        _watches[0].start()
    return _watches[0]


def _memory_now() -> int:
    """Return the memory in use by this process in bytes; 0 if psutil is not installed."""
    try:
        import psutil
    except ImportError:
        return 0
    return int(psutil.Process().memory_info().rss)
