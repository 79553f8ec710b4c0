"""Turns the operating system's errors about the output into a sentence for the user."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from extractor.errors import CannotWrite, DiskFull

CONTINUES = "已读完的都记下了，腾出空间后再运行同一条命令即可继续"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def is_full(error: OSError) -> bool:
    """Return whether the error means that the disk or the quota is full."""
    return error.errno in _FULL


@contextmanager
def writing_to(target: Path | str, when_full: str = CONTINUES) -> Iterator[None]:
    """Turn operating system errors in this block into one sentence about the output.

    Args:
        target: A local file or folder, or the URL of one in a remote storage.
        when_full: What to tell the user to do about a full disk.

    Raises:
        DiskFull: The disk is full.
        CannotWrite: The output cannot be written for another reason.
    """
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise DiskFull(f"{target}: 磁盘满了；{when_full}") from error
        if error.errno == errno.ENOENT and not Path(target).exists():
            raise CannotWrite(f"{target}: 不见了，多半是运行中被删除；再运行同一条命令即从头再来") from error
        raise CannotWrite(f"{target}: 写不了（{error.strerror or error}）") from error


def put_in_place(draft: Path, target: Path) -> None:
    """Flush a finished draft to disk and rename it over the target in one step."""
    descriptor = os.open(draft, os.O_RDWR)  # Windows can only flush a file that is open for writing
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    draft.replace(target)
