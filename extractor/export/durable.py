"""Flushes finished files to disk (fsync), before they replace older ones."""

import os
from pathlib import Path
from typing import IO, Any


def close_durably(file: IO[Any]) -> None:
    """Flush the file down to the disk and close it."""
    file.flush()
    os.fsync(file.fileno())
    file.close()


def make_durable(path: Path) -> None:
    """Flush a file that another library has written and closed."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
