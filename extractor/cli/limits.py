"""Bounds on the time and memory that reading one file may take.

A file is read in a process of its own, a copy of this one: what hangs or dies there, in whatever
library, is ended and said in a sentence, and the files behind it are still read.
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
MEBIBYTES = 2048
_GRACE = 5  # seconds after which a copy that nobody is left to end ends itself

Input = TypeVar("Input")
Answer = TypeVar("Answer")


class BoundedWork(Generic[Input, Answer]):
    """Calls a function in a copy of this process, each call within limits.

    Where a process cannot be copied, the function is called in this one, without limits; so it is
    where EXTRACTOR_DEBUG is 1, for the whole traceback of an error.
    """

    def __init__(self, work: Callable[[Input], Answer], seconds: float, mebibytes: int) -> None:
        """Start no process yet.

        Args:
            work: What is to be done; its answer must be fit for a pipe.
            seconds: How long one call may take.
            mebibytes: How much memory the copy may take beyond what this process has.
        """
        self._work = work
        self._seconds = seconds
        self._mebibytes = mebibytes
        self._copy: tuple[Any, Connection[Any, Any]] | None = None
        self._is_bounded = resource is not None and os.environ.get("EXTRACTOR_DEBUG") != "1"

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
            process.kill()
            process.join()
            pipe.close()
            self._copy = None

    def _start(self) -> "tuple[Any, Connection[Any, Any]]":
        from multiprocessing import get_context  # as long as one file in small: loaded where it is used

        context = get_context("fork")
        ours, theirs = context.Pipe()
        process = context.Process(target=self._answer_all, args=(ours, theirs), daemon=True)
        process.start()
        theirs.close()
        return process, ours

    def _answer_all(self, ours: "Connection[Any, Any]", pipe: "Connection[Any, Any]") -> None:
        """In the child process: serve requests from the pipe until it is closed."""
        ours.close()  # else the pipe would never be seen to close
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        _limit_memory(self._mebibytes)
        with suppress(EOFError, ConnectionError):
            while True:
                given = pipe.recv()
                signal.alarm(ceil(self._seconds) + _GRACE)
                pipe.send(self._answer(given))
                signal.alarm(0)

    def _answer(self, given: Input) -> "Answer | _Raised":
        try:
            return self._work(given)
        except MemoryError:
            return _Raised(OutOfMemory("超过内存上限，已停止"))
        except BaseException as error:  # on the other side of the pipe it is raised again
            return _Raised(error)


class _Raised(NamedTuple):
    """An error raised in the child process, sent back to the parent."""

    error: BaseException


def _death(exit_code: int | None) -> ExtractorError:
    if exit_code == -signal.SIGKILL:
        return OutOfMemory("读它的进程被系统杀掉（多半是内存不足）")
    return ProgramFault(f"读它的进程崩溃了（{exit_code}）")


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
