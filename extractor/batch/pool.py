"""Worker processes, one for each core, each in a pool of its own so that they cannot affect each other.

Pebble ends a task that takes too long and replaces a process that died. With one pool for each
worker no lock and no pipe is shared: a process killed at a bad moment breaks only its own lane,
which is then replaced.
"""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from typing import Protocol

from msgspec import Struct
from pebble import ProcessExpired, ProcessPool

from extractor.batch.own_limits import OUT_OF_MEMORY
from extractor.batch.settings import Limits, Settings
from extractor.batch.worker import ReadTask, prepare, read_task
from extractor.outcome import Outcome

Read = tuple[Outcome, bytes]

_QUEUED = 3  # queued tasks per lane, including the running one: enough to keep it busy
_OVERDUE = 60.0  # seconds beyond the limit after which an unresponsive lane is replaced
_ATTEMPTS = 2  # a document whose process was killed from outside is retried once
_KILLED = -getattr(signal, "SIGKILL", 9)  # Windows has no exit code for that
_UNKNOWN = 255  # exit code of a process whose fork server died before it could report one


class _Pending(Struct):
    task: ReadTask
    future: Future[Read]
    attempts: int


Reader = Callable[[ReadTask, Limits], Read]


class _Lane:
    """One worker process with its queue."""

    def __init__(self, settings: Settings, read: Reader) -> None:
        self._settings = settings
        self._read = read
        self._pool = self._open()
        self.pending: deque[_Pending] = deque()

    def _open(self) -> ProcessPool:
        settings, context = self._settings, start_method()
        return ProcessPool(1, settings.tasks_a_worker, prepare, (settings.limits, settings.forms), context)

    def submit(self, task: ReadTask, attempts: int = 1) -> None:
        limits = self._settings.limits
        future = self._pool.schedule(self._read, args=(task, limits), timeout=limits.seconds)
        self.pending.append(_Pending(task, future, attempts))

    def renew(self) -> None:
        """Replace the pool and resubmit its tasks; the first of them is retried at most once."""
        waiting, self.pending = self.pending, deque()
        self.close()
        self._pool = self._open()
        for pending in waiting:
            self.submit(pending.task, pending.attempts)

    def close(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]  # Pebble leaves it untyped
        self._pool.join()


def start_method() -> BaseContext:
    """Return how processes start: forked from a server that has loaded the reader, if the system can fork."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["extractor.batch.worker"])
    return context


class Engine(Protocol):
    """Reads documents, on this machine or on others."""

    def read(self, tasks: Iterable[ReadTask]) -> Iterator[Read]:
        """Read the documents; yield results in order of completion. `tasks` say where the bytes are."""

    def close(self) -> None:
        """End all work in progress."""


class Workers:
    """The worker processes of one run."""

    def __init__(self, settings: Settings, read: Reader = read_task) -> None:
        """Start no process yet; each starts with its first task.

        Args:
            settings: How many workers, and their limits.
            read: The function that a worker calls; a module's function, since it is sent to another process.
        """
        self._limits = settings.limits
        self._lanes = [_Lane(settings, read) for _ in range(settings.workers)]

    def read(self, tasks: Iterable[ReadTask]) -> Iterator[Read]:
        """Read the documents; yield results in order of completion.

        No more tasks are taken than the workers can hold, so memory does not grow with
        their number.
        """
        for task in tasks:
            while (lane := self._shortest()) is None:
                yield from self._next_done()
            lane.submit(task)
            yield from self._done()
        while any(lane.pending for lane in self._lanes):
            yield from self._next_done()

    def close(self) -> None:
        """End all processes, including those that are working."""
        for lane in self._lanes:
            lane.close()

    def _shortest(self) -> _Lane | None:
        lane = min(self._lanes, key=lambda lane: len(lane.pending))
        return lane if len(lane.pending) < _QUEUED else None

    def _next_done(self) -> Iterator[Read]:
        """Wait until a task is finished."""
        futures = [pending.future for lane in self._lanes for pending in lane.pending]
        done, _ = wait(futures, self._limits.seconds + _OVERDUE, FIRST_COMPLETED)
        if not done:
            yield from self._give_up_the_silent()
        yield from self._done()

    def _done(self) -> Iterator[Read]:
        for lane in self._lanes:
            yield from self._done_of(lane)

    def _done_of(self, lane: _Lane) -> Iterator[Read]:
        while lane.pending and lane.pending[0].future.done():
            pending = lane.pending.popleft()
            error = pending.future.exception()
            if error is None:
                yield pending.future.result()
            elif isinstance(error, BrokenProcessPool | CancelledError):
                yield from self._try_again(lane, pending)
            elif (
                isinstance(error, ProcessExpired)
                and error.exitcode in (_KILLED, _UNKNOWN)
                and pending.attempts < _ATTEMPTS
            ):
                lane.submit(pending.task, pending.attempts + 1)
            else:
                yield _failure(pending.task, error, self._limits), b""
                if isinstance(error, MemoryError):
                    lane.renew()  # a process that ran out of memory is replaced, to free the memory

    def _try_again(self, lane: _Lane, pending: _Pending) -> Iterator[Read]:
        """Restart a broken lane. Its first document is blamed, unless the process was killed from outside."""
        if pending.attempts < _ATTEMPTS:
            pending.attempts += 1
            lane.pending.appendleft(pending)
        else:
            yield _outcome(pending.task, "crashed", "读它的进程两次都崩溃了"), b""
        lane.renew()

    def _give_up_the_silent(self) -> Iterator[Read]:
        """Replace lanes that have been silent for much longer than one document may take."""
        for lane in self._lanes:
            if lane.pending:
                pending = lane.pending.popleft()
                yield _outcome(pending.task, "timeout", f"超过 {self._limits.seconds:g} 秒，已停止"), b""
                lane.renew()


def _failure(task: ReadTask, error: BaseException, limits: Limits) -> Outcome:
    """Return the outcome for a document whose reading or whose process ended with an error."""
    if isinstance(error, TookTooLong):
        return _outcome(task, "timeout", f"超过 {limits.seconds:g} 秒，已停止", limits.seconds)
    if isinstance(error, MemoryError) or getattr(error, "exitcode", None) == OUT_OF_MEMORY:
        return _outcome(task, "memory", f"超过 {limits.memory >> 20} MiB 内存，已停止")
    if isinstance(error, ProcessExpired):
        if error.exitcode == _KILLED:
            return _outcome(task, "killed", "读它的进程被系统杀掉（多半是内存不足）")
        if error.exitcode == _UNKNOWN:
            return _outcome(task, "killed", "读它的进程连同管进程的助手一再被结束；请用 --retry-failed 再读")
        return _outcome(task, "crashed", f"读它的进程崩溃了（{error.exitcode}）")
    return _outcome(task, "internal", f"程序出错（{type(error).__name__}: {str(error)[:200]}）")


def _outcome(task: ReadTask, code: str, message: str, seconds: float = 0.0) -> Outcome:
    return Outcome(task.document, code, task.place, task.size, message=message, seconds=seconds)
