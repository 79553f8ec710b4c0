"""Inputs and outputs on shared storage: any address that fsspec knows (s3://, hdfs://, memory://, …).

Documents are fetched one by one as they are read. The journal is kept on this machine and
copied up with every commit, so that another machine can go on from it.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from extractor.errors import MissingDependency


def is_address(text: str) -> bool:
    """Say whether this is an address of a storage and not a path of this machine.

    >>> is_address("s3://archive/2023"), is_address("年报/2023")
    (True, False)
    """
    return "://" in text


def files_at(address: str) -> list[str]:
    """Return the addresses of the files at or below an address, or that match its pattern, sorted."""
    storage, path = _open(address)
    if any(sign in path for sign in "*?["):
        found = [name for name in storage.glob(path) if storage.isfile(name)]
    elif storage.isdir(path):
        found = storage.find(path)
    else:
        return [address]
    return sorted(storage.unstrip_protocol(name) for name in found)


def fetch(address: str, target: Path) -> None:
    """Copy one file here. Raise OSError where there is none."""
    storage, path = _open(address)
    storage.get_file(path, str(target))


class Mirror:
    """A folder of a storage with its stand-in on this machine."""

    def __init__(self, address: str, local: Path) -> None:
        """Fetch the journal of earlier runs, so that they are gone on from."""
        self._storage, self._path = _open(address)
        self.local = local
        journal = f"{self._path}/.journal"
        if self._storage.isdir(journal):
            for name in self._storage.find(journal):
                target = local / ".journal" / name.rpartition("/")[2]
                target.parent.mkdir(parents=True, exist_ok=True)
                self._storage.get_file(name, str(target))

    def send(self, path: Path) -> None:
        """Copy one file of the stand-in to its place."""
        target = f"{self._path}/{path.relative_to(self.local).as_posix()}"
        self._storage.makedirs(target.rpartition("/")[0], exist_ok=True)
        self._storage.put_file(str(path), target)


@contextmanager
def mirrored(out: str) -> Iterator[tuple[Path, Mirror | None]]:
    """Give the folder to write to, and the mirror behind it where the output is on a storage."""
    if not is_address(out):
        yield Path(out), None
        return
    with tempfile.TemporaryDirectory(prefix="extractor-out-") as folder:
        yield Path(folder), Mirror(out, Path(folder))


def _open(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise MissingDependency(
            "读写远程存储需要 fsspec：pip install 'disclosure-report-extractor[ray]'"
        ) from error
    storage, path = url_to_fs(address)
    return storage, path.rstrip("/")
