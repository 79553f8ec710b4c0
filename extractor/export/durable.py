"""Flushes finished files to disk (fsync), before they replace older ones."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from extractor.patterns import kept_pattern


def close_durably(file: IO[Any]) -> None:
    """Flush the file down to the disk and close it."""
    file.flush()
    os.fsync(file.fileno())
    file.close()


_FULL = kept_pattern(r"disk is full|no space left|disk quota|file too large|could not write", re.IGNORECASE)


@contextmanager
def system_errors(*kinds: type[Exception]) -> Iterator[None]:
    """Turn a database's errors about the disk into OSError.

    Raises:
        OSError: The disk is full, or cannot be written to.
    """
    try:
        yield
    except kinds as error:
        number = errno.ENOSPC if _FULL.search(str(error)) else errno.EIO
        raise OSError(number, " ".join(str(error).split())[:200]) from error


def make_durable(path: Path) -> None:
    """Flush a file that another library has written and closed."""
    descriptor = os.open(path, os.O_RDWR)  # Windows can only flush a file that is open for writing
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
