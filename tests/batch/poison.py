"""A reader that does to its process what the worst documents do. Runs in the workers of the tests."""

import os
import signal
import time
from pathlib import Path

from extractor.batch.settings import Limits
from extractor.batch.worker import ReadTask, read_task
from extractor.outcome import Outcome

POISON = b"<!-- poison: "


def read_poison(task: ReadTask, limits: Limits) -> tuple[Outcome, bytes]:
    """Do what the document asks for in its first comment; read it where it asks for nothing."""
    data = Path(task.path).read_bytes()
    if data.startswith(POISON):
        match data.removeprefix(POISON).partition(b" ")[0]:
            case b"hang":
                time.sleep(1000)
            case b"crash":
                os.kill(os.getpid(), signal.SIGSEGV)
            case b"killed":
                os.kill(os.getpid(), signal.SIGKILL)
            case b"orphan":  # the helper that started this process is ended, and the process with it
                try:
                    (Path(task.path).parent.parent / "seen").touch(exist_ok=False)
                except FileExistsError:
                    return read_task(task, limits)
                os.kill(os.getppid(), signal.SIGKILL)
                os.kill(os.getpid(), signal.SIGKILL)
            case b"eat":
                print(len([bytes(1 << 24) for _ in range(1 << 20)]))
            case b"raise":
                raise RuntimeError("云岭县")
    return read_task(task, limits)
