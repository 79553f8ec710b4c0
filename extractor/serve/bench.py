"""Runs single pieces of work (drawing, examining, writing tables) in worker processes with limits.

A malicious file can only crash the process that opens it. Work is done in order of arrival.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from extractor.batch import Limits
from extractor.batch.pool import start_method
from extractor.batch.worker import prepare
from extractor.errors import LimitExceeded, Misused
from extractor.forms import folders_in_use

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

_MOST_WAITING = 512
_TASKS_A_WORKER = 200


class Busy(Misused):
    """The queue is full, so no more work is accepted."""


class Bench:
    """Worker processes for single pieces of work."""

    def __init__(self, workers: int, limits: Limits) -> None:
        """Start no process yet; the first piece of work does."""
        arguments = (limits, folders_in_use())
        self._limits = limits
        self._pool = ProcessPool(workers, _TASKS_A_WORKER, prepare, arguments, start_method())
        self._waiting = 0

    async def do(
        self,
        work: Callable[_Arguments, _Result],
        *args: _Arguments.args,
        **kwargs: _Arguments.kwargs,
    ) -> _Result:
        """Return what a function returns in a worker process.

        Raises:
            Busy: The queue is full.
            LimitExceeded: It exceeded its limit of time or memory, or its process died.
            ExtractorError: What the function raises.
        """
        if self._waiting >= _MOST_WAITING:
            raise Busy(f"已有 {self._waiting} 件在等，请稍后再试")
        self._waiting += 1
        try:
            future = self._pool.schedule(work, args=args, kwargs=kwargs, timeout=self._limits.seconds)
            result: _Result = await asyncio.wrap_future(future)
            return result
        except TookTooLong as error:
            raise LimitExceeded(f"超过 {self._limits.seconds:g} 秒，已停止") from error
        except MemoryError as error:
            raise LimitExceeded(f"超过 {self._limits.memory >> 20} MiB 内存，已停止") from error
        except (ProcessExpired, BrokenProcessPool, CancelledError) as error:
            raise LimitExceeded("做这件事的进程中止了（多半是内存不足）") from error
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """End all processes, including those that are working."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # Pebble leaves it untyped
        self._pool.join()
