"""Reads a batch on a Ray cluster; the search, the journal and the output stay on this machine.

Each Ray worker keeps one process of its own to read in, as a local lane does: a document that crashes, hangs
or eats memory ends that process and no more. A node that dies loses its documents, which Ray then reads again
elsewhere.
"""

import logging
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from extractor.batch import Settings, Workers
from extractor.batch.pool import Read, Reader
from extractor.batch.worker import ReadTask, read_task
from extractor.errors import MissingDependency, to_install
from extractor.outcome import Outcome

try:
    import ray
    import ray.data
except ImportError as error:
    raise MissingDependency(f"--engine ray 需要 Ray：{to_install('ray')}") from error

# Documents sent to the cluster at once; the next round waits, so that memory does not grow.
_ROUND_DOCUMENTS = 4096
_ROUND_BYTES = 512 << 20
_TOGETHER = 8  # documents that one Ray task reads

_ENCODE = msgspec.msgpack.Encoder().encode
_TASK = msgspec.msgpack.Decoder(ReadTask)
_OUTCOME = msgspec.msgpack.Decoder(Outcome)


class RayWorkers:
    """The workers of a Ray cluster: joins that at RAY_ADDRESS, or starts one on this machine."""

    def __init__(self, settings: Settings, read: Reader = read_task) -> None:
        """Join the cluster.

        Args:
            settings: `workers` is the maximum number of processes, if the cluster has so many.
            read: The function that a worker calls.
        """
        if not ray.is_initialized():
            ray.init(log_to_driver=False, logging_level=logging.ERROR)
        ray.data.DataContext.get_current().enable_progress_bars = False
        self._settings = settings
        self._read = read

    def read(self, tasks: Iterable[ReadTask]) -> Iterator[Read]:
        """Read the documents; yield results in order of completion."""
        tasks = iter(tasks)
        while rows := list(_one_round(tasks)):
            yield from self._round(rows)

    def _round(self, rows: list[dict[str, Any]]) -> Iterator[Read]:
        blocks = max(1, min(len(rows) // _TOGETHER, 200))
        answers = ray.data.from_items(rows, override_num_blocks=blocks).map_batches(
            IsolatedReader,
            batch_size=_TOGETHER,
            concurrency=(1, self._settings.workers),
            fn_constructor_args=(self._settings, self._read),
            num_cpus=1,
        )
        for answer in answers.iter_rows():
            yield _OUTCOME.decode(answer["outcome"]), answer["report"]

    def close(self) -> None:
        """Do nothing: the cluster belongs to others."""


def _one_round(tasks: Iterator[ReadTask]) -> Iterator[dict[str, Any]]:
    """Yield the rows of one round. The bytes travel with the task: no shared disk is needed."""
    size = 0
    for task in islice(tasks, _ROUND_DOCUMENTS):
        yield {"task": _ENCODE(task), "data": Path(task.path).read_bytes()}
        size += task.size
        if size > _ROUND_BYTES:
            return


class IsolatedReader:
    """Runs in a Ray worker and reads each document in a separate process."""

    def __init__(self, settings: Settings, read: Reader) -> None:
        """Start no process before the first document."""
        alone = msgspec.structs.replace(settings, workers=1)
        self._workers = Workers(alone, read)
        self._spool = tempfile.TemporaryDirectory(prefix="extractor-")

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[bytes]]:
        """Read a batch of rows of `task` and `data`; return rows of `outcome` and `report`."""
        tasks = [
            self._write_to_spool(task, data) for task, data in zip(batch["task"], batch["data"], strict=True)
        ]
        places = {task.document: task.path for task in tasks}
        answers: dict[str, list[bytes]] = {"outcome": [], "report": []}
        for outcome, report in self._workers.read(tasks):
            answers["outcome"].append(_ENCODE(outcome))
            answers["report"].append(report)
            Path(places[outcome.document]).unlink(missing_ok=True)
        return answers

    def _write_to_spool(self, task: bytes, data: bytes) -> ReadTask:
        known = _TASK.decode(task)
        path = Path(self._spool.name) / known.document
        path.write_bytes(data)
        return msgspec.structs.replace(known, path=str(path))
