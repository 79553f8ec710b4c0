"""Runs judges in a process of their own: one that dies, hangs or eats its memory is found, and replaced."""

import gc
import resource
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from msgspec import Struct, field

import extractor
from extractor.cli.limits import data_in_use
from scripts.fuzzing.judge import fault_of
from scripts.fuzzing.mutations import make_input
from scripts.fuzzing.seeds import seeds_of, small_seeds_of

LONGEST = 10.0  # seconds of the processor that one input may take
_PATIENCE = 12  # times as long by the clock: others may be at work on the same machine
LARGEST = 1536 << 20  # bytes that the process may take
_BATCH = 2000  # inputs of one process


class Find(Struct, frozen=True):
    """One input that brought the reader down, or was read wrongly."""

    kind: str
    seed: int
    number: int
    fault: str


class Campaign(Struct):
    """What was tried in one format, and what was found."""

    kind: str
    seed: int
    tried: int = 0
    slowest: tuple[float, int] = (0.0, 0)  # seconds of the processor, and the number of the input
    finds: list[Find] = field(default_factory=list)

    @property
    def faults(self) -> Counter[str]:
        """How often each fault was found."""
        return Counter(find.fault for find in self.finds)


def run_campaign(
    kind: str,
    seed: int,
    *,
    first: int = 0,
    count: int | None = None,
    seconds: float | None = None,
    keep: Callable[[Find], None] = lambda find: None,
) -> Campaign:
    """Try inputs in order until there are `count`, or until the time is up.

    Args:
        kind: The format.
        seed: Of all its inputs.
        first: The number of the first input.
        count: How many to try; None for as many as the time allows.
        seconds: How long to try; None for no limit.
        keep: Is given each find at once.
    """
    campaign = Campaign(kind, seed)
    _make_ready(kind)
    end = time.monotonic() + seconds if seconds is not None else None
    number, last = first, first + count if count is not None else None
    while (last is None or number < last) and (end is None or time.monotonic() < end):
        stop = min(number + _BATCH, last) if last is not None else number + _BATCH
        number = _run_process(campaign, number, stop, end, keep)
    return campaign


def _make_ready(kind: str) -> None:
    """Draw the seeds and read a text, so that each process begins with all that is drawn and loaded."""
    seeds_of(kind)
    small_seeds_of(kind)
    extractor.parse(min(small_seeds_of("text"), key=len))


def _run_process(
    campaign: Campaign, start: int, stop: int, end: float | None, keep: Callable[[Find], None]
) -> int:
    """Try a batch in a process of its own; return the number to go on with."""
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(
        target=_work, args=(theirs, campaign.kind, campaign.seed, start, stop), daemon=True
    )
    process.start()
    theirs.close()
    number, since = start, time.monotonic()
    fault: str | None = None
    try:
        while number < stop and (end is None or time.monotonic() < end):
            if not ours.poll(max(LONGEST * _PATIENCE - (time.monotonic() - since), 0)):
                fault = "hang: asleep"
                break
            try:
                number, told, seconds = ours.recv()
            except EOFError:
                process.join()
                fault = _cause_of_death(process.exitcode)
                break
            since = time.monotonic()
            campaign.slowest = max(campaign.slowest, (seconds, number - 1))
            if told:
                _note(campaign, number - 1, told, keep)
    finally:
        process.kill()
        process.join()
    if fault:
        _note(campaign, number, fault, keep)
        number += 1
    campaign.tried += number - start
    return number


def _cause_of_death(exit_code: int | None) -> str:
    return (
        f"hang: longer than {LONGEST:g} s" if exit_code == -signal.SIGPROF else f"died: exit code {exit_code}"
    )


def _note(campaign: Campaign, number: int, fault: str, keep: Callable[[Find], None]) -> None:
    find = Find(campaign.kind, campaign.seed, number, fault)
    campaign.finds.append(find)
    keep(find)


def limit_memory() -> None:
    """Hold this process to the memory that reading one input may take, beyond what its parent left it."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (data_in_use() + LARGEST, hard))


def _work(pipe: "Connection[Any, Any]", kind: str, seed: int, start: int, stop: int) -> None:
    """Judge inputs in order, and tell of each how it ended."""
    limit_memory()
    gc.freeze()  # what is loaded is looked through for garbage no more: 10 to 25 % of the time
    with suppress(BrokenPipeError):
        for number in range(start, stop):
            data = make_input(kind, seed, number)
            began = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, LONGEST)  # ends the process, in whatever code it is
            fault = fault_of(kind, data)
            signal.setitimer(signal.ITIMER_PROF, 0)
            pipe.send((number + 1, fault, time.process_time() - began))
