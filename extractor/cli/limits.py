"""Bounds on the time and memory that reading one file may take.

A file is read in a process of its own, a copy of this one: what hangs or dies there, in whatever
library, is ended and said in a sentence, and the files behind it are still read. Where a process cannot
be copied, a new one is started, which takes as long as the command itself.
"""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from extractor.errors import ExtractorError, LimitExceeded, OutOfMemory, ProgramFault

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

try:
    import resource
except ImportError:  # Windows has no such limits, nor a way to copy a process
    resource = None  # type: ignore[assignment]  # asked for before each use

SECONDS = 120.0
MEBIBYTES = 1400  # with what the program itself has, no more than 1.5 GB
_BEYOND_MEMORY = "超过内存上限，已停止"
_OUT_OF_MEMORY = 87  # exit code of a process that its own watch has ended, see batch/own_limits.py
_GRACE = 5  # seconds after which a copy that nobody is left to end ends itself

Input = TypeVar("Input")
Answer = TypeVar("Answer")


class BoundedWork(Generic[Input, Answer]):
    """Calls a function in a process of its own, each call within limits.

    Where EXTRACTOR_DEBUG is 1 the function is called in this process, without limits, for the whole
    traceback of an error.
    """

    def __init__(self, work: Callable[[Input], Answer], seconds: float, mebibytes: int) -> None:
        """Start no process yet.

        Args:
            work: What is to be done. Its answer must be fit for a pipe; so must the function be where
                processes cannot be copied.
            seconds: How long one call may take.
            mebibytes: How much memory the copy may take beyond what this process has.
        """
        self._work = work
        self._seconds = seconds
        self._mebibytes = mebibytes
        self._copy: tuple[Any, Connection[Any, Any]] | None = None
        self._is_bounded = os.environ.get("EXTRACTOR_DEBUG") != "1"

    def __call__(self, given: Input) -> Answer:
        """Return the answer for one input; what the function raises is raised here.

        Raises:
            LimitExceeded: It took too long, or too much memory.
            ProgramFault: The copy has died.
        """
        if not self._is_bounded:
            return self._work(given)
        self._copy = self._copy or self._start()
        process, pipe = self._copy
        try:
            pipe.send(given)
            if not pipe.poll(self._seconds):
                self.close()
                raise LimitExceeded(f"超过时间上限 {self._seconds:g} 秒，已停止；可用 --timeout 放宽")
            answer: Answer | _Raised = pipe.recv()
        except (EOFError, ConnectionError) as error:
            process.join()
            self._copy = None
            raise _death(process.exitcode) from error
        if isinstance(answer, _Raised):
            if isinstance(answer.error, OutOfMemory):
                self.close()  # what the file has left behind in memory goes with the copy
            raise answer.error
        return answer

    def close(self) -> None:
        """End the child process, whatever it is doing."""
        if self._copy:
            process, pipe = self._copy
            end = process.kill if hasattr(signal, "SIGKILL") else process.terminate  # the same on Windows
            end()
            process.join()
            pipe.close()
            self._copy = None

    def _start(self) -> "tuple[Any, Connection[Any, Any]]":
        from multiprocessing import Pipe, get_context  # as long as one file in small: loaded where it is used

        copies = resource is not None and hasattr(os, "fork")
        make = get_context("fork").Process if copies else get_context("spawn").Process
        ours, theirs = Pipe()
        args = (ours if copies else None, theirs, self._work, self._seconds, self._mebibytes)
        process = make(target=_answer_all, args=args, daemon=True)
        process.start()
        theirs.close()
        return process, ours


def _answer_all(
    ours: "Connection[Any, Any] | None",
    pipe: "Connection[Any, Any]",
    work: Callable[[Input], Answer],
    seconds: float,
    mebibytes: int,
) -> None:
    """In the child process: serve requests from the pipe until it is closed."""
    if ours is not None:
        ours.close()  # else the pipe would never be seen to close
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    end_within = _limits_of_this_process(mebibytes)
    with suppress(EOFError, ConnectionError):
        while True:
            given = pipe.recv()
            end_within(seconds + _GRACE)
            pipe.send(_answer(work, given))
            end_within(0)


def _answer(work: Callable[[Input], Answer], given: Input) -> "Answer | _Raised":
    try:
        return work(given)
    except MemoryError:
        return _Raised(OutOfMemory(_BEYOND_MEMORY))
    except BaseException as error:  # on the other side of the pipe it is raised again
        return _Raised(error)


class _Raised(NamedTuple):
    """An error raised in the child process, sent back to the parent."""

    error: BaseException


def _death(exit_code: int | None) -> ExtractorError:
    if exit_code == _OUT_OF_MEMORY:
        return OutOfMemory(_BEYOND_MEMORY)
    if exit_code == -getattr(signal, "SIGKILL", 9):
        return OutOfMemory("读它的进程被系统杀掉（多半是内存不足）")
    if exit_code == -getattr(signal, "SIGABRT", 6):  # how a library ends that is given no more memory
        return ProgramFault(f"读它的进程中止了（{exit_code}），可能是到了内存上限")
    return ProgramFault(f"读它的进程崩溃了（{exit_code}）")


def _limits_of_this_process(mebibytes: int) -> Callable[[float], object]:
    """Limit the memory of this process, and return what limits its time: so many seconds, 0 for no end."""
    if resource is not None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        _limit_memory(mebibytes)
        return lambda seconds: signal.alarm(ceil(seconds))
    from extractor.batch.own_limits import end_within, limit_own_memory

    limit_own_memory(mebibytes << 20)
    return end_within


def _limit_memory(mebibytes: int) -> None:
    """Hold this process to so much memory beyond what it came with; then Python raises MemoryError."""
    before, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = (mebibytes << 20) + data_in_use()
    known = [limit for limit in (before, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min([wanted, *known]), hard))


def data_in_use() -> int:
    """Return the bytes of data that this process has already, 0 where the system does not tell.

    A copy has all that its parent had: beside a large one the limit would be used up at once.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    line = next((line for line in status.splitlines() if line.startswith("VmData:")), "VmData: 0 kB")
    return int(line.split()[1]) << 10
