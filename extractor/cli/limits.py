"""Limits on the time and memory for reading one file.

A file is read in a forked child process. If it hangs or dies, in whatever library, it is ended and reported
in one sentence, and the next files are still read. If the system cannot fork, a new process is started, which
takes as long as the command itself.
"""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from math import ceil
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from extractor.cli.child import Child, start_child
from extractor.errors import ExtractorError, LimitExceeded, OutOfMemory, ProgramFault
from extractor.patterns import keep_patterns

try:
    import resource
except ImportError:  # Windows has neither such limits nor fork
    resource = None  # type: ignore[assignment]  # asked for before each use

SECONDS = 120.0
MEBIBYTES = 1400  # together with what the program itself uses, at most 1.5 GB
_BEYOND_MEMORY = "超过内存上限，已停止"
_OUT_OF_MEMORY = 87  # exit code of a process ended by its own watch, see batch/own_limits.py
_GRACE = 5  # seconds after which an orphaned child process ends itself

Input = TypeVar("Input")
Answer = TypeVar("Answer")


class BoundedWork(Generic[Input, Answer]):
    """Calls a function in a child process, each call within limits.

    If EXTRACTOR_DEBUG is 1, the function is called in this process without limits, so that errors have a full
    traceback.
    """

    def __init__(self, work: Callable[[Input], Answer], seconds: float, mebibytes: int) -> None:
        """Start no process yet.

        Args:
            work: The function. Its result must be picklable, and so must the function itself if the system
                cannot fork.
            seconds: Time limit of one call.
            mebibytes: Memory limit of the child, beyond what this process uses.
        """
        self._work = work
        self._seconds = seconds
        self._mebibytes = mebibytes
        self._child: Child | None = None
        self._is_bounded = os.environ.get("EXTRACTOR_DEBUG") != "1"

    def __call__(self, given: Input) -> Answer:
        """Return the result for one input; exceptions of the function are raised here.

        Raises:
            LimitExceeded: It exceeded its limit of time or memory.
            ProgramFault: The child process died.
        """
        if not self._is_bounded:
            return self._work(given)
        self._child = self._child or self._start()
        try:
            self._child.ask(given)
            if not self._child.answers_within(self._seconds):
                self.close()
                raise LimitExceeded(f"超过时间上限 {self._seconds:g} 秒，已停止；可用 --timeout 放宽")
            answer: Answer | _Raised = self._child.answer()
        except (EOFError, ConnectionError) as error:
            code = self._child.exit_code()
            self.close()
            raise _death(code) from error
        if isinstance(answer, _Raised):
            if isinstance(answer.error, OutOfMemory):
                self.close()  # ending the child frees the memory that the file used
            raise answer.error
        return answer

    def _start(self) -> Child:
        serve = partial(_answer_all, self._work, self._seconds, self._mebibytes)
        return start_child(serve, copies=resource is not None and hasattr(os, "fork"))

    def close(self) -> None:
        """End the child process, whatever it is doing."""
        if self._child:
            self._child.end()
            self._child = None


def _answer_all(
    work: Callable[[Input], Answer],
    seconds: float,
    mebibytes: int,
    receive: Callable[[], Input],
    send: Callable[["Answer | _Raised"], None],
) -> None:
    """In the child process: serve requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    end_within = _limits_of_this_process(mebibytes)
    with suppress(EOFError, ConnectionError):
        while True:
            given = receive()
            end_within(seconds + _GRACE)
            answer = _answer(work, given)
            keep_patterns()  # before the answer, because its receiver may end this process
            send(answer)
            end_within(0)


def _answer(work: Callable[[Input], Answer], given: Input) -> "Answer | _Raised":
    try:
        return work(given)
    except MemoryError:
        return _Raised(OutOfMemory(_BEYOND_MEMORY))
    except BaseException as error:  # raised again on the other side of the pipe
        return _Raised(error)


class _Raised(NamedTuple):
    """An error raised in the child process, sent back to the parent."""

    error: BaseException


def _death(exit_code: int | None) -> ExtractorError:
    if exit_code == _OUT_OF_MEMORY:
        return OutOfMemory(_BEYOND_MEMORY)
    if exit_code == -getattr(signal, "SIGKILL", 9):
        return OutOfMemory("读它的进程被系统杀掉（多半是内存不足）")
    # how a library ends the process when it gets no more memory
    if exit_code == -getattr(signal, "SIGABRT", 6):
        return ProgramFault(f"读它的进程中止了（{exit_code}），可能是到了内存上限")
    return ProgramFault(f"读它的进程崩溃了（{exit_code}）")


def _limits_of_this_process(mebibytes: int) -> Callable[[float], object]:
    """Limit the memory of this process; return a function that limits its time in seconds (0: no limit)."""
    if resource is not None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        _limit_memory(mebibytes)
        return lambda seconds: signal.alarm(ceil(seconds))
    from extractor.batch.own_limits import end_within, limit_own_memory

    limit_own_memory(mebibytes << 20)
    return end_within


def _limit_memory(mebibytes: int) -> None:
    """Limit the memory beyond that in use at the start; exceeding it raises MemoryError."""
    before, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = (mebibytes << 20) + data_in_use()
    known = [limit for limit in (before, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min([wanted, *known]), hard))


def data_in_use() -> int:
    """Return the bytes of data that this process uses already; 0 if unknown.

    A forked child starts with its parent's memory, which could use up the limit at once.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    line = next((line for line in status.splitlines() if line.startswith("VmData:")), "VmData: 0 kB")
    return int(line.split()[1]) << 10
